"""Lines that are ruled and areas that are shaded on a page, found in its picture, and the ink that is left without them."""

from __future__ import annotations

from typing import Any, NamedTuple

from finlens.extras import require

POINTS_AN_EM = 9.5
"""The usual size of text: how long a point is on a picture whose resolution is not known is told by its letters."""
_LEAST_ACROSS, _LEAST_DOWN = 22.0, 16.0  # points: longer than any stroke of a letter
_THICKEST = 3.0  # points: what is thicker is a shaded area
_BREAK = 1.0  # points: specks of paper that noise leaves within a rule
_STEP = 4  # pixels: tones are looked at in a copy as much smaller
_DARK = 120  # of 255: the mean tone of an area with white letters
_SHADE = 8.0  # of 255: a band is that much darker than the paper
_TALLEST = 8.0  # points: no ink of usual text is a block as large
_LOWEST_BAND, _NARROWEST_BAND = 9.0, 24.0  # points
_BESIDE = 1.5  # points on either side of a rule, where letters would have ink
_MOST_BESIDE = 0.2  # of that strip


class Ruled(NamedTuple):
    """A ruled line; pixels, origin top-left."""

    x0: float
    top: float
    x1: float
    bottom: float


class Shaded(NamedTuple):
    """An area of another tone than the paper; pixels, origin top-left."""

    x0: float
    top: float
    x1: float
    bottom: float
    grey: float  # 0 black … 1 white


def dark_on_light(grey: Any) -> Any:
    """The picture with its dark areas turned about: white letters on a dark head are ink as well.

    Args:
        grey: Height × width, 0 black … 255 white.
    """
    import numpy as np

    cv2 = require("cv2", extra="")
    if min(grey.shape) < 4 * _STEP:
        return grey
    areas = _dark_areas(_smaller(grey))
    dark = cv2.resize(areas, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    return np.where(dark, 255 - grey, grey) if dark.any() else grey


def _smaller(grey: Any) -> Any:
    cv2 = require("cv2", extra="")
    return cv2.resize(grey, None, fx=1 / _STEP, fy=1 / _STEP, interpolation=cv2.INTER_AREA)


def _dark_areas(small: Any) -> Any:
    """Where the smaller copy is dark for more than the strokes of letters: 1, elsewhere 0."""
    import numpy as np

    cv2 = require("cv2", extra="")
    within = (cv2.blur(small, (9, 9)) < _DARK).astype(np.uint8)  # black letters darken their paper by less
    without_letters = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    near = cv2.dilate(within, np.ones((9, 9), np.uint8))  # as far as the blur hides the area's edge
    return near & (without_letters < _DARK).astype(np.uint8)


def ink_of(grey: Any) -> Any:
    """Which pixels are ink: a good deal darker than the paper about them. Booleans, height × width."""
    import numpy as np

    cv2 = require("cv2", extra="")
    # The paper: the lightest tone of each neighbourhood, smoothed.
    small = grey[::_STEP, ::_STEP]
    paper = cv2.blur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (9, 9))
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return grey.astype(np.int16) < 0.72 * paper.astype(np.int16)


def shaded_areas(grey: Any, pixels_a_point: float) -> list[Shaded]:
    """Bands and boxes of one tone behind the text, those of rows and of heads.

    Args:
        grey: Height × width, 0 black … 255 white; of a straight page.
        pixels_a_point: The picture's resolution.
    """
    import numpy as np

    cv2 = require("cv2", extra="")
    if min(grey.shape) < 4 * _STEP:
        return []
    small = _smaller(grey)
    reach = round(_TALLEST * pixels_a_point / _STEP) | 1  # odd: an even square would move the edges
    plain = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))  # letters off their paper
    paper = float(np.percentile(plain, 80))
    dark = _dark_areas(small)
    found = []
    for mask, toned in ((((plain <= paper - _SHADE) & (dark == 0)).astype(np.uint8), plain), (dark, small)):
        count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
        for index in range(1, count):
            x, y, width, height, area = (int(value) for value in stats[index])
            large = height * _STEP >= _LOWEST_BAND * pixels_a_point and width * _STEP >= _NARROWEST_BAND * pixels_a_point
            if large and area >= 0.85 * width * height and width * height < 0.8 * mask.size:
                tone = float(np.median(toned[y : y + height, x : x + width][labels[y : y + height, x : x + width] == index]))
                box = (x * _STEP, y * _STEP, (x + width) * _STEP, (y + height) * _STEP)
                found.append(Shaded(*box, min(1.0, tone / max(1.0, paper))))
    return found


def ruled_lines(ink: Any, pixels_a_point: float) -> tuple[list[Ruled], Any]:
    """The ruled lines among the ink, and their pixels (booleans, height × width).

    Args:
        ink: Booleans, height × width; of a straight page.
        pixels_a_point: The picture's resolution.
    """
    import numpy as np

    mask = np.zeros(ink.shape, bool)
    found: list[Ruled] = []
    if min(ink.shape) < 3:
        return found, mask
    for least, horizontal in ((_LEAST_ACROSS, True), (_LEAST_DOWN, False)):
        lines, part = _lines(ink, round(least * pixels_a_point), pixels_a_point, horizontal=horizontal)
        found += lines
        mask |= part
    return found, mask


def _lines(ink: Any, length: int, pixels_a_point: float, *, horizontal: bool) -> tuple[list[Ruled], Any]:
    import numpy as np

    cv2 = require("cv2", extra="")

    def bar(pixels: int) -> Any:
        return np.ones((1, pixels) if horizontal else (pixels, 1), np.uint8)

    solid = ink.astype(np.uint8)
    bridged = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, bar(max(2, round(_BREAK * pixels_a_point))))
    # A line that leans by a hair steps from one row of pixels to the next: rows are taken two at a time.
    thick = cv2.dilate(bridged, np.ones((2, 1) if horizontal else (1, 2), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, bar(length))
    joined = cv2.dilate(long, np.ones((3, 1) if horizontal else (1, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found, kept = [], np.zeros(count, bool)
    most = _THICKEST * pixels_a_point + 5
    for index in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[index])
        long_side, short_side = (width, height) if horizontal else (height, width)
        # Thickness is what its pixels say, not its box: a line may step.
        kept[index] = area / long_side <= most and short_side <= most + 0.02 * long_side
    candidates = kept[labels]
    others = solid & ~candidates
    margin = max(2, round(_BESIDE * pixels_a_point))
    for index in np.flatnonzero(kept).tolist():
        x, y, width, height = (int(value) for value in stats[index][:4])
        across, down = (0, margin) if horizontal else (margin, 0)
        beside = others[max(0, y - down) : y + height + down, max(0, x - across) : x + width + across]
        if int(beside.sum()) > _MOST_BESIDE * 2 * margin * max(width, height):
            kept[index] = False  # strokes of letters
            continue
        found.append(
            Ruled(x, y + 1, x + width, max(y + 2, y + height - 2)) if horizontal else Ruled(x + 1, y, max(x + 2, x + width - 2), y + height)
        )
    return found, kept[labels] & ink
