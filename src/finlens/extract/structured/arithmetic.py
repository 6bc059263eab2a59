"""The XML's own sums: what EN 16931 says must be equal, as checks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from finlens.documents import Check, CheckKind, Fact, Term
from finlens.extract.structured.fields import EInvoice

_CENT = Decimal("0.01")
_ONE = Decimal(1)
_PERCENT = Decimal("0.01")


def checks_of_xml(read: EInvoice) -> tuple[Check, ...]:
    """Each line, the sum of the lines, the net total, each rate of tax, the gross total and what is due."""
    return tuple(check for check in (*_lines(read), *_sums(read), *_taxes(read), gross_check(read), due_check(read)) if check is not None)


def gross_check(read: EInvoice) -> Check | None:
    """Gross = net + tax (BR-CO-15)."""
    net, tax = read.invoice.net, read.invoice.tax
    if net is None or tax is None:
        return None
    return _sum("tax", read.invoice.gross, [(net, _ONE), (tax, _ONE)], Decimal(0))


def due_check(read: EInvoice) -> Check | None:
    """Due = gross − paid + rounding (BR-CO-16).

    None where the XML leaves open what was paid: profile MINIMUM has no word for it, and nothing is due of a negative total.
    """
    gross, due = read.invoice.gross, read.invoice.due
    if gross is None or due is None or (read.prepaid is None and read.invoice.profile.endswith("MINIMUM")):
        return None
    if not due.amount.value and (gross.amount.value or 0) < 0:
        return None
    return _sum("sum", read.invoice.due, [(read.invoice.gross, _ONE), (read.prepaid, -_ONE), (read.rounding, _ONE)], Decimal(0))


def _lines(read: EInvoice) -> Iterator[Check | None]:
    for line, extras in zip(read.invoice.lines, read.line_extras, strict=True):
        total, quantity, price = term_of(line.net), term_of(line.quantity), term_of(line.unit_price)
        if not (line.net and line.unit_price and total and quantity and price and extras.basis):
            continue
        # A price is known to half of its last digit, and that times the quantity: "0.33 each" may be a third.
        slack = _CENT + abs(quantity.value / extras.basis) * Decimal(10) ** -line.unit_price.amount.decimals / 2
        if not (extras.allowances or extras.charges):
            priced = Term(price.value, price.source, price.label, factor=_ONE / extras.basis)
            says = f"{total.label} = Quantity × Unit price" + ("" if extras.basis == 1 else f" ÷ {extras.basis}")
            yield Check("line", total, (quantity, priced), slack, product=True, says=says)
            continue
        goods = Term(quantity.value * price.value / extras.basis, price.source, "Quantity × Unit price")
        yield Check("line", total, (goods, *_terms(extras.allowances, -_ONE), *_terms(extras.charges, _ONE)), slack, says="Line total")


def _sums(read: EInvoice) -> Iterator[Check | None]:
    nets = [line.net for line, extras in zip(read.invoice.lines, read.line_extras, strict=True) if extras.counts and line.net]
    total = read.line_total or (read.invoice.net if read.allowances is None and read.charges is None else None)
    if nets:
        yield _sum("sum", total, [(net, _ONE) for net in nets], _CENT)
    if read.line_total is not None:
        yield _sum("sum", read.invoice.net, [(read.line_total, _ONE), (read.allowances, -_ONE), (read.charges, _ONE)], _CENT)


def _taxes(read: EInvoice) -> Iterator[Check | None]:
    # Tax that was rounded line by line may differ by half a cent a line from tax on their sum.
    slack = _CENT * max(2, len(read.invoice.lines)) / 2
    for line in read.invoice.taxes:
        tax, base, rate = term_of(line.tax), term_of(line.base), term_of(line.rate)
        if tax and base and rate:
            percent = Term(rate.value, rate.source, rate.label, factor=_PERCENT)
            yield Check("tax", tax, (base, percent), slack, product=True, says="Tax amount = Taxable amount × Tax rate")
    if read.invoice.taxes and all(line.tax for line in read.invoice.taxes):
        yield _sum("tax", read.invoice.tax, [(line.tax, _ONE) for line in read.invoice.taxes], slack)


def _sum(kind: CheckKind, total: Fact | None, parts: list[tuple[Fact | None, Decimal]], slack: Decimal) -> Check | None:
    """Total = the parts that are said; None where one of them is no number."""
    whole = term_of(total)
    said = [(fact, factor) for fact, factor in parts if fact is not None]
    terms = [Term(term.value, term.source, term.label, factor=factor) for fact, factor in said if (term := term_of(fact))]
    if whole is None or len(terms) < len(said):
        return None
    words = "".join(f" {'−' if term.factor < 0 else '+'} {term.label}" for term in terms).removeprefix(" + ")
    if len(terms) > 4:
        words = f"the sum of {len(terms)} {terms[0].label.lower()}s" if len({term.label for term in terms}) == 1 else words
    return Check(kind, whole, tuple(terms), slack, says=f"{whole.label} = {words}")


def term_of(fact: Fact | None) -> Term | None:
    """The figure as a term; None where there is no number."""
    if fact is None or fact.amount.absolute is None:
        return None
    return Term(fact.amount.absolute, fact.source, fact.label)


def _terms(facts: tuple[Fact, ...], factor: Decimal) -> Iterator[Term]:
    for fact in facts:
        if term := term_of(fact):
            yield Term(term.value, term.source, term.label, factor=factor)
