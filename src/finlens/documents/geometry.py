"""Boxes on a page, and the few questions asked of them.

One coordinate system everywhere: PDF points (1/72 inch), origin in the top-left corner of the page as a viewer
shows it (rotation and crop box applied), y grows down. Adapters convert once, on the way in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in points: left, top, right, bottom."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def x_middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y_middle(self) -> float:
        return (self.top + self.bottom) / 2

    def intersection(self, other: Box) -> Box | None:
        """The part that both share, or None where they do not touch."""
        x0, top = max(self.x0, other.x0), max(self.top, other.top)
        x1, bottom = min(self.x1, other.x1), min(self.bottom, other.bottom)
        return Box(x0, top, x1, bottom) if x0 < x1 and top < bottom else None

    def covered_by(self, other: Box) -> float:
        """The share of this box's area, 0 to 1, that lies inside ``other``."""
        shared = self.intersection(other)
        return shared.area / self.area if shared and self.area else 0.0

    def holds_point(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def padded(self, points: float) -> Box:
        return Box(self.x0 - points, self.top - points, self.x1 + points, self.bottom + points)

    def scaled(self, factor: float) -> Box:
        return Box(self.x0 * factor, self.top * factor, self.x1 * factor, self.bottom * factor)


def union(boxes: Iterable[Box]) -> Box | None:
    """The smallest box around all of ``boxes``; None for none."""
    kept = list(boxes)
    if len(kept) < 2:
        return kept[0] if kept else None
    return Box(min([b.x0 for b in kept]), min([b.top for b in kept]), max([b.x1 for b in kept]), max([b.bottom for b in kept]))
