"""Which lattices are tables, and which of their rows are heads."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from finlens.documents import Word
from finlens.extract.tables.grid import Grid, Place
from finlens.extract.tables.lines import chunks_of, em_of
from finlens.extract.tables.not_tables import climbs_evenly, plain_value
from finlens.extract.tables.numerals import Kind, is_figure, kind_of


def accept(grid: Grid, words: Sequence[Word]) -> bool:
    """Mark the heads of a ruled grid, and say whether it is a table rather than a frame around text."""
    rows = {place.row for place in grid.places}
    columns = {place.column for place in grid.places}
    if len(rows) < 2 or len(columns) < 2 or len(grid.places) < 4:
        return False
    if _fused(grid) > 0.1 * len(grid.places):
        return False
    if _has_axis(grid):
        return False
    longest = max(len(place.words) for place in grid.places)
    total = sum(len(place.words) for place in grid.places)
    if longest > 0.7 * total and longest > 60:
        return False
    mark_heads(grid)
    return True


def _has_axis(grid: Grid) -> bool:
    """Whether the cells of one row climb in even steps: the gridlines of a chart."""
    rows: dict[int, list[Place]] = {}
    for place in grid.places:
        rows.setdefault(place.row, []).append(place)
    return any(len(row) >= 6 and climbs_evenly([plain_value(p.text) for p in sorted(row, key=lambda p: p.column)]) for row in rows.values())


def _fused(grid: Grid) -> int:
    """In how many cells a figure stands apart from what is left of it: the rules do not part the columns there."""
    count = 0
    for place in grid.places:
        for line in place.lines:
            chunks = chunks_of(line, em_of(line[0]))
            em = em_of(line[0])
            apart = any(b.amount and b.x0 - a.x1 > 1.5 * em for a, b in itertools.pairwise(chunks))
            if apart or sum(chunk.amount for chunk in chunks) >= 2:
                count += 1
                break
    return count


def mark_heads(grid: Grid) -> None:
    by_row: dict[int, list[Place]] = {}
    for place in grid.places:
        by_row.setdefault(place.row, []).append(place)
    body = None
    for row in sorted(by_row):
        if any(_amount(place) for place in by_row[row] if place.column > 0):
            body = row
            break
    if body is None:
        body = sorted(by_row)[1] if len(by_row) > 1 else 0
    # Rows of one label straight above the figures are sub-heads of the body, not heads of columns.
    while body > 0 and body - 1 in by_row and all(place.column == 0 for place in by_row[body - 1]):
        body -= 1
    grid.header_rows = body
    for place in grid.places:
        place.header = place.row < body
    _mark_indents(grid)


def _mark_indents(grid: Grid) -> None:
    stub = [place for place in grid.places if place.column == 0 and not place.header and place.lines]
    lefts = sorted(place.lines[0][0].x0 for place in stub)
    levels: list[float] = []
    for left in lefts:
        if not levels or left - levels[-1] > 2.5:
            levels.append(left)
    if len(levels) > 6:  # centred labels
        return
    for place in stub:
        place.indent = max(n for n, level in enumerate(levels) if place.lines[0][0].x0 >= level - 0.5)


def _amount(place: Place) -> bool:
    kinds = [kind_of(word.text) for word in place.words]
    return any(kind in (Kind.NUMBER, Kind.DASH) for kind in kinds) and all(
        is_figure(kind) or kind in (Kind.SIGN, Kind.TAIL, Kind.OPENER) for kind in kinds
    )
