"""The heads over each column: spanning ones given to all that they stand over, where the grid says it and where it doesn't."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from finlens.documents import Amount, Cell
from finlens.finance.heads import names_period
from finlens.finance.units import read_unit_note


@dataclass(slots=True)
class Band:
    """Rows under one set of heads; a long table may set its heads anew."""

    first: int
    last: int
    heads: list[tuple[str, ...]]
    """For each column, its heads from the outermost in; also what stands over the label column."""


def find_bands(
    grid: Sequence[Sequence[Cell | None]], texts: list[list[str]], amounts: list[list[Amount | None]], heads: Collection[int], labels: int
) -> list[Band]:
    """The rows of figures under each set of heads; ``labels`` columns at the left hold labels."""
    count, width = len(grid), len(grid[0]) if grid else 0
    bands: list[Band] = []
    above: list[int] = []
    row = 0
    while row < count:
        if row in heads:
            above = []
            while row < count and (row in heads or not any(texts[row])):
                above.append(row)
                row += 1
            continue
        first = row
        while row < count and row not in heads:
            row += 1
        bands.append(_band(first, row - 1, above, grid, texts, labels, width))
    for band in bands[1:]:
        _move_heads(band, texts, amounts, heads, labels)
    return bands


def _band(
    first: int, last: int, above: list[int], grid: Sequence[Sequence[Cell | None]], texts: list[list[str]], labels: int, width: int
) -> Band:
    levels = [_spread(grid[row], texts, row, above, labels, width) for row in above]
    heads: list[tuple[str, ...]] = []
    for column in range(width):
        path: list[str] = []
        for level in levels:
            if level[column] and (not path or path[-1] != level[column]):
                path.append(level[column])
        heads.append(tuple(path))
    _complete_groups(heads, labels)
    return Band(first, last, heads)


def _move_heads(band: Band, texts: list[list[str]], amounts: list[list[Amount | None]], heads: Collection[int], labels: int) -> None:
    """Heads of a later part of a table may stand beside its columns of figures: as many as there are, and in their order."""
    last_head = max((row for row in heads if row < band.first), default=None)
    if last_head is None:
        return
    figures = [c for c in range(labels, len(band.heads)) if any(amounts[row][c] is not None for row in range(band.first, band.last + 1))]
    for row in range(last_head, -1, -1):
        if row not in heads:
            return
        said = [column for column in range(labels, len(band.heads)) if texts[row][column]]
        if len(said) > 1 and all(names_period(texts[row][column]) for column in said):
            if said != figures and len(said) == len(figures) and not set(figures) <= set(said):
                paths = [band.heads[column] for column in said]
                for column, path in zip(figures, paths, strict=True):
                    band.heads[column] = path
            return


def _complete_groups(heads: list[tuple[str, ...]], labels: int) -> None:
    """Where the lowest heads repeat ("2025 2024 2025 2024"), give a head that stands over part of a group to all of it."""
    columns = [column for column in range(labels, len(heads)) if heads[column]]
    lowest = [heads[column][-1] for column in columns]
    for size in range(2, len(columns) // 2 + 1):
        if len(columns) % size or len(set(lowest[:size])) < size or lowest != lowest[:size] * (len(columns) // size):
            continue
        groups = [columns[n : n + size] for n in range(0, len(columns), size)]
        uppers = [{heads[column][:-1] for column in group if len(heads[column]) > 1} for group in groups]
        if all(len(upper) == 1 for upper in uppers):
            for group, upper in zip(groups, uppers, strict=True):
                for column in group:
                    if len(heads[column]) == 1:
                        heads[column] = (*next(iter(upper)), heads[column][0])
        return


def _spread(cells: Sequence[Cell | None], texts: list[list[str]], row: int, above: list[int], labels: int, width: int) -> list[str]:
    """The texts of one row of heads, each given to every column that it stands over."""
    line = [""] * width
    spans = False
    for cell in cells:
        if cell and cell.text:
            spans = spans or cell.column_span > 1
            for column in range(cell.column, min(width, cell.column + cell.column_span)):
                line[column] = texts[row][cell.column]
    lone = {text for text in line if text}
    if len(lone) == 1 and above and row != above[0]:
        only = next(iter(lone))
        if read_unit_note(only).scale is not None and not names_period(only):
            return [only if column >= labels else "" for column in range(width)]  # "(in millions)" over some middle column
    if spans:
        return line
    filled = [column for column in range(max(labels, 1) if labels else 0, width) if line[column]]
    lower = [texts[r] for r in above if r > row]
    if not filled or not lower or len(filled) >= width - labels:
        return line
    below = next((r for r in lower if sum(1 for text in r[labels:] if text) > len(filled)), None)
    if below is None or not _spans_over(line, filled, below, labels, width):
        return line
    for column, head in _coverage(filled, below, labels, width).items():
        if not line[column] and (below[column] or texts[row][head]):
            line[column] = line[head]
    return line


def _spans_over(line: Sequence[str], filled: Sequence[int], below: Sequence[str], labels: int, width: int) -> bool:
    """Whether the heads of a row stand over several columns each, rather than being the first line of a broken head."""
    if all(names_period(line[column]) or not read_unit_note(line[column]).empty for column in filled):
        return True
    under = [below[column] for column in range(labels, width) if below[column]]
    return bool(under) and (all(names_period(text) for text in under) or len(set(under)) < len(under))


def _coverage(filled: Sequence[int], below: Sequence[str], labels: int, width: int) -> dict[int, int]:
    """For each column the place of the head above it, where spans are not known."""
    columns = list(range(labels, width))
    if len(filled) == 1:
        return dict.fromkeys(columns, filled[0])
    under = [below[column] for column in columns]
    groups = len(filled)
    if len(columns) % groups == 0:
        size = len(columns) // groups
        chunks = [under[n : n + size] for n in range(0, len(columns), size)]
        if all(chunk == chunks[0] for chunk in chunks):
            return {column: filled[n // size] for n, column in enumerate(columns)}
    if filled[0] == labels:
        # Left-aligned: a head reaches to the next one.
        return {column: max(head for head in filled if head <= column) for column in columns}
    return {column: min(filled, key=lambda head: (abs(head - column), head)) for column in columns}
