"""Tables of a web page as grids of cells: exact, because the file says which cell is which.

Filings are printed with three physical columns to a figure ("$", "1,234", ")") and empty ones between. Signs set apart
are joined to their figure, and columns are those that figures and labels share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from finlens.documents import Cell, Source
from finlens.extract.structured.html_text import anchors_in, is_bold, is_hidden, left_padding, text_of
from finlens.finance.amounts import parse_amount

_BEFORE = re.compile(r"(?:[A-Z]{0,3}[$€£¥]|[A-Z]{3})?\s*\(?")
_AFTER = re.compile(r"\)?\s*%?\s*\)?|x|pts?|bps")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*\(\w\))?")
_MOST_CELLS = 200_000
_MOST_SPAN = 1_000


@dataclass(slots=True)
class Piece:
    """A cell of the file: its physical place, and what it says."""

    row: int
    first: int
    last: int
    rows: int
    text: str
    bold: bool
    padding: float
    anchors: list[str] = field(default_factory=list)
    head: bool = False
    is_figure: bool = False


@dataclass(slots=True)
class HtmlTable:
    """Cells in logical columns, and the tagged facts that stand in each."""

    cells: list[Cell]
    anchors: dict[tuple[int, int], list[str]]
    """By row and column."""


def read_table(table: Any, source: Source) -> HtmlTable | None:
    """The grid of a ``<table>``; None where it is one cell, or one column: layout, not data."""
    rows = _joined(_pieces(table))
    columns = _columns([piece for row in rows for piece in row])
    if len(rows) < 2 or len(columns) < 2:
        return None
    body = _body_row(rows)
    levels = sorted({piece.padding for row in rows[body:] for piece in row[:1] if _span(piece, columns)[0] == 0})
    cells: list[Cell] = []
    anchors: dict[tuple[int, int], list[str]] = {}
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        for piece in row:
            first, span = _span(piece, columns)
            while (number, first) in taken and first + 1 < len(columns):
                first, span = first + 1, max(1, span - 1)
            if (number, first) in taken:
                before = next(cell for cell in cells if (cell.row, cell.column) == (number, first))
                cells[cells.index(before)] = _longer(before, piece.text)  # nothing is dropped
                anchors.setdefault((number, first), []).extend(piece.anchors)
                continue
            span = min(span, len(columns) - first)
            taken.update((number + down, first + right) for down in range(min(piece.rows, len(rows) - number)) for right in range(span))
            indent = levels.index(piece.padding) if first == 0 and number >= body and piece.padding in levels else 0
            cells.append(
                Cell(
                    number,
                    first,
                    piece.text,
                    source,
                    min(piece.rows, len(rows) - number),
                    span,
                    piece.head or number < body,
                    indent,
                    piece.bold,
                )
            )
            if piece.anchors:
                anchors[number, first] = list(piece.anchors)
    return HtmlTable(cells, anchors) if len({cell.column for cell in cells}) > 1 else None


def _longer(cell: Cell, text: str) -> Cell:
    return replace(cell, text=f"{cell.text} {text}")


def _pieces(table: Any) -> list[list[Piece]]:
    """The cells with text, row by row; rows without any are left out."""
    rows: list[list[Piece]] = []
    open_below: dict[int, int] = {}  # column → how many more rows a cell above covers
    count = 0
    for row in table.iter("{*}tr"):
        if next(row.iterancestors("{*}table")) is not table or is_hidden(row):
            continue
        at, pieces = 0, []
        covered, open_below = open_below, {column: left - 1 for column, left in open_below.items() if left > 1}
        for cell in row.iterchildren("{*}td", "{*}th"):
            count += 1
            if count > _MOST_CELLS:
                return [row for row in rows if row]
            while at in covered:
                at += 1
            span, down = _number(cell.get("colspan")), _number(cell.get("rowspan"))
            if down > 1:
                open_below.update(dict.fromkeys(range(at, at + span), down - 1))
            text = text_of(cell)
            if text or anchors_in(cell):
                head = isinstance(cell.tag, str) and cell.tag.endswith("th") and at > 0
                pieces.append(Piece(len(rows), at, at + span - 1, down, text, is_bold(cell), left_padding(cell), anchors_in(cell), head))
            at += span
        rows.append(pieces)
    return [row for row in rows if row]


def _number(said: str | None) -> int:
    return max(1, min(int(said), _MOST_SPAN)) if said and said.strip().isdigit() else 1


def _joined(rows: list[list[Piece]]) -> list[list[Piece]]:
    """Signs that stand in cells of their own put to the figure that they belong to."""
    for row in rows:
        at = 0
        while at < len(row):
            piece = row[at]
            nearest = row[at + 1] if at + 1 < len(row) else None
            if at and nearest and _BEFORE.fullmatch(piece.text) and not _is_word(piece.text) and _starts_figure(nearest.text):
                nearest.text, nearest.first = f"{piece.text} {nearest.text}", piece.first
                nearest.anchors = piece.anchors + nearest.anchors
                del row[at]
                continue
            previous = row[at - 1] if at else None
            if previous and at > 1 and _AFTER.fullmatch(piece.text) and _starts_figure(previous.text):
                previous.text, previous.last = previous.text + ("" if piece.text.startswith(")") else " ") + piece.text, piece.last
                previous.anchors += piece.anchors
                del row[at]
                continue
            at += 1
        for number, piece in enumerate(row):
            piece.is_figure = number > 0 and _YEAR.fullmatch(piece.text) is None and parse_amount(piece.text) is not None
    return rows


def _is_word(text: str) -> bool:
    return text.isalpha() and len(text) == 3 and text not in ("USD", "EUR", "GBP", "CHF", "JPY", "CAD")


def _starts_figure(text: str) -> bool:
    return re.match(r"(?:[A-Z]{0,3}[$€£¥]\s*)?\(?\s*[-–—]?\s*[\d.,—–-]", text) is not None


def _columns(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Logical columns as ranges of physical ones: narrow cells make them, wide ones span what is there."""
    columns: list[tuple[int, int]] = []
    for piece in sorted(pieces, key=lambda piece: (not piece.is_figure, piece.last - piece.first)):
        met = [column for column in columns if column[0] <= piece.last and piece.first <= column[1]]
        if not met:
            columns.append((piece.first, piece.last))
        elif len(met) == 1 and piece.is_figure:
            columns[columns.index(met[0])] = (min(met[0][0], piece.first), max(met[0][1], piece.last))
    return sorted(columns)


def _span(piece: Piece, columns: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """First logical column that the cell stands in, and how many it covers."""
    met = [number for number, (first, last) in enumerate(columns) if first <= piece.last and piece.first <= last]
    if met:
        return met[0], len(met)
    return min(range(len(columns)), key=lambda number: abs(columns[number][0] - piece.first)), 1


def _body_row(rows: Sequence[Sequence[Piece]]) -> int:
    """The first row below the heads: that with the first figure, or the heading without figures just above it."""
    figures = next((number for number, row in enumerate(rows) if any(piece.is_figure for piece in row)), None)
    if figures is None:
        return 1
    while figures and len(rows[figures - 1]) == 1 and rows[figures - 1][0].first == 0 and figures > 1:
        figures -= 1
    return figures
