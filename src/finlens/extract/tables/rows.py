"""Rows under the heads: which lines make one row, and how deep its label is set in."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence

from finlens.extract.base import RawPage
from finlens.extract.tables.columns import column_at, columns_under
from finlens.extract.tables.grid import Place
from finlens.extract.tables.lines import Chunk, TextLine, ends_date, parts

_HANGS = re.compile(
    r"(?:\b(?:of|and|the|in|to|for|from|on|with|by|or|at|per|a|an|de|du|des|et|la|le|les|à|au|aux|en|sur|par|pour|ou)|[,&/–—(-])$",
    re.IGNORECASE,
)


def body_places(lines: Sequence[TextLine], columns: Sequence[tuple[float, float]], page: RawPage, first_row: int) -> list[Place]:
    """The rows under the heads as places, from grid row ``first_row`` on."""
    if not lines:
        return []
    rows = _grouped(lines, columns, page)
    depth_of = _indents(list(rows), columns)
    places: list[Place] = []
    for n, row in enumerate(rows):
        cells: dict[int, Place] = {}
        for line in row:
            for column, last, chunk in _placed(line, columns):
                place = cells.get(column)
                if place is None:
                    place = cells[column] = Place(first_row + n, column, [])
                if place.lines and place.lines[-1][-1] in line.words:
                    place.lines[-1].extend(chunk.words)
                else:
                    place.lines.append(list(chunk.words))
                place.column_span = max(place.column_span, last - column + 1)
        if 0 in cells:
            cells[0].indent = depth_of[n]
        places += cells.values()
    return places


def _placed(line: TextLine, columns: Sequence[tuple[float, float]]) -> list[tuple[int, int, Chunk]]:
    """First and last column of each chunk of a line."""
    placed = []
    kept = parts(line)
    for n, chunk in enumerate(kept):
        left, right = chunk.core
        if n == 0 and not chunk.numeric and chunk.x0 < columns[0][1]:
            placed.append((0, 0, chunk))
        elif len(kept) == 1 and not chunk.numeric:
            first, last = columns_under(columns, left, right)
            placed.append((first, last, chunk))
        else:
            column = column_at(columns, left, right)
            placed.append((column, column, chunk))
    return placed


def _grouped(lines: Sequence[TextLine], columns: Sequence[tuple[float, float]], page: RawPage) -> list[list[TextLine]]:
    bands, shaded = _bands(lines, page)
    stub_right = columns[0][1]
    data = [_has_figures(line, stub_right) for line in lines]
    label: list[Chunk | None] = []
    for n, line in enumerate(lines):
        label.append(_label(line, [chunk for chunk in label[max(0, n - 2) :] if chunk], stub_right))
    pitch = _pitch(lines, data, label)
    rows: list[list[int]] = []
    for i, line in enumerate(lines):
        if rows and _same_row(i, rows[-1], line, lines, bands, shaded, data, label, pitch, stub_right):
            rows[-1].append(i)
        else:
            rows.append([i])
    return [[lines[i] for i in row] for row in rows]


def _has_figures(line: TextLine, stub_right: float) -> bool:
    return any(chunk.x0 >= stub_right - 1 or (chunk.numeric and n > 0) for n, chunk in enumerate(parts(line)))


def _label(line: TextLine, before: Sequence[Chunk], stub_right: float) -> Chunk | None:
    """The chunk of a line that stands among the labels; ``before`` are those of the two lines above."""
    first = parts(line)[0]
    if first.x0 >= stub_right or (first.numeric and not (before and ends_date(before[-1], first))):
        return None
    return first


def _pitch(lines: Sequence[TextLine], data: Sequence[bool], label: Sequence[Chunk | None]) -> float:
    """The usual distance of two rows that are set one under the other."""
    steps = sorted(b.y - a.y for i, (a, b) in enumerate(itertools.pairwise(lines)) if data[i] and data[i + 1] and label[i] and label[i + 1])
    return steps[len(steps) // 2] if steps else 0.0


def _same_row(
    i: int,
    row: list[int],
    line: TextLine,
    lines: Sequence[TextLine],
    bands: Sequence[int | None],
    shaded: set[int | None],
    data: Sequence[bool],
    label: Sequence[Chunk | None],
    pitch: float,
    stub_right: float,
) -> bool:
    last = row[-1]
    before = lines[last]
    row_has_data = any(data[k] for k in row)
    step = line.y - before.y
    if bands[i] is not None and bands[i] == bands[last] and (bands[i] in shaded or step <= 1.75 * line.em):
        return True
    if bands[i] is not None and bands[last] is not None and bands[i] != bands[last]:
        return False
    overlapping = line.top < before.bottom - 0.2 * line.em and step < 0.85 * line.em
    if overlapping and not (row_has_data and data[i] and label[i] is not None and any(label[k] for k in row)):
        return True
    if step > 1.75 * line.em or (pitch and step > 1.25 * pitch):
        return False
    lower = label[i]
    labelled = next((k for k in reversed(row) if label[k] is not None), last)
    upper = label[labelled]
    if row_has_data and data[i]:
        # A second line of figures is a second row, unless it only goes on with text under text and carries no label.
        return lower is None and not any(chunk.numeric for chunk in parts(line)) and (not pitch or step < 0.87 * pitch)
    if lower is None or upper is None:
        return False
    if row_has_data and not data[i] and i + 1 < len(lines) and _starts_nearer(i, lines, data, label):
        return False
    return _wraps(upper, lower, line.y - lines[labelled].y, pitch, stub_right, line.em)


def _starts_nearer(i: int, lines: Sequence[TextLine], data: Sequence[bool], label: Sequence[Chunk | None]) -> bool:
    """Whether a line without figures stands clearly nearer to the next line than to the one before."""
    up, down = lines[i].y - lines[i - 1].y, lines[i + 1].y - lines[i].y
    return label[i + 1] is not None and down < 0.87 * up


def _wraps(upper: Chunk, lower: Chunk, step: float, pitch: float, stub_right: float, em: float) -> bool:
    """Whether ``lower`` is the next line of the label that ``upper`` starts."""
    if ends_date(upper, lower):
        return True
    text, below = upper.text.rstrip(), lower.text
    if text.endswith(":") or upper.bold != lower.bold or lower.x0 < upper.x0 - 2.2 * em:
        return False
    starts_small = below[:1].islower() or below[:1] in "(&"
    if pitch and step < 0.87 * pitch:
        return True
    if pitch and step > 0.95 * pitch and not starts_small and not _HANGS.search(text):
        return False
    first_word = lower.words[0].x1 - lower.words[0].x0
    full = upper.x1 + first_word + 0.25 * em > stub_right - 1.0 * em
    return (starts_small and (full or bool(_HANGS.search(text)) or below[:1].islower())) or (full and bool(_HANGS.search(text)))


def _bands(lines: Sequence[TextLine], page: RawPage) -> tuple[list[int | None], set[int | None]]:
    """For each line the number of the row that it stands in, where shading is drawn row by row, else None; and which are shaded.

    Where every other row is shaded, the white between two bands is mostly a row too.
    """
    top, bottom = lines[0].top, lines[-1].bottom
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    em = lines[0].em
    heights: dict[tuple[int, int], float] = {}
    for fill in page.fills:
        if not all(map(math.isfinite, fill)):
            continue
        if fill.bottom <= top - 2 or fill.top >= bottom + 2 or fill.bottom - fill.top < 0.9 * em or fill.bottom - fill.top > 9 * em:
            continue
        if fill.x1 < left or fill.x0 > right or fill.grey > 0.995:
            continue
        key = (round(fill.top), round(fill.bottom))
        heights[key] = heights.get(key, 0.0) + min(fill.x1, right) - max(fill.x0, left)
    found = sorted(key for key, width in heights.items() if width > 0.5 * (right - left))
    found = [b for n, b in enumerate(found) if n == 0 or b[0] >= found[n - 1][1] - 2]
    if len(found) < 2:
        return [None] * len(lines), set()
    spans: list[tuple[float, float]] = []
    shaded: set[int | None] = set()
    for n, band in enumerate(found):
        if n and 0.9 * em < band[0] - found[n - 1][1] <= 9 * em:
            spans.append((found[n - 1][1], band[0]))
        shaded.add(len(spans))
        spans.append(band)
    owner = [next((n for n, (a, b) in enumerate(spans) if a - 1 <= line.y <= b + 1), None) for line in lines]
    with_figures = Counter(n for n, line in zip(owner, lines, strict=True) if any(chunk.numeric for chunk in parts(line)))
    return [n if n is not None and with_figures[n] <= 1 else None for n in owner], shaded


def _indents(rows: Sequence[Sequence[TextLine]], columns: Sequence[tuple[float, float]]) -> list[int]:
    """Depth of each row's label: how many distinct left edges lie left of it."""
    starts = [parts(row[0])[0] for row in rows]
    lefts = sorted(chunk.x0 for chunk in starts if not chunk.numeric and chunk.x0 < columns[0][1])
    levels: list[float] = []
    for left in lefts:
        if not levels or left - levels[-1] > 2.5:
            levels.append(left)
    return [max((n for n, level in enumerate(levels) if chunk.x0 >= level - 0.5), default=0) for chunk in starts]
