"""Columns of a region: intervals in which no two chunks of one row stand, parted where the rows agree on white."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from finlens.extract.tables.lines import Chunk, TextLine, parts
from finlens.extract.tables.regions import Region

MOST_PIECES = 60_000


@dataclass(slots=True)
class Piece:
    """One chunk as the columns see it: its extent and the row it stands in."""

    x0: float
    x1: float
    row: int
    numeric: bool


def find_columns(region: Region, data_rows: Sequence[int]) -> list[tuple[float, float]]:
    """Left and right of each column, from left to right, told from the rows with figures alone."""
    pieces: list[Piece] = []
    for row in data_rows:
        for chunk in parts(region.lines[row]):
            left, right = chunk.core
            pieces.append(Piece(left, max(right, left + 0.5), row, chunk.numeric))
    if not pieces:
        return []
    em = region.lines[data_rows[0]].em
    columns = _parted(pieces[:MOST_PIECES], 0)
    columns = _joined(columns, em)
    return [(min(p.x0 for p in column), max(p.x1 for p in column)) for column in columns]


def _components(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces whose extents overlap, directly or through others."""
    groups: list[list[Piece]] = []
    right = -np.inf
    for piece in sorted(pieces, key=lambda p: p.x0):
        if groups and piece.x0 < right - 0.3:
            groups[-1].append(piece)
            right = max(right, piece.x1)
        else:
            groups.append([piece])
            right = piece.x1
    return groups


def _parted(pieces: Sequence[Piece], depth: int) -> list[list[Piece]]:
    """Components, each cut again where its rows hold two pieces side by side."""
    columns: list[list[Piece]] = []
    for group in _components(pieces):
        cut = _best_cut(group) if depth < 60 else None
        if cut is None:
            columns.append(group)
            continue
        columns += _parted([p for p in group if p.x1 <= cut + 0.3], depth + 1)
        columns += _parted([p for p in group if p.x0 >= cut - 0.3 and p.x1 > cut + 0.3], depth + 1)
    return columns


def _best_cut(group: Sequence[Piece]) -> float | None:
    """The x that parts the most neighbours of one row while crossing the fewest pieces; None where none pays."""
    rows: dict[int, list[Piece]] = defaultdict(list)
    for piece in group:
        rows[piece.row].append(piece)
    gaps = []
    for row in rows.values():
        row.sort(key=lambda p: p.x0)
        gaps += [(a.x1, b.x0) for a, b in itertools.pairwise(row)]
    if not gaps:
        return None
    lows = np.array([g[0] for g in gaps])
    highs = np.array([max(g) for g in gaps])
    starts = np.array([p.x0 for p in group])
    ends = np.array([p.x1 for p in group])
    candidates = np.unique(np.round(np.concatenate([lows, highs, (lows + highs) / 2]), 1))
    if len(candidates) > 400:
        candidates = candidates[:: len(candidates) // 400]
    best, best_score = None, 0.0
    for x in candidates:
        parts_pairs = int(((lows - 0.3 <= x) & (x <= highs + 0.3)).sum())
        crossing = int(((starts < x - 0.5) & (ends > x + 0.5)).sum())
        white = min(3.0, _white(starts, ends, x))
        score = parts_pairs - 1.5 * crossing + 0.01 * white
        if parts_pairs and parts_pairs > 1.5 * crossing and score > best_score:
            best, best_score = float(x), score
    return best


def _white(starts: np.ndarray, ends: np.ndarray, x: float) -> float:
    left = ends[ends <= x]
    right = starts[starts >= x]
    return float((right.min() if len(right) else x) - (left.max() if len(left) else x))


def _joined(columns: list[list[Piece]], em: float) -> list[list[Piece]]:
    """Put a stray column (a dash, a short word set off from its figures) back with its neighbour."""
    columns = sorted(columns, key=lambda c: min(p.x0 for p in c))
    total = len({p.row for column in columns for p in column})
    changed = True
    while changed and len(columns) > 1:
        changed = False
        for i in range(len(columns) - 1):
            a, b = columns[i], columns[i + 1]
            rows_a, rows_b = Counter(p.row for p in a), Counter(p.row for p in b)
            gap = min(p.x0 for p in b) - max(p.x1 for p in a)
            minor = min(len(rows_a), len(rows_b))
            if rows_a.keys() & rows_b.keys() or gap > 1.2 * em:
                continue
            if minor <= max(1, 0.25 * total) and i > 0:
                columns[i : i + 2] = [a + b]
                changed = True
                break
    return columns


def edges_of(columns: Sequence[tuple[float, float]]) -> list[float]:
    """The x between each two neighbouring columns, in the middle of the white."""
    return [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)]


def column_at(columns: Sequence[tuple[float, float]], x0: float, x1: float) -> int:
    """The column that shares the most with an extent, else the nearest one."""
    shared = [min(x1, right) - max(x0, left) for left, right in columns]
    return max(range(len(columns)), key=lambda c: shared[c])


def columns_under(columns: Sequence[tuple[float, float]], x0: float, x1: float, *, first: int = 0) -> tuple[int, int]:
    """First and last column (inclusive) whose middle half an extent covers."""
    hit = [
        c
        for c in range(first, len(columns))
        if min(x1, columns[c][1]) - max(x0, columns[c][0]) > 0.3 * min(x1 - x0, columns[c][1] - columns[c][0])
    ]
    if not hit:
        c = column_at(columns, x0, x1)
        return c, c
    return hit[0], hit[-1]


def place_chunks(line: TextLine, columns: Sequence[tuple[float, float]]) -> list[tuple[int, Chunk]]:
    """The column of each chunk of a row with figures; a label's long tail does not move it."""
    placed = []
    for n, chunk in enumerate(parts(line)):
        left, right = chunk.core
        if n == 0 and not chunk.numeric and chunk.x0 < columns[0][1]:
            placed.append((0, chunk))
        else:
            placed.append((column_at(columns, left, right), chunk))
    return placed
