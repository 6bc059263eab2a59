"""One line printed in two tables says the same: net income in the income statement and in the cash flow statement.

Rows are compared where they bear the same label (or are two names of one thing, as total assets and total liabilities
and equity are), period by period. Two rows are taken for one line only where they agree somewhere, to three digits or more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from finlens.documents import Check, Fact
from finlens.documents.checks import CheckKind
from finlens.finance.concepts import concepts_of
from finlens.finance.identities.equations import shortened, term_of
from finlens.finance.identities.evidence import changes_into
from finlens.finance.words import words

_MOST_OF_A_LABEL = 12  # rows
_DIGITS = 3
_LEAST, _LEAST_OFF = 100, 10
"""Units of the last digit that two figures must have, and by which they must differ, to be held against each other."""
_LARGE = 1000
"""Units of the last digit from which on any difference counts: figures of more digits are copied, not rounded again."""
_SAME: dict[str, tuple[str, CheckKind]] = {
    "total_assets": ("balance", "balance"),
    "liabilities_and_equity": ("balance", "balance"),
    "cash_and_equivalents": ("cash", "cash"),
    "cash_end": ("cash", "cash"),
    "net_income": ("net income", "agreement"),
    "net_income_attributable": ("net income", "agreement"),
    "net_income_including_noncontrolling": ("net income", "agreement"),
}
"""Concepts that are names of one figure, at least in some companies."""


@dataclass(slots=True)
class _Row:
    """A row's figures by period and unit; none where it has several for one period."""

    table: int
    at: int
    label: str
    figures: dict[Hashable, Fact] = field(default_factory=dict)
    several: set[Hashable] = field(default_factory=set)


def agreements(facts: Sequence[Fact]) -> Iterator[Check]:
    """An equation for each period in which two rows print the same figure, or differ by a slip where they agree otherwise."""
    groups: defaultdict[_Key, list[_Row]] = defaultdict(list)
    for row in _rows(facts):
        for key in _keys(row.label):
            groups[key].append(row)
    done: set[tuple[int, int, int, int]] = set()
    for key, rows in groups.items():
        kind = key.kind
        for number, row in enumerate(rows[:_MOST_OF_A_LABEL]):
            for other in rows[:number]:
                pair = (other.table, other.at, row.table, row.at)
                if (other.table == row.table and kind != "balance") or pair in done:
                    continue
                found = list(_compared(other, row, kind))
                if found:
                    done.add(pair)
                    yield from found
                    break


def _rows(facts: Sequence[Fact]) -> Iterator[_Row]:
    rows: dict[tuple[int, int], _Row] = {}
    for fact in facts:
        if fact.table is None or fact.row is None or not fact.amount.value or fact.period is None:
            continue
        row = rows.setdefault((fact.table, fact.row), _Row(fact.table, fact.row, fact.label))
        period = fact.period
        when = (period.end or period.year, None if period.instant else period.months, period.instant, period.basis)
        key: Hashable = (when, fact.amount.unit)
        if key in row.figures:
            row.several.add(key)  # a column for each segment, or gross and net
        row.figures.setdefault(key, fact)
    for row in rows.values():
        for key in row.several:
            del row.figures[key]
        if row.figures:
            yield row


@dataclass(frozen=True, slots=True)
class _Key:
    """What rows are grouped by: the words of a label, or a figure that has several names."""

    names: tuple[str, ...]
    kind: CheckKind = "agreement"


@lru_cache(maxsize=16384)
def _keys(label: str) -> tuple[_Key, ...]:
    """What rows of that label are looked for under: its words, and the figure that it is a name of."""
    keys: list[_Key] = []
    content = tuple(sorted(set(words(label))))
    if len(content) > 1 or (content and len(content[0]) > 4 and content[0] not in ("total", "other")):
        keys.append(_Key(content))
    for name, score in concepts_of(label)[:2]:
        if name in _SAME and score > 0.8:
            figure, kind = _SAME[name]
            keys.append(_Key(("=", figure), kind))
    return tuple(keys)


def _compared(first: _Row, second: _Row, kind: CheckKind) -> Iterator[Check]:
    shared = [when for when in first.figures if when in second.figures]
    agreed: list[tuple[Fact, Fact]] = []
    slipped: list[tuple[Fact, Fact]] = []
    telling = 0
    must_be_one = kind == "balance" and first.table == second.table  # not so across tables: a segment, too, has total assets
    for when in shared:
        pair = one, other = first.figures[when], second.figures[when]
        off = abs(_absolute(one) - _absolute(other))
        if off <= _tolerance(one, other):
            agreed.append(pair)
            telling += len(one.amount.value.normalize().as_tuple().digits) >= _DIGITS if one.amount.value else 0
        elif _slip(one, other) or must_be_one:
            slipped.append(pair)
        else:
            return
    if not telling or len(slipped) > 1:
        return
    for one, other in (*agreed, *slipped):
        where = f"page {one.source.page}" if one.source.page == other.source.page else f"pages {one.source.page} and {other.source.page}"
        yield Check(
            kind=kind,
            total=term_of(one),
            terms=(term_of(other),),
            tolerance=_tolerance(one, other),
            says=f"{shortened(one.label)} = {shortened(other.label)} ({one.period.raw if one.period else ''}, {where})",
        )


def _absolute(fact: Fact) -> Decimal:
    return fact.amount.absolute or Decimal(0)


def _step(fact: Fact) -> Decimal:
    return fact.amount.scale.scaleb(-fact.amount.decimals)


def _tolerance(one: Fact, other: Fact) -> Decimal:
    """Half a unit of each; nothing where both are printed to the same digit."""
    return Decimal(0) if _step(one) == _step(other) else (_step(one) + _step(other)) / 2


def _slip(one: Fact, other: Fact) -> bool:
    if _step(one) != _step(other):
        return False
    a, b = int(_absolute(one) / _step(one)), int(_absolute(other) / _step(other))
    least = min(abs(a), abs(b))
    return least >= _LEAST and abs(a - b) >= (1 if least >= _LARGE else _LEAST_OFF) and bool(changes_into(a, b, b, 1))
