"""A document as passages: paragraphs and rows of tables, each with its page and box, found by BM25."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from finlens.documents import Box, Document, Source, Table, union
from finlens.finance.words import words
from finlens.search.bm25 import BM25
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

    @property
    def page(self) -> int:
        return self.source.page


class PassageIndex:
    """The passages of one document, ready to be searched."""

    def __init__(self, document: Document) -> None:
        self.passages = tuple(passages_of(document))
        self._index = BM25(words(passage.text) for passage in self.passages)

    def search(self, question: str, *, limit: int = 10) -> list[tuple[Passage, float]]:
        """The passages nearest to a question, best first."""
        found = self._index.search(widened(words(question)), limit=limit)
        return [(self.passages[number], score) for number, score in found]

    def rarity(self, word: str) -> float:
        return self._index.rarity(word)


def passages_of(document: Document) -> Iterator[Passage]:
    """Paragraphs in reading order (running heads and feet left out), then the rows of every table."""
    for page in document.pages:
        for block in page.blocks:
            if block.role in ("header", "footer", "table") or not block.text.strip():
                continue
            source = Source(document.sha256, page.number, block.box, "layout")
            kind: Literal["prose", "heading"] = "heading" if block.role == "heading" else "prose"
            for text in _pieces(block.text):
                yield Passage(text, source, kind)
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
        yield Passage(caption + " | ".join(cell.text for cell in present), source, "row", number, row)


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
