"""Dates on invoices and statements, with their places in the row; and which of day and month a document prints first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from finlens.finance.dates import read_dates

Order = Literal["day first", "month first"]

# What `finlens.finance.dates` does not know: German months, for the names of which English ones are put.
_GERMAN = {
    "januar": "january",
    "jänner": "january",
    "februar": "february",
    "märz": "march",
    "maerz": "march",
    "mai": "may",
    "juni": "june",
    "juli": "july",
    "oktober": "october",
    "okt": "oct",
    "dezember": "december",
    "dez": "dec",
}
_MONTH = (
    r"(?:jan|feb|fév|fev|mar|mär|maer|apr|avr|may|mai|jun|juin|jul|juil|aug|août|aout|sep|oct|okt|nov|dec|déc|dez|jän)[a-zéûäü]{0,8}\.?"
)
_DATE = re.compile(
    rf"(?<![\w./-])(?:(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}([/.-])\d{{1,2}}\1(?:(?:19|20)\d\d|\d\d)|"
    rf"\d{{1,2}}(?:\.|er|st|nd|rd|th)?[ -]{_MONTH},?[ -]{{1,2}}(?:(?:19|20)\d\d|\d\d)|{_MONTH} ?\d{{1,2}}(?:st|nd|rd|"
    rf"th)?,? {{1,2}}(?:19|20)\d\d)"
    r"(?:(?![\w/]|[.,-]\d)|(?=\d\d:\d\d))",
    re.I,
)
_NUMERIC = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}")
_WORD = re.compile(r"[a-zäöü]+", re.I)


class Day(NamedTuple):
    """A date as printed. ``value`` is None where nothing tells whether its first number is the day or the month."""

    text: str
    value: datetime.date | None
    start: int
    end: int


def find_days(text: str, order: Order | None) -> list[Day]:
    """Every whole date of a text, in order."""
    if not any(char.isdigit() for char in text):
        return []
    return [Day(found.group(), read_day(found.group(), order), found.start(), found.end()) for found in _DATE.finditer(text)]


def read_day(text: str, order: Order | None) -> datetime.date | None:
    """The date that ``text`` is, or None."""
    english = _WORD.sub(lambda found: _GERMAN.get(found.group().lower(), found.group()), " ".join(text.split()))
    english = re.sub(rf"^(\d{{1,2}})\. ?(?={_MONTH})", r"\1 ", english, flags=re.I)
    # "05-Nov-23" and "5 Nov 23" have a year of two digits.
    english = re.sub(rf"({_MONTH})([ -])(\d\d)$", lambda found: f"{found[1]}{found[2]}20{found[3]}", english, flags=re.I)
    numeric = _NUMERIC.fullmatch(english)
    if numeric and order is None:
        first, second = int(numeric[1]), int(numeric[2])
        if first <= 12 and second <= 12 and first != second:
            return None
    dates = read_dates(english, "en" if order == "month first" else "fr").dates
    return dates[0] if len(dates) == 1 else None


def date_order(texts: Iterable[str], *, language: str, currency: str | None) -> Order | None:
    """Which number comes first in the document's dates.

    A number over twelve tells. Else only American English is known to put the month first; English without dollars
    may do either: None.
    """
    day_first = month_first = 0
    for text in texts:
        for found in _DATE.finditer(text):
            numeric = _NUMERIC.fullmatch(found.group())
            if numeric:
                day_first += int(numeric[1]) > 12
                month_first += int(numeric[2]) > 12
    if day_first != month_first:
        return "day first" if day_first > month_first else "month first"
    if language != "en":
        return "day first"
    return "month first" if currency == "USD" else None if currency in ("EUR", "CAD", None) else "day first"
