"""Running heads and feet: lines that come back on page after page at one height, and bare page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from finlens.documents import Word
from finlens.extract.base import RawPage

_DIGITS = re.compile(r"\d+")
MARGIN = 0.12
"""Share of the page's height, at the top and at the bottom, in which furniture stands."""


def _in_margin(word: Word, page: RawPage) -> bool:
    middle = (word.top + word.bottom) / 2
    return middle < MARGIN * page.height or middle > (1 - MARGIN) * page.height


def _key(word: Word) -> tuple[str, int, int]:
    return _DIGITS.sub("#", word.text), round(word.x0 / 6), round(word.top / 6)


def furniture_of(pages: Sequence[RawPage]) -> set[tuple[str, int, int]]:
    """Keys of the words that are furniture of this document; a page of its own has none."""
    if len(pages) < 2:
        return set()
    seen: Counter[tuple[str, int, int]] = Counter()
    for page in pages:
        seen.update({_key(word) for word in page.words if _in_margin(word, page)})
    least = max(2, len(pages) // 12)
    return {key for key, count in seen.items() if count >= least}


def is_furniture(words: Sequence[Word], page: RawPage, known: set[tuple[str, int, int]]) -> bool:
    """Whether a line is a running head or foot, or nothing but a page number."""
    if not all(_in_margin(word, page) for word in words):
        return False
    text = "".join(word.text for word in words)
    if len(text) <= 9 and _DIGITS.sub("", text).strip("-–—.()/pP ageof") == "":
        return True
    return sum(_key(word) in known for word in words) >= 0.6 * len(words)
