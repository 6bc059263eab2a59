"""What an answer is made of: a value, the program that made it, and where each operand was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from finlens.documents import Amount, Box, Document, Period, Source
from finlens.documents.names import unit_in_words


def period_text(period: Period | None) -> str:
    """A period as short as it can be said without doubt."""
    if period is None:
        return ""
    if period.quarter and period.year:
        return f"Q{period.quarter} {period.year}"
    if period.year and (period.months in (None, 12) or period.instant):
        return f"FY{period.year}"
    return period.raw


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that backs the answer; the best one first in `Answer.citations`."""

    source: Source
    text: str
    """The words at that place: a cell as printed, or a sentence."""
    row_label: str = ""
    column_label: str = ""

    @property
    def page(self) -> int:
        return self.source.page

    @property
    def box(self) -> Box | None:
        return self.source.box


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure of the document that a program computes with."""

    name: str
    """What the program calls it: "a", "b", …"""
    amount: Amount
    label: str
    period: Period | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Program:
    """A computation over figures of the document, as a person would check it."""

    operation: str
    """"lookup", "difference", "percentage change", "ratio", "share", "sum", "average", or a named ratio."""
    expression: str
    """Over operand names: "(a - b) / b * 100"."""
    operands: tuple[Operand, ...]
    working: str
    """The same with figures: "(1,496.5 - 1,202.9) / 1,202.9 × 100 = 24.41"."""
    definition: str = ""
    """For a named ratio: its definition in words."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a step looked at: a line, a program, an operand."""

    text: str
    score: float | None = None
    page: int | None = None
    note: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the pipeline as `finlens ask --explain` prints it."""

    name: str
    detail: str
    """The step in one line."""
    fields: tuple[tuple[str, str], ...] = ()
    """What it settled, by name: ("periods", "2022, 2023")."""
    items: tuple[Found, ...] = ()
    """What it looked at, best first."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the figures of an answer are: when, in what, as what, and where they stand."""

    periods: tuple[str, ...]
    units: tuple[str, ...]
    """As read: "USD millions"."""
    bases: tuple[str, ...]
    """"reported", "restated", "pro forma" or "forecast"."""
    pages: tuple[int, ...]

    def __str__(self) -> str:
        parts = (", ".join(self.periods), ", ".join(self.units), f"as {' and '.join(self.bases) or 'reported'}")
        where = f" on page{'s' if len(self.pages) > 1 else ''} {', '.join(map(str, self.pages))}" if self.pages else ""
        return ", ".join(filter(None, parts)) + where


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer, or a refusal that says where finlens looked.

    ``value`` is the number in ``unit``, not yet multiplied by ``scale``; a bool for yes/no; None for words.
    """

    question: str
    text: str
    refused: bool = False
    value: Decimal | bool | None = None
    unit: str | None = None
    scale: Decimal = Decimal(1)
    spans: tuple[str, ...] = ()
    """For questions that ask for words: strings of the document."""
    citations: tuple[Citation, ...] = ()
    program: Program | None = None
    confidence: float = 0.0
    closest: Citation | None = None
    """When refused: the nearest line that was found."""
    warnings: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    model: str | None = None
    """The language model that worded the text, if one did."""
    document: Document | None = field(default=None, repr=False, compare=False)
    """What was asked, for the picture of the page that a notebook shows."""

    @property
    def circumstances(self) -> Circumstances | None:
        """Of the operands: "FY2023, USD millions, as reported on page 60"; None for an answer in words and for a refusal."""
        operands = self.program.operands if self.program is not None and not self.refused else ()
        if not operands:
            return None
        return Circumstances(
            tuple(dict.fromkeys(filter(None, (period_text(operand.period) for operand in operands)))),
            tuple(dict.fromkeys(filter(None, (unit_in_words(operand.amount.unit, operand.amount.scale) for operand in operands)))),
            tuple(dict.fromkeys(operand.period.basis if operand.period else "reported" for operand in operands)),
            tuple(sorted({operand.citation.page for operand in operands})),
        )

    def _repr_html_(self) -> str:
        from finlens.ask.show import answer_to_html

        return answer_to_html(self)
