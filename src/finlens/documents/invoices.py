"""Invoices and bank statements: every field is a `Fact`, so that each knows its page and box, or the XML it came from.

The text of a field is ``fact.amount.raw``; amounts have ``fact.amount.value``, dates ``fact.period.end``. The types live on
this floor because documents carry them; `finlens.finance.invoices` and `finlens.extract.structured` fill them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finlens.documents.values import Fact

InvoiceKind = Literal["invoice", "credit note", "corrected invoice", "prepayment invoice"]


@dataclass(frozen=True, slots=True)
class Party:
    """A seller, a buyer, a payee."""

    name: Fact | None = None
    address: Fact | None = None
    vat_id: Fact | None = None
    tax_number: Fact | None = None
    """A number of the tax office that is no VAT id: SIRET, Steuernummer, EIN."""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """An item of an invoice."""

    description: Fact | None = None
    quantity: Fact | None = None
    unit_price: Fact | None = None
    net: Fact | None = None
    tax_rate: Fact | None = None


@dataclass(frozen=True, slots=True)
class TaxLine:
    """Tax at one rate."""

    rate: Fact | None = None
    base: Fact | None = None
    tax: Fact | None = None


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice as its XML says it, or as it is printed."""

    kind: InvoiceKind = "invoice"
    origin: Literal["xml", "print"] = "print"
    profile: str = ""
    """Of an electronic invoice: "Factur-X EN 16931", "ZUGFeRD 1.0 COMFORT", "UBL"."""
    number: Fact | None = None
    issued: Fact | None = None
    delivered: Fact | None = None
    due_date: Fact | None = None
    currency: Fact | None = None
    seller: Party = Party()
    buyer: Party = Party()
    ibans: tuple[Fact, ...] = ()
    lines: tuple[InvoiceLine, ...] = ()
    net: Fact | None = None
    taxes: tuple[TaxLine, ...] = ()
    tax: Fact | None = None
    gross: Fact | None = None
    due: Fact | None = None
    """What is left to pay."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """A movement on an account; money out is negative."""

    date: Fact
    label: str
    amount: Fact
    balance: Fact | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What a bank statement says of one account."""

    iban: Fact | None = None
    opening: Fact | None = None
    closing: Fact | None = None
    transactions: tuple[Transaction, ...] = ()
