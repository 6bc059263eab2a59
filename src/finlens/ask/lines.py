"""The document's figures as lines: what one row (or column) says over the periods of its table.

A line is found by its words; a cell of it by its period. Tables that run the other way, with periods as row labels, give
lines from their columns, so that everything after this module need not know which way round a table was printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from finlens.ask.when import When, all_mentions, blanked, fit
from finlens.documents import Document, Fact, Period
from finlens.finance.concepts import Statement, catalogue, concepts_of
from finlens.finance.words import plain, words

_MARKS = re.compile(r"\((?:\d{1,2}|[a-z])\)|(?<=[a-z)]{3})\d{1,2}$|[*†‡¹²³⁴]+")
_PERIOD_WORDS = re.compile(
    r"\b(?:for|as|at|of|the|years?|fiscal|financial|period|months?|weeks?|quarters?|ended|ending|end|three|six|nine|twelve|52|53|fifty-two|fifty-three"
    r"|exercices?|clos|le|au|annees?|ended|audited|unaudited|in|thousands|millions|billions|except|per share|data|amounts|share)\b"
)
_SIGNS = re.compile(r"[¤$€£¥%()\[\],.:;'’\"“”/*-]+")
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
    table: int
    page: int
    statement: Statement | None
    """The primary statement that the line stands in; None in notes, tables of the discussion, and everywhere else."""

    def at(self, when: When) -> tuple[Fact, float] | None:
        """The figure for a period and how well the period fits; None where the line has none."""
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


def descriptor(text: str) -> str:
    """A label or a column head without its periods, its units and its footnote marks; "" for one that is only a period."""
    text = _MARKS.sub(" ", plain(text))
    found = all_mentions(text)
    if found:
        text = _PERIOD_WORDS.sub(" ", blanked(text, found))
        return " ".join(_SIGNS.sub(" ", text).split())
    return "" if not _SIGNS.sub("", _PERIOD_WORDS.sub("", text)).strip() else text.strip()


def lines_of(document: Document) -> tuple[Line, ...]:
    """Every line of the document's tables, in document order."""
    grouped: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    labels: dict[tuple[object, ...], str] = {}
    for fact in document.facts():
        if fact.table is None:
            continue
        head = " ".join(filter(None, (descriptor(part) for part in fact.column_path)))
        row_label = descriptor(fact.label)
        if row_label or not fact.label_path:
            key: tuple[object, ...] = (fact.table, "row", fact.row, head)
            labels.setdefault(key, fact.label)
        else:
            above = " ".join(filter(None, (descriptor(part) for part in fact.label_path[:-1])))
            key = (fact.table, "column", fact.column, above)
            labels.setdefault(key, " ".join(part for part in fact.column_path if descriptor(part)) or above)
        grouped[key].append(fact)
    kinds = _statements(document, grouped, labels)
    return tuple(_line(number, key, labels[key], facts, document, kinds) for number, (key, facts) in enumerate(grouped.items()))


def _line(number: int, key: tuple[object, ...], label: str, facts: Sequence[Fact], document: Document, kinds: dict[int, Statement]) -> Line:
    first = facts[0]
    assert first.table is not None
    is_row = key[1] == "row"
    outer = first.label_path[:-1]
    beside = str(key[3]) if is_row else ""
    above = " ".join(outer)
    if is_row and not label.strip() and outer:
        label = f"Total {outer[-1]}"
    table = document.tables[first.table]
    return Line(
        number,
        label,
        words(descriptor(label)),
        frozenset(words(beside)),
        frozenset(words(descriptor(above))),
        frozenset(words(f"{table.caption} {first.context}")),
        tuple(facts),
        concepts_of(_MARKS.sub(" ", plain(label))) if not beside or set(words(beside)) <= {"total", "consolidated", "reported"} else (),
        first.table,
        first.source.page,
        kinds.get(first.table),
    )


def _statements(document: Document, grouped: Iterable[tuple[object, ...]], labels: dict[tuple[object, ...], str]) -> dict[int, Statement]:
    """The tables that are primary statements: those that hold a statement's anchor lines, the fullest one of each kind.

    A statement that a finder cut in two on one page is put together again: tables of one page vote together.
    """
    found: dict[int, set[str]] = defaultdict(set)
    for key in grouped:
        if key[1] == "row":
            table = key[0]
            assert isinstance(table, int)
            found[table].update(name for name, score in concepts_of(_MARKS.sub(" ", plain(labels[key]))) if score > 0.8)
    by_page: dict[int, set[int]] = defaultdict(set)
    for table in found:
        by_page[document.tables[table].page].add(table)
    kinds: dict[int, Statement] = {}
    for kind, anchors in _ANCHORS.items():
        candidates: list[tuple[float, frozenset[int]]] = []
        groups = {frozenset(tables) for tables in by_page.values()} | {frozenset({table}) for table in found}
        for group in groups:
            names = set().union(*(found[table] for table in group))
            if not all(names & anchor for anchor in anchors):
                continue
            of_kind = {name for name in names if catalogue()[name].statement == kind}
            captions = plain(" ".join(document.tables[table].caption for table in group))
            score = len(of_kind) - 0.25 * len(names - of_kind) - 0.5 * (len(group) - 1)
            score += 4.0 * bool(_CONSOLIDATED.search(captions)) - 8.0 * bool(_NOT_CONSOLIDATED.search(captions))
            candidates.append((score, group))
        if candidates:
            best = max(candidates, key=lambda item: (item[0], -min(item[1])))
            for table in best[1]:
                kinds.setdefault(table, kind)
    return kinds
