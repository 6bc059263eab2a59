"""The accounts of a bank statement as `finlens extract` shows them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from finlens.cli.output import clean

if TYPE_CHECKING:
    from rich.console import Console

    from finlens.documents import Document, Fact


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """An account in short; amounts as decimal strings."""

    iban: str | None
    currency: str | None
    opening: str | None
    closing: str | None
    transactions: int
    money_in: str
    money_out: str
    checks_held: int
    checks_failed: tuple[str, ...]


def summarise_accounts(document: Document) -> tuple[AccountSummary, ...]:
    """The document's accounts, in order; the checks are of its running balances and totals."""
    made: list[AccountSummary] = []
    for account in document.accounts:
        stated = {fact.source for fact in (account.opening, account.closing) if fact}
        stated |= {fact.source for move in account.transactions for fact in (move.amount, move.balance) if fact}
        checks = [check for check in document.checks if any(term.source in stated for term in check.figures)]
        amounts = [move.amount.amount.value or Decimal(0) for move in account.transactions]
        units = [fact.amount.unit for fact in (account.opening, account.closing, *(m.amount for m in account.transactions)) if fact]
        made.append(
            AccountSummary(
                iban=account.iban.amount.raw if account.iban else None,
                currency=next((unit for unit in units if unit), None),
                opening=_value(account.opening),
                closing=_value(account.closing),
                transactions=len(account.transactions),
                money_in=f"{sum((amount for amount in amounts if amount > 0), Decimal(0)):f}",
                money_out=f"{sum((-amount for amount in amounts if amount < 0), Decimal(0)):f}",
                checks_held=sum(check.holds for check in checks),
                checks_failed=tuple(f"{check.says or check.kind} (by {check.difference:f})" for check in checks if not check.holds),
            )
        )
    return tuple(made)


def _value(fact: Fact | None) -> str | None:
    return None if fact is None or fact.amount.value is None else f"{fact.amount.value:f}"


def account_record(summary: AccountSummary) -> dict[str, Any]:
    """The machine-readable form; what the statement does not say is left out."""
    said = {name: getattr(summary, name) for name in ("iban", "currency", "opening", "closing")}
    return {
        **{name: value for name, value in said.items() if value is not None},
        "transactions": summary.transactions,
        "money_in": summary.money_in,
        "money_out": summary.money_out,
        "checks": {"held": summary.checks_held, "failed": list(summary.checks_failed)},
    }


def show_account(summary: AccountSummary, console: Console) -> None:
    """A few lines: which account, from where to where, and what the checks say."""
    from rich.text import Text

    unit = f" {summary.currency}" if summary.currency else ""
    console.print()
    console.print(Text.assemble((f"Account {clean(summary.iban or '')}".rstrip(), "bold"), "  as printed"), soft_wrap=True)
    ends = [f"{name} {value}{unit}" for name, value in (("opening", summary.opening), ("closing", summary.closing)) if value is not None]
    if ends:
        console.print(f"  {'balance':<9}{' · '.join(ends)}", soft_wrap=True)
    moved = f"{summary.transactions} transactions · in {summary.money_in}{unit} · out {summary.money_out}{unit}"
    console.print(f"  {'moved':<9}{moved}", soft_wrap=True)
    count = summary.checks_held + len(summary.checks_failed)
    if count:
        console.print(f"  {'checks':<9}{summary.checks_held} of {count} hold", soft_wrap=True)
    for failed in summary.checks_failed[:5]:
        console.print(Text(f"  fails    {clean(failed)}", style="bold red"), soft_wrap=True)
