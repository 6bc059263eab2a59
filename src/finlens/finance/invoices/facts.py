"""Facts of an invoice or a statement: a text, a date or an amount as printed, with the words that it was read from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from finlens.documents import Amount, Fact, Period, Word, union
from finlens.finance.invoices.money import Figure
from finlens.finance.invoices.prints import Row, source_of

CHECKSUM_FAILS = "checksum fails"
"""Mark of a number whose check digits contradict it."""


def text_fact(
    concept: str, label: str, text: str, words: Sequence[Word], *, unit: str | None = None, mark: str = "", context: str = ""
) -> Fact:
    """A name, a number, a code."""
    amount = Amount(text, None, unit=unit, marks=(mark,) if mark else ())
    return _fact(concept, label, amount, None, words, context)


def day_fact(concept: str, label: str, text: str, day: datetime.date | None, words: Sequence[Word], *, context: str = "") -> Fact:
    """A date; ``day`` is None where the print can be read in two ways."""
    period = Period(text, day.year if day else None, day, instant=True)
    return _fact(concept, label, Amount(text, None), period, words, context)


def figure_fact(concept: str, label: str, figure: Figure, row: Row, *, unit: str | None) -> Fact:
    """An amount, a quantity or a rate of a row."""
    amount = Amount(figure.text, figure.value, unit=unit, decimals=figure.decimals)
    return _fact(concept, label, amount, None, row.between(figure.start, figure.end), row.text)


def sum_fact(concept: str, label: str, parts: Sequence[Fact], value: Decimal) -> Fact:
    """What is not printed but for its parts: ``raw`` shows them, the box is around the first one's page."""
    first = parts[0]
    here = [part.source for part in parts if part.source.page == first.source.page]
    box = union(source.box for source in here if source.box)
    source = replace(first.source, box=box, confidence=min(source.confidence for source in here))
    amount = Amount(" + ".join(part.amount.raw for part in parts), value, unit=first.amount.unit, decimals=first.amount.decimals)
    return Fact(label, (label,), (), amount, None, source, concept=concept, concept_confidence=0.8)


def _fact(concept: str, label: str, amount: Amount, period: Period | None, words: Sequence[Word], context: str) -> Fact:
    label = " ".join(label.split()).strip(" :;-–")
    return Fact(
        label, (label,) if label else (), (), amount, period, source_of(words), context=context, concept=concept, concept_confidence=1.0
    )
