"""What is known of a row before it is named: its words and those around it, its unit, its time, and its place in a statement.

A query is one row, or one column of it where the columns say more than periods ("Gross carrying amount"). What a row stands
under and what its table is about are words too: "Thereafter" is a debt's maturity under one title, and rent under another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from finlens.documents import Fact, StatementKind
from finlens.finance.concepts import Concept, ConceptUnit, concepts_of
from finlens.finance.mapping_words import label_words, telling
from finlens.finance.words import plain

_CODES = re.compile(r"(?<![A-Za-z])(?:[A-H][A-Z]|[0-9][A-Z])(?=\s|$)")
"""Codes of the cells of a French tax form: "BJ", "CO", "DL"."""
_OWNERS = frozenset({"stockholder", "stockholders", "attributable", "parent", "actionnaire", "groupe"})
_OTHERS = frozenset({"noncontrolling", "minority", "minoritaire"})
_OF_ALL = frozenset({"including", "before", "excluding"})
_NET_INCOME = frozenset({"net", "income", "loss"})
_BEFORE_SHARES = ("including", "noncontrolling", "interest")
"""What plain "Net income" says where a statement shares it out below: it is that of all owners."""
_NEAR_CHARACTERS = 200
_CODED_ROWS = 5
_YEAR_LABEL = re.compile(r"^(?:fiscal(?: year)?|fy|year|in|exercice)?\s*((?:19|20)\d\d)(?:\s*\(.*\))?$")
_REMAINDER = re.compile(r"^(?:remainder of|remaining|rest of)\b.*((?:19|20)\d\d)")
_ORDINALS = ("one", "two", "three", "four", "five")

_SECTION_ENDS: dict[StatementKind, tuple[tuple[str, frozenset[str]], ...]] = {
    "balance sheet": (
        ("current assets", frozenset({"current_assets"})),
        ("noncurrent assets", frozenset({"total_assets", "noncurrent_assets"})),
        ("current liabilities", frozenset({"current_liabilities"})),
        ("noncurrent liabilities", frozenset({"total_liabilities", "noncurrent_liabilities"})),
        ("equity", frozenset({"equity", "liabilities_and_equity"})),
    ),
    "cash flow": (
        ("operating activities", frozenset({"operating_cash_flow"})),
        ("investing activities", frozenset({"investing_cash_flow"})),
        ("financing activities", frozenset({"financing_cash_flow"})),
        ("supplemental", frozenset()),
    ),
    "income": (
        ("cost of sales", frozenset({"gross_profit"})),
        ("operating expenses", frozenset({"operating_income", "operating_expenses"})),
        ("financial result", frozenset({"pretax_income"})),
        ("net income", frozenset({"net_income"})),
        ("per share", frozenset()),
    ),
}
"""For each kind its sections in order, and the line items that end them."""
_SAME_SECTION = {
    "revenue": "cost of sales",
    "gross profit": "cost of sales",
    "operating income": "operating expenses",
    "income before tax": "financial result",
    "income tax": "net income",
    "property, plant and equipment": "noncurrent assets",
    "fixed assets": "noncurrent assets",
    "total assets": "noncurrent assets",
    "debt": "noncurrent liabilities",
    "provisions": "noncurrent liabilities",
    "total liabilities": "noncurrent liabilities",
    "liabilities and equity": "equity",
    "change in cash": "supplemental",
}


class Others(NamedTuple):
    """Whether statements speak of noncontrolling interests: then "net income" and "total equity" are those of all owners."""

    in_income: bool = False
    in_equity: bool = False


class Figure(NamedTuple):
    """One figure of a row, as far as it can be compared with others."""

    row: int
    column: int
    amount: float
    """In whole units, without its sign."""
    signed: float
    """As printed."""
    printed: int
    """The number printed, without its decimals' mark and its sign: how telling it is."""
    when: tuple[Hashable, int] | None
    """When it ends or stands, and over how many months (0 for a balance); None where that is not known."""


