"""An invoice from top to bottom: its title, whose it is, its number and dates, its lines, its foot, and whether it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from finlens.documents import Document, Fact, Invoice
from finlens.finance.invoices import labels
from finlens.finance.invoices.checks import checks_of, warning_of
from finlens.finance.invoices.days import Order, date_order
from finlens.finance.invoices.facts import CHECKSUM_FAILS, text_fact
from finlens.finance.invoices.fields import find_currency, find_day, find_issued, find_number
from finlens.finance.invoices.iban import find_ibans
from finlens.finance.invoices.is_invoice import kind_of, title_of
from finlens.finance.invoices.lines import facts_of_lines, find_lines
from finlens.finance.invoices.parties import find_parties
from finlens.finance.invoices.prints import Row, Run, rows_of
from finlens.finance.invoices.totals import Totals, find_totals
from finlens.finance.numerals import guess_locale


def with_printed_invoice(document: Document) -> Document:
    """The document with its invoice, where a title or a number and a total say that it is one."""
    rows = [row for page in document.pages for row in rows_of(page)]
    title = title_of(rows) if rows else None
    if not rows or any(invoice.origin == "print" for invoice in document.invoices):
        return document
    number = find_number(rows, title)
    if title is None and number is None:
        return document
    language = labels.language_of(" ".join(row.text for row in rows)) or document.language
    locale = guess_locale(row.text for row in rows) or ("en" if language == "en" else "fr")
    currency = find_currency(rows)
    unit = currency.amount.unit if currency else None
    totals = find_totals(rows, locale, unit)
    order = date_order((row.text for row in rows), language=language, currency=unit)
    invoice = _invoice(rows, title, number, currency, order, totals)
    if not _is_one(invoice):
        return document
    invoice = replace(invoice, lines=find_lines(rows, locale, unit))
    checks = checks_of(totals, invoice.lines)
    warnings = [*_warnings(invoice), *(warning_of(check) for check in checks if not check.holds)]
    return replace(
        document,
        invoices=(*document.invoices, invoice),
        found_facts=(*document.found_facts, *facts_of(invoice)),
        checks=(*document.checks, *checks),
        warnings=(*document.warnings, *warnings),
    )


def _invoice(
    rows: Sequence[Row], title: Run | None, number: Fact | None, currency: Fact | None, order: Order | None, totals: Totals
) -> Invoice:
    delivered = find_day(rows, labels.DELIVERED, "delivery_date", order)
    due_date = find_day(rows, labels.DUE_DATE, "due_date", order)
    issued = find_issued(rows, title, order, [fact for fact in (delivered, due_date) if fact])
    ibans = tuple(
        text_fact("iban", code.label, code.text, code.row.between(code.start, code.end), mark="" if code.valid else CHECKSUM_FAILS)
        for code in find_ibans(rows)
    )
    seller, buyer = find_parties(rows)
    return Invoice(
        kind=kind_of(title.text) if title else "invoice",
        number=number,
        issued=issued,
        delivered=delivered,
        due_date=due_date,
        currency=currency,
        seller=seller,
        buyer=buyer,
        ibans=ibans,
        net=totals.net,
        taxes=totals.taxes,
        tax=totals.tax,
        gross=totals.gross,
        due=totals.due,
    )


def _is_one(invoice: Invoice) -> bool:
    """A total, and a number or a date: what every invoice and receipt has, and hardly anything else that speaks of invoices."""
    total = invoice.gross or invoice.due or invoice.net
    return total is not None and (invoice.number is not None or invoice.issued is not None)


def facts_of(invoice: Invoice) -> Iterator[Fact]:
    """Every fact of an invoice, in the order of its fields; each object once."""
    seen: set[int] = set()
    for fact in _all_facts(invoice):
        if fact is not None and id(fact) not in seen:
            seen.add(id(fact))
            yield fact


def _all_facts(invoice: Invoice) -> Iterator[Fact | None]:
    yield from (invoice.number, invoice.issued, invoice.delivered, invoice.due_date, invoice.currency)
    for party in (invoice.seller, invoice.buyer):
        yield from (party.name, party.address, party.vat_id, party.tax_number)
    yield from invoice.ibans
    yield from facts_of_lines(invoice.lines)
    for line in invoice.taxes:
        yield from (line.rate, line.base, line.tax)
    yield from (invoice.net, invoice.tax, invoice.gross, invoice.due)


def _warnings(invoice: Invoice) -> Iterator[str]:
    for fact in (*invoice.ibans, invoice.seller.vat_id, invoice.buyer.vat_id):
        if fact is not None and CHECKSUM_FAILS in fact.amount.marks:
            what = "IBAN" if fact.concept == "iban" else "VAT id"
            yield f"invoice: the check digits of {what} {fact.amount.raw} are wrong"
