"""Financial statements: which tables they are, what each line is, and the figures on it.

The types live on this floor because documents carry them; `finlens.finance.statements` is what finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from finlens.documents.values import Fact

_WHOLE = re.compile(r"(?:net|montants? nets?|valeurs? nettes?|total)\b", re.IGNORECASE)
"""Heads of the column that is meant, where a line has several figures for one time."""

StatementKind = Literal["income", "balance sheet", "cash flow", "comprehensive income", "equity"]

_INSTEAD = {"net_income": ("net_income_attributable", "net_income_including_noncontrolling")}
"""What a concept's line is where no line is plainly that concept, the best first."""
_OF_ALL_OWNERS = frozenset({"net_income_including_noncontrolling"})
_SHARES_OF_OTHERS = frozenset({"noncontrolling_income", "noncontrolling_interests", "comprehensive_income_noncontrolling"})


def _months(fact: Fact) -> int:
    return (fact.period.months or 0) if fact.period else 0


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A row of a statement; a sub-heading has no facts."""

    label: str
    path: tuple[str, ...]
    """Outermost first, the row's own label last: ("Assets", "Current assets", "Cash")."""
    facts: tuple[Fact, ...] = ()
    """From left to right as printed."""
    concept: str | None = None
    """Name in `finlens.finance.concepts.catalogue()`; None where the line is none of them."""
    confidence: float = 0.0
    """How sure the concept is, 0 to 1."""

    def __getitem__(self, year: int) -> Fact:
        """The figure of a fiscal year.

        Of several (three months, nine months) that of the longest stretch; of gross, depreciation and net the net one; of the
        components of equity their total.

        Raises:
            KeyError: no figure of the line is of that year, or several are and their heads do not say which one is meant.
        """
        found = [fact for fact in self.facts if fact.period is not None and fact.period.year == year]
        if not found:
            raise KeyError(f"{self.label!r} has no figure for {year}; its years: {', '.join(map(str, self.years)) or 'not said'}")
        longest = max(_months(fact) for fact in found)
        found = [fact for fact in found if _months(fact) == longest and fact.amount.unit == found[0].amount.unit]
        if len({fact.amount.absolute for fact in found}) > 1:
            found = [fact for fact in found if fact.column_path and _WHOLE.match(fact.column_path[-1])] or found
        if len({fact.amount.absolute for fact in found}) > 1:
            several = "; ".join(f"{' '.join(fact.column_path)}: {fact.amount.raw}" for fact in found)
            raise KeyError(f"{self.label!r} has several figures for {year} ({several}): take the one that is meant from its facts")
        return found[0]

    @property
    def years(self) -> tuple[int, ...]:
        """Fiscal years that the line has figures for, as printed from left to right."""
        return tuple(dict.fromkeys(fact.period.year for fact in self.facts if fact.period and fact.period.year))


@dataclass(frozen=True, slots=True)
class Statement:
    """A primary statement. ``statement["revenue", 2023]`` is a `Fact`, ``statement["revenue"]`` its line."""

    kind: StatementKind
    title: str
    """As printed above it."""
    tables: tuple[int, ...]
    """Indices into ``document.tables``; several where it is printed in parts (assets, then liabilities)."""
    lines: tuple[StatementLine, ...]
    confidence: float = 1.0
    form: str = ""
    """Number of the official form that it is printed on ("2050" of the French liasse fiscale)."""

    def __getitem__(self, key: str | tuple[str, int]) -> Fact | StatementLine:
        """A line by its concept or its printed label, or its figure of a fiscal year.

        ``"net_income"`` is that of the parent's owners where others have a share in it: see `line`.

        Raises:
            KeyError: there is no such line, or no figure of that year on it.
        """
        if isinstance(key, tuple):
            name, year = key
            return self.line(name)[year]
        return self.line(key)

    def line(self, name: str) -> StatementLine:
        """The line of a concept (of several the surest), or else with that printed label.

        "net_income" where no line is plainly that: what is attributable to the owners of the parent, as analysts and XBRL
        (NetIncomeLoss) take it; the consolidated net income only where the statement speaks of no other owners.

        Raises:
            KeyError: the statement has no such line.
        """
        printed = {line.concept for line in self.lines if line.facts}
        names = (name, *_INSTEAD.get(name, ()))
        if not printed.isdisjoint(_SHARES_OF_OTHERS):
            names = tuple(one for one in names if one == name or one not in _OF_ALL_OWNERS)
        for one in names:
            of_concept = [line for line in self.lines if line.concept == one and line.facts]
            if of_concept:
                return max(of_concept, key=lambda line: line.confidence)
        wanted = name.casefold().strip()
        for line in self.lines:
            if line.facts and line.label.casefold().strip() == wanted:
                return line
        known = ", ".join(dict.fromkeys(line.concept for line in self.lines if line.concept and line.facts))
        raise KeyError(f"the {self.kind} statement has no line {name!r}; it has: {known}")

    def _repr_html_(self) -> str:
        from finlens.documents.render import statement_to_html

        return statement_to_html(self)


@dataclass(frozen=True, slots=True)
class Note:
    """A note to the statements and its tables."""

    number: str
    title: str
    page: int
    tables: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """What statements a document prints, in its order; the first of a kind is the one that its property gives."""

    found: tuple[Statement, ...] = ()
    notes: tuple[Note, ...] = ()

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def get(self, kind: StatementKind) -> Statement | None:
        """The first statement of that kind; None where the document prints none."""
        return next((statement for statement in self.found if statement.kind == kind), None)

    def __getitem__(self, kind: StatementKind) -> Statement:
        """The first statement of that kind.

        Raises:
            KeyError: the document prints none.
        """
        statement = self.get(kind)
        if statement is None:
            raise KeyError(f"no {kind} statement was found; found: {', '.join(dict.fromkeys(s.kind for s in self.found)) or 'none'}")
        return statement

    @property
    def income(self) -> Statement:
        return self["income"]

    @property
    def balance_sheet(self) -> Statement:
        return self["balance sheet"]

    @property
    def cash_flow(self) -> Statement:
        return self["cash flow"]

    @property
    def comprehensive_income(self) -> Statement:
        return self["comprehensive income"]

    @property
    def equity(self) -> Statement:
        return self["equity"]

    def _repr_html_(self) -> str:
        from finlens.documents.render import statement_to_html

        return "".join(statement_to_html(statement) for statement in self.found) or "<p>No primary statement was found.</p>"
