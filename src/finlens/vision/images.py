"""What makes a page picture fit for OCR: which way is up, and how far it leans."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_LEAN = 5.0  # degrees: scanners feed paper askew by less
_MIN_LEAN = 0.15
_MOST_INK = 0.3  # of the picture: more is a photograph
_SMALL = 900  # pixels: enough to see lines


def lean(image: Image) -> float:
    """By how many degrees, clockwise, the lines of text lean; 0 where they don't or where it cannot be told.

    The angle at which the rows of a small copy of the picture differ most in ink: Postl's projection profile.
    """
    import numpy as np

    grey = image.convert("L")
    grey.thumbnail((_SMALL, _SMALL))
    pixels = np.asarray(grey, dtype=np.float32)
    ink = np.percentile(pixels, 90) - pixels
    ink[ink < 40] = 0.0
    rows, columns = np.nonzero(ink)
    if not 500 <= rows.size <= _MOST_INK * pixels.size:
        return 0.0
    if rows.size > 60_000:
        step = rows.size // 60_000 + 1
        rows, columns = rows[::step], columns[::step]

    def contrast(degrees: float) -> float:
        shifted = rows - columns * math.tan(math.radians(degrees))
        profile = np.bincount((shifted - shifted.min()).astype(np.int64))
        return float((np.diff(profile.astype(np.float64)) ** 2).sum())

    coarse = max(np.arange(-MAX_LEAN, MAX_LEAN + 0.01, 0.5), key=contrast)
    fine = max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=contrast)
    if abs(fine) < _MIN_LEAN or contrast(float(fine)) < 1.15 * contrast(0.0):
        return 0.0
    return float(fine)


def straightened(image: Image, degrees: float) -> Image:
    """The picture turned back by ``degrees`` about its middle, on white, the size unchanged."""
    from PIL.Image import Resampling

    return image.convert("L").rotate(degrees, resample=Resampling.BICUBIC, fillcolor=255)
