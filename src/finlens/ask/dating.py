"""Periods for tables that carry none of their own, from their caption or from the table that they go on from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from finlens.ask.when import all_mentions, distinct
from finlens.documents import Document, Fact, Period, Table
from finlens.finance.words import plain

_A_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS_IN_A_ROW = re.compile(r"(?:(?:19|20)\d\d[\s|]+)+(?:19|20)\d\d")


def dated(document: Document) -> list[Fact]:
    """The figures of the document's tables, each with its period where anything says it.

    A table without periods may have had its heads read as a row of figures, or as its caption: as many years stand there,
    in a row, as it has columns. Or it goes on from the table before it: same page or the next, and the same columns.
    """
    of_table: dict[int, list[Fact]] = defaultdict(list)
    for fact in document.facts():
        if fact.table is not None:
            of_table[fact.table].append(fact if fact.period else _by_its_heads(fact))
    columns_before: dict[int, Period] = {}
    scale_before = Decimal(1)
    page_before = 0
    made: list[Fact] = []
    for number, facts in of_table.items():
        table = document.tables[number]
        columns = sorted({fact.column for fact in facts if fact.column is not None})
        if any(fact.period for fact in facts):
            columns_before, scale_before, page_before = _column_periods(facts), _usual_scale(facts), table.places[-1][0]
            made.extend(facts)
            continue
        periods = _years_of_row(facts) or _years_of_caption(table, columns)
        if not periods and 0 <= table.page - page_before <= 1 and columns and len(columns) == len(columns_before):
            periods = dict(zip(columns, (columns_before[column] for column in sorted(columns_before)), strict=True))
            facts = [_scaled(fact, scale_before) for fact in facts]
        made.extend(replace(fact, period=periods.get(fact.column or 0)) if periods else fact for fact in facts)
    return made


def _by_its_heads(fact: Fact) -> Fact:
    """A figure whose heads name one period in a way that questions are known to use ("F19")."""
    whens = distinct(all_mentions(plain(" ".join((*fact.column_path, fact.label)))))
    if len(whens) == 1 and whens[0].year:
        when = whens[0]
        return replace(fact, period=Period(when.raw, when.year, quarter=when.quarter, months=3 if when.quarter else None))
    return fact


def _usual_scale(facts: Iterable[Fact]) -> Decimal:
    counted = Counter(fact.amount.scale for fact in facts if fact.amount.unit is None or fact.amount.unit == fact.amount.currency)
    return counted.most_common(1)[0][0] if counted else Decimal(1)


def _scaled(fact: Fact, scale: Decimal) -> Fact:
    """An amount of money in the scale of the table that its own goes on from."""
    amount = fact.amount
    if amount.scale != 1 or (amount.unit is not None and amount.unit != amount.currency):
        return fact
    return replace(fact, amount=replace(amount, scale=scale))


def _years_of_row(facts: Sequence[Fact]) -> dict[int, Period]:
    """The years of a row that has nothing else in it."""
    rows: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        rows[fact.row or 0].append(fact)
    for row in sorted(rows)[:3]:
        if len(rows[row]) > 1 and all(_A_YEAR.fullmatch(fact.amount.raw.strip()) for fact in rows[row]):
            return {fact.column: Period(fact.amount.raw, int(fact.amount.raw)) for fact in rows[row] if fact.column is not None}
    return {}


def _years_of_caption(table: Table, columns: Sequence[int]) -> dict[int, Period]:
    run = _YEARS_IN_A_ROW.findall(plain(table.caption)) if len(columns) > 1 else []
    years = [int(year) for year in re.findall(r"\d{4}", run[-1])] if run else []
    if len(years) != len(columns):
        return {}
    year_long = bool(re.search(r"years? ended|exercices? clos|fiscal year", plain(table.caption)))
    return {column: Period(str(year), year, months=12 if year_long else None) for column, year in zip(columns, years, strict=True)}


def _column_periods(facts: Iterable[Fact]) -> dict[int, Period]:
    """The period that most figures of a column have; a row "at beginning of year" may have another."""
    counted: dict[int, Counter[Period]] = defaultdict(Counter)
    for fact in facts:
        if fact.column is not None and fact.period is not None:
            counted[fact.column][fact.period] += 1
    return {column: periods.most_common(1)[0][0] for column, periods in counted.items()}
