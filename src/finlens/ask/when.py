# ruff: noqa: E501 (a sentence form is read as one line; broken up it could not be compared with its neighbours)
"""Which periods a question means, and whether a column of the document is one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from finlens.documents import Period

MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv", "february feb fevrier fevr", "march mar mars", "april apr avril avr", "may mai", "june jun juin",
            "july jul juillet juil", "august aug aout", "september sept sep septembre", "october oct octobre", "november nov novembre", "december dec decembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "premier": 1,
    "deuxieme": 2,
    "troisieme": 3,
    "quatrieme": 4,
    "1er": 1,
    "2e": 2,
    "3e": 3,
    "4e": 4,
}
_MONTH = "(?P<month>" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT = r"(?P<short>\d\d)"
_ORDINAL = "(?P<ordinal>" + "|".join(_ORDINALS) + ")"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*{_YEAR}\b",
        rf"\b(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s*{_MONTH}\s*,?\s*{_YEAR}\b",
        rf"\b(?P<day>\d{{1,2}})/(?P<month_number>\d{{1,2}})/{_YEAR}\b",
        rf"\bq(?P<quarter>[1-4])\s*(?:of\s+)?(?:fiscal\s+)?(?:fy\s*)?(?:{_YEAR}|'?{_SHORT}\b)",
        rf"\b(?:t|(?P<dummy>))(?P<quarter>[1-4])\s+{_YEAR}\b",
        rf"\b{_YEAR}\s*-?\s*q(?P<quarter>[1-4])\b",
        rf"\b(?P<quarter>[1-4])[qt]\s*'?(?:{_YEAR}|{_SHORT}\b)",
        rf"\b{_ORDINAL}\s+(?:fiscal\s+)?(?:quarter|trimestre)(?:\s+(?:of|ended|in|de|du))?\s*(?:the\s+)?(?:fiscal\s+)?(?:year\s+)?(?:fy\s*)?{_YEAR}\b",
        rf"\b{_MONTH}[\s-]+(?:of\s+)?{_YEAR}\b",
        rf"\b(?:fy|f)\s?'?(?:{_YEAR}|{_SHORT}\b)",
        rf"\b(?P<first_year>(?:19|20)\d\d)/(?:(?P<year>(?:19|20)\d\d)|{_SHORT})\b",
        rf"(?<![\d$€£.,/]){_YEAR}(?![\d%]|[.,]\d|/\d)",
    )
)
_DATE_WITHOUT_YEAR = re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})\b|\b(?P<day2>\d{{1,2}})\s+{_MONTH.replace('month', 'month2')}(?!\w)")
_BARE_QUARTER = re.compile(rf"\b(?:{_ORDINAL}\s+(?:fiscal\s+)?quarter|q(?P<quarter>[1-4]))\b")
_ELLIPTIC_QUARTER = re.compile(rf"\b{_ORDINAL}(?=\s+(?:and|to|or|et)\s+(?:the\s+)?(?:\w+)\s+(?:fiscal\s+)?quarters?\b)")
_RELATIVE = (
    (re.compile(r"\b(?:prior|previous|preceding|last)\s+(?:fiscal\s+|financial\s+)?(?:year|period)\b|\bexercice precedent\b|\bannee precedente\b|\bn-1\b|\byear before\b"), -1),
    (re.compile(r"\b(?:current|latest|most recent|this)\s+(?:fiscal\s+|financial\s+)?(?:year|period)\b|\bexercice en cours\b|\bdernier exercice\b|\bcette annee\b|\bl'exercice n\b|\bannee n\b"), 0),
)  # fmt: skip


_CAN_NAME_ONE = re.compile(
    r"\d|quarter|trimestre|prior|previous|preceding|last|current|latest|recent|this|precedent|en cours|dernier|cette annee|exercice n|year before"
)


@dataclass(frozen=True, slots=True)
class When:
    """A period as a question names it."""

    raw: str
    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    day: int | None = None
    relative: int | None = None
    """0 the latest period of the document, -1 the one before."""
    place: tuple[int, int] = (0, 0)
    """Where in the plain question it stands."""

    @property
    def order(self) -> tuple[int, int, int, int]:
        return (self.year or (self.relative or 0), self.quarter or 0, self.month or 0, self.day or 0)


def all_mentions(text: str) -> list[When]:
    """Every period that a question names, repeated ones too, in its order; ``text`` must be `plain`."""
    if not _CAN_NAME_ONE.search(text):
        return []
    found: list[When] = []
    taken = [False] * len(text)

    def take(match: re.Match[str], when: When) -> None:
        if not any(taken[match.start() : match.end()]):
            found.append(when)
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())

    for form in _FORMS:
        for match in form.finditer(text):
            take(match, _when(match))
    years = sorted({when.year for when in found if when.year})
    only_year = years[0] if len(years) == 1 else None
    if len(years) < 2:  # "at 31 March in 2019 from 2018" names a line, not a day
        for match in _DATE_WITHOUT_YEAR.finditer(text):
            named = match.groupdict()
            month, day = named["month"] or named["month2"], named["day"] or named["day2"]
            take(match, When(match.group(), only_year, month=MONTH_NUMBERS[month], day=int(day), place=match.span()))
    for pattern in (_ELLIPTIC_QUARTER, _BARE_QUARTER):
        for match in pattern.finditer(text):
            number = match.groupdict().get("quarter")
            take(match, When(match.group(), only_year, quarter=int(number) if number else _ORDINALS[match["ordinal"]], place=match.span()))
    for pattern, relative in _RELATIVE:
        for match in pattern.finditer(text):
            take(match, When(match.group(), relative=relative, place=match.span()))
    found.sort(key=lambda when: when.place)
    for at in range(1, len(found)):  # "in Q4 2019 and 2018": both are fourth quarters
        before, this = found[at - 1], found[at]
        if (
            before.quarter
            and not this.quarter
            and this.raw.isdigit()
            and re.fullmatch(r"\s*(?:and|et|,|to|vs\.?)\s*", text[before.place[1] : this.place[0]])
        ):
            found[at] = replace(this, quarter=before.quarter)
    return found


def distinct(whens: Sequence[When]) -> tuple[When, ...]:
    """Each period once; a year that only lent itself to a finer period ("June 30 …, 2019") is left out."""
    lent = {when.year for when in whens if when.quarter or when.day}
    kept = [when for when in whens if when.quarter or when.day or when.month or when.year not in lent]
    unique: dict[tuple[object, ...], When] = {}
    for when in kept or whens:
        unique.setdefault((when.year, when.quarter, when.month, when.day, when.relative), when)
    return tuple(unique.values())


def mentions(text: str) -> tuple[When, ...]:
    """The periods that a question names, each once, in its order; ``text`` must be `plain`."""
    return distinct(all_mentions(text))


def _when(match: re.Match[str]) -> When:
    named = match.groupdict()
    year = int(named["year"]) if named.get("year") else None
    if year is None and named.get("short"):
        year = 2000 + int(named["short"]) if int(named["short"]) < 70 else 1900 + int(named["short"])
    quarter = int(named["quarter"]) if named.get("quarter") else _ORDINALS.get(named.get("ordinal") or "")
    month = MONTH_NUMBERS.get(named.get("month") or "") or (int(named["month_number"]) if named.get("month_number") else None)
    return When(match.group(), year, quarter, month, int(named["day"]) if named.get("day") else None, place=match.span())


def blanked(text: str, whens: Sequence[When]) -> str:
    """``text`` with the periods taken out, each leaving a "¤" so that phrases on its two sides stay apart."""
    for when in sorted(whens, key=lambda when: -when.place[0]):
        text = text[: when.place[0]] + " ¤ " + text[when.place[1] :]
    return text


def years_between(first: When, last: When) -> list[When]:
    """Every year from one to the other, both included; the two as they are where they are no plain years."""
    if not (first.year and last.year) or first.quarter or last.quarter or abs(first.year - last.year) > 15:
        return [first, last]
    low, high = sorted((first, last), key=lambda when: when.order)
    assert low.year and high.year
    return [low, *(When(str(year), year, month=high.month, day=None) for year in range(low.year + 1, high.year)), high]


_PART_OF_YEAR = 0.3
"""A quarter or nine months are not the year that was asked for: too little to answer with, enough to be named as close."""
_PERHAPS_PART = 0.45
"""A head that only says a year, in a document that speaks of quarters."""
_SAYS_PART = re.compile(r"month|quarter|week|\bq[1-4]|[1-4]q\b|\bt[1-4]\b|trimestre|semestre|mois|half")


def fit(when: When, period: Period | None) -> float:
    """How well a column's period is the one asked for: 1 it is, 0 it is not, between for "probably"."""
    if period is None:
        return 0.0
    if when.relative is not None:
        return 0.9 if period.relative == when.relative else 0.0
    if when.quarter:
        if period.quarter != when.quarter:
            return _quarter_by_date(when, period)
        return 1.0 if when.year is None or period.year == when.year else 0.0
    if when.year and when.month and period.end and period.end.year == when.year and period.end.month == when.month:
        return 1.0 if when.day is None or abs(period.end.day - when.day) <= 1 else 0.7
    if when.year is None:
        same_day = when.month and period.end and period.end.month == when.month and (when.day is None or period.end.day == when.day)
        return 0.8 if same_day else 0.0
    if period.year != when.year:
        return _early_end(when, period)
    if when.month and period.end and period.end.month != when.month:
        return 0.3
    whole = period.instant or (period.months in (None, 12) and period.quarter is None)
    score = 1.0 if whole else _PART_OF_YEAR if _SAYS_PART.search(period.raw.lower()) else _PERHAPS_PART
    return score * {"reported": 1.0, "restated": 0.97, "pro forma": 0.5, "forecast": 0.6}[period.basis]


def _early_end(when: When, period: Period) -> float:
    """A fiscal year that ends in the first days of a January or February is often called by the year before."""
    if when.month or period.end is None or when.year is None:
        return 0.0
    early = period.end.month == 1 or (period.end.month == 2 and period.end.day <= 7)
    if early and period.end.year == when.year + 1 and (period.instant or period.months in (None, 12)):
        return 0.6
    return 0.0


def _quarter_by_date(when: When, period: Period) -> float:
    if period.quarter is None and period.end and period.months == 3 and (when.year is None or period.end.year == when.year):
        return 0.7 if (period.end.month + 2) // 3 == when.quarter else 0.0
    return 0.0
