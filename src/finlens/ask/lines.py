"""The document's figures as lines: what one row (or column) says over the periods of its table.

A line is found by its words; a cell of it by its period. Tables that run the other way, with periods as row labels, give
lines from their columns, so that everything after this module need not know which way round a table was printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from finlens.ask.when import When, all_mentions, blanked, distinct, fit
from finlens.documents import Document, Fact, Period
from finlens.finance.concepts import Statement, catalogue, concepts_of
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
_ANCHORS: dict[Statement, tuple[frozenset[str], ...]] = {
    "balance": (
        frozenset({"total_assets", "liabilities_and_equity"}),
        frozenset({"equity", "total_liabilities", "current_liabilities"}),
    ),
    "income": (
        frozenset({"revenue", "net_interest_income", "premiums_earned"}),
        frozenset({"income_tax", "pretax_income"}),
        frozenset({"net_income", "net_income_attributable", "net_income_including_noncontrolling"}),
    ),
    "cash flow": (
        frozenset({"operating_cash_flow"}),
        frozenset({"investing_cash_flow", "capital_expenditures"}),
        frozenset({"financing_cash_flow", "change_in_cash", "cash_end", "dividends_paid"}),
    ),
}
NEUTRAL_HEADS = frozenset({"total", "consolidated", "reported", "actual", "net", "consolide"})
"""Heads of columns that hold the figure itself: the net column of a French balance sheet, the total of segments."""
_YEARS_IN_A_ROW = re.compile(r"(?:(?:19|20)\d\d[\s|]+)+(?:19|20)\d\d")
_BARE_KINDS = frozenset({"basic", "diluted", "base", "dilue", "dilution", "assuming"})
_INTRODUCES = re.compile(
    r"\b(?:following table|table below|as follows|tableau suivant|tableau ci-dessous|table (?:sets forth|presents|shows|summarizes))\b"
)
_DISCUSSED = re.compile(r"analysis|overview|selected|summary|five[- ]year|highlights|discussion")
_COMPARED = re.compile(r"\bchange\b|% change|increase|variation|% of|percent of")
_CONSIDERED = 8
_NOT_CONSOLIDATED = re.compile(
    r"parent[- ]company|parent only|guarantor|subsidiar|pro[- ]forma|condensed consolidating|discontinued|supplemental|comptes sociaux"
)
_CONSOLIDATED = re.compile(
    r"consolidated (?:statements?|balance)|statements? of|balance sheets?|compte de resultat|bilan|tableau (?:des|de) flux|etat"
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
    around: frozenset[str]
    """Words of the caption."""
    facts: tuple[Fact, ...]
    concepts: tuple[tuple[str, float], ...]
    named: bool
    """Whether the label by itself names a line item, whatever the column is about."""
    table: int
    page: int
    statement: Statement | None
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
    grouped: dict[Key, list[Fact]] = defaultdict(list)
    labels: dict[Key, str] = {}
    for fact in document.facts():
        if fact.table is None:
            continue
        head = " ".join(filter(None, (descriptor(part) for part in fact.column_path)))
        if descriptor(fact.label) or not fact.label_path:
            key = Key(fact.table, "row", fact.row or 0, head)
            labels.setdefault(key, fact.label)
        else:
            above = " ".join(filter(None, (descriptor(part) for part in fact.label_path[:-1])))
            key = Key(fact.table, "column", fact.column or 0, above)
            labels.setdefault(key, " ".join(part for part in fact.column_path if descriptor(part)) or above)
        grouped[key].append(fact if fact.period else _dated(fact))
    _date_by_captions(document, grouped)
    kinds = _statements(document, grouped, labels)
    settings = _settings(document, grouped, kinds)
    return tuple(_line(number, key, labels[key], facts, settings[key.table]) for number, (key, facts) in enumerate(grouped.items()))


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all lines of one table share."""

    statement: Statement | None
    stub: frozenset[str]
    """Words over the row labels: "Operating revenues", "Revenue from external customers by country"."""
    heads: frozenset[str]
    """Words that stand over every column: they are the table's caption and tell no column from another."""
    around: frozenset[str]


def _settings(document: Document, grouped: Mapping[Key, Sequence[Fact]], kinds: Mapping[int, Statement]) -> dict[int, _Setting]:
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


def _dated(fact: Fact) -> Fact:
    """A figure whose heads name one period in a way that only questions are known to use ("F19")."""
    whens = distinct(all_mentions(plain(" ".join((*fact.column_path, fact.label)))))
    if len(whens) == 1 and whens[0].year:
        when = whens[0]
        return replace(fact, period=Period(when.raw, when.year, quarter=when.quarter, months=3 if when.quarter else None))
    return fact


def _topic(document: Document) -> frozenset[str]:
    """What a short document is about: words of its headings, and of the sentences that introduce its table."""
    if len(document.tables) > 3 or len(document.pages) > 2:
        return frozenset()
    texts = (block.text for page in document.pages for block in page.blocks)
    return frozenset(word for text in texts if len(text) < 120 or _INTRODUCES.search(text[:400]) for word in words(text[:400]))


