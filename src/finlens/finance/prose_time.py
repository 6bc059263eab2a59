"""When the figures of a sentence are about: "was $5 million and $4 million as of June 30, 2025 and 2024, respectively".

The times that a sentence names are read as lists ("June 30, 2025 and 2024"), its figures as runs ("$5 million and $4
million"); a run goes with the list of its own length, a figure alone with the time beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from finlens.documents import Amount, Period
from finlens.finance.dates import MONTH, MonthDay
from finlens.finance.numerals import PLAIN, Locale
from finlens.finance.periods import FiscalCalendar, assemble
from finlens.finance.pieces import Pieces, joined, read_pieces

_YEAR = r"(?:19|20)\d\d"
_ATOM = re.compile(
    rf"\b{MONTH}\s+\d{{1,2}},?\s+{_YEAR}\b|\b\d{{1,2}}(?:er)?\s+{MONTH}\s+{_YEAR}\b|\b{MONTH},?\s+{_YEAR}\b|"
    rf"\b{MONTH}\s+\d{{1,2}}\b(?!,?\s*\d)|(?<![\d.,$€£/#-])(?<!\d )\b{_YEAR}\b(?![\d%-]|[.,]\d|\s+(?:million|billion|shares|years))",
    re.I,
)
_HAS_YEAR = re.compile(_YEAR)
_BARE_YEAR = re.compile(_YEAR)
_BETWEEN = re.compile(
    r"\s*(?:,|;|and|or|et|,\s*and|,\s*et|&|compared (?:to|with)|versus|vs\.?)\s*(?:the|as of|at|in|for|fiscal(?: years?)?|au|en)?\s*", re.I
)
_LEAD = re.compile(
    r"(?:(?:for|in|during|over|as of|as at|at|on|au|en|pour|to|from|of|with|since|through|until|by|before|after|versus)\s+)?"
    r"(?:(?:the|each of the|our|l['’]|le|les|du|des)\s*)?(?:(?:first|second|third|fourth)\s+quarters?\s+(?:of\s+)?)?"
    r"(?:(?:one|two|three|six|nine|twelve)(?:[- ](?:and|to)[- ](?:six|nine|twelve))?[- ](?:month|"
    r"week)s?(?:\s+periods?)?\s+(?:ended|ending)\s+)?"
    r"(?:(?:fiscal |financial |calendar )?(?:years?|quarters?|periods?|exercices?)\s*(?:then )?(?:ended|ending|clos(?:\s+le)?|end)?\s+)?"
    r"(?:fiscal\s+(?:years?\s+)?)?(?:(?:le|the)\s+)?$",
    re.I,
)
# A year alone is a time where one of these leads to it; "the 2022 authorization" and "2025 Notes" are names.
_LEADS_TO_YEAR = re.compile(
    r"\b(?:for|in|during|of|from|to|than|with|fiscal|years?|ended|ending|since|en|pour|exercices?|and|versus|over|"
    r"between)\s+(?:the |fiscal |calendar )*$",
    re.I,
)
_NAME_AFTER = re.compile(
    r"\s+(?:[a-z]+ ){0,1}(?:notes?|plan|program\w*|authoriz\w+|act|agreement|facility|award|acquisition|asrs?|bonds?|"
    r"restructuring|credit)\b",
    re.I,
)
# When something ends, begins or was agreed, not when the figure is.
_ANOTHER_TIME = re.compile(
    r"\b(?:expir\w+|matur\w+|due|until|through|beginning|begin|starting|effective|dated|later than|prior to|subsequent to|"
    r"before|after|repayable|échéance)\b"
    r"(?:\s+(?:in|on|at|from|of|various|dates?|the|through))*\s*$",
    re.I,
)
# "…, which were first paid in June 2024, were $3.5 billion", "recognized that was included in the balance as of December 1, 2023".
_IN_A_CLAUSE = re.compile(r"\b(?:which|that|who|entered into|as part of)\b[^,;$€£\d]*$", re.I)
_LIST = re.compile(r"\s*(?:,|;|and|or|,\s*and|,\s*or|et|ou|/)\s*(?:approximately|about|environ)?\s*", re.I)


_MONTH_ONLY = re.compile(rf"\b{MONTH},?\s+{_YEAR}$", re.I)


@dataclass(frozen=True, slots=True)
class Times:
    """A list of times that a sentence names, and where it stands."""

    start: int
    end: int
    pieces: tuple[Pieces, ...]
    in_clause: bool = False
    """Whether it belongs to a "which" or a "that": another time of the sentence says more."""


@lru_cache(maxsize=256)
def times_in(sentence: str, locale: Locale | None) -> tuple[Times, ...]:
    """The times of a sentence, in order; neighbours that share a "years ended" are one list."""
    if not _HAS_YEAR.search(sentence):
        return ()
    plain = sentence.translate(_SAME_LENGTH)
    found: list[Times] = []
    group: list[re.Match[str]] = []
    for atom in _ATOM.finditer(plain):
        if group and _BETWEEN.fullmatch(plain, group[-1].end(), atom.start()):
            group.append(atom)
            continue
        found.extend(_listed(plain, group, locale))
        group = [atom]
    found.extend(_listed(plain, group, locale))
    return tuple(times for times in found if not times.in_clause) or tuple(found)


_SAME_LENGTH = {code: " " if new is None else new for code, new in PLAIN.items()}


def _listed(plain: str, atoms: Sequence[re.Match[str]], locale: Locale | None) -> list[Times]:
    """The list that these neighbouring dates and years make; none where they are a name's or tell another time."""
    if not atoms:
        return []
    first = atoms[0]
    before = plain[max(0, first.start() - 90) : first.start()]
    lead = _LEAD.search(before)
    head = lead.group() if lead else ""
    bare = _BARE_YEAR.fullmatch(first.group()) is not None
    if bare and (not _LEADS_TO_YEAR.search(before) or (len(atoms) == 1 and _NAME_AFTER.match(plain, first.end()))):
        return []
    if _ANOTHER_TIME.search(before[: len(before) - len(head)]) or _ANOTHER_TIME.search(before):
        return []
    around = read_pieces(head, locale)
    pieces: list[Pieces] = []
    for atom in atoms:
        own = joined(read_pieces(atom.group(), locale), replace(around, months=()))
        if _BARE_YEAR.fullmatch(atom.group()) and pieces and pieces[-1].dates:
            day = pieces[-1].dates[0]
            own = replace(own, month_days=(MonthDay(day.month, day.day),))
        pieces.append(own)
    # "December 31, 2024" after "December 31" alone: the day before takes the year.
    for index in range(len(pieces) - 2, -1, -1):
        if pieces[index].month_days and not pieces[index].timed and pieces[index + 1].timed:
            pieces[index] = replace(pieces[index], years=pieces[index + 1].named_years[:1])
    lengths = around.months
    if len(lengths) > 1 and len(pieces) > 1:
        return []  # "three and six months ended June 30, 2025 and 2024": four times, in an order that is not said
    listed = [replace(own, months=(length,)) for own in pieces for length in lengths] if lengths else pieces
    return [Times(first.start() - len(head), atoms[-1].end(), tuple(listed), _IN_A_CLAUSE.search(before) is not None)]


