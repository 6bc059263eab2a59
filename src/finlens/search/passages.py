"""A document as passages: paragraphs and rows of tables, each with its page, box, heading and scale, ready to be found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from finlens.documents import Box, Cell, Document, Source, Table, union
from finlens.documents.names import unit_in_words
from finlens.finance.words import words
from finlens.search.bm25 import BM25
from finlens.search.pages import PageIndex
from finlens.search.synonyms import widened

_LONGEST = 1200  # characters of a passage: longer paragraphs are cut between sentences
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\"’%][.!?])\s+(?=[A-Z“\"(À-Ý])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that may answer a question."""

    text: str
    source: Source
    kind: Literal["prose", "heading", "row"]
    table: int | None = None
    row: int | None = None
    section: str = ""
    """The heading that it stands under; for a row, the caption of its table."""
    scale: str = ""
    """What a row's figures are in: "USD millions"; "" for prose."""

    @property
    def page(self) -> int:
        return self.source.page


class PassageIndex:
    """The passages of one document, ready to be searched."""

    def __init__(self, document: Document) -> None:
        self.passages = tuple(passages_of(document))
        self._words = [words(passage.text) for passage in self.passages]
        self._index = BM25(self._words)

    @cached_property
    def _pages(self) -> PageIndex:
        return PageIndex([passage.page for passage in self.passages], self._words, self._index)

    def search(self, question: str, *, limit: int = 10) -> list[tuple[Passage, float]]:
        """The passages nearest to a question, best first."""
        found = self._index.search(widened(words(question)), limit=limit)
        return [(self.passages[number], score) for number, score in found]

    def places(self, asked: Sequence[str], *, limit: int = 5) -> list[Passage]:
        """The best passage of each of the pages nearest to a question, best page first.

        Args:
            asked: Comparable words of the question, the company's name and the periods left out.
            limit: How many pages at most.
        """
        return [self.passages[number] for number in self._pages.search(widened(asked, far=True), limit=limit)]

    def rarity(self, word: str) -> float:
        return self._index.rarity(word)


def passages_of(document: Document) -> Iterator[Passage]:
    """Paragraphs in reading order (running heads and feet left out), then the rows of every table."""
    section = ""
    for page in document.pages:
        for block in page.blocks:
            if block.role in ("header", "footer", "table") or not block.text.strip():
                continue
            source = Source(document.sha256, page.number, block.box, "layout")
            kind: Literal["prose", "heading"] = "heading" if block.role == "heading" else "prose"
            if kind == "heading":
                section = " ".join(block.text.split())
            for text in _pieces(block.text):
                yield Passage(text, source, kind, section=section)
    for number, table in enumerate(document.tables):
        yield from _rows(number, table)


def _rows(number: int, table: Table) -> Iterator[Passage]:
    for row, cells in enumerate(table.rows()):
        present = [cell for cell in cells if cell is not None]
        if not present:
            continue
        first = present[0].source
        box: Box | None = union(cell.box for cell in present if cell.box is not None and cell.source.page == first.page)
        source = Source(first.document, first.page, box, first.reader, min(cell.source.confidence for cell in present))
        caption = f"{table.caption}: " if table.caption else ""
        text = caption + " | ".join(cell.text for cell in present)
        yield Passage(text, source, "row", number, row, table.caption, _scale(present))


def _scale(cells: Sequence[Cell]) -> str:
    amount = next((cell.amount for cell in cells if cell.amount is not None and cell.amount.value is not None), None)
    return "" if amount is None else unit_in_words(amount.unit, amount.scale)


def _pieces(text: str) -> Iterator[str]:
    if len(text) <= _LONGEST:
        yield text
        return
    piece = ""
    for sentence in sentences(text):
        if piece and len(piece) + len(sentence) > _LONGEST:
            yield piece
            piece = ""
        piece = f"{piece} {sentence}".strip()
    yield piece


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, as printed; abbreviations inside a sentence rarely start with a capital after them."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]
