"""Which pages of a long document a question is about: four rankings of its passages, fused.

A page may be found by one passage that says the question's words, by several that share them, by its words as a whole, or by
passages of like meaning (`finance.embedding`). Each way ranks the pages; a page's score is the sum of weight ÷ (10 + its rank).

Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual rank learning methods" (2009).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from finlens.finance.embedding import word_vectors
from finlens.search.bm25 import BM25

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_LOOKED_AT = 200
"""Passages that each way ranks."""
_RANKED = 40
"""Pages of each ranking that count."""
_FLATTEN = 10
_TOGETHER = 3
"""Passages of one page whose scores add up."""
_UNSEEN = 3.0
"""Rarity of a word of the question that no passage has."""
_WEIGHTS = {"one passage": 1.0, "several": 1.0, "whole page": 0.5, "meaning": 0.3}


class PageIndex:
    """The pages of one document by their passages."""

    def __init__(self, pages: Sequence[int], words: Sequence[tuple[str, ...]], passages: BM25) -> None:
        """``pages`` and ``words`` are those of each passage, in the order of ``passages``."""
        self._page = pages
        self._words = words
        self._passages = passages

    def search(self, query: Mapping[str, float], *, limit: int) -> list[int]:
        """Numbers of the best passage of each of the best pages, best page first.

        Args:
            query: Words with how much each counts.
            limit: How many pages at most.
        """
        found = self._passages.search(query, limit=_LOOKED_AT)
        like = self._alike(query)
        best: dict[int, int] = {}
        for number, _ in (*found, *like):
            best.setdefault(self._page[number], number)
        if len(best) <= 1:
            return list(best.values())[:limit]
        fused: defaultdict[int, float] = defaultdict(float)
        rankings = {"one passage": _by_best(found, self._page), "several": _by_sum(found, self._page)}
        rankings |= {"whole page": self._whole(query), "meaning": _by_best(like, self._page)}
        for way, ranked in rankings.items():
            for rank, page in enumerate(ranked[:_RANKED]):
                fused[page] += _WEIGHTS[way] / (_FLATTEN + rank)
        return [best[page] for page in sorted(fused, key=lambda page: (-fused[page], page)) if page in best][:limit]

    @cached_property
    def _pages(self) -> tuple[list[int], BM25]:
        """The pages that have passages, and their words as a whole."""
        whole: dict[int, list[str]] = {}
        for page, words in zip(self._page, self._words, strict=True):
            whole.setdefault(page, []).extend(words)
        return list(whole), BM25(whole.values())

    def _whole(self, query: Mapping[str, float]) -> list[int]:
        numbers, index = self._pages
        return [numbers[at] for at, _ in index.search(query, limit=_RANKED)]

    @cached_property
    def _vectors(self) -> Array:
        """Passages × dimensions: the rarity-weighted sum of each passage's different words, of length 1."""
        import numpy as np

        known = word_vectors().words
        found = np.zeros((len(self._words), len(next(iter(known.values())))), np.float32)
        for word, point in known.items():
            passages = self._passages.having(word)
            if passages:
                found[passages] += point * np.float32(self._passages.rarity(word))
        unit: Array = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
        return unit

    def _alike(self, query: Mapping[str, float]) -> list[tuple[int, float]]:
        """Passages with their likeness in meaning to the query, likest first."""
        import numpy as np

        asked = word_vectors().of_texts([tuple(query)], lambda word: query[word] * (self._passages.rarity(word) or _UNSEEN))[0]
        if not asked.any():
            return []
        likeness = self._vectors @ asked
        return [
            (int(number), float(likeness[number])) for number in np.argsort(-likeness, kind="stable")[:_LOOKED_AT] if likeness[number] > 0
        ]


def _by_best(found: Sequence[tuple[int, float]], page_of: Sequence[int]) -> list[int]:
    """Pages in the order of their best passage; ``found`` is best first."""
    return list(dict.fromkeys(page_of[number] for number, _ in found))


def _by_sum(found: Sequence[tuple[int, float]], page_of: Sequence[int]) -> list[int]:
    """Pages by the sum of their best few passages."""
    scores: defaultdict[int, list[float]] = defaultdict(list)
    for number, score in found:
        scores[page_of[number]].append(score)
    sums = {page: sum(found_there[:_TOGETHER]) for page, found_there in scores.items()}
    return sorted(sums, key=lambda page: (-sums[page], page))
