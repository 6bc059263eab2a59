"""Running text, marked so that no table is made of it: paragraphs stack at one left edge and carry no figures beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from finlens.extract.tables.lines import Chunk, TextLine

MOST_LABEL_LINES = 6
"""A label wraps over at most so many lines; a longer stack with one figure at its end is a paragraph."""


@dataclass(slots=True)
class _Stack:
    """Chunks of text one under the other at one left edge."""

    chunks: list[Chunk]
    lines: list[TextLine]
    beside: int = 0
    """How many of its lines have a figure or a short entry as their next chunk."""
    ends_beside: bool = False
    """Whether its last line has one."""
    closed: bool = False

    @property
    def width(self) -> float:
        return max(c.x1 for c in self.chunks) - min(c.x0 for c in self.chunks)


def mark_prose(lines: Sequence[TextLine], page_width: float) -> None:
    """Set ``chunk.prose`` on every chunk that is part of running text."""
    _mark_columns_of_text(lines)
    for stack in _stacks(lines, close_beside=False):
        if _runs_on(stack):
            for chunk in stack.chunks:
                chunk.prose = True
    for stack in _stacks(lines, close_beside=True):
        _judge(stack, page_width)


def _mark_columns_of_text(lines: Sequence[TextLine]) -> None:
    """Mark lines of two columns of prose, which justification tears into pieces of any width."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_wordy(lines[end]) and (end == start or _follows(lines[end - 1], lines[end])):
            end += 1
        torn = any(len(line.chunks) > 1 for line in lines[start:end])
        if end - start >= 3 and torn:  # a label of whole lines, however long, is judged with its figures
            while end < len(lines) and _is_worded(lines[end]) and _follows(lines[end - 1], lines[end]):
                end += 1  # where one column ends before the other
            for line in lines[start:end]:
                for chunk in line.chunks:
                    chunk.prose = True
        start = max(end, start + 1)


def _follows(line: TextLine, after: TextLine) -> bool:
    return after.y - line.y < 1.7 * after.em and abs(line.em - after.em) < 0.15 * after.em


@lru_cache(maxsize=65536)
def _is_word(text: str) -> bool:
    return any(character.isalpha() for character in text) and not any(character.isdigit() for character in text)


def _is_worded(line: TextLine) -> bool:
    """Whether most of a line's words are words."""
    alphabetic = sum(_is_word(word.text) for word in line.words)
    return alphabetic >= 3 and alphabetic >= 0.55 * len(line.words)


def _is_wordy(line: TextLine) -> bool:
    """Whether words fill a line from end to end and figures are few: a row of a table has its figures on the right."""
    words = line.words
    if len(words) < 10:
        return False
    middle = (words[0].x0 + words[-1].x1) / 2
    left = right = figures = 0
    for word in words:
        if word.text.isalpha() or _is_word(word.text):
            left += word.x1 < middle
            right += word.x0 > middle
        else:
            figures += any(character.isdigit() for character in word.text)
    return min(left, right) >= 3 and figures <= 0.3 * len(words)


def _stacks(lines: Sequence[TextLine], *, close_beside: bool) -> list[_Stack]:
    """Chunks of text grouped by their left edges; ``close_beside`` ends a stack at a line with an entry beside it."""
    open_stacks: list[_Stack] = []
    done: list[_Stack] = []
    for line in lines:
        still: list[_Stack] = []
        for stack in open_stacks:
            if stack.closed or line.y - stack.lines[-1].y > 2.0 * max(line.em, stack.lines[-1].em):
                done.append(stack)
            else:
                still.append(stack)
        open_stacks = still
        for position, chunk in enumerate(line.chunks):
            if chunk.after_leader or chunk.prose or (chunk.numeric and position > 0):
                continue
            beside = position + 1 < len(line.chunks) and _is_entry(line.chunks[position + 1])
            home = next((s for s in open_stacks if _continues(s, chunk, line)), None)
            if chunk.numeric and (home is None or not beside):
                continue  # only the last words of a label may be a figure: "… and 804 shares at January 28," over "2024"
            if home is not None:
                home.chunks.append(chunk)
                home.lines.append(line)
                home.beside += beside
                home.ends_beside = beside
                home.closed = beside and close_beside
            elif len(chunk.words) >= 4 and not (beside and close_beside):
                open_stacks.append(_Stack([chunk], [line]))
    return done + open_stacks


def _runs_on(stack: _Stack) -> bool:
    """Whether the lines fill one measure and go on in mid-sentence: a column of prose, whatever stands beside it."""
    chunks = stack.chunks
    if stack.beside == 1 and stack.ends_beside and len(chunks) <= MOST_LABEL_LINES:
        return False  # a label of full lines, with its figures at its end
    if len(chunks) < 4 or sum(len(chunk.words) for chunk in chunks) < 5 * len(chunks):
        return False
    right = max(chunk.x1 for chunk in chunks)
    full = sum(chunk.x1 > right - 0.15 * stack.width for chunk in chunks)
    small = sum(chunk.text[:1].islower() for chunk in chunks)
    return full >= 0.7 * len(chunks) and small >= 0.5 * len(chunks)


def _is_entry(chunk: Chunk) -> bool:
    """Whether a chunk looks like a column's entry rather than a neighbouring column of text."""
    return chunk.numeric or len(chunk.words) <= 3


def _continues(stack: _Stack, chunk: Chunk, line: TextLine) -> bool:
    last, last_line = stack.chunks[-1], stack.lines[-1]
    em = max(line.em, last_line.em)
    if last_line is line or stack.closed or abs(line.em - last_line.em) > 0.15 * em:
        return False
    step = line.y - last_line.y
    if not 0.7 * em <= step <= 1.9 * em:
        return False
    if len(stack.lines) > 1 and step > 1.3 * (stack.lines[1].y - stack.lines[0].y):
        return False
    first_indent = len(stack.chunks) == 1 and -5 * em <= chunk.x0 - last.x0 <= 2.2 * em
    return first_indent or abs(chunk.x0 - last.x0) <= 0.6 * em


def _judge(stack: _Stack, page_width: float) -> None:
    count, width = len(stack.chunks), stack.width
    words = sum(len(chunk.words) for chunk in stack.chunks)
    if stack.beside:
        prose = count > MOST_LABEL_LINES
        members = stack.chunks[:-1]
    else:
        wide = width > 0.5 * page_width
        full = stack.chunks[0].x1 >= max(c.x1 for c in stack.chunks) - 0.2 * width
        members = stack.chunks
        prose = full and (
            (count >= 4 and width > 14 * stack.lines[0].em and words >= 5 * count - 4)
            or (count >= 3 and width > 0.35 * page_width)
            or (count >= 2 and wide and words >= 12)
            or (count == 1 and width > 0.6 * page_width and words >= 10)
        )
    if prose:
        for chunk in members:
            chunk.prose = True
