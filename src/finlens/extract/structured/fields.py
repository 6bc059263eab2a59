"""The fields of an electronic invoice as facts, whatever dialect they are written in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from finlens.documents import Amount, Fact, Invoice, Period, Source
from finlens.extract.structured.xml import Node

READER = "xml"
LABELS = {
    "invoice_number": "Invoice number",
    "invoice_date": "Invoice date",
    "delivery_date": "Delivery date",
    "due_date": "Due date",
    "currency": "Currency",
    "seller_name": "Seller",
    "seller_address": "Seller's address",
    "seller_vat_id": "Seller's VAT id",
    "seller_tax_number": "Seller's tax number",
    "buyer_name": "Buyer",
    "buyer_address": "Buyer's address",
    "buyer_vat_id": "Buyer's VAT id",
    "buyer_tax_number": "Buyer's tax number",
    "iban": "IBAN",
    "line_description": "Description",
    "line_quantity": "Quantity",
    "line_unit_price": "Unit price",
    "line_net": "Line total",
    "line_tax_rate": "Tax rate",
    "invoice_net": "Net total",
    "tax_rate": "Tax rate",
    "tax_base": "Taxable amount",
    "tax_amount": "Tax amount",
    "invoice_tax": "Tax total",
    "invoice_gross": "Gross total",
    "amount_due": "Amount due",
}
"""What the fields are called in labels; the keys are their concepts."""

_DECIMAL = re.compile(r"[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})")
# UN/ECE recommendation 20, the units that most lines use. Others stay unsaid: three capitals would pass for a currency.
_UNITS = {
    **dict.fromkeys(("C62", "H87", "EA", "PCE", "NAR", "XPP", "NPR"), "pieces"),
    "HUR": "hours", "DAY": "days", "MON": "months", "ANN": "years", "WEE": "weeks", "MIN": "minutes",
    "KGM": "kg", "GRM": "g", "TNE": "t", "LTR": "l", "MTR": "m", "KMT": "km", "MTK": "m²", "MTQ": "m³", "KWH": "kWh",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineExtras:
    """What the total of a line is made of beside quantity and price."""

    basis: Decimal = Decimal(1)
    """The price is for so many units."""
    allowances: tuple[Fact, ...] = ()
    charges: tuple[Fact, ...] = ()
    counts: bool = True
    """Whether the line is part of the sum: heads of groups and remarks are not."""


@dataclass(frozen=True, slots=True)
class EInvoice:
    """An invoice, and what else its XML says that its sums are made of."""

    invoice: Invoice
    facts: tuple[Fact, ...]
    """Every fact of it, in the order of the XML."""
    line_extras: tuple[LineExtras, ...] = ()
    """One for each line."""
    line_total: Fact | None = None
    allowances: Fact | None = None
    charges: Fact | None = None
    prepaid: Fact | None = None
    rounding: Fact | None = None
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class FactMaker:
    """Makes facts of the elements of one invoice, and keeps them in order."""

    sha256: str
    currency: str = ""
    facts: list[Fact] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def text(self, node: Node | None, concept: str, *, under: str = "") -> Fact | None:
        """A name, a number, a code as it is written."""
        return None if node is None else self._keep(node, concept, Amount(" ".join(node.text.split()), None), None, under=under)

    def joined(self, node: Node | None, steps: Iterable[str], concept: str) -> Fact | None:
        """The texts of these children of ``node``, one after the other: an address."""
        text = "" if node is None else ", ".join(said for step in steps if (said := node.said(step)))
        return self._keep(node, concept, Amount(text, None), None) if node is not None and text else None

    def amount(self, node: Node | None, concept: str, *, label: str = "", under: str = "") -> Fact | None:
        """Money, in the currency that the element or the invoice says."""
        if node is None:
            return None
        return self._number(node, concept, node.attribute("currencyID") or self.currency or None, label, under)

    def percent(self, node: Node | None, concept: str, *, under: str = "") -> Fact | None:
        return None if node is None else self._number(node, concept, "percent", "", under)

    def quantity(self, node: Node | None, concept: str, *, under: str = "") -> Fact | None:
        return None if node is None else self._number(node, concept, _UNITS.get(node.attribute("unitCode")), "", under)

    def date(self, node: Node | None, concept: str) -> Fact | None:
        """A day: CCYYMMDD or ISO 8601."""
        if node is None:
            return None
        day = date_of(node.text)
        if day is None:
            self.warnings.append(f"The XML's {LABELS[concept].lower()} is no date: {node.text[:40]!r}.")
        period = None if day is None else Period(node.text, year=day.year, end=day, instant=True)
        return self._keep(node, concept, Amount(node.text, None), period)

    def _number(self, node: Node, concept: str, unit: str | None, label: str, under: str) -> Fact:
        value = decimal_of(node.text)
        if value is None:
            self.warnings.append(f"The XML's {(label or LABELS[concept]).lower()} is no number: {node.text[:40]!r}.")
        decimals = len(node.text.partition(".")[2]) if value is not None else 0
        return self._keep(node, concept, Amount(node.text, value, unit=unit, decimals=decimals), None, label, under)

    def _keep(self, node: Node, concept: str, amount: Amount, period: Period | None, label: str = "", under: str = "") -> Fact:
        label = label or LABELS[concept]
        fact = Fact(
            label=label,
            label_path=(under, label) if under else (label,),
            column_path=(),
            amount=amount,
            period=period,
            source=Source(self.sha256, 1, None, READER),
            concept=concept or None,
            concept_confidence=1.0 if concept else 0.0,
            element=node.path,
        )
        self.facts.append(fact)
        return fact


def decimal_of(text: str) -> Decimal | None:
    """The number that XML Schema's ``decimal`` writes so; None for anything else."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def date_of(text: str) -> datetime.date | None:
    """The day that ``20240131`` or ``2024-01-31`` (with a time or a zone after it) is."""
    digits = re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", text) or re.match(r"(\d{4})(\d\d)(\d\d)\d{4,6}$", text)
    if digits is None:
        return None
    try:
        return datetime.date(*(int(part) for part in digits.groups()))
    except ValueError:
        return None
