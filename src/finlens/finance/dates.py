"""Calendar dates as reports print them, whole ("December 31, 2023") or in part ("September 30,")."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import NamedTuple

from finlens.finance.numerals import Locale

_MONTH_NAMES = {
    "january": 1,
    "jan": 1,
    "february": 2,
    "feb": 2,
    "march": 3,
    "mar": 3,
    "april": 4,
    "apr": 4,
    "may": 5,
    "june": 6,
    "jun": 6,
    "july": 7,
    "jul": 7,
    "august": 8,
    "aug": 8,
    "september": 9,
    "sept": 9,
    "sep": 9,
    "october": 10,
    "oct": 10,
    "november": 11,
    "nov": 11,
    "december": 12,
    "dec": 12,
    "janvier": 1,
    "janv": 1,
    "février": 2,
    "fevrier": 2,
    "févr": 2,
    "fév": 2,
    "mars": 3,
    "avril": 4,
    "avr": 4,
    "mai": 5,
    "juin": 6,
    "juillet": 7,
    "juil": 7,
    "août": 8,
    "aout": 8,
    "septembre": 9,
    "octobre": 10,
    "novembre": 11,
    "décembre": 12,
    "decembre": 12,
    "déc": 12,
}
_NAMES = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
MONTH = rf"(?:{_NAMES})\b\.?"
"""A month's name as a regular expression, without a group."""
_MONTH = rf"(?P<month>{_NAMES})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DATE = re.compile(
    "|".join(
        (
            rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*\(\d\))?\s*,?\s*{_YEAR}",
            rf"\b(?P<day2>\d{{1,2}})(?:er|st|nd|rd|th)?(?:\s+|-)(?:of\s+)?{_MONTH.replace('<month>', '<month2>')}"
            rf"[\s,-]*{_YEAR.replace('<year>', '<year2>')}",
            rf"\b(?P<day3>\d{{1,2}})-{_MONTH.replace('<month>', '<month3>')}-(?P<year3>\d\d)\b",
            r"(?<![\d/.,])(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second>\d{1,2})(?P=sep)(?P<year4>(?:19|20)\d\d|\d\d)(?![\d/.,]\d|\d)",
            r"(?<!\d)(?P<year5>(?:19|20)\d\d)-(?P<month5>\d\d)-(?P<day5>\d\d)(?!\d)",
        )
    ),
    re.I,
)
_IN_PART = re.compile(
    rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)|\b(?P<day2>\d{{1,2}})(?:er)?\s+{_MONTH.replace('<month>', '<month2>')}|"
    rf"\b{_MONTH.replace('<month>', '<month3>')},?\s+{_YEAR}",
    re.I,
)


class MonthDay(NamedTuple):
    """A day of some year; ``day`` 0 is the month's last."""

    month: int
    day: int

    def in_year(self, year: int) -> datetime.date:
        last = calendar.monthrange(year, self.month)[1]
        # The 28th of February is the month's end of most years, so it is in a leap year.
        month_end = self.day == 0 or (self.month == 2 and self.day >= 28)
        return datetime.date(year, self.month, last if month_end else min(self.day, last))


class DatesFound(NamedTuple):
    """The dates of a text, and what is left of it."""

    dates: tuple[datetime.date, ...]
    in_part: tuple[MonthDay, ...]
    rest: str


def read_dates(text: str, locale: Locale | None = None) -> DatesFound:
    """Every date in ``text``, in order. ``locale`` decides 03/04/2023: the 3rd of April in French, the 4th of March in English."""
    dates: list[datetime.date] = []
    parts: list[MonthDay] = []

    def take(found: re.Match[str]) -> str:
        made = _whole(found.groupdict(), locale)
        if made is None:
            return found.group()
        dates.append(made)
        return " \u2022 "

    def take_part(found: re.Match[str]) -> str:
        groups = found.groupdict()
        if groups["year"]:
            parts_of_year = MonthDay(_MONTH_NAMES[groups["month3"].lower()], 0)
            dates.append(parts_of_year.in_year(int(groups["year"])))
        else:
            month, day = _MONTH_NAMES[(groups["month"] or groups["month2"]).lower()], int(groups["day"] or groups["day2"])
            if not 1 <= day <= 31:
                return found.group()
            parts.append(MonthDay(month, day))
        return " \u2022 "

    rest = _IN_PART.sub(take_part, _DATE.sub(take, text))
    return DatesFound(tuple(dates), tuple(parts), rest)


def _whole(groups: dict[str, str | None], locale: Locale | None) -> datetime.date | None:
    if groups["first"]:
        first, second, year = int(groups["first"]), int(groups["second"] or 0), _full_year(groups["year4"] or "")
        day_first = first > 12 or groups["sep"] == "." or (locale == "fr" and second <= 12)
        day, month = (first, second) if day_first else (second, first)
    elif groups["year5"]:
        year, month, day = int(groups["year5"]), int(groups["month5"] or 0), int(groups["day5"] or 0)
    else:
        year = _full_year(groups["year"] or groups["year2"] or groups["year3"] or "")
        month = _MONTH_NAMES[(groups["month"] or groups["month2"] or groups["month3"] or "").lower()]
        day = int(groups["day"] or groups["day2"] or groups["day3"] or 0)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else 2000 + year if year < 70 else 1900 + year


def is_month_end(day: datetime.date) -> bool:
    return (day + datetime.timedelta(days=1)).day == 1


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The first day of the stretch of ``months`` that ends on ``day``, which is the last of its month."""
    index = day.year * 12 + day.month - months
    return datetime.date(index // 12, index % 12 + 1, 1)
