"""Running heads and feet: lines that come back on page after page at one height, and bare page numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from finlens.documents import Word
from finlens.extract.base import RawPage
from finlens.extract.tables.lines import TextLine

WordKey = tuple[str, int, int]
"""A word, its digits blotted out, and about where it stands."""
_DIGITS = re.compile(r"\d+")
MARGIN = 0.12
"""Share of the page's height, at the top and at the bottom, in which furniture stands."""


def _in_margin(word: Word, page: RawPage) -> bool:
    middle = (word.top + word.bottom) / 2
    return (middle < MARGIN * page.height or middle > (1 - MARGIN) * page.height) and math.isfinite(word.x0 + word.top)


def _key(word: Word) -> WordKey:
    text = word.text
    return text if text.isalpha() else _DIGITS.sub("#", text), round(word.x0 / 6), round(word.top / 6)


def furniture_of(pages: Sequence[RawPage]) -> set[WordKey]:
    """Keys of the words that are furniture of this document; a page of its own has none."""
    return furniture_in(margin_words(pages), len(pages))


def margin_words(pages: Sequence[RawPage]) -> Counter[WordKey]:
    """On how many of these pages each word stands in a margin."""
    seen: Counter[WordKey] = Counter()
    for page in pages:
        upper, lower = 2 * MARGIN * page.height, 2 * (1 - MARGIN) * page.height
        outer = [word for word in page.words if not upper <= word[2] + word[4] <= lower]
        seen.update({_key(word) for word in outer if _in_margin(word, page)})
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
    return is_page_number(words) or sum(_key(word) in known for word in words) >= 0.6 * len(words)


def is_page_number(words: Sequence[Word]) -> bool:
    """Whether words say a page's number and nothing else: "44", "- 44 -", "page 3 of 9"."""
    text = "".join(word.text for word in words)
    return len(text) <= 9 and _DIGITS.sub("", text).strip("-–—.()/pP ageof") == ""


def without_page_number(lines: list[TextLine], page: RawPage) -> list[TextLine]:
    """The lines without a bare page number that stands apart as the first or the last of its page."""
    if len(lines) < 3:
        return lines
    start = 1 if _is_apart(lines[0], lines[1].top - lines[0].bottom, page) else 0
    end = len(lines) - 1 if _is_apart(lines[-1], lines[-1].top - lines[-2].bottom, page) else len(lines)
    return lines[start:end]


def _is_apart(line: TextLine, white: float, page: RawPage) -> bool:
    return all(_in_margin(word, page) for word in line.words) and white > 0.6 * line.em and is_page_number(line.words)
