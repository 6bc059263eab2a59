"""The document's figures as lines: what one row (or column) says over the periods of its table.

A line is found by its words; a cell of it by its period. Tables that run the other way, with periods as row labels, give
lines from their columns, so that everything after this module need not know which way round a table was printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from finlens.ask.dating import dated
from finlens.ask.statements import primary_statements, with_one_scale
from finlens.ask.when import When, all_mentions, blanked, fit
from finlens.documents import Document, Fact, Period, StatementKind
from finlens.finance.concepts import catalogue, concepts_of
from finlens.finance.words import plain, words

_LEADERS = re.compile(r"(?:\s?[.·…]){3,}\s*$|\s+\.$")
_MARKS = re.compile(r"\((?:\d{1,2}|[a-z])\)|(?<=[a-z)]{3})\d{1,2}$|[*†‡¹²³⁴]+")
_SIGNS = re.compile(r"[¤$€£¥%()\[\],.:;'’\"“”/*&-]+")
_NO_DESCRIPTION = """
for as at of the year years fiscal financial period periods month months week weeks quarter quarters ended ending end three six
nine twelve 52 53 fifty two exercice exercices clos le au annee annees audited unaudited in en de thousand thousands million
millions billion billions milliers milliards except percentages percentage per share data amount amounts montants dollar dollars
euro euros usd eur gbp chf nt us u s m k bn mn mm 000 000s k€ m€ restated retraite reported see note notes ref and
"""
_DESCRIBES_NOTHING = frozenset(_NO_DESCRIPTION.split())
NEUTRAL_HEADS = frozenset({"total", "consolidated", "reported", "actual", "net", "consolide"})
"""Heads of columns that hold the figure itself: the net column of a French balance sheet, the total of segments."""
_NAMED_FOR_SURE = 0.9
_BARE_KINDS = frozenset({"basic", "diluted", "base", "dilue", "dilution", "assuming"})
_INTRODUCES = re.compile(
    r"\b(?:following table|table below|as follows|tableau suivant|tableau ci-dessous|table (?:sets forth|presents|shows|summarizes))\b"
)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one row over its table's periods (or of one column, where the periods are the rows)."""

    number: int
    label: str
    """As printed; for a line that is a column, the column's head."""
    own: tuple[str, ...]
    """Comparable words of the label."""
    beside: frozenset[str]
    """Words of the column heads that are no period: "men", "segment A", "$ change"."""
    above: frozenset[str]
    """Words of the rows that it stands under."""
    stub: frozenset[str]
    """Words over the row labels."""
    around: frozenset[str]
    """Words of the caption."""
    facts: tuple[Fact, ...]
    concepts: tuple[tuple[str, float], ...]
    named: bool
    """Whether the label by itself names a line item, whatever the column is about."""
    table: int
    page: int
    statement: StatementKind | None
    """The primary statement that the line stands in; None in notes, tables of the discussion, and everywhere else."""

    @property
    def unit(self) -> str | None:
        return self.facts[0].amount.unit

    def at(self, when: When) -> tuple[Fact, float] | None:
        """The figure for a period and how well the period fits; None where the line has none."""
        if when.relative is not None and not any(fact.period and fact.period.relative is not None for fact in self.facts):
            years = [fact for fact in self.by_period() if fact.period and fact.period.quarter is None]
            return (years[-when.relative], 0.9) if -when.relative < len(years) else None
        scored = [(fit(when, fact.period), -place, fact) for place, fact in enumerate(self.facts) if fact.amount.value is not None]
        best = max(scored, key=lambda item: item[:2], default=None)
        return (best[2], best[0]) if best and best[0] > 0 else None

    def by_period(self) -> list[Fact]:
        """One figure a period, latest first; whole years before parts of one where a year has both."""
        chosen: dict[tuple[object, ...], Fact] = {}
        for fact in self.facts:
            period = fact.period
            if fact.amount.value is None or period is None:
                continue
            key = (period.year, period.quarter, period.months, period.end, period.relative)
            chosen.setdefault(key, fact)
        return sorted(chosen.values(), key=lambda fact: _recency(fact.period), reverse=True)


def _recency(period: Period | None) -> tuple[int, int, int, int]:
    if period is None:
        return (0, 0, 0, 0)
    if period.relative is not None and period.year is None:
        return (3000 + period.relative, 0, 0, 0)
    end = period.end
    return (period.year or 0, end.month if end else 0, end.day if end else 0, period.quarter or 0)


@lru_cache(maxsize=32768)
def descriptor(text: str) -> str:
    """A label or a column head without its periods, its units and its footnote marks; "" for one that only has those."""
    text = _MARKS.sub(" ", plain(text))
    found = all_mentions(text)
    bare = _SIGNS.sub(" ", blanked(text, found)).split()
    telling = [word for word in bare if word not in _DESCRIBES_NOTHING and not (word.isdigit() and len(word) < 3)]
    if not telling:
        return "%" if "%" in text and not found else ""
    return " ".join(bare) if found else text.strip()


