"""Lines as an engine saw them, made into words whose boxes come from the ink of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

from finlens.vision.base import SeenWord
from finlens.vision.lettering import Letter, Level, level_of, words_of
from finlens.vision.ruling import POINTS_AN_EM, dark_on_light, ink_of, ruled_lines


class SeenLine(NamedTuple):
    """A line of text: what the engine read, letter by letter, in a box with some paper about it. Pixels."""

    text: str
    letters: list[Letter]
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float


_BEARING = 0.05
"""Of the font size: white that a font keeps on either side of a letter, and readers of PDFs count to the word."""


def words_in(grey: Any, lines: Sequence[SeenLine]) -> list[SeenWord]:
    """The words of lines, in their order.

    Args:
        grey: The picture that the lines were seen in, height × width, 0 black … 255 white.
        lines: From an engine.
    """
    if not lines:
        return []
    grey = dark_on_light(grey)
    ink = ink_of(grey)
    usual = median(level.size for level in _levels(grey, ink, lines))
    _, ruled = ruled_lines(ink, usual / POINTS_AN_EM)
    ink &= ~ruled
    made: list[SeenWord] = []
    for line, level in zip(lines, _levels(grey, ink, lines), strict=True):
        left, right = max(0, int(line.x0) - 2), int(line.x1) + 3
        top, bottom = max(0, round(level.baseline - 0.8 * level.size)), round(level.baseline + 0.25 * level.size) + 1
        runs = words_of(line.letters, _blanks(line.text), ink[top:bottom, left:right].any(axis=0), left, level.size)
        if not runs:  # paler than its paper is dark: white on black, or a ghost
            runs = words_of(line.letters, _blanks(line.text), [True] * (right - left), left, level.size)
        own = [_level(grey, ink, line._replace(text=run.text, x0=run.x0, x1=run.x1)) for run in runs]
        level = _common([each for each, run in zip(own, runs, strict=True) if each and len(run.text) > 2]) or level
        for run, its_own in zip(runs, own, strict=True):
            stands = level
            if its_own and abs(its_own.size - level.size) < 0.15 * level.size and abs(its_own.baseline - level.baseline) > 0.1 * level.size:
                stands = Level(its_own.baseline, level.size)  # the line leans, or is two
            pad = min(_BEARING * level.size, 0.25 * (run.x1 - run.x0))
            made.append(SeenWord(run.text, run.x0 - pad, stands.top, run.x1 + pad, stands.bottom, run.confidence, level.size))
    return made


def _common(levels: Sequence[Level]) -> Level | None:
    return Level(median(each.baseline for each in levels), median(each.size for each in levels)) if levels else None


def _blanks(text: str) -> set[int]:
    """Indices of the letters (blanks not counted) before which there is a blank."""
    found, count = set(), 0
    for token in text.split():
        found.add(count)
        count += len(token)
    return found - {0}


def _levels(grey: Any, ink: Any, lines: Sequence[SeenLine]) -> list[Level]:
    """Baseline and size of each line by its ink; by its row where it has only dashes, by its box where nothing else tells."""
    known = [_level(grey, ink, line) for line in lines]
    levels = []
    for line, level in zip(lines, known, strict=True):
        if level is None:
            middle, height = (line.top + line.bottom) / 2, line.bottom - line.top
            row = [other for other in known if other and other.top < middle < other.bottom]
            level = min(row, key=lambda other: abs(other.top + other.bottom - 2 * middle)) if row else None
            level = level or Level(line.top + 0.72 * height, 0.65 * height)
        levels.append(level)
    return levels


def _level(grey: Any, ink: Any, line: SeenLine) -> Level | None:
    height = line.bottom - line.top
    found = level_of(line.text, *_inked_rows(grey, ink, line))
    return found if found and 0.35 * height < found.size < 1.3 * height else None


def _inked_rows(grey: Any, ink: Any, line: SeenLine) -> tuple[float, float]:
    """The rows of a line's box where there is ink: the detector adds half a line of paper above and below."""
    import numpy as np

    first, last = max(0, int(line.top)), int(line.bottom) + 1
    columns = slice(max(0, int(line.x0)), int(line.x1) + 1)
    crop, tones = ink[first:last, columns], grey[first:last, columns]
    if crop.shape[0] < 6 or crop.shape[1] < 2:
        return line.top, line.bottom
    dark, light = np.percentile(tones, (2, 90))
    rows = np.flatnonzero((crop & (tones < (dark + light) / 2)).any(axis=1))  # the edge of a blurred letter is half way
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