@dataclass(frozen=True, slots=True)
class Query:
    """A row (or a column of it) that wants a name."""

    facts: tuple[int, ...]
    """Positions in the list of facts given."""
    table: int
    label: tuple[str, ...]
    above: tuple[str, ...]
    """Words of the sub-headings that it stands under."""
    heads: tuple[str, ...]
    """Words over its column that say no period."""
    about: tuple[str, ...]
    """Words of the title of its table, and of the table's total."""
    unit: ConceptUnit | None
    instant: bool | None
    statement: StatementKind | None
    section: str = ""
    total: bool = False
    of_owners: bool = False
    """The label says whose it is: "Total stockholders' equity"."""
    near: tuple[str, ...] = ()
    """Words of the text right over the table."""
    of_others: bool = False
    """The label says that it is the share of others: "Net income attributable to noncontrolling interests"."""
    topic: tuple[str, ...] = ()
    """Words of the title of the note, or of the heading, that its table stands under."""
    figures: tuple[Figure, ...] = ()
    entity: bool = False
    """It is about a segment or a region."""


@dataclass(slots=True)
class _Table:
    """One table's rows on their way to queries."""

    facts: list[tuple[int, Fact]] = field(default_factory=list)


def section_of(concept: Concept) -> str:
    """The section of a statement that a concept stands in, as `Query.section` names it."""
    return _SAME_SECTION.get(concept.section, concept.section)


def queries_of(
    facts: Sequence[Fact], kinds: Mapping[int, StatementKind], about: Mapping[int, str], topics: Mapping[int, str], *, others: Others
) -> list[Query]:
    """Every row of the tables that has figures.

    Args:
        facts: Of the document; those of prose are left out.
        kinds: Primary statements, by table.
        about: Title, introduction and heading of each table, a line each, the nearest first.
        topics: Title of the note, or heading, that each table stands under.
        others: Whether statements speak of noncontrolling interests.
    """
    tables: defaultdict[int, _Table] = defaultdict(_Table)
    for position, fact in enumerate(facts):
        if fact.table is not None:
            tables[fact.table].facts.append((position, fact))
    found: list[Query] = []
    for index, table in tables.items():
        found.extend(_of_table(index, table, kinds.get(index), about.get(index, ""), telling(topics.get(index, "")), others))
    return found


def _of_table(index: int, table: _Table, kind: StatementKind | None, title: str, topic: tuple[str, ...], others: Others) -> Iterable[Query]:
    labels = {fact.row: fact.label for _, fact in table.facts}
    coded = sum(bool(_CODES.search(label)) for label in labels.values()) >= _CODED_ROWS
    years = _years_of_schedule(labels)
    with_figures = set(labels.values())
    sections = _sections(labels, kind)
    totals = [label for label in labels.values() if plain(label).startswith("total")]
    subject = telling(title)
    near = next((words for line in title.split("\n") if (words := telling(line[-_NEAR_CHARACTERS:]))), ())
    if len(totals) == 1 and kind is None:
        subject = (*subject, *label_words(totals[0]))
    grouped: defaultdict[Hashable, list[int]] = defaultdict(list)
    first: dict[Hashable, Fact] = {}
    figures: defaultdict[Hashable, list[Figure]] = defaultdict(list)
    for position, fact in table.facts:
        period = fact.period
        heads = telling(" ".join(fact.column_path))
        key = (fact.row, fact.label_path, heads, unit_of(fact), None if period is None else period.instant)
        grouped[key].append(position)
        first.setdefault(key, fact)
        figures[key].extend(_figure(fact))
    for at, positions in grouped.items():
        fact = first[at]
        label = years.get(fact.row) or label_words(_CODES.sub(" ", fact.label) if coded else fact.label)
        heads = telling(" ".join(fact.column_path))
        if others.in_income:
            label, heads = _of_all_owners(label), _of_all_owners(heads)
        above = " ".join(part for part in fact.label_path[:-1] if part not in with_figures)
        yield Query(
            tuple(positions),
            index,
            label,
            label_words(above),
            heads,
            subject,
            unit_of(fact),
            _instant(fact, kind),
            kind,
            sections.get(fact.row, ""),
            plain(fact.label).startswith("total"),
            not _OWNERS.isdisjoint(label),
            near,
            not _OTHERS.isdisjoint(label) and _OF_ALL.isdisjoint(label),
            topic,
            tuple(figures[at]),
            fact.entity is not None,
        )


