"""Which tables are the primary statements: by their titles, the lines they hold, and by standing together.

A report prints each statement once, one after the other. Its discussion, summaries, a parent company's own statements and
the notes print tables that look alike; their titles say so, or they stand apart, or they hold fewer lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from finlens.documents import Document, Fact, StatementKind, Table
from finlens.finance.concepts import catalogue, concepts_of
from finlens.finance.statement_titles import Title, texts_over, title_of
from finlens.finance.surroundings import follows, running_texts
from finlens.finance.words import plain

_ANCHORS: dict[StatementKind, tuple[frozenset[str], ...]] = {
    "balance sheet": (
        frozenset({"total_assets", "liabilities_and_equity"}),
        frozenset({"equity", "total_liabilities", "current_liabilities"}),
    ),
    "income": (
        frozenset({"revenue", "net_interest_income", "premiums_earned", "operating_income"}),
        frozenset({"income_tax", "pretax_income"}),
        frozenset({"net_income", "net_income_attributable", "net_income_including_noncontrolling"}),
    ),
    "cash flow": (
        frozenset({"operating_cash_flow"}),
        frozenset({"investing_cash_flow", "capital_expenditures"}),
        frozenset({"financing_cash_flow", "change_in_cash", "cash_end", "dividends_paid"}),
    ),
    "comprehensive income": (
        frozenset({"comprehensive_income"}),
        frozenset({"net_income", "net_income_attributable", "net_income_including_noncontrolling", "other_comprehensive_income"}),
    ),
    "equity": (),
}
_MAIN: tuple[StatementKind, ...] = ("balance sheet", "income", "cash flow")
_COMPONENTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"common (?:stock|shares)|capital stock|share capital|\bcapital\b|ordinary shares",
        r"paid[- ]in|surplus|share premium|primes?\b",
        r"retained|accumulated deficit|earnings reinvested|reserves?\b|report a nouveau",
        r"accumulated other comprehensive|\baoci\b|ecarts? de conversion|autres elements du resultat",
        r"treasury|actions propres|autodetenues",
        r"noncontrolling|non-controlling|minorit",
    )
)
_OPENING = re.compile(
    r"\bbalances?\b|beginning|at (?:january|december)|\bau \d"
    r"|capitaux propres (?:au|a)|situation (?:au|a)|solde|^(?:total )?equity\b.*\d{4}|ouverture|cloture"
    r"|^(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}, \d{4}$"
)
_COMPARED = re.compile(r"\bchange\b|% change|increase|variation|% of|percent of")
_OVERLEAF = 2  # pages between parts: a printed page may spill a line over a page of its own
_PARTS = 6  # tables that one statement may be printed in
_CONSIDERED = 6
_NEAR = 6  # pages between statements of one report
_MARKS = re.compile(r"\((?:\d{1,2}|[a-z])\)|[*†‡¹²³⁴]+")


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """Tables of one primary statement, in the order of the document."""

    kind: StatementKind
    title: Title
    tables: tuple[int, ...]
    confidence: float


class _Candidate(NamedTuple):
    kind: StatementKind
    tables: tuple[int, ...]
    page: int
    score: float


class StatementFinder:
    """What is known of each table of a document before its statements are chosen."""

    def __init__(self, document: Document, facts: Mapping[int, Sequence[Fact]]) -> None:
        self._document = document
        self._facts = facts
        self._furniture: Collection[str] = running_texts(document)
        before = (None, *document.tables)
        self.over = [texts_over(document, table, before[index], self._furniture) for index, table in enumerate(document.tables)]
        """Texts over each table, the nearest first."""
        self.titles = [title_of(texts) for texts in self.over]
        self._names = {index: _named(of_table) for index, of_table in facts.items()}

    def find(self) -> list[FoundStatement]:
        """The statements in the order of the document, at most one of each kind."""
        chosen: dict[StatementKind, _Candidate] = {}
        choices = [found[:_CONSIDERED] for kind in _MAIN if (found := self._candidates(kind))]
        for candidate in max(product(*choices), key=_together, default=()):
            chosen[candidate.kind] = candidate
        taken = {table for one in chosen.values() for table in one.tables}
        pages = [one.page for one in chosen.values()]
        for kind in ("comprehensive income", "equity"):
            beside = [one for one in self._candidates(kind) if not taken & set(one.tables)]
            if pages:
                beside = [one for one in beside if min(pages) - _NEAR <= one.page <= max(pages) + _NEAR]
            if beside:
                chosen[kind] = max(beside, key=lambda one: (one.score, -one.page))
                taken.update(chosen[kind].tables)
        return sorted((self._whole(one, taken) for one in chosen.values()), key=lambda one: one.tables)

    def _candidates(self, kind: StatementKind) -> list[_Candidate]:
        """Tables, or two that follow one another, that may be a statement of that kind, best first."""
        found = []
        tables = self._document.tables
        for index in self._facts:
            groups: list[tuple[int, ...]] = [(index,)]
            after = index + 1
            if after in self._facts and tables[after].page - tables[index].places[-1][0] <= 1:
                groups.append((index, after))
            for group in groups:
                score = self._score(kind, group)
                if score is not None:
                    found.append(_Candidate(kind, group, tables[index].page, score))
        return sorted(found, key=lambda one: (-one.score, one.page))

    def _score(self, kind: StatementKind, group: tuple[int, ...]) -> float | None:
        titles = [self.titles[index] for index in group]
        titled = [title.kind == kind and title.primary for title in titles]
        if any(not title.primary for title in titles) or (len(group) > 1 and any(t.kind not in (None, kind) for t in titles)):
            return None
        if titles[0].combined and kind == "comprehensive income":
            return None
        names = set().union(*(self._names[index] for index in group))
        anchors = sum(bool(names & anchor) for anchor in _ANCHORS[kind])
        wanted = len(_ANCHORS[kind])
        if kind == "equity":
            anchors, wanted = self._components(group, any(titled)), 3
        elsewhere = titles[0].kind not in (None, kind)
        if elsewhere or (anchors < wanted if not any(titled) else not anchors):
            return None
        of_kind = sum(catalogue()[name].statement == kind for name in names)
        heads = plain(" ".join(cell.text for index in group for cell in self._document.tables[index].cells if cell.header))
        titled_share = sum(titled) / len(group) if kind in ("equity", "income") else float(any(titled))
        score = 6.0 * titled_share + 1.5 * anchors + 0.3 * of_kind - 0.6 * (len(group) - 1) - 3.0 * bool(_COMPARED.search(heads))
        return score - 0.1 * len(names - {name for name in names if catalogue()[name].statement == kind})

    def _components(self, group: tuple[int, ...], titled: bool) -> int:
        """How many components of equity the heads or the rows name; without a title only of a table that opens with a balance."""
        labels = [plain(part) for index in group for path in dict.fromkeys(f.label_path for f in self._facts[index]) for part in path]
        heads = [plain(" ".join(cell.text.split())) for index in group for cell in self._document.tables[index].cells if cell.header]
        if not titled and not any(_OPENING.search(label) for label in labels):
            return 0
        texts = " | ".join(dict.fromkeys([*heads, *labels]))
        return sum(bool(part.search(texts)) for part in _COMPONENTS)

    def _whole(self, candidate: _Candidate, taken: set[int]) -> FoundStatement:
        """The statement with all its parts: continued overleaf, or one part a year."""
        tables = list(candidate.tables)
        for step in (1, -1):
            while len(tables) < _PARTS:
                edge = tables[-1] if step > 0 else tables[0]
                # "Three months" of two statements may stand before "six months" of both.
                following = next((at for at in range(edge + step, edge + 3 * step, step) if at not in taken), edge)
                if following == edge or not self._is_part(candidate.kind, edge, following):
                    break
                tables.insert(len(tables) if step > 0 else 0, following)
        taken.update(tables)
        title = next((self.titles[index] for index in tables if self.titles[index].kind == candidate.kind), Title(candidate.kind))
        return FoundStatement(candidate.kind, title, tuple(tables), 0.95 if title.text else 0.75)

    def _is_part(self, kind: StatementKind, edge: int, index: int) -> bool:
        if not 0 <= index < len(self._document.tables) or index not in self._facts:
            return False
        first, second = (edge, index) if edge < index else (index, edge)
        one, other = self._document.tables[first], self._document.tables[second]
        apart = other.page - one.places[-1][0]
        title = self.titles[index]
        if not 0 <= apart <= _OVERLEAF or title.kind is not None:
            return 0 <= apart <= _OVERLEAF and title.kind == kind and title.primary
        return (
            title.primary
            and index == edge + 1
            and apart <= 1
            and kind != "income"
            and _alike(one, other)
            and follows(self._document, other, one, self._furniture)
        )


def _alike(one: Table, other: Table) -> bool:
    """Whether two tables may be halves of one: as many columns, or nearly."""
    return abs(one.column_count - other.column_count) <= 1


def _named(facts: Sequence[Fact]) -> set[str]:
    """The line items that the labels of rows name for sure."""
    names: set[str] = set()
    for label in dict.fromkeys(fact.label for fact in facts):
        names.update(name for name, score in concepts_of(_MARKS.sub(" ", plain(label))) if score > 0.8)
    return names


def _together(choice: Sequence[_Candidate]) -> tuple[float, int]:
    """How good a choice is: statements of a report follow one another, each in tables of its own."""
    pages = [one.page for one in choice]
    apart = max(pages, default=0) - min(pages, default=0)
    shared = sum(len(one.tables) for one in choice) - len({table for one in choice for table in one.tables})
    return sum(one.score for one in choice) - min(0.8 * max(0, apart - _NEAR), 10.0) - 6.0 * shared, -sum(pages)


def facts_by_table(document: Document) -> dict[int, list[Fact]]:
    """The figures of each table that has any, in document order."""
    grouped: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in document.found_facts:
        if fact.table is not None:
            grouped[fact.table].append(fact)
    return dict(grouped)
