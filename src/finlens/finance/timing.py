"""The period of one figure, from its column, its row, the table's title and the document's fiscal years."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from finlens.documents import Period
from finlens.finance.layout import Band, Layout, Row
from finlens.finance.numerals import Locale
from finlens.finance.periods import FiscalCalendar, Pieces, assemble, joined, read_pieces

_NOTHING = Pieces()
_FLOW = re.compile(
    r"\bstatements? of (?:consolidated )?(?:income|operations|earnings|comprehensive|cash flows?|profit)|\bincome statements?|\bcash flows?\b|\bcompte de résultat|"
    r"\bflux de trésorerie|\brésultat global",
    re.I,
)
_STOCK = re.compile(
    r"\bbalance sheets?\b|\bstatements? of (?:consolidated )?financial (?:position|condition)|\bbilan\b|\bsituation financière", re.I
)
_CHANGE = re.compile(r"\bchange\b|\bvariation\b|\bvar\.|\bincrease\b|\bgrowth\b|\bévolution\b|\bvs\.?\b|Δ", re.I)
_BALANCE_ROW = re.compile(
    r"\bbalances?\b|\bsolde|\bcapitaux propres\b.*\bau\b|\bbeginning\b|\bend(?:ing)? of\b|\bat\b|\bau\b|\bas of\b|\boutstanding\b|\b(?:un|non)vested\b",
    re.I,
)
_FUTURE = re.compile(r"^\W*(?:remaind\w+ of |rest of |fiscal |fy ?)?(?:20\d\d)\W*(?:\(\w\))?\W*$|^\W*thereafter|^\W*au-delà", re.I)


@dataclass(frozen=True, slots=True)
class TableTime:
    """What the title, the texts above and the corner say about time, nearest first."""

    around: tuple[Pieces, ...]
    flow: bool
    stock: bool
    calendar: FiscalCalendar
    locale: Locale | None


def table_time(
    caption: str, heading: str, near: Iterable[str], corners: Iterable[str], calendar: FiscalCalendar, locale: Locale | None
) -> TableTime:
    title = f"{caption} {heading}"
    texts = [*corners, caption, *(text for text in near if len(text) < 1500), heading]
    pieces = [read_pieces(text, locale) for text in texts if text]
    return TableTime(
        tuple(p for p in pieces if not p.empty), _FLOW.search(title) is not None, _STOCK.search(title) is not None, calendar, locale
    )


def column_pieces(layout: Layout, band: Band, time: TableTime) -> list[Pieces | None]:
    """For each column what its heads say, the corner's words ("Year ended December 31:") added; None for a column of changes."""
    corner = _NOTHING
    for path in band.heads[: max(layout.label_columns, 0)]:
        corner = joined(corner, read_pieces(" ".join(path), time.locale))
    found: list[Pieces | None] = []
    for path in band.heads:
        own = _of_path(path, time.locale)
        if any(_CHANGE.search(head) for head in path) and len(own.named_years) != 1:
            found.append(None)
        else:
            found.append(joined(own, corner) if not own.empty else own)
    return found


def _of_path(path: Sequence[str], locale: Locale | None) -> Pieces:
    if not path:
        return _NOTHING
    whole = read_pieces(" ".join(path), locale)
    if len(path) == 1 or len(whole.named_years) <= 1 and len(whole.months) <= 1 and len(set(whole.month_days)) <= 1:
        return whole
    own = _NOTHING
    for head in reversed(path):
        own = joined(own, read_pieces(head, locale))
    return own


def periods_of_rows(layout: Layout, time: TableTime) -> dict[int, Pieces]:
    """For each row of figures what its label and the sub-headings above it say about time."""
    found: dict[int, Pieces] = {}
    for row in layout.rows:
        if row.subheading:
            continue
        own = _NOTHING
        for text in reversed(row.path):
            said = read_pieces(text.rstrip(":"), time.locale)
            if (
                not said.empty
                and not (text == row.label and _is_schedule(text, said, time.calendar))
                and (said.timed or said.quarter or said.months)
            ):
                own = joined(own, said)
        found[row.index] = own
    return found


