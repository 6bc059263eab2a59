"""Each fact of an electronic invoice put where it is printed, so that it can be checked with one click."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TypeVar, cast

from finlens.documents import Fact, Invoice, InvoiceLine, Party, Source
from finlens.extract.structured.printed import Place, Printed

Held = TypeVar("Held")
_MOST_LINES = 1_000  # put in their place; of a longer invoice the others stand in the XML alone


def places_of(invoice: Invoice, printed: Printed) -> dict[int, Place]:
    """Where each fact is printed, by ``id``; those that are printed nowhere, or nobody knows where, are left out."""
    found: dict[int, Place] = {}
    for fact in (invoice.number, invoice.seller.name, invoice.buyer.name, *_ids(invoice.seller), *_ids(invoice.buyer), *invoice.ibans):
        if fact is not None and (places := printed.codes(fact.amount.raw)):
            found[id(fact)] = places[0]
    for party in (invoice.seller, invoice.buyer):
        street = party.address.amount.raw.partition(", ")[0] if party.address is not None else ""
        if len(street) > 4 and (places := printed.codes(street)):  # a country alone is no place
            found[id(party.address)] = places[0]
    for fact in (invoice.issued, invoice.delivered, invoice.due_date):
        if fact is not None and fact.period is not None and fact.period.end and (places := printed.days(fact.period.end)):
            found[id(fact)] = places[0]
    for fact in (invoice.net, invoice.tax, invoice.gross, invoice.due):
        if places := _of_amount(fact, printed):
            found[id(fact)] = places[-1]  # totals stand below
    taken: set[Place] = set()
    for line in invoice.lines[:_MOST_LINES]:
        found.update(_line_places(line, printed, taken))
    for tax in invoice.taxes:
        base, amount = _of_amount(tax.base, printed), _of_amount(tax.tax, printed)
        for fact, places in ((tax.base, base), (tax.tax, amount)):
            if fact is not None and places:
                found[id(fact)] = places[-1]
        rate = next((one for one in _of_amount(tax.rate, printed) if any(one.on_row_of(other) for other in (*base, *amount))), None)
        if rate and tax.rate:
            found[id(tax.rate)] = rate
    return found


def _ids(party: Party) -> tuple[Fact | None, Fact | None]:
    return party.vat_id, party.tax_number


def _of_amount(fact: Fact | None, printed: Printed) -> list[Place]:
    return [] if fact is None or fact.amount.value is None else printed.amounts(fact.amount.value)


def _line_places(line: InvoiceLine, printed: Printed, taken: set[Place]) -> dict[int, Place]:
    """The line's total, and its other figures on the row of that; the first row that has most of them and no line before took."""
    nets = [place for place in _of_amount(line.net, printed) if place not in taken]
    others = [(fact, _of_amount(fact, printed)) for fact in (line.unit_price, line.quantity, line.tax_rate) if fact is not None]
    found: dict[int, Place] = {}
    if line.net is not None and nets:
        net = max(nets, key=lambda place: (sum(any(other.on_row_of(place) for other in places) for _, places in others), *_early(place)))
        taken.add(net)
        found[id(line.net)] = net
        used = {net}
        for fact, places in others:
            if here := next((place for place in places if place.on_row_of(net) and place not in used), None):
                found[id(fact)] = here
                used.add(here)
    if line.description is not None and (named := printed.codes(line.description.amount.raw)):
        found[id(line.description)] = named[0]
    return found


def _early(place: Place) -> tuple[float, float, float]:
    """Greater for what stands higher in the document, and on one row for what stands farther right, as totals of lines do."""
    return -place.page, -round(place.box.y_middle) if place.box else 0.0, place.box.x0 if place.box else 0.0


def moved(fact: Fact, place: Place | None) -> Fact:
    """The fact, standing where it is printed; as it is where that is nowhere."""
    if place is None:
        return fact
    return dataclasses.replace(fact, source=Source(fact.source.document, place.page, place.box, fact.source.reader))


def put(held: Held, facts: Mapping[int, Fact]) -> Held:
    """An invoice, a party, a tuple of facts, with each fact replaced by the one that ``facts`` has for its ``id``."""
    if isinstance(held, Fact):
        return cast("Held", facts.get(id(held), held))
    if isinstance(held, tuple):
        return cast("Held", tuple(put(item, facts) for item in held))
    if dataclasses.is_dataclass(held) and not isinstance(held, type):
        changed = {field.name: put(getattr(held, field.name), facts) for field in dataclasses.fields(held)}
        return cast("Held", dataclasses.replace(held, **changed))
    return held
