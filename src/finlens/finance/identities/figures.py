"""A table's figures as whole numbers on lines, so that sums over them are exact and cheap.

A `Line` is a row seen across its columns, or a column seen down its rows: the same search finds totals in both. All
figures of a table are held in one unit, small enough that each of them is a whole number of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from finlens.documents import Amount, Fact, Table
from finlens.finance.heads import is_change

Kind = Literal["amount", "shares", "count", "percent", "per share", "rate", ""]

_PERCENT = frozenset(["percent", "bps", "points"])
_RATE = frozenset(["ratio", "days", "years", "months"])


def kind_of(unit: str | None) -> Kind:
    """Which figures a figure of that unit may be added to: those of the same kind."""
    if unit is None:
        return "amount"
    if unit in _PERCENT:
        return "percent"
    if unit in _RATE:
        return "rate"
    if unit.endswith("/share") or unit == "share":
        return "per share"
    if unit == "shares":
        return "shares"
    return "amount" if len(unit) == 3 and unit.isupper() else "count"


@dataclass(slots=True)
class Line:
    """A row across its columns or a column down its rows; the lists have one place for each crossing line."""

    at: int
    """Its row or column in the table's grid."""
    label: str
    values: list[int]
    """Zero where nothing is printed."""
    printed: list[bool]
    steps: list[int]
    """One unit of the last digit printed; zero for a dash and where nothing is printed."""
    kinds: list[Kind]
    """Empty where nothing is printed."""
    bold: bool = False
    indent: int = 0
    kind: Kind = ""
    """The kind of most of its figures."""
    rank: float = 0.0
    """How much its label says that it is a total, in bits."""
    changes: bool = False
    """Whether it is a column of changes from one period to another."""
    unknown: list[bool] = field(default_factory=list)
    """Where something is printed that could not be read as a figure."""


@dataclass(slots=True)
class Figures:
    """The body of one table: rows and columns as lines over the same figures."""

    table: int
    rows: list[Line]
    columns: list[Line]
    facts: dict[tuple[int, int], Fact]
    """By row and column of the grid."""
    exponent: int
    """A value of a line × 10 ** exponent is in whole units."""

    def whole(self, value: int) -> Decimal:
        """A value of a line in whole units."""
        return Decimal(value).scaleb(self.exponent)


def figures_of(number: int, table: Table, facts: Sequence[Fact]) -> Figures | None:
    """The figures of a table from its facts, in their order; None where it has fewer than three."""
    found: dict[tuple[int, int], Fact] = {}
    powers: list[int] = []
    counted = _rows_that_count_columns(facts)
    for fact in facts:
        if fact.row is None or fact.column is None or fact.row in counted:
            continue
        found[fact.row, fact.column] = fact
        amount = fact.amount
        if amount.value:
            powers.append(_power(amount.scale) - amount.decimals)
    if len(found) < 3:
        return None
    exponent = min(powers, default=0)
    row_numbers = sorted({row for row, _ in found})
    column_numbers = sorted({column for _, column in found})
    row_place = {row: place for place, row in enumerate(row_numbers)}
    column_place = {column: place for place, column in enumerate(column_numbers)}
    rows = [_empty(row, len(column_numbers)) for row in row_numbers]
    columns = [_empty(column, len(row_numbers)) for column in column_numbers]
    for (row, column), fact in found.items():
        r, c = row_place[row], column_place[column]
        value, step = _integer(fact.amount, exponent)
        kind = kind_of(fact.amount.unit)
        for line, place in ((rows[r], c), (columns[c], r)):
            line.values[place], line.steps[place], line.kinds[place] = value, step, kind
            line.printed[place] = fact.amount.value is not None  # "N/A" counts as nothing, "n.m." could be anything
            line.unknown[place] = fact.amount.value is None and _NOT_SAID.match(fact.amount.raw) is not None
        if not rows[r].label:
            rows[r].label = fact.label
        if not columns[c].label:
            columns[c].label = " › ".join(fact.column_path)
    for cell in table.cells:
        if cell.column == 0 and cell.row in row_place:
            rows[row_place[cell.row]].bold, rows[row_place[cell.row]].indent = cell.bold, cell.indent
        elif cell.amount is None and cell.column in column_place and cell.row in row_place and _SAYS.search(cell.text):
            # "(40) 1": something is printed there, and what it is worth is not known.
            rows[row_place[cell.row]].unknown[column_place[cell.column]] = True
            columns[column_place[cell.column]].unknown[row_place[cell.row]] = True
    for line in rows:
        line.kind = _main_kind(line)
        line.rank = rank_of(line.label, line.bold)
    for line in columns:
        line.kind = _main_kind(line)
        line.rank = rank_of(line.label, bold=False) if line.label else 0.0
        line.changes = any(is_change(head) for head in line.label.split(" › "))
    return Figures(number, rows, columns, found, exponent)


def _rows_that_count_columns(facts: Sequence[Fact]) -> frozenset[int]:
    """The rows of a table that number its columns, "(1) (2)(a) (3)", and print no figures."""
    rows: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.row is not None:
            rows.setdefault(fact.row, []).append(fact)
    return frozenset(
        row
        for row, line in rows.items()
        if len(line) > 1
        and all((number := _COUNTS.match(fact.amount.raw)) and int(number[1]) == place for place, fact in enumerate(line, 1))
    )


def _empty(at: int, width: int) -> Line:
    return Line(at, "", [0] * width, [False] * width, [0] * width, [""] * width, unknown=[False] * width)


def _power(scale: Decimal) -> int:
    """The power of ten that a scale is: 6 for millions."""
    return scale.adjusted()