def _date_by_captions(document: Document, grouped: dict[Key, list[Fact]]) -> None:
    """Gives periods to a table whose heads were read as its caption: as many years there, in a row, as it has columns."""
    of_table: dict[int, list[Key]] = defaultdict(list)
    for key in grouped:
        of_table[key.table].append(key)
    for table, keys in of_table.items():
        facts = [fact for key in keys for fact in grouped[key]]
        columns = sorted({fact.column for fact in facts if fact.column is not None})
        if any(fact.period for fact in facts) or len(columns) < 2:
            continue
        run = _YEARS_IN_A_ROW.findall(plain(document.tables[table].caption))
        years = [int(year) for year in re.findall(r"\d{4}", run[-1])] if run else []
        if len(years) != len(columns):
            continue
        year_long = bool(re.search(r"years? ended|exercices? clos|fiscal year", plain(document.tables[table].caption)))
        periods = {column: Period(str(year), year, months=12 if year_long else None) for column, year in zip(columns, years, strict=True)}
        for key in keys:
            grouped[key] = [replace(fact, period=periods[fact.column]) if fact.column is not None else fact for fact in grouped[key]]


def _concepts(label: str, above: str) -> tuple[tuple[str, float], ...]:
    """The line items that a label names; "Basic" under "Weighted average shares" with the words of both."""
    bare = _MARKS.sub(" ", plain(label))
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
    return Line(
        number,
        label,
        words(descriptor(label)),
        beside,
        frozenset(words(descriptor(" ".join(outer)))) | setting.stub,
        setting.around | frozenset(words(first.context)),
        tuple(facts),
        concepts if whole else (),
        bool(concepts),
        key.table,
        first.source.page,
        setting.statement,
    )


def _statements(document: Document, grouped: Iterable[Key], labels: dict[Key, str]) -> dict[int, Statement]:
    """The tables that are primary statements: those that hold a statement's anchor lines, the fullest one of each kind.

    A statement that a finder cut in two on one page is put together again: tables of one page vote together.
    """
    found: dict[int, set[str]] = defaultdict(set)
    for key in grouped:
        if key.runs == "row":
            found[key.table].update(name for name, score in concepts_of(_MARKS.sub(" ", plain(labels[key]))) if score > 0.8)
    by_page: dict[int, set[int]] = defaultdict(set)
    for table in found:
        by_page[document.tables[table].page].add(table)
    choices: list[list[_Candidate]] = []
    for kind, anchors in _ANCHORS.items():
        groups = {frozenset(tables) for tables in by_page.values()} | {frozenset({table}) for table in found}
        groups |= {
            frozenset(by_page[page] | by_page[page + 1]) for page in list(by_page) if page + 1 in by_page
        }  # assets here, liabilities overleaf
        candidates = [_candidate(document, kind, group, found) for group in groups if _anchored(group, anchors, found)]
        if candidates:
            choices.append(sorted(candidates, key=lambda one: (-one.score, one.page))[:_CONSIDERED])
    best = max(product(*choices), key=_together, default=())
    return {table: one.kind for one in best for table in one.tables}


class _Candidate(NamedTuple):
    """Tables that may be a primary statement."""

    kind: Statement
    tables: frozenset[int]
    page: int
    score: float


def _anchored(group: frozenset[int], anchors: Iterable[frozenset[str]], found: Mapping[int, set[str]]) -> bool:
    names = set().union(*(found[table] for table in group))
    return all(names & anchor for anchor in anchors)


def _candidate(document: Document, kind: Statement, group: frozenset[int], found: Mapping[int, set[str]]) -> _Candidate:
    names = set().union(*(found[table] for table in group))
    of_kind = {name for name in names if catalogue()[name].statement == kind}
    captions = plain(" ".join(document.tables[table].caption for table in group))
    heads = plain(" ".join(cell.text for table in group for cell in document.tables[table].cells if cell.header))
    score = len(of_kind) - 0.25 * len(names - of_kind) - 0.5 * (len(group) - 1)
    score += (
        4.0 * bool(_CONSOLIDATED.search(captions))
        - 8.0 * bool(_NOT_CONSOLIDATED.search(captions))
        - 4.0 * bool(_DISCUSSED.search(captions))
    )
    score -= 3.0 * bool(_COMPARED.search(heads))
    return _Candidate(kind, group, min(document.tables[table].page for table in group), score)


def _together(choice: Sequence[_Candidate]) -> tuple[float, int]:
    """The statements of a report follow one another: those of the discussion, or of a subsidiary, stand apart."""
    pages = [one.page for one in choice]
    apart = max(pages, default=0) - min(pages, default=0)
    return sum(one.score for one in choice) - min(0.8 * max(0, apart - 5), 10.0), -sum(pages)
