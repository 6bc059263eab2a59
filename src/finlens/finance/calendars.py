"""When the fiscal years of a document end, learnt from what it says: "fiscal year ended June 30, 2024"."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from finlens.documents import Document
from finlens.finance.dates import MonthDay, is_month_end, read_dates
from finlens.finance.numerals import PLAIN, Locale
from finlens.finance.periods import FiscalCalendar

_CLOSING = re.compile(
    r"(?:\b(?:fiscal|financial|calendar)?\s*years?(?:\s+(?:then\s+)?(?:ended|ending))|\b(?:twelve months|"
    r"52 weeks|53 weeks|fifty-(?:two|three) weeks)(?: period)?\s+ended|"
    r"\bexercices?\s+(?:social\s+|annuel\s+)?clos(?:\s+le)?|\bfiscal year(?:s)?(?: end)?s?(?: on|"
    r" is)?|\bcomptes (?:annuels|consolidés)?\s*au|\bbilan\b[^.]{0,30}?\bau)\W{0,3}(?P<after>.{4,60})",
    re.I,
)
_INTERIM = re.compile(
    r"\b(?:quarterly period|quarters?|(?:three|six|nine) months|(?:thirteen|13|26|39) weeks|half[- ]year|"
    r"trimestre|semestre)\s+(?:ended|clos(?: le)?)\W{0,3}"
    r"(?P<after>.{4,40})",
    re.I,
)
_NAMED_BEFORE = re.compile(r"\bfiscal (?:year )?(20\d\d)\b[^.;]{0,60}?\bended (?:on )?(?=(.{6,24}))", re.I)
_NAMED_AFTER = re.compile(
    r"\bended (?:on )?((?:\w+\.? \d{1,2}|\d{1,2} \w+),? (20\d\d))[^.;]{0,6}[(“\"][^.;)]{0,24}?fiscal (?:year )?(20\d\d)", re.I
)
_CHEAP = ("ended", "ending", "fiscal", "exercice", "trimestre", "semestre", "bilan", "comptes")
"""One of them is in every text that says when a year ends: sought first, for that takes no time."""


def fiscal_calendar(document: Document, locale: Locale | None = None) -> FiscalCalendar:
    """The document's fiscal years; empty where it does not say when they end."""
    votes: Counter[MonthDay] = Counter()
    closes: Counter[datetime.date] = Counter()
    interim: Counter[datetime.date] = Counter()
    names: dict[int, datetime.date] = {}
    for weight, text in _texts(document):
        lowered = text.lower()
        if not any(word in lowered for word in _CHEAP):
            continue
        plain = " ".join(text.translate(PLAIN).split())
        for found in _CLOSING.finditer(plain):
            read = read_dates(found.group("after"), locale)
            for day in read.dates[:1]:
                closes[day] += weight
                votes[_month_day(day)] += weight
            if not read.dates and read.in_part:
                votes[read.in_part[0]] += weight
        for found in _INTERIM.finditer(plain):
            interim.update(dict.fromkeys(read_dates(found.group("after"), locale).dates[:1], weight))
        for year, end in _named(plain, locale):
            names.setdefault(year, end)
    if not votes:
        _from_balance_dates(document, closes, votes, locale)
    if not votes:
        return FiscalCalendar()
    return _made(votes, closes, names, max(interim, key=lambda day: (interim[day], day), default=None))


def _texts(document: Document) -> Iterator[tuple[int, str]]:
    """Texts that may say it, each with its weight: the cover counts most."""
    for page in document.pages:
        for block in page.blocks:
            if block.role != "table":
                yield (8 if page.number <= 2 else 1), block.text
    for table in document.tables:
        heads = [cell for cell in table.cells if cell.header or cell.row <= 2]
        columns: dict[int, list[str]] = {}
        for cell in heads:
            columns.setdefault(cell.column, []).append(cell.text)
        spanning = " ".join(cell.text for cell in heads if cell.column_span > 1)
        yield 2, table.caption
        for texts in columns.values():
            yield 1, f"{spanning} {' '.join(texts)}" if spanning and spanning not in texts else " ".join(texts)
        if table.column_count <= 3:
            rows: dict[int, list[str]] = {}
            for cell in table.cells:
                rows.setdefault(cell.row, []).append(cell.text)
            yield from ((1, " ".join(texts)) for texts in rows.values() if "iscal" in texts[0])


def _named(plain: str, locale: Locale | None) -> Iterable[tuple[int, datetime.date]]:
    if "iscal" not in plain:
        return
    for found in _NAMED_BEFORE.finditer(plain):
        for day in read_dates(found.group(2), locale).dates[:1]:
            if abs(day.year - int(found.group(1))) <= 1:
                yield int(found.group(1)), day
    for found in _NAMED_AFTER.finditer(plain):
        for day in read_dates(found.group(1), locale).dates[:1]:
            if abs(day.year - int(found.group(3))) <= 1:
                yield int(found.group(3)), day


