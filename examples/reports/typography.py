"""Spaces as French typography asks for them around its punctuation, and places where words may be divided."""

from __future__ import annotations

import re

from reports.amounts import NARROW, NO_BREAK
from reports.press import SOFT_HYPHEN

VOWELS = "aeiouyàâéèêëîïôöùûü"
# French words divide before a consonant (or a pair that is one sound) with a vowel on both sides.
SYLLABLE = re.compile(rf"(?<=[{VOWELS}])(?=(?:[bcdfgpt][lr]|ch|ph|th|gn|qu|[bcdfgjklmnpqrstvz])[{VOWELS}])", re.IGNORECASE)
# English ones by the dictionary.
DIVIDED = (
    "instru-ments", "invest-ments", "opera-tions", "operat-ing", "expen-ditures", "deliv-eries", "calibra-tion", "cali-brated", "cus-tomer",
    "inven-tories", "soft-ware", "con-tracts", "gener-ation", "prod-ucts", "plat-form", "execu-tive", "divi-dends", "state-ments",
    "con-solidated", "prin-ciples", "deprecia-tion", "equip-ment", "manu-facture", "acquisi-tion", "develop-ment", "adminis-trative",
)  # fmt: skip
ENGLISH = {word.replace("-", ""): word.replace("-", SOFT_HYPHEN) for word in DIVIDED}


def french(text: str) -> str:
    """Ordinary spaces become no-break ones inside « », before : ; ! ? between thousands, and before units."""
    text = re.sub(r"« ", f"«{NO_BREAK}", text)
    text = re.sub(r" (»|:)", NO_BREAK + r"\1", text)
    text = re.sub(r" ([;!?])", NARROW + r"\1", text)
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NO_BREAK, text)
    return re.sub(r"(?<=\d) (%|€|k€|M€)", NO_BREAK + r"\1", text)


def divide_french(text: str) -> str:
    """Soft hyphens in words of seven letters and more, three letters at least before and four after, for a mute syllable is not set off."""

    def divided(match: re.Match[str]) -> str:
        word = match[0]
        cuts = [cut.start() for cut in SYLLABLE.finditer(word) if 3 <= cut.start() <= len(word) - 4]
        for cut in reversed(cuts):
            word = word[:cut] + SOFT_HYPHEN + word[cut:]
        return word

    return re.sub(r"(?<![’\w-])[a-zà-ü]{7,}", divided, text)


def divide_english(text: str) -> str:
    """Soft hyphens in the words of the list."""
    return re.sub(r"[a-z]{7,}", lambda match: ENGLISH.get(match[0], match[0]), text)
