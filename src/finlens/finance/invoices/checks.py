"""The arithmetic of an invoice as checks, and what to warn of where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from finlens.documents import Check, CheckKind, Fact, InvoiceLine, Term
from finlens.finance.invoices.candidates import CENT
from finlens.finance.invoices.totals import Totals

_HALF = Decimal("0.5")


def checks_of(totals: Totals, lines: Sequence[InvoiceLine]) -> tuple[Check, ...]:
    """Every equation that the printed figures should fulfil."""
    return tuple(check for check in _all(totals, lines) if check is not None)


def warning_of(check: Check) -> str:
    """For a person, where the equation fails."""
    return f"invoice: {check.says}: printed {check.total.value}, computed {check.computed.normalize():f}"


def _all(totals: Totals, lines: Sequence[InvoiceLine]) -> Iterator[Check | None]:
    net, tax, gross = totals.net, totals.tax, totals.gross
    if net and tax and gross and net is not gross:
        yield _check("tax", gross, [net, tax], "gross = net + tax")
    for line in totals.taxes:
        if line.base and line.rate and line.tax:
            terms = (term(line.base), replace(term(line.rate), factor=CENT))
            yield Check("tax", term(line.tax), terms, CENT, product=True, says="tax = base × rate")
    taxes = [line.tax for line in totals.taxes if line.tax]
    if tax and len(taxes) > 1 and tax.amount.value:
        yield _check("sum", tax, taxes, "tax = sum of taxes by rate")
    yield _lines_sum(totals, lines)
    if totals.adjusted and totals.net:
        yield _check("sum", totals.net, [*totals.adjusted], "net = lines, charges and discounts", signed=True)
    yield _due(totals)
    yield from (_line(line) for line in lines)


def _due(totals: Totals) -> Check | None:
    """What is left to pay, after what is paid. Claimed only where it holds, or where one payment leaves no doubt what should."""
    due, gross = totals.due, totals.gross
    if not due or not gross or due is gross or not totals.paid or due.source == gross.source:
        return None
    paid = tuple(replace(term(fact), value=-abs(term(fact).value)) for fact in totals.paid)
    rounding = (term(totals.rounding),) if totals.rounding else ()
    check = Check("sum", term(due), (term(gross), *paid, *rounding), CENT, says="amount due = gross - paid")
    return check if check.holds or (len(paid) == 1 and not rounding) else None


def _lines_sum(totals: Totals, lines: Sequence[InvoiceLine]) -> Check | None:
    """The sum of the lines. Where it fails, a line may have been missed; it is claimed only if each line adds up by itself."""
    nets = [line.net for line in lines if line.net]
    whole = totals.lines_total or totals.net
    if not whole or not nets or len(nets) != len(lines):
        return None
    check = _check("sum", whole, nets, "total of lines = sum of lines")
    sure = len(lines) > 1 and not totals.changed and all(_line(line) for line in lines)
    return check if check.holds or sure else None


def _line(line: InvoiceLine) -> Check | None:
    if not (line.quantity and line.unit_price and line.net):
        return None
    quantity, price = line.quantity.amount, line.unit_price.amount
    if quantity.value is None or price.value is None:
        return None
    slack = abs(quantity.value) * _HALF.scaleb(-price.decimals) + abs(price.value) * _HALF.scaleb(-quantity.decimals) + CENT / 2
    says = f"{line.description.amount.raw if line.description else 'line'} = quantity × price"
    check = Check("line", term(line.net), (term(line.quantity), term(line.unit_price)), min(slack, CENT * 2), product=True, says=says)
    # A discount, a base quantity or a sign that the row doesn't tell of: the reader may have missed it, so nothing is claimed.
    return check if check.holds else None


def _check(kind: CheckKind, total: Fact, parts: Sequence[Fact], says: str, *, signed: bool = False) -> Check:
    terms = tuple(term(part) for part in parts)
    if signed:
        terms = tuple(
            replace(item, value=-abs(item.value)) if part.concept == "invoice_discount" else item
            for item, part in zip(terms, parts, strict=True)
        )
    return Check(kind, term(total), terms, CENT, says=says)


def term(fact: Fact) -> Term:
    """A printed figure as a term of an equation."""
    return Term(fact.amount.value or Decimal(0), fact.source, fact.label)
