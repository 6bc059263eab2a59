"""Reports of two years made by hand, for what lies beyond reading: lines with concepts, periods, scales."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from finlens.documents import Amount, Box, Document, Fact, Page, Period, Source, Statement, StatementKind, StatementLine, Statements

THOUSANDS, MILLIONS = Decimal(1000), Decimal(1_000_000)
Line = tuple[str, str | None, Sequence[str | None]]
"""Label (" › " between its parts), concept, and the figures as printed, one a year."""


def report(
    name: str,
    years: Sequence[int],
    lines: Sequence[Line],
    *,
    kind: StatementKind = "income",
    scale: Decimal = MILLIONS,
    unit: str = "USD",
    ends: bool = True,
) -> Document:
    """A document with one statement: ``lines`` down, ``years`` across."""
    sha256 = name.encode().hex().ljust(64, "0")[:64]
    made = []
    for row, (label, concept, figures) in enumerate(lines, 1):
        path = tuple(label.split(" › "))
        facts = []
        for column, (year, printed) in enumerate(zip(years, figures, strict=True), 1):
            if printed is None:
                continue
            source = Source(sha256, 5, Box(100.0 * column, 20.0 * row, 100.0 * column + 50, 20.0 * row + 10), "pymupdf")
            facts.append(
                Fact(path[-1], path, (str(year),), _amount(printed, scale, unit), _period(year, kind, ends), source, 0, row, column)
            )
        made.append(StatementLine(path[-1], path, tuple(facts), concept, 1.0 if concept else 0.0))
    statement = Statement(kind, "Statement", (0,), tuple(made))
    facts_in_order = tuple(fact for line in made for fact in line.facts)
    return Document(
        sha256,
        name,
        (Page(5, 595, 842),),
        page_count=9,
        interpreted=True,
        found_facts=facts_in_order,
        statements=Statements((statement,)),
    )


def _amount(printed: str, scale: Decimal, unit: str) -> Amount:
    digits = printed.strip("()").replace(",", "").replace("$", "")
    per_share = "$" in printed
    value = Decimal(0) if printed == "–" else Decimal(digits) * (-1 if printed.startswith("(") else 1)
    decimals = len(digits.partition(".")[2])
    return Amount(printed, value, Decimal(1) if per_share else scale, f"{unit}/share" if per_share else unit, decimals, nil=printed == "–")


def _period(year: int, kind: StatementKind, ends: bool) -> Period:
    end = datetime.date(year, 12, 31) if ends else None
    if kind == "balance sheet":
        return Period(str(year), year, end, instant=True)
    return Period(str(year), year, end, datetime.date(year, 1, 1) if ends else None, months=12)
