"""English or French, by the small words that no text can do without."""

from __future__ import annotations

import re
from typing import Literal

from finlens.finance.vocabulary import word_set

Language = Literal["en", "fr", ""]

_ENGLISH = word_set("the of and to in for that is are as by with on or our we from be at which this has have was were an its not")
_FRENCH = word_set(
    "le la les des de du et en pour que est sont au aux par avec sur ou nous une un dans qui ce cette ont été leur ses ne pas plus d l"
)
_WORD = re.compile(r"[a-zàâçéèêëîïôûùüœ]+")
_ENOUGH = 60_000  # characters


def guess_language(text: str) -> Language:
    """The language, "en" or "fr"; nothing where the text is too short or in another one."""
    english = french = words = 0
    for word in _WORD.findall(text[:_ENOUGH].lower()):
        words += 1
        if word in _ENGLISH:
            english += 1
        elif word in _FRENCH:
            french += 1
    most, least = max(english, french), min(english, french)
    # German, Dutch or Spanish share a few of these words, but never a sixth of a text.
    if most < 2 or most < 1.5 * least or most < words / 12:
        return ""
    return "en" if english > french else "fr"
