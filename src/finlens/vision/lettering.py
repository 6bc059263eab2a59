"""What the ink of a line of text says: how large its letters are, where its baseline is, where its words end.

An engine's boxes hold whatever paper its detector added; a reader of PDFs gives boxes that are as high as the font.
Here the ink is measured and boxes as high as the font come back, so that what works on words need not know which it got.
"""

from __future__ import annotations

from typing import Any, NamedTuple

# Parts of the font size by which letters rise over the baseline and reach under it, about the same in all text faces.
TALL, _LOW = 0.72, 0.52
_DEEP, _COMMA, _BRACKET = 0.21, 0.14, 0.20
_LOW_LETTERS = frozenset("acegmnopqrsuvwxyz")
_DEEP_LETTERS = frozenset("gjpqyQçÇ")
_BRACKETS = frozenset("()[]{}|/$§")
_NO_HEIGHT = frozenset("-–—−_.,·•…=~:;'’‘\"“”*+ ")
OVER, UNDER = 0.93, 0.21
"""Of the font size: how far the boxes that come back reach over the baseline and under it, as those of the usual text faces do
(ascent and descent of Arial are 0.91 and 0.21, of Times 0.89 and 0.22): on a leaning page, rows are told apart by them."""


class Level(NamedTuple):
    """Where a line of text stands, in pixels."""

    baseline: float
    size: float

    @property
    def top(self) -> float:
        return self.baseline - OVER * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + UNDER * self.size


def level_of(text: str, top: float, bottom: float) -> Level | None:
    """Baseline and font size of a text whose ink reaches from ``top`` to ``bottom``; None where it has only dashes and dots."""
    letters = set(text) - _NO_HEIGHT
    if not letters or bottom <= top:
        return None
    rises = _LOW if letters <= _LOW_LETTERS else TALL
    if letters & _DEEP_LETTERS:
        sinks = _DEEP
    elif letters & _BRACKETS:
        sinks = _BRACKET
    elif set(text) & {",", ";"}:
        sinks = _COMMA
    else:
        sinks = 0.0
    size = (bottom - top) / (rises + sinks)
    return Level(bottom - sinks * size, size)


def gaps_in(inked: Any) -> list[tuple[int, int]]:
    """Runs of columns without ink between the first and the last that have some: (start, end), end excluded.

    Args:
        inked: Booleans, one a column.
    """
    import numpy as np

    columns = np.flatnonzero(inked)
    steps = np.flatnonzero(np.diff(columns) > 1)
    return [(int(columns[i]) + 1, int(columns[i + 1])) for i in steps]


class Letter(NamedTuple):
    """A letter of a line, and about where its middle is, in pixels."""

    text: str
    x: float
    confidence: float = 1.0


class Run(NamedTuple):
    """Letters of one word, with the ink's left and right."""

    text: str
    x0: float
    x1: float
    confidence: float


_WIDE = 0.5
"""Of the font size: white this wide parts words though the engine read no blank."""
_BETWEEN_FIGURES = 0.12
"""White this wide parts two figures where one ends in a bracket or the other begins with one, or with a sign."""
_NARROW = 0.1
"""White narrower than this is no blank within a number, though the engine read one."""
_IN_NUMBERS = frozenset("0123456789.,")


def words_of(letters: list[Letter], blanks: set[int], inked: Any, left: float, size: float) -> list[Run]:
    """Letters as words, cut where the engine read blanks and where the ink leaves wide white.

    Args:
        letters: Of one line, left to right.
        blanks: Indices of letters before which the engine read a blank.
        inked: Booleans: which columns of the line have ink; the first is that of x = ``left``.
        left: In pixels.
        size: Of the font, in pixels.
    """
    import numpy as np

    columns = np.flatnonzero(inked)
    if not letters or not columns.size:
        return []
    gaps = [(a + left, b + left) for a, b in gaps_in(inked)]
    cuts: dict[int, tuple[float, float]] = {}
    x0, x1 = left + float(columns[0]), left + float(columns[-1]) + 1
    for start, end in gaps:
        index = sum(letter.x < (start + end) / 2 for letter in letters)
        if end - start >= 0.5 * _WIDE * size and index == 0:
            x0 = float(end)  # what is before the first letter belongs to another line
        elif end - start >= 0.5 * _WIDE * size and index == len(letters):
            x1 = min(x1, float(start))
        elif 0 < index < len(letters) and end - start >= size * (_BETWEEN_FIGURES if _two_figures(letters, index) else _WIDE):
            widest = cuts.get(index, (start, end))
            cuts[index] = max(widest, (start, end), key=lambda gap: gap[1] - gap[0])
    for index in blanks - cuts.keys():
        before, after = letters[index - 1], letters[index]
        between = [gap for gap in gaps if gap[1] > before.x and gap[0] < after.x]
        start, end = max(between, key=lambda gap: gap[1] - gap[0], default=((before.x + after.x) / 2,) * 2)
        if end - start < _NARROW * size and before.text in _IN_NUMBERS and after.text in _IN_NUMBERS:
            continue
        cuts[index] = (start, end)
    runs: list[Run] = []
    first = 0
    for index, (start, end) in sorted({**cuts, len(letters): (x1, 0.0)}.items()):
        part = letters[first:index]
        if start <= x0:  # the letters' places and the ink disagree
            start = x0 + 1
        runs.append(Run("".join(letter.text for letter in part), x0, start, sum(letter.confidence for letter in part) / len(part)))
        first, x0 = index, max(end, start)
    return runs


def _two_figures(letters: list[Letter], index: int) -> bool:
    before, after = letters[index - 1].text, letters[index].text
    if after in "$£(":
        return before.isdigit() or before in ")%"
    return before in ")%" and after.isdigit()
