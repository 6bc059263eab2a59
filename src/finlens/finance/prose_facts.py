"""Figures of sentences as facts: what they are about, when, in which unit, and where each stands on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finlens.documents import Amount, Block, Box, Document, Fact, Line, Page, Source, union
from finlens.finance.kinds import kind_of_label
from finlens.finance.numerals import DIGIT
from finlens.finance.phrases import label_of, without_change
from finlens.finance.prose import find_amounts
from finlens.finance.prose_time import Times, periods_of_figures, times_in
from finlens.finance.setting import Setting, in_dollars_of

_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÀ-Ý«“\"(])")
_UNFINISHED = re.compile(r"[\w,$€£%)–-]")
LIST = re.compile(r"\s*(?:,|;|and|or|,\s*and|,\s*or|et|ou|/|to|à|–|-)\s*(?:approximately|about|environ)?\s*", re.I)
_PER_SHARE_BEFORE = re.compile(
    r"\b(?:par|stated) value(?: of)?\W*$|\b(?:average|closing|market|exercise|strike|conversion|purchase|stock|"
    r"share)\s+prices?\b|\bper[- ]share\b|\bpar action\b",
    re.I,
)
_PER_SHARE_AFTER = re.compile(
    r"\W*(?:par value|stated value|(?:for|on) each (?:share|action)|de valeur nominale|per (?:\w+ ){0,3}(?:share|unit|stock)\b)", re.I
)
_SHARES_AFTER = re.compile(
    r"(?:\s*(?:,|and|or|,\s*and)\s*[\d,.]*\d(?: (?:million|billion|thousand))?){0,3}\s*(?:[a-z][\w-]* ){0,4}?(?:shares|awards|"
    r"units|options|rsus|psus|warrants|actions|authorized|issued)\b",
    re.I,
)
_SHARES_BEFORE = re.compile(r"\bshares? (?:authorized|issued|outstanding|held|repurchased)\b[^.;$€]{0,40}$", re.I)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block of a paragraph and where its text begins in the paragraph's."""

    page: Page
    block: Block
    at: int


def prose_facts(document: Document, setting: Setting) -> Iterator[Fact]:
    """Figures of sentences that have a unit; running heads, tables and pictures are no sentences."""
    for text, pieces in _paragraphs(document):
        if len(text) < 12 or not DIGIT.search(text):
            continue
        start = 0
        for end in [*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]:
            sentence = text[start:end].strip()
            if DIGIT.search(sentence):
                offset = start + (len(text[start:end]) - len(text[start:end].lstrip()))
                yield from _sentence_facts(document, pieces, sentence, offset, setting)
            start = end


def _paragraphs(document: Document) -> Iterator[tuple[str, tuple[_Piece, ...]]]:
    """Each paragraph's text and its blocks; one that was cut by a page's end or a table is put together."""
    text, pieces = "", []  # type: ignore[var-annotated]
    for page in document.pages:
        for block in page.blocks:
            if block.role in ("table", "header", "footer") or not block.lines:
                continue
            own = block.text
            if pieces and _goes_on(text, own, pieces[-1].block, block):
                pieces.append(_Piece(page, block, len(text) + 1))
                text = f"{text} {own}"
                continue
            if pieces:
                yield text, tuple(pieces)
            text, pieces = own, [_Piece(page, block, 0)]
    if pieces:
        yield text, tuple(pieces)


def _goes_on(text: str, following: str, before: Block, block: Block) -> bool:
    """Whether a block takes up the sentence that the one before it broke off."""
    if before.role != block.role or block.role not in ("body", "footnote", "list") or not _UNFINISHED.match(text[-1:]):
        return False
    return len(before.lines[-1].text) > _LONG_LINE and following[:1].islower()


_LONG_LINE = 40  # characters; a shorter line is a title or ends its paragraph


def _sentence_facts(document: Document, pieces: Sequence[_Piece], sentence: str, offset: int, setting: Setting) -> Iterator[Fact]:
    amounts = figures_with_unit(sentence, setting, _scale_of_page(pieces, setting))
    if not amounts:
        return
    times = times_in(sentence, setting.locale)
    periods = periods_of_figures(sentence, amounts, times, setting.calendar)
    labels = labels_of(sentence, amounts, times)
    for (start, end, amount), period, label in zip(amounts, periods, labels, strict=True):
        source = _place(document, pieces, offset + start, offset + end)
        yield Fact(label, (label,), (), amount, period, source, context=sentence)


