"""Words to lines by their baselines, and lines to chunks by the white between words.

A chunk is what a typesetter set in one go: a label, a head, a figure with its sign. Chunks, not words, are what
columns are made of.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from finlens.documents import Box, Word
from finlens.extract.tables.numerals import (
    Kind,
    continues_number,
    could_be_mark,
    is_bracketed_share,
    is_figure,
    is_measured,
    is_month,
    kind_of,
)

TEXT_GAP = 0.62
"""White, in ems, that parts two words of text: a justified space is rarely wider."""
FIGURE_GAP = 0.45
"""White, in ems, that parts a figure from a word beside it."""
SIGN_REACH = 14.0
"""How many ems a currency sign may stand before its number."""


_TEXT, _LEADER = Kind.TEXT, Kind.LEADER
_LEFT, _TOP, _BOTTOM, _SIZE = (itemgetter(Word._fields.index(name)) for name in ("x0", "top", "bottom", "size"))


@dataclass(slots=True)
class Chunk:
    """Words that belong together on one line."""

    words: list[Word]
    x0: float
    x1: float
    top: float
    bottom: float
    kinds: list[Kind]
    prose: bool = False
    after_leader: bool = False
    measured: bool = False
    """Whether it is a figure with its unit in words, as the lives of leases are: "6.9 years"."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def numeric(self) -> bool:
        """Only a figure: a number, a year or a dash, with its signs."""
        found = self.measured
        for kind in self.kinds:  # asked hundreds of thousands of times a report: most chunks are text at their first word
            if kind is _TEXT:
                return self.measured
            found = found or is_figure(kind)
        return found

    @property
    def amount(self) -> bool:
        """A figure that is no bare year."""
        return self.numeric and any(kind in (Kind.NUMBER, Kind.DASH) for kind in self.kinds)

    @property
    def core(self) -> tuple[float, float]:
        """Left and right of the figure itself, without a sign set apart before it or a bracket set apart after it."""
        bare = self.numeric and not self.measured
        inner = [w for w, k in zip(self.words, self.kinds, strict=True) if is_figure(k)] if bare else []
        return (inner[0].x0, inner[-1].x1) if inner else (self.x0, self.x1)

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def bold(self) -> bool:
        return sum(word.bold for word in self.words) * 2 > len(self.words)

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class TextLine:
    """Words on one baseline across the page, in x order, and their chunks."""

    words: list[Word]
    top: float
    bottom: float
    em: float
    chunks: list[Chunk] = field(default_factory=list)

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def x0(self) -> float:
        return min((chunk.x0 for chunk in self.chunks if not chunk.prose), default=self.chunks[0].x0)

    @property
    def x1(self) -> float:
        return max((chunk.x1 for chunk in self.chunks if not chunk.prose), default=self.chunks[-1].x1)

    @property
    def figures(self) -> list[Chunk]:
        return [chunk for chunk in self.chunks if chunk.numeric]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def em_of(word: Word) -> float:
    """The font size in points, or what the height of the box says of it."""
    height, size = word[4] - word[2], word[7]
    if size <= 0:
        return height * 0.95
    return size if size <= height * 1.6 else height * 1.6


def usable(words: Iterable[Word]) -> list[Word]:
    """Words with a finite box of some size and some text; upright ones only."""
    kept = []
    for word in words:
        text, x0, top, x1, bottom = word[:5]  # by place: names are slow to reach, and a report has 100,000 words
        width, height = x1 - x0, bottom - top
        if width <= 0 or height <= 0 or not math.isfinite(width + height + x0 + top) or not text.strip():
            continue
        if height > 2.2 * width and len(text) >= 3 and height > 1.8 * (word.size or 10.0):
            continue  # set upright along the page's edge or in a narrow head: no line of the table
        kept.append(word)
    return kept


def lines_of(words: Sequence[Word]) -> list[TextLine]:
    """Lines from top to bottom. Small raised marks and the jitter of OCR stay on their line."""
    groups: list[list[Word]] = []
    centres: list[tuple[float, float]] = []  # middle and height of each open line's full-size words
    for word in sorted(words, key=_twice_middle):
        top, bottom = word[2], word[4]
        middle, height = (top + bottom) / 2, bottom - top
        if centres and centres[-1] == (middle, height):  # as most words: set like the line's other words
            groups[-1].append(word)
            continue
        best, best_distance = -1, math.inf
        for k in range(len(groups) - 1, max(-1, len(groups) - 5), -1):
            line_middle, line_height = centres[k]
            lower, higher = (height, line_height) if height < line_height else (line_height, height)
            reach = 0.5 * higher if lower < 0.8 * higher else 0.33 * lower
            distance = abs(middle - line_middle)
            if distance <= reach and distance < best_distance:
                best, best_distance = k, distance
        if best < 0:
            groups.append([word])
            centres.append((middle, height))
        else:
            groups[best].append(word)
            line_middle, line_height = centres[best]
            if height > line_height * 1.2:
                centres[best] = (middle, height)
            elif height >= 0.8 * line_height:
                share = 1 / min(len(groups[best]), 8)
                centres[best] = (line_middle + (middle - line_middle) * share, line_height)
    lines = [_line(group) for group in groups]
    lines.sort(key=lambda line: line.y)
    return lines


