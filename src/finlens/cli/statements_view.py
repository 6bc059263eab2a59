"""The primary statements as `finlens extract --statements` shows them: a row a line, a column a period."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from finlens.cli.output import clean

if TYPE_CHECKING:
    from rich.console import Console

    from finlens.documents import Box, Document, Fact, Period, Statement, StatementLine

_SCALES = {Decimal(1000): "thousands", Decimal(10**6): "millions", Decimal(10**9): "billions"}
_WIDEST_HEAD = 24


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: as printed, what it is, and where it stands."""

    text: str
    value: str | None
    scale: str
    unit: str | None
    end: str | None
    """Of its period, an ISO date."""
    months: int | None
    page: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class LineSummary:
    """A row: its figures by column, None where it has none there."""

    label: str
    depth: int
    concept: str | None
    confidence: float
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class StatementSummary:
    """A statement as it is printed."""

    kind: str
    title: str
    form: str
    pages: tuple[int, ...]
    confidence: float
    unit: str | None
    scale: Decimal
    columns: tuple[str, ...]
    lines: tuple[LineSummary, ...]


def summarise_statements(document: Document) -> tuple[StatementSummary, ...]:
    """The document's primary statements."""
    return tuple(_summary(document, statement) for statement in document.statements)


def _summary(document: Document, statement: Statement) -> StatementSummary:
    facts = [fact for line in statement.lines for fact in line.facts]
    money = [fact.amount for fact in facts if fact.amount.currency and fact.amount.unit == fact.amount.currency]
    unit, scale = Counter((amount.unit, amount.scale) for amount in money).most_common(1)[0][0] if money else (None, Decimal(1))
    column_of, heads = _columns(statement, facts)
    pages = sorted({fact.source.page for fact in facts} | {document.tables[table].page for table in statement.tables})
    lines = tuple(_line(line, column_of, len(heads)) for line in statement.lines)
    return StatementSummary(statement.kind, statement.title, statement.form, tuple(pages), statement.confidence, unit, scale, heads, lines)


def _columns(statement: Statement, facts: Sequence[Fact]) -> tuple[dict[tuple[int | None, int | None], int], tuple[str, ...]]:
    """The place of each column of the printed tables, and the heads: columns of one period stand in one place."""
    of_column: defaultdict[tuple[int | None, int | None], list[Fact]] = defaultdict(list)
    for fact in facts:
        of_column[fact.table, fact.column].append(fact)
    places: dict[Hashable, int] = {}
    heads: list[str] = []
    column_of = {}
    usual = {column: _usual_period(of_column[column], balances=statement.kind == "balance sheet") for column in of_column}
    dates = {period.year: period.end for period in usual.values() if period and period.instant and period.end}
    used: defaultdict[int | None, set[int]] = defaultdict(set)
    for column in sorted(of_column, key=lambda column: (statement.tables.index(column[0] or 0), column[1] or 0)):
        printed, period = of_column[column][0].column_path, usual[column]
        by_period = statement.kind != "equity" and period is not None
        key: Hashable = _key(period, dates) if by_period and period else printed
        place = places.get(key)
        if place is None or place in used[column[0]]:  # "Gross" and "Net" of one date stand side by side
            place = len(heads)
            places[key] = place  # the last of them, the net one, is what a part without the others goes on with
            beside = sum(period is not None and _key(other, dates) == key for at, other in usual.items() if other and at[0] == column[0])
            heads.append(_said(period) if by_period and period and beside == 1 else _head(printed))
        used[column[0]].add(place)
        column_of[column] = place
    return column_of, tuple(heads)


def _key(period: Period, dates: Mapping[int | None, datetime.date | None]) -> Hashable:
    """What columns of one period share; "2024" over liabilities is the date that stands over the assets."""
    return period.end or dates.get(period.year if period.instant else None), period.year, period.months, period.relative