def periods_of_figures(
    sentence: str, figures: Sequence[tuple[int, int, Amount]], times: Sequence[Times], calendar: FiscalCalendar
) -> list[Period | None]:
    """For each figure of a sentence its period, or None where the sentence does not tell it; ``times`` are what `times_in` finds there."""
    if not times:
        return [None] * len(figures)
    chosen: list[tuple[Times, int] | None] = [None] * len(figures)
    for run in _runs(sentence, figures, times):
        listed = _list_for(run, figures, times) if len(run) > 1 else None
        for place, at in enumerate(run):
            chosen[at] = (listed, place) if listed else _beside(at, figures, times)
    _in_order(sentence, figures, times, chosen)
    return [_period(sentence, *found, calendar) if found else None for found in chosen]


def _runs(sentence: str, figures: Sequence[tuple[int, int, Amount]], times: Sequence[Times]) -> list[list[int]]:
    """Neighbouring figures of one unit: "$5 million and $4 million"."""
    runs: list[list[int]] = []
    for at, (start, _, amount) in enumerate(figures):
        if runs and figures[runs[-1][-1]][2].unit == amount.unit and _LIST.fullmatch(sentence, figures[runs[-1][-1]][1], start):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _list_for(run: Sequence[int], figures: Sequence[tuple[int, int, Amount]], times: Sequence[Times]) -> Times | None:
    """The nearest list as long as the run, the one after it first."""
    end = figures[run[-1]][1]
    fitting = [listed for listed in times if len(listed.pieces) == len(run)]
    after = [listed for listed in fitting if listed.start >= end]
    before = [listed for listed in fitting if listed.end <= figures[run[0]][0]]
    if after and not any(end <= start < after[0].start for start, _, _ in figures):
        return after[0]
    if before and after:
        return after[0] if after[0].start - end < figures[run[0]][0] - before[-1].end else before[-1]
    return after[0] if after else before[-1] if before else None


