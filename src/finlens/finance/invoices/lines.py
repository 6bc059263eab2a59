"""The lines of an invoice: what was sold, how many, at what price. Read by the columns under their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from finlens.documents import Fact, InvoiceLine, Word
from finlens.finance.invoices.amount_labels import meaning_of
from finlens.finance.invoices.facts import figure_fact, text_fact
from finlens.finance.invoices.money import Figure, figures_of
from finlens.finance.invoices.prints import Row, Run
from finlens.finance.numerals import Locale

Role = Literal["description", "quantity", "price", "rate", "net", "other"]

_HEADS: tuple[tuple[str, Role], ...] = (
    (
        r"^(?:pos|item no|art-?nr|ref|réf|gtin|sku|code|date|unit|unité|einheit|me|vke)\b\.?$|unsere|ihre|rabatt|rem\.|remise|disc",
        "other",
    ),
    (
        r"descri|désignation|beschreibung|bezeichnung|produkt|product|produit|artikel|article|libellé|leistung|details|service|^item",
        "description",
    ),
    (r"menge|qty|quantity|quantité|qté|anzahl|^hours$|stück|stunden|heures", "quantity"),
    (r"einzelpreis|unit ?price|prix unitaire|nettopreis|\bp\.?u\.?\b|\bep\b|preis|\bprix$|\bprice\b|\brate$|unit cost|tarif", "price"),
    (r"ust|mwst|vat|tva|tax|steuer|taxe", "rate"),
    (r"gesamt|betrag|amount|montant|total|summe|netto|entgelt|prix ht|\bgp\b|wert|price w/o", "net"),
)
_NET_FIRST = re.compile(
    r"gesamt|betrag|line amount|montant|total|summe|entgelt|prix (?:total|ht)|(?:price|prix|amount).*(?:w/o|excl|ht)|nettowert|\bgp\b", re.I
)
_PRICE_FIRST = re.compile(r"unit ?price|prix unitaire|einzelpreis|p\.?u\.? ?ht|unit cost", re.I)
_DESCRIBES = re.compile(r"descri|désignation|beschreibung|bezeichnung|libellé", re.I)
_SECTION = re.compile(
    r"aufschlüsselung|zu- ?und ?abschläge|zahlungsbedingung|zahlungsart|belegsumme|payment terms|conditions de (?:paiement|règlement)|"
    r"(?:vat|tax) (?:summary|breakdown|analysis)|détail (?:de la )?tva",
    re.I,
)
_ENDS = frozenset({"net", "gross", "due", "lines", "tax"})
_MOST_BELOW = 4  # rows of one item beneath its first


@dataclass
class _Item:
    description: list[Word]
    texts: list[str]
    quantity: Fact | None = None
    price: Fact | None = None
    rate: Fact | None = None
    net: Fact | None = None

    def line(self) -> InvoiceLine:
        described = text_fact("line_description", "description", " ".join(self.texts), self.description) if self.description else None
        return InvoiceLine(described, self.quantity, self.price, self.net, self.rate)


@dataclass(frozen=True)
class _Column:
    role: Role
    x0: float
    x1: float
    plain: bool = False
    """Whether the head says "description" in so many words."""


def find_lines(rows: Sequence[Row], locale: Locale, currency: str | None) -> tuple[InvoiceLine, ...]:
    """The items under the first head that names a description and an amount, on over pages; none where there is no such head."""
    items: list[_Item] = []
    columns: list[_Column] = []
    skip_to = 0
    for number, row in enumerate(rows):
        head = _head(rows, number)
        if head:
            columns = head
            skip_to = number + 1
            continue
        if not columns or number < skip_to:
            continue
        figures = figures_of(row, locale)
        if _ends(row, figures):
            if items:
                columns = []
            continue
        if _SECTION.search(row.text) and not figures:
            columns = []
            continue
        _take(row, figures, columns, items, currency)
    return tuple(item.line() for item in items if item.net is not None and (item.description or item.quantity))


def _head(rows: Sequence[Row], number: int) -> list[_Column]:
    row = rows[number]
    if len(row.runs) < 3 or any(char.isdigit() for char in row.text):
        return []
    roles = [_role(run.text) for run in row.runs]
    if "description" not in roles or not {"net", "price"} & set(roles) or len(set(roles) - {None, "other"}) < 3:
        return []
    # Heads of several lines: what stands just above or below belongs to the column that it overlaps.
    near = [
        run
        for other in rows[max(0, number - 3) : number + 4]
        if other.page == row.page
        and other is not row
        and abs(other.box.y_middle - row.box.y_middle) < 3.2 * row.height
        and not any(char.isdigit() for char in other.text)
        for run in other.runs
        if sum(_over(run, head) for head in row.runs) < 2 and not run.text.endswith((".", "!", ":"))
    ]
    columns = [_column(run, [other for other in near if _over(run, other)]) for run in row.runs]
    apart = [run for run in near if not any(_over(run, other) for other in row.runs)]
    while apart:
        same = [run for run in apart if _over(run, apart[0])]
        apart = [run for run in apart if run not in same]
        columns.append(_column(same[0], same[1:]))
    return _settled(columns)


def _settled(columns: Sequence[_Column]) -> list[_Column]:
    """One column of amounts, the last; one description, the widest; an "Amount" before the description is a quantity."""
    nets = [column for column in columns if column.role == "net"]
    described = [column for column in columns if column.role == "description"]
    if not nets or not described:
        return []
    last = max(nets, key=lambda column: column.x1)
    main = max(described, key=lambda column: (column.plain, column.x1 - column.x0))
    counted = any(column.role == "quantity" for column in columns)
    settled: list[_Column] = []
    for column in columns:
        role = column.role
        if role == "net" and column is not last:
            role = "quantity" if column.x1 <= main.x0 and not counted else "other"
        elif role == "description" and column is not main:
            role = "other"
        settled.append(replace(column, role=role))
    return settled


def _column(run: Run, more: Sequence[Run]) -> _Column:
    text = " ".join(item.text for item in sorted([run, *more], key=lambda item: item.box.top))
    role = _role(text) or _role(run.text) or "other"
    plain = bool(_DESCRIBES.search(text))
    return _Column(
        role, min(run.box.x0, *(m.box.x0 for m in more), run.box.x0), max(run.box.x1, *(m.box.x1 for m in more), run.box.x1), plain
    )


def _over(one: Run, other: Run) -> bool:
    return one.box.x0 < other.box.x1 and other.box.x0 < one.box.x1


def _role(text: str) -> Role | None:
    if _PRICE_FIRST.search(text):
        return "price"
    if re.search(r"menge|quantit|qty|qté", text, re.I):
        return "quantity"
    if _NET_FIRST.search(text):
        return "net"
    return next((role for pattern, role in _HEADS if re.search(pattern, text, re.I)), None)


def _ends(row: Row, figures: Sequence[Figure]) -> bool:
    """Whether the row is of the invoice's foot."""
    money = [figure for figure in figures if figure.money]
    if not money:
        return False
    for figure in money:
        label = row.text[: figure.start].rstrip().rpartition("  ")[2]
        found = meaning_of(label)
        if found is not None and found.kind in _ENDS and len(label.split()) < 8 and not any(char.isdigit() for char in label.split(" ")[0]):
            return True
    return False


