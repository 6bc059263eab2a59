"""The earlier questions of a conversation, each with the computation over the document that its answer stands for.

An earlier `Answer` brings its program. For a question and an answer's text the question is asked again, silently: where the
result is what the answer said, its operands are known; where it is not, the figure that was said is looked for in the lines
that the question is about. An answer whose figures the document does not have is remembered for its words alone.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations
from weakref import WeakKeyDictionary

from finlens.ask.compute import (
    Constant,
    Figure,
    Operation,
    Sign,
    Term,
    average,
    difference,
    figures,
    relative_change,
    share,
    total,
)
from finlens.ask.drafts import Draft
from finlens.ask.finder import Finder
from finlens.ask.lines import Line
from finlens.ask.model import Answer, Operand
from finlens.ask.plan import drafts
from finlens.ask.question import Question, understand
from finlens.ask.readings import Readings
from finlens.ask.references import refer
from finlens.ask.resolver import Resolver
from finlens.ask.said import Said, agrees, scaled
from finlens.ask.when import When, fit
from finlens.documents import Fact
from finlens.finance.words import plain, words

_CONFIRMED = 0.95
"""Of a computation that comes to what the earlier answer said."""
_BY_FIGURE = 0.86
"""Of a figure that was found by its value alone."""
_LINES = 10
_PERIODS = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question, understood, with its answer as a term over the document's figures."""

    text: str
    """The question, standing on its own."""
    question: Question
    term: Term | None
    score: float
    operation: str
    heard: Said | None = None
    """What its answer said."""

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for measure in self.question.measures for word in words(measure.phrase))

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figures(self.term)) if self.term is not None else ()

    @property
    def is_figure(self) -> bool:
        return isinstance(self.term, Figure) and self.operation not in ("difference", "percentage change")

    def whens(self) -> list[When]:
        """The periods of its figures, or else those that the question named."""
        years = [figure.fact.period.year for figure in self.figures if figure.fact.period and figure.fact.period.year]
        return [When(str(year), year) for year in dict.fromkeys(years)] or list(self.question.whens)


def best_draft(text: str, finder: Finder) -> tuple[Question, Draft | None]:
    """A question on its own, and the surest program for it that has one value."""
    question = understand(text)
    made = drafts(question, Resolver(finder, question)) if question.operation != "words" else []
    return question, next((draft for draft in made if draft.term is not None), None)


def of_program(answer: Answer) -> Term | None:
    """The program of an earlier answer as a term over the figures that it cited; None where it had none."""
    program = answer.program
    if program is None:
        return None
    named = {operand.name: Figure(_fact(operand)) for operand in program.operands}
    try:
        return _term(ast.parse(program.expression.replace(",", "").replace("^", "**"), mode="eval").body, named)
    except (SyntaxError, KeyError, TypeError):
        return None  # no program of this version: its question is asked again


def _fact(operand: Operand) -> Fact:
    cited = operand.citation
    return Fact(operand.label, (operand.label,), (cited.column_label,), operand.amount, operand.period, cited.source)


_SIGNS: dict[type, Sign] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}


def _term(node: ast.expr, named: dict[str, Figure]) -> Term:
    match node:
        case ast.Constant(value=value):
            return Constant(Decimal(str(value)))
        case ast.Name(id=name):
            return named[name]
        case ast.Call(func=ast.Name(id="abs"), args=[ast.Name(id=name)]):
            return replace(named[name], magnitude=True)
        case ast.BinOp(left=left, op=operator, right=right):
            return Operation(_SIGNS[type(operator)], _term(left, named), _term(right, named))
    raise TypeError(ast.dump(node))


_known: WeakKeyDictionary[Finder, Figures] = WeakKeyDictionary()


def figures_of(finder: Finder) -> Figures:
    """The figures of a document by value; made once a document."""
    if finder not in _known:
        _known[finder] = Figures(finder)
    return _known[finder]


