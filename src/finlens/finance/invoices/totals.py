"""The foot of an invoice: net, tax by rate, gross and what is due, chosen among candidates by words and by arithmetic.

Words alone are not to be trusted: "Total" may be of the lines, of the net or of the gross. Net + tax = gross holds on every invoice; a
reading that fulfils it is taken before one that only sounds right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from finlens.documents import Fact, TaxLine
from finlens.finance.invoices.amount_labels import AmountKind
from finlens.finance.invoices.candidates import CENT, Candidate, Foot, find_foot, no_tax_said
from finlens.finance.invoices.facts import sum_fact
from finlens.finance.invoices.prints import Row
from finlens.finance.numerals import Locale

_MOST = 14  # candidates of a kind: more are the lines of a table, not a foot


@dataclass(frozen=True)
class Totals:
    """What the foot of the invoice says; None for what it doesn't."""

    net: Fact | None = None
    tax: Fact | None = None
    gross: Fact | None = None
    due: Fact | None = None
    taxes: tuple[TaxLine, ...] = ()
    lines_total: Fact | None = None
    """The sum of the lines, before charges and discounts."""
    paid: tuple[Fact, ...] = ()
    rounding: Fact | None = None
    adjusted: tuple[Fact, ...] = ()
    """Charges and discounts that net is made of, where it is not printed itself."""
    consistent: bool = False
    changed: bool = False
    """Whether charges or discounts stand between the lines and net."""


def find_totals(rows: Sequence[Row], locale: Locale, currency: str | None) -> Totals:
    """The totals of an invoice whose rows these are, of all its pages in order."""
    foot = find_foot(rows, locale, currency)
    taxed = any(c.value for c in foot.of("tax")) or any(line.tax and line.tax.amount.value for line in foot.taxes)
    return _choose(foot, None if taxed else no_tax_said(rows))


def _choose(foot: Foot, no_tax: Candidate | None) -> Totals:
    nets = _best([*foot.of("net"), *foot.of("lines"), *foot.of("base"), *(c for c in foot.of("gross") if c.weight < 2)])
    grosses = _best([*foot.of("gross"), *foot.of("due")])
    taxes = _best([*foot.of("tax"), *_summed(foot.taxes), *([no_tax] if no_tax else [])])
    summed = sum((line.tax.amount.value or Decimal(0) for line in foot.taxes if line.tax), Decimal(0))
    largest = max((abs(c.value) for c in grosses), default=Decimal(0))
    best: tuple[float, Candidate, Candidate, Candidate] | None = None
    for net, tax, gross in product(nets, taxes, grosses):
        if abs(net.value + tax.value - gross.value) > CENT or (net is gross and tax is not no_tax):
            continue
        score = _weight(net, "net") + tax.weight + _weight(gross, "gross") + (1.0 if foot.taxes and tax.value == summed else 0.0)
        score += 1.0 if abs(gross.value) == largest else 0.0
        if best is None or score > best[0]:
            best = (score, net, tax, gross)
    if best:
        _, net, tax, gross = best
        return replace(_totals(foot, net.fact, tax.fact, gross.fact), consistent=True)
    return _from_parts(foot, taxes, grosses) or _plainly_said(foot, taxes, grosses)


def _from_parts(foot: Foot, taxes: list[Candidate], grosses: list[Candidate]) -> Totals | None:
    """Net that is printed only as lines, charges and discounts, where these and tax come to the gross that is printed."""
    gross = _plainest(grosses)
    charges = [c for c in foot.of("charge", "discount") if not c.by_head and c.value]
    if gross is None or not 0 < len(charges) <= _MOST:
        return None
    changes = sum((-abs(c.value) if c.kind == "discount" else c.value for c in charges), Decimal(0))
    for line, tax in product([c for c in foot.of("lines") if not c.by_head], taxes):
        net = line.value + changes
        if abs(net + tax.value - gross.value) <= CENT:
            parts = (line.fact, *(charge.fact for charge in charges))
            totals = _totals(foot, sum_fact("invoice_net", line.fact.label, parts, net), tax.fact, gross.fact)
            return replace(totals, consistent=True, adjusted=parts, lines_total=line.fact)
    return None


def _plainly_said(foot: Foot, taxes: list[Candidate], grosses: list[Candidate]) -> Totals:
    """What the plainest words say, where they say it of one amount only: nothing adds up, and the checks will tell."""
    net = _plainest([c for c in foot.of("net") if c.weight >= 3])
    tax = _plainest([c for c in taxes if c.weight >= 2])
    gross = _before_payments(foot) or _plainest(grosses)
    return _totals(foot, net.fact if net else None, tax.fact if tax else None, gross.fact if gross else None)


def _before_payments(foot: Foot) -> Candidate | None:
    """A total from which rounding and payments lead to the amount due."""
    due = _plainest([c for c in foot.of("due") if not c.by_head])
    if due is None:
        return None
    rounding = _plainest(foot.of("rounding"))
    less = {Decimal(0), *(abs(c.value) for c in foot.of("paid"))}
    for gross in _best(foot.of("gross")):
        rest = gross.value + (rounding.value if rounding else 0) - due.value
        if not gross.by_head and rest in less:
            return gross
    return None


def _totals(foot: Foot, net: Fact | None, tax: Fact | None, gross: Fact | None) -> Totals:
    due = _plainest([c for c in foot.of("due") if not c.by_head])
    lines = [c for c in foot.of("lines") if not c.by_head]
    rounding = _plainest(foot.of("rounding"))
    return Totals(
        net=_as(net, "invoice_net"),
        tax=_as(tax, "invoice_tax"),
        gross=_as(gross, "invoice_gross"),
        due=due.fact if due else None,
        taxes=tuple(foot.taxes),
        lines_total=lines[-1].fact if len({c.value for c in lines}) == 1 else None,
        paid=tuple(c.fact for c in foot.of("paid") if not c.by_head and c.value),
        rounding=rounding.fact if rounding else None,
        changed=any(c.value for c in foot.of("charge", "discount")),
    )


def _plainest(candidates: list[Candidate]) -> Candidate | None:
    """The candidate of the plainest words; None where two different amounts have them."""
    sure = [c for c in candidates if not c.by_head]
    most = max((c.weight for c in sure), default=0.0)
    top = [c for c in sure if c.weight == most]
    return top[-1] if top and len({c.value for c in top}) == 1 else None


def _best(candidates: list[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: -c.weight)[:_MOST]


def _weight(candidate: Candidate, role: AmountKind) -> float:
    if candidate.kind == role:
        return candidate.weight
    return 0.5 if candidate.kind in ("gross", "base") else 1.0 if candidate.kind == "lines" else 1.5


def _summed(taxes: list[TaxLine]) -> list[Candidate]:
    facts = [line.tax for line in taxes if line.tax]
    if not facts:
        return []
    value = sum((fact.amount.value or Decimal(0) for fact in facts), Decimal(0))
    single = [Candidate("tax", 1.5, fact.amount.value or Decimal(0), fact) for fact in facts]
    if len(facts) == 1:
        return single
    return [Candidate("tax", 0.9, value, sum_fact("invoice_tax", facts[0].label, facts, value)), *single]


def _as(fact: Fact | None, concept: str) -> Fact | None:
    if fact is None or fact.concept == concept:
        return fact
    return replace(fact, concept=concept)
