"""The period of one figure, from its column, its row, the table's title and the document's fiscal years."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from finlens.documents import Period
from finlens.finance.dates import MonthDay, is_month_end
from finlens.finance.layout import Band, Layout, is_change
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
_BALANCE_ROW = re.compile(
    r"\bbalances?\b|\bsolde|\bcapitaux propres\b.*\bau\b|\bbeginning\b|\bend(?:ing)? of\b|\bat\b|\bau\b|\bas of\b|\boutstanding\b|\b(?:un|non)vested\b",
    re.I,
)
_YEAR_ROW = re.compile(
    r"\W*(?:remaind\w+ (?:of )?|rest of |fiscal (?:year )?|fy ?|exercice )?((?:19|20)\d\d)\W*(?:\(\w{1,9}( \w+)*\))?\W*", re.I
)
_NAMED_FOR = re.compile(
    r"\b(?:due|matur\w+|expir\w+|notes? (?:due|payable)|bonds?|notes|debentures?|issuances?|échéance|issued in|acquired in|through)\b|\d ?%",
    re.I,
)
_OTHER_DATES = re.compile(
    r"\b(?:issu\w+|maturit\w+|expir\w+|grant|vesting|acquisition|record|payment|declaration|échéance|émission)\b.*\bdates?\b|\bdate d[e'’]|\bmaturity\b",
    re.I,
)
_TIME_WORDS = frozenset(
    "year years ended ending quarter month months weeks fiscal january february march april may june july august september october november december three six nine "
    "twelve first second third fourth as of at on the for au le du et clos exercice trimestre semestre janvier février mars avril mai juin juillet août septembre "
    "octobre novembre décembre jan feb mar apr jun jul aug sep sept oct nov dec half period date".split()
)
_BEGINNING = re.compile(
    r"\bbeginning (?:of|balance)|\bbeginning[- ](?:of[- ])?(?:the[- ])?(?:year|period)|\bopening\b|\bstart of\b|\bà l['’]ouverture|\bd['’]ouverture|\bdébut d|"
    r"\bau 1er janvier|,? beginning\W*$",
    re.I,
)
_ENDING = re.compile(
    r"\bend of (?:the )?(?:year|period|quarter)|\bending balance|\bbalances?,? (?:at )?end|\bclosing balance|\bà la clôture|\bde clôture|\bfin d['’](?:exercice|année|période)|,? ending\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class TableTime:
    """What the title, the texts above and the corner say about time, nearest first."""

    around: tuple[Pieces, ...]
    dated_once: bool
    """Whether the caption or the corner says one date for the whole table ("As of December 31, 2024")."""
    flow: bool
    stock: bool
    calendar: FiscalCalendar
    locale: Locale | None
    schedule: bool = False
    """Whether the rows are years to come ("2026", "2027", "Thereafter")."""


def is_schedule(layout: Layout, calendar: FiscalCalendar) -> bool:
    """Whether the rows of a table are years to come."""
    last = calendar.last_year
    if last is None:
        return False
    years = [int(found.group(1)) for row in layout.rows if (found := _YEAR_ROW.fullmatch(row.label))]
    return sum(year > last for year in years) >= 2 and min(years) >= last


def table_time(
    caption: str, heading: str, near: Iterable[str], corners: Iterable[str], calendar: FiscalCalendar, locale: Locale | None
) -> TableTime:
    title = f"{caption} {heading}"
    own = [read_pieces(text, locale) for text in (*corners, caption) if text]
    dated_once = any(len(said.dates) == 1 and len(said.named_years) == 1 and not said.months for said in own)
    texts = [*corners, caption, *(text for text in near if len(text) < 1500), heading]
    pieces = [read_pieces(text, locale) for text in texts if text]
    # A paragraph may mention any date; one that speaks of the table says "as of" or "year ended".
    pieces = [
        said
        for text, said in zip((text for text in texts if text), pieces, strict=True)
        if len(text) < 120 or said.instant or said.months or said.fiscal
    ]
    return TableTime(
        tuple(p for p in pieces if not p.empty),
        dated_once,
        _FLOW.search(title) is not None,
        _STOCK.search(title) is not None,
        calendar,
        locale,
    )


def column_pieces(layout: Layout, band: Band, time: TableTime) -> list[Pieces | None]:
    """For each column what its heads say, the corner's words ("Year ended December 31:") added; None for a column of changes."""
    corner = _NOTHING
    for path in band.heads[: max(layout.label_columns, 0)]:
        corner = joined(corner, read_pieces(" ".join(path), time.locale))
    found: list[Pieces | None] = []
    for path in band.heads:
        own = _of_path(path, time.locale)
        if any(is_change(head) for head in path) and len(own.named_years) != 1:
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
    corners = [head for band in layout.bands for path in band.heads[: layout.label_columns] for head in path]
    other_dates = any(_OTHER_DATES.search(head) for head in corners)  # "Issue date": not what the figures are about
    for row in layout.rows:
        if row.subheading:
            continue
        if other_dates:
            found[row.index] = _NOTHING
            continue
        own = _NOTHING
        for text in (row.label, *reversed(row.headings)):
            said = read_pieces(text.rstrip(":"), time.locale)
            if said.timed or said.quarter or said.months or (said.month_days and text == row.label and _is_balance(text)):
                if _NAMED_FOR.search(text) or (text == row.label and not _speaks_of_time(text, said, time)):
                    continue
                own = joined(own, said)
        found[row.index] = own
    return found


