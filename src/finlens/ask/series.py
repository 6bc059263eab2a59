"""What a measure is worth at each period asked for, and how sure that is beside other readings of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from finlens.ask.compute import Figure, Term, Uncomputable, evaluate
from finlens.ask.lines import Line
from finlens.documents import Period
from finlens.finance.ratios import Ratio, RatioUnit


@dataclass(frozen=True, slots=True)
class Series:
    """A measure with one term a period."""

    label: str
    terms: tuple[Term, ...]
    periods: tuple[Period | None, ...]
    score: float
    line: Line | None = None
    ratio: Ratio | None = None
    """The named ratio, for a formula."""
    unit: RatioUnit | None = None
    definition: str = ""

    def values(self) -> tuple[Decimal, ...] | None:
        try:
            return tuple(evaluate(term) for term in self.terms)
        except Uncomputable:
            return None


def doubt(found: Sequence[Series]) -> float:
    """1 where the best reading stands alone or is confirmed, less where another reading with other values comes near."""
    best = found[0]
    factor = 1.0
    for other in found[1:]:
        if _agree(best, other):
            continue
        near = other.score / best.score if best.score else 1.0
        if near > 0.9:
            factor = min(factor, 1.0 - 4.0 * (near - 0.9))
    return factor


def _agree(one: Series, other: Series) -> bool:
    """Whether two readings give the same figures, as far as the coarser of them is printed."""
    mine, theirs = one.values(), other.values()
    if mine is None or theirs is None or len(mine) != len(theirs):
        return False
    if mine == theirs:
        return True
    pairs = zip(mine, theirs, one.terms, other.terms, strict=True)
    return all(abs(a - b) <= max(_half_unit(left), _half_unit(right)) for a, b, left, right in pairs)


def _half_unit(term: Term) -> Decimal:
    if not isinstance(term, Figure):
        return Decimal(0)
    amount = term.fact.amount
    return amount.scale * Decimal(10) ** -amount.decimals / 2
