"""Running heads and feet: lines that come back on page after page at one height, and bare page numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from finlens.documents import Word
from finlens.extract.base import RawPage

WordKey = tuple[str, int, int]
"""A word, its digits blotted out, and about where it stands."""
_DIGITS = re.compile(r"\d+")
MARGIN = 0.12
"""Share of the page's height, at the top and at the bottom, in which furniture stands."""


def _in_margin(word: Word, page: RawPage) -> bool:
    middle = (word.top + word.bottom) / 2
    return (middle < MARGIN * page.height or middle > (1 - MARGIN) * page.height) and math.isfinite(word.x0 + word.top)


def _key(word: Word) -> WordKey:
    return _DIGITS.sub("#", word.text), round(word.x0 / 6), round(word.top / 6)


def furniture_of(pages: Sequence[RawPage]) -> set[WordKey]:
    """Keys of the words that are furniture of this document; a page of its own has none."""
    return furniture_in(margin_words(pages), len(pages))


def margin_words(pages: Sequence[RawPage]) -> Counter[WordKey]:
    """On how many of these pages each word stands in a margin."""
    seen: Counter[WordKey] = Counter()
    for page in pages:
        seen.update({_key(word) for word in page.words if _in_margin(word, page)})
    return seen


def furniture_in(seen: Counter[WordKey], pages: int) -> set[WordKey]:
    """The words of margins that come back often enough on so many pages."""
    if pages < 2:
        return set()
    least = max(2, pages // 12)
    return {key for key, count in seen.items() if count >= least}


def is_furniture(words: Sequence[Word], page: RawPage, known: set[WordKey]) -> bool:
    """Whether a line is a running head or foot, or nothing but a page number."""
    if not all(_in_margin(word, page) for word in words):
        return False
    text = "".join(word.text for word in words)
    if len(text) <= 9 and _DIGITS.sub("", text).strip("-–—.()/pP ageof") == "":
        return True
    return sum(_key(word) in known for word in words) >= 0.6 * len(words)
