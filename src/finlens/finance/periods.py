"""When a figure is about: "year ended December 31, 2023", "Q3 2022", « exercice clos le 31 décembre 2023 », « N-1 ».

A head is often printed in pieces ("Years Ended September 30," over "2019"), so a text is first taken apart (`Pieces`),
pieces of the heads, sub-headings and captions around a figure are joined, and only then made into a `Period`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from finlens.documents import Basis, Period
from finlens.finance.dates import MonthDay, is_month_end, months_before, read_dates
from finlens.finance.numerals import PLAIN, Locale

_NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "six": 6, "nine": 9, "twelve": 12, "trois": 3, "neuf": 9, "douze": 12}
_MONTHS_LONG = re.compile(r"\b(one|two|three|six|nine|twelve|trois|neuf|douze|3|6|9|12)[ -]*(?:months?|mois)\b", re.I)
_WEEKS_LONG = re.compile(
    r"\b(13|14|26|27|39|40|52|53|thirteen|twenty[- ]six|thirty[- ]nine|fifty[- ]two|fifty[- ]three)[ -]*weeks?\b", re.I
)
_WEEK_WORDS = {"thirteen": 13, "twenty-six": 26, "thirty-nine": 39, "fifty-two": 52, "fifty-three": 53}
_YEAR_LONG = re.compile(
    r"\b(?:(?:fiscal|financial|calendar)\s+)?years?\s*[-–—]?\s*(?:then\s+)?(?:ended|ending|end)\b|\bfor the (?:fiscal )?years?\b|\bannual\b|\bfull[- ]year\b|"
    r"\bexercices?\s+(?:social\s+|annuel\s+)?(?:clos|ouvert|terminé)|\bexercices?\b(?!\s+pr)|\btwelve[- ]month\b",
    re.I,
)
_QUARTER_LONG = re.compile(r"\b(?:fiscal\s+)?quarters?\s+(?:ended|ending)\b|\btrimestres?\s+clos\b", re.I)
_HALF_LONG = re.compile(r"\bhalf[- ]years?\s+(?:ended|ending|to)\b|\bsemestres?\s+clos\b", re.I)
_ORDINALS = {"first": 1, "1st": 1, "premier": 1, "1er": 1, "second": 2, "2nd": 2, "deuxième": 2, "2e": 2, "2ème": 2, "third": 3, "3rd": 3, "troisième": 3,
             "3e": 3, "3ème": 3, "fourth": 4, "4th": 4, "quatrième": 4, "4e": 4, "4ème": 4}  # fmt: skip
_QUARTER = re.compile(
    rf"\bQ([1-4])(?![\d-]\d)|^T([1-4])$|\bT([1-4])(?=[\s/-]*['’]?\d\d)|\b([1-4])[QT](?=\b|\d\d)|\b({'|'.join(_ORDINALS)})\s+(?:fiscal\s+)?(?:quarter|trimestre)\b|\bquarter\s+([1-4])\b",
    re.I,
)
_HALF = re.compile(
    r"\b[HS]([12])(?![\d-]\d)|\b([12])[HS](?=\b|\d\d)|\b(first|second|premier|1er|2nd|2e|deuxième)\s+(?:half|semestre)\b", re.I
)
_YEAR_SPAN = re.compile(r"(?<![\d/.,-])((?:19|20)\d\d)\s?[/–-]\s?((?:19|20)?\d\d)(?![\d/.,-]\d|\d)")
_SHORT_SPAN = re.compile(r"\b(?:FY|fiscal(?: year)?|exercice)\s?['’]?(\d\d)\s?[/–-]\s?(\d\d)\b", re.I)
_YEARS = re.compile(
    r"(?:(?<=FY)|(?<=CY)|(?<=[QHST][1-4])|(?<=[1-4][QHST])|(?<![\w.,$€£/-]))((?:19|20)\d\d)(A|E|F|P|B|e|est\.?)?(?![\w%]|[.,]\d)"
)
_SHORT_YEAR = re.compile(
    r"\b(?:FY|CY|fiscal(?: year)?|[QHST][1-4]|[1-4][QHST])\s?['’]?(\d\d)(?!\d)(A|E|F|P|B|e)?(?![\w%])|(?<!\w)['’](\d\d)\b", re.I
)
_FISCAL = re.compile(r"\bFY\s?['’]?\d|\bfiscal\b|\bexercice\b|\bfinancial year\b", re.I)
_AT = re.compile(r"\bas (?:of|at)\b|\bat\b|\bau\b|\bbalances?\b|\bà la clôture\b|\bsolde", re.I)
_FROM_TO = re.compile(r"\bfrom\b|\bthrough\b|\bdu\b|\bperiod\b|\bto\b|\bau\b|[-–—]", re.I)
_RELATIVE = re.compile(r"(?:^|[\s(])(?:l['’])?(?i:exercice\s+|année\s+|year\s+)?N(?:\s?[-–]\s?([1-4]))?(?=$|[\s),;:/])")
_CURRENT = re.compile(r"\b(?:current (?:fiscal )?(?:year|period)|this year|exercice (?:en cours|courant)|année en cours)\b", re.I)
_PRIOR = re.compile(
    r"\b(?:(?:prior|previous|preceding|last) (?:fiscal )?(?:year|period)|exercice précédent|précédent exercice|année précédente)\b", re.I
)
_RESTATED = re.compile(r"\b(?:as )?(?:restated|recast|revised|adjusted for)\b|\bretraité", re.I)
_PRO_FORMA = re.compile(r"\bpro[- ]?forma\b", re.I)
_FORECAST = re.compile(r"\b(?:forecast|guidance|budget|outlook|projected|estimated|expected|prévisions?|prévisionnel|estimé)", re.I)
_ANY = re.compile(
    r"\d|quarter|half|year|months?|weeks?|trimestre|semestre|exercice|\bN\b|précédent|restated|pro[- ]?forma|retraité|[a-zû]{3,}\.? \d",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a text says about time, not yet put together."""

    dates: tuple[datetime.date, ...] = ()
    month_days: tuple[MonthDay, ...] = ()
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    weeks: int | None = None
    quarter: int | None = None
    half: int | None = None
    fiscal: bool = False
    instant: bool = False
    span: bool = False
    """Two dates that begin and end one period ("from … to …")."""
    basis: Basis = "reported"
    relative: int | None = None

    @property
    def named_years(self) -> tuple[int, ...]:
        """Years that the text speaks of, without repetition, in order."""
        return tuple(dict.fromkeys((*self.years, *(day.year for day in self.dates))))

    @property
    def empty(self) -> bool:
        return not (
            self.dates
            or self.month_days
            or self.years
            or self.months
            or self.weeks
            or self.quarter
            or self.half
            or self.relative is not None
        )

    @property
    def timed(self) -> bool:
        """Whether it names a year, by number or by « N »: enough for a `Period` of its own."""
        return bool(self.dates or self.years) or self.relative is not None


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """When the fiscal years of a document end, by what it says itself."""

    month_day: MonthDay | None = None
    ends: Mapping[int, datetime.date] = field(default_factory=dict)
    """Fiscal years whose last day the document prints, by the name that it gives them."""
    last_year: int | None = None
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