def _from_balance_dates(document: Document, closes: Counter[datetime.date], votes: Counter[MonthDay], locale: Locale | None) -> None:
    """Where no text says when years end: dates at which several columns stand, a year apart."""
    seen: Counter[datetime.date] = Counter()
    for table in document.tables:
        seen.update({day for cell in table.cells if cell.row <= 3 for day in read_dates(cell.text, locale).dates})
    for day, count in seen.items():
        if any(350 <= abs((day - other).days) <= 378 for other in seen):
            votes[_month_day(day)] += count
            closes[day] += count


def _month_day(day: datetime.date) -> MonthDay:
    return MonthDay(day.month, 0 if day.month == 2 and is_month_end(day) else day.day)


def _made(
    votes: Counter[MonthDay], closes: Counter[datetime.date], names: dict[int, datetime.date], interim: datetime.date | None
) -> FiscalCalendar:
    best = max(votes, key=lambda md: (votes[md], md))
    # Years of 52 or 53 weeks close on days near to each other, never twice on the same one.
    near = {day for day in closes if _apart(day, best) <= 8 and closes[day] >= min(2, max(closes.values()))}
    near |= set(names.values())
    floating = len({_month_day(day) for day in near}) > 1
    shift = next((year - day.year for year, day in names.items()), None)
    ends: dict[int, datetime.date] = {}
    for day in sorted(near):
        year = day.year + shift if shift is not None else day.year - 1 if day.month == 1 and day.day <= 7 else day.year
        ends[year] = day
    ends.update(names)
    exact = {year: day for year, day in ends.items() if not floating or day in near}
    # The year that is spoken of most; one that is only announced ("the year ending …") is not the last one reported.
    last = max(near, key=lambda day: (closes[day], day), default=None)
    last_year = next((year for year, day in exact.items() if day == last), None)
    # Quarters are told of in annual reports too; an interim report goes on after the last year's end.
    reported = interim if interim is not None and (last is None or last < interim) and _apart(interim, best) > 8 else None
    if reported is not None and not floating and (last is None or (reported - last).days > 366):
        # The year that is spoken of most is an old one; an interim report follows the last year's close.
        close = max(day for year in (reported.year - 1, reported.year) if (day := best.in_year(year)) < reported)
        last_year = close.year
    if floating:
        exact = _with_other_years(exact)
    return FiscalCalendar(best, exact, last_year, reported, floating)


def _with_other_years(known: dict[int, datetime.date]) -> dict[int, datetime.date]:
    """Years of 52 or 53 weeks: the ends that no text prints, where one rule explains all that are printed.

    Such a year ends on one weekday, either the last of a month or the nearest to a month's end.
    """
    weekdays = {day.weekday() for day in known.values()}
    months = {_nearest_month_end(day).month for day in known.values()}
    named = {_nearest_month_end(day).year - year for year, day in known.items()}
    if len(known) < 2 or len(weekdays) > 1 or len(months) > 1 or len(named) > 1:
        return known
    weekday, month, later = weekdays.pop(), months.pop(), named.pop()
    rules = [
        rule for rule in (_last_weekday, _nearest_weekday) if all(rule(year + later, month, weekday) == day for year, day in known.items())
    ]
    found = dict(known)
    for year in range(min(known) - 1, max(known)):
        days = {rule(year + later, month, weekday) for rule in rules}
        if year not in known and len(days) == 1:
            found[year] = days.pop()
    return dict(sorted(found.items()))


def _nearest_month_end(day: datetime.date) -> datetime.date:
    own = MonthDay(day.month, 0).in_year(day.year)
    before = day.replace(day=1) - datetime.timedelta(days=1)
    return own if own - day < day - before else before


def _last_weekday(year: int, month: int, weekday: int) -> datetime.date:
    end = MonthDay(month, 0).in_year(year)
    return end - datetime.timedelta(days=(end.weekday() - weekday) % 7)


def _nearest_weekday(year: int, month: int, weekday: int) -> datetime.date:
    last = _last_weekday(year, month, weekday)
    end = MonthDay(month, 0).in_year(year)
    return last if (end - last).days <= 3 else last + datetime.timedelta(days=7)


def _apart(day: datetime.date, month_day: MonthDay) -> int:
    return min(abs((day - month_day.in_year(year)).days) for year in (day.year - 1, day.year, day.year + 1))


def fiscal_year_end(document: Document) -> datetime.date | None:
    """The last day of the latest fiscal year that the document reports on, or None where it does not say."""
    calendar = fiscal_calendar(document)
    return calendar.end_of(calendar.last_year) if calendar.last_year is not None else None