class Figures:
    """The figures of a document by their value, with the line that each stands in."""

    def __init__(self, finder: Finder) -> None:
        self._sentences = finder.sentences.all
        self._line: dict[int, Line] = {}
        self._place: dict[tuple[object, ...], Line] = {}
        self._by_value: defaultdict[Decimal, list[Fact]] = defaultdict(list)
        self._alike: defaultdict[tuple[object, ...], list[Line]] = defaultdict(list)
        for line in finder.lines:
            self._alike[_likeness(line)].append(line)
            for fact in line.facts:
                self._add(fact, line)
        for sentence in self._sentences:
            for fact in sentence.facts:
                self._add(fact, None)

    def _add(self, fact: Fact, line: Line | None) -> None:
        if fact.amount.value is None:
            return
        if line is not None:
            self._line[id(fact)] = line
            self._place[_place(fact)] = line
        for value in {abs(fact.amount.value), abs(fact.amount.value * fact.amount.scale)}:
            self._by_value[value].append(fact)

    def line(self, figure: Figure) -> Line | None:
        return self._line.get(id(figure.fact)) or self._place.get(_place(figure.fact))

    def at(self, figure: Figure, when: When) -> tuple[Figure, float] | None:
        """The figure of the same line (or sentence) for another period, and how well the period fits."""
        line = self.line(figure)
        if line is not None:
            siblings = (other for other in self._alike[_likeness(line)] if other is not line)  # "2015 net revenue", "2016 net revenue"
            found = line.at(when) or next((at for other in siblings if (at := other.at(when))), None)
            return (Figure(found[0], figure.magnitude), found[1]) if found else None
        beside = [
            (fit(when, fact.period), fact)
            for sentence in self._sentences
            if any(fact is figure.fact for fact in sentence.facts)
            for fact in sentence.facts
            if fact.amount.unit == figure.fact.amount.unit and fact is not figure.fact
        ]
        best = max((fitness for fitness, _ in beside), default=0.0)
        chosen = {fact.amount.absolute: fact for fitness, fact in beside if fitness == best > 0}
        return (Figure(next(iter(chosen.values())), figure.magnitude), best) if len(chosen) == 1 else None

    def valued(self, heard: Said, question: Question, before: Sequence[Turn]) -> tuple[Figure, float] | None:
        """The figure that an answer said, in the place that its question is about; None where none stands out."""
        asked = {word for measure in question.measures for word in words(measure.phrase)}
        asked |= before[-1].words if before and len(asked) < 2 else set()
        lines = {self.line(figure) for turn in before for figure in turn.figures} - {None}
        found: list[tuple[float, int, Fact]] = []
        for rank, value in scaled(abs(heard.numbers[0])):
            for fact in self._by_value.get(value, ()):
                line = self._line.get(id(fact))
                said = {*line.own, *line.above, *line.beside, *line.stub} if line else set(words(fact.context))
                near = len(asked & said) / max(len(asked), 1) + 0.3 * (line in lines) + 0.1 * (line is not None)
                near += 0.4 * max((fit(when, fact.period) for when in question.whens), default=0.0)
                found.append((near - 0.3 * rank, -len(found), fact))
        if not found:
            return None
        best = max(found, key=lambda item: item[:2])
        if best[0] < (0.3 if heard.telling else 0.75):
            return None
        magnitude = (best[2].amount.value or 0) < 0 < heard.numbers[0]
        return Figure(best[2], magnitude=magnitude), _BY_FIGURE

    def computed(self, finder: Finder, heard: Said, question: Question, before: Sequence[Turn]) -> tuple[Term, str, float] | None:
        """A computation that comes to what an answer said, over the lines that its question is about and the answers before."""
        readings = Readings(finder, question)
        lines = [match.line for measure in question.measures for match in readings.matches(measure.phrase)[:_LINES]]
        lines += [line for turn in before[-3:] for figure in turn.figures if (line := self.line(figure))]
        asked = _asked(question)
        if not heard.telling:  # a chance agreement is likely: only the line and the periods that were asked for
            whens = question.whens
            for line in lines[:3] if len(whens) == 2 else ():
                at = [found[0] for when in whens if (found := line.at(when))]
                if len(at) == 2:
                    term = difference(Figure(at[1]), Figure(at[0]))
                    if "difference" in asked and agrees(term, heard):
                        return term, "difference", _BY_FIGURE
            return None
        fitting = [
            (operation, term)
            for operation, term in self._programs(question, list(dict.fromkeys(lines)), before)
            if (operation in asked if asked else heard.precise) and agrees(term, heard)
        ]
        best = next((each for each in fitting if agrees(each[1], heard, signed=True)), next(iter(fitting), None))
        return (best[1], best[0], _BY_FIGURE) if best is not None else None

    def _programs(self, question: Question, lines: Sequence[Line], before: Sequence[Turn]) -> Iterator[tuple[str, Term]]:
        earlier = [turn.term for turn in before[-4:] if turn.term is not None]
        for one, other in permutations(reversed(earlier), 2):
            yield from _of_periods(one, other)
        if len(earlier) > 2:
            yield "sum", total(earlier[-3:])
            yield "average", average(earlier[-3:])
        for line in lines:
            alike = [fact for other in self._alike[_likeness(line)][:_PERIODS] for fact in other.by_period()[:_PERIODS]]
            across = [Figure(fact) for fact in alike[:_PERIODS]]
            for one, other in permutations(across, 2):
                yield from _of_periods(one, other)
        for when in question.whens[:2] or [None]:
            at = [(line.table, fact) for line in lines if (fact := _at(line, when))]
            for (table, part), (beside, whole) in permutations(at, 2):
                if table == beside and part.amount.unit == whole.amount.unit:
                    yield from _of_lines(Figure(part), Figure(whole))
        for line in lines:
            for fact in line.by_period()[:_PERIODS]:
                for term in earlier:
                    yield "share", share(Figure(fact), term)
                    yield "share", share(term, Figure(fact))
                    yield "sum", total([term, Figure(fact)])


