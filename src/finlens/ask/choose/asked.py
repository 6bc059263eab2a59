"""The words, years and numbers of a question, and how telling each word is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from finlens.ask.when import MONTH_NUMBERS
from finlens.finance.words import plain, words

_YEAR = re.compile(r"(?<![\d$.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_STRETCH = re.compile(r"((?:19|20)\d\d)\s*[-/]\s*((?:19|20)?\d\d)\b")
_NUMBER = re.compile(r"(?<![\w.,])(\d[\d,]*\.?\d*)\s*(%)?")
_PERCENT = re.compile(r"percent|%|portion|fraction|share|part\b|pourcentage")
_CUTS = tuple(
    re.compile(form)
    for form in (
        r"\b(?:as an?|en) (?:%|percent(?:age)?|portion|fraction|pourcentage) (?:of|de|du|des)\b",
        r"\b(?:relative|compared|compare|versus|vs\.?|divided by|to that of|over|rapporte)\b",
        r"\b(?:ratio|rapport) .*? (?:to|sur|a)\b",
        r"\bout of\b",
        r"\brepresented by\b",
        r"\b(?:of|du) (?:the )?total\b",
        r"\b(?:to|sur)\b",
        r"\b(?:of|de|du|des)\b",
    )
)
_LIGHT_TEXT = """
total net amount value number year fiscal % change increase decrease difference ratio average growth rate million thousand
billion dollar between during ended portion sum much montant valeur annee exercice variation hausse baisse ecart taux moyenne
"""
LIGHT = frozenset(_LIGHT_TEXT.split())
"""Words that say what is to be done, or nothing: less telling than those that name a line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the chooser sees it."""

    text: str
    """Plain."""
    words: tuple[str, ...]
    place: Mapping[str, int]
    """Where each word first stands, counted in words."""
    weight: Mapping[str, float]
    """How telling each word is; years are no words here."""
    years: tuple[int, ...]
    """Earliest first."""
    months: frozenset[int]
    numbers: tuple[tuple[float, bool, str], ...]
    """Numbers that are no years: (value, whether in percent, as printed)."""
    cut: int | None
    """The word after which the second thing of a ratio is named: "x as a percentage of | y"."""
    in_percent: bool

    @property
    def whole(self) -> float:
        return sum(self.weight.values()) or 1.0

    def share(self, said: frozenset[str]) -> float:
        """How much of the question a set of words says, from 0 to 1."""
        return sum(self.weight[word] for word in said if word in self.weight) / self.whole


def asked(question: str, rarity: Mapping[str, float]) -> Asked:
    """A question with its words weighed by ``rarity``: see `rarity_of`."""
    text = plain(question)
    years = [int(year) for year in _YEAR.findall(text)]
    for first, last in _STRETCH.findall(text):
        years += [int(first), int(last) if len(last) == 4 else int(first) // 100 * 100 + int(last)]
    said = words(question)
    place: dict[str, int] = {}
    for number, word in enumerate(said):
        place.setdefault(word, number)
    return Asked(
        text,
        said,
        place,
        {word: weight_of(word, rarity) for word in place if not is_year(word)},
        tuple(sorted(set(years))),
        frozenset(MONTH_NUMBERS[word] for word in re.findall(r"[a-z]+", text) if word in MONTH_NUMBERS),
        tuple(_numbers(text)),
        next((len(words(text[: found.end()])) for found in (cut.search(text) for cut in _CUTS) if found), None),
        bool(_PERCENT.search(text)),
    )


def is_year(word: str) -> bool:
    return _YEAR.fullmatch(word) is not None


def years_in(text: str) -> frozenset[int]:
    return frozenset(int(year) for year in _YEAR.findall(text))


def weight_of(word: str, rarity: Mapping[str, float]) -> float:
    """How telling a word is; a word never seen is the most telling."""
    return rarity.get(word, rarity[""]) * (0.4 if word in LIGHT else 1.0)


def _numbers(text: str) -> list[tuple[float, bool, str]]:
    found = []
    for match in _NUMBER.finditer(text):
        digits = match[1].rstrip(".,").replace(",", "")
        if digits and not _YEAR.fullmatch(digits):
            found.append((float(digits), match[2] is not None, match[0]))
    return found
