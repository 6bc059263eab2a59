"""The period of one figure, from its column, its row, the table's title and the document's fiscal years."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from finlens.documents import Period
from finlens.finance.dates import MonthDay
from finlens.finance.movements import between as between_days
from finlens.finance.periods import FiscalCalendar, assemble
from finlens.finance.pieces import Pieces, joined
from finlens.finance.table_time import TableTime, stated_on

_BEGINNING = re.compile(
    r"\bbeginning (?:of|balance)|\bbeginning[- ](?:of[- ])?(?:the[- ])?(?:year|period)|\bopening\b|"
    r"\bstart of\b|\bà l['’]ouverture|\bd['’]ouverture|\bdébut d|"
    r"\bau 1er janvier|,? beginning\W*$",
    re.I,
)
_ENDING = re.compile(
    r"\bend of (?:the )?(?:year|period|quarter)|\bending balance|\bbalances?,? (?:at )?end|"
    r"\bclosing balance|\bà la clôture|\bde clôture|\bfin d['’](?:exercice|année|période)|,? ending\W*$",
    re.I,
)


def period_of(
    raw: str,
    label: str,
    heads: Sequence[str],
    column: Pieces | None,
    row: Pieces,
    time: TableTime,
    between: Period | tuple[MonthDay, MonthDay] | None,
) -> Period | None:
    """The period of a figure; None where nothing says it, or several are named and none is meant more."""
    if column is not None and isinstance(between, tuple) and len(column.years) == 1 and not column.dates:
        begin, end = (part.in_year(column.years[0]) for part in between)
        return between_days(begin if begin < end else between[0].in_year(column.years[0] - 1), end, time.calendar)
    period = _whole_period(raw, column, row, time, between if isinstance(between, Period) else None)
    if period is None or period.end is None:
        return period
    if period.instant and period.end.day == 1 and not time.calendar.floating and period.end not in time.calendar.ends.values():
        # What stands on the first of January is what was left on the 31st of December.
        before = period.end - datetime.timedelta(days=1)
        return replace(period, end=before, year=before.year)
    if row.dates and not row.months:
        return period
    return _edge(label, " ".join((*heads, label)), period, time.calendar)


_BEGINS = re.compile(r"\W*beginning\b", re.I)
_ENDS = re.compile(r"\W*ending\b", re.I)


@lru_cache(maxsize=8192)
def _edge_said(label: str, said: str) -> str:
    """Which end of its period a balance is said to stand at: "start", "end" or neither."""
    if _BEGINNING.search(said) or _BEGINS.match(label):
        return "start"
    return "end" if _ENDING.search(said) or _ENDS.match(label) else ""


def _edge(label: str, said: str, period: Period, calendar: FiscalCalendar) -> Period:
    """A balance "at beginning of period" stands the day before the period starts, one "at end" on its last day."""
    assert period.end is not None
    edge = _edge_said(label, said)
    if edge == "start":
        start = period.start or (calendar.start_of(period.end) if period.months in (None, 12) else None)
        if start is None:
            return replace(period, end=None, start=None, instant=True, months=None, quarter=None, year=None)
        before = start - datetime.timedelta(days=1)
        return replace(
            period, end=before, start=None, instant=True, months=None, quarter=None, year=calendar.name_of(before, closes_year=True)
        )
    if edge == "end" and not period.instant:
        return replace(period, start=None, instant=True, months=None, quarter=None)
    return period


def _whole_period(raw: str, column: Pieces | None, row: Pieces, time: TableTime, between: Period | None) -> Period | None:
    if column is None:
        return between  # "Increase / Decrease" between two dated columns
    if column.timed and (column.months or column.weeks):
        opening = _balance_day(column, row)
        if opening is not None:
            return Period(raw, time.calendar.name_of(opening), opening, instant=True, basis=column.basis)
    if column.timed:
        return _period(raw, _dated(joined(column, _only_length(row)), time), time)
    if row.timed and not column.empty:
        return _period(raw, _dated(joined(column, row), time), time)
    if row.timed:
        return _period(raw, _dated(row, time), time)
    if between is not None:
        return between
    own = joined(column, row)
    if time.schedule and time.calendar.last_year is not None:
        # Payments still to come are stated as of the balance sheet date.
        stated = stated_on(time.calendar)
        return Period(raw, stated.year if stated else time.calendar.last_year, stated, instant=True)
    for said in time.around:
        if said.timed and len(said.named_years) == 1 and len(set(said.dates)) <= 1 and len(said.months) <= 1:
            return _period(raw, _with_length(joined(own, said), time), time)
        if said.timed and len(said.named_years) > 1 and not own.empty:
            break
    if own.timed or own.quarter or own.half:
        return _period(raw, own, time)
    return None


def _balance_day(column: Pieces, row: Pieces) -> datetime.date | None:
    """The day of a balance that stands under a stretch of time: "Balance, March 31" under "Three Months Ended June 30, 2025"."""
    if row.months or row.quarter or row.half:
        return None
    if len(row.dates) == 1:
        return row.dates[0]
    if len(row.month_days) != 1 or len(column.dates) != 1:
        return None
    day = row.month_days[0].in_year(column.dates[0].year)
    return day if day <= column.dates[0] else row.month_days[0].in_year(day.year - 1)


def _only_length(row: Pieces) -> Pieces:
    """What a row may add to a column that names the year: a quarter, a day, a length of time."""
    return replace(row, dates=(), years=(), relative=None, basis="reported", month_days=() if row.months else row.month_days)


def _dated(own: Pieces, time: TableTime) -> Pieces:
    """A year gets its day and its length from the table's title or the text above."""
    if own.dates or own.span or (own.quarter and own.years) or own.half:
        return _with_length(own, time)
    known = [end for year in own.years if (end := time.calendar.end_of(year)) is not None]
    if known and own.fiscal and not own.month_days:
        return _with_length(own, time)
    for said in time.around:
        if own.month_days and (own.months or own.weeks):
            break
        days = {(day.month, day.day) for day in said.dates} | {(md.month, md.day) for md in said.month_days}
        of_year = {(day.month, day.day) for day in said.dates if day.year in own.years}
        if len(days) == 1 and not own.month_days:
            if said.dates:
                exact = next((day for day in said.dates if day.year in own.years), None)
                if exact is None and time.calendar.floating:
                    continue  # years of 52 weeks: another year's day is not this one's
                own = (
                    replace(own, dates=(exact,), years=())
                    if exact
                    else replace(own, month_days=(MonthDay(said.dates[0].month, said.dates[0].day),))
                )
            else:
                own = replace(own, month_days=said.month_days[:1])
            own = replace(own, months=own.months or (said.months if len(said.months) == 1 else ()), weeks=own.weeks or said.weeks)
        elif len(of_year) == 1 and not own.month_days:
            exact = next(day for day in said.dates if day.year in own.years)
            own = replace(own, dates=(exact,), years=(), months=own.months or (said.months if len(said.months) == 1 else ()))
        elif not own.months and len(said.months) == 1 and not days:
            own = replace(own, months=said.months)
        if own.dates:
            break
    return _with_length(own, time)


def _with_length(own: Pieces, time: TableTime) -> Pieces:
    if own.months or own.weeks or own.quarter or own.half or own.instant or own.span:
        return own
    for said in time.around:
        # "Three Months Ended" alone over the dates.
        if len(said.months) == 1 and not (said.dates or said.years or said.month_days):
            return replace(own, months=said.months)
    if time.flow and not time.stock and (own.dates or own.month_days):
        lengths = {months for said in time.around for months in said.months}
        return replace(own, months=tuple(lengths)) if len(lengths) == 1 else own
    if time.flow and not time.stock and own.years:
        return replace(own, months=(12,))
    return replace(own, instant=True) if time.stock else own


def _period(raw: str, pieces: Pieces, time: TableTime) -> Period | None:
    period = assemble(raw, pieces, time.calendar)
    if period is not None and time.calendar.reported and pieces.years and not (pieces.month_days or pieces.quarter or pieces.half):
        # In an interim report a bare year is not the whole one; what it is the head did not say.
        return replace(period, end=None, start=None, months=None, quarter=None)
    if period is not None and time.stock and period.months is None and not period.instant and period.end is not None:
        return replace(period, instant=True)
    return period
