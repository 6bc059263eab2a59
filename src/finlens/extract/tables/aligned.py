"""Our own table finder, from words, rules and shading alone.

The story of a page: ruled lattices first, for there the printer has said where cells are; then, among the words that
are left, runs of rows whose figures stand under one another. Columns come from the white that the rows agree on,
heads from what stands over them, rows from baselines and shading. Last, tables that go on over pages become one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from finlens.documents import Box, Table, Word, union
from finlens.extract.base import RawPage, Rule
from finlens.extract.tables.carried import opening_of, with_carried
from finlens.extract.tables.columns import find_columns
from finlens.extract.tables.furniture import furniture_of, without_page_number
from finlens.extract.tables.grid import Grid, is_chart_in_picture, table_of, tidy
from finlens.extract.tables.heads import first_body_line, head_places
from finlens.extract.tables.join_pages import joined_over_pages
from finlens.extract.tables.lattice import find_lattices, grid_of, merged_rules
from finlens.extract.tables.lattice_heads import accept
from finlens.extract.tables.lines import TextLine, lines_of, parts, usable
from finlens.extract.tables.not_tables import is_bar_chart
from finlens.extract.tables.prose import mark_prose
from finlens.extract.tables.regions import Region, find_regions
from finlens.extract.tables.rows import body_places
from finlens.extract.tables.side_by_side import parted
from finlens.extract.tables.stacked import stacked
from finlens.extract.tables.surroundings import describe

MOST_WORDS = 60_000
"""A page with more words than this is no page of a report."""


class AlignedFinder:
    """Finds tables by alignment: borderless, ruled, banded and mixed ones, from a text layer or from OCR."""

    name = "aligned"

    def find(self, path: Path, pages: Sequence[RawPage], *, password: str | None = None) -> list[Table]:
        """The tables of these pages in reading order; the file is never opened."""
        furniture = furniture_of(pages)
        return tables_of([grid for page in pages for grid in grids_of(page, furniture)])


def tables_of(grids: Sequence[Grid]) -> list[Table]:
    """Tables from the grids of all pages, in reading order: those that go on over pages become one."""
    return [table_of(group, AlignedFinder.name) for group in joined_over_pages(with_carried(grids))]


def grids_of(page: RawPage, furniture: set[tuple[str, int, int]]) -> list[Grid]:
    """The tables of one page, from top to bottom; before them its first rows, where these may go on with a table of the page before."""
    words = usable(page.words)
    if len(words) < 4 or len(words) > MOST_WORDS:
        return []
    grids = _ruled(page, words)
    taken = {id(word) for grid in grids for word in words if grid.box.holds_point((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)}
    rest = [word for word in words if id(word) not in taken]
    lines: list[TextLine] = []
    opening: list[Grid] = []
    if _has_figures(rest):
        lines = [line for line in lines_of(rest) if line.text.strip("()[] ")]  # a page's edge leaves such
        lines = without_page_number(lines, page)
        mark_prose(lines, page.width)
        across, _ = merged_rules(page.rules, reach=1.2)
        opening = opening_of(page, lines, furniture, [grid.box for grid in grids])
        grids += _aligned(page, lines, across)
    grids = [grid for grid in grids if not (is_bar_chart(grid.box, page.fills) or is_chart_in_picture(grid))]
    if not grids:
        return opening
    grids.sort(key=lambda grid: (grid.box.top, grid.box.x0))
    lines = lines or lines_of(rest)
    boxes = [grid.box for grid in grids]
    for grid in grids:
        describe(grid, lines, boxes, page, furniture)
    return opening + stacked(grids)


def _has_figures(words: Sequence[Word]) -> bool:
    """Whether at least two words hold a digit."""
    found = 0
    for word in words:
        found += not word.text.isalpha() and any(ch.isdigit() for ch in word.text)
        if found == 2:
            return True
    return False


def _ruled(page: RawPage, words: Sequence[Word]) -> list[Grid]:
    grids = []
    for lattice in find_lattices(page):
        grid = grid_of(page, lattice, words)
        if grid is not None and accept(grid, words):
            grids.append(tidy(grid))
    return grids


def _aligned(page: RawPage, lines: Sequence[TextLine], across: Sequence[Rule], depth: int = 0) -> list[Grid]:
    """Grids from lines, the figures of which stand under one another; tables set side by side are taken apart."""
    grids: list[Grid] = []
    for region in find_regions(lines, across):
        start = first_body_line(region)
        columns = find_columns(region, [i for i in region.rows if i >= start])
        if len(columns) < 2:
            continue
        sides = parted(region, columns, start) if depth < 4 else []
        if sides:
            for side in sides:
                grids += _aligned(page, side, across, depth + 1)
        else:
            grids.append(_grid(page, region, columns, start, across))
    return grids


def _grid(page: RawPage, region: Region, columns: list[tuple[float, float]], start: int, across: Sequence[Rule]) -> Grid:
    heads, depth = head_places(region.lines[:start], columns, across)
    places = heads + body_places(region.lines[start:], columns, page, depth)
    box = union(chunk.box for line in region.lines for chunk in parts(line))
    return tidy(Grid(page, box or Box(0, 0, 0, 0), places, columns, depth, listing=region.listing))
