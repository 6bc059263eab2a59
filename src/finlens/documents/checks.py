"""What was checked by arithmetic: equations over printed figures, and the figures that they cast doubt on.

The types live on this floor because documents carry them; `finlens.finance.identities` is what fills them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from finlens.documents.source import Source

CheckKind = Literal[
    "sum",  # a total is the sum of its parts, down a column
    "cross-foot",  # a total is the sum of its parts, along a row
    "change",  # a change is what two columns differ by, in figures or in percent
    "balance",  # assets = liabilities + equity
    "cash",  # flows = the change in cash; opening + change = closing; cash flow statement = balance sheet
    "agreement",  # one figure, printed in two places
    "per share",  # earnings per share × shares = earnings
    "tax",  # base × rate = tax; net + tax = gross
    "line",  # quantity × price = line total
    "running balance",  # balance before + movement = balance after
    "xml",  # what is printed = what the embedded XML says
]
Verdict = Literal["foots", "does not foot", "nothing to check"]
Change = Literal["digit", "swap", "sign", "scale"]
HIDDEN_TEXT = "hidden text"
"""How `Doubt.why` begins for text that a file holds and no reader sees."""


class At(NamedTuple):
    """A cell: index into ``document.tables``, then row and column of its grid, from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Term:
    """A figure in an equation: ``factor`` × ``value``, where it was read, and its cell where it stands in a table."""

    value: Decimal
    """In whole units: `Amount.absolute`."""
    source: Source
    label: str = ""
    at: At | None = None
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Check:
    """An equation that the document's own figures must fulfil, as far as their rounding goes."""

    kind: CheckKind
    total: Term
    terms: tuple[Term, ...]
    tolerance: Decimal
    """The most that rounding explains, in whole units."""
    product: bool = False
    """Whether the terms are multiplied instead of added."""
    says: str = ""
    """The equation in words, for a person: "Total assets = Current assets + Non-current assets"."""

    @property
    def computed(self) -> Decimal:
        """What the terms come to."""
        parts = [term.factor * term.value for term in self.terms]
        return math.prod(parts, start=Decimal(1)) if self.product else sum(parts, start=Decimal(0))

    @property
    def difference(self) -> Decimal:
        """Printed less computed."""
        return self.total.factor * self.total.value - self.computed

    @property
    def holds(self) -> bool:
        return abs(self.difference) <= self.tolerance

    @property
    def figures(self) -> tuple[Term, ...]:
        """The total and its terms."""
        return (self.total, *self.terms)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that is most likely wrong, as read or as printed, because an equation fails without it."""

    source: Source
    printed: str
    why: str
    """For a person: which equations fail, by how much."""
    at: At | None = None
    proposal: Decimal | None = None
    """The value (in the unit and scale of the cell) that makes every equation hold by one changed digit, sign or scale, or by
    two digits side by side that change places; None where no such change does, or more than one."""
    change: Change | None = None

    @property
    def is_hidden_text(self) -> bool:
        """Whether this is text that a reader does not see, and that took no part in tables, figures and answers."""
        return self.why.startswith(HIDDEN_TEXT)
