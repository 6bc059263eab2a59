"""BM25 over short texts: which passages or rows share the rarest words with a question.

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the usual k1 = 1.2, b = 0.6
(rows and paragraphs differ in length by design, so length is discounted a little less than for web pages).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

_K1 = 1.2
_B = 0.6


class BM25:
    """An inverted index over lists of words."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._lengths: list[int] = []
        for number, text in enumerate(texts):
            self._lengths.append(len(text))
            for word, count in Counter(text).items():
                self._postings[word].append((number, count))
        self._mean = (sum(self._lengths) / len(self._lengths) or 1.0) if self._lengths else 1.0

    def __len__(self) -> int:
        return len(self._lengths)

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word, 0 for one that stands nowhere."""
        found = len(self._postings.get(word, ()))
        return math.log(1 + (len(self._lengths) - found + 0.5) / (found + 0.5)) if found else 0.0

    def having(self, word: str) -> list[int]:
        """Numbers of the texts that have a word."""
        return [number for number, _ in self._postings.get(word, ())]

    def search(self, query: Mapping[str, float], *, limit: int = 20) -> list[tuple[int, float]]:
        """Numbers of the best texts with their scores, best first. ``query``: words with how much each counts."""
        scores: defaultdict[int, float] = defaultdict(float)
        for word, weight in query.items():
            rarity = self.rarity(word) * weight
            for number, count in self._postings.get(word, ()):
                norm = _K1 * (1 - _B + _B * self._lengths[number] / self._mean)
                scores[number] += rarity * count * (_K1 + 1) / (count + norm)
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
