"""Lines as an engine saw them, made into words whose boxes come from the ink of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

from finlens.vision.base import SeenWord
from finlens.vision.lettering import Letter, Level, level_of, words_of
from finlens.vision.ruling import POINTS_AN_EM, ink_of, ruled_lines


class SeenLine(NamedTuple):
    """A line of text: what the engine read, letter by letter, in a box with some paper about it. Pixels."""

    text: str
    letters: list[Letter]
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float


def words_in(grey: Any, lines: Sequence[SeenLine]) -> list[SeenWord]:
    """The words of lines, in their order.

    Args:
        grey: The picture that the lines were seen in, height × width, 0 black … 255 white.
        lines: From an engine.
    """
    if not lines:
        return []
    ink = ink_of(grey)
    usual = median(level.size for level in _levels(ink, lines))
    _, ruled = ruled_lines(ink, usual / POINTS_AN_EM)
    ink &= ~ruled
    made: list[SeenWord] = []
    for line, level in zip(lines, _levels(ink, lines), strict=True):
        left, right = max(0, int(line.x0) - 2), int(line.x1) + 3
        top, bottom = max(0, round(level.baseline - 0.8 * level.size)), round(level.baseline + 0.25 * level.size) + 1
        runs = words_of(line.letters, _blanks(line.text), ink[top:bottom, left:right].any(axis=0), left, level.size)
        if not runs:  # paler than its paper is dark: white on black, or a ghost
            runs = words_of(line.letters, _blanks(line.text), [True] * (right - left), left, level.size)
        made += [SeenWord(run.text, run.x0, level.top, run.x1, level.bottom, run.confidence, level.size) for run in runs]
    return made


def _blanks(text: str) -> set[int]:
    """Indices of the letters (blanks not counted) before which there is a blank."""
    found, count = set(), 0
    for token in text.split():
        found.add(count)
        count += len(token)
    return found - {0}


def _levels(ink: Any, lines: Sequence[SeenLine]) -> list[Level]:
    """Baseline and size of each line by its ink; by its row where it has only dashes, by its box where nothing else tells."""
    known = [_level(ink, line) for line in lines]
    levels = []
    for line, level in zip(lines, known, strict=True):
        if level is None:
            middle, height = (line.top + line.bottom) / 2, line.bottom - line.top
            row = [other for other in known if other and other.top < middle < other.bottom]
            level = min(row, key=lambda other: abs(other.top + other.bottom - 2 * middle)) if row else None
            level = level or Level(line.top + 0.72 * height, 0.65 * height)
        levels.append(level)
    return levels


def _level(ink: Any, line: SeenLine) -> Level | None:
    height = line.bottom - line.top
    found = level_of(line.text, *_inked_rows(ink, line))
    return found if found and 0.35 * height < found.size < 1.3 * height else None


def _inked_rows(ink: Any, line: SeenLine) -> tuple[float, float]:
    """The rows of a line's box where there is ink: the detector adds half a line of paper above and below."""
    import numpy as np

    first, last = max(0, int(line.top)), int(line.bottom) + 1
    crop = ink[first:last, max(0, int(line.x0)) : int(line.x1) + 1]
    if crop.shape[0] < 6 or crop.shape[1] < 2:
        return line.top, line.bottom
    rows = np.flatnonzero(crop.any(axis=1))
    if rows.size < 3:
        return line.top, line.bottom
    # Tops or tails of the neighbouring lines reach into the box: keep what is joined to its middle.
    height = crop.shape[0]
    start, end = int(rows[0]), int(rows[-1])
    for index in np.flatnonzero(np.diff(rows) > 1):
        above, below = int(rows[index]), int(rows[index + 1])
        if above < 0.3 * height:
            start = below
        elif below > 0.7 * height:
            end = above
            break
    return float(first + start), float(first + end + 1)
