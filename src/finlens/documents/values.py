"""What a printed figure is once it is understood: an amount, its period, and the line that it stands on.

The types live on this floor because cells carry them; `finlens.finance` is what fills them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finlens.documents.source import Source

Basis = Literal["reported", "restated", "pro forma", "forecast"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as printed, with what its surroundings say about it.

    ``value`` is the printed number with its sign (``(1,234)`` is -1234), not yet multiplied by ``scale``. It is None
    where the text stands for no number ("n.m.", "N/A"); a dash that means nil is zero with ``nil`` set.
    """

    raw: str
    value: Decimal | None
    scale: Decimal = Decimal(1)
    unit: str | None = None
    """ISO 4217 code ("USD"), "USD/share", "percent", "bps", "ratio" (12.3x), "shares", "days", … or None: not said."""
    decimals: int = 0
    """Digits printed after the decimal mark: the value is known to half a unit of the last one."""
    nil: bool = False
    marks: tuple[str, ...] = ()
    """Footnote marks that were fused to the number, as printed: "(2)", "*", "¹"."""

    @property
    def absolute(self) -> Decimal | None:
        """The value in whole units: 12.3 in USD millions is 12300000."""
        return None if self.value is None else self.value * self.scale

    @property
    def currency(self) -> str | None:
        """The ISO 4217 code, also of a per-share amount; None for percentages, counts and unknown units."""
        code = (self.unit or "").partition("/")[0]
        return code if len(code) == 3 and code.isupper() and code.isalpha() else None


@dataclass(frozen=True, slots=True)
class Period:
    """The instant or the stretch of time that a figure is about.

    ``year`` is the fiscal year as the document names it; ``end`` and ``start`` are dates where the document says
    enough to know them. A balance-sheet date has no ``start``.
    """

    raw: str
    year: int | None = None
    end: datetime.date | None = None
    start: datetime.date | None = None
    instant: bool = False
    months: int | None = None
    """Length of a duration: 12 for a year, 3 for a quarter, 6, 9; None for an instant or where it is not said."""
    quarter: int | None = None
    basis: Basis = "reported"
    relative: int | None = None
    """0 for « N » / "current year", -1 for « N-1 » / "prior year", while the document has not said which year N is."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with all that a reader needs to trust it."""

    label: str
    label_path: tuple[str, ...]
    """Outermost first, the row's own label last: ("Assets", "Current assets", "Cash")."""
    column_path: tuple[str, ...]
    amount: Amount
    period: Period | None
    source: Source
    table: int | None = None
    """Index into ``document.tables``; None for a figure in prose."""
    row: int | None = None
    column: int | None = None
    entity: str | None = None
    context: str = ""
    """Caption or heading that the table stands under, or the sentence around a figure in prose."""
    concept: str | None = None
    """Name in `finlens.finance.concepts.catalogue()`, or of an invoice's field ("invoice_number"); None where it is none of them."""
    concept_confidence: float = 0.0
    """How sure the concept is, 0 to 1; 1 where the document tags it."""
    element: str = ""
    """The XBRL or CII element that the document itself tags the figure with: "us-gaap:Revenues"."""
