"""A balance sheet made by hand, with the equations over it: of 2024 all hold, of 2023 one digit is wrong, of 2022 the parts are rounded."""

from __future__ import annotations

import datetime
from decimal import Decimal

from finlens.documents import (
    Amount,
    At,
    Box,
    Cell,
    Check,
    Document,
    Doubt,
    Fact,
    Page,
    Period,
    Source,
    Statement,
    StatementLine,
    Statements,
    Table,
    Term,
)

MILLIONS = Decimal(1_000_000)
YEARS = (2024, 2023, 2022)
ROWS = (
    ("Cash", (10, 20, 1)),
    ("Receivables", (20, 25, 2)),
    ("Total current assets", (30, 45, 4)),  # 1.4 + 2.4 = 3.8 where more digits were printed
    ("Less: allowance", (-5, -4, -1)),
    ("Total assets", (25, 44, 3)),  # of 2023 it should be 41
)
SHA256 = "cd" * 32


def a_source(row: int, column: int) -> Source:
    return Source(SHA256, 7, Box(100.0 * column, 20.0 * row, 100.0 * column + 50, 20.0 * row + 10), "pymupdf")


def balance_sheet(path: str | None = None) -> Document:
    cells = [Cell(0, column, str(year), a_source(0, column), header=True) for column, year in enumerate(YEARS, 1)]
    lines = []
    for row, (label, values) in enumerate(ROWS, 1):
        cells.append(Cell(row, 0, label, a_source(row, 0)))
        facts = []
        for column, value in enumerate(values, 1):
            amount = Amount(str(value), Decimal(value), MILLIONS, "USD")
            cells.append(Cell(row, column, str(value), a_source(row, column), amount=amount))
            period = Period(str(YEARS[column - 1]), YEARS[column - 1], datetime.date(YEARS[column - 1], 12, 31), instant=True)
            facts.append(Fact(label, (label,), (str(YEARS[column - 1]),), amount, period, a_source(row, column), 1, row, column))
        lines.append(StatementLine(label, (label,), tuple(facts), "total_assets" if label == "Total assets" else None, 1.0))
    table = Table(tuple(cells), ((7, Box(0, 0, 400, 120)),), "lines", caption="Consolidated balance sheets")
    other = Table((Cell(0, 0, "Other", a_source(0, 0)),), ((3, None),), "lines", caption="Highlights")
    checks, doubts = [], []
    for column in range(1, 4):
        checks.append(a_check(column, 3, {1: 1, 2: 1}))
        checks.append(a_check(column, 5, {3: 1, 4: 1}))
    wrong = checks[3]
    doubts.append(Doubt(wrong.total.source, "44", "one equation fails by 3,000,000", wrong.total.at, Decimal(41), "digit"))
    statement = Statement("balance sheet", table.caption, (1,), tuple(lines))
    return Document(
        SHA256,
        "report.pdf",
        (Page(3, 595, 842), Page(7, 595, 842)),
        (other, table),
        language="en",
        path=path,
        page_count=9,
        interpreted=True,
        found_facts=tuple(fact for line in lines for fact in line.facts),
        statements=Statements((statement,)),
        checks=tuple(checks),
        doubts=tuple(doubts),
    )


def a_check(column: int, total: int, factors: dict[int, int]) -> Check:
    def term(row: int, factor: int = 1) -> Term:
        label, values = ROWS[row - 1]
        return Term(values[column - 1] * MILLIONS, a_source(row, column), label, At(1, row, column), Decimal(factor))

    parts = tuple(term(row, factor) for row, factor in factors.items())
    says = f"{ROWS[total - 1][0]} = {' + '.join(part.label for part in parts)}"
    return Check("sum", term(total), parts, MILLIONS, says=says)