def _usual_period(facts: Sequence[Fact], *, balances: bool) -> Period | None:
    """The period of most figures of a column: a flow where it has any, since cash flows close with a balance.

    ``balances``: a balance instead, since a balance sheet may say the result of the year among them.
    """
    periods = [fact.period for fact in facts if fact.period]
    flows = [period for period in periods if period.instant == balances]
    few = Counter((p.end, p.year, p.months, p.relative, p.instant) for p in flows or periods).most_common(1)
    return next((p for p in periods if few and (p.end, p.year, p.months, p.relative, p.instant) == few[0][0]), None)


def _said(period: Period) -> str:
    if period.instant and period.end:
        return f"{period.end:%d %b %Y}"
    if period.months and period.months != 12 and period.end:
        return f"{period.months} months to {period.end:%d %b %Y}"
    return str(period.year) if period.year else period.raw


def _head(path: Sequence[str]) -> str:
    text = " ".join(" ".join(part.split()) for part in path)
    return text if len(text) <= _WIDEST_HEAD else "…" + text[1 - _WIDEST_HEAD :]


def _line(line: StatementLine, column_of: dict[tuple[int | None, int | None], int], columns: int) -> LineSummary:
    figures: list[Figure | None] = [None] * columns
    for fact in line.facts:
        amount, period = fact.amount, fact.period
        figures[column_of[fact.table, fact.column]] = Figure(
            amount.raw,
            None if amount.value is None else str(amount.value),
            str(amount.scale),
            amount.unit,
            period.end.isoformat() if period and period.end else None,
            period.months if period else None,
            fact.source.page,
            fact.source.box,
        )
    return LineSummary(line.label, len(line.path) - 1, line.concept, line.confidence, tuple(figures))


def statement_record(statement: StatementSummary) -> dict[str, Any]:
    """The statement for programs; ``value`` × ``scale`` is the amount in whole units."""
    return {
        "kind": statement.kind,
        "title": statement.title,
        **({"form": statement.form} if statement.form else {}),
        "pages": list(statement.pages),
        "confidence": statement.confidence,
        "columns": list(statement.columns),
        "lines": [
            {
                "label": line.label,
                "depth": line.depth,
                "concept": line.concept,
                "confidence": line.confidence,
                "figures": [figure and _figure_record(figure) for figure in line.figures],
            }
            for line in statement.lines
        ],
    }


def _figure_record(figure: Figure) -> dict[str, Any]:
    return {
        "text": figure.text,
        "value": figure.value,
        "scale": figure.scale,
        "unit": figure.unit,
        "end": figure.end,
        "months": figure.months,
        "page": figure.page,
        "box": figure.box and [round(side, 2) for side in figure.box],
    }


def show_statements(statements: Sequence[StatementSummary], console: Console) -> None:
    """Every statement as a table, with its unit, its scale and its pages said over it."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if not statements:
        console.print(Text("no primary statements found", style="dim"))
    for statement in statements:
        console.print()
        console.print(Text.assemble((clean(statement.title), "bold"), f"  {_circumstances(statement)}"), soft_wrap=True)
        grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
        grid.add_column("", overflow="fold")
        for head in statement.columns:
            grid.add_column(clean(head), justify="right", no_wrap=len(head) <= _WIDEST_HEAD)
        for line in statement.lines:
            heading = not any(line.figures)
            label = Text("  " * min(line.depth, 6) + clean(line.label), style="bold" if heading else "")
            grid.add_row(label, *("" if figure is None else clean(figure.text) for figure in line.figures))
        console.print(grid)


def _circumstances(statement: StatementSummary) -> str:
    pages = ", ".join(map(str, statement.pages))
    scale = _SCALES.get(statement.scale, "")
    parts = [statement.kind, f"form {statement.form}" if statement.form else ""]
    parts.append(" in ".join(part for part in (statement.unit or "", scale) if part))
    parts.append(f"page {pages}" if len(statement.pages) == 1 else f"pages {pages}")
    return " · ".join(part for part in parts if part)
