"""Earnings per share × shares = earnings, in tables that print all three."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from finlens.documents import Check
from finlens.finance.identities.equations import shortened, term_of
from finlens.finance.identities.figures import Figures, Line

_BELIEVED = 13.0  # bits, over all columns
_MOST_LINES = 8
_CLEARLY = 4
"""Times rounding by which a product must be off to fail: earnings are divided among other shares too."""


@dataclass(slots=True)
class _Product:
    earnings: Line
    each: Line
    shares: Line
    holds: list[int] = field(default_factory=list)
    fails: list[int] = field(default_factory=list)
    bits: float = 0.0


def per_share_checks(figures: Figures) -> Iterator[Check]:
    """An equation for each column of each line per share whose earnings and count of shares stand in the same table."""
    each = [line for line in figures.rows if line.kind == "per share"]
    counts = [line for line in figures.rows if line.kind == "shares"][:_MOST_LINES]
    sums = [line for line in figures.rows if line.kind == "amount"]
    if not each or not counts or not sums:
        return
    one = Decimal(10) ** -figures.exponent
    for line in each[:_MOST_LINES]:
        found = [_tried(earnings, line, shares, one) for earnings, shares in product(_nearest(sums, line), counts)]
        best = max((pair for pair in found if pair is not None), key=lambda pair: pair.bits, default=None)
        if best is not None:
            yield from _checks(figures, best, one)
            for pair in found:
                if pair is not None and pair.fails and _printed_twice(pair, best):
                    yield from _checks(figures, pair, one)


def _printed_twice(pair: _Product, best: _Product) -> bool:
    """Whether a product that fails somewhere takes its shares from the same row as the best, printed a second time."""
    if pair.earnings is not best.earnings or pair.shares is best.shares:
        return False
    return all(pair.shares.values[place] == best.shares.values[place] for place in pair.holds)


def _nearest(sums: list[Line], line: Line) -> list[Line]:
    return sorted(sums, key=lambda other: abs(other.at - line.at))[:_MOST_LINES]


def _off(found: _Product, place: int, one: Decimal) -> Decimal:
    return abs(found.earnings.values[place] - Decimal(found.each.values[place]) * found.shares.values[place] / one)


def _slack(found: _Product, place: int, one: Decimal) -> Decimal:
    """The most that rounding explains, in the unit of the earnings."""
    each, shares = found.each, found.shares
    spread = each.steps[place] * abs(shares.values[place]) + shares.steps[place] * abs(each.values[place])
    return (Decimal(spread) / one + found.earnings.steps[place]) / 2


def _tried(earnings: Line, each: Line, shares: Line, one: Decimal) -> _Product | None:
    found = _Product(earnings, each, shares)
    for place, value in enumerate(each.values):
        if not (value and shares.values[place] and earnings.values[place]) or shares.kinds[place] != "shares":
            continue
        off = _off(found, place, one)
        slack = _slack(found, place, one)
        if off > slack:
            found.fails.append(place)
            if len(found.fails) > 1:
                return None
            continue
        found.holds.append(place)
        found.bits += max(0.0, math.log2(float(abs(earnings.values[place]) / (2 * slack))))
    return found if found.bits >= _BELIEVED and len(found.holds) >= 2 * len(found.fails) else None


def _checks(figures: Figures, found: _Product, one: Decimal) -> Iterator[Check]:
    fails = [place for place in found.fails if _off(found, place, one) > _CLEARLY * _slack(found, place, one)]
    for place in sorted([*found.holds, *fails]):
        column = figures.columns[place].at
        earnings, each, shares = (figures.facts[line.at, column] for line in (found.earnings, found.each, found.shares))
        names = f"{shortened(found.earnings.label)} = {shortened(found.each.label)} × {shortened(found.shares.label)}"
        yield Check(
            kind="per share",
            total=term_of(earnings),
            terms=(term_of(each), term_of(shares)),
            tolerance=_slack(found, place, one).scaleb(figures.exponent),
            product=True,
            says=f"{names} ({shortened(figures.columns[place].label)})",
        )
