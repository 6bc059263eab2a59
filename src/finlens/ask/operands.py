# ruff: noqa: E501 (a sentence form is read as one line; broken up it could not be compared with its neighbours)
"""Which earlier answers, or figures of their lines, the phrases of a follow-up mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from finlens.ask.compute import Constant, Figure, Operation, Term, figures
from finlens.ask.finder import Finder
from finlens.ask.references import Reference, constant, normal
from finlens.ask.turns import Figures, Turn, best_draft
from finlens.ask.when import When, all_mentions, blanked, mentions
from finlens.finance.ratios import find_ratio
from finlens.finance.words import words

_CHANGE_TEXT = "change difference increase decrease decline growth variation reduction drop fluctuation gain rise ecart hausse baisse"
CHANGE_WORDS = frozenset(_CHANGE_TEXT.split())
TOTAL_WORDS = frozenset({"total", "sum", "combined", "somme"})
RATIO_WORDS = frozenset({"ratio", "quotient", "%", "portion", "share", "proportion", "part"})
AVERAGE_WORDS = frozenset({"average", "mean", "moyenne"})
_VALUE_TEXT = """
value amount number figure year period time two three four these those both them it during over this that between its same again last first
answer result they them we one specific one full overall net whole percent prior previous precedent day end beginning fiscal month quarter date respective
valeur montant annee exercice chiffre alone only million thousand billion dollar recorded reported observed total considered per all price balance recorded t il elle entre deux trois quatre ces augmente diminue varie baisse evolue progresse grow grew rose fell vary go up down increased changed did represent become be
"""
VALUE_WORDS = frozenset(word for word in _VALUE_TEXT.split())
_KINDS: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (CHANGE_WORDS, frozenset({"difference", "percentage change"})),
    (AVERAGE_WORDS, frozenset({"average"})),
    (RATIO_WORDS, frozenset({"ratio", "share"})),
    (TOTAL_WORDS, frozenset({"sum"})),
)
POINTING = re.compile(r"\b(?:that|this|those|these|it|its|they|them|their|same|previous|prior|last|former|cela|ce|cette|ca)\b")
_SHARES = (  # the usual denominators of a per-share figure, the diluted number first
    "weighted average shares outstanding diluted",
    "weighted average shares outstanding basic",
    "shares outstanding",
)
WHOLE = "¤whole"
"""Stands for what the share before was a share of."""
ANEW = 0.6
_PART_OF_LINE = 0.93


@dataclass(frozen=True, slots=True)
class Operand:
    """Something that an operation is done with."""

    term: Term
    score: float
    label: str
    earlier: bool
    """Whether it was said before, or stands on a line that was."""
    is_change: bool = False


class Earlier:
    """The turns before a question, ready to be pointed at."""

    def __init__(self, turns: Sequence[Turn], known: Figures, finder: Finder) -> None:
        self.all = tuple(turns)
        self.turns = [turn for turn in turns if turn.term is not None]
        self.last = turns[-1] if turns else None
        self.known = known
        self.finder = finder

    def operand(self, phrase: str) -> Operand | None:
        """What a phrase means: a number, an earlier answer, a figure of its line, or a line that is asked for anew."""
        if phrase == WHOLE:
            return self._whole()
        number = constant(phrase)
        if number is not None:
            return Operand(Constant(number), 1.0, "", earlier=False)
        if phrase == "":
            return self._of(self.turns[-1]) if self.turns and self.turns[-1] is self.last else None
        whens = all_mentions(phrase)
        masked = blanked(phrase, whens)
        said = [word for word in words(masked) if word != "¤"]
        kinds = next((operations for names, operations in _KINDS if names & set(said)), frozenset[str]())
        rest = set(said) - VALUE_WORDS - CHANGE_WORDS - AVERAGE_WORDS - RATIO_WORDS - TOTAL_WORDS
        pointed = bool(POINTING.search(phrase)) or not rest
        if whens:
            found = self._at(rest, whens[-1], kinds, pointed=pointed)
        else:
            found = self._pointed(rest, kinds, pointed=pointed)
        if found is not None or (not rest and POINTING.search(phrase)):
            return found  # "that increase" was said, or is nothing
        return self._anew(phrase, whens)

    def operands(self, phrases: Sequence[str]) -> list[Operand]:
        """What each phrase means; empty where one means nothing, or two mean the same figure.

        "How much does that amount represent in relation to this total?": where "this total" is the answer before, "that amount" is
        the one before it.
        """
        found = [self.operand(phrase) for phrase in phrases]
        if len(found) == 2 and found[0] is not None and found[1] is not None and found[0].term == found[1].term:
            first = self._without(found[1].term).operand(phrases[0])
            if first is not None and first.term != found[1].term:
                found[0] = first
            else:
                found[1] = self._without(found[0].term).operand(phrases[1])
        known = [operand for operand in found if operand is not None]
        return known if len(known) == len(found) and len({operand.term for operand in known}) == len(known) else []

    def _without(self, term: Term) -> Earlier:
        return Earlier([turn for turn in self.all if turn.term != term], self.known, self.finder)

    def _of(self, turn: Turn) -> Operand:
        assert turn.term is not None
        return Operand(turn.term, turn.score, label_of(turn), earlier=True, is_change=turn.operation == "difference")

    def _pointed(self, rest: set[str], kinds: frozenset[str], *, pointed: bool) -> Operand | None:
        """The latest turn of the kind that is named, about what is named."""
        fitting = [turn for turn in reversed(self.all) if rest <= turn.words]
        if kinds:
            named = next((turn for turn in fitting if turn.operation in kinds), None)
            if named is None and "sum" in kinds:
                named = next((turn for turn in fitting if {"total", "sum"} & set(words(turn.question.core))), None)
            if named is not None:
                return self._of(named) if named.term is not None else None
        if not pointed and not rest:
            return None
        if fitting and (rest or pointed):
            now = [when.year for when in self.turns[-1].whens()] if self.turns else []  # what is not pointed at is of the same period
            exact = next(
                (
                    turn
                    for turn in fitting
                    if rest and rest == set(turn.words) - VALUE_WORDS and [when.year for when in turn.whens()] == now
                ),
                None,
            )
            meant = exact or fitting[0]
            return self._of(meant) if meant.term is not None and (pointed or exact) else None
        return None

    def _at(self, rest: set[str], when: When, kinds: frozenset[str], *, pointed: bool) -> Operand | None:
        """An earlier figure of a year, or that of an earlier line at it."""
        for turn in reversed(self.turns):
            if turn.operation in kinds and rest <= turn.words and [one.year for one in turn.whens()] == [when.year]:
                return self._of(turn)
        for turn in reversed(self.turns):
            if not rest <= turn.words or not (pointed or rest):
                continue
            if turn.operation not in kinds and [one.year for one in turn.whens()] == [when.year] and not one_line(turn):
                return self._of(turn)
            for figure in turn.figures:
                if figure.fact.period is not None and figure.fact.period.year == when.year and (turn.is_figure or one_line(turn)):
                    return Operand(figure, turn.score, figure.fact.label, earlier=True)
        for turn in reversed(self.turns):
            if rest <= turn.words and one_line(turn):
                other = self.known.at(turn.figures[0], when)
                if other is not None:
                    return Operand(other[0], turn.score * other[1] ** 0.5 * _PART_OF_LINE, other[0].fact.label, earlier=True)
        return None

    def _whole(self) -> Operand | None:
        """What the share before was a share of."""
        term = self.turns[-1].term if self.turns else None
        while isinstance(term, Operation) and isinstance(term.right, Constant):
            term = term.left
        if not isinstance(term, Operation) or term.sign != "/":
            return None
        label = next((figure.fact.label for figure in figures(term.right)), "")
        return Operand(term.right, self.turns[-1].score, label, earlier=True)

    def _anew(self, phrase: str, whens: Sequence[When]) -> Operand | None:
        """A line that was not spoken of, at the period of the conversation where the phrase names none."""
        if not words(phrase):
            return None
        period = next((when.raw for when in self.turns[-1].whens()[-1:]), "") if self.turns and not whens else ""
        _, draft = best_draft(f"what was the {phrase}{f' in {period}' if period else ''}?", self.finder)
        if (draft is None or draft.confidence < ANEW) and period:
            _, draft = best_draft(f"what was the {phrase}?", self.finder)
        if draft is None or draft.term is None or draft.confidence < ANEW:
            return None
        return Operand(draft.term, draft.confidence, draft.series[0].label if draft.series else "", earlier=False)

    def shares(self) -> Operand | None:
        """The number of shares at the period of the answer before."""
        return next((operand for phrase in _SHARES if (operand := self._anew(phrase, ()))), None)

    def of_many(self, reference: Reference, question: str) -> list[Operand]:
        """The answers that an operation without operands is done with."""
        if not self.turns or self.turns[-1] is not self.last:
            return []
        last = self.turns[-1]
        whens = sorted(mentions(normal(question)), key=lambda when: when.order)
        if whens and one_line(last):
            pairs = [self.known.at(last.figures[0], when) for when in whens]
            at = [Operand(one[0], last.score * one[1] ** 0.5, one[0].fact.label, earlier=True) for one in pairs if one]
            if len(at) == len(whens) and len(at) > 1:
                return at[::-1] if reference.operation in ("difference", "percentage change") else at
            if len(whens) != 1 or reference.operation not in ("difference", "percentage change"):
                return []
        if reference.operation in ("difference", "percentage change"):
            return self._changed(reference)
        return self._gathered(reference)

    def _changed(self, reference: Reference) -> list[Operand]:
        """(later, earlier) of a change, or (difference, base) of a change in percent."""
        last = self.turns[-1]
        for at, turn in enumerate(reversed(self.turns[-3:])):
            if turn.operation == "difference" and isinstance(turn.term, Operation) and turn.term.sign == "-":
                if reference.operation == "difference":
                    break
                base = self.turns[-1].term if at and self.turns[-1].term in (turn.term.left, turn.term.right) else turn.term.right
                assert base is not None
                label = next((figure.fact.label for figure in figures(base)), "")
                return [replace(self._of(turn), label=label), Operand(base, turn.score, label, earlier=True)]
        singles = [turn for turn in self.turns[-3:] if turn.is_figure or turn.operation != "difference"]
        distinct = list({turn.term: turn for turn in singles}.values())
        if len(distinct) >= 2 and _comparable(distinct[-2], distinct[-1]):
            first, second = (replace(self._of(turn), is_change=False) for turn in distinct[-2:])
            return [second, first] if _later(second.term, first.term) and _same_line(first, second) else [first, second]
        if last.is_figure:
            return self._from_before(last)
        return []

    def _from_before(self, turn: Turn) -> list[Operand]:
        """A figure and that of the year before: of the base of 100 where the line is an index."""
        line = self.known.line(turn.figures[0])
        if line is None:
            return []
        across = [fact for fact in line.by_period() if fact is not turn.figures[0].fact]
        base = next((fact for fact in across[::-1] if fact.amount.value == 100), None)
        mine = turn.figures[0].fact.period
        before = next((fact for fact in across if fact.period and mine and fact.period.year == (mine.year or 0) - 1), None)
        other = base or before
        if other is None:
            return []
        score = turn.score * (0.9 if base is not None or len(across) == 1 else 0.75)
        return [self._of(turn), Operand(Figure(other), score, other.label, earlier=True)]

    def _gathered(self, reference: Reference) -> list[Operand]:
        """The last answers that a sum, an average or a ratio is of."""
        last = self.turns[-1]
        if reference.operation == "average":
            summed = next((turn for turn in reversed(self.turns[-2:]) if turn.operation == "sum"), None)
            if summed is not None:
                parts = _parts(summed.term)
                if not reference.count or len(parts) == reference.count:
                    return [Operand(part, summed.score, first_label(part), earlier=True) for part in parts]
        if (
            reference.operation in ("sum", "average")
            and len(self.turns) > 1
            and not (reference.count == 2 and last.is_figure and self.turns[-2].is_figure)
        ):
            summed = next((turn for turn in reversed(self.turns[-3:-1]) if turn.operation == "sum"), None)
            if summed is not None and last.is_figure and reference.count != 2:
                parts = [*_parts(summed.term), *_parts(last.term)]
                score = min(summed.score, last.score)
                return [Operand(part, score, first_label(part), earlier=True) for part in parts]
        if last.operation in ("difference", "percentage change") and last.term is not None and len(last.figures) >= 2:
            unique = list(dict.fromkeys(last.figures))
            if reference.count in (0, len(unique)):
                return [Operand(figure, last.score, figure.fact.label, earlier=True) for figure in unique]
        wanted = reference.count or 2
        alike = [turn for turn in self.turns if turn.is_figure or (not last.is_figure and turn.operation == last.operation)]
        singles = list({turn.term: turn for turn in alike}.values())[-wanted:]
        return [self._of(turn) for turn in singles] if len(singles) == wanted else []


def one_line(turn: Turn) -> bool:
    """Whether all figures of a turn stand in one line."""
    return len({figure.fact.label for figure in turn.figures}) == 1


def label_of(turn: Turn) -> str:
    if find_ratio(turn.question.measures[0].phrase) and not turn.is_figure:
        return turn.question.measures[0].phrase
    base = first_label(turn.term)
    labels = list(dict.fromkeys(figure.fact.label for figure in turn.figures))
    if turn.operation == "share" and len(labels) == 2:
        return f"{labels[0]} as a percentage of {labels[1]}"
    named = {"difference": "change in ", "percentage change": "percentage change in ", "sum": "total ", "average": "average "}
    return f"{base} per share" if turn.operation == "per share" else f"{named.get(turn.operation, '')}{base}"


def first_label(term: Term | None) -> str:
    return next((figure.fact.label for figure in figures(term)), "") if term is not None else ""


def _parts(term: Term | None) -> list[Term]:
    """The summands of a sum."""
    if isinstance(term, Operation) and term.sign == "+":
        return [*_parts(term.left), *_parts(term.right)]
    return [term] if term is not None else []


def _comparable(first: Turn, second: Turn) -> bool:
    units = {figure.fact.amount.unit for turn in (first, second) for figure in turn.figures} - {None}
    return len(units) <= 1 and (first.operation == second.operation or (first.is_figure and second.is_figure))


def _later(one: Term, other: Term) -> bool:
    years = [max((figure.fact.period.year or 0 for figure in figures(term) if figure.fact.period), default=0) for term in (one, other)]
    return years[0] > years[1] > 0


def _same_line(first: Operand, second: Operand) -> bool:
    return first.label == second.label