def _likeness(line: Line) -> tuple[object, ...]:
    return (line.table, line.own, line.beside, line.above)


def _place(fact: Fact) -> tuple[object, ...]:
    return (fact.source.page, fact.source.box, fact.amount.raw, fact.label, fact.period)


def _at(line: Line, when: When | None) -> Fact | None:
    found = line.at(when) if when is not None else None
    return found[0] if found else next(iter(line.by_period()), None) if when is None else None


_CUES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"\b(?:average|mean|moyenne)\b"), frozenset({"average"})),
    (
        re.compile(r"\b(?:percent\w*|pourcentage|rate of return|portion|proportion|represent|relation)\b|%"),
        frozenset({"percentage change", "share", "ratio"}),
    ),
    (
        re.compile(r"\b(?:change|difference|increase|decrease|decline|growth|variation|less|minus|fluctuation|ecart)\b"),
        frozenset({"difference", "percentage change"}),
    ),
    (re.compile(r"\b(?:sum|total|combined|including|altogether|somme|plus)\b"), frozenset({"sum"})),
    (re.compile(r"\b(?:ratio|divided|quotient|over)\b"), frozenset({"ratio", "share"})),
)


def _asked(question: Question) -> frozenset[str]:
    """The operations that a question's words may mean; empty where they say nothing."""
    text = plain(question.text)
    return next((operations for cue, operations in _CUES if cue.search(text)), frozenset())


def _of_periods(one: Term, other: Term) -> Iterator[tuple[str, Term]]:
    yield "difference", difference(one, other)
    yield "percentage change", relative_change(one, other)
    yield "sum", total([one, other])
    yield "average", average([one, other])
    yield "ratio", Operation("/", one, other)


def _of_lines(one: Figure, other: Figure) -> Iterator[tuple[str, Term]]:
    yield "share", share(one, other)
    yield "difference", difference(one, other)
    yield "sum", total([one, other])


def resolved(
    text: str, draft: Draft | None, question: Question, heard: Said | None, finder: Finder, before: Sequence[Turn], sure: float
) -> Turn:
    """An earlier turn with the computation that agrees with its answer; with none where nothing agrees.

    Args:
        text: The question, standing on its own.
        draft: What asking it again gave.
        question: The same, understood.
        heard: What the answer said; None where it was refused, or said no number.
        finder: Of the document.
        before: The turns before it.
        sure: From which confidence a draft counts where the answer's text says nothing.
    """
    if heard is None or not heard.numbers:
        usable = draft is not None and draft.confidence >= sure
        term = draft.term if draft and usable else None
        return Turn(text, question, term, draft.confidence if draft else 0.0, _operation(draft, question), heard)
    if draft is not None and draft.term is not None and agrees(draft.term, heard):
        return Turn(text, question, _as_said(draft.term, heard), _CONFIRMED, draft.operation, heard)
    if heard.bare:
        known = figures_of(finder)
        figure = known.valued(heard, question, before)
        if figure is not None:
            printed = _asked(question) & {"difference", "percentage change"}  # "net revenue increased by 124"
            return Turn(text, question, figure[0], figure[1], "difference" if printed else "lookup", heard)
        computed = known.computed(finder, heard, question, before)
        if computed is not None:
            return Turn(text, question, computed[0], computed[2], computed[1], heard)
    return Turn(text, question, None, 0.0, _operation(draft, question), heard)


def _operation(draft: Draft | None, question: Question) -> str:
    if draft is not None:
        return draft.operation
    reference = refer(question.text)
    return reference.operation if reference is not None else question.operation


def _as_said(term: Term, heard: Said) -> Term:
    """A loss that the statement prints in brackets and the answer gave without is spoken of as a positive amount."""
    if isinstance(term, Figure) and term.printed < 0 and heard.bare and heard.numbers[0] > 0:
        return replace(term, magnitude=True)
    return term