def _take(row: Row, figures: Sequence[Figure], columns: Sequence[_Column], items: list[_Item], currency: str | None) -> None:
    described = next((column for column in columns if column.role == "description"), None)
    by_role: dict[Role, Figure] = {}
    for figure in figures:
        role = _place(row, figure, columns)
        if role == "net" and not (figure.money or figure.grouped):
            continue
        if role and role != "description":
            by_role.setdefault(role, figure)
    starts = "net" in by_role or ("price" in by_role and "quantity" in by_role)
    if starts and "net" in by_role and items and items[-1].net is None and "quantity" not in by_role:
        items[-1].net = figure_fact("line_net", "net", by_role["net"], row, unit=by_role["net"].currency or currency)
        return
    if starts:
        items.append(_item(row, by_role, currency))
    if items and described and (starts or row.box.top - items[-1].description[-1].bottom < row.height if items[-1].description else True):
        _describe(row, figures if starts else [], described, columns, items[-1])


def _item(row: Row, by_role: dict[Role, Figure], currency: str | None) -> _Item:
    def fact(concept: str, role: Role, unit: str | None) -> Fact | None:
        figure = by_role.get(role)
        return figure and figure_fact(concept, role, figure, row, unit=(figure.currency or unit))

    rate = by_role.get("rate")
    return _Item(
        [],
        [],
        fact("line_quantity", "quantity", None),
        fact("line_unit_price", "price", currency),
        rate and figure_fact("line_tax_rate", "rate", rate, row, unit="percent"),
        fact("line_net", "net", currency),
    )


def _place(row: Row, figure: Figure, columns: Sequence[_Column]) -> Role | None:
    """The column that the figure stands in: the one it overlaps most, else the nearest of those without words."""
    box = row.box_of(figure.start, figure.end)
    if figure.percent:
        return "rate" if any(column.role == "rate" and column.x0 - 20 < box.x1 and box.x0 < column.x1 + 20 for column in columns) else None
    best = max(columns, key=lambda column: (min(column.x1, box.x1) - max(column.x0, box.x0), column.role != "other"))
    overlap = min(best.x1, box.x1) - max(best.x0, box.x0)
    return best.role if overlap > -25 else None


def _describe(row: Row, figures: Sequence[Figure], described: _Column, columns: Sequence[_Column], item: _Item) -> None:
    if len(item.texts) > _MOST_BELOW:
        return
    after = min((column.x0 for column in columns if column.x0 > described.x1), default=10_000.0)
    before = max((column.x1 for column in columns if column.x1 < described.x0), default=0.0)
    words = [
        word
        for word, start in zip(row.words, row.starts, strict=True)
        if word.x0 >= before - 4
        and word.x0 < after - 4
        and not any(f.start <= start < f.end and _place(row, f, columns) not in (None, "description", "other") for f in figures)
    ]
    if words:
        item.description.extend(words)
        item.texts.append(" ".join(word.text for word in words))


def facts_of_lines(lines: Sequence[InvoiceLine]) -> Iterator[Fact]:
    """The facts of the lines, line by line."""
    for line in lines:
        yield from (fact for fact in (line.description, line.quantity, line.unit_price, line.net, line.tax_rate) if fact)
