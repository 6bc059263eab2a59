"""A web page as the pages that its file breaks it into: blocks of text and tables in reading order.

A browser decides where things stand, so there are no boxes to point at. `interpret` needs to know what stands over
what, and gets the places of a made-up column, which `without_places` takes away again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from finlens.documents import Block, Box, Cell, Document, Line, Page, Source, Table
from finlens.extract.structured.html_tables import read_table
from finlens.extract.structured.html_text import anchors_in, breaks_page, is_block, is_bold, is_hidden, name_of, text_of

_WIDTH, _MARGIN, _LINE = 612.0, 36.0, 12.0
_DEEPEST = 150
_MOST_PAGES = 5_000
_CAPTION = 4  # blocks over a table that may be its title
_SHORT = 160  # characters: no longer is a title


@dataclasses.dataclass(slots=True)
class HtmlPages:
    """What was read, and where each tagged fact stands."""

    pages: list[Page]
    tables: list[Table]
    cell_of: dict[str, tuple[int, int, int]]
    """Table, row and column of a fact's anchor."""
    text_of: dict[str, tuple[int, str]]
    """Page and text of the block that a fact's anchor stands in."""


class _Walk:
    """One pass over the body."""

    def __init__(self, sha256: str, reader: str) -> None:
        self.sha256, self.reader = sha256, reader
        self.pages: list[Page] = []
        self.tables: list[Table] = []
        self.cell_of: dict[str, tuple[int, int, int]] = {}
        self.text_of: dict[str, tuple[int, str]] = {}
        self.blocks: list[Block] = []
        self.recent: list[Block] = []
        self.y = _MARGIN

    @property
    def number(self) -> int:
        return len(self.pages) + 1

    def turn(self) -> None:
        """End the page, unless there is nothing on it."""
        if self.blocks and self.number < _MOST_PAGES:
            self.pages.append(Page(self.number, _WIDTH, self.y + _MARGIN, (), tuple(self.blocks)))
            self.blocks, self.recent, self.y = [], [], _MARGIN

    def enter(self, element: Any, depth: int = 0) -> None:
        """Take everything inside of the element."""
        if is_hidden(element):
            return
        before, after = breaks_page(element)
        if before:
            self.turn()
        name = name_of(element)
        if name == "table" and element.find(".//{*}table") is None and self.take_table(element):
            pass
        elif depth >= _DEEPEST or not any(is_block(child) for child in element.iter() if child is not element):
            self.take_text(element, text_of(element), heading=name[1:] if len(name) == 2 and name[0] == "h" and name[1:].isdigit() else "")
        else:
            self.take_loose(element, element.text)
            for child in element:
                if is_block(child) or (isinstance(child.tag, str) and len(child) and any(is_block(inner) for inner in child.iter())):
                    self.enter(child, depth + 1)
                elif not is_hidden(child):
                    self.take_text(child, text_of(child))
                self.take_loose(element, child.tail)
        if after:
            self.turn()

    def take_loose(self, element: Any, text: str | None) -> None:
        if text and text.strip():
            self.take_text(None, " ".join(text.split()))

    def take_text(self, element: Any, text: str, heading: str = "") -> None:
        """A block of the page."""
        if not text:
            return
        height = _LINE * max(1, len(text) // 110 + 1)
        box = Box(_MARGIN, self.y, _WIDTH - _MARGIN, self.y + height)
        bold = element is not None and is_bold(element)
        is_title = bool(heading) or (bold and len(text) < _SHORT)
        block = Block("heading" if is_title else "body", (Line(text, box, bold=bold),), int(heading or 3) if is_title else 0, box)
        self.blocks.append(block)
        self.recent = [*self.recent[-_CAPTION:], block]
        self.y += height + _LINE / 2
        for anchor in anchors_in(element) if element is not None else ():
            self.text_of[anchor] = (self.number, text)

    def take_table(self, element: Any) -> bool:
        """A table of the page; False where it only lays text out."""
        source = Source(self.sha256, self.number, None, self.reader)
        read = read_table(element, source)
        if read is None:
            return False
        rows = max(cell.row + cell.row_span for cell in read.cells)
        columns = max(cell.column + cell.column_span for cell in read.cells)
        width = (_WIDTH - 2 * _MARGIN) / columns
        top = self.y
        cells = tuple(
            dataclasses.replace(
                cell,
                source=dataclasses.replace(
                    source,
                    box=Box(
                        _MARGIN + cell.column * width,
                        top + cell.row * _LINE,
                        _MARGIN + (cell.column + cell.column_span) * width,
                        top + (cell.row + cell.row_span) * _LINE,
                    ),
                ),
            )
            for cell in read.cells
        )
        box = Box(_MARGIN, top, _WIDTH - _MARGIN, top + rows * _LINE)
        index = len(self.tables)
        self.tables.append(Table(cells, ((self.number, box),), self.reader, caption=self.caption()))
        self.blocks.append(Block("table", tuple(_row_lines(cells, rows)), 0, box))
        self.recent = []
        self.y = box.bottom + _LINE
        for (row, column), anchors in read.anchors.items():
            self.cell_of.update(dict.fromkeys(anchors, (index, row, column)))
        return True

    def caption(self) -> str:
        """The short lines just over the table, up to the first long one."""
        lines: list[str] = []
        for block in reversed(self.recent):
            if len(block.text) > _SHORT:
                if not lines and block.text.rstrip().endswith(":"):
                    lines.append(block.text)
                break
            lines.append(block.text)
        return "\n".join(reversed(lines))


def _row_lines(cells: tuple[Cell, ...], rows: int) -> list[Line]:
    texts: list[list[str]] = [[] for _ in range(rows)]
    for cell in cells:
        texts[cell.row].append(cell.text)
    return [Line(" ".join(row), None) for row in texts if row]


def read_pages(body: Any, sha256: str, reader: str) -> HtmlPages:
    """The pages of an HTML file, broken where it breaks them; one page where it breaks none."""
    walk = _Walk(sha256, reader)
    walk.enter(body)
    walk.turn()
    return HtmlPages(walk.pages, walk.tables, walk.cell_of, walk.text_of)


def only_pages(read: HtmlPages, numbers: Sequence[int]) -> HtmlPages:
    """Those pages, and the tables and tagged facts on them."""
    kept = set(numbers)
    indices = [index for index, table in enumerate(read.tables) if table.page in kept]
    moved = {old: new for new, old in enumerate(indices)}
    return HtmlPages(
        [page for page in read.pages if page.number in kept],
        [read.tables[index] for index in indices],
        {anchor: (moved[table], row, column) for anchor, (table, row, column) in read.cell_of.items() if table in moved},
        {anchor: place for anchor, place in read.text_of.items() if place[0] in kept},
    )


def without_places(document: Document) -> Document:
    """The document without the made-up boxes; what refers to one fact still refers to one."""
    done: dict[int, tuple[Any, Any]] = {}

    def bare(value: Any) -> Any:
        if isinstance(value, Box):
            return None
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return tuple(bare(item) for item in value)
        if not dataclasses.is_dataclass(value) or isinstance(value, type):
            return value
        if id(value) not in done:
            fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
            made = {name: bare(held) for name, held in fields.items()}
            if isinstance(value, Page):
                made |= {"width": 0.0, "height": 0.0}
            same = all(made[name] is fields[name] for name in fields)
            done[id(value)] = (value, value if same else dataclasses.replace(value, **made))
        return done[id(value)][1]

    bared = bare(document)
    assert isinstance(bared, Document)
    return bared
