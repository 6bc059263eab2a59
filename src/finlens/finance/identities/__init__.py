"""Accounting identities as an error-correcting code: equations that a document's own figures must fulfil.

`with_checks` finds them (no template says which lines add up), and where one fails it names the figure that is most
likely wrong. A value is proposed only where a single changed digit, sign or scale, or two digits that changed places, make
every equation of the figure hold; none is ever changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finlens.documents import At, Check, Document, Fact, Table
from finlens.finance.identities.agreement import agreements
from finlens.finance.identities.changes import change_checks
from finlens.finance.identities.equations import exact_and_not, sums_as_checks
from finlens.finance.identities.figures import Figures, figures_of
from finlens.finance.identities.inherited import but_inherited
from finlens.finance.identities.per_share import per_share_checks
from finlens.finance.identities.relations import Relation
from finlens.finance.identities.sums import find_sums
from finlens.finance.identities.suspects import cell_notes, doubts_of

__all__ = ["with_checks"]

_ENOUGH_ELSEWHERE = 40
_ENOUGH_HERE = 6
_RARE = 0.01
"""Share of sums that are off by rounding: nil in three of four filings, a twentieth to a third in the others, little between."""
_FEW = 2
"""Sums that one altered figure may have moved off: those down its column and along its row."""


def with_checks(document: Document) -> Document:
    """The interpreted document with every equation found in its tables, and doubts about figures where some fail."""
    if document.accounts:  # a column of balances is no sum; `finlens.finance.invoices` has checked that each follows from the one before
        return document
    by_table: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in document.found_facts:
        if fact.table is not None:
            by_table[fact.table].append(fact)
    found = [
        TableSums.of(figures)
        for number, facts in by_table.items()
        if (figures := figures_of(number, document.tables[number], facts)) is not None
    ]
    checks = [check for sums in found for check in sums.checks(exact=_made_to_add_up(sums, found))]
    checks.extend(agreements([fact for facts in by_table.values() for fact in facts]))
    if all(check.holds for check in checks):
        return replace(document, checks=(*document.checks, *checks))
    places = {
        At(fact.table, fact.row, fact.column): fact
        for fact in document.found_facts
        if fact.table is not None and fact.row is not None and fact.column is not None
    }
    printed: Counter[Decimal] = Counter(abs(fact.amount.absolute) for fact in document.found_facts if fact.amount.absolute)
    doubts, refuted = doubts_of(checks, places, printed)
    checks = [check for number, check in enumerate(checks) if number not in refuted]
    notes = cell_notes(doubts)
    touched = {at.table for at in notes}
    tables = tuple(_with_notes(table, number, notes) if number in touched else table for number, table in enumerate(document.tables))
    return replace(document, checks=(*document.checks, *checks), doubts=(*document.doubts, *doubts), tables=tables)


@dataclass(slots=True)
class TableSums:
    """The sums of one table."""

    figures: Figures
    down: list[Relation]
    across: list[Relation]
    exact: int
    """Sums that come out to the last digit."""
    rounded: int
    """Sums that hold within rounding only."""
    step: Decimal
    """One unit of the last digit of most of its figures, in whole units: those of other tables may be rounded otherwise."""

    @classmethod
    def of(cls, figures: Figures) -> TableSums:
        rows, columns = figures.rows, figures.columns
        down = find_sums(rows, columns)
        across = find_sums(columns, rows, across=True) if len(columns) > 2 else []
        exact, rounded = map(sum, zip(exact_and_not(rows, down), exact_and_not(columns, across), strict=True))
        across, down = (
            [but_inherited(relation, columns, down) for relation in across],
            [but_inherited(relation, rows, across) for relation in down],
        )
        steps = Counter(step for row in rows for step in row.steps if step)
        step = figures.whole(steps.most_common(1)[0][0]) if steps else Decimal(1)
        return cls(figures, down, across, exact, rounded, step)

    def checks(self, *, exact: bool) -> Iterator[Check]:
        yield from sums_as_checks(self.figures, self.down, across=False, exact=exact)
        yield from sums_as_checks(self.figures, self.across, across=True, exact=exact)
        yield from change_checks(self.figures)
        yield from per_share_checks(self.figures)


def _made_to_add_up(sums: TableSums, found: Sequence[TableSums]) -> bool:
    """Whether the figures of the other tables, and of this one where there are few, add up to the last digit but for exceptions.

    Most companies see to it that they do. Then a total that is off by one is wrong, though rounding could explain it.
    """
    alike = [one for one in found if one.step == sums.step]
    if sum(one.exact + one.rounded for one in alike) - sums.exact - sums.rounded < _ENOUGH_ELSEWHERE:
        alike = list(found)
    others = sum(one.exact for one in alike) - sums.exact
    rounded = sum(one.rounded for one in alike) - sums.rounded
    if sums.rounded > max(_FEW, sums.exact // 4):
        return False
    if others + rounded >= _ENOUGH_ELSEWHERE:
        return rounded <= _RARE * (others + rounded)
    return not rounded and sums.rounded <= _FEW and sums.exact + others >= _ENOUGH_HERE


def _with_notes(table: Table, number: int, notes: dict[At, str]) -> Table:
    cells = tuple(replace(cell, doubt=notes[at]) if (at := At(number, cell.row, cell.column)) in notes else cell for cell in table.cells)
    return replace(table, cells=cells)
