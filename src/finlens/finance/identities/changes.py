"""Columns that say how two others differ: in figures ("Change") or in percent ("% change", "2024 vs 2023").

Which two is found by trying: the pair must account for the column in nearly all rows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

from finlens.documents import Check
from finlens.finance.identities.equations import shortened, term_of
from finlens.finance.identities.figures import Figures, Line

_MOST_COLUMNS = 14
_BELIEVED = 14.0  # bits, over all rows
_ANNOUNCED = 6.0  # bits that a head such as "% change" gives
_BESIDE = 4.0  # bits more where the column stands right of the two that it is of
_NAMED = 4.0  # and where its head names the years of both
_TURNED = 3.0  # bits at which a percentage shows that one of the two has lost its sign, or got one
_LEAST_BASE = 20  # units of the last digit: a percentage of less says nothing
_HUNDRED = 100
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class _Pair:
    """A column of changes, from ``before`` to ``after``; rows by their place."""

    change: Line
    after: Line
    before: Line
    one: Fraction
    """One in whole units, in the unit of the lines."""
    holds: list[int] = field(default_factory=list)
    fails: list[int] = field(default_factory=list)
    rates: list[int] = field(default_factory=list)
    """Rows of rates in which it fails: some print the change of a rate in points, some in percent of it."""
    bits: float = 0.0

    def percent(self, place: int) -> bool:
        """Whether a row says in percent how its figures differ: of percentages it says it in points."""
        return self.change.kinds[place] == "percent" and self.after.kinds[place] != "percent"


def change_checks(figures: Figures) -> Iterator[Check]:
    """An equation for each row of each column that says how two others differ."""
    columns = figures.columns
    if not 3 <= len(columns) <= _MOST_COLUMNS:
        return
    one = Fraction(10) ** -figures.exponent
    for column in columns:
        if not column.changes and column.kind != "percent":
            continue
        others = [other for other in columns if other is not column and not other.changes]
        found = [pair for after, before in permutations(others, 2) for pair in _tried(column, after, before, one)]
        best = max(found, key=lambda pair: (pair.bits, -len(pair.fails)), default=None)
        if best is not None:
            yield from _checks(figures, best)


def _tried(change: Line, after: Line, before: Line, one: Fraction) -> Iterator[_Pair]:
    """The pair, where that is borne out by nearly all rows."""
    pair = _Pair(change, after, before, one)
    misses = 0
    for place in range(len(change.values)):
        verdict = _row(pair, place)
        misses += verdict is False
        if misses > 2 and misses > len(pair.holds):
            return
    if len(pair.rates) == 1 and any(change.kinds[place] == after.kinds[place] == "percent" for place in pair.holds):
        pair.fails.extend(pair.rates)
    bits = pair.bits + (_ANNOUNCED + _placed(change, after, before) if change.changes else 0.0)
    if bits >= _BELIEVED and len(pair.holds) >= 2 and len(pair.fails) <= max(1, len(pair.holds) // 4):
        yield pair


def _placed(change: Line, after: Line, before: Line) -> float:
    """Bits that the place and the heads of the three columns give."""
    bits = 0.0
    between = change.at - max(after.at, before.at)
    if abs(after.at - before.at) == 1 and 0 < between <= 2:
        bits += _BESIDE
    years = set(_YEAR.findall(change.label))
    ends = [set(_YEAR.findall(line.label)) - set(_YEAR.findall(other.label)) for line, other in ((after, before), (before, after))]
    if all(end & years for end in ends):
        bits += _NAMED
    return bits


def _row(pair: _Pair, place: int) -> bool | None:
    """Whether one row bears the pair out; None where it says nothing."""
    change, after, before = pair.change, pair.after, pair.before
    if not (change.printed[place] and after.printed[place] and before.printed[place]):
        return None
    percent = pair.percent(place)
    if after.kinds[place] != before.kinds[place] or (not percent and (change.kinds[place] != after.kinds[place] or not change.changes)):
        return None
    step = change.steps[place]
    if not step or not before.values[place]:
        return None
    if percent and _sign_lost(pair, place):
        pair.fails.append(place)
        return False
    if percent and (before.values[place] < _LEAST_BASE * before.steps[place] or after.values[place] <= 0):
        return None  # of a negative or a tiny base every author makes a percentage in a way of his own
    off, slack = _off(pair, place)
    turned = min(after.values[place], before.values[place]) < 0
    if not percent and turned and abs(off) > slack and abs(abs(change.values[place]) - abs(change.values[place] - off)) <= slack:
        return None  # an increase of an outflow is printed with either sign
    if abs(off) > slack:
        if change.kinds[place] == after.kinds[place] == "percent":
            pair.rates.append(place)
            return None
        pair.fails.append(place)
        return False
    pair.holds.append(place)
    pair.bits += _bits(pair, place, slack)
    return True


def _sign_lost(pair: _Pair, place: int) -> bool:
    """Whether a percentage is that of the two figures once the only negative one of them is turned."""
    a, b = pair.after.values[place], pair.before.values[place]
    if (a < 0) == (b < 0) or not a or abs(b) < _LEAST_BASE * pair.before.steps[place]:
        return False
    off, slack = _off(pair, place, turned=True)
    return abs(off) <= slack and _bits(pair, place, slack) >= _TURNED


def _bits(pair: _Pair, place: int, slack: Fraction) -> float:
    step = pair.change.steps[place]
    return max(0.0, math.log2((abs(pair.change.values[place]) / step + 1) / (2 * float(slack) / step + 1)))


def _off(pair: _Pair, place: int, *, turned: bool = False) -> tuple[Fraction, Fraction]:
    """What is printed less what the two columns give, and the most that rounding explains; in the unit of the change.

    Args:
        pair: The columns.
        place: The row.
        turned: Whether the two are taken without their signs.
    """
    change, after, before = pair.change, pair.after, pair.before
    a, b = after.values[place], before.values[place]
    if turned:
        a, b = abs(a), abs(b)
    half_a, half_b, half = after.steps[place], before.steps[place], Fraction(change.steps[place], 2)
    if not pair.percent(place):
        return Fraction(change.values[place] - (a - b)), half + Fraction(half_a + half_b, 2)
    unit = pair.one
    computed = Fraction(_HUNDRED * (a - b), abs(b)) * unit
    slack = half + Fraction(_HUNDRED, 2) * (Fraction(half_a, abs(b)) + Fraction(abs(a) * half_b, b * b)) * unit
    return change.values[place] - computed, slack


def _checks(figures: Figures, pair: _Pair) -> Iterator[Check]:
    # With a single failure the figures of that row are wrong; with several the rows are of another nature.
    fails = pair.fails if len(pair.fails) == 1 and len(pair.holds) >= 2 else []
    for place in sorted([*pair.holds, *fails]):
        row = figures.rows[place].at
        change, after, before = (figures.facts[row, line.at] for line in (pair.change, pair.after, pair.before))
        _, slack = _off(pair, place)
        base = abs(before.amount.absolute or Decimal(1))
        factor = _HUNDRED / base if pair.percent(place) else Decimal(1)
        names = f"{_head(pair.after)} over {_head(pair.before)}"
        yield Check(
            kind="change",
            total=term_of(change),
            terms=(term_of(after, factor), term_of(before, -factor)),
            tolerance=_decimal(slack, figures.exponent),
            says=f"{_head(pair.change)} = {'percentage ' if pair.percent(place) else ''}change of {names} ({shortened(change.label)})",
        )


def _decimal(value: Fraction, exponent: int) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).scaleb(exponent)


def _head(line: Line) -> str:
    return shortened(line.label) or "column"
