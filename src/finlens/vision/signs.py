"""Currency signs that stand alone before their figures: engines that look for lines of text overlook some of them.

A sign is looked for where the page has others, in its column or on its row, before a figure that has none; and only what
looks like those others is taken.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from finlens.extras import require
from finlens.vision.base import SeenWord
from finlens.vision.lettering import UNDER

SIGNS = frozenset("$€£")
REACH = 14.0
"""How many ems a currency sign may stand before its number."""
CONFIDENCE = 0.7
"""Of what was found by its shape alone."""
_COLUMN = 0.5  # of the font size: as far apart the signs of one column are at most
_NARROWEST, _WIDEST = 0.3, 0.75  # of the font size
_ABOUT = 0.12  # of the font size: paper around the sign that is looked at
_ALIKE = 0.85  # correlation of two signs of one page; a "5" and the sign have up to 0.83


def overlooked_signs(grey: Any, ink: Any, words: Sequence[SeenWord]) -> list[SeenWord]:
    """Currency signs that no word holds, before figures.

    Args:
        grey: Height × width, 0 black … 255 white; letters dark.
        ink: Booleans, height × width, without ruled lines.
        words: What an engine saw on the same picture, with boxes as high as the font.
    """
    known = [word for word in words if word.text in SIGNS]
    found: list[SeenWord] = []
    if not known:
        return found
    by_bottom = sorted(words, key=lambda word: word.bottom)
    bottoms = [word.bottom for word in by_bottom]
    for figure in (word for word in words if word.text.lstrip("(-–—−")[:1].isdigit()):
        em = figure.em
        row = by_bottom[bisect_left(bottoms, figure.bottom - 0.5 * em) : bisect_right(bottoms, figure.bottom + 0.5 * em)]
        before = [word for word in row if word.x0 < figure.x0]
        free_from = max([figure.x0 - REACH * em, *(word.x1 for word in before)])
        signs = [sign for sign in known if abs(sign.em - em) < 0.2 * em]
        for x0, x1 in _pieces(ink, figure, free_from):
            middle = (x0 + x1) / 2
            models = [sign for sign in signs if sign in row or abs((sign.x0 + sign.x1) / 2 - middle) < _COLUMN * em]
            model = next((sign for sign in models if _alike(grey, sign, middle, figure.bottom - UNDER * em) >= _ALIKE), None)
            if model:
                found.append(SeenWord(model.text, x0, figure.top, x1, figure.bottom, CONFIDENCE, em))
                break
    return found


def _pieces(ink: Any, figure: SeenWord, free_from: float) -> list[tuple[float, float]]:
    """Ink as wide as a sign that stands alone between ``free_from`` and a figure: (left, right)."""
    import numpy as np

    em, baseline = figure.em, figure.bottom - UNDER * figure.em
    left, right = max(0, round(free_from)), round(figure.x0)
    columns = np.flatnonzero(ink[max(0, round(baseline - 0.8 * em)) : round(baseline + 0.1 * em), left : max(left, right)].any(axis=0))
    parts = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1) if columns.size else []
    return [
        (left + float(part[0]), left + float(part[-1]) + 1)
        for part in parts
        if _NARROWEST * em <= part[-1] - part[0] + 1 <= _WIDEST * em and part[0] > 0 and part[-1] < right - left - 1
    ]


def _alike(grey: Any, sign: SeenWord, middle: float, baseline: float) -> float:
    """The correlation of a sign with what fits it best about a place of a line."""
    cv2 = require("cv2", extra="")
    em, pad = sign.em, max(2, round(_ABOUT * sign.em))

    def crop(x0: float, x1: float, baseline: float, wider: int) -> Any:
        top, bottom = round(baseline - 0.85 * em) - wider, round(baseline + 0.2 * em) + wider
        return grey[max(0, top) : max(0, bottom), max(0, round(x0) - wider) : max(0, round(x1) + wider)]

    model = crop(sign.x0, sign.x1, sign.bottom - UNDER * em, 0)
    about = crop(middle - model.shape[1] / 2, middle + model.shape[1] / 2, baseline, pad)
    if min(model.shape) < 4 or about.shape[0] < model.shape[0] or about.shape[1] < model.shape[1]:
        return 0.0
    return float(cv2.matchTemplate(about, model, cv2.TM_CCOEFF_NORMED).max())
