"""Whether the text that a page carries is the text that it shows, and where it has to be read from its picture instead.

A text layer can be missing, garbled (codes without a meaning, or shifted to other letters), or only a scanner's guess
hidden under a picture. Reading such a layer would give wrong numbers with full confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from finlens.documents import Box, Word
from finlens.extract.base import RawPage

MAX_UNMAPPED = 0.10
"""Share of meaningless characters from which on a page's text is not believed."""
_SOME_OUTLINES, _MANY_OUTLINES = 12, 120  # curved shapes on a page without words, and beside a few
_SCAN = 0.6  # of the page's area: a picture this large is the page itself
_REGION = 0.03  # of the page's area: a smaller picture is a logo
_REGION_SIDES = (90.0, 36.0)  # points
_STRAY_WORDS = 25
"""A scan may carry a stamped line of real text: a page number, "Received", a file name."""
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")
_VOWEL = re.compile(r"[aeiouyAEIOUYà-åè-ïò-öù-ýÀ-ÅÈ-ÏÒ-ÖÙ-Ý]")
_LEAST_LETTERS, _LEAST_ALPHABET = 120, 9
_LEAST_VOWELS = 0.22
# Words of English, French, German, Spanish, Portuguese and Italian that hardly a page goes without.
_COMMON = frozenset(
    (
        "the",
        "of",
        "and",
        "to",
        "in",
        "for",
        "a",
        "is",
        "on",
        "by",
        "as",
        "or",
        "de",
        "la",
        "le",
        "les",
        "des",
        "et",
        "en",
        "du",
        "au",
        "un",
        "une",
        "pour",
        "sur",
        "par",
        "der",
        "die",
        "und",
        "das",
        "den",
        "von",
        "mit",
        "el",
        "los",
        "y",
        "del",
        "que",
        "e",
        "o",
        "da",
        "do",
        "di",
        "il",
    )
)


@dataclass(frozen=True, slots=True)
class Need:
    """What OCR has to look at on a page, and why."""

    whole: bool = False
    regions: tuple[Box, ...] = ()
    why: str = ""

    def __bool__(self) -> bool:
        return self.whole or bool(self.regions)


NOTHING = Need()


def what_to_recognise(page: RawPage) -> Need:
    """The page, parts of it, or nothing."""
    area = page.width * page.height
    if not area:
        return NOTHING
    largest = max((box.area for box in page.images), default=0.0) / area
    covered = min(1.0, sum(box.area for box in page.images) / area)
    if not page.words:
        inked = covered > 0.01 or page.outlines >= _SOME_OUTLINES
        return Need(whole=True, why="no text layer") if inked else NOTHING
    if page.unmapped_share > MAX_UNMAPPED:
        return Need(whole=True, why="characters without a meaning")
    if is_garbled(page.words):
        return Need(whole=True, why="letters that make no words")
    hidden = page.invisible_words > 0.5 * len(page.words)
    if covered > _SCAN and not hidden and len(page.words) <= _STRAY_WORDS:
        return Need(whole=True, why="a scan with a few printed words")
    if page.outlines >= _MANY_OUTLINES and len(page.words) <= _STRAY_WORDS and not hidden:
        return Need(whole=True, why="text drawn as outlines")
    if hidden or largest > _SCAN:
        return NOTHING  # a plausible hidden layer, or text printed over a background
    regions = tuple(box for box in page.images if _may_hold_text(box, area, page.words))
    return Need(regions=regions, why="pictures beside text") if regions else NOTHING


def _may_hold_text(box: Box, area: float, words: Iterable[Word]) -> bool:
    width, height = _REGION_SIDES
    if box.width < width or box.height < height or not _REGION * area <= box.area:
        return False
    return sum(1 for word in words if box.holds_point((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)) <= 2


def is_garbled(words: Iterable[Word]) -> bool:
    """Whether Latin letters stand in an order that no language uses, as with a font that shifts its codes."""
    texts = [word.text for word in words]
    letters = "".join(_LATIN.findall("".join(texts)))
    if len(letters) < _LEAST_LETTERS or len(set(letters)) < _LEAST_ALPHABET:
        return False
    if len(_VOWEL.findall(letters)) >= _LEAST_VOWELS * len(letters):
        return False
    return not any(text.lower().strip(".,;:()") in _COMMON for text in texts)
