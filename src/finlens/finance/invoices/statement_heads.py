"""Bank statements: what makes a document one, and the columns under the heads of its movements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from finlens.documents import Box, Document
from finlens.finance.invoices.money import Figure
from finlens.finance.invoices.prints import Row

Column = Literal["date", "value date", "label", "out", "in", "amount", "balance"]

_MOST_PAGES = 120
_LOOKED_AT = 2  # pages
_STATEMENT = re.compile(
    r"(?:account|bank|checking|savings|current account) (?:\w+ )?statement|statement of (?:your )?account|"
    r"your statement|statement (?:period|date)|"
    r"relevé (?:de|du|des) (?:votre |vos )?(?:compte|opérations)|relevé bancaire|extrait de compte|kontoauszug",
    re.I,
)
_HEADS: tuple[tuple[re.Pattern[str], Column], ...] = (
    (re.compile(r"^(?:date (?:de )?valeur|valeur|value(?: date)?|wert(?:stellung)?|date val\.?)$", re.I), "value date"),
    (re.compile(r"^(?:posting |transaction |trans\.? |booking )?date|^dates?$|^datum$|^buchungs(?:tag|datum)$|^date op", re.I), "date"),
    (re.compile(r"débit|\bdebits?\b|withdrawals?|paid out|money out|payments out|sorties|\bsoll\b|belastung", re.I), "out"),
    (re.compile(r"crédit|\bcredits?\b|deposits?|paid in|money in|payments in|entrées|\bhaben\b|gutschrift", re.I), "in"),
    (re.compile(r"solde|balance|saldo", re.I), "balance"),
    (re.compile(r"^(?:montant|amount|betrag|umsatz)\b", re.I), "amount"),
    (
        re.compile(
            r"libell|descri|détail|details|opération|nature|transaction|particulars|payee|narrative|buchungstext|"
            r"verwendungszweck|vorgang|text$",
            re.I,
        ),
        "label",
    ),
)
_FAR = 60  # points: a figure this far from every column is in none


@dataclass(frozen=True)
class Columns:
    """Where each column stands, from left to right."""

    places: tuple[tuple[Column, Box], ...]

    def has(self, *names: Column) -> bool:
        return any(name in names for name, _ in self.places)

    def box(self, name: Column) -> Box | None:
        return next((box for column, box in self.places if column == name), None)

    def of(self, row: Row, figure: Figure) -> Column | None:
        """The column of amounts that a figure stands under: figures end where their head ends, or stand under its middle."""
        box = row.box_of(figure.start, figure.end)
        amounts = [(name, head) for name, head in self.places if name in ("out", "in", "amount", "balance")]
        if not amounts:
            return None
        name, head = min(amounts, key=lambda place: _distance(box, place[1]))
        return name if _distance(box, head) < _FAR else None


def _distance(box: Box, head: Box) -> float:
    return min(abs(box.x1 - head.x1), abs(box.x_middle - head.x_middle))


def may_be_statement(document: Document) -> bool:
    """Whether the first pages call themselves a bank statement: what a document that is none pays for."""
    if document.page_count > _MOST_PAGES or len(document.pages) > _MOST_PAGES:
        return False
    return any(_STATEMENT.search(" ".join(word.text for word in page.words)) for page in document.pages[:_LOOKED_AT])


def heads_of(row: Row) -> Columns | None:
    """The columns that a row names, where it names a date and amounts: in and out, or an amount."""
    if len(row.runs) < 3 or any(char.isdigit() for char in row.text):
        return None
    found: list[tuple[Column, Box]] = []
    for run in row.runs:
        name = next((column for pattern, column in _HEADS if pattern.search(run.text)), None)
        if name and not any(name == other for other, _ in found):
            found.append((name, run.box))
    names = {name for name, _ in found}
    if "date" not in names or not ({"out", "in"} <= names or "amount" in names):
        return None
    return Columns(tuple(found))
