"""The XML of an invoice against its print: people pay what they see, programs pay what the XML says.

An invoice whose two halves differ is fraud until proven otherwise. A difference is called one only where the pages are
plainly those of the invoice (its number or several of its amounts are printed) and the figure is not there in any locale;
a profile that says little, a page that is a picture, a total that nobody prints are no differences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from finlens.documents import Check, Fact, Invoice, Source, Term
from finlens.extract.structured.arithmetic import due_check, gross_check, term_of
from finlens.extract.structured.fields import EInvoice
from finlens.extract.structured.printed import Place, Printed

FRAUD = "Treat the invoice as fraud until proven otherwise."
"""What the warnings end in that nobody may overlook."""
READER = "print"
_LOUD = "XML and print differ"
_GROSS_WORDS = re.compile(
    r"\b(?:gesamtbetrag|rechnungsbetrag|bruttobetrag|bruttosumme|gesamtsumme|endbetrag|endsumme|zahlbetrag|rechnungsbeitrag|rechnungssumme|brutto|"
    r"total (?:ttc|t\.t\.c\.)|"
    r"montant (?:total|ttc)|net à payer|grand total|invoice total|total (?:amount|due|gross)|amount due|total|summe|gesamt)\b",
    re.I,
)


class Agreement(NamedTuple):
    """What came of comparing: checks of figures that stand in both, and what differs, the gravest first."""

    checks: tuple[Check, ...]
    alarms: tuple[str, ...]
    """Differences to shout about."""
    remarks: tuple[str, ...]
    """What could not be found on the pages."""


def compare(
    read: EInvoice, places: dict[int, Place], printed: Printed, as_printed: Invoice | None = None, *, by_ocr: bool = False
) -> Agreement:
    """The XML's number, days, totals and IBAN against the pages.

    Args:
        read: The XML.
        places: Where its facts are printed, by ``id``.
        printed: The pages.
        as_printed: The invoice as it was read from the pages alone, where it could be.
        by_ocr: Whether pages were read by OCR, which may have misread the figure: then a difference is a remark.
    """
    invoice = read.invoice
    alarms = [*_contradictions(read)]
    if not _same_invoice(invoice, places, printed):
        return Agreement((), tuple(alarms), ())
    checks: list[Check] = []
    for fact, on_print in _totals(invoice, as_printed):
        place = places.get(id(fact))
        if place is not None:
            checks.append(_check(fact, fact.amount.absolute or Decimal(0), place))
        elif other := _in_its_place(fact, read, places, printed, on_print):
            value, where = other
            checks.append(_check(fact, value, where))
            alarms.append(
                f"{_LOUD}: the {fact.label.lower()} is {_money(fact)} in the XML, and {where.text} is printed in its place "
                f"(page {where.page}). {FRAUD}"
            )
        elif fact is invoice.gross:
            alarms.append(f"{_LOUD}: the {fact.label.lower()} is {_money(fact)} in the XML, and no page prints that amount. {FRAUD}")
    alarms += _other_account(invoice, places, printed)
    checks += _days(invoice, places)
    remarks = list(_unprinted(invoice, places))
    if by_ocr:
        remarks += [alarm.replace(FRAUD, "The pages were read by OCR: look at them.") for alarm in alarms if alarm.startswith(_LOUD)]
        alarms = [alarm for alarm in alarms if not alarm.startswith(_LOUD)]
    return Agreement(tuple(checks), tuple(alarms), tuple(remarks))


def _same_invoice(invoice: Invoice, places: dict[int, Place], printed: Printed) -> bool:
    """Whether the pages print this invoice and its figures: two of its amounts, or its number beside amounts of any kind."""
    amounts = {fact.amount.value for fact in _amounts(invoice) if id(fact) in places and fact.amount.value}
    return len(amounts) > 1 or (invoice.number is not None and id(invoice.number) in places and (bool(amounts) or printed.has_money))


def _amounts(invoice: Invoice) -> Iterator[Fact]:
    lines = [line.net for line in invoice.lines]
    taxes = [fact for tax in invoice.taxes for fact in (tax.base, tax.tax)]
    return (fact for fact in (invoice.net, invoice.tax, invoice.gross, invoice.due, *lines, *taxes) if fact is not None)


def _totals(invoice: Invoice, as_printed: Invoice | None) -> Iterator[tuple[Fact, Fact | None]]:
    """The totals that are figures, each with the one that the pages print; nil needs no print."""
    for name in ("gross", "due", "net", "tax"):
        fact = getattr(invoice, name)
        if fact is not None and fact.amount.value:
            yield fact, getattr(as_printed, name) if as_printed is not None else None


def _in_its_place(
    fact: Fact, read: EInvoice, places: dict[int, Place], printed: Printed, on_print: Fact | None
) -> tuple[Decimal, Place] | None:
    """The amount that is printed where this one should be.

    It is the one that a label names, or the one that fits the other totals: net and tax that are printed make the gross that is.
    """
    if on_print is not None and on_print.amount.absolute is not None and abs(on_print.amount.absolute) != abs(fact.amount.absolute or 0):
        return on_print.amount.absolute, Place(on_print.source.page, on_print.source.box, on_print.amount.raw)
    for value in _by_the_others(fact, read, places):
        if value and value != fact.amount.value and (where := printed.amounts(value)):
            return value, where[-1]
    if fact is read.invoice.gross:
        known = {abs(one.amount.value) for one in _amounts(read.invoice) if one.amount.value is not None}
        labelled = [(value, place) for value, place in printed.beside(_GROSS_WORDS) if value not in known]
        return max(labelled, default=None, key=lambda item: item[0])
    return None


def _by_the_others(fact: Fact, read: EInvoice, places: dict[int, Place]) -> Iterator[Decimal]:
    """What the figure would be by those other figures of the XML that are printed."""
    invoice = read.invoice
    net, tax, gross, due = (_printed_value(one, places) for one in (invoice.net, invoice.tax, invoice.gross, invoice.due))
    prepaid = read.prepaid.amount.value if read.prepaid is not None else None
    if fact is invoice.gross:
        if net is not None and tax is not None:
            yield net + tax
        if due is not None:
            yield due + (prepaid or 0)
    elif fact is invoice.due and gross is not None:
        yield gross - (prepaid or 0)
    elif fact is invoice.net and gross is not None and tax is not None:
        yield gross - tax
    elif fact is invoice.tax and gross is not None and net is not None:
        yield gross - net


def _printed_value(fact: Fact | None, places: dict[int, Place]) -> Decimal | None:
    if fact is None:
        return None
    return fact.amount.value if id(fact) in places or not fact.amount.value else None


def _contradictions(read: EInvoice) -> Iterator[str]:
    """Totals of the XML that do not go with each other: a program that reads one pays something else than one that reads another."""
    for check in (gross_check(read), due_check(read)):
        if check is not None and not check.holds:
            yield (f"The XML contradicts itself: {check.says}, but {check.total.value} is not {check.computed}. {FRAUD}")


def _other_account(invoice: Invoice, places: dict[int, Place], printed: Printed) -> Iterator[str]:
    if not invoice.ibans or any(id(fact) in places for fact in invoice.ibans):
        return
    on_pages = printed.ibans()
    if on_pages and not any("".join(fact.amount.raw.split()).upper() in on_pages for fact in invoice.ibans):
        (iban, place), *_ = on_pages.items()
        yield (f"{_LOUD}: the XML asks for payment to {invoice.ibans[0].amount.raw}, and the pages to {iban} (page {place.page}). {FRAUD}")


def _days(invoice: Invoice, places: dict[int, Place]) -> Iterator[Check]:
    """Days that stand in both, written as the number YYYYMMDD."""
    for fact in (invoice.issued, invoice.due_date, invoice.delivered):
        if fact is not None and fact.period is not None and fact.period.end is not None and id(fact) in places:
            yield _check(fact, Decimal(f"{fact.period.end:%Y%m%d}"), places[id(fact)])


def _check(fact: Fact, value: Decimal, place: Place) -> Check:
    """Printed = in the XML."""
    said = term_of(fact)
    written = said.value if said is not None else value
    source = Source(fact.source.document, place.page, place.box, READER)
    return Check(
        "xml",
        Term(value, source, f"{fact.label}, printed"),
        (Term(written, fact.source, f"{fact.label}, XML"),),
        Decimal(0),
        says=f"{fact.label}: printed = in the XML",
    )


def _unprinted(invoice: Invoice, places: dict[int, Place]) -> Iterator[str]:
    """Fields that every invoice prints and this one does not, as far as can be seen."""
    asked: Sequence[Fact | None] = (invoice.number, invoice.issued)
    for fact in asked:
        if fact is not None and id(fact) not in places:
            shown = fact.period.end.isoformat() if fact.period is not None and fact.period.end else fact.amount.raw
            yield f"The XML's {fact.label.lower()} ({shown}) was not found on the pages."


def _money(fact: Fact) -> str:
    return f"{fact.amount.raw} {fact.amount.unit or ''}".strip()
