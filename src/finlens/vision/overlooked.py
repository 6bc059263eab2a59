"""Dashes that stand for nil: engines that look for lines of text overlook them, and a figure of the next row takes their place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from finlens.extras import require
from finlens.vision.base import SeenWord
from finlens.vision.lettering import OVER, TALL, UNDER

_SHORTEST, _LONGEST, _THICKEST = 0.17, 1.3, 0.17  # of the font size
_LOWEST, _HIGHEST = 0.12, 0.48  # of the font size, over the baseline
_ALONE = 0.28  # of the font size: white on both sides
_EN, _EM = 0.42, 0.72  # of the font size: from which length on a dash is drawn as one
CONFIDENCE = 0.7
"""Of what was found by its shape alone."""


def lone_dashes(ink: Any, words: Sequence[SeenWord]) -> list[SeenWord]:
    """Dashes that no word holds, on the rows of words that are there.

    Args:
        ink: Booleans, height × width, without ruled lines.
        words: What an engine saw on the same picture, with boxes as high as the font.
    """
    import numpy as np

    if not words:
        return []
    cv2 = require("cv2", extra="")
    free = ink.astype(np.uint8)
    for word in words:
        free[max(0, round(word.top)) : round(word.bottom), max(0, round(word.x0) - 1) : round(word.x1) + 1] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=8)
    by_middle = sorted(words, key=_middle)
    middles = [_middle(word) for word in by_middle]
    tallest = max(word.bottom - word.top for word in words)
    columns = [(word.x0, word.x1, word.em) for word in words if any(letter.isdigit() for letter in word.text)]
    found = []
    for x, top, width, height, area in stats[1:count].tolist():
        if width < 3 or width < 1.4 * height or area < 0.55 * width * height:
            continue
        y = top + height / 2
        near = by_middle[bisect_left(middles, y - tallest) : bisect_right(middles, y + tallest)]
        row = [
            word for word in near if _LOWEST <= (word.bottom - UNDER * word.em - y) / word.em <= _HIGHEST and _fits(word.em, width, height)
        ]
        if not row:
            continue
        if not any(left - em_margin <= x and x + width <= right + em_margin for left, right, em_margin in columns):
            continue
        beside = min(row, key=lambda word: max(word.x0 - x - width, x - word.x1))
        em = beside.em
        white = round(_ALONE * em)
        baseline = beside.bottom - UNDER * em
        rows = slice(max(0, round(baseline - TALL * em)), round(beside.bottom))  # of its letters: what is above is another line's
        left, right = ink[rows, max(0, x - white) : max(0, x - 1)], ink[rows, x + width + 1 : x + width + white]
        above, below = (
            ink[max(0, top - round(0.3 * em)) : max(0, top - 1), x : x + width],
            ink[top + height + 1 : top + height + round(0.3 * em), x : x + width],
        )
        if any(part.any() for part in (left, right, above, below)):
            continue
        text = "—" if width >= _EM * em else "–" if width >= _EN * em else "-"
        found.append(SeenWord(text, x, baseline - OVER * em, x + width, baseline + UNDER * em, CONFIDENCE, em))
    return found


def _middle(word: SeenWord) -> float:
    return (word.top + word.bottom) / 2


def _fits(em: float, width: float, height: float) -> bool:
    return _SHORTEST * em <= width <= _LONGEST * em and height <= max(3.0, _THICKEST * em)
