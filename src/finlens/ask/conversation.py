"""A follow-up over a document: what it leaves out, taken from the turns before it.

    refer       the operation that its words ask for on what was said before (`references`)
    operands    which earlier answers, lines and periods the phrases mean
    a program   over those figures, each with its own place in the document

Three kinds are told apart: the same measure at another period, another measure at the same period, and an operation on
earlier answers. A question that stands on its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from finlens.ask.compute import (
    Constant,
    Figure,
    Operation,
    Sign,
    Term,
    Uncomputable,
    average,
    difference,
    evaluate,
    figures,
    is_percentage,
    relative_change,
    share,
    total,
    unit_of,
)
from finlens.ask.drafts import Draft
from finlens.ask.finder import Finder
from finlens.ask.followup import complete
from finlens.ask.left_out import LeftOut
from finlens.ask.model import Answer
from finlens.ask.operands import POINTING, WHOLE, Earlier, Operand
from finlens.ask.question import understand
from finlens.ask.references import Reference, constant, refer
from finlens.ask.said import said
from finlens.ask.series import Series
from finlens.ask.turns import Turn, best_draft, figures_of, of_program, resolved
from finlens.finance.words import words

FollowUpKind = Literal["new question", "same measure, other period", "other measure, same period", "operation on earlier answers"]
_SURE = 0.6
_CARRIED = 0.97
_GIVEN = 0.95
"""Of an earlier answer: how sure it was is said there."""
_LONGEST = 12
"""Turns that are looked back on."""
_ABSURD = Decimal(10) ** 7
_ONLY_POINTS = re.compile(r"^(?:that|this|it|those|these|they|cela)(?: (?:value|amount|number|result|figure))?$")
POINTS = "change in points"
"""Of two percentages: in percent of what they are percentages of, not of the first."""
_CHANGES = ("difference", "percentage change", POINTS)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question of a conversation, with what it leaves out filled in."""

    kind: FollowUpKind
    text: str
    """As it would be asked on its own."""
    draft: Draft | None = None
    """The program over earlier figures, where the question stands on them."""
    operands: tuple[Term, ...] = ()
    """What the operation is done with, in its order."""
    lost: bool = False
    """Whether it points at an earlier answer whose figures the document does not have: there is nothing to compute with."""
    turns: tuple[Turn, ...] = ()
    """The turns before it, oldest first."""


def follow(question: str, history: Sequence[tuple[str, str] | Answer], finder: Finder) -> FollowUp:
    """What a question of a conversation asks, given what was asked and answered before it.

    Args:
        question: As typed.
        history: Earlier questions and answers, oldest first.
        finder: Of the document that the conversation is about.
    """
    conversation = _Conversation(finder)
    for turn in history[-_LONGEST:]:
        conversation.hear(turn)
    return replace(conversation.follow(question), turns=tuple(conversation.turns))


