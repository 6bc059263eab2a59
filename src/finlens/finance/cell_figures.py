"""Figures that stand in a cell with other words: rates and share counts in a label, the two ends of a range.

"Common stock, $0.001 par value; 900 shares authorized" has two figures besides those of its row, "0.45% – 2.25%" is no
one number, and "1,269 (19.9%)" is two. None of them may be lost, and none may pass for the cell's own figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finlens.documents import Amount, Cell, Document, Fact, Page, Period, Source, union
from finlens.finance.amounts import parse_amount
from finlens.finance.heads import is_year, names_period
from finlens.finance.numerals import DIGIT, Locale
from finlens.finance.prose_facts import LIST, figures_with_unit
from finlens.finance.prose_time import periods_of_figures, times_in
from finlens.finance.resolve import TableUnits
from finlens.finance.setting import Setting

ZERO = Decimal(0)
_LONGEST = 60  # characters; a longer cell is a text
_RANGE = re.compile(
    r"(?P<low>[^a-z]*\d[^a-z]*?(?:years?|days|months|ans|bps)?)\s*(?:\bto\b|\bà\b|[-–—])\s*(?P<high>[^a-z]*\d[^a-z]*?(?:years?|days|months|ans|bps)?)",
    re.I,
)
_WITH_PERCENT = re.compile(r"(?P<figure>[^()%]*\d[^()%]*?)\s*(?P<percent>\(\s*-?[\d.,]+\s*%\s*\))")
_YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d)\s*[-–—:]\s*$")
_FEW_SHARES = Decimal(10**6)
_LETTERS = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class RowTimes:
    """The periods of a table's rows, in the order of their columns, without repetition."""

    of_rows: Mapping[int, tuple[Period, ...]]

    def near(self, row: int) -> tuple[Period, ...]:
        """Those of a row, or of the first below it that has figures: a sub-heading speaks of what stands under it."""
        if row in self.of_rows:
            return self.of_rows[row]
        below = [other for other in self.of_rows if other > row]
        return self.of_rows[min(below)] if below else ()


def times_of_rows(facts: Sequence[Fact]) -> RowTimes:
    """The periods of the figures of one table, by row."""
    found: dict[int, dict[tuple[object, object], Period]] = {}
    for fact in facts:
        if fact.row is not None and fact.period is not None and fact.period.end is not None:
            found.setdefault(fact.row, {}).setdefault((fact.period.start, fact.period.end), fact.period)
    return RowTimes({row: tuple(periods.values()) for row, periods in found.items()})


def label_facts(
    document: Document, cell: Cell, path: Sequence[str], times: RowTimes, units: TableUnits, setting: Setting
) -> Iterator[Fact]:
    """The figures inside a label that have a unit, each with the period of its row that it speaks of.

    They are figures in words, so ``table`` of these facts is None: the row's own figures are others.
    """
    if not DIGIT.search(cell.text) or not _LETTERS.search(cell.text):
        return
    figures = figures_with_unit(cell.text, setting)
    if not figures:
        return
    periods = times.near(cell.row)
    told = periods_of_figures(cell.text, figures, times_in(cell.text, setting.locale), setting.calendar)
    runs = _places_in_runs(cell.text, figures)
    page = next((page for page in document.pages if page.number == cell.source.page), None)
    for at, (start, end, amount) in enumerate(figures):
        place, length = runs[at]
        if length > 1 and length == len(periods):
            period: Period | None = periods[place]
        else:
            period = _of_the_row(cell.text[:start], told[at], periods)
        scaled = _scaled(amount, units)
        yield Fact(
            path[-1] if path else cell.text, tuple(path), (), scaled, period, place_in_cell(page, cell, start, end), context=cell.text
        )


def _places_in_runs(text: str, figures: Sequence[tuple[int, int, Amount]]) -> list[tuple[int, int]]:
    """For each figure its place in the list that it is part of, and how long that is."""
    runs: list[list[int]] = []
    for at, (start, _, amount) in enumerate(figures):
        if runs and figures[at - 1][2].unit == amount.unit and LIST.fullmatch(text, figures[at - 1][1], start):
            runs[-1].append(at)
        else:
            runs.append([at])
    return [(place, len(run)) for run in runs for place in range(len(run))]