def _integer(amount: Amount, exponent: int) -> tuple[int, int]:
    if not amount.value or amount.nil:
        return 0, 0 if amount.nil or amount.value is None else max(1, 10 ** max(0, _power(amount.scale) - amount.decimals - exponent))
    return int((amount.value * amount.scale).scaleb(-exponent)), 10 ** max(0, _power(amount.scale) - amount.decimals - exponent)


def _main_kind(line: Line) -> Kind:
    seen = Counter(kind for kind in line.kinds if kind)
    return seen.most_common(1)[0][0] if seen else ""


_NOT_SAID = re.compile(r"\W*n\W?(?:m|s)\b|not meaningful|non significatif", re.I)
_SAYS = re.compile(r"\w")
_COUNTS = re.compile(r"\((\d{1,2})\)(?:\s*\(\w\))*$")
_TOTAL = re.compile(
    r"(?<!\bof )(?<!\bdu )(?<!\baverage )\b(?:sub)?-?totals?\b|"
    r"\btotaux\b|\bsous-total\b|\bgesamt|\bsumme\b|\binsgesamt\b|\bensemble\b|\btotale\b",
    re.I,
)
_RESULT = re.compile(
    r"\bnet cash\b|\bcash (?:provided|used|generated)\b|"
    r"\bgross (?:profit|margin|income)\b|\b(?:operating|net|comprehensive|taxable|pre-?tax|ordinary) (?:income|profit|loss|"
    r"earnings|sales|revenues?|result|debt|assets?)\b|\b(?:income|loss|earnings|profit)\b.{0,40}\b(?:before|"
    r"from (?:continuing )?operations|"
    r"attributable|available)\b|\b(?:increase|decrease|change)s? (?:\(\w+\) )?in (?:cash|net)|\bend(?:ing)? (?:of|balance)|\bending\b|"
    r"\bbalances?,? (?:at|as of|as at|on)?\b|\bbalance\b|\bnet\b\W*$|\bebitda?\b|\bfree cash flow\b|\bnet interest income\b|"
    r"\brésultat\b|\bmarge\b|\bvaleur ajoutée\b|\bexcédent\b|\bflux (?:net )?de trésorerie\b|\bflux nets?\b|"
    r"\bvariation (?:nette )?de (?:la )?trésorerie\b|"
    r"\b(?:clôture|fin)\b|\bsolde\b|\bcapitaux propres\b|\bchiffre d'affaires net\b|\bproduit net\b|\bsituation nette\b",
    re.I,
)
STRONG, LIKELY, FAINT = 12.0, 8.0, 4.0


_TAKEN_AWAY = re.compile(
    r"\b(?:less|costs?|expenses?|tax(?:es)?|provision|benefit|liabilit\w+|imputed|depreciation|amorti[sz]ation|allowance|impairment|"
    r"losses|charges?|dividends?|noncontrolling|non-controlling|minority|payments?|deductions?|discounts?|eliminations?|"
    r"current (?:portion|maturities|installments)|"
    r"charges|impôts?|amortissements?|dépréciations?|provisions?|dotations?|achats|moins|dettes)\b",
    re.I,
)


_LESS = re.compile(r"\W*(?:less|moins)\b", re.I)
_MEAN = re.compile(r"\baverage\b|\brates?\b|\bmoyenne?s?\b|\btaux\b", re.I)


def says_less(label: str) -> bool:
    """Whether a label says that its line is taken away: "Less: current portion"."""
    return _LESS.match(label) is not None


def is_mean(label: str) -> bool:
    """Whether a line prints averages or rates, of which that of the whole is no sum."""
    return _MEAN.search(label) is not None


def may_be_subtracted(label: str) -> bool:
    """Whether a line of that label may be printed without a sign and taken away all the same."""
    return _TAKEN_AWAY.search(label) is not None


_MOMENT = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|janvier|février|mars|avril|mai|juin|"
    r"juillet|août|septembre|octobre|novembre|décembre|begin(?:ning)?|end(?:ing)?|opening|closing|start|ouverture|clôture|début|fin|"
    r"(?:19|20)\d\d|\d{1,2}/\d{1,2}(?:/\d{2,4})?)\b",
    re.I,
)
_STOCK = re.compile(
    r"\bbalances?\b|\b(?:at|as of|as at|au)\b|\boutstanding\b|\b(?:begin(?:ning)?|end(?:ing)?|opening|closing|start|ouverture|clôture|"
    r"début|fin)\b",
    re.I,
)
_AROUND = re.compile(r"\b(?:at|as|of|on|the|in|period|year|quarter|fiscal|month|de|du|la|le|l|à|au|exercice|période)\b|[\d\W]+", re.I)


@lru_cache(maxsize=16384)
def at_a_moment(label: str) -> str | None:
    """The words of a label but for the moment that it names ("Balance at June 30, 2025": balance); None where it names none."""
    if not _STOCK.search(label):
        return None  # "Notes due June 2025"
    rest, count = _MOMENT.subn(" ", label)
    return " ".join(_AROUND.sub(" ", rest).lower().split()).replace("balances", "balance") if count else None


def rolls_forward(first: str, last: str) -> bool:
    """Whether two labels name one thing at two moments: what it was, and with all that lies between, what it has become."""
    thing = at_a_moment(last)
    return bool(thing) and first != last and at_a_moment(first) == thing


@lru_cache(maxsize=16384)
def rank_of(label: str, bold: bool) -> float:
    """How much a label says that its line is a total, in bits; nothing said is a little, since many totals have no label."""
    if not label.strip():
        return LIKELY
    if _TOTAL.search(label):
        return STRONG
    if _RESULT.search(label):
        return LIKELY
    return FAINT if bold else 0.0
