"""From an understood question to programs: for each operation, the computations that it may mean, each with a confidence.

A program that does not come out (a line without the period, units that cannot be added) is simply not proposed; the
caller takes the surest one, or refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from finlens.ask.compute import (
    Figure,
    Operation,
    Term,
    Uncomputable,
    average,
    difference,
    evaluate,
    figures,
    relative_change,
    share,
    total,
    unit_of,
    yearly_growth,
)
from finlens.ask.conditions import best_period, comparison, conditions
from finlens.ask.drafts import Draft, in_percent, of_parts, of_two, pairs, printed_unit, splits, stretch, surest
from finlens.ask.question import Measure, Question
from finlens.ask.resolver import Resolver
from finlens.ask.series import doubt
from finlens.ask.when import When
from finlens.finance.concepts import concept, concepts_of
from finlens.finance.ratios import find_ratio

_CHANGE_WORDS = frozenset({"increase", "decrease", "change", "growth", "variation"})
_SPELLED_OUT = re.compile(r"\b(?:ratio|rapport) (?:of|between|de|du|des|entre)\b")
_CHANGE_OPENINGS = ("net change", "net increase decrease", "variation")
_ASKS_COUNT = re.compile(r"^(?:in ¤ )?(?:how many|combien (?:de|d'))\b")
_ASKS_SHARE = re.compile(r"\b(?:percent(?:age)?|portion|proportion|fraction|ratio)\b|%")


_ABSURD = Decimal(100_000)  # percent: two figures of different scales, not a share


def drafts(question: Question, resolver: Resolver) -> list[Draft]:
    """Every program that the question may mean, surest first."""
    planner = _PLANNERS.get(question.operation, _lookup)
    made = [draft for draft in planner(question, resolver) if _comes_out(draft)]
    return sorted(made, key=lambda draft: -draft.confidence)


def _comes_out(draft: Draft) -> bool:
    try:
        for term in (draft.term, *draft.values):
            if term is not None:
                unit_of(term)
                value = evaluate(term)
                if (draft.operation == "share" or (draft.unit == "percent" and draft.operation != "percentage change")) and abs(
                    value
                ) > _ABSURD:
                    return False
    except Uncomputable:
        return False
    return True


# ── one operation each ─────────────────────────────────────────────────────


def _lookup(question: Question, resolver: Resolver) -> Iterable[Draft]:
    phrase = question.measures[0].phrase
    whens = list(question.whens)
    if question.operation == "sum" and not phrase.startswith("total"):
        phrase = f"total {phrase}"
    if len(whens) == 2 and question.ranged and whens[0].year and whens[1].year:
        # "the increase … from 2018 to 2019" was no known form: two figures would not answer it.
        yield from _several(question, resolver, phrase, whens, 0.8)
        return
    if len(whens) > 1:
        yield from _several(question, resolver, phrase, whens, 1.0)
        return
    found = resolver.series(phrase, whens or None, count=1)
    if not found:
        return
    alone = len(found[0].line.by_period()) <= 1 if found[0].line else True
    certainty = surest(found) * (1.0 if whens or alone else 0.9)
    warnings = () if whens or alone else ("The question names no period: this is the latest one.",)
    for one in found[:1]:
        if _ASKS_SHARE.search(question.core) and not (
            one.ratio or one.unit or in_percent(one.terms) or _ASKS_SHARE.search(one.label.lower())
        ):
            certainty *= 0.5  # an amount is no answer to "what percentage"
        if _ASKS_COUNT.search(question.core) and any(figure.fact.amount.currency for figure in figures(one.terms[0])):
            certainty *= 0.5  # nor to "how many"
        yield Draft(one.ratio.name if one.ratio else "lookup", one.terms[0], (one,), certainty, printed_unit(one), warnings=warnings)


def _several(question: Question, resolver: Resolver, phrase: str, whens: list[When], factor: float) -> Iterable[Draft]:
    found = resolver.series(phrase, whens)
    if found:
        one = found[0]
        yield Draft("lookup", None, (one,), surest(found) * factor, values=one.terms)


def _difference(question: Question, resolver: Resolver) -> Iterable[Draft]:
    phrase = question.measures[0].phrase
    if len(question.measures) == 2 and question.measures[1].phrase:
        yield from of_two("difference", difference, question, resolver, [[measure.phrase for measure in question.measures]])
        return
    if len(question.whens) < 2:
        yield from of_two("difference", difference, question, resolver, splits(phrase), factor=0.95)
        for opening in _CHANGE_OPENINGS:
            printed = resolver.series(f"{opening} {phrase}", list(question.whens) or None, count=1)
            for one in printed[:1]:
                if one.line and _CHANGE_WORDS & set(one.line.own):
                    yield Draft("lookup", one.terms[0], (one,), min(surest(printed) * 1.1, 0.9))
    if "average" in question.core and "average" not in phrase:
        return  # the change of an average is not the change of the figure
    if question.wants_percent:
        for draft in _percentage_change(question, resolver):
            if draft.series[0].unit != "percent" and not in_percent(draft.series[0].terms):
                yield draft
                return
    for old, new, series, confidence in pairs(question, resolver):
        yield Draft("difference", difference(new, old), series, confidence, printed_unit(series[0]))


def _percentage_change(question: Question, resolver: Resolver) -> Iterable[Draft]:
    if len(question.measures) == 2 and question.measures[1].phrase:
        yield from of_two(
            "percentage change", relative_change, question, resolver, [[measure.phrase for measure in question.measures]], unit="percent"
        )
        return
    if len(question.whens) < 2:
        yield from of_two(
            "percentage change", relative_change, question, resolver, splits(question.measures[0].phrase), unit="percent", factor=0.9
        )
    if "absolute" in question.core:  # "the absolute percentage change" of a rate is in points
        yield from _difference(question, resolver)
        return
    for old, new, series, confidence in pairs(question, resolver):
        try:
            warnings = ("The earlier figure is negative: a percentage of it says little.",) if evaluate(old) < 0 else ()
        except Uncomputable:
            continue
        yield Draft("percentage change", relative_change(new, old), series, confidence, "percent", warnings=warnings)


def _ratio(question: Question, resolver: Resolver) -> Iterable[Draft]:
    named = find_ratio(question.core)
    if named and not _SPELLED_OUT.search(question.core):
        yield from _lookup(replace(question, measures=(Measure(named[0].title),)), resolver)
    yield from _over(question, resolver, "ratio", lambda part, whole: Operation("/", part, whole), "ratio")


def _share(question: Question, resolver: Resolver) -> Iterable[Draft]:
    if question.outer in ("proportion", "fraction") and not question.wants_percent:  # a proportion is told as 0.87, not as 87 %
        yield from _over(question, resolver, "share", lambda part, whole: Operation("/", part, whole), "ratio")
    else:
        yield from _over(question, resolver, "share", share, "percent")


def _positive(combine: Callable[[Term, Term], Term]) -> Callable[[Term, Term], Term]:
    """Costs and outflows count as positive amounts in a share or a ratio, however the statement prints them."""

    def combined(part: Term, whole: Term) -> Term:
        return combine(_magnitude(part), _magnitude(whole))

    return combined


def _magnitude(term: Term) -> Term:
    if isinstance(term, Figure) and any(concept(name).is_cost or concept(name).is_outflow for name, _ in concepts_of(term.fact.label)):
        return replace(term, magnitude=True)
    return term


def _over(question: Question, resolver: Resolver, operation: str, combine: Callable[[Term, Term], Term], unit: str) -> Iterable[Draft]:
    combine = _positive(combine)
    first, *rest = question.measures
    second = rest[0] if rest else None
    if second is None:
        return
    same = not second.phrase or second.phrase == first.phrase
    whens = list(question.whens)
    if same and len(whens) == 2:
        found = resolver.series(first.phrase, whens)
        if found:
            yield Draft(operation, combine(found[0].terms[0], found[0].terms[1]), (found[0],), surest(found), unit)
        return
    if same:
        return
    yield from of_two(operation, combine, question, resolver, [[first.phrase, second.phrase]], unit=unit)
    if re.search(r" (?:and|et) ", first.phrase):
        for parts in splits(first.phrase):
            all_found = [resolver.series(part, whens[:1] or None, count=1) for part in (*parts, second.phrase)]
            if all(all_found):
                chosen = [options[0] for options in all_found]
                confidence = min(one.score * doubt(options) for one, options in zip(chosen, all_found, strict=True)) * 0.97
                yield Draft(
                    operation, combine(total([one.terms[0] for one in chosen[:-1]]), chosen[-1].terms[0]), tuple(chosen), confidence, unit
                )


def _sum(question: Question, resolver: Resolver) -> Iterable[Draft]:
    phrase = question.measures[0].phrase
    whens = stretch(question)
    if len(whens) >= 2:
        for variant, factor in ((phrase, 1.0), (f"total {phrase}", 1.0)):
            found = resolver.series(variant, whens)
            if found:
                yield Draft("sum", total(list(found[0].terms)), (found[0],), surest(found) * factor)
        return
    yield from _lookup(question, resolver)
    if concepts_of(phrase) or concepts_of(f"total {phrase}"):
        return  # "total liabilities and equity" is one line
    yield from of_parts("sum", total, question, resolver, phrase)


def _average(question: Question, resolver: Resolver) -> Iterable[Draft]:
    if question.outer and len(question.measures) == 2:
        yield from _of_averages(question, resolver)
        return
    phrase = question.measures[0].phrase
    whens = stretch(question)
    if len(whens) >= 2:
        found = resolver.series(phrase, whens)
        if found:
            yield Draft("average", average(list(found[0].terms)), (found[0],), surest(found), printed_unit(found[0]))
        return
    printed = resolver.series(f"average {phrase}", whens or None, count=1)
    for one in printed[:1]:
        if one.line and "average" in {*one.line.own, *one.line.above, *one.line.beside}:
            yield Draft("lookup", one.terms[0], (one,), surest(printed))
    if whens:
        yield from of_parts("average", average, question, resolver, phrase)
        when = whens[0]
        if when.year and re.search(rf"{re.escape(when.raw)}\s+average", question.core):
            # "the 2019 average balance": of the opening and the closing one.
            found = resolver.series(phrase, [When(str(when.year - 1), when.year - 1), when])
            if found:
                yield Draft("average", average(list(found[0].terms)), (found[0],), surest(found) * 0.9)
        return
    yield from of_parts("average", average, question, resolver, phrase)
    found = resolver.series(phrase, None)
    if found:
        yield Draft("average", average(list(found[0].terms)), (found[0],), surest(found) * 0.92, printed_unit(found[0]))


def _of_averages(question: Question, resolver: Resolver) -> Iterable[Draft]:
    whens = stretch(question) or None
    found = [resolver.series(measure.phrase, whens) for measure in question.measures]
    if not all(found):
        return
    left, right = (average(list(options[0].terms)) for options in found)
    confidence = min(surest(options) for options in found) * 0.9
    series = tuple(options[0] for options in found)
    if question.outer in ("ratio", "percentage", "percent", "proportion"):
        ratio = question.outer == "ratio"
        yield Draft(
            "ratio" if ratio else "share",
            Operation("/", left, right) if ratio else share(left, right),
            series,
            confidence,
            "ratio" if ratio else "percent",
        )
    else:
        if evaluate(left) < evaluate(right) and question.outer == "difference":
            left, right, series = right, left, series[::-1]
        yield Draft("difference", difference(left, right), series, confidence)


def _growth_rate(question: Question, resolver: Resolver) -> Iterable[Draft]:
    for old, new, series, confidence in pairs(question, resolver):
        first, last = series[0].periods[0], series[0].periods[-1]
        if first and last and first.year and last.year and last.year > first.year:
            yield Draft("growth rate a year", yearly_growth(new, old, last.year - first.year), series, confidence, "percent")


_PLANNERS: dict[str, Callable[[Question, Resolver], Iterable[Draft]]] = {
    "lookup": _lookup,
    "difference": _difference,
    "percentage change": _percentage_change,
    "ratio": _ratio,
    "share": _share,
    "sum": _sum,
    "average": _average,
    "growth rate a year": _growth_rate,
    "count periods": conditions,
    "periods where": conditions,
    "best period": best_period,
    "comparison": comparison,
}
