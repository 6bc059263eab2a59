"""Tables drawn as a lattice: rules on all sides of (nearly) every cell.

Rules are snapped to common coordinates, those that cross are taken together, and the small fields between
neighbouring coordinates are joined wherever no rule is drawn between them: that gives cells and their spans at once.
A lattice that only rules its columns is cut into rows by the baselines of its figures.
"""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from finlens.documents import Box, Word
from finlens.extract.base import RawPage, Rule
from finlens.extract.tables.grid import Grid, Place
from finlens.extract.tables.lines import TextLine, lines_of

SNAP = 2.5
"""Points within which two rules are the same edge."""
MOST_RULES = 20_000
"""A page with more rules than this is a drawing."""


@dataclass(slots=True)
class Lattice:
    """Edges of one ruled grid: ``right[r][c]`` says whether a rule closes field (r, c) on its right."""

    xs: list[float]
    ys: list[float]
    right: list[list[bool]]
    below: list[list[bool]]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def snapped(values: Sequence[float]) -> list[float]:
    """Distinct coordinates, those within `SNAP` of each other taken as one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= SNAP and value - groups[-1][0] <= 2 * SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def merged_rules(rules: Sequence[Rule], reach: float = SNAP) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules; pieces of one rule are put together (dashes, a border drawn cell by cell)."""
    flat: dict[bool, list[Rule]] = {True: [], False: []}
    for rule in rules:
        if math.isfinite(sum(rule)):
            flat[rule.horizontal].append(rule)
    out: dict[bool, list[Rule]] = {True: [], False: []}
    for horizontal, kept in flat.items():
        keyed = sorted((((r.top + r.bottom) / 2, r.x0, r.x1) if horizontal else ((r.x0 + r.x1) / 2, r.top, r.bottom)) for r in kept)
        start = 0
        while start < len(keyed):
            stop = start + 1
            while stop < len(keyed) and keyed[stop][0] - keyed[stop - 1][0] <= 1.2 and keyed[stop][0] - keyed[start][0] <= SNAP:
                stop += 1
            level = sum(k[0] for k in keyed[start:stop]) / (stop - start)
            low, high = math.inf, -math.inf
            for _, a, b in sorted(keyed[start:stop], key=lambda k: k[1]):
                if a <= high + reach:
                    high = max(high, b)
                    continue
                if high - low > 3:
                    out[horizontal].append(_rule(horizontal, level, low, high))
                low, high = a, b
            if high - low > 3:
                out[horizontal].append(_rule(horizontal, level, low, high))
            start = stop
    return out[True], out[False]


def _rule(horizontal: bool, level: float, low: float, high: float) -> Rule:
    return Rule(low, level, high, level) if horizontal else Rule(level, low, level, high)


