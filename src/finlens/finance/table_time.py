"""What the title, the heads, the labels and the text above a table say about time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from finlens.finance.bands import Band
from finlens.finance.heads import is_change
from finlens.finance.layout import Layout
from finlens.finance.numerals import Locale
from finlens.finance.periods import FiscalCalendar
from finlens.finance.pieces import Pieces, joined, read_pieces
from finlens.finance.vocabulary import word_set

_NOTHING = Pieces()
_FLOW = re.compile(
    r"\bstatements? of (?:consolidated )?(?:income|operations|earnings|comprehensive|cash flows?|"
    r"profit)|\bincome statements?|\bcash flows?\b|\bcompte de résultat|"
    r"\bflux de trésorerie|\brésultat global",
    re.I,
)
_STOCK = re.compile(
    r"\bbalance sheets?\b|\bstatements? of (?:consolidated )?financial (?:position|condition)|\bbilan\b|\bsituation financière", re.I
)
_BALANCE_ROW = re.compile(
    r"\bbalances?\b|\bsolde|\bcapitaux propres\b.*\bau\b|\bbeginning\b|\bend(?:ing)? of\b|\bat\b|"
    r"\bau\b|\bas of\b|\boutstanding\b|\b(?:un|non)vested\b",
    re.I,
)
_YEAR_ROW = re.compile(
    r"\W*(?:remaind\w+ (?:of )?|rest of |fiscal (?:year )?|fy ?|exercice )?((?:19|20)\d\d)\W*(?:\(\w{1,9}( \w+)*\))?\W*", re.I
)
_SHORT = 120  # characters; longer texts are paragraphs
_OF_THE_TABLE = re.compile(
    r"[:：]\W*$|\b(?:following|below|as follows|tables?|summar\w+|presented|tableaux?|suivant\w*|ci-dessous|ci-après)\b", re.I
)
_NAMED_FOR = re.compile(
    r"\b(?:due|matur\w+|expir\w+|notes? (?:due|payable)|bonds?|notes|debentures?|issuances?|"
    r"échéance|issued in|acquired in|through)\b|\d ?%",
    re.I,
)
_OTHER_DATES = re.compile(
    r"\b(?:issu\w+|maturit\w+|expir\w+|grant|vesting|acquisition|record|payment|declaration|"
    r"échéance|émission)\b.*\bdates?\b|\bdate d[e'’]|\bmaturity\b",
    re.I,
)
_BEGUN = re.compile(
    r"(?:issue|issuance|acquisition|grant) dates?|date (?:of (?:issue|issuance|acquisition|grant)|d['’](?:émission|acquisition))", re.I
)
_TIME_WORDS = word_set(
    "year years ended ending quarter month months weeks fiscal january february march april may june july august september "
    "october november "
    "december three six nine twelve first second third fourth as of at on the for au le du et clos exercice trimestre "
    "semestre janvier février "
    "mars avril mai juin juillet août septembre octobre novembre décembre jan feb mar apr jun jul aug sep sept oct nov dec half period date"
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
    return _years_to_come(years, last)


def _years_to_come(years: Sequence[int], last: int) -> bool:
    return sum(year > last for year in years) >= 2 and min(years) >= last


def stated_on(calendar: FiscalCalendar) -> datetime.date | None:
    """The day as of which payments still to come are told: the last balance sheet's."""
    return calendar.reported or (calendar.end_of(calendar.last_year) if calendar.last_year is not None else None)


