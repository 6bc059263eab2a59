"""Programs before they are checked, and the parts that the planners share: pairs of periods, pairs of measures, lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from finlens.ask.compute import Figure, Term, evaluate, figures
from finlens.ask.question import Question
from finlens.ask.resolver import Resolver
from finlens.ask.series import Series, doubt
from finlens.ask.when import When, years_between
from finlens.documents import Fact
from finlens.finance.words import words

_NEAR = 0.88
_MOST_CUTS = 8  # a longer list is no question about figures
_AND = re.compile(r",? (?:and|et|&) (?:the |of |le |la |les )?|, (?:the )?")


@dataclass(frozen=True, slots=True)
class Draft:
    """A program before it is checked and worded."""

    operation: str
    term: Term | None
    series: tuple[Series, ...]
    confidence: float
    unit: str | None = None
    """Overrides the unit that the figures give: "percent" for shares and relative changes."""
    verdict: bool | None = None
    """For a yes/no question."""
    chosen: tuple[Fact, ...] = ()
    """For questions about periods or rows: the facts that satisfy the condition, in the document's order."""
    values: tuple[Term, ...] = ()
    """For several look-ups at once."""
    warnings: tuple[str, ...] = ()


def surest(found: Sequence[Series]) -> float:
    return found[0].score * doubt(found) if found else 0.0


def stretch(question: Question) -> list[When]:
    """The periods of a sum or an average: all years of a stretch, or those that are listed."""
    whens = list(question.whens)
    return years_between(whens[0], whens[1]) if question.ranged and len(whens) == 2 else whens


def splits(phrase: str) -> Iterable[list[str]]:
    """The ways to cut "x and y" (or "x, y and z"), the last words of the last part lent to the others as a variant."""
    cuts = list(_AND.finditer(phrase))
    if len(cuts) > _MOST_CUTS:
        return
    for cut in cuts:
        if cut.group().strip().startswith(",") and cut.group().strip() == ",":
            continue
        left, right = phrase[: cut.start()].strip(), phrase[cut.end() :].strip()
        if not words(left) or not words(right):
            continue
        yield [left, right]
        tail = right.split()
        if len(tail) > 1:
            yield [f"{left} {' '.join(tail[1:])}", right]
        head = left.split()
        if len(head) > 1:
            for size in range(1, min(len(head), _MOST_CUTS)):
                yield [left, f"{' '.join(head[:size])} {right}"]
    if len(cuts) > 1 and any(cut.group().strip() == "," for cut in cuts):
        parts = [part.strip() for part in _AND.split(phrase) if words(part)]
        if len(parts) > 2:
            yield parts


def pairs(question: Question, resolver: Resolver) -> Iterable[tuple[Term, Term, tuple[Series, ...], float]]:
    """(earlier, later) of one measure over two periods."""
    phrase = question.measures[0].phrase
    whens = sorted(question.whens, key=lambda when: when.order)
    if len(whens) >= 2:
        found = resolver.series(phrase, [whens[0], whens[-1]])
        factor = 1.0 if len(whens) == 2 else 0.6
    elif len(whens) == 1:
        when = whens[0]
        before = (
            When(str(when.year - 1), when.year - 1, when.quarter, when.month, when.day)
            if when.year
            else When("", relative=(when.relative or 0) - 1)
        )
        found = resolver.series(phrase, [before, when])
        factor = 0.85
    else:
        found = [
            Series(
                one.label,
                tuple(reversed(one.terms)),
                tuple(reversed(one.periods)),
                one.score,
                one.line,
                one.ratio,
                one.unit,
                one.definition,
            )
            for one in resolver.series(phrase, None, count=2)
        ]
        factor = 0.9 if found and found[0].line and len(found[0].line.by_period()) == 2 else 0.62
    if found:
        one = found[0]
        yield one.terms[0], one.terms[-1], (one,), surest(found) * factor


