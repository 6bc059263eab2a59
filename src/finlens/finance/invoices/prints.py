"""The printed lines of a page, as invoices and statements need them: words side by side, and how far apart they stand.

Forms are read by where things stand: a label, and its value to the right or below. Blocks of prose don't help there, so
rows are made from the words' boxes alone, over the whole width of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from finlens.documents import Box, Page, Source, Word, union
from finlens.finance.numerals import PLAIN

_WIDE = 0.7  # of a word's height: white that sets two things apart, not two words of one
_ODD_SIGNS = str.maketrans({"−": "-", "‐": "-", "‑": "-", "⁃": "-"})


@dataclass(frozen=True)
class Row:
    """Words on one baseline, from the page's left edge to its right one.

    ``text`` has one space between words of one thing and two between things that stand apart.
    """

    page: int
    words: tuple[Word, ...]
    text: str
    starts: tuple[int, ...]
    """Where each word starts in ``text``."""

    @cached_property
    def box(self) -> Box:
        return union(word.box for word in self.words) or Box(0, 0, 0, 0)

    @cached_property
    def height(self) -> float:
        """Usual height of a word, in points."""
        return median(word.bottom - word.top for word in self.words)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that cover the characters ``start`` to ``end``."""
        return tuple(word for word, at in zip(self.words, self.starts, strict=True) if at < end and start < at + max(1, len(word.text)))

    def box_of(self, start: int, end: int) -> Box:
        return union(word.box for word in self.between(start, end)) or self.box

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The things that stand apart on the row."""
        return tuple(Run(self, found.start(), found.end(), found.group()) for found in re.finditer(r"\S+(?: \S+)*", self.text))


@dataclass(frozen=True)
class Run:
    """Words of a row that belong together; ``start`` and ``end`` count characters of the row's text."""

    row: Row
    start: int
    end: int
    text: str

    @cached_property
    def box(self) -> Box:
        return self.row.box_of(self.start, self.end)


def rows_of(page: Page) -> list[Row]:
    """The page's rows, from its top to its bottom. Words set upright along the margin are no part of any."""
    words = sorted((word for word in page.words if not _upright(word)), key=lambda word: ((word.top + word.bottom) / 2, word.x0))
    grouped: list[list[Word]] = []
    middle = 0.0
    for word in words:
        at = (word.top + word.bottom) / 2
        if grouped and at - middle < 0.4 * min(word.bottom - word.top, _tallest(grouped[-1])):
            grouped[-1].append(word)
            middle += (at - middle) / len(grouped[-1])
        else:
            grouped.append([word])
            middle = at
    return [_row(page.number, sorted(group, key=lambda word: word.x0)) for group in grouped]


def source_of(words: Sequence[Word]) -> Source:
    """One place for words of one page; as sure as the least sure of them."""
    first = words[0]
    box = union(word.box for word in words)
    return Source(first.origin.document, first.origin.page, box, first.origin.reader, min(word.confidence for word in words))


def below(rows: Sequence[Row], number: int, box: Box, *, within: float) -> Iterator[Run]:
    """What stands under a box, nearest first: runs of later rows that overlap it from left to right.

    Args:
        rows: Of one page or more; those of other pages are passed over.
        number: The row that ``box`` stands on.
        box: Of the label.
        within: How far down, in points.
    """
    for row in rows[number + 1 :]:
        if row.page != rows[number].page or row.box.top - box.bottom > within:
            return
        for run in row.runs:
            if run.box.x0 < box.x1 and box.x0 < run.box.x1 and run.box.top > box.top + 1:
                yield run


def _upright(word: Word) -> bool:
    return len(word.text) > 2 and word.bottom - word.top > 1.5 * (word.x1 - word.x0)


def _tallest(words: Sequence[Word]) -> float:
    return max(word.bottom - word.top for word in words)


def _row(page: int, words: Sequence[Word]) -> Row:
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    before: Word | None = None
    kept: list[Word] = []
    for word in words:
        text = " ".join(word.text.translate(PLAIN).translate(_ODD_SIGNS).split())
        if not text:
            continue
        if before is not None:
            # Text drawn twice for bold stands on itself.
            if word.text == before.text and word.x0 < before.x0 + 0.5 * (before.x1 - before.x0):
                continue
            gap = word.x0 - before.x1
            space = "  " if gap > _WIDE * min(word.bottom - word.top, before.bottom - before.top) else " "
            parts.append(space)
            length += len(space)
        starts.append(length)
        parts.append(text)
        length += len(text)
        kept.append(word)
        before = word
    return Row(page, tuple(kept), "".join(parts), tuple(starts))
