"""Labels of rows and the lines that they stand under."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from finlens.documents import Amount, Cell
from finlens.finance.pieces import read_pieces


@dataclass(slots=True)
class Row:
    """One row of figures, or a sub-heading."""

    index: int
    label: str
    path: tuple[str, ...]
    """Lines above that it belongs to, outermost first, then the label."""
    subheading: bool = False
    headings: tuple[str, ...] = ()
    """Those lines of the path that have no figures of their own."""


_SHORT = 60  # characters; longer texts are no sub-headings
_TOTAL = re.compile(r"^\W*(?:sub-?)?(?:total|totaux|sous-total)\b", re.I)


@dataclass(slots=True)
class _Line:
    """A label that others stand under."""

    depth: int
    label: str
    heading: bool
    """It has no figures of its own."""
    has_deeper: bool = False


def label_rows(
    grid: Sequence[Sequence[Cell | None]], texts: list[list[str]], amounts: list[list[Amount | None]], heads: Collection[int], labels: int
) -> list[Row]:
    """Labels of rows with the lines that they stand under, by indent where it is known and by order where not."""
    rows: list[Row] = []
    indented = any(cell and cell.indent for row in grid for cell in row[: max(labels, 1)])
    stack: list[_Line] = []
    first_label = ""
    dated = ""  # the sub-heading that last named a period: it holds until another one does
    closed = False  # a total has just ended the innermost sub-heading
    for index, line in enumerate(texts):
        if index in heads or not any(line):
            continue
        label = " ".join(text for text in line[:labels] if text)
        if labels > 1 and line[0]:
            first_label = line[0]
        elif labels > 1 and label and first_label:
            label = f"{first_label} {label}"  # "Beauty | 2025" over "| 2024"
        figures = any(amounts[index][column] is not None for column in range(labels, len(line)))
        filled = [column for column, text in enumerate(line) if text]
        first = grid[index][filled[0]]
        depth = first.indent if first else 0
        heading = not figures and bool(label or len(filled) == 1)
        if heading:
            label = label or line[filled[0]]
        if indented:
            _close_by_indent(stack, depth, label, heading)
        elif heading and stack and not closed and not (rows and rows[-1].subheading):
            stack.pop()
        total = _TOTAL.match(label) is not None
        while indented and total and stack and not stack[-1].heading:
            stack.pop()  # a total that is set in farther sums the lines over it; it is no part of the last one
        above = tuple(part.label for part in stack)
        # A label column of years says when, as a sub-heading does.
        if heading and len(label) < _SHORT and read_pieces(label.rstrip(":")).timed:
            dated = label
        headings = (*(part.label for part in stack if part.heading), *(text for text in line[1:labels] if text))
        if dated and not indented and dated not in headings and not heading:
            headings = (dated, *headings)
        path = (*above, label) if label else above
        rows.append(Row(index, label, path, heading, headings))
        closed = not indented and total and bool(stack) and not heading
        if closed or (indented and total and stack and stack[-1].depth == depth):
            stack.pop()
        if heading or (indented and label):
            stack.append(_Line(depth, label, heading))
    return rows


def _close_by_indent(stack: list[_Line], depth: int, label: str, heading: bool) -> None:
    """Take away the lines that a row of this depth does not stand under."""
    while stack and stack[-1].depth > depth:
        stack.pop()
    while stack and stack[-1].depth == depth:
        last = stack[-1]
        if heading and last.heading and last.label.endswith(":") and not label.endswith(":"):
            return  # "Earnings per share:" holds "Assuming dilution" and "Basic"
        if not heading and last.heading and (not last.has_deeper or _TOTAL.match(label)):
            return  # labels that are not set in stand under their heading all the same
        stack.pop()
    for part in stack:
        part.has_deeper = True
