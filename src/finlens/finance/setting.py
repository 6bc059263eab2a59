"""What holds for a whole document: how it writes numbers, when its years end, its currency, its scales."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from finlens.documents import Amount
from finlens.finance.numerals import Locale
from finlens.finance.periods import FiscalCalendar
from finlens.finance.units import UnitNote


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole document."""

    locale: Locale
    calendar: FiscalCalendar
    currency: str | None
    unit_note: UnitNote
    dollar: str | None
    """Which dollar a bare "$" is, where the document says another than the American one."""
    furniture: frozenset[str] = frozenset()
    """Running heads and the like, by their text."""
    scale_of_pages: Mapping[int, Decimal] = field(default_factory=dict)
    """The scale of pages that say one for all their amounts, not for their tables only."""


def in_dollars_of(amount: Amount, setting: Setting) -> Amount:
    """A bare "$" of a Canadian company is a Canadian dollar."""
    if setting.dollar is None or not (amount.unit or "").startswith("USD") or re.search(r"US|U\.S", amount.raw):
        return amount
    return replace(amount, unit=setting.dollar + (amount.unit or "")[3:])