def table_time(
    caption: str, heading: str, near: Iterable[str], corners: Iterable[str], calendar: FiscalCalendar, locale: Locale | None
) -> TableTime:
    title = f"{caption} {heading}"
    own = [read_pieces(text, locale) for text in (*corners, caption) if text]
    dated_once = any(len(said.dates) == 1 and len(said.named_years) == 1 and not said.months for said in own)
    texts = [*corners, caption, *(text for text in near if len(text) < 1500), heading]
    pieces = [read_pieces(text, locale) for text in texts if text]
    # A paragraph may mention any date; one that speaks of the table says so, and "as of" or "year ended".
    pieces = [
        said
        for text, said in zip((text for text in texts if text), pieces, strict=True)
        if len(text) < _SHORT or ((said.instant or said.months or said.fiscal) and _OF_THE_TABLE.search(text))
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
    if (stated := _of_years_to_come(found[layout.label_columns :], time.calendar)) is not None and _of_the_future(layout, band):
        return [said if said is None else stated for said in found]
    dated = {said for said in found if said is not None and said.timed}
    only = next(iter(dated)) if len(dated) == 1 else None
    if only is not None and len(only.dates) == 1 and not only.months and corner.empty:
        # "December 31, 2024" over the first column, "Level 1", "Level 2" over the others: one date for all.
        found = [only if said is not None and said.empty and band.heads[column] else said for column, said in enumerate(found)]
    elif (latest := _latest_balance(found, time)) is not None:
        # "Effective interest rate" beside the balances of two years is today's; between them stands what happened.
        first, *_, last = (column for column, said in enumerate(found) if said is not None and said.timed)
        for column in (*range(layout.label_columns, first), *range(last + 1, len(found))):
            said = found[column]
            if said is not None and said.empty and band.heads[column]:
                found[column] = latest
    return found


# A document of which only a part was read may know no later year than an old one; words must say that years are to come.
_TO_COME = re.compile(
    r"\b(?:thereafter|future|estimated|expected|scheduled|maturit\w+|obligations?|commitments?|years? ending|remaind\w+|minimum|"
    r"au-delà|futurs?|prévus?|estimée?s?|échéances?|engagements?)\b",
    re.I,
)


def _of_the_future(layout: Layout, band: Band) -> bool:
    """Whether a head or a label says that what stands here is still to come."""
    heads = {head for path in band.heads for head in path}
    labels = (row.label for row in layout.rows if band.first <= row.index <= band.last)
    return any(_TO_COME.search(text) for text in (*heads, *labels))


def _of_years_to_come(columns: Sequence[Pieces | None], calendar: FiscalCalendar) -> Pieces | None:
    """For columns "2026", "2027", "Thereafter" of a schedule: when it is stated."""
    last, stated = calendar.last_year, stated_on(calendar)
    years = sorted({said.named_years[0] for said in columns if said is not None and len(said.named_years) == 1})
    if last is None or stated is None or len(years) < 2 or not _years_to_come(years, last):
        return None
    return Pieces(dates=(stated,), instant=True)


def _latest_balance(columns: Sequence[Pieces | None], time: TableTime) -> Pieces | None:
    """The latest of the dates of columns that are balances, each of one day; None where one is a stretch of time."""
    dated = [said for said in columns if said is not None and said.timed]
    if len(dated) < 2 or time.flow or any(said.months or said.weeks or said.quarter or said.half or said.span for said in dated):
        return None
    if any(len(said.named_years) != 1 for said in dated) or len(set(dated)) < len(dated):
        return None
    return max(dated, key=lambda said: (said.named_years[0], said.dates))


def _of_path(path: Sequence[str], locale: Locale | None) -> Pieces:
    if not path:
        return _NOTHING
    whole = read_pieces(" ".join(path), locale)
    if len(path) == 1 or (len(whole.named_years) <= 1 and len(whole.months) <= 1 and len(set(whole.month_days)) <= 1):
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
    begun = any(_BEGUN.fullmatch(head.strip()) for head in corners)  # what was issued then, was so on that day
    for row in layout.rows:
        if row.subheading:
            continue
        if other_dates:
            issued = read_pieces(row.label, time.locale) if begun else _NOTHING
            found[row.index] = replace(issued, instant=True) if len(issued.dates) == 1 else _NOTHING
            continue
        own = _NOTHING
        for text in (row.label, *reversed(row.headings)):
            said = read_pieces(text.rstrip(":"), time.locale)
            if time.schedule and said.years and _later(said, time.calendar):
                continue  # "2031 – 2035", "After 2029"
            if said.timed or said.quarter or said.months or (said.month_days and text == row.label and is_balance(text)):
                if _NAMED_FOR.search(text) or _AND_BEFORE.search(text) or (text == row.label and not _speaks_of_time(text, said, time)):
                    continue
                own = joined(own, said)
        found[row.index] = own
    return found


# The years in which loans were made: "2020 and prior".
_AND_BEFORE = re.compile(r"\b(?:and|or|&) (?:prior|earlier|before)\b|\bet (?:avant|antérieur)", re.I)


def _later(said: Pieces, calendar: FiscalCalendar) -> bool:
    return calendar.last_year is not None and min(said.years) >= calendar.last_year


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


def is_balance(label: str) -> bool:
    """Whether a row that names a date is a balance at that date."""
    if _NAMED_FOR.search(label):
        return False
    words = [word for word in re.findall(r"[^\W\d_]{2,}", label) if word.lower() not in _TIME_WORDS]
    return len(words) <= 2 or _BALANCE_ROW.search(label) is not None