class _Conversation:
    """The turns so far, and what a next question makes of them."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.known = figures_of(finder)
        self.turns: list[Turn] = []

    def hear(self, turn: tuple[str, str] | Answer) -> None:
        """Add an earlier question and its answer."""
        asked = turn.question if isinstance(turn, Answer) else turn[0]
        followed = self.follow(asked)
        question, draft = (understand(followed.text), followed.draft) if followed.draft else best_draft(followed.text, self.finder)
        if isinstance(turn, Answer):
            term = None if turn.refused else of_program(turn)
            heard = None
            draft = None if turn.refused else draft
            if term is not None:
                self.turns.append(Turn(followed.text, question, term, _GIVEN, turn.program.operation if turn.program else "lookup"))
                return
        else:
            heard = said(turn[1])
            if followed.lost or (turn[1].strip() and not heard.numbers):
                draft = None  # refused, or answered in words
        self.turns.append(resolved(followed.text, draft, question, heard, self.finder, self.turns, _SURE))

    def follow(self, question: str) -> FollowUp:
        earlier = Earlier(self.turns, self.known, self.finder)
        reference = refer(question)
        if not self.turns:
            return self._with_number(reference, earlier, question) or FollowUp("new question", question)
        if reference is not None and not self._stands_alone(reference, question):
            made = self._operation(reference, earlier, question)
            if made is not None:
                return made
            if reference.phrases and any(phrase == "" or _ONLY_POINTS.search(phrase) for phrase in reference.phrases):
                return FollowUp("operation on earlier answers", question, lost=True)
        same = LeftOut(earlier).other_period(question)
        if same is not None:
            label, term, score, text = same
            periods = tuple(dict.fromkeys(figure.fact.period for figure in figures(term)))
            kind = "lookup" if isinstance(term, Figure) else self.turns[-1].operation
            unit = "percent" if is_percentage(term) else None
            labels = [label] if kind not in ("share", "ratio") else list(dict.fromkeys(figure.fact.label for figure in figures(term)))
            draft = Draft(kind, term, tuple(Series(one, (term,), periods, score) for one in labels), score, unit)
            return FollowUp("same measure, other period", text, draft, (term,))
        other = LeftOut(earlier).other_measure(question)
        if other is not None:
            return FollowUp("other measure, same period", other)
        text = complete(question, [turn.text for turn in self.turns])
        if text != question:
            return FollowUp(_kind(text, self.turns[-1]), text)
        if reference is not None and _points(reference):
            return FollowUp("operation on earlier answers", question, lost=True)
        dated = LeftOut(earlier).with_period(question)
        return FollowUp("other measure, same period", dated) if dated else FollowUp("new question", question)

    def _with_number(self, reference: Reference | None, earlier: Earlier, question: str) -> FollowUp | None:
        """A first question that computes with a plain number: "the value of the index in 2017 less 100"."""
        if reference is None or len(reference.phrases) != 2 or reference.operation not in ("share", "ratio", "product", "minus", "plus"):
            return None
        if sum(constant(phrase) is not None for phrase in reference.phrases) != 1:
            return None
        return self._operation(reference, earlier, question)

    def _stands_alone(self, reference: Reference, question: str) -> bool:
        """Whether a question names all that it is about, and the document has it."""
        if not reference.phrases or any(POINTING.search(phrase) or not words(phrase) for phrase in reference.phrases):
            return False
        _, draft = best_draft(question, self.finder)
        return draft is not None and draft.confidence >= _SURE

    def _operation(self, reference: Reference, earlier: Earlier, question: str) -> FollowUp | None:
        """The program of an operation on earlier answers; None where a phrase means nothing that was said or that the document has."""
        if reference.phrases:
            operands = earlier.operands(_filled(reference))
            if operands and reference.operation == "per share":
                shares = earlier.shares()
                operands = [*operands, shares] if shares is not None else []
            if not operands or (self.turns and not any(operand.earlier for operand in operands)):
                return None
        else:
            about = LeftOut(earlier).something_new(reference)
            if about is not None:
                return FollowUp("other measure, same period", about) if about else None
            operands = earlier.of_many(reference, question)
            if not operands:
                return None
        try:
            combined = _combined(reference, operands)
            if combined is None:
                return None
            operation, term, unit = combined
            unit_of(term)
            if abs(evaluate(term)) > _ABSURD and unit == "percent":
                return None
        except Uncomputable:
            return None
        score = min(operand.score for operand in operands) * _CARRIED
        series = _series(operation, operands, score)
        draft = Draft(operation, term, series, score, unit)
        return FollowUp("operation on earlier answers", question, draft, tuple(operand.term for operand in operands))


def _points(reference: Reference) -> bool:
    """Whether an operation is on what was said before, whatever that was."""
    if reference.phrases:
        return any(phrase == "" or POINTING.search(phrase) for phrase in reference.phrases)
    return not set(words(reference.rest)) - {"¤"}


def _filled(reference: Reference) -> tuple[str, ...]:
    """The phrases, with the whole of the share before where a share names none: "and what percentage did goodwill represent?"."""
    return (*reference.phrases, WHOLE) if reference.operation == "share" and len(reference.phrases) == 1 else reference.phrases


def _combined(reference: Reference, operands: Sequence[Operand]) -> tuple[str, Term, str | None] | None:
    """(operation, term, unit) of an operation over its operands."""
    terms = [operand.term for operand in operands]
    first, last = terms[0], terms[-1]
    if reference.operation in ("difference", "percentage change") and len(terms) == 1:
        return None
    points = "percent" if all(is_percentage(term) for term in terms) else None
    match reference.operation:
        case "again":
            if reference.percent and operands[0].is_change and isinstance(first, Operation) and first.sign == "-":
                return ("percentage change", share(first, first.right), "percent")
            if reference.percent and unit_of(first) == "ratio" and not is_percentage(first):
                return ("share", Operation("*", first, Constant(Decimal(100))), "percent")
            return ("lookup", first, None)
        case "minus" | "plus" if isinstance(last, Constant):
            sign: Sign = "-" if reference.operation == "minus" else "+"
            return (f"{reference.operation} a number", Operation(sign, first, last), None)
        case "difference" | "minus":
            return (POINTS if points else "difference", difference(first, last), points)
        case "percentage change":
            if operands[0].is_change:
                return ("percentage change", share(first, last), "percent")
            return ("percentage change", relative_change(first, last), "percent")
        case "ratio" | "share":
            if isinstance(last, Constant):
                return ("quotient", Operation("/", first, last), None)
            if reference.percent and _same_kind(first, last):
                return ("share", share(first, last), "percent")
            return ("ratio", Operation("/", first, last), None)
        case "per share":
            return ("per share", Operation("/", first, last), None) if (unit_of(first) or "").isupper() else None
        case "product":
            return ("product", Operation("*", first, last), None)
        case "sum" | "plus" | "including":
            return ("sum", total(terms), points)
        case "average":
            return ("average", average(terms), points)


def _same_kind(first: Term, last: Term) -> bool:
    try:
        units = {unit_of(first), unit_of(last)} - {None, "number", "ratio"}
    except Uncomputable:
        return False
    return len(units) <= 1 and "percent" not in units


def _series(operation: str, operands: Sequence[Operand], score: float) -> tuple[Series, ...]:
    """Operands as series, those of one line as one, so that the sentence names them as it does those of a first question."""
    labels = list(dict.fromkeys(operand.label for operand in operands if operand.label))
    if operation == "per share":
        labels = [f"{labels[0]} per share"]
    elif operation == "percentage change":
        labels = [label.removeprefix("change in ") for label in labels]
    elif operation == POINTS and len(labels) == 1:
        labels = [f"Change in {labels[0]}"]
    if len(labels) == 1:
        parts = [figure for operand in operands for figure in figures(operand.term)] or []
        ordered = sorted(parts, key=lambda figure: _order(figure)) if operation in _CHANGES else parts
        unique = list(dict.fromkeys(ordered))
        return (Series(labels[0], tuple(unique), tuple(figure.fact.period for figure in unique), score),)
    made = []
    for operand in operands:
        if isinstance(operand.term, Constant):
            continue
        parts = list(figures(operand.term))
        made.append(Series(operand.label, (operand.term,), tuple(figure.fact.period for figure in parts), score))
    return tuple(made)


def _order(figure: Figure) -> tuple[int, int]:
    period = figure.fact.period
    return (period.year or 0, period.quarter or 0) if period else (0, 0)


def _kind(text: str, before: Turn) -> FollowUpKind:
    asked = understand(text)
    same = asked.measures[0].phrase == before.question.measures[0].phrase
    return "same measure, other period" if same else "other measure, same period"
