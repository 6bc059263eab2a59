"""Other libraries' tables in our terms: they say where cells are, the page's own words say what stands in them.

A library's cell text is never taken over. Some mend, split or reorder it, and a figure that the page does not print
must not come into being on the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from finlens.documents import Box, Table, Word, union
from finlens.extract.base import RawPage
from finlens.extract.tables.furniture import furniture_of
from finlens.extract.tables.grid import Grid, Place, table_of, tidy
from finlens.extract.tables.lattice_heads import mark_heads
from finlens.extract.tables.lines import chunks_of, lines_of, usable
from finlens.extract.tables.surroundings import describe


class FoundCell(NamedTuple):
    """Where a library puts a cell: its place in the grid, and its box in our coordinates."""

    row: int
    column: int
    box: Box
    row_span: int = 1
    column_span: int = 1


class FoundTable(NamedTuple):
    """One table as a library gives it, on a 1-based page."""

    page: int
    cells: Sequence[FoundCell]


def tables_from_boxes(found: Sequence[FoundTable], pages: Sequence[RawPage], finder: str) -> list[Table]:
    """Tables with the words of ``pages`` in the cells that a library found; tables without a word are left out."""
    by_number = {page.number: page for page in pages}
    grids: dict[int, list[Grid]] = defaultdict(list)
    for table in found:
        page = by_number.get(table.page)
        grid = _grid(page, table.cells) if page is not None else None
        if grid is not None:
            grids[table.page].append(grid)
    furniture = furniture_of(pages)
    tables = []
    for number in sorted(grids):
        page, here = by_number[number], sorted(grids[number], key=lambda grid: (grid.box.top, grid.box.x0))
        boxes = [grid.box for grid in here]
        lines = lines_of(usable(page.words))
        for grid in here:
            describe(grid, lines, boxes, page, furniture)
            tables.append(table_of([grid], finder))
    return tables


def _grid(page: RawPage, cells: Sequence[FoundCell]) -> Grid | None:
    held: dict[int, list[Word]] = defaultdict(list)
    edge = union(cell.box for cell in cells)
    if edge is None:
        return None
    inside = [word for word in usable(page.words) if edge.holds_point((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)]
    for line in lines_of(inside):
        for chunk in chunks_of(line.words, line.em):
            home = _home(chunk.box, cells)
            for word in chunk.words:
                at = [k for k, cell in enumerate(cells) if cell.box.holds_point((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)]
                k = home if home is not None and (home in at or not at) else min(at, key=lambda n: cells[n].box.area, default=None)
                if k is not None:
                    held[k].append(word)
    places = [
        Place(cell.row, cell.column, [line.words for line in lines_of(held[k])], cell.row_span, cell.column_span)
        for k, cell in enumerate(cells)
        if k in held
    ]
    if not places:
        return None
    grid = Grid(page, edge, places)
    mark_heads(grid)
    return tidy(grid)


def _home(box: Box, cells: Sequence[FoundCell]) -> int | None:
    """The cell that holds at least 80 % of a chunk, if there is one."""
    shares = [box.covered_by(cell.box) for cell in cells]
    best = max(range(len(cells)), key=lambda k: shares[k])
    return best if shares[best] >= 0.8 else None
