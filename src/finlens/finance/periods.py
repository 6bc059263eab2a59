"""When a figure is about: "year ended December 31, 2023", "Q3 2022", « exercice clos le 31 décembre 2023 », « N-1 »."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from finlens.documents import Period
from finlens.finance.dates import MonthDay, is_month_end, months_before
from finlens.finance.numerals import Locale
from finlens.finance.pieces import Pieces, read_pieces


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """When the fiscal years of a document end, by what it says itself."""

    month_day: MonthDay | None = None
    ends: Mapping[int, datetime.date] = field(default_factory=dict)
    """Fiscal years whose last day the document prints, by the name that it gives them."""
    last_year: int | None = None
    reported: datetime.date | None = None
    """The last day that an interim report covers; None where the document reports whole years."""
    floating: bool = False
    """Years of 52 or 53 weeks: the last day differs from year to year, and only printed ones are known."""

    def end_of(self, year: int) -> datetime.date | None:
        known = self.ends.get(year)
        if known is not None or self.month_day is None or self.floating:
            return known
        return self.month_day.in_year(year)

    def start_of(self, end: datetime.date) -> datetime.date | None:
        """The first day of the fiscal year that ends on ``end``."""
        for other in self.ends.values():
            if 350 <= (end - other).days <= 378:
                return other + datetime.timedelta(days=1)
        return months_before(end, 12) if is_month_end(end) and not self.floating else None

    def name_of(self, end: datetime.date, *, closes_year: bool = False) -> int:
        """What the document calls the year of a day: fiscal 2024 may end in February 2025."""
        for year, day in self.ends.items():
            if day == end:
                return year
        # A year of 52 weeks may run a few days into January.
        return end.year - 1 if closes_year and end.month == 1 and end.day <= 7 else end.year


UNKNOWN = FiscalCalendar()


def assemble(raw: str, pieces: Pieces, calendar: FiscalCalendar = UNKNOWN) -> Period | None:
    """The one period that the pieces speak of; None for none, and for several ("2019 compared with 2018")."""
    if pieces.span:
        first, last = pieces.dates
        length = round((last - first).days / 30.44)
        return Period(raw, calendar.name_of(last), last, first, months=length or None, basis=pieces.basis)
    if len(set(pieces.dates)) > 1 or len(pieces.named_years) > 1 or len(set(pieces.month_days)) > 1 or len(pieces.months) > 1:
        return None
    months = pieces.months[0] if pieces.months else {13: 3, 14: 3, 26: 6, 27: 6, 39: 9, 40: 9, 52: 12, 53: 12}.get(pieces.weeks or 0)
    year: int | None = pieces.named_years[0] if pieces.named_years else None
    if pieces.relative is not None and year is None and calendar.last_year is not None:
        year = calendar.last_year + pieces.relative
    if year is None and pieces.relative is None and pieces.quarter is None and pieces.half is None:
        return None
    end = pieces.dates[0] if pieces.dates else None
    named = year
    if end is not None:
        named = calendar.name_of(end, closes_year=months == 12)
    elif year is not None:
        end = _end(year, pieces, months, calendar)
    if end is not None and months is None and (pieces.dates or pieces.month_days):
        return Period(raw, named, end, instant=True, basis=pieces.basis, relative=pieces.relative)
    if months is None and pieces.fiscal and not pieces.instant:  # "fiscal 2024": a whole year
        months = 12
    return Period(
        raw,
        named,
        end,
        _start(end, months, pieces.weeks, calendar) if end and months else None,
        months=months,
        quarter=pieces.quarter or _quarter(end, months, calendar),
        basis=pieces.basis,
        relative=pieces.relative,
    )


def _end(year: int, pieces: Pieces, months: int | None, calendar: FiscalCalendar) -> datetime.date | None:
    if pieces.month_days:
        return pieces.month_days[0].in_year(year)
    close = calendar.end_of(year)
    if close is None or not (pieces.quarter or pieces.half) or (months or 12) >= 12:
        return close
    left = 12 - 3 * pieces.quarter if pieces.quarter else 12 - 6 * (pieces.half or 2)
    if not left:
        return close
    return months_before(close, left) - datetime.timedelta(days=1) if is_month_end(close) and not calendar.floating else None


def _start(end: datetime.date, months: int, weeks: int | None, calendar: FiscalCalendar) -> datetime.date | None:
    if weeks:
        return end - datetime.timedelta(days=7 * weeks - 1)
    if months == 12 and (calendar.floating or end in calendar.ends.values()):
        return calendar.start_of(end)
    return months_before(end, months) if is_month_end(end) else None


def _quarter(end: datetime.date | None, months: int | None, calendar: FiscalCalendar) -> int | None:
    if end is None or months != 3 or calendar.month_day is None:
        return None
    after = (end.month - calendar.month_day.month) % 12
    return {3: 1, 6: 2, 9: 3, 0: 4}.get(after)


def parse_period(text: str, *, calendar: FiscalCalendar = UNKNOWN, locale: Locale | None = None) -> Period | None:
    """The period that ``text`` names, or None where it names none, or more than one.

    Args:
        text: A head, a caption or a phrase.
        calendar: When fiscal years end, so that "2024" and "Q3 2024" get dates.
        locale: Decides 03/04/2023.
    """
    return assemble(text.strip(), read_pieces(text, locale), calendar)
