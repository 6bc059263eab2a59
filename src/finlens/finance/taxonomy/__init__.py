"""The catalogue of line items: what statements and their notes call them, and which XBRL elements they are.

One line a concept, seven fields between bars:

    name | nature | section | us-gaap elements | IFRS elements | English names | French names

The nature is "instant" or "duration", then "debit" or "credit" for money (as XBRL has it: assets and costs are debits) or
else the unit: "shares", "per share", "percent", "years", "count". The section is the place in the statement, or the
subject of the note. Names are compared by their words (`finance.words`), so plurals, accents, case and punctuation need
no entry of their own; the first one is the usual one, and one that ends in "…" matches labels that begin so.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from finlens.documents.statements import StatementKind
from finlens.finance.taxonomy import (
    asset_notes,
    balance_sheet,
    cash_flow,
    comprehensive_income,
    debt_notes,
    equity,
    income,
    people_notes,
    tax_notes,
)

Place = StatementKind | Literal["notes"]


class Chapter(NamedTuple):
    """Concepts of one statement or of some notes."""

    place: Place
    lines: str
    asked: bool = False
    """Whether questions are about them: the others only name rows."""


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("income", income.MAIN, asked=True),
    Chapter("comprehensive income", comprehensive_income.MAIN, asked=True),
    Chapter("balance sheet", balance_sheet.MAIN, asked=True),
    Chapter("cash flow", cash_flow.MAIN, asked=True),
    Chapter("income", income.DETAIL),
    Chapter("balance sheet", balance_sheet.DETAIL),
    Chapter("cash flow", cash_flow.DETAIL),
    Chapter("comprehensive income", comprehensive_income.DETAIL),
    Chapter("equity", equity.DETAIL),
    Chapter("notes", debt_notes.DETAIL),
    Chapter("notes", tax_notes.DETAIL),
    Chapter("notes", asset_notes.DETAIL),
    Chapter("notes", people_notes.DETAIL),
)
