"""Tables that go on over pages: the next page's part joins where its columns are the same and nothing new is titled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finlens.documents import union
from finlens.extract.tables.carried import HIGHEST, SAME_EDGE, goes_on_overleaf
from finlens.extract.tables.grid import Grid, Place

_CONTINUED = re.compile(r"\b(?:continued|cont['’]?d|suite)\b", re.IGNORECASE)


def joined_over_pages(grids: Sequence[Grid]) -> list[list[Grid]]:
    """Grids in reading order, those of one table together; repeated heads are dropped from the later parts."""
    groups: list[list[Grid]] = []
    last_on_page: dict[int, Grid] = {}
    first_on_page: dict[int, Grid] = {}
    for grid in grids:
        first_on_page.setdefault(grid.page.number, grid)
        last_on_page[grid.page.number] = grid
    for grid in grids:
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and grid.page.number == before.page.number + 1
            and first_on_page[grid.page.number] is grid
            and last_on_page[before.page.number] is before
            and _continues(before, groups[-1][0], grid)
        ):
            _take_trailing(before)
            _drop_repeated_heads(groups[-1][0], grid)
            _drop_cut_row(before, grid)
            groups[-1].append(grid)
        else:
            groups.append([grid])
    return groups


def _continues(before: Grid, first: Grid, grid: Grid) -> bool:
    if grid.carried:
        return True
    if before.column_count != grid.column_count or len(before.columns) != len(grid.columns):
        return False
    if not goes_on_overleaf(before) or grid.box.top > HIGHEST * grid.page.height:
        return False
    if not all(_same_place(a, b) for a, b in list(zip(before.columns, grid.columns, strict=True))[1:]):
        return False
    if grid.title_above and not _same_title(first.caption, grid.caption):
        return False
    return grid.header_rows == 0 or _heads(first) == _heads(grid)


def _same_title(first: str, again: str) -> bool:
    """Whether the later part repeats the first one's title, or says that it goes on."""
    return bool(again) and (_CONTINUED.search(again) is not None or again.split() == first.split())


def _same_place(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[1] - b[1]) <= SAME_EDGE or min(a[1], b[1]) - max(a[0], b[0]) > 0.5 * min(a[1] - a[0], b[1] - b[0])


def _heads(grid: Grid) -> list[tuple[int, int, str]]:
    return sorted((place.row, place.column, place.text) for place in grid.places if place.row < grid.header_rows)


def _drop_repeated_heads(first: Grid, grid: Grid) -> None:
    if not grid.header_rows:
        return
    _set_aside(grid, [place for place in grid.places if place.row < grid.header_rows])
    for place in grid.places:
        place.row -= grid.header_rows
    grid.header_rows = 0


def _set_aside(grid: Grid, dropped: Sequence[Place]) -> None:
    """Take cells out of a grid that say again what another part says; their words are told as unplaced."""
    grid.places = [place for place in grid.places if not any(place is other for other in dropped)]
    grid.unplaced += tuple(word for place in dropped for word in place.words)


def _take_trailing(grid: Grid) -> None:
    """Labels at the page's end whose figures, or whose rows, follow overleaf are rows of this part."""
    for words in grid.trailing:
        grid.places.append(Place(grid.row_count, 0, [list(words)]))
        grid.box = union([grid.box, *(word.box for word in words)]) or grid.box
    grid.trailing = []


def _drop_cut_row(before: Grid, grid: Grid) -> None:
    """Browsers print a row that the page's edge cuts through on both pages, each with characters missing: keep the fuller one."""
    last = {p.column: p.text for p in before.places if p.row == before.row_count - 1}
    first = {p.column: p.text for p in grid.places if p.row == 0}
    if len(last) < 2 or last.keys() != first.keys():
        return
    if not all(_is_part(last[c], first[c]) or _is_part(first[c], last[c]) for c in last):
        return
    if sum(map(len, last.values())) > sum(map(len, first.values())):
        _set_aside(grid, [place for place in grid.places if place.row == 0])
        for place in grid.places:
            place.row -= 1
    else:
        row = before.row_count - 1
        _set_aside(before, [place for place in before.places if place.row >= row])


def _is_part(short: str, full: str) -> bool:
    """Whether the letters and digits of ``short`` stand in ``full`` in the same order."""
    rest = iter(ch for ch in full if ch.isalnum())
    return all(ch in rest for ch in short if ch.isalnum())