@lru_cache(maxsize=8192)
def read_pieces(text: str, locale: Locale | None = None) -> Pieces:
    """What ``text`` says about time; all empty where it says nothing."""
    if not _ANY.search(text):
        return _NOTHING
    plain = " ".join(text.translate(PLAIN).split())
    found = read_dates(plain, locale)
    rest = found.rest
    basis: Basis = (
        "restated"
        if _RESTATED.search(plain)
        else "pro forma"
        if _PRO_FORMA.search(plain)
        else "forecast"
        if _FORECAST.search(plain)
        else "reported"
    )
    quarter = _ordinal(_QUARTER.search(rest))
    half = _ordinal(_HALF.search(rest))
    years: list[int] = []
    for span in _YEAR_SPAN.finditer(rest):
        first, last = span.groups()
        second = int(last) if len(last) == 4 else int(first[:2] + last)
        years.extend([second] if second == int(first) + 1 else [int(first), second] if len(last) == 4 else [])
    rest = _YEAR_SPAN.sub(lambda span: " " if _is_span(span) else span.group(), rest)
    for span in _SHORT_SPAN.finditer(rest):
        years.append(2000 + int(span.group(2)))
    if not _SHORT_SPAN.search(rest):
        for year in _YEARS.finditer(rest):
            years.append(int(year.group(1)))
            if year.group(2) and year.group(2)[0] in "EFPBe":
                basis = "forecast"
        for year in _SHORT_YEAR.finditer(rest):
            years.append(2000 + int(year.group(1) or year.group(3)))
            if year.group(2) and year.group(2) in "EFPBe":
                basis = "forecast"
    weeks = _WEEKS_LONG.search(rest)
    spans = len(found.dates) == 2 and _FROM_TO.search(rest) is not None and found.dates[0] < found.dates[1]
    return Pieces(
        dates=found.dates,
        month_days=found.in_part,
        years=tuple(dict.fromkeys(years)),
        months=_durations(rest, quarter, half),
        weeks=_weeks(weeks.group(1)) if weeks else None,
        quarter=quarter,
        half=half,
        fiscal=_FISCAL.search(plain) is not None or _YEAR_SPAN.search(plain) is not None,
        instant=_AT.search(rest) is not None,
        span=spans,
        basis=basis,
        relative=_relative(plain) if not years and not found.dates else None,
    )


