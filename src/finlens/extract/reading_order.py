"""Reading order: columns of prose one after the other, everything that spans them in its place.

A recursive cut in the manner of XY-cut (Nagy and Seth, 1984), but the gutter is looked for first, among lines that
do not cross it: a full-width heading or table then parts the page into bands instead of hiding the columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from finlens.extract.lines import Segment, joined, usual_height

_MIN_ROWS = 3
"""Columns shorter than this are a label and its value, read across."""
_MIN_FILL = 0.45
"""Share of a column's width that its lines fill: prose does, the figures of a table do not."""
_MAX_DEPTH = 6


def reading_order(parts: Sequence[Segment]) -> list[list[Segment]]:
    """Flows of lines, each from top to bottom within one column, in the order in which a person reads them."""
    return [joined(flow) for flow in _flows(list(parts), 0)]


def _flows(parts: list[Segment], depth: int) -> list[list[Segment]]:
    gutter = _gutter(parts) if depth < _MAX_DEPTH and len(parts) >= 2 * _MIN_ROWS else None
    if gutter is None:
        return [parts] if parts else []
    flows: list[list[Segment]] = []
    band: list[Segment] = []
    across: list[Segment] = []
    for part in sorted(parts, key=lambda s: s.middle):
        if part.x0 < gutter < part.x1:
            if band:
                flows += _columns(band, gutter, depth)
                band = []
            across.append(part)
        else:
            if across:
                flows += _flows(across, _MAX_DEPTH)
                across = []
            band.append(part)
    if band:
        flows += _columns(band, gutter, depth)
    if across:
        flows += _flows(across, _MAX_DEPTH)
    return flows


def _columns(band: list[Segment], gutter: float, depth: int) -> list[list[Segment]]:
    left = [part for part in band if part.x1 <= gutter]
    right = [part for part in band if part.x1 > gutter]
    if not left or not right or not (_is_column(left, gutter) and _is_column(right, gutter)):
        return [band]
    return _flows(left, depth + 1) + _flows(right, depth + 1)


def _gutter(parts: list[Segment]) -> float | None:
    """The x of the white strip that most lines respect, with a column of prose on both sides; None where there is none."""
    text = [part for part in parts if part.unit < 0]
    if len(text) < 2 * _MIN_ROWS:
        return None
    left, right = min(p.x0 for p in text), max(p.x1 for p in text)
    starts = Counter(round(p.x0) for p in text if p.x0 > left + 0.15 * (right - left))
    candidates = [min(p.x0 for p in text if round(p.x0) == x) for x, count in starts.items() if count >= _MIN_ROWS]
    best: tuple[int, float] | None = None
    for start in candidates:
        # The gutter ends where a column begins; it begins where the lines that end before it do.
        before = [p for p in text if p.x1 <= start]
        crossing = sum(1 for p in text if p.x0 < start - 0.5 and p.x1 > start)
        after = [p for p in text if p.x0 >= start - 0.5]
        if len(before) < _MIN_ROWS or len(after) < _MIN_ROWS or crossing > 0.5 * len(text):
            continue
        edge = max(p.x1 for p in before)
        if start - edge < 0.6 * usual_height(text):
            continue
        at = (edge + start) / 2
        if _is_column(before, at) and _is_column(after, at) and (best is None or crossing < best[0]):
            best = (crossing, at)
    return best[1] if best else None


def _is_column(parts: list[Segment], gutter: float) -> bool:
    """Whether these lines fill the space that they stand in as prose does."""
    text = [part for part in parts if part.unit < 0]
    if any(part.unit >= 0 for part in parts) and not text:
        return True
    lines = joined(text)
    if len(lines) < _MIN_ROWS:
        return False
    width = max(p.x1 for p in text) - min(p.x0 for p in text)
    filled = sum(p.x1 - p.x0 for p in text) / (len(lines) * width) if width else 0.0
    words = sum(len(p.words) for p in text) / len(lines)
    return filled >= _MIN_FILL and words >= 3 and width >= 60
