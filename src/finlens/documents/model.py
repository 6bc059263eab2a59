"""The Document: what every reader makes and everything else takes.

Frozen and slotted; `Word` is a named tuple, because a long report holds 300,000 of them. A document never changes:
`dataclasses.replace` makes the next one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from finlens.documents.checks import Check, Doubt, Verdict
from finlens.documents.geometry import Box
from finlens.documents.invoices import Account, Invoice
from finlens.documents.source import Origin, Source
from finlens.documents.statements import Statements
from finlens.documents.values import Amount, Fact

if TYPE_CHECKING:
    import pandas

Role = Literal["body", "heading", "header", "footer", "list", "caption", "footnote", "table"]
LISTING = "listing"
"""`Table.finder` of a contents list."""
TextFrom = Literal["text layer", "ocr", "mixed", "nothing"]


class Word(NamedTuple):
    """A run of characters without white space, where it stands, and how sure the reader is."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    origin: Origin
    confidence: float = 1.0
    size: float = 0.0  # font size in points; 0 where the reader does not know
    bold: bool = False

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)

    @property
    def source(self) -> Source:
        return Source(self.origin.document, self.origin.page, self.box, self.origin.reader, self.confidence)


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline of one column; ``words[first:last]`` of its page."""

    text: str
    box: Box | None
    first: int = 0
    last: int = 0
    size: float = 0.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a list item, a running header or footer, or the text under a table."""

    role: Role
    lines: tuple[Line, ...]
    level: int = 0
    """1 is the outermost heading; 0 for everything that is no heading."""
    box: Box | None = None

    @property
    def text(self) -> str:
        """The lines as one string; a word cut by a hyphen at a line's end is mended."""
        parts: list[str] = []
        for line in self.lines:
            if parts and parts[-1].endswith("-") and parts[-1][-2:-1].islower() and line.text[:1].islower():
                parts[-1] = parts[-1][:-1] + line.text
            else:
                parts.append(line.text)
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture or a chart: the region, and the words that caption it."""

    page: int
    box: Box
    kind: Literal["image", "chart"] = "image"
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's grid; ``row`` and ``column`` count from 0."""

    row: int
    column: int
    text: str
    source: Source
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    indent: int = 0
    """Depth of a row label under the labels above it: 0 is outermost."""
    bold: bool = False
    amount: Amount | None = None
    doubt: str = ""
    """Why the figure is probably wrong, where the document's own arithmetic says so, or why its digits are no number."""

    @property
    def box(self) -> Box | None:
        return self.source.box


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells. A table that runs over pages is one table: ``places`` has its box on each page."""

    cells: tuple[Cell, ...]
    places: tuple[tuple[int, Box | None], ...]
    finder: str
    """The way that found it; `LISTING` for a list of contents, the figures of which are page numbers and make no facts."""
    caption: str = ""
    """Nearest title above the grid, with the line that gives the scale ("(in millions)") where there is one."""
    notes: str = ""
    """Text just under the grid: footnotes, a unit said below."""
    unplaced: tuple[Word, ...] = ()
    """Words inside the table's box that no cell took: nothing is dropped silently."""
    confidence: float = 1.0

    @property
    def page(self) -> int:
        return self.places[0][0]

    @property
    def box(self) -> Box | None:
        return self.places[0][1]

    @property
    def row_count(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def column_count(self) -> int:
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    @property
    def header_rows(self) -> int:
        """How many rows at the top are heads; heads set again further down, over a second part of the table, do not count."""
        rows = {row for cell in self.cells if cell.header for row in range(cell.row, cell.row + cell.row_span)}
        top = next(row for row in range(len(rows) + 1) if row not in rows)
        return max((cell.row + cell.row_span for cell in self.cells if cell.header and cell.column > 0 and cell.row < top), default=0)

    def rows(self) -> list[list[Cell | None]]:
        """The grid, row by row; a cell that spans stands in its first place only."""
        grid: list[list[Cell | None]] = [[None] * self.column_count for _ in range(self.row_count)]
        for cell in self.cells:
            grid[cell.row][cell.column] = cell
        return grid

    def texts(self) -> list[list[str]]:
        """The grid as strings, "" for an empty place."""
        return [[cell.text if cell else "" for cell in row] for row in self.rows()]

    def to_pandas(self) -> pandas.DataFrame:
        """The grid as printed: strings, heads joined by " › " as columns.

        Raises:
            ExtraMissing: pandas is not installed.
        """
        from finlens.documents.render import table_to_pandas

        return table_to_pandas(self)

    def to_markdown(self) -> str:
        """The grid as a GitHub-flavoured Markdown table; spanned places repeat the head."""
        from finlens.documents.render import table_to_markdown

        return table_to_markdown(self)

    def _repr_html_(self) -> str:
        from finlens.documents.render import table_to_html

        return table_to_html(self)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a viewer shows it: size in points, words in reading order, blocks over them."""

    number: int
    width: float
    height: float
    words: Sequence[Word] = ()
    blocks: tuple[Block, ...] = ()
    figures: tuple[Figure, ...] = ()
    rotation: int = 0
    """Degrees clockwise that the file asks a viewer to turn the page; the boxes are already turned."""
    text_from: TextFrom = "text layer"
    warnings: tuple[str, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        return (line for block in self.blocks for line in block.lines)

    @property
    def text(self) -> str:
        """The page's text in reading order, a block a line."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: pages of words, tables of cells, each knowing where it stands."""

    sha256: str
    name: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    language: str = ""
    """"en", "fr" or "" where it cannot be told."""
    path: str | None = None
    """The file that it was read from, for crops of its pages; never written to JSON."""
    page_count: int = 0
    """Pages of the file; more than ``len(pages)`` when only some were asked for."""
    interpreted: bool = False
    """Whether `finlens.finance.interpret` has filled amounts and facts."""
    found_facts: tuple[Fact, ...] = ()
    statements: Statements = Statements()
    """``document.statements.income["revenue", 2023]`` is a `Fact`."""
    checks: tuple[Check, ...] = ()
    """Every equation that was looked at, those that hold and those that fail."""
    doubts: tuple[Doubt, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    """From embedded XML first, then as printed."""
    accounts: tuple[Account, ...] = ()
    """Of bank statements."""

    @classmethod
    def from_parts(cls, *, paragraphs: Iterable[str] = (), tables: Iterable[Sequence[Sequence[str]]] = (), name: str = "parts") -> Document:
        """A document made of text and grids that were read elsewhere; it has one page and no boxes.

        Args:
            paragraphs: Texts in reading order.
            tables: Each a list of rows, each a list of cell texts; rows may differ in length.
            name: What messages call it.
        """
        texts = [text.strip() for text in paragraphs if text and text.strip()]
        grids = [[[str(text or "") for text in row] for row in table] for table in tables]
        digest = hashlib.sha256(repr((texts, grids)).encode()).hexdigest()
        source = Source(digest, 1, None, "parts")
        blocks = tuple(Block("body", (Line(text, None),)) for text in texts)
        made = tuple(
            Table(
                cells=tuple(
                    Cell(r, c, text.strip(), source, indent=0) for r, row in enumerate(grid) for c, text in enumerate(row) if text.strip()
                ),
                places=((1, None),),
                finder="parts",
            )
            for grid in grids
        )
        return cls(digest, name, (Page(1, 0.0, 0.0, blocks=blocks),), made, page_count=1)

    @property
    def text(self) -> str:
        return "\n\n".join(page.text for page in self.pages)

    def page(self, number: int) -> Page:
        """The page with that 1-based number; KeyError where it was not read."""
        for page in self.pages:
            if page.number == number:
                return page
        raise KeyError(number)

    def tables_on(self, number: int) -> list[Table]:
        """Tables that stand on, or run over, a page."""
        return [table for table in self.tables if any(page == number for page, _ in table.places)]

    def facts(self) -> tuple[Fact, ...]:
        """Every figure with its labels, amount, period and place, in document order."""
        return self.found_facts

    def checks_of(self, table: int) -> list[Check]:
        """The equations that a figure of that table (an index into ``tables``) takes part in."""
        return [check for check in self.checks if any(term.at is not None and term.at.table == table for term in check.figures)]

    def verdict(self, table: int) -> Verdict:
        """Whether the equations that were found in that table (an index into ``tables``) hold; `checks_of` lists them.

        "foots" says that every equation found holds, not that every total was checked. A sum is found by its holding
        somewhere: one that is off fails aloud where one slip mends it (a digit, two that changed places, the sign, the
        scale), and, by whatever it is off, where the same lines add up in another column or row of the table, where total
        assets stand beside total liabilities and equity, and where a total of one column stands right under a plain list.
        What is none of these, off by more than a slip, is not told from a line that is no sum.
        """
        checks = self.checks_of(table)
        if not checks:
            return "nothing to check"
        return "foots" if all(check.holds for check in checks) else "does not foot"

    @property
    def invoice(self) -> Invoice | None:
        """The invoice that the document is: what its XML says where there is one, else what is printed; None where it is none."""
        return self.invoices[0] if self.invoices else None

    def to_markdown(self) -> str:
        """The document in reading order: headings, paragraphs, tables; running heads left out."""
        from finlens.documents.render import document_to_markdown

        return document_to_markdown(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """Versioned JSON, as `finlens schema` describes it."""
        from finlens.documents.codec import to_json

        return to_json(self, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Document:
        """The document that `to_json` wrote.

        Raises:
            FileDamaged: the text is no such JSON, or of a version that this finlens does not know.
        """
        from finlens.documents.codec import from_json

        return from_json(text)

    def _repr_html_(self) -> str:
        from finlens.documents.render import document_to_html

        return document_to_html(self)