def _beside(at: int, figures: Sequence[tuple[int, int, Amount]], times: Sequence[Times]) -> tuple[Times, int] | None:
    """The one time between a figure and the next, else the last one before it; None where that is a list."""
    start, end, _ = figures[at]
    until = figures[at + 1][0] if at + 1 < len(figures) else None
    after = [listed for listed in times if listed.start >= end and (until is None or listed.start < until)]
    if after:
        return (after[0], 0) if len(after[0].pieces) == 1 else None
    before = [listed for listed in times if listed.end <= start]
    if before:
        return (before[-1], 0) if len(before[-1].pieces) == 1 else None
    later = [listed for listed in times if listed.start >= end]
    return (later[0], 0) if len(later) == 1 and len(later[0].pieces) == 1 else None


_RESPECTIVELY = re.compile(r"\brespective(?:ly|ment)\b|\bin that order\b", re.I)


def _in_order(
    sentence: str, figures: Sequence[tuple[int, int, Amount]], times: Sequence[Times], chosen: list[tuple[Times, int] | None]
) -> None:
    """Figures apart ("gains of $12 million and losses of $102 million and $393 million") as many as the one list has times."""
    lists = [listed for listed in times if len(listed.pieces) > 1]
    if len(lists) != 1 or len(times) != 1:
        return
    if not _RESPECTIVELY.search(sentence):
        # "As of 2024 and 2023 we were authorized to issue 25 million shares": so at each, and at the latest.
        latest = max(range(len(lists[0].pieces)), key=lambda place: (lists[0].pieces[place].named_years or (0,))[0])
        for at, found in enumerate(chosen):
            if found is None and lists[0].end <= figures[at][0] and len(figures) == 1:
                chosen[at] = (lists[0], latest)
        return
    for unit in {amount.unit for _, _, amount in figures}:
        alike = [at for at, (_, _, amount) in enumerate(figures) if amount.unit == unit]
        if len(alike) == len(lists[0].pieces) and any(chosen[at] is None for at in alike):
            for place, at in enumerate(alike):
                chosen[at] = (lists[0], place)


def _period(sentence: str, times: Times, place: int, calendar: FiscalCalendar) -> Period | None:
    pieces = times.pieces[place]
    raw = " ".join(sentence[times.start : times.end].split())
    if pieces.years and not (pieces.months or pieces.weeks or pieces.quarter or pieces.half or pieces.instant or pieces.month_days):
        # "in 2024" is the whole year, in an interim report too where that year is over.
        over = calendar.last_year is not None and pieces.years[0] <= calendar.last_year
        period = assemble(raw, replace(pieces, months=(12,)), calendar)
        return period if period is None or not calendar.reported or over else replace(period, end=None, start=None, months=None)
    if _MONTH_ONLY.search(raw) and not (pieces.instant or pieces.months or pieces.weeks or pieces.quarter):
        # "In April 2024 we issued": some day of that month.
        period = assemble(raw, pieces, calendar)
        return replace(period, start=period.end.replace(day=1), instant=False, months=1) if period and period.end else None
    if pieces.month_days and pieces.years and not pieces.months and pieces.instant:
        pieces = replace(pieces, dates=(pieces.month_days[0].in_year(pieces.years[0]),), years=(), month_days=())
    return assemble(raw, pieces, calendar)