def _twice_middle(word: Word) -> float:
    return word[2] + word[4]


def _line(words: list[Word]) -> TextLine:
    words.sort(key=_LEFT)
    line = TextLine(words, min(map(_TOP, words)), max(map(_BOTTOM, words)), _em_of_line(words))
    line.chunks = chunks_of(words, line.em)
    return line


def _em_of_line(words: Sequence[Word]) -> float:
    """The line's font size; where none is known (OCR), what heights and widths say: a letter is about half an em wide."""
    ems = sorted([em_of(w) for w in words])
    if max(map(_SIZE, words)) > 0:
        return max(1.0, ems[len(ems) // 2])
    widths = sorted((w.x1 - w.x0) / len(w.text) for w in words if len(w.text) >= 3)
    return max(1.0, ems[(3 * len(ems)) // 4], min(1.9 * widths[len(widths) // 2], 1.6 * ems[-1]) if widths else 0.0)


def chunks_of(words: Sequence[Word], em: float) -> list[Chunk]:
    """Cut one line where the white is wide; a sign or a bracket set apart stays with its number."""
    chunks: list[Chunk] = []
    leader = False
    last: Chunk | None = None
    for word in words:
        kind = kind_of(word.text)
        if kind is _LEADER:
            leader = True
            continue
        if kind is _TEXT and last is not None and not leader and last.kinds[-1] is _TEXT and not could_be_mark(word.text):
            joins = word.x0 - last.x1 <= TEXT_GAP * em  # most words of a report: what is asked below, answered at once
        else:
            if last is not None and _is_mark(last, word, em):
                kind = Kind.MARK
            elif kind is Kind.NUMBER and word.text.startswith("(") and could_be_mark(word.text) and 0 < word.size < 0.82 * em:
                kind = Kind.MARK  # a mark on a line of its own within a head
            joins = last is not None and not leader and _joins(last, word, kind, em)
        if last is not None and joins:
            last.words.append(word)
            last.kinds.append(kind)
            last.x1 = max(last.x1, word.x1)
        else:
            last = Chunk([word], word.x0, word.x1, word.top, word.bottom, [kind], after_leader=leader)
            chunks.append(last)
        leader = False
    for n, chunk in enumerate(chunks):
        if len(chunk.words) > 1:
            chunk.top, chunk.bottom = min(map(_TOP, chunk.words)), max(map(_BOTTOM, chunk.words))
            chunk.measured = n > 0 and len(chunk.words) == 2 and is_measured(chunk.words[0].text, chunk.words[1].text)
    return chunks


def _is_mark(chunk: Chunk, word: Word, em: float) -> bool:
    """Whether ``word`` is a footnote mark after ``chunk``: short, close, and smaller than its line or raised above it."""
    if len(word.text) > 12 or not could_be_mark(word.text) or word.x0 - chunk.x1 > 1.0 * em:
        return False
    before = chunk.words[-1]
    smaller = word.size > 0 and em_of(word) < 0.82 * em and em_of(word) < 0.9 * em_of(before)
    raised = word.bottom < before.bottom - 0.12 * em and word.bottom - word.top < 0.9 * (before.bottom - before.top)
    return (smaller or raised) or (chunk.kinds[-1] is Kind.MARK and abs(em_of(word) - em_of(before)) < 0.1 * em < em - em_of(word))


def _joins(chunk: Chunk, word: Word, kind: Kind, em: float) -> bool:
    gap = word.x0 - chunk.x1
    before, before_word = chunk.kinds[-1], chunk.words[-1]
    if kind is Kind.MARK:
        return gap <= 1.0 * em
    if before is Kind.MARK:  # what comes after a mark stands to the word before it
        figures = any(is_figure(k) for k in chunk.kinds) and not any(k is Kind.TEXT for k in chunk.kinds)
        return (kind is Kind.TAIL and gap <= 2.5 * em) or (not figures and gap <= (FIGURE_GAP if is_figure(kind) else TEXT_GAP) * em)
    if before in (Kind.SIGN, Kind.OPENER):
        return (gap <= SIGN_REACH * em and (is_figure(kind) or kind in (Kind.OPENER, Kind.SIGN))) or gap <= TEXT_GAP * em
    if kind is Kind.TAIL:
        return (gap <= 2.5 * em and is_figure(before)) or gap <= FIGURE_GAP * em
    if kind is Kind.SIGN or kind is Kind.OPENER:
        # "12,5 €" holds together in French; "(503.0) $ 2,783" are two figures.
        return gap <= FIGURE_GAP * em and before is Kind.TEXT
    if is_figure(kind) and (is_figure(before) or before is Kind.TAIL):
        if gap <= 0.36 * em and is_bracketed_share(word.text):
            return True
        if gap <= 0.36 * em and (kind is Kind.DASH) != (before is Kind.DASH):
            return True  # a range: "2006 – 2010"
        grouped = len(chunk.words) > 1 and is_figure(chunk.kinds[-2])
        if gap <= 0.42 * em and continues_number(before_word.text, word.text, already_grouped=grouped):
            return True
        return gap <= FIGURE_GAP * em and len(chunk.words) > 1 and is_month(chunk.words[-2].text)
    if is_figure(kind) or is_figure(before) or before is Kind.TAIL:
        if before is Kind.TAIL or before is Kind.DASH or kind is Kind.DASH:
            return gap <= 0.36 * em
        return gap <= FIGURE_GAP * em
    return gap <= TEXT_GAP * em


def piece_of(words: list[Word], kinds: list[Kind]) -> Chunk:
    """A chunk of some of the words of another."""
    return Chunk(list(words), words[0].x0, max(w.x1 for w in words), min(w.top for w in words), max(w.bottom for w in words), list(kinds))


def split_at_columns(chunk: Chunk, columns: Sequence[tuple[float, float]], em: float) -> list[Chunk]:
    """Two heads that nearly touch are two: cut where the white over a column's edge is wider than a space."""
    if len(chunk.words) < 2:
        return [chunk]
    pieces, start = [], 0
    for k in range(1, len(chunk.words)):
        left, right = chunk.words[k - 1], chunk.words[k]
        gap = right.x0 - left.x1
        if gap < 0.36 * em:
            continue
        if any(
            a[1] - 0.4 * em <= right.x0 and left.x1 <= b[0] + 0.4 * em and a[0] < left.x1 and right.x0 < b[1]
            for a, b in itertools.pairwise(columns)
        ):
            pieces.append((start, k))
            start = k
    pieces.append((start, len(chunk.words)))
    return [chunk] if len(pieces) == 1 else [piece_of(chunk.words[a:b], chunk.kinds[a:b]) for a, b in pieces]


def parts(line: TextLine) -> list[Chunk]:
    """The line's chunks that are not running text."""
    return [chunk for chunk in line.chunks if not chunk.prose]


def is_row(line: TextLine) -> bool:
    """Whether the line could be a row of figures: a label and a figure right of it, or at least two figures."""
    kept = parts(line)
    if len(kept) < 2:
        return False
    figures = [i for i, chunk in enumerate(kept) if chunk.numeric]
    return len(figures) >= 2 or (len(figures) == 1 and figures[0] > 0)


def is_year_head(line: TextLine) -> bool:
    """Whether all figures of the line are bare years, as over the columns of a statement."""
    figures = [chunk for chunk in parts(line) if chunk.numeric]
    return bool(figures) and all(Kind.YEAR in chunk.kinds and not chunk.amount for chunk in figures)


def is_dated(chunk: Chunk) -> bool:
    return len(chunk.words) <= 8 and any(is_month(word.text) for word in chunk.words)


def is_bracketed(chunk: Chunk) -> bool:
    """Whether a chunk is a remark in brackets, as the scale is: "(in millions, except per share data)"."""
    return chunk.text.startswith("(") and chunk.text.endswith(")")


def ends_date(upper: Chunk, lower: Chunk) -> bool:
    """Whether ``lower`` is the year of a date that ``upper`` breaks off ("Balances as of January 31," over "2025")."""
    breaks_off = upper.text.rstrip().endswith(",") or any(is_month(word.text) for word in upper.words[-2:])
    return not upper.numeric and breaks_off and lower.kinds[0] is Kind.YEAR and abs(upper.x0 - lower.x0) < 2.5 * (upper.bottom - upper.top)