def figures_with_unit(sentence: str, setting: Setting, scale: Decimal | None = None) -> list[tuple[int, int, Amount]]:
    """The figures of a sentence that have a unit, by their own signs or by the words around them.

    ``scale`` is that of every amount of money on the page which says none itself.
    """
    found = find_amounts(sentence, locale=setting.locale)
    kept: list[tuple[int, int, Amount]] = []
    for at, (start, end, amount) in enumerate(found):
        before = found[at - 1][1] if at else 0
        resolved = _resolved(sentence, start, end, before, amount, kept[-1] if kept else None)
        if resolved.unit is None:
            continue
        if scale is not None and resolved.scale == 1 and resolved.unit == resolved.currency and resolved.decimals < 2:
            resolved = replace(resolved, scale=scale)
        kept.append((start, end, in_dollars_of(resolved, setting)))
    return kept


def _resolved(sentence: str, start: int, end: int, before: int, amount: Amount, last: tuple[int, int, Amount] | None) -> Amount:
    """The amount with what the words around it say: a price is per share, "6 million options" are a count."""
    ahead = sentence[before:start]
    if amount.decimals >= 2 and amount.scale == 1 and amount.unit is not None and amount.unit == amount.currency:
        goes_on = last is not None and last[2].unit == f"{amount.unit}/share" and LIST.fullmatch(sentence, last[1], start)
        said = _PER_SHARE_BEFORE.search(ahead[-60:]) or kind_of_label(" ".join(ahead.split()[-12:])) == "per share"
        if goes_on or said or _PER_SHARE_AFTER.match(sentence, end):
            return replace(amount, unit=f"{amount.unit}/share")
    if amount.unit is None:
        goes_on = last is not None and last[2].unit == "shares" and LIST.fullmatch(sentence, last[1], start)
        if (
            goes_on
            or _SHARES_AFTER.match(sentence, end)
            or _SHARES_BEFORE.search(ahead)
            or (amount.scale != 1 and kind_of_label(" ".join(ahead.split()[-14:])) == "shares")
        ):
            return replace(amount, unit="shares")
    return amount


def labels_of(sentence: str, amounts: Sequence[tuple[int, int, Amount]], times: Sequence[Times]) -> list[str]:
    """For each figure the noun phrase that it is about; figures of one list share it, and one that has none takes the last."""
    extents = [(found.start, found.end) for found in times]
    labels: list[str] = []
    first = 0
    for at, (start, _, _) in enumerate(amounts):
        if at and _listed(sentence, amounts, at):
            labels.append(labels[-1])
            continue
        first = at
        last = at
        while last + 1 < len(amounts) and _listed(sentence, amounts, last + 1):
            last += 1
        before = amounts[first - 1][1] if first else 0
        label = label_of(sentence, start, amounts[last][1], before, extents)
        if not label and labels:  # "revenue rose 8 % to $12.3 billion"
            label = without_change(labels[-1]) if sentence[before:start].split()[:1] in (["to"], ["à"]) else labels[-1]
        labels.append(label)
    return labels


def _listed(sentence: str, amounts: Sequence[tuple[int, int, Amount]], at: int) -> bool:
    """Whether a figure goes on with the list of the one before it."""
    same = amounts[at - 1][2].unit == amounts[at][2].unit
    return same and LIST.fullmatch(sentence, amounts[at - 1][1], amounts[at][0]) is not None


def _scale_of_page(pieces: Sequence[_Piece], setting: Setting) -> Decimal | None:
    return setting.scale_of_pages.get(pieces[0].page.number)


def _place(document: Document, pieces: Sequence[_Piece], start: int, end: int) -> Source:
    """The words of a paragraph that cover the characters ``start`` to ``end``: those on the line of the first digit."""
    piece = next(piece for piece in reversed(pieces) if piece.at <= start)
    page, at = piece.page, piece.at
    reader = page.words[0].origin.reader if page.words else "parts"
    boxes: list[Box] = []
    for position, line in enumerate(piece.block.lines):
        length = _length_in_text(piece.block, position, line)
        if at < end and start < at + length:
            on_line = _word_boxes(page, line, start - at, end - at) or ([line.box] if line.box else [])
            boxes = on_line if boxes and not DIGIT.search(line.text[: max(0, start - at)] or line.text) else boxes or on_line
        at += length
    return Source(document.sha256, page.number, union(boxes), reader)


def _length_in_text(block: Block, position: int, line: Line) -> int:
    """How many characters a line takes in `Block.text`, which mends words cut at a line's end."""
    following = block.lines[position + 1].text[:1] if position + 1 < len(block.lines) else ""
    cut = line.text.endswith("-") and line.text[-2:-1].islower() and following.islower()
    return len(line.text) - 1 if cut else len(line.text) + 1


def _word_boxes(page: Page, line: Line, start: int, end: int) -> list[Box]:
    found: list[Box] = []
    at = 0
    for word in page.words[line.first : line.last]:
        where = line.text.find(word.text, at)
        if where < 0:
            return []
        if where < end and start < where + len(word.text):
            found.append(word.box)
        at = where + len(word.text)
    return found
