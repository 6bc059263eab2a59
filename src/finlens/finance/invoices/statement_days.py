"""Days of movements, which statements often print without the year: it follows from the period of the statement."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from finlens.finance.dates import read_dates
from finlens.finance.invoices.days import Order, find_days
from finlens.finance.invoices.prints import Row

_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?![\d/]|[.-]\d)\.?")
_NAMED = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)? ?-?[A-Za-zéûäÄ]{3,9}\.?(?![a-z])|[A-Za-zéûä]{3,9}\.? \d{1,2}(?!\d)")
_PERIOD = re.compile(r"\bdu\b|\bau\b|from|\bto\b|through|period|période|vom|\bbis\b|arrêté|statement date|date du relevé|[-–]", re.I)


class Printed(NamedTuple):
    """A day at the start of a row: its text, its date where the year is known, and where it ends."""

    text: str
    value: datetime.date | None
    end: int


def period_of(rows: Sequence[Row], order: Order | None) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day of the statement, of the first row that says both; else the last day that a row of its head says."""
    last: datetime.date | None = None
    for row in rows:
        days = [day.value for day in find_days(row.text, order) if day.value]
        if not days or not _PERIOD.search(row.text):
            continue
        if len(days) >= 2 and 5 <= (days[1] - days[0]).days <= 400:
            return days[0], days[1]
        last = last or days[0]
    return None, last


def day_at_start(text: str, order: Order | None, period: tuple[datetime.date | None, datetime.date | None]) -> Printed | None:
    """The day that a row begins with; None where it begins with something else."""
    days = find_days(text[:40], order)
    if days and days[0].start == 0:
        return Printed(days[0].text, days[0].value, days[0].end)
    numbers = _NUMBERS.match(text)
    if numbers:
        first, second = int(numbers[1]), int(numbers[2])
        month, day = (first, second) if order == "month first" else (second, first)
        if 1 <= month <= 12 and 1 <= day <= 31:
            return Printed(numbers.group(), _with_year(month, day, period) if order else None, numbers.end())
        return None
    named = _NAMED.match(text)
    if named:
        found = read_dates(named.group().replace(".", " "), "fr").in_part
        if found and found[0].day:
            return Printed(named.group(), _with_year(found[0].month, found[0].day, period), named.end())
    return None


def _with_year(month: int, day: int, period: tuple[datetime.date | None, datetime.date | None]) -> datetime.date | None:
    """The year in which the day lies within the period, or last before its end; a few days' grace for bookings beside it."""
    first, last = period
    if last is None:
        return None
    grace = datetime.timedelta(days=10)
    for year in (last.year, last.year - 1):
        try:
            made = datetime.date(year, month, day)
        except ValueError:
            continue
        if made <= last + grace and (first is None or made >= first - grace):
            return made
    return None
