"""What several documents say about the same lines: the types of a comparison."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finlens.documents import Document, Fact, StatementKind
from finlens.finance.spans import Span

Change = Literal["restated", "sign"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure and the document that prints it, an index into `Comparison.documents`."""

    document: int
    fact: Fact

    @property
    def absolute(self) -> Decimal:
        return self.fact.amount.absolute or Decimal(0)

    @property
    def rounding(self) -> Decimal:
        """Half a unit of the last printed digit, in whole units."""
        return self.fact.amount.scale.scaleb(-self.fact.amount.decimals) / 2

    def same_as(self, other: Printed) -> bool:
        """Whether both are the same figure, to within the rounding of both."""
        return abs(self.absolute - other.absolute) <= self.rounding + other.rounding


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One line of a statement over all documents."""

    label: str
    """As the last document that has the line prints it."""
    concept: str | None
    figures: tuple[tuple[Printed, ...], ...]
    """For each span of the statement, who prints what, in the order of the documents; () where nobody does."""

    @property
    def unit(self) -> tuple[str | None, Decimal]:
        """The unit and scale that most of its figures are printed in."""
        counts = Counter((one.fact.amount.unit, one.fact.amount.scale) for printed in self.figures for one in printed)
        return counts.most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class ComparedStatement:
    """A primary statement over all documents: its lines down, its periods across, the latest first."""

    kind: StatementKind
    spans: tuple[Span, ...]
    lines: tuple[ComparedLine, ...]

    @property
    def unit(self) -> tuple[str | None, Decimal]:
        """The unit and scale that most of its lines are in."""
        return Counter(line.unit for line in self.lines).most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class Restatement:
    """The same line and period, printed with another figure."""

    kind: StatementKind
    label: str
    span: Span
    before: Printed
    after: Printed
    change: Change = "restated"
    """"sign" where the figure is the same but for its sign: outlays printed as positive in one document, negative in the other."""

    @property
    def difference(self) -> Decimal:
        """After less before, in whole units."""
        return self.after.absolute - self.before.absolute


@dataclass(frozen=True, slots=True)
class Comparison:
    """What several documents say about the same lines."""

    documents: tuple[Document, ...]
    statements: tuple[ComparedStatement, ...]
    restatements: tuple[Restatement, ...]
    notes: tuple[str, ...] = ()
    """What could not be compared, and why."""

    def is_restated(self, printed: tuple[Printed, ...]) -> bool:
        """Whether the figures of one line and period are not the same in all documents, but for their sign."""
        return any(one.after is figure for one in self.restatements if one.change == "restated" for figure in printed)

    def _repr_html_(self) -> str:
        from finlens.finance.compare_view import comparison_to_html

        return comparison_to_html(self)
