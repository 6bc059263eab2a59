"""The numbers that a program may use: cells, figures in sentences, numbers of the question, and earlier answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finlens.ask.choose.asked import Asked, is_year, years_in
from finlens.ask.compute import Constant, Figure, Term, figures
from finlens.documents import Fact
from finlens.finance.words import words

_LEFT, _RIGHT = 120, 80  # characters around a figure in a sentence
_MOST_LEFT, _MOST_RIGHT = 12, 7  # words of them
_NEARBY = 60
_SMALL = 160
"""Values of a short document: all are looked at."""
_KEPT_GROUPS = 24
"""Rows and sentences of a longer one that are."""

Kind = Literal["cell", "prose", "question", "earlier"]


@dataclass(frozen=True, slots=True)
class Value:
    """A number that a program may use, with the words that say what it is."""

    kind: Kind
    term: Term
    number: float
    """As printed: not multiplied by ``scale``."""
    unit: str | None = None
    scale: float = 1.0
    table: int = -1
    row: int = -1
    column: int = -1
    label: tuple[str, ...] = ()
    """Words of the row and of the rows that it stands under."""
    head: tuple[str, ...] = ()
    """Words of the column heads, years left out."""
    left: tuple[str, ...] = ()
    """Words before it in its sentence."""
    right: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    place: tuple[int, int] = (-1, -1)
    """(page, number of the sentence) of a figure in prose."""
    year: int | None = None
    month: int | None = None
    nearby: frozenset[int] = frozenset()
    """Years said beside a figure in prose."""
    turns_ago: int = 0
    """Of an earlier answer: 1 for the one before this question."""
    printed: str = ""

    @property
    def said(self) -> frozenset[str]:
        """The words nearest to it."""
        return frozenset((*self.label, *self.head, *self.left, *self.right))


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier question of the conversation came to."""

    term: Term
    told: float
    """The number, as an answer tells it."""
    unit: str | None
    turns_ago: int

    @property
    def is_lookup(self) -> bool:
        return isinstance(self.term, Figure)

    @property
    def facts(self) -> frozenset[int]:
        """Which facts it used, by identity."""
        return frozenset(id(figure.fact) for figure in figures(self.term))


def document_values(facts: Iterable[Fact]) -> tuple[Value, ...]:
    """Every figure of a document that has a value, in the document's order."""
    seen: defaultdict[tuple[int, str], int] = defaultdict(int)
    sentences: dict[tuple[int, str], int] = {}
    found = []
    for fact in facts:
        if fact.amount.value is None:
            continue
        if fact.table is not None:
            found.append(_cell(fact))
            continue
        key = (fact.source.page, fact.context)
        number = sentences.setdefault(key, len(sentences))
        text = " ".join(fact.context.split())
        raw = " ".join(fact.amount.raw.split())
        at = text.find(raw, seen[key])
        if at >= 0:
            seen[key] = at + len(raw)
        found.append(_in_prose(fact, number, text, raw, at))
    return tuple(found)


def _cell(fact: Fact) -> Value:
    assert fact.amount.value is not None
    period = fact.period
    return Value(
        "cell",
        Figure(fact),
        float(fact.amount.value),
        fact.amount.unit,
        float(fact.amount.scale),
        fact.table if fact.table is not None else -1,
        fact.row or 0,
        fact.column or 0,
        _without_years(" ".join(fact.label_path) or fact.label),
        _without_years(" ".join(fact.column_path)),
        year=period.year if period else None,
        month=period.end.month if period and period.end else None,
        printed=fact.amount.raw,
    )


def _in_prose(fact: Fact, number: int, text: str, raw: str, at: int) -> Value:
    assert fact.amount.value is not None
    period = fact.period
    said = words(text)
    left, right, nearby = said[:_MOST_LEFT], said[:0], frozenset[int]()
    if at >= 0:
        end = at + len(raw)
        left, right = words(text[max(0, at - _LEFT) : at])[-_MOST_LEFT:], words(text[end : end + _RIGHT])[:_MOST_RIGHT]
        nearby = years_in(text[max(0, at - _NEARBY) : end + _NEARBY])
    return Value(
        "prose",
        Figure(fact),
        float(fact.amount.value),
        fact.amount.unit,
        float(fact.amount.scale),
        left=left,
        right=right,
        sentence=said,
        place=(fact.source.page, number),
        year=period.year if period else None,
        month=period.end.month if period and period.end else None,
        nearby=nearby,
        printed=raw,
    )


def _without_years(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(text) if not is_year(word))


def of_question(question: Asked) -> list[Value]:
    """Numbers that the question itself brings: "assuming a rate of 5 %"."""
    return [
        Value("question", Constant(Decimal(str(number))), number, "percent" if percent else None, printed=printed)
        for number, percent, printed in question.numbers
    ]


def of_conversation(earlier: Sequence[Earlier]) -> list[Value]:
    """Earlier answers that were computed; those that were looked up are among the document's values already."""
    return [Value("earlier", one.term, one.told, one.unit, turns_ago=one.turns_ago) for one in earlier if not one.is_lookup]


def shortlist(values: Sequence[Value], question: Asked, used: frozenset[int] = frozenset()) -> list[Value]:
    """The values of the rows and sentences that share most with the question; of a short document all of them.

    Args:
        values: Of `document_values`.
        question: What they are wanted for.
        used: Facts, by identity, that earlier answers of the conversation used: their rows stay.
    """
    if len(values) <= _SMALL:
        return list(values)
    groups: defaultdict[tuple[object, ...], list[Value]] = defaultdict(list)
    for value in values:
        groups[("row", value.table, value.row) if value.kind == "cell" else ("sentence", *value.place)].append(value)
    scored = []
    for order, members in enumerate(groups.values()):
        first = members[0]
        said = frozenset((*first.label, *first.sentence)) | frozenset().union(*(value.head for value in members))
        got = question.share(said)
        length = len(said) or 1
        kept = any(isinstance(value.term, Figure) and id(value.term.fact) in used for value in members)
        scored.append((-(got - 0.004 * min(length, 60)) - (9.0 if kept else 0.0), order, members))
    scored.sort(key=lambda item: item[:2])
    return [value for _, _, members in scored[:_KEPT_GROUPS] for value in members][: 2 * _SMALL]
