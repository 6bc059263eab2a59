"""What stands around a grid: its title and scale above, its footnotes below, and words inside that no cell took."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence

from finlens.documents import Box, Word
from finlens.extract.base import RawPage
from finlens.extract.tables.furniture import is_furniture
from finlens.extract.tables.grid import Grid, left_over, line_text
from finlens.extract.tables.lines import TextLine

_NOTE = re.compile(
    r"^(?:\(?[a-z0-9]{1,2}\)|\[\w\]|[*†‡§¹²³]|notes?\b|sources?\b|see\b|the accompanying|\(?in (?:millions|thousands)|nb\b|n\.b\.)",
    re.IGNORECASE,
)
_SCALE_NOTE = re.compile(
    r"\b(?:in|en)\s+(?:[\w$€£.]+\s+){0,3}?(?:millions|thousands|billions|milliers|milliards)\b|[km]€|[$€£]\s?000", re.IGNORECASE
)
MOST_TITLE_LINES = 5
MOST_NOTE_LINES = 14


def describe(grid: Grid, lines: Sequence[TextLine], others: Sequence[Box], page: RawPage, furniture: set[tuple[str, int, int]]) -> None:
    """Fill ``caption``, ``notes``, ``unplaced`` and ``title_above`` of a grid from the page's lines."""
    box = grid.box
    free = [
        line
        for line in lines
        if not any(o.top <= line.y <= o.bottom and o.x0 <= line.words[0].x1 and line.words[-1].x0 <= o.x1 for o in others)
    ]
    free = [line for line in free if any(ch.isalnum() for ch in line.text)]
    # Statements repeat "(in millions)" and the first words of their titles at one height, and these are no running heads for that.
    title_em = 1.25 * statistics.median([line.em for line in lines] or [0.0])
    free = [line for line in free if line.em > title_em or _SCALE_NOTE.search(line.text) or not is_furniture(line.words, page, furniture)]
    above = [line for line in free if line.bottom <= box.top + 0.5 * line.em and _beside(line, box)]
    below = [line for line in free if line.top >= box.bottom - 0.5 * line.em and _beside(line, box)]
    floor = max((o.bottom for o in others if o is not box and o.bottom <= box.top + 2 and o.x0 < box.x1 and o.x1 > box.x0), default=-1e9)
    ceiling = min((o.top for o in others if o is not box and o.top >= box.bottom - 2 and o.x0 < box.x1 and o.x1 > box.x0), default=1e9)
    grid.caption = _caption([line for line in above if line.top >= floor - 2], box)
    grid.notes = _notes([line for line in below if line.bottom <= ceiling + 2], box)
    grid.title_above, grid.text_below = bool(above), bool(below)
    grid.trailing = _trailing(below, grid)
    grid.unplaced = left_over(grid)


def _trailing(below: Sequence[TextLine], grid: Grid) -> list[list[Word]]:
    """Up to three lines at the page's end that could be labels: all that stands below, close, and within the first column."""
    if not below or len(below) > 3 or len(grid.columns) < 2:
        return []
    left, right = grid.columns[0][0], grid.columns[1][0]
    edge = grid.box.bottom
    for line in below:
        words = line.words
        if line.top - edge > 3.6 * line.em or words[0].x0 < left - line.em or words[-1].x1 > right or _NOTE.match(line.text):
            return []
        edge = line.bottom
    return [line.words for line in below]


def _beside(line: TextLine, box: Box) -> bool:
    words = [word for word in line.words if word.x1 > box.x0 - 2 and word.x0 < box.x1 + 2]
    return bool(words)


def _within(line: TextLine, box: Box) -> str:
    """The part of a line over or under the grid, so that a neighbouring column of prose stays out."""
    chunks = [c for c in line.chunks if c.x1 > box.x0 - 2 and c.x0 < box.x1 + 2]
    return " ".join(line_text(chunk.words) for chunk in chunks)


def _caption(above: Sequence[TextLine], box: Box) -> str:
    taken: list[str] = []
    edge = box.top
    for line in reversed(above):
        prose = any(chunk.prose for chunk in line.chunks)
        white = edge - line.bottom
        if white > (3.2 if not taken else 1.8) * line.em or len(taken) >= MOST_TITLE_LINES:
            break
        text = _within(line, box)
        if not text:
            break
        runs_on = prose or (bool(taken) and text[:1].islower())  # the end of a paragraph is no title
        if runs_on and not (text.rstrip().endswith((":", "):")) or _SCALE_NOTE.search(text)):
            break
        taken.append(text)
        edge = line.top
        if prose:
            break
    return "\n".join(reversed(taken))


def _notes(below: Sequence[TextLine], box: Box) -> str:
    taken: list[str] = []
    edge = box.bottom
    for line in below:
        text = _within(line, box)
        white = line.top - edge
        starts = bool(_NOTE.match(text))
        if white > (2.5 if starts else 0.9) * line.em or len(taken) >= MOST_NOTE_LINES or (not taken and not starts):
            break
        taken.append(text)
        edge = line.bottom
    return "\n".join(taken)