def lines_of(document: Document) -> tuple[Line, ...]:
    """Every line of the document's tables, in document order."""
    facts = dated(document)
    kinds = primary_statements(document, _named_by_rows(facts))
    grouped: dict[Key, list[Fact]] = defaultdict(list)
    labels: dict[Key, str] = {}
    for fact in with_one_scale(facts, kinds):
        assert fact.table is not None
        head = " ".join(filter(None, (descriptor(part) for part in fact.column_path)))
        if descriptor(fact.label) or not fact.label_path:
            key = Key(fact.table, "row", fact.row or 0, head)
            labels.setdefault(key, fact.label)
        else:
            above = " ".join(filter(None, (descriptor(part) for part in fact.label_path[:-1])))
            key = Key(fact.table, "column", fact.column or 0, above)
            labels.setdefault(key, " ".join(part for part in fact.column_path if descriptor(part)) or above)
        grouped[key].append(fact)
    settings = _settings(document, grouped, kinds)
    return tuple(_line(number, key, labels[key], facts, settings[key.table]) for number, (key, facts) in enumerate(grouped.items()))


def _named_by_rows(facts: Iterable[Fact]) -> dict[int, set[str]]:
    """The line items that the row labels of each table name for sure."""
    named: dict[int, set[str]] = defaultdict(set)
    for table, label in dict.fromkeys((fact.table, fact.label) for fact in facts):
        assert table is not None
        if descriptor(label):
            named[table].update(name for name, score in concepts_of(_MARKS.sub(" ", plain(label))) if score > 0.8)
    return named


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all lines of one table share."""

    statement: StatementKind | None
    stub: frozenset[str]
    """Words over the row labels: "Operating revenues", "Revenue from external customers by country"."""
    heads: frozenset[str]
    """Words that stand over every column: they are the table's caption and tell no column from another."""
    around: frozenset[str]


def _settings(document: Document, grouped: Mapping[Key, Sequence[Fact]], kinds: Mapping[int, StatementKind]) -> dict[int, _Setting]:
    first_rows: dict[int, int] = {}
    heads: dict[int, set[frozenset[str]]] = defaultdict(set)
    for key, facts in grouped.items():
        first_rows[key.table] = min(first_rows.get(key.table, 10**6), *(fact.row or 0 for fact in facts), 10**6)
        if key.runs == "row":
            heads[key.table].add(frozenset(words(key.beside)))
    topic = _topic(document)
    made: dict[int, _Setting] = {}
    for number, first_row in first_rows.items():
        table = document.tables[number]
        stub = " ".join(cell.text for cell in table.cells if cell.column == 0 and cell.row < first_row and descriptor(cell.text))
        shared = frozenset.intersection(*heads[number]) if heads[number] else frozenset()
        made[number] = _Setting(
            kinds.get(number), frozenset(words(descriptor(stub))), shared, frozenset(words(table.caption)) | shared | topic
        )
    return made


class Key(NamedTuple):
    """What the figures of one line share."""

    table: int
    runs: Literal["row", "column"]
    place: int
    beside: str


def _topic(document: Document) -> frozenset[str]:
    """What a short document is about: words of its headings, and of the sentences that introduce its table."""
    if len(document.tables) > 3 or len(document.pages) > 2:
        return frozenset()
    texts = (block.text for page in document.pages for block in page.blocks)
    return frozenset(word for text in texts if len(text) < 120 or _INTRODUCES.search(text[:400]) for word in words(text[:400]))


def _concepts(label: str, above: str) -> tuple[tuple[str, float], ...]:
    """The line items that a label names; "Basic" under "Weighted average shares" with the words of both."""
    bare = _MARKS.sub(" ", plain(label))
    if {"cash", "paid"} <= set(words(above)):
        together = concepts_of(f"cash paid for {bare}") or concepts_of(f"cash paid for {bare.split(',')[0]}")
        if together:
            return together
    if above and set(words(bare)) <= _BARE_KINDS:
        together = concepts_of(f"{_MARKS.sub(' ', plain(above)).rstrip(' :')} {bare}")
        if together:
            return together
    return concepts_of(bare)


def _line(number: int, key: Key, label: str, facts: Sequence[Fact], setting: _Setting) -> Line:
    first = facts[0]
    is_row = key.runs == "row"
    outer = first.label_path[:-1]
    beside = frozenset(words(key.beside)) - setting.heads if is_row else frozenset()
    if is_row and not label.strip() and outer:
        label = f"Total {outer[-1]}"
    label = _LEADERS.sub("", " ".join(label.split())).strip()
    whole = beside <= NEUTRAL_HEADS
    concepts = _concepts(label, outer[-1] if outer else "")
    if not concepts and setting.statement is not None and first.concept in catalogue() and first.concept_confidence >= _NAMED_FOR_SURE:
        concepts = ((first.concept, first.concept_confidence),)  # "Weighted average 3M common shares": the company's name is in it
    return Line(
        number,
        label,
        words(descriptor(label)),
        beside,
        frozenset(words(descriptor(" ".join(outer)))),
        setting.stub,
        setting.around | frozenset(words(first.context)),
        tuple(facts),
        concepts if whole else (),
        bool(concepts),
        key.table,
        first.source.page,
        setting.statement,
    )
