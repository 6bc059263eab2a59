"""What happened between two dated balances, where no head says when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import pairwise

from finlens.documents import Period
from finlens.finance.dates import MonthDay, is_month_end
from finlens.finance.layout import Layout
from finlens.finance.periods import FiscalCalendar
from finlens.finance.pieces import Pieces, read_pieces
from finlens.finance.table_time import TableTime, is_balance, stated_on


@dataclass(frozen=True, slots=True)
class Movements:
    """What happened between two dated balances, by rows or by columns."""

    rows: dict[int, Period]
    """Rows between "Balance, December 31, 2022" and "Balance, December 31, 2023"."""
    within_year: dict[int, tuple[MonthDay, MonthDay]]
    """Rows between "Balance at January 1" and "Balance at June 30", whose year is in the column."""
    columns: dict[tuple[int, int], Period]
    """By (first row of a band, column): columns between "Balance 1/1/2025" and "6/30/2025"."""


def movements(layout: Layout, columns: dict[int, list[Pieces | None]], time: TableTime) -> Movements:
    """The stretches of time that dated balances open and close; ``columns`` are `column_pieces` by a band's first row."""
    balances: list[tuple[int, datetime.date]] = []
    in_part: list[tuple[int, MonthDay]] = []
    for row in layout.rows:
        said = read_pieces(row.label, time.locale)
        if said.months or not is_balance(row.label):
            continue
        if len(said.dates) == 1:
            balances.append((row.index, said.dates[0]))
        elif len(said.month_days) == 1 and not said.years:
            in_part.append((row.index, said.month_days[0]))
    rows: dict[int, Period] = {}
    for (first, opened), (last, closed) in pairwise(balances):
        if opened < closed:
            period = between(opened, closed, time.calendar)
            rows.update({row.index: period for row in layout.rows if first < row.index < last})
    if len(balances) > 1:
        (_, before), (last, opened) = balances[-2:]
        close = _next_close(before, opened, time.calendar)
        if close is not None:  # the closing balance stands overleaf
            rows.update({row.index: between(opened, close, time.calendar) for row in layout.rows if row.index > last})
    within: dict[int, tuple[MonthDay, MonthDay]] = {}
    for (first, begin), (last, end) in pairwise(in_part):
        within.update({row.index: (begin, end) for row in layout.rows if first < row.index < last})
    return Movements(rows, within, _between_columns(layout, columns, time))


def _next_close(before: datetime.date, opened: datetime.date, calendar: FiscalCalendar) -> datetime.date | None:
    """The day that the document reports on, if the stretch from ``opened`` to it is as long as the one before."""
    close = stated_on(calendar)
    if close is None or before >= opened or abs((close - opened) - (opened - before)) > datetime.timedelta(days=8):
        return None
    return close


def _between_columns(layout: Layout, columns: dict[int, list[Pieces | None]], time: TableTime) -> dict[tuple[int, int], Period]:
    found: dict[tuple[int, int], Period] = {}
    for band in layout.bands:
        pieces = columns[band.first]
        dated = [
            (column, said.dates[0])
            for column, said in enumerate(pieces)
            if column >= layout.label_columns and said is not None and len(said.dates) == 1 and not said.months and not said.years
        ]
        if len(dated) == 2 and dated[0][1] < dated[1][1] and dated[1][0] - dated[0][0] > 1:
            (first, opened), (last, closed) = dated
            for column in range(first + 1, last):
                said = pieces[column]
                if said is None or not said.timed:
                    found[band.first, column] = between(opened, closed, time.calendar)
    return found


def between(opened: datetime.date, closed: datetime.date, calendar: FiscalCalendar) -> Period:
    start = opened if opened.day == 1 and is_month_end(closed) else opened + datetime.timedelta(days=1)
    months = round((closed - start).days / 30.44) or None
    return Period(f"{opened} – {closed}", calendar.name_of(closed, closes_year=months == 12), closed, start, months=months)