def of_two(
    operation: str,
    combine: Callable[[Term, Term], Term],
    question: Question,
    resolver: Resolver,
    candidates: Iterable[Sequence[str]],
    *,
    unit: str | None = None,
    factor: float = 1.0,
) -> Iterable[Draft]:
    """Two measures at one period (or each at its own)."""
    best: Draft | None = None
    for phrases in candidates:
        if len(phrases) != 2:
            continue
        own = [list(measure.whens) for measure in question.measures] if len(question.measures) == 2 else [[], []]
        shared = list(question.whens)[:1]
        found = [resolver.series(phrase, (whens[:1] or shared) or None, count=1) for phrase, whens in zip(phrases, own, strict=True)]
        if not all(found):
            continue
        pair = of_one_table(found)
        if set(map(id, figures(pair[0].terms[0]))) & set(map(id, figures(pair[1].terms[0]))):
            continue
        if _same_figures(pair) or not _same_units(pair, operation):
            continue
        confidence = (
            min(pair[0].score * doubt(found[0]), pair[1].score * doubt(found[1])) * factor * (1.0 if len(question.whens) <= 2 else 0.6)
        )
        if best is None or confidence > best.confidence:
            terms = [one.terms[0] for one in pair]
            if operation == "difference" and "difference" in question.core and evaluate(terms[0]) < evaluate(terms[1]):
                terms, pair = terms[::-1], pair[::-1]  # "the difference between x and y" has no sign
            best = Draft(operation, combine(terms[0], terms[1]), tuple(pair), confidence, unit)
    if best:
        yield best


def of_one_table(found: Sequence[Sequence[Series]]) -> list[Series]:
    """The best series of each measure; of nearly equal ones those of one table, and of one column where there are several."""
    best = [options[0] for options in found]
    near = [[one for one in options if one.score >= _NEAR * options[0].score] for options in found]
    for by_column in (True, False):
        places = [{_place(one, by_column=by_column) for one in options} - {None} for options in near]
        common = set.intersection(*places)
        mine = _place(best[0], by_column=by_column)
        if mine in common or len(common) == 1:
            wanted = mine if mine in common else next(iter(common))
            return [next(one for one in options if _place(one, by_column=by_column) == wanted) for options in near]
    return best


def _place(series: Series, *, by_column: bool) -> tuple[int, frozenset[str]] | None:
    """The table of a series, and the heads that tell its column."""
    if series.line is None:
        return None
    return series.line.table, series.line.beside if by_column else frozenset()


def _same_units(pair: Sequence[Series], operation: str) -> bool:
    """A share or a difference is of one unit; only a ratio may be of two ("revenue per employee")."""
    units = {figure.fact.amount.unit for one in pair for figure in figures(one.terms[0])} - {None}
    return len(units) <= 1 or (operation == "ratio" and not any("/" in (unit or "") for unit in units))


def _same_figures(pair: Sequence[Series]) -> bool:
    """Whether two measures fell on one line, or on two that the document does not tell apart."""
    facts = [{id(figure.fact) for term in one.terms for figure in figures(term)} for one in pair]
    first, second = pair[0].line, pair[1].line
    if facts[0] == facts[1] or first is None or second is None:
        return facts[0] == facts[1]
    return (first.own, first.beside) == (second.own, second.beside)


def of_parts(operation: str, combine: Callable[[list[Term]], Term], question: Question, resolver: Resolver, phrase: str) -> Iterable[Draft]:
    """The measure is a list, as in "x, y and z", at one period."""
    best: Draft | None = None
    for parts in splits(phrase):
        found = [resolver.series(part, list(question.whens)[:1] or None, count=1) for part in parts]
        if not all(found):
            continue
        chosen = of_one_table(found)
        facts = [id(figure.fact) for one in chosen for figure in figures(one.terms[0])]
        if len(set(facts)) < len(facts):
            continue
        confidence = min(one.score * doubt(options) for one, options in zip(chosen, found, strict=True)) * 0.95
        if len({one.line.table for one in chosen if one.line}) > 1:
            confidence *= 0.8  # parts of a sum stand in one table
        if best is None or confidence > best.confidence:
            best = Draft(operation, combine([one.terms[0] for one in chosen]), tuple(chosen), confidence)
    if best:
        yield best


def in_percent(terms: Sequence[Term]) -> bool:
    return any(isinstance(term, Figure) and term.fact.amount.unit == "percent" for term in terms)


def printed_unit(series: Series) -> str | None:
    return series.unit if series.unit in ("percent", "days") else None
