"""What the wording of a question says of the shape of its program: runs of its words, the document's own words left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from finlens.ask.choose.asked import Asked
from finlens.ask.choose.shapes import SHAPES
from finlens.ask.choose.values import Earlier, Value
from finlens.ask.compute import Constant, Figure, Operation, Term
from finlens.ask.drafts import Draft
from finlens.finance.words import stem

_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-/]\s*(?:20)?\d\d)?")
_NUMBERS = re.compile(r"\d[\d,.]*")
_TOKENS = re.compile(r"[a-z]+|YY|NN|[%$€£?]")
_KEPT_TEXT = """
total net change increase decrease percentage percent ratio average difference growth rate sum year portion value amount
variation pourcentage ecart moyenne taux hausse baisse somme part
"""
_KEPT = frozenset(_KEPT_TEXT.split())
"""Words that say what to compute even where a label says them too."""
_LONGEST_RUN = 4
_LONGEST_PLAIN_RUN = 3
_OPERATIONS = ("lookup", "difference", "percentage change", "share", "sum", "average", "ratio", "comparison", "words")


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as the guess of its shape sees it."""

    masked: tuple[str, ...]
    """Its words, with those of the document's labels as one mark."""
    plain: tuple[str, ...]
    more: tuple[float, ...]
    """What else is known: how many years, what came before, what the rules make of it."""


def wording(question: Asked, values: Sequence[Value], earlier: Sequence[Earlier], operation: str, drafts: Sequence[Draft]) -> Wording:
    """The runs of words and the circumstances that tell the shape.

    Args:
        question: What is asked.
        values: The document's, for the words of its labels.
        earlier: The conversation so far.
        operation: What the rules understood.
        drafts: What the rules would compute.
    """
    labels = frozenset(word for value in values for word in value.label)
    tokens = _TOKENS.findall(_NUMBERS.sub(" NN ", _YEARS.sub(" YY ", question.text)))
    masked: list[str] = ["<turn>" if earlier else "<first>"]
    for token in tokens:
        if stem(token) in labels and token not in _KEPT:
            if masked[-1] != "<label>":
                masked.append("<label>")
        else:
            masked.append(token)
    years = min(len(question.years), 3)
    start = ["<turn>" if earlier else "<first>", f"<{years} years>", f"<{min(len(earlier), 3)} before>"]
    more = [float(years == count) for count in range(4)]
    more += [question.in_percent, bool(earlier), len(earlier) > 1, len(earlier) > 2, len(question.words) / 20, len(question.weight) < 4]
    for ago in (1, 2):
        more += _form(next((one.term for one in earlier if one.turns_ago == ago), None))
    more += [float(operation == known) for known in _OPERATIONS]
    more.append(max((draft.confidence for draft in drafts), default=0.0))
    return Wording((*masked, "<end>"), (*start, *tokens), tuple(float(one) for one in more))


def runs(said: Wording) -> tuple[list[str], list[str]]:
    """Runs of one to four masked words, and of one to three plain ones."""
    return list(_runs(said.masked, _LONGEST_RUN)), list(_runs(said.plain, _LONGEST_PLAIN_RUN))


def _runs(tokens: Sequence[str], longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for first in range(len(tokens) - length + 1):
            yield " ".join(tokens[first : first + length])


def _form(term: Term | None) -> list[float]:
    """Which of six forms an earlier answer had."""
    forms = [0.0] * 6
    if term is not None:
        forms[_number_of_form(term)] = 1.0
    return forms


def _number_of_form(term: Term) -> int:
    if isinstance(term, Figure | Constant):
        return 0
    if isinstance(term, Operation) and term.sign == "*" and isinstance(term.right, Constant):
        return _number_of_form(term.left) if isinstance(term.left, Operation) else 5
    if isinstance(term.left, Operation) and term.sign == "/" and term.left.sign == "-":
        return 4
    return {"-": 1, "+": 2, "/": 3}.get(term.sign, 5)


SHAPE_COUNT = len(SHAPES) + 1
"""The shapes, and none of them."""