def _is_schedule(label: str, said: Pieces, calendar: FiscalCalendar) -> bool:
    """A year still to come that names a line ("2027 … 120"): due then, but reported as of the balance sheet date."""
    return _FUTURE.match(label) is not None and calendar.last_year is not None and any(year > calendar.last_year for year in said.years)


def movements(layout: Layout, time: TableTime) -> dict[int, Period]:
    """Rows between two dated balances ("Balance, December 31, 2022" … "Balance, December 31, 2023"): what happened between them."""
    balances: list[tuple[int, datetime.date]] = []
    for row in layout.rows:
        said = read_pieces(row.label, time.locale)
        if len(said.dates) == 1 and not said.months and _BALANCE_ROW.search(row.label):
            balances.append((row.index, said.dates[0]))
    found: dict[int, Period] = {}
    for (first, opened), (last, closed) in zip(balances, balances[1:], strict=False):
        if not opened < closed:
            continue
        start = opened if opened.day == 1 and closed.day != 1 else opened + datetime.timedelta(days=1)
        months = round((closed - start).days / 30.44) or None
        for row in layout.rows:
            if first < row.index < last:
                found[row.index] = Period(
                    f"{opened} – {closed}", time.calendar.name_of(closed, closes_year=months == 12), closed, start, months=months
                )
    return found


def period_of(raw: str, column: Pieces | None, row: Pieces, time: TableTime, between: Period | None) -> Period | None:
    """The period of a figure; None where nothing says it, or several are named and none is meant more."""
    if column is None:
        return None
    if column.timed:
        return _period(raw, _dated(joined(column, _only_length(row)), time), time)
    if row.timed and not column.empty:
        return _period(raw, _dated(joined(column, row), time), time)
    if row.timed:
        return _period(raw, _dated(row, time), time)
    if between is not None:
        return between
    own = joined(column, row)
    for said in time.around:
        if said.timed and len(said.named_years) == 1 and len(set(said.dates)) <= 1 and len(said.months) <= 1:
            return _period(raw, joined(own, said), time)
        if said.timed and len(said.named_years) > 1 and not own.empty:
            break
    return _period(raw, own, time) if not own.empty else None


def _only_length(row: Pieces) -> Pieces:
    """What a row may add to a column that names the year: a quarter, a day, a length of time."""
    return replace(row, dates=(), years=(), relative=None, basis="reported", month_days=() if row.months else row.month_days)


def _dated(own: Pieces, time: TableTime) -> Pieces:
    """A year gets its day and its length from the table's title or the text above."""
    if own.dates or own.span or (own.quarter and own.years) or own.half:
        return _with_length(own, time)
    for said in time.around:
        if own.month_days and (own.months or own.weeks):
            break
        days = {(day.month, day.day) for day in said.dates} | {(md.month, md.day) for md in said.month_days}
        of_year = {(day.month, day.day) for day in said.dates if day.year in own.years}
        if len(days) == 1 and not own.month_days:
            if said.dates:
                exact = next((day for day in said.dates if day.year in own.years), None)
                own = replace(own, dates=(exact,), years=()) if exact else replace(own, month_days=_as_month_day(said.dates[0]))
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


def _as_month_day(day: datetime.date):  # type: ignore[no-untyped-def]
    from finlens.finance.dates import MonthDay

    return (MonthDay(day.month, day.day),)


def _with_length(own: Pieces, time: TableTime) -> Pieces:
    if own.months or own.weeks or own.quarter or own.half or own.instant or own.span:
        return own
    if time.flow and not time.stock and (own.dates or own.month_days):
        lengths = {months for said in time.around for months in said.months}
        return replace(own, months=tuple(lengths)) if len(lengths) == 1 else own
    if time.flow and not time.stock and own.years:
        return replace(own, months=(12,))
    return replace(own, instant=True) if time.stock else own


def _period(raw: str, pieces: Pieces, time: TableTime) -> Period | None:
    period = assemble(raw, pieces, time.calendar)
    if period is not None and time.stock and period.months is None and not period.instant and period.end is not None:
        return replace(period, instant=True)
    return period
