"""Figures: pictures, and clusters of drawing that are no table, each with the words that caption it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from finlens.documents import Block, Box, Figure, union
from finlens.extract.base import RawPage

_MIN_WIDTH, _MIN_HEIGHT = 60.0, 40.0  # points: less is an ornament or a logo's letter
_WHOLE_PAGE = 0.85
_NEAR = 14.0  # points between parts of one chart
_MAX_PARTS = 1_500
_CAPTION_REACH = 36.0


def find_figures(page: RawPage, tables: Sequence[Box], blocks: Sequence[Block]) -> list[Figure]:
    """Pictures and charts of a page, top to bottom. A picture over the whole page is a scan, not a figure."""
    paper = page.width * page.height
    found: list[tuple[Box, Literal["image", "chart"]]] = []
    found += [(box, "image") for box in _apart(page.images) if _is_figure(box, paper)]
    for box in _charts(page, tables):
        if not any(box.covered_by(other) > 0.5 for other, _ in found):
            found.append((box, "chart"))
    return [Figure(page.number, box, kind, _caption(box, blocks)) for box, kind in sorted(found, key=lambda f: (f[0].top, f[0].x0))]


def _is_figure(box: Box, paper: float) -> bool:
    return box.width >= _MIN_WIDTH and box.height >= _MIN_HEIGHT and box.area < _WHOLE_PAGE * paper


def _apart(boxes: Iterable[Box]) -> list[Box]:
    """Strips of one picture (scanners and Office cut pictures into bands) put together; doubles once."""
    made: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        for index, other in enumerate(made):
            stacked = abs(other.x0 - box.x0) < 2 and abs(other.x1 - box.x1) < 2 and box.top - other.bottom < 2
            if stacked or box.covered_by(other) > 0.9:
                made[index] = Box(min(other.x0, box.x0), min(other.top, box.top), max(other.x1, box.x1), max(other.bottom, box.bottom))
                break
        else:
            made.append(box)
    return made


def _charts(page: RawPage, tables: Sequence[Box]) -> list[Box]:
    """Clusters of curves and coloured areas that are neither in a table nor bands behind text."""
    parts = [box for box in page.curves if box.area < 0.5 * page.width * page.height]
    parts += [Box(f.x0, f.top, f.x1, f.bottom) for f in page.fills if 0.05 < f.grey < 0.9 and f.x1 - f.x0 < 0.4 * page.width]
    parts = [box for box in parts if not any(box.covered_by(table.padded(4)) > 0.5 for table in tables)]
    if not 3 <= len(parts) <= _MAX_PARTS:
        return []
    clusters: list[tuple[Box, int]] = []
    for part in sorted(parts, key=lambda b: (b.top, b.x0)):
        reach = part.padded(_NEAR)
        whole, count, rest = part, 1, []
        for box, size in clusters:
            if reach.intersection(box):
                whole, count = union((whole, box)) or whole, count + size
            else:
                rest.append((box, size))
        clusters = [*rest, (whole, count)]
    charts = []
    for box, count in clusters:
        words = sum(1 for word in page.words if box.holds_point((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2))
        roomy = words < 0.004 * box.area  # shaded rows are full of words, a chart is not
        if count >= 3 and box.width >= 1.5 * _MIN_WIDTH and box.height >= 1.5 * _MIN_HEIGHT and roomy and words < 12 * count:
            charts.append(box)
    return charts


def _caption(figure: Box, blocks: Sequence[Block]) -> str:
    """The caption or heading nearest to the figure, above it or below."""
    best, words = _CAPTION_REACH, ""
    for block in blocks:
        if block.box is None or block.role not in ("caption", "heading") or block.box.x1 < figure.x0 or block.box.x0 > figure.x1:
            continue
        gap = min(abs(figure.top - block.box.bottom), abs(block.box.top - figure.bottom))
        if gap < best:
            best, words = gap, block.text
    return words
