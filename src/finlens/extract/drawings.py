"""What a page draws beside text, as PyMuPDF tells it: rules, fills, curved shapes, pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from finlens.documents import Box
from finlens.extract.base import Fill, Rule

if TYPE_CHECKING:
    import pymupdf

Turn = Callable[[float, float, float, float], Box]
"""From the library's coordinates, which ignore rotation, to the page as shown."""

_THIN = 3.0  # points: a filled rectangle thinner than this is a rule
_WHITE = 0.97
MAX_CURVES = 2_000
MAX_DRAWINGS = 100_000
"""A page with more paths than this is a map or a plan: its rules say nothing about tables."""


def collect_drawings(page: pymupdf.Page, turn: Turn | None, rules: list[Rule], fills: list[Fill], curves: list[Box]) -> int:
    """Add the page's rules, fills and curved shapes to the lists; how many filled curves it draws."""
    width, height = page.rect.width, page.rect.height
    outlines = 0
    paths = page.get_cdrawings()
    if len(paths) > MAX_DRAWINGS:
        return sum(1 for path in paths if "f" in path["type"])
    for path in paths:
        filled = "f" in path["type"] and path.get("fill") is not None and path.get("fill_opacity", 1.0) > 0
        stroked = "s" in path["type"] and path.get("color") is not None and path.get("stroke_opacity", 1.0) > 0
        half = (path.get("width") or 0.0) / 2 if stroked else 0.0
        grey = _grey(path["fill"]) if filled else 0.0
        stroked = stroked and _grey(path["color"]) < _WHITE
        bends = 0
        for item in path["items"]:
            kind = item[0]
            if kind == "l":
                if stroked:
                    (x0, y0), (x1, y1) = item[1], item[2]
                    _add_line(rules, turn, x0, y0, x1, y1, half)
            elif kind == "c":
                bends += 1
            else:
                box = item[1] if kind == "re" else _around(item[1])
                if filled:
                    _add_area(rules, fills, turn, box, grey, width * height)
                if stroked:
                    _add_sides(rules, turn, box, half)
        if filled and bends > 1:
            outlines += 1
        if bends and len(curves) < MAX_CURVES:
            curves.append(turn(*path["rect"]) if turn else Box(*path["rect"]))
        if filled and not bends and all(item[0] == "l" for item in path["items"]):
            _add_area(rules, fills, turn, path["rect"], grey, width * height, thin_only=len(path["items"]) > 4)
    return outlines


def _add_line(rules: list[Rule], turn: Turn | None, x0: float, y0: float, x1: float, y1: float, half: float) -> None:
    """A stroked line, when it is level or upright and long enough to be seen."""
    if half > _THIN or (abs(x1 - x0) > 1 and abs(y1 - y0) > 1) or abs(x1 - x0) + abs(y1 - y0) < 1:
        return
    left, right, above, below = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if right - left >= below - above:
        above, below = (above + below) / 2 - half, (above + below) / 2 + half
    else:
        left, right = (left + right) / 2 - half, (left + right) / 2 + half
    rules.append(Rule(*turn(left, above, right, below)) if turn else Rule(left, above, right, below))


def _add_sides(rules: list[Rule], turn: Turn | None, box: Sequence[float], half: float) -> None:
    """The four sides of a stroked rectangle."""
    x0, top, x1, bottom = box
    if min(x1 - x0, bottom - top) < 1:  # drawn around nothing: one rule
        _add_line(rules, turn, x0, top, x1, bottom, half)
        return
    for line in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
        _add_line(rules, turn, *line, half)


def _add_area(
    rules: list[Rule],
    fills: list[Fill],
    turn: Turn | None,
    box: Sequence[float],
    grey: float,
    page_area: float,
    *,
    thin_only: bool = False,
) -> None:
    """A filled rectangle: a rule where it is thin, else a band, unless it is the paper itself."""
    x0, top, x1, bottom = turn(*box) if turn else box
    width, height = x1 - x0, bottom - top
    if min(width, height) < _THIN:
        if max(width, height) >= 1 and grey < _WHITE:
            rules.append(Rule(x0, top, x1, bottom))
    elif not thin_only and width * height < 0.8 * page_area:
        fills.append(Fill(x0, top, x1, bottom, grey))


def _grey(colour: Sequence[float]) -> float:
    """How light a colour is: 0 black to 1 white."""
    if len(colour) == 3:
        return float(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
    if len(colour) == 4:
        return float((1 - colour[3]) * (1 - sum(colour[:3]) / 3))
    return float(colour[0]) if colour else 0.0


def _around(quad: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    xs, ys = [point[0] for point in quad], [point[1] for point in quad]
    return min(xs), min(ys), max(xs), max(ys)


def image_boxes(page: pymupdf.Page, turn: Turn | None, *, look_closely: bool) -> list[Box]:
    """Where pictures stand, cut at the page's edge. Pictures written into the page itself are looked for only when asked."""
    if not look_closely and not page.get_images():
        return []
    paper = Box(0.0, 0.0, float(page.rect.width), float(page.rect.height))
    boxes = []
    for info in page.get_image_info():
        box = turn(*info["bbox"]) if turn else Box(*info["bbox"])
        seen = box.intersection(paper)
        if seen and min(seen.width, seen.height) >= 4:
            boxes.append(seen)
    return boxes
