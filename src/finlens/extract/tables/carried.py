"""Rows at the top of a page that go on with the table of the page before: one row alone is no table, but it may be the rest of one.

A page is read without knowing of the others, so each page puts its first rows forward, and they are judged once the
grids of all pages are there.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from finlens.documents import Box, union
from finlens.extract.base import RawPage
from finlens.extract.tables.columns import column_at
from finlens.extract.tables.furniture import is_furniture
from finlens.extract.tables.grid import Grid, left_over
from finlens.extract.tables.lines import Chunk, TextLine, ends_date, is_dated, is_year_head, parts
from finlens.extract.tables.regions import WIDEST_WHITE
from finlens.extract.tables.rows import body_places

LOWEST = 0.85
"""How far down its page, as a share of the height, a table reaches that goes on overleaf."""
HIGHEST = 0.4
"""How far down its page a table begins at most that goes on from the page before."""
SAME_EDGE = 4.0
"""Points by which a column's right edge may move from page to page."""
_FIRST_FIGURES = 4
"""Among so many lines at a page's top stands a figure, where a table goes on there."""


def goes_on_overleaf(grid: Grid) -> bool:
    """Whether a grid ends at its page's end, with nothing below it but labels whose figures may follow."""
    return (not grid.text_below or bool(grid.trailing)) and grid.box.bottom >= LOWEST * grid.page.height


def opening_of(page: RawPage, lines: Sequence[TextLine], furniture: set[tuple[str, int, int]], ruled: Sequence[Box]) -> list[Grid]:
    """A page's first lines down to the first break, as a grid without cells; none where they are no rows of a table."""
    first: list[TextLine] = []
    for line in lines:
        if not first and (is_furniture(line.words, page, furniture) or not any(ch.isalnum() for ch in line.text)):
            if is_year_head(line) or any(is_dated(chunk) for chunk in parts(line)):
                return []  # heads that stand at one height on page after page look like furniture
            continue
        if first and line.top - first[-1].bottom > WIDEST_WHITE * line.em:
            break
        if len(parts(line)) != len(line.chunks):
            break
        first.append(line)
    if not first or first[0].top > HIGHEST * page.height or any(box.top < first[0].bottom for box in ruled):
        return []
    if not any(chunk.numeric for line in first[:_FIRST_FIGURES] for chunk in parts(line)[1:]):
        return []
    return [Grid(page, _box_of(first), [], opening=first)]


def with_carried(grids: Sequence[Grid]) -> list[Grid]:
    """The grids in reading order, with the first rows of a page put into the columns of the table that they go on with."""
    out: list[Grid] = []
    for number, group in itertools.groupby(grids, key=lambda grid: grid.page.number):
        every = list(group)
        opening = next((grid.opening for grid in every if grid.opening), [])
        here = [grid for grid in every if grid.places]
        before = out[-1] if out and out[-1].page.number == number - 1 else None
        out += _carried(before, every[0].page, opening, here) if before and opening else here
    return out


def _carried(before: Grid, page: RawPage, opening: Sequence[TextLine], here: list[Grid]) -> list[Grid]:
    """The grids of a page, with the rows at its top as part of the table before; as they are where nothing goes on."""
    taken = _rows_of(before, opening)
    if not taken:
        return here
    rest = Grid(page, _box_of(taken), body_places(taken, before.columns, page, 0), list(before.columns), carried=True)
    rest.unplaced = left_over(rest)
    touched = [grid for grid in here if grid.box.top < rest.box.bottom and grid.box.bottom > rest.box.top]
    if not touched:
        return [rest, *here]
    if len(touched) > 1 or touched[0].header_rows or touched[0].box.bottom > rest.box.bottom + 1 or touched[0].box.top < rest.box.top - 1:
        return here  # a table with heads, or one that goes on with what the columns of the one before do not hold
    seen = touched[0]
    rest.notes, rest.trailing, rest.text_below = seen.notes, seen.trailing, seen.text_below
    return [rest, *(grid for grid in here if grid is not seen)]


def _rows_of(before: Grid, opening: Sequence[TextLine]) -> list[TextLine]:
    """The first lines of a page that stand in the columns of ``before``; none where they break off in mid-table.

    Heads are not taken: a part that repeats them is a table of its own until the pages are joined.
    """
    if len(before.columns) < 2 or not goes_on_overleaf(before):
        return []
    taken: list[TextLine] = []
    last_row = 0
    for line in opening:
        if not _fits(line, taken, before.columns):
            if taken and line.top - taken[-1].bottom < 0.8 * line.em and any(chunk.numeric for chunk in parts(line)):
                return []  # the table plainly goes on with something that its columns do not hold
            break
        taken.append(line)
        if any(chunk.numeric for chunk in parts(line)[1:]):
            last_row = len(taken)
    return taken[:last_row]


def _fits(line: TextLine, above: Sequence[TextLine], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether each entry of a line stands in one column: figures right under figures, words among the labels."""
    kept = parts(line)
    if not kept or kept[0].x0 < columns[0][0] - 2 or kept[0].x0 > columns[0][1]:
        return False
    if kept[0].numeric:  # only as the end of a label: "Balance as of June 30," over "2025"
        if not above or not ends_date(parts(above[-1])[0], kept[0]):
            return False
    elif is_year_head(line):
        return False
    return kept[0].x1 < columns[1][1] and all(chunk.numeric and _in_column(chunk, columns) for chunk in kept[1:])


def _in_column(chunk: Chunk, columns: Sequence[tuple[float, float]]) -> bool:
    left, right = chunk.core
    column = column_at(columns, left, right)
    low, high = columns[column]
    if column == 0:
        return False
    return abs(right - high) <= SAME_EDGE or (low - SAME_EDGE <= left and right <= high + SAME_EDGE)


def _box_of(lines: Sequence[TextLine]) -> Box:
    return union(chunk.box for line in lines for chunk in parts(line)) or Box(0, 0, 0, 0)
