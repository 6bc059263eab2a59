"""From words to lines: which words share a baseline, and where a gap parts two columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from finlens.documents import Box, Word

COLUMN_GAP = 1.4
"""Times the font size: a gap wider than this may be a gutter; justified prose stays below."""

_SMALLEST = 6.0
"""Points: white between smaller words is judged as if they had this size."""


@dataclass(slots=True)
class Segment:
    """Words on one baseline with no wide gap between them; or, with ``unit`` set, a table taken as a whole."""

    x0: float
    top: float
    x1: float
    bottom: float
    words: list[Word]
    unit: int = -1

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])


def size_of(word: Word) -> float:
    """The font size, guessed from the height of the box where the reader does not know it."""
    return word.size or 0.8 * (word.bottom - word.top)


def rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped by baseline, top to bottom, each row left to right."""
    made: list[list[Word]] = []
    row: list[Word] = []
    middle = reach = 0.0
    for word in sorted(words, key=_middle):
        at, half = (word[2] + word[4]) / 2, (word[4] - word[2]) / 2
        if row and at - middle < 0.8 * min(half, reach):
            row.append(word)
            middle += (at - middle) / len(row)
            reach = max(reach, half)
        else:
            row = [word]
            made.append(row)
            middle, reach = at, half
    for row in made:
        row.sort(key=_left)
    return made


def _middle(word: Word) -> float:
    return word[2] + word[4]


def _left(word: Word) -> float:
    return word[1]


def segments(words: Sequence[Word]) -> list[Segment]:
    """Rows cut at gaps that may be gutters."""
    made: list[Segment] = []
    for row in rows(words):
        start, right = 0, row[0][3]
        for index in range(1, len(row)):
            word = row[index]
            gap = word[1] - right
            if gap > COLUMN_GAP * _SMALLEST and gap > COLUMN_GAP * size_of(word):
                made.append(_segment(row[start:index]))
                start = index
            right = max(right, word[3]) if index > start else word[3]
        made.append(_segment(row[start:]))
    return made


def _segment(words: list[Word]) -> Segment:
    return Segment(min([w[1] for w in words]), min([w[2] for w in words]), max([w[3] for w in words]), max([w[4] for w in words]), words)


def joined(parts: Iterable[Segment]) -> list[Segment]:
    """Segments on one baseline put together again, in reading order; a table stays alone."""
    made: list[Segment] = []
    for part in sorted(parts, key=lambda s: s.middle):
        last = made[-1] if made else None
        if last and last.unit < 0 and part.unit < 0 and part.middle - last.middle < 0.4 * min(last.height, part.height):
            last.words = sorted(last.words + part.words, key=_left)
            last.x0, last.top = min(last.x0, part.x0), min(last.top, part.top)
            last.x1, last.bottom = max(last.x1, part.x1), max(last.bottom, part.bottom)
        else:
            made.append(Segment(part.x0, part.top, part.x1, part.bottom, part.words, part.unit))
    return made


def usual_height(parts: Sequence[Segment]) -> float:
    """The median height of lines of text; 10 where there are none."""
    return median([part.height for part in parts if part.unit < 0] or [10.0])