def _speaks_of_time(label: str, said: Pieces, time: TableTime) -> bool:
    """Whether a row's label gives the period of its figures, rather than the date or the year of a thing."""
    if _YEAR_ROW.fullmatch(label):
        # "2027 … 120" is due then, "2021 … 80" was lent then; the figures are as of the date over the table.
        later = time.calendar.last_year is not None and any(year > time.calendar.last_year for year in said.years)
        return not later and not time.dated_once
    if _BALANCE_ROW.search(label):
        return True
    words = [word for word in re.findall(r"[^\W\d_]{2,}", label) if word.lower() not in _TIME_WORDS]
    return len(words) <= 2


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
        if said.months or not _is_balance(row.label):
            continue
        if len(said.dates) == 1:
            balances.append((row.index, said.dates[0]))
        elif len(said.month_days) == 1 and not said.years:
            in_part.append((row.index, said.month_days[0]))
    rows: dict[int, Period] = {}
    for (first, opened), (last, closed) in zip(balances, balances[1:], strict=False):
        if opened < closed:
            period = _between(opened, closed, time.calendar)
            rows.update({row.index: period for row in layout.rows if first < row.index < last})
    within: dict[int, tuple[MonthDay, MonthDay]] = {}
    for (first, begin), (last, end) in zip(in_part, in_part[1:], strict=False):
        within.update({row.index: (begin, end) for row in layout.rows if first < row.index < last})
    return Movements(rows, within, _between_columns(layout, columns, time))


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
                    found[band.first, column] = _between(opened, closed, time.calendar)
    return found


def _is_balance(label: str) -> bool:
    if _NAMED_FOR.search(label):
        return False
    words = [word for word in re.findall(r"[^\W\d_]{2,}", label) if word.lower() not in _TIME_WORDS]
    return len(words) <= 2 or _BALANCE_ROW.search(label) is not None


def _between(opened: datetime.date, closed: datetime.date, calendar: FiscalCalendar) -> Period:
    start = opened if opened.day == 1 and is_month_end(closed) else opened + datetime.timedelta(days=1)
    months = round((closed - start).days / 30.44) or None
    return Period(f"{opened} – {closed}", calendar.name_of(closed, closes_year=months == 12), closed, start, months=months)


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
        return _between(begin if begin < end else between[0].in_year(column.years[0] - 1), end, time.calendar)
    period = _whole_period(raw, column, row, time, between if isinstance(between, Period) else None)
    if period is None or period.end is None:
        return period
    if period.instant and period.end.day == 1 and not time.calendar.floating and period.end not in time.calendar.ends.values():
        # What stands on the first of January is what was left on the 31st of December.
        before = period.end - datetime.timedelta(days=1)
        return replace(period, end=before, year=before.year)
    if row.dates and not row.months:
        return period
    return _edge(" ".join((*heads, label)), period, time.calendar)


def _edge(label: str, period: Period, calendar: FiscalCalendar) -> Period:
    """A balance "at beginning of period" stands the day before the period starts, one "at end" on its last day."""
    assert period.end is not None
    if _BEGINNING.search(label):
        start = period.start or (calendar.start_of(period.end) if period.months in (None, 12) else None)
        if start is None:
            return replace(period, end=None, start=None, instant=True, months=None, quarter=None, year=None)
        before = start - datetime.timedelta(days=1)
        return replace(
            period, end=before, start=None, instant=True, months=None, quarter=None, year=calendar.name_of(before, closes_year=True)
        )
    if _ENDING.search(label) and not period.instant:
        return replace(period, start=None, instant=True, months=None, quarter=None)
    return period


def _whole_period(raw: str, column: Pieces | None, row: Pieces, time: TableTime, between: Period | None) -> Period | None:
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
    if time.schedule and time.calendar.last_year is not None:
        # Payments still to come are stated as of the balance sheet date.
        return Period(raw, time.calendar.last_year, time.calendar.end_of(time.calendar.last_year), instant=True)
    for said in time.around:
        if said.timed and len(said.named_years) == 1 and len(set(said.dates)) <= 1 and len(said.months) <= 1:
            return _period(raw, joined(own, said), time)
        if said.timed and len(said.named_years) > 1 and not own.empty:
            break
    if own.timed or own.quarter or own.half:
        return _period(raw, own, time)
    return None


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