def _of_all_owners(text: tuple[str, ...]) -> tuple[str, ...]:
    """Plain "Net income" as that before the shares of others."""
    return (*text, *_BEFORE_SHARES) if "net" in text and "income" in text and _NET_INCOME.issuperset(text) else text


def _figure(fact: Fact) -> Iterable[Figure]:
    """A fact's figure, where it can be compared."""
    value, whole, period = fact.amount.value, fact.amount.absolute, fact.period
    if value is None or whole is None or fact.row is None or fact.column is None:
        return
    when = None
    if period is not None and (period.end or period.year):
        when = (period.end or period.year, 0 if period.instant else period.months or 0)
    yield Figure(fact.row, fact.column, abs(float(whole)), float(value), int(abs(value).scaleb(fact.amount.decimals)), when)


def _instant(fact: Fact, kind: StatementKind | None) -> bool | None:
    """Whether a figure is a balance at a date: its statement knows better than its heads."""
    if kind in ("balance sheet", "income", "comprehensive income"):
        return kind == "balance sheet"
    return None if fact.period is None else fact.period.instant


def unit_of(fact: Fact) -> ConceptUnit | None:
    """What kind of quantity a figure is; None where nothing says so."""
    unit = fact.amount.unit
    if unit is None:
        return None
    if unit.endswith("/share"):
        return "per share"
    if unit in ("percent", "bps", "points"):
        return "percent"
    if unit == "shares":
        return "shares"
    if unit in ("years", "months", "days"):
        return "years"
    return "money" if fact.amount.currency else "count"


def _years_of_schedule(labels: Mapping[int | None, str]) -> dict[int | None, tuple[str, ...]]:
    """Rows "2025", "2026", … of a table of maturities, as the year one, the year two, …"""
    found: dict[int | None, int] = {}
    remainder: int | None = None
    for row, label in labels.items():
        text = plain(label).strip(" :.")
        year = _YEAR_LABEL.match(text)
        rest = _REMAINDER.match(text)
        if year or rest:
            found[row] = int((year or rest).group(1))  # type: ignore[union-attr]
            remainder = found[row] if rest else remainder
    ordered = sorted(set(found.values()))
    if len(ordered) < 3 or ordered[-1] - ordered[0] != len(ordered) - 1:
        return {}
    return {row: ("year", _ORDINALS[min(ordered.index(year), 4)]) for row, year in found.items()}


def _sections(labels: Mapping[int | None, str], kind: StatementKind | None) -> dict[int | None, str]:
    """The section of each row of a statement: it ends with its total."""
    if kind is None or kind not in _SECTION_ENDS:
        return {}
    named: dict[int | None, set[str]] = {row: {name for name, score in concepts_of(label) if score > 0.8} for row, label in labels.items()}
    printed = set().union(*named.values()) if named else set()
    known = [(name, end) for name, end in _SECTION_ENDS[kind] if not end or end & printed]
    if kind == "balance sheet":
        known = _balance_sections(named, printed)
    sections: dict[int | None, str] = {}
    at = 0
    for row in labels:
        sections[row] = known[at][0] if at < len(known) else _SECTION_ENDS[kind][-1][0]
        while at < len(known) and known[at][1] & named[row]:
            at += 1
    return sections


def _balance_sections(named: Mapping[int | None, set[str]], printed: set[str]) -> list[tuple[str, frozenset[str]]]:
    """The sections of a balance sheet in its own order: some print what is fixed first, some draw no line between the two."""
    ends = dict(_SECTION_ENDS["balance sheet"])
    found: list[tuple[str, frozenset[str]]] = []
    for side, total in (("assets", "total_assets"), ("liabilities", "total_liabilities")):
        current, fixed = f"current_{side}", f"noncurrent_{side}"
        if current in printed or fixed in printed:
            order = [row for row, names in named.items() for wanted in (current, fixed) if wanted in names]
            first_is_current = bool(order) and current in named[order[0]]
            halves = [(f"current {side}", frozenset({current})), (f"noncurrent {side}", frozenset({fixed, total}))]
            if not first_is_current:
                halves = [(f"noncurrent {side}", frozenset({fixed})), (f"current {side}", frozenset({current, total}))]
            found.extend(halves)
        elif total in printed:
            found.append(("", frozenset({total})))
    return [*found, ("equity", ends["equity"])]
