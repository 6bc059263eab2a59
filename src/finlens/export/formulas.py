"""Live formulas for totals that foot: what a cell of a workbook may compute without changing the figure that is printed.

A total becomes a formula only where its parts, as printed, come to exactly the printed total. Where rounding makes
up the difference, the printed figure stays: a workbook never shows another number than the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal

from finlens.documents import Amount, At, Cell, Check, Document, Term
from finlens.export.sheets import Spot, spot

_KINDS = ("sum", "cross-foot", "line", "tax", "running balance", "cash")
"""Equations that define their total, the best first. Others (a figure printed twice, assets = liabilities + equity) compare."""
_LONGEST = 8000  # characters of a formula; a workbook holds 8,192


def in_workbook(amount: Amount) -> Decimal | None:
    """The number that stands in the cell: the printed one, in the printed scale; 24.4 % is 0.244 shown as percent."""
    if amount.value is None:
        return None
    return amount.value / Decimal(100) if amount.unit == "percent" else amount.value


def live_formulas(document: Document, corners: dict[int, Spot]) -> dict[At, str]:
    """For each total that can be computed: its formula, without "=".

    Args:
        document: With its checks.
        corners: Where the grid of each table stands in the workbook.
    """
    figures = {
        At(index, cell.row, cell.column): cell
        for index, table in enumerate(document.tables)
        for cell in table.cells
        if cell.amount is not None and cell.amount.value is not None and not cell.header
    }
    doubted = {doubt.at for doubt in document.doubts}
    formulas: dict[At, str] = {}
    needs: dict[At, frozenset[At]] = {}
    usable = (check for check in document.checks if check.kind in _KINDS and check.holds)
    for check in sorted(usable, key=lambda check: _KINDS.index(check.kind)):
        total = check.total.at
        if total is None or total in formulas or total in doubted or not _exact(check, figures):
            continue
        parts = frozenset(term.at for term in check.terms if term.at is not None)
        if total in parts or any(_reaches(part, total, needs) for part in parts):
            continue  # two equations that name each other's totals: one of them stays a number
        formula = _product(check, total, corners) if check.product else _sum(check, total, corners, figures)
        if formula and len(formula) <= _LONGEST:
            formulas[total], needs[total] = formula, parts
    return formulas


def _exact(check: Check, figures: Mapping[At, Cell]) -> bool:
    """Whether the numbers that stand in the workbook's cells come to the printed total, to the last digit."""
    if not check.terms or abs(check.total.factor) != 1 or (not check.product and len(check.terms) < 2):
        return False
    numbers: list[Decimal] = []
    scales: list[Decimal] = []
    for term in check.figures:
        cell = figures.get(term.at) if term.at is not None else None
        if cell is None or cell.amount is None or cell.amount.absolute != term.value:
            return False
        numbers.append(in_workbook(cell.amount) or Decimal(0))
        # What one of the cell's number is in the check's whole units; a percentage's cell holds a hundredth of its value.
        scales.append(cell.amount.scale * (Decimal(100) if cell.amount.unit == "percent" else Decimal(1)))
    factors = [term.factor for term in check.figures]
    if not check.product:
        parts = (factor * number for factor, number in zip(factors[1:], numbers[1:], strict=True))
        return len(set(scales)) == 1 and factors[0] * numbers[0] == sum(parts)
    return numbers[0] == math.prod(numbers[1:]) and factors[0] * scales[0] == math.prod(
        factor * scale for factor, scale in zip(factors[1:], scales[1:], strict=True)
    )


def _reaches(start: At, goal: At, needs: Mapping[At, frozenset[At]]) -> bool:
    """Whether the formula at ``start`` depends, over others, on ``goal``."""
    waiting, seen = [start], {start}
    while waiting:
        for part in needs.get(waiting.pop(), ()):
            if part == goal:
                return True
            if part not in seen:
                seen.add(part)
                waiting.append(part)
    return False


def _product(check: Check, total: At, corners: dict[int, Spot]) -> str:
    names = [_name(term, total, corners) for term in check.terms]
    return "*".join(names) if all(names) else ""


def _sum(check: Check, total: At, corners: dict[int, Spot], figures: Mapping[At, Cell]) -> str:
    """``SUM(B5:B9)`` over neighbours, ``B5-B6+B7`` over others."""
    if not all(_name(term, total, corners) for term in check.terms):
        return ""
    signs = {term.at: term.factor * check.total.factor for term in check.terms if term.at is not None}
    if len(signs) != len(check.terms):
        return ""  # one figure twice in a sum is no sum that a person would write
    plus = list(_runs([at for at, factor in signs.items() if factor == 1], figures))
    others = [(at, factor) for at, factor in signs.items() if factor != 1]
    pieces: list[str] = []
    if any(len(run) > 1 for run in plus) or len(plus) > 3:
        ranges = (":".join(dict.fromkeys((_at(run[0], total, corners), _at(run[-1], total, corners).rpartition("!")[2]))) for run in plus)
        pieces.append(f"SUM({','.join(ranges)})")
    else:
        pieces.append("+".join(_at(run[0], total, corners) for run in plus))
    for at, factor in others:
        name = _at(at, total, corners)
        pieces.append(f"-{name}" if factor == -1 else f"{'+' if factor > 0 else '-'}{abs(factor):f}*{name}")
    return "".join(pieces).removeprefix("+")


def _runs(parts: Iterable[At], figures: Mapping[At, Cell]) -> Iterable[list[At]]:
    """Parts in runs down a column or along a row, with no other figure between them."""
    left = sorted(set(parts), key=lambda at: (at.table, at.column, at.row))
    if len({(at.table, at.row) for at in left}) == 1 and len(left) > 1:
        yield from _split(sorted(left, key=lambda at: at.column), figures)
        return
    for place in dict.fromkeys((at.table, at.column) for at in left):
        yield from _split([at for at in left if (at.table, at.column) == place], figures)


def _split(parts: list[At], figures: Mapping[At, Cell]) -> Iterable[list[At]]:
    run = [parts[0]]
    for at in parts[1:]:
        last = run[-1]
        between = (
            [At(at.table, row, at.column) for row in range(last.row + 1, at.row)]
            if at.column == last.column
            else [At(at.table, at.row, column) for column in range(last.column + 1, at.column)]
        )
        # Sub-headings and rows left empty may lie inside of a range: they add nothing.
        if any(place in figures for place in between):
            yield run
            run = []
        run.append(at)
    yield run


def _name(term: Term, total: At, corners: dict[int, Spot]) -> str:
    return "" if term.at is None else _at(term.at, total, corners)


def _at(at: At, total: At, corners: dict[int, Spot]) -> str:
    here, home = spot(corners, at), spot(corners, total)
    if here is None or home is None:
        return ""
    return here.reference if here.sheet == home.sheet else here.link
