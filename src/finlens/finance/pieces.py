"""What a text says about time, taken apart: dates, years, lengths, quarters, « N-1 », "as restated".

A head is often printed in pieces ("Years Ended September 30," over "2019"), so the pieces of the heads, sub-headings and
captions around a figure are joined before `finlens.finance.periods` makes a period of them.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from finlens.documents import Basis
from finlens.finance.dates import MonthDay, read_dates
from finlens.finance.numerals import PLAIN, Locale

_NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "six": 6, "nine": 9, "twelve": 12, "trois": 3, "neuf": 9, "douze": 12}
_MONTHS_LONG = re.compile(r"\b(one|two|three|six|nine|twelve|trois|neuf|douze|3|6|9|12)[ -]*(?:months?|mois)\b", re.I)
# "Less than 12 months" is how long something has lasted, not when.
_AGE = re.compile(r"\b(?:less than|more than|greater|within|longer|over|after|next|or less|moins de|plus de|au-delà|prochains)\b", re.I)
_WEEKS_LONG = re.compile(
    r"\b(13|14|26|27|39|40|52|53|thirteen|twenty[- ]six|thirty[- ]nine|fifty[- ]two|fifty[- ]three)[ -]*weeks?\b", re.I
)
_WEEK_WORDS = {"thirteen": 13, "twenty-six": 26, "thirty-nine": 39, "fifty-two": 52, "fifty-three": 53}
_YEAR_LONG = re.compile(
    r"\b(?:(?:fiscal|financial|calendar)\s+)?years?\s*[-–—]?\s*(?:then\s+)?(?:ended|ending|"
    r"end)\b|\bfor the (?:fiscal )?years?\b|\bannual\b|\bfull[- ]year\b|"
    r"\bexercices?\s+(?:social\s+|annuel\s+)?(?:clos|ouvert|terminé)|\bexercices?\b(?!\s+pr)|\btwelve[- ]month\b",
    re.I,
)
_QUARTER_LONG = re.compile(r"\b(?:fiscal\s+)?quarters?\s+(?:ended|ending)\b|\btrimestres?\s+clos\b", re.I)
_HALF_LONG = re.compile(r"\bhalf[- ]years?\s+(?:ended|ending|to)\b|\bsemestres?\s+clos\b", re.I)
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "premier": 1,
    "1er": 1,
    "second": 2,
    "2nd": 2,
    "deuxième": 2,
    "2e": 2,
    "2ème": 2,
    "third": 3,
    "3rd": 3,
    "troisième": 3,
    "3e": 3,
    "3ème": 3,
    "fourth": 4,
    "4th": 4,
    "quatrième": 4,
    "4e": 4,
    "4ème": 4,
}
_QUARTER = re.compile(
    rf"\bQ([1-4])(?![\d-]\d)|^T([1-4])$|\bT([1-4])(?=[\s/-]*['’]?\d\d)|\b([1-4])[QT](?=\b|\d\d)|"
    rf"\b({'|'.join(_ORDINALS)})\s+(?:fiscal\s+)?(?:quarter|trimestre)\b|\bquarter\s+([1-4])\b",
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
_RELATIVE = re.compile(r"(?:^|[\s(])(?:l['’])?(?i:exercice\s+|année\s+|year\s+)?N(?!/A\b)(?:\s?[-–]\s?([1-4]))?(?=$|[\s),;:/])")
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
    years.extend(2000 + int(span.group(2)) for span in _SHORT_SPAN.finditer(rest))
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
    if _AGE.search(rest):
        return ()
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
    if around is _NOTHING:
        return own
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