def _of_the_row(before: str, told: Period | None, periods: Sequence[Period]) -> Period | None:
    """The row's period of the year that the label says beside the figure, else what the label says, else the latest."""
    named = _YEAR_BEFORE.search(before)
    year = int(named.group(1)) if named else told.year if told is not None else None
    if year is not None:
        same = [period for period in periods if year in (period.year, period.end.year if period.end else None)]
        if len(same) == 1:
            return same[0]
    if told is not None and told.end is not None:
        return told
    return max(periods, key=lambda period: (period.end is not None, period.end), default=told)


def _scaled(amount: Amount, units: TableUnits) -> Amount:
    """Money and counts of shares take the table's scale where it can be meant; par values and rates don't."""
    if amount.scale != 1 or amount.value is None:
        return amount
    if amount.unit == "shares":
        said = next((note.share_scale for note in units.notes if note.share_scale is not None), None)
        # "Dollars in millions" says nothing of shares; counts that are printed in full have six digits and more.
        general = next((note.scale for note in units.notes if note.scale is not None and note.currency is None), None)
        scale = said if said is not None else general
        whole = scale is None or abs(amount.value) >= _FEW_SHARES
        return amount if whole or scale is None else replace(amount, scale=scale)
    if amount.unit is not None and amount.unit == amount.currency and units.scale is not None:
        return replace(amount, scale=units.scale)
    return amount


def place_in_cell(page: Page | None, cell: Cell, start: int, end: int) -> Source:
    """The words of a cell that cover the characters ``start`` to ``end`` of its text, those on the line of the first digit."""
    if page is None or cell.box is None:
        return cell.source
    found, at = [], 0
    for word in page.words:
        if not cell.box.holds_point((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2):
            continue
        where = cell.text.find(word.text, at)
        if where < 0:
            continue
        at = where + len(word.text)
        if where < end and start < at:
            found.append(word)
    digits = next((word for word in found if DIGIT.search(word.text)), None)
    if digits is None:
        return cell.source
    box = union(word.box for word in found if word.top < digits.bottom and digits.top < word.bottom)
    return replace(cell.source, box=box)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two figures of a cell."""

    amount: Amount
    start: int
    end: int
    head: str
    """What tells it from the other: "low", "high", "%"; "" for the main one."""


def parts_of(text: str, locale: Locale | None) -> tuple[Part, ...]:
    """The two figures of "0.45% – 2.25%", "5–13" or "1,269 (19.9%)"; empty for a text that is no such pair."""
    if len(text) > _LONGEST or not DIGIT.search(text):
        return ()
    if (found := _WITH_PERCENT.fullmatch(text)) is not None:
        figure, percent = parse_amount(found["figure"], locale=locale), parse_amount(found["percent"].strip("() "), locale=locale)
        if figure is not None and percent is not None and figure.value is not None and percent.value is not None:
            return (Part(figure, *found.span("figure"), ""), Part(percent, *found.span("percent"), "%"))
    if (found := _RANGE.fullmatch(text)) is not None and not names_period(text):
        low, high = parse_amount(found["low"], locale=locale), parse_amount(found["high"], locale=locale)
        if low is None or high is None or low.value is None or high.value is None or is_year(found["low"].strip(), low):
            return ()
        if low.unit is None and high.unit is not None:
            low = replace(low, unit=high.unit, scale=high.scale)
        if low.unit == high.unit and (low.value or ZERO) <= (high.value or ZERO):
            return (Part(low, *found.span("low"), "low"), Part(high, *found.span("high"), "high"))
    return ()


_NUMBER_LIKE = re.compile(r"[(\s]*[-–—+]?[$€£¥]?\s*\(?\d[\d.,\s'’()%$€£¥*†‡–—-]*(?:years?|days|x|bps)?(?:[\d.,\s()%]|years?|days)*", re.I)


def is_unread(text: str) -> bool:
    """Whether a text that gave no amount is made of digits all the same: "13.7 years 11.5 years", "1,23,4"."""
    return len(text) <= _LONGEST and DIGIT.search(text) is not None and _NUMBER_LIKE.fullmatch(text) is not None and not names_period(text)
