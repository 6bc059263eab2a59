"""What an answer is made of: a value, the program that made it, and where each operand was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from finlens.documents import Amount, Box, Document, Period, Source


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
class Step:
    """One step of the pipeline as `finlens ask --explain` prints it."""

    name: str
    detail: str


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

    def _repr_html_(self) -> str:
        from finlens.ask.show import answer_to_html

        return answer_to_html(self)
