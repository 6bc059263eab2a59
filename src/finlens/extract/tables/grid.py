"""A table while it is being built: cells as lists of words, before they become `Cell`s with a source."""

from __future__ import annotations

from dataclasses import dataclass, field

from finlens.documents import LISTING, Box, Cell, Source, Table, Word, union
from finlens.extract.base import RawPage
from finlens.extract.tables.lines import TextLine, em_of
from finlens.extract.tables.numerals import Kind, kind_of

_LEAST_PICTURED = 3
"""Rows that a table in a picture must have."""
_PICTURED_FILL = 0.8


@dataclass(slots=True)
class Place:
    """One cell: where it stands in the grid, and the words in it, line by line."""

    row: int
    column: int
    lines: list[list[Word]]
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    indent: int = 0

    @property
    def words(self) -> list[Word]:
        return [word for line in self.lines for word in line]

    @property
    def text(self) -> str:
        return " ".join(text for text in (line_text(line) for line in self.lines) if text)

    @property
    def bold(self) -> bool:
        words = self.words
        return bool(words) and all(word.bold for word in words)


@dataclass(slots=True)
class Grid:
    """A table on one page, with what the joining over pages needs to know of it."""

    page: RawPage
    box: Box
    places: list[Place]
    columns: list[tuple[float, float]] = field(default_factory=list)
    header_rows: int = 0
    caption: str = ""
    notes: str = ""
    unplaced: tuple[Word, ...] = ()
    confidence: float = 1.0
    title_above: bool = False
    """Whether words of its own, and no running head, stand between the page's top and the grid."""
    trailing: list[list[Word]] = field(default_factory=list)
    """Lines under the last row that may be labels of rows overleaf."""
    text_below: bool = False
    """Whether words, and no running foot, stand between the grid and the page's end."""
    listing: bool = False
    """Whether its figures are page numbers, as on a contents page."""
    opening: list[TextLine] = field(default_factory=list)
    """Where there are no cells: a page's first lines, which may be the rest of a table of the page before."""
    carried: bool = False
    """Whether it was found as the rest of the table of the page before, in that table's columns."""

    @property
    def row_count(self) -> int:
        return max((place.row + place.row_span for place in self.places), default=0)

    @property
    def column_count(self) -> int:
        return max((place.column + place.column_span for place in self.places), default=0)


def is_chart_in_picture(grid: Grid) -> bool:
    """Whether a grid's words were read from a picture on a page of text, and leave the gaps that the labels of a chart leave.

    Such a picture may be of a table: then most rows have a figure in most columns.
    """
    reader = grid.page.origin.reader
    words = [word for place in grid.places for word in place.words]
    seen = sum(word.origin.reader != reader for word in words)
    if seen <= 0.5 * len(words) or all(word.origin.reader != reader for word in grid.page.words):
        return False
    body = [place for place in grid.places if place.row >= grid.header_rows]
    rows, columns = len({place.row for place in body}), len({place.column for place in body})
    filled = len({(place.row, place.column) for place in body if place.text})
    return rows < _LEAST_PICTURED or columns < 2 or filled < _PICTURED_FILL * rows * columns


def left_over(grid: Grid) -> tuple[Word, ...]:
    """The page's words within a grid's box that stand in none of its cells."""
    taken = {id(word) for place in grid.places for word in place.words}
    box = grid.box
    return tuple(
        word for word in grid.page.words if id(word) not in taken and box.holds_point((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)
    )


def line_text(words: list[Word]) -> str:
    """Words of one line as printed: "$ 1,234", "(12)%". Dotted leaders are dropped."""
    parts: list[str] = []
    last: Word | None = None
    for word in words:
        kind = kind_of(word.text)
        if kind is Kind.LEADER:
            continue
        parts.append(word.text if last is None or _touches(last, word, kind) else f" {word.text}")
        last = word
    return "".join(parts)


def _touches(last: Word, word: Word, kind: Kind) -> bool:
    """Whether a word is printed on to the one before: a bracket or a percent sign in a cell of its own."""
    if kind is Kind.TAIL:
        return not word.text.startswith("%") or word.x0 - last.x1 <= 0.1 * em_of(word) or last.text.endswith(")")
    return kind_of(last.text) is Kind.OPENER and last.text.endswith("(")


def cells_of(grid: Grid, *, row_offset: int = 0) -> list[Cell]:
    """The grid's cells with their sources, in row order."""
    origin = grid.page.origin
    cells = []
    for place in sorted(grid.places, key=lambda p: (p.row, p.column)):
        words = place.words
        text = place.text
        if not words or not text:
            continue
        reader = next((word.origin.reader for word in words if word.origin.reader != origin.reader), origin.reader)  # words of a picture
        source = Source(origin.document, origin.page, union(word.box for word in words), reader, min(word.confidence for word in words))
        cells.append(
            Cell(
                row=place.row + row_offset,
                column=place.column,
                text=text,
                source=source,
                row_span=place.row_span,
                column_span=place.column_span,
                header=place.header,
                indent=place.indent,
                bold=place.bold,
            )
        )
    return cells


def table_of(grids: list[Grid], finder: str) -> Table:
    """One table from its parts on consecutive pages; the caller has dropped repeated heads."""
    cells: list[Cell] = []
    offset = 0
    for grid in grids:
        cells += cells_of(grid, row_offset=offset)
        offset += grid.row_count
    return Table(
        cells=tuple(cells),
        places=tuple((grid.page.number, grid.box) for grid in grids),
        finder=LISTING if any(grid.listing for grid in grids) else finder,
        caption=grids[0].caption,
        notes="\n".join(grid.notes for grid in grids if grid.notes),
        unplaced=tuple(word for grid in grids for word in grid.unplaced),
        confidence=min(grid.confidence for grid in grids),
    )


def tidy(grid: Grid) -> Grid:
    """Drop rows and columns in which nothing starts, so that the grid has no empty stripes."""
    grid.places = [place for place in grid.places if place.text]
    rows = {row: i for i, row in enumerate(sorted({p.row for p in grid.places}))}
    columns = {column: i for i, column in enumerate(sorted({p.column for p in grid.places}))}
    for place in grid.places:
        place.row_span = sum(place.row <= row < place.row + place.row_span for row in rows) if place.row_span > 1 else 1
        place.column_span = sum(place.column <= c < place.column + place.column_span for c in columns) if place.column_span > 1 else 1
    grid.header_rows = sum(row < grid.header_rows for row in rows)
    if len(grid.columns) > 1:
        grid.columns = [extent for c, extent in enumerate(grid.columns) if c in columns]
    for place in grid.places:
        place.row, place.column = rows[place.row], columns[place.column]
    return grid
