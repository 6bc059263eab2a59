"""Parts of one table that stand under one another on a page, each under heads of its own: quarters, then nine months, then a margin."""

from __future__ import annotations

from collections.abc import Sequence

from finlens.documents import union
from finlens.extract.tables.grid import Grid, Place, left_over
from finlens.extract.tables.lines import em_of
from finlens.extract.tables.numerals import is_month

NEAR = 1.75
"""Ems of white between two parts of one table; between two tables stands more, or a title."""
NEAR_REPEATED = 2.4
"""The same, where the lower part repeats the heads of the upper one word by word."""


def stacked(grids: Sequence[Grid]) -> list[Grid]:
    """The grids of a page with parts of one table put together; the heads of a lower part are rows within the table."""
    joined: list[Grid] = []
    for grid in grids:
        if joined and _goes_on(joined[-1], grid):
            joined[-1] = _appended(joined[-1], grid)
        else:
            joined.append(grid)
    return joined


def _goes_on(upper: Grid, lower: Grid) -> bool:
    if lower.caption or upper.notes or not lower.header_rows or len(upper.columns) != len(lower.columns) or len(lower.columns) < 4:
        return False
    if abs(upper.box.x0 - lower.box.x0) > 3 or abs(upper.box.x1 - lower.box.x1) > 6:
        return False
    em = max(em_of(word) for place in (upper.places[-1], lower.places[0], lower.places[-1]) for word in place.words[:1])
    white = (lower.box.top - upper.box.bottom) / max(1.0, em)
    if _measures_else(upper, lower):
        return False
    if not all(min(a[1], b[1]) > max(a[0], b[0]) for a, b in zip(upper.columns, lower.columns, strict=True)):
        return False
    if [place.text for place in _heads(upper)] == [place.text for place in _heads(lower)]:
        return -0.5 < white < NEAR_REPEATED
    return -0.5 < white < NEAR and [_shape(place) for place in _heads(upper)] == [_shape(place) for place in _heads(lower)]


def _heads(grid: Grid) -> list[Place]:
    return sorted((place for place in grid.places if place.row < grid.header_rows), key=lambda place: (place.row, place.column))


def _measures_else(upper: Grid, lower: Grid) -> bool:
    """Whether only the head over the labels differs, and by no date: revenues in millions, then carloads in thousands."""
    stubs, others = [], []
    for grid in (upper, lower):
        heads = _heads(grid)
        stubs.append(" ".join(place.text for place in heads if place.column == 0))
        others.append([place.text for place in heads if place.column > 0])
    dated = any(ch.isdigit() or is_month(word) for text in stubs for word in text.split() for ch in word[:1])
    return others[0] == others[1] and all(stubs) and stubs[0] != stubs[1] and not dated


def _shape(place: Place) -> tuple[int, int, int, int]:
    return place.row, place.column, place.row_span, place.column_span


def _appended(upper: Grid, lower: Grid) -> Grid:
    offset = upper.row_count
    for place in lower.places:
        place.row += offset
    joined = Grid(
        page=upper.page,
        box=union((upper.box, lower.box)) or upper.box,
        places=upper.places + lower.places,
        columns=[(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(upper.columns, lower.columns, strict=True)],
        header_rows=upper.header_rows,
        caption=upper.caption,
        notes=lower.notes,
        confidence=min(upper.confidence, lower.confidence),
        title_above=upper.title_above,
        trailing=lower.trailing,
        text_below=lower.text_below,
        listing=upper.listing,
        carried=upper.carried,
    )
    joined.unplaced = left_over(joined)
    return joined
