"""Which tables are the report's primary statements: the balance sheet, the income statement and the cash flow statement."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from finlens.documents import Document, Fact, StatementKind
from finlens.finance.concepts import catalogue
from finlens.finance.words import plain

_ANCHORS: dict[StatementKind, tuple[frozenset[str], ...]] = {
    "balance sheet": (
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
_DISCUSSED = re.compile(r"analysis|overview|selected|summary|five[- ]year|highlights|discussion")
_COMPARED = re.compile(r"\bchange\b|% change|increase|variation|% of|percent of")
_CONSIDERED = 8
_TELLING_SHARE = 0.25  # of the statements' amounts, that must tell a scale before the others take it
_NOT_CONSOLIDATED = re.compile(
    r"parent[- ]company|parent only|guarantor|subsidiar|pro[- ]forma|condensed consolidating|discontinued|supplemental|comptes sociaux"
)
_CONSOLIDATED = re.compile(
    r"consolidated (?:statements?|balance)|statements? of|balance sheets?|compte de resultat|bilan|tableau (?:des|de) flux|etat"
)


def primary_statements(document: Document, found: Mapping[int, set[str]]) -> dict[int, StatementKind]:
    """The tables that are primary statements: those that hold a statement's anchor lines, the fullest one of each kind.

    A statement that a finder cut in two on one page is put together again: tables of one page vote together.

    Args:
        document: For captions and heads.
        found: The line items that the rows of each table name.
    """
    by_page: dict[int, set[int]] = defaultdict(set)
    for table in found:
        by_page[document.tables[table].page].add(table)
    choices: list[list[_Candidate]] = []
    for kind, anchors in _ANCHORS.items():
        groups = {frozenset(tables) for tables in by_page.values()} | {frozenset({table}) for table in found}
        # Assets on one page, liabilities overleaf.
        groups |= {frozenset(by_page[page] | by_page[page + 1]) for page in list(by_page) if page + 1 in by_page}
        candidates = [_candidate(document, kind, group, found) for group in groups if _anchored(group, anchors, found)]
        if candidates:
            choices.append(sorted(candidates, key=lambda one: (-one.score, one.page))[:_CONSIDERED])
    best = max(product(*choices), key=_together, default=())
    return {table: one.kind for one in best for table in one.tables}


class _Candidate(NamedTuple):
    """Tables that may be a primary statement."""

    kind: StatementKind
    tables: frozenset[int]
    page: int
    score: float


def _anchored(group: frozenset[int], anchors: Iterable[frozenset[str]], found: Mapping[int, set[str]]) -> bool:
    names = set().union(*(found[table] for table in group))
    return all(names & anchor for anchor in anchors)


def _candidate(document: Document, kind: StatementKind, group: frozenset[int], found: Mapping[int, set[str]]) -> _Candidate:
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


def with_one_scale(facts: Sequence[Fact], kinds: Mapping[int, StatementKind]) -> list[Fact]:
    """The figures with those of the primary statements in one scale.

    Statements of one report are printed in one scale. An amount of theirs that was read without it ("(in millions)" stood
    where only some columns saw it) is taken in the scale of the others; amounts per share and small decimals stay.
    """
    told = Counter(fact.amount.scale for fact in facts if fact.table in kinds and _is_money(fact))
    scale, count = max(((scale, count) for scale, count in told.items() if scale > 1), key=lambda item: item[1], default=(Decimal(1), 0))
    if count < _TELLING_SHARE * sum(told.values()) or scale == 1:
        return list(facts)
    unsaid = (fact.table in kinds and fact.amount.scale == 1 and _is_money(fact) for fact in facts)
    return [replace(fact, amount=replace(fact.amount, scale=scale)) if odd else fact for fact, odd in zip(facts, unsaid, strict=True)]


def _is_money(fact: Fact) -> bool:
    amount = fact.amount
    if amount.value is None or (amount.unit is not None and amount.unit != amount.currency) or "share" in plain(fact.label):
        return False
    return not (amount.decimals == 2 and abs(amount.value) < 100)