_NOTHING = Pieces()


def _is_span(span: re.Match[str]) -> bool:
    first, last = span.groups()
    return int(last) % 100 == (int(first) + 1) % 100


def _ordinal(found: re.Match[str] | None) -> int | None:
    if not found:
        return None
    said = next(group for group in found.groups() if group)
    return int(said) if said.isdigit() else _ORDINALS[said.lower()]


def _weeks(said: str) -> int:
    return int(said) if said.isdigit() else _WEEK_WORDS[said.lower().replace(" ", "-")]


def _durations(rest: str, quarter: int | None, half: int | None) -> tuple[int, ...]:
    found = [int(said) if said.isdigit() else _NUMBER_WORDS[said.lower()] for said in _MONTHS_LONG.findall(rest)]
    # "three and six months ended"
    for said in re.findall(r"\b(three|six|nine)[- ](?:and|to)[- ](?=(?:six|nine|twelve)[- ]months?\b)", rest, re.I):
        found.insert(0, _NUMBER_WORDS[said.lower()])
    if quarter or _QUARTER_LONG.search(rest):
        found.append(3)
    if half or _HALF_LONG.search(rest):
        found.append(6)
    if not found and _YEAR_LONG.search(rest):
        found.append(12)
    return tuple(dict.fromkeys(found))


def _relative(plain: str) -> int | None:
    found = _RELATIVE.search(plain)
    if found:
        return -int(found.group(1) or 0)
    return -1 if _PRIOR.search(plain) else 0 if _CURRENT.search(plain) else None


def joined(own: Pieces, around: Pieces) -> Pieces:
    """``own`` with what it lacks taken from ``around`` (a spanning head, a sub-heading, a caption)."""
    lacks_time = not own.timed
    return replace(
        own,
        dates=own.dates or (around.dates if lacks_time and not own.month_days else ()),
        years=own.years or (around.years if lacks_time else ()),
        month_days=own.month_days or (around.month_days if not own.dates and own.quarter is None and own.half is None else ()),
        months=own.months or (around.months if not own.weeks else ()),
        weeks=own.weeks or (around.weeks if not own.months else None),
        quarter=own.quarter or (around.quarter if not own.dates else None),
        half=own.half or (around.half if not own.dates else None),
        fiscal=own.fiscal or around.fiscal,
        instant=own.instant or around.instant,
        basis=own.basis if own.basis != "reported" else around.basis,
        relative=own.relative if own.relative is not None or not lacks_time else around.relative,
    )


def assemble(raw: str, pieces: Pieces, calendar: FiscalCalendar = UNKNOWN) -> Period | None:
    """The one period that the pieces speak of; None for none, and for several ("2019 compared with 2018")."""
    if pieces.span:
        start, end = pieces.dates
        length = round((end - start).days / 30.44)
        return Period(raw, calendar.name_of(end), end, start, months=length or None, basis=pieces.basis)
    if len(set(pieces.dates)) > 1 or len(pieces.named_years) > 1 or len(set(pieces.month_days)) > 1 or len(pieces.months) > 1:
        return None
    months = pieces.months[0] if pieces.months else {13: 3, 14: 3, 26: 6, 27: 6, 39: 9, 40: 9, 52: 12, 53: 12}.get(pieces.weeks or 0)
    year = pieces.named_years[0] if pieces.named_years else None
    if pieces.relative is not None and year is None and calendar.last_year is not None:
        year = calendar.last_year + pieces.relative
    if year is None and pieces.relative is None and pieces.quarter is None and pieces.half is None:
        return None
    end = pieces.dates[0] if pieces.dates else None
    if end is None and year is not None:
        end = _end(year, pieces, months, calendar)
        named = year
    else:
        named = calendar.name_of(end, closes_year=months == 12) if end else year
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