def find_lattices(page: RawPage) -> list[Lattice]:
    """Ruled grids of at least two fields, from top to bottom."""
    if len(page.rules) > MOST_RULES:
        return []
    across, down = merged_rules(
        [r for r in page.rules if r.x1 > -5 and r.bottom > -5 and r.x0 < page.width + 5 and r.top < page.height + 5]
    )
    across = [r for r in across if r.x1 - r.x0 >= 8]
    down = [r for r in down if r.bottom - r.top >= 5]
    if len(down) < 1 or len(across) < 2:
        return []
    parent = list(range(len(across) + len(down)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if h.x0 - SNAP <= v.x0 <= h.x1 + SNAP and v.top - SNAP <= h.top <= v.bottom + SNAP:
                parent[find(i)] = find(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, h in enumerate(across):
        groups[find(i)][0].append(h)
    for j, v in enumerate(down):
        groups[find(len(across) + j)][1].append(v)
    found = [lattice for hs, vs in groups.values() if len(hs) >= 2 and vs and (lattice := _lattice(hs, vs)) is not None]
    found.sort(key=lambda lattice: (lattice.ys[0], lattice.xs[0]))
    kept: list[Lattice] = []
    for lattice in sorted(found, key=lambda item: -item.box.area):  # a box within a cell is no table of its own
        if not any(lattice.box.covered_by(other.box) > 0.8 for other in kept):
            kept.append(lattice)
    return sorted(kept, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    left, right = min(h.x0 for h in across), max(h.x1 for h in across)
    top, bottom = min(v.top for v in down), max(v.bottom for v in down)
    xs = snapped([v.x0 for v in down] + [min(left, *(v.x0 for v in down)), max(right, *(v.x0 for v in down))])
    ys = snapped([h.top for h in across] + [min(top, *(h.top for h in across)), max(bottom, *(h.top for h in across))])
    xs = [x for i, x in enumerate(xs) if i == 0 or x - xs[i - 1] > 1]
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows < 2 or columns * rows > 60_000:
        return None
    has_right = [[False] * columns for _ in range(rows)]
    has_below = [[False] * columns for _ in range(rows)]
    for v in down:
        c = bisect.bisect_left(xs, v.x0 - SNAP) - 1
        if c < 0:
            continue
        for r in range(rows):
            middle = (ys[r] + ys[r + 1]) / 2
            if v.top - SNAP <= middle <= v.bottom + SNAP and min(v.bottom, ys[r + 1]) - max(v.top, ys[r]) > 0.6 * (ys[r + 1] - ys[r]):
                has_right[r][c] = True
    for h in across:
        r = bisect.bisect_left(ys, h.top - SNAP) - 1
        if r < 0:
            continue
        for c in range(columns):
            if min(h.x1, xs[c + 1]) - max(h.x0, xs[c]) > 0.6 * (xs[c + 1] - xs[c]):
                has_below[r][c] = True
    for r in range(rows):
        has_right[r][-1] = True
    for c in range(columns):
        has_below[-1][c] = True
    return Lattice(xs, ys, has_right, has_below)


def fields_of(lattice: Lattice) -> list[tuple[int, int, int, int]]:
    """Cells as (row, column, row span, column span): fields with no rule between them, where they form a rectangle."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    cells = []
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            wide = 1
            while c + wide < columns and not lattice.right[r][c + wide - 1] and not taken[r][c + wide]:
                wide += 1
            tall = 1
            while r + tall < rows and _open_below(lattice, r + tall - 1, c, wide) and not any(taken[r + tall][c : c + wide]):
                tall += 1
            for a in range(r, r + tall):
                for b in range(c, c + wide):
                    taken[a][b] = True
            cells.append((r, c, tall, wide))
    return cells


def _open_below(lattice: Lattice, r: int, c: int, wide: int) -> bool:
    if any(lattice.below[r][c : c + wide]):
        return False
    inner = lattice.right[r + 1][c : c + wide - 1]
    closed_left = c == 0 or lattice.right[r + 1][c - 1]
    return not any(inner) and closed_left and lattice.right[r + 1][c + wide - 1]


def words_in_fields(lattice: Lattice, cells: Sequence[tuple[int, int, int, int]], words: Sequence[Word]) -> dict[int, list[Word]]:
    """Which words stand in which cell, by their middles; index into ``cells``."""
    owner = {}
    for k, (r, c, tall, wide) in enumerate(cells):
        for a in range(r, r + tall):
            for b in range(c, c + wide):
                owner[a, b] = k
    held: dict[int, list[Word]] = defaultdict(list)
    box = lattice.box
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
            c = min(max(bisect.bisect_right(lattice.xs, x) - 1, 0), len(lattice.xs) - 2)
            r = min(max(bisect.bisect_right(lattice.ys, y) - 1, 0), len(lattice.ys) - 2)
            held[owner[r, c]].append(word)
    return held


def grid_of(page: RawPage, lattice: Lattice, words: Sequence[Word]) -> Grid | None:
    """The lattice's words in its cells; None where it frames something that is no table."""
    cells = fields_of(lattice)
    held = words_in_fields(lattice, cells, words)
    filled = [cells[k] for k in held]
    if len(filled) < 2 or len({c for _, c, _, _ in filled}) < 2:
        return None
    lines_by_cell = {k: lines_of(inside) for k, inside in held.items()}
    places, row_count = _rows(lattice, cells, lines_by_cell)
    if row_count < 2:
        return None
    columns = [(lattice.xs[c], lattice.xs[c + 1]) for c in range(len(lattice.xs) - 1)]
    return Grid(page, lattice.box, places, columns)


def _rows(
    lattice: Lattice, cells: Sequence[tuple[int, int, int, int]], lines_by_cell: dict[int, list[TextLine]]
) -> tuple[list[Place], int]:
    """Places of the grid; a ruled row that holds several rows of figures is cut at their baselines."""
    bands = len(lattice.ys) - 1
    cuts: list[list[float]] = [[] for _ in range(bands)]
    for r in range(bands):
        stacks = [lines_by_cell[k] for k, (row, _, tall, _) in enumerate(cells) if row == r and tall == 1 and k in lines_by_cell]
        cuts[r] = _baselines(stacks)
    first = [0]
    for r in range(bands):
        first.append(first[-1] + max(1, len(cuts[r])))
    places: list[Place] = []
    for k, (r, c, tall, wide) in enumerate(cells):
        lines = lines_by_cell.get(k)
        if not lines:
            continue
        if tall == 1 and len(cuts[r]) > 1:
            parts: dict[int, list[list[Word]]] = defaultdict(list)
            for line in lines:
                nearest = min(range(len(cuts[r])), key=lambda n: abs(cuts[r][n] - line.y))
                parts[nearest].append(line.words)
            places += [Place(first[r] + n, c, part, 1, wide) for n, part in sorted(parts.items())]
        else:
            places.append(Place(first[r], c, [line.words for line in lines], first[r + tall] - first[r], wide))
    return places, first[-1]


def _baselines(stacks: Sequence[list[TextLine]]) -> list[float]:
    """Where one ruled band holds several rows: the middles of the lines that most of its cells share; else nothing."""
    figures = [[line.y for line in stack if any(chunk.numeric for chunk in line.chunks)] for stack in stacks]
    figures = [ys for ys in figures if len(ys) >= 2]
    if not figures:
        return []
    longest = max(figures, key=len)
    em = max(4.0, stacks[0][0].em)
    agreeing = sum(all(min(abs(y - other) for other in longest) < 0.4 * em for y in ys) for ys in figures)
    others = [stack for stack in stacks if len(stack) >= 2]
    if agreeing < len(figures) or (len(figures) < 2 and len(others) < 2):
        return []
    if len(longest) < 0.75 * max(len(stack) for stack in stacks):  # figures in running text
        return []
    for stack in stacks:
        aligned = sum(min(abs(line.y - y) for y in longest) < 0.4 * em for line in stack)
        if aligned < 0.6 * len(stack) and len(stack) > len(longest):
            return []
    return longest
