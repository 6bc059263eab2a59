"""The fields of an invoice as `finlens extract` shows them, whether its XML or its print was read."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finlens.cli.output import clean

if TYPE_CHECKING:
    from rich.console import Console

    from finlens.documents import Document, Fact

_HEAD = ("number", "issued", "delivered", "due_date", "currency")
_TOTALS = ("net", "tax", "gross", "due")


@dataclass(frozen=True, slots=True)
class Field:
    """One value: as written, as a number where it is one, and where it is printed."""

    text: str
    value: str | None = None
    unit: str | None = None
    page: int | None = None
    """None where no page prints it."""
    box: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class InvoiceSummary:
    """An invoice in short."""

    kind: str
    origin: str
    profile: str
    fields: dict[str, Field]
    """"number", "seller_name", "net", … in the order of printing."""
    ibans: tuple[Field, ...]
    lines: int
    taxes: tuple[dict[str, Field], ...]
    checks_held: int
    checks_failed: tuple[str, ...]


def summarise_invoice(document: Document) -> InvoiceSummary | None:
    """The document's first invoice; None where it is none."""
    invoice = document.invoice
    if invoice is None:
        return None
    named = {name: getattr(invoice, name) for name in _HEAD}
    for role, party in (("seller", invoice.seller), ("buyer", invoice.buyer)):
        named |= {f"{role}_{field.name}": getattr(party, field.name) for field in dataclasses.fields(party)}
    named |= {name: getattr(invoice, name) for name in _TOTALS}
    return InvoiceSummary(
        kind=invoice.kind,
        origin=invoice.origin,
        profile=invoice.profile,
        fields={name: _field(fact) for name, fact in named.items() if fact is not None},
        ibans=tuple(_field(fact) for fact in invoice.ibans),
        lines=len(invoice.lines),
        taxes=tuple(
            {part: _field(fact) for part in ("rate", "base", "tax") if (fact := getattr(line, part)) is not None} for line in invoice.taxes
        ),
        checks_held=sum(check.holds for check in document.checks),
        checks_failed=tuple(f"{check.says or check.kind} (by {check.difference:f})" for check in document.checks if not check.holds),
    )


def _field(fact: Fact) -> Field:
    day = fact.period.end.isoformat() if fact.period is not None and fact.period.end is not None else None
    value = day or (None if fact.amount.absolute is None else f"{fact.amount.absolute:f}")
    printed = fact.source.box is not None
    box = tuple(round(side, 2) for side in fact.source.box) if fact.source.box else None
    return Field(fact.amount.raw, value, fact.amount.unit, fact.source.page if printed else None, box)


def invoice_record(summary: InvoiceSummary) -> dict[str, Any]:
    """The machine-readable form."""
    return {
        "kind": summary.kind,
        "origin": summary.origin,
        "profile": summary.profile,
        **{name: _field_record(field) for name, field in summary.fields.items()},
        "ibans": [_field_record(field) for field in summary.ibans],
        "lines": summary.lines,
        "taxes": [{name: _field_record(field) for name, field in line.items()} for line in summary.taxes],
        "checks": {"held": summary.checks_held, "failed": list(summary.checks_failed)},
    }


def _field_record(field: Field) -> dict[str, Any]:
    return {name: value for name, value in dataclasses.asdict(field).items() if value is not None}


def show_invoice(summary: InvoiceSummary, console: Console) -> None:
    """A few lines: what it is, between whom, how much, and what the checks say."""
    from rich.text import Text

    said = summary.fields
    head = [summary.kind.capitalize(), *(_shown(said[name]) for name in ("number", "issued") if name in said)]
    read_from = f"from its XML ({summary.profile})" if summary.origin == "xml" else "as printed"
    console.print()
    console.print(Text.assemble((" ".join(head), "bold"), f"  {read_from}"), soft_wrap=True)
    for role in ("seller", "buyer"):
        parts = [_shown(said[name]) for name in (f"{role}_name", f"{role}_vat_id", f"{role}_tax_number") if name in said]
        if parts:
            console.print(f"  {role:<7}{' · '.join(parts)}", soft_wrap=True)
    totals = [f"{name} {_shown(said[name])}" for name in _TOTALS if name in said]
    due = [f"until {_shown(said['due_date'])}"] if "due_date" in said else []
    if totals:
        console.print(f"  {'total':<7}{' · '.join([*totals, *due])}", soft_wrap=True)
    if summary.ibans:
        console.print(f"  {'IBAN':<7}{' · '.join(_shown(field) for field in summary.ibans)}", soft_wrap=True)
    count = summary.checks_held + len(summary.checks_failed)
    if count:
        console.print(f"  {'checks':<7}{summary.checks_held} of {count} hold", soft_wrap=True)
    for failed in summary.checks_failed[:5]:
        console.print(Text(f"  fails  {clean(failed)}", style="bold red"), soft_wrap=True)


def _shown(field: Field) -> str:
    unit = f" {field.unit}" if field.unit and field.unit.isupper() else ""
    text = f"{field.value or field.text}{unit}"
    return clean(text if len(text) <= 80 else f"{text[:79]}…")
