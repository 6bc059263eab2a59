"""From an understood question to programs: for each operation, the computations that it may mean, each with a confidence.

A program that does not come out (a line without the period, units that cannot be added) is simply not proposed; the
caller takes the surest one, or refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finlens.ask.compute import (
    Constant,
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
)
from finlens.ask.patterns import DOWN_MOVES, LOWER_WORDS, UNDER
from finlens.ask.question import Question
from finlens.ask.series import Resolver, Series, doubt
from finlens.ask.when import When, years_between
from finlens.documents import Fact
from finlens.finance.words import words

_CHANGE_WORDS = frozenset(["increase", "decrease", "change", "growth", "variation"])
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
                evaluate(term)
    except Uncomputable:
        return False
    return True


def _surest(found: Sequence[Series]) -> float:
    return found[0].score * doubt(found) if found else 0.0


def _stretch(question: Question) -> list[When]:
    """The periods of a sum or an average: all years of a stretch, or those that are listed."""
    whens = list(question.whens)
    return years_between(whens[0], whens[1]) if question.ranged and len(whens) == 2 else whens


def _splits(phrase: str) -> Iterable[list[str]]:
    """The ways to cut "x and y" (or "x, y and z"), the last words of the last part lent to the others as a variant."""
    cuts = list(_AND.finditer(phrase))
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
            for size in range(1, len(head)):
                yield [left, f"{' '.join(head[:size])} {right}"]
    if len(cuts) > 1 and any(cut.group().strip() == "," for cut in cuts):
        parts = [part.strip() for part in _AND.split(phrase) if words(part)]
        if len(parts) > 2:
            yield parts


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
    certainty = _surest(found) * (1.0 if whens or alone else 0.9)
    warnings = () if whens or alone else ("The question names no period: this is the latest one.",)
    for one in found[:1]:
        yield Draft(one.ratio.name if one.ratio else "lookup", one.terms[0], (one,), certainty, _ratio_unit(one), warnings=warnings)


def _several(question: Question, resolver: Resolver, phrase: str, whens: list[When], factor: float) -> Iterable[Draft]:
    found = resolver.series(phrase, whens)
    if found:
        one = found[0]
        yield Draft("lookup", None, (one,), _surest(found) * factor, values=one.terms)


def _pairs(question: Question, resolver: Resolver) -> Iterable[tuple[Term, Term, tuple[Series, ...], float]]:
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
        yield one.terms[0], one.terms[-1], (one,), _surest(found) * factor


def _difference(question: Question, resolver: Resolver) -> Iterable[Draft]:
    phrase = question.measures[0].phrase
    if len(question.measures) == 2 and question.measures[1].phrase:
        yield from _of_two("difference", difference, question, resolver, [[measure.phrase for measure in question.measures]])
        return
    if len(question.whens) < 2:
        yield from _of_two("difference", difference, question, resolver, _splits(phrase), factor=0.95)
        printed = resolver.series(f"net change {phrase}", list(question.whens) or None, count=1)
        for one in printed[:1]:
            if one.line and _CHANGE_WORDS & set(one.line.own):
                yield Draft("lookup", one.terms[0], (one,), min(_surest(printed) * 1.1, 0.9))
    if question.wants_percent:
        for draft in _percentage_change(question, resolver):
            if draft.series[0].unit != "percent" and not _in_percent(draft.series[0].terms):
                yield draft
                return
    for old, new, series, confidence in _pairs(question, resolver):
        yield Draft("difference", difference(new, old), series, confidence, _ratio_unit(series[0]))


def _percentage_change(question: Question, resolver: Resolver) -> Iterable[Draft]:
    if len(question.measures) == 2 and question.measures[1].phrase:
        yield from _of_two(
            "percentage change", relative_change, question, resolver, [[measure.phrase for measure in question.measures]], unit="percent"
        )
        return
    if len(question.whens) < 2:
        yield from _of_two(
            "percentage change", relative_change, question, resolver, _splits(question.measures[0].phrase), unit="percent", factor=0.9
        )
    for old, new, series, confidence in _pairs(question, resolver):
        try:
            warnings = ("The earlier figure is negative: a percentage of it says little.",) if evaluate(old) < 0 else ()
        except Uncomputable:
            continue
        yield Draft("percentage change", relative_change(new, old), series, confidence, "percent", warnings=warnings)


def _of_two(
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
        pair = _of_one_table(found)
        if pair is None or set(map(id, figures(pair[0].terms[0]))) & set(map(id, figures(pair[1].terms[0]))):
            continue
        if _same_figures(pair):
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


def _of_one_table(found: Sequence[Sequence[Series]]) -> list[Series] | None:
    """The best series of each measure, those of one table preferred where they are nearly as good."""
    best = [options[0] for options in found]
    tables = {one.line.table for one in best if one.line}
    if len(tables) <= 1:
        return best
    for table in sorted(tables):
        near = [
            next((one for one in options if one.line and one.line.table == table and one.score >= 0.9 * options[0].score), None)
            for options in found
        ]
        if all(near):
            return [one for one in near if one]
    return best


def _same_figures(pair: Sequence[Series]) -> bool:
    """Whether two measures fell on one line, or on two that the document does not tell apart."""
    facts = [{id(figure.fact) for term in one.terms for figure in figures(term)} for one in pair]
    first, second = pair[0].line, pair[1].line
    if facts[0] == facts[1] or first is None or second is None:
        return facts[0] == facts[1]
    return (first.own, first.beside, first.above, first.table) == (second.own, second.beside, second.above, second.table)


def _ratio(question: Question, resolver: Resolver) -> Iterable[Draft]:
    yield from _over(question, resolver, "ratio", lambda part, whole: Operation("/", part, whole), "ratio")


def _share(question: Question, resolver: Resolver) -> Iterable[Draft]:
    if question.outer in ("proportion", "fraction") and not question.wants_percent:  # a proportion is told as 0.87, not as 87 %
        yield from _over(question, resolver, "share", lambda part, whole: Operation("/", part, whole), "ratio")
    else:
        yield from _over(question, resolver, "share", share, "percent")


def _over(question: Question, resolver: Resolver, operation: str, combine: Callable[[Term, Term], Term], unit: str) -> Iterable[Draft]:
    first, *rest = question.measures
    second = rest[0] if rest else None
    if second is None:
        return
    same = not second.phrase or second.phrase == first.phrase
    whens = list(question.whens)
    if same and len(whens) == 2:
        found = resolver.series(first.phrase, whens)
        if found:
            yield Draft(operation, combine(found[0].terms[0], found[0].terms[1]), (found[0],), _surest(found), unit)
        return
    if same:
        return
    yield from _of_two(operation, combine, question, resolver, [[first.phrase, second.phrase]], unit=unit)
    if re.search(r" (?:and|et) ", first.phrase):
        for parts in _splits(first.phrase):
            all_found = [resolver.series(part, whens[:1] or None, count=1) for part in (*parts, second.phrase)]
            if all(all_found):
                chosen = [options[0] for options in all_found]
                confidence = min(one.score * doubt(options) for one, options in zip(chosen, all_found, strict=True)) * 0.97
                yield Draft(
                    operation, combine(total([one.terms[0] for one in chosen[:-1]]), chosen[-1].terms[0]), tuple(chosen), confidence, unit
                )


def _sum(question: Question, resolver: Resolver) -> Iterable[Draft]:
    phrase = question.measures[0].phrase
    whens = _stretch(question)
    if len(whens) >= 2:
        for variant, factor in ((phrase, 1.0), (f"total {phrase}", 1.0)):
            found = resolver.series(variant, whens)
            if found:
                yield Draft("sum", total(list(found[0].terms)), (found[0],), _surest(found) * factor)
        return
    yield from _lookup(question, resolver)
    yield from _of_parts("sum", total, question, resolver, phrase)


def _of_parts(
    operation: str, combine: Callable[[list[Term]], Term], question: Question, resolver: Resolver, phrase: str
) -> Iterable[Draft]:
    """The measure is a list, as in "x, y and z", at one period."""
    best: Draft | None = None
    for parts in _splits(phrase):
        found = [resolver.series(part, list(question.whens)[:1] or None, count=1) for part in parts]
        if not all(found):
            continue
        chosen = _of_one_table(found) or [options[0] for options in found]
        facts = [id(figure.fact) for one in chosen for figure in figures(one.terms[0])]
        if len(set(facts)) < len(facts):
            continue
        confidence = min(one.score * doubt(options) for one, options in zip(chosen, found, strict=True)) * 0.95
        if best is None or confidence > best.confidence:
            best = Draft(operation, combine([one.terms[0] for one in chosen]), tuple(chosen), confidence)
    if best:
        yield best


def _average(question: Question, resolver: Resolver) -> Iterable[Draft]:
    if question.outer and len(question.measures) == 2:
        yield from _of_averages(question, resolver)
        return
    phrase = question.measures[0].phrase
    whens = _stretch(question)
    if len(whens) >= 2:
        found = resolver.series(phrase, whens)
        if found:
            yield Draft("average", average(list(found[0].terms)), (found[0],), _surest(found), _ratio_unit(found[0]))
        return
    printed = resolver.series(f"average {phrase}", whens or None, count=1)
    for one in printed[:1]:
        if one.line and "average" in {*one.line.own, *one.line.above, *one.line.beside}:
            yield Draft("lookup", one.terms[0], (one,), _surest(printed))
    if whens:
        yield from _of_parts("average", average, question, resolver, phrase)
        when = whens[0]
        if when.year and re.search(rf"{re.escape(when.raw)}\s+average", question.core):
            # "the 2019 average balance": of the opening and the closing one.
            found = resolver.series(phrase, [When(str(when.year - 1), when.year - 1), when])
            if found:
                yield Draft("average", average(list(found[0].terms)), (found[0],), _surest(found) * 0.9)
        return
    yield from _of_parts("average", average, question, resolver, phrase)
    found = resolver.series(phrase, None)
    if found:
        yield Draft("average", average(list(found[0].terms)), (found[0],), _surest(found) * 0.92, _ratio_unit(found[0]))


def _of_averages(question: Question, resolver: Resolver) -> Iterable[Draft]:
    whens = _stretch(question) or None
    found = [resolver.series(measure.phrase, whens) for measure in question.measures]
    if not all(found):
        return
    left, right = (average(list(options[0].terms)) for options in found)
    confidence = min(_surest(options) for options in found) * 0.9
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
        yield Draft("difference", difference(left, right), series, confidence)


def _growth_rate(question: Question, resolver: Resolver) -> Iterable[Draft]:
    for old, new, series, confidence in _pairs(question, resolver):
        first, last = series[0].periods[0], series[0].periods[-1]
        if first and last and first.year and last.year and last.year > first.year:
            yield Draft("growth rate a year", _compound(new, old, last.year - first.year), series, confidence, "percent")


def _compound(new: Term, old: Term, years: int) -> Term:
    """((new ÷ old) to the power 1/years − 1) × 100, with the root taken here: terms know four operations only."""
    base = Operation("/", new, old)
    ratio = evaluate(base)
    if ratio <= 0:
        raise Uncomputable("a growth rate needs figures of one sign")
    # The root as a factor beside the shown ratio keeps the figures in the program: r^(1/n) = r × r^(1/n − 1).
    factor = (ratio.ln() / years).exp() / ratio
    return Operation("*", Operation("-", Operation("*", base, Constant(factor)), Constant(Decimal(1))), Constant(Decimal(100)))


def _conditions(question: Question, resolver: Resolver) -> Iterable[Draft]:
    found = resolver.series(question.measures[0].phrase, list(question.whens) if len(question.whens) > 1 and not question.ranged else None)
    if not found or question.limit is None:
        return
    facts = [figure.fact for term in found[0].terms for figure in figures(term)]
    chosen = tuple(fact for fact in facts if _beyond(fact, question))
    operation = question.operation
    yield Draft(
        operation, Constant(Decimal(len(chosen))) if operation == "count periods" else None, (found[0],), _surest(found), chosen=chosen
    )


def _beyond(fact: Fact, question: Question) -> bool:
    limit = question.limit
    assert limit is not None and fact.amount.value is not None
    amount = fact.amount
    value = amount.value
    assert value is not None
    worded = bool(re.search(r"\d\s*(?:thousand|million|billion|bn|m|k)\b", question.core))
    if worded and amount.scale != 1:
        value *= amount.scale
    elif worded:
        return _compare(value, limit, question) if abs(value) >= limit / 100 else _compare(value, _mantissa(question), question)
    return _compare(value, limit, question)


def _mantissa(question: Question) -> Decimal:
    match = re.findall(r"\d[\d,]*(?:\.\d+)?(?=\s*(?:thousand|million|billion|bn|m|k)\b)", question.core)
    return Decimal(match[-1].replace(",", "")) if match else question.limit or Decimal(0)


def _compare(value: Decimal, limit: Decimal, question: Question) -> bool:
    return value < limit if UNDER.search(question.direction) else value > limit


def _best_period(question: Question, resolver: Resolver) -> Iterable[Draft]:
    found = resolver.series(question.measures[0].phrase, list(question.whens) if len(question.whens) > 1 and not question.ranged else None)
    if not found:
        return
    values = found[0].values()
    if not values or len(values) < 2:
        return
    lowest = question.most in LOWER_WORDS or any(word in question.most for word in ("faible", "bas", "minim"))
    best = (min if lowest else max)(range(len(values)), key=lambda at: values[at])
    if values.count(values[best]) > 1:
        return
    fact = next(figures(found[0].terms[best])).fact
    yield Draft("best period", None, (found[0],), _surest(found), chosen=(fact,))


def _comparison(question: Question, resolver: Resolver) -> Iterable[Draft]:
    if len(question.measures) == 2 and question.measures[1].phrase:
        for draft in _of_two("comparison", difference, question, resolver, [[measure.phrase for measure in question.measures]]):
            assert draft.term is not None
            above = evaluate(draft.term) > 0
            lower = any(word in question.move for word in ("lower", "less", "smaller", "fewer"))
            yield Draft("comparison", draft.term, draft.series, draft.confidence, verdict=above != lower)
        return
    for old, new, series, confidence in _pairs(question, resolver):
        term = difference(new, old)
        try:
            moved = evaluate(term)
        except Uncomputable:
            continue
        down = bool(DOWN_MOVES.search(question.move)) or any(word in question.move for word in ("lower", "less", "smaller", "fewer"))
        yield Draft("comparison", term, series, confidence, verdict=moved < 0 if down else moved > 0)


def _in_percent(terms: Sequence[Term]) -> bool:
    return any(isinstance(term, Figure) and term.fact.amount.unit == "percent" for term in terms)


def _ratio_unit(series: Series) -> str | None:
    return series.unit if series.unit in ("percent", "days") else None


_PLANNERS: dict[str, Callable[[Question, Resolver], Iterable[Draft]]] = {
    "lookup": _lookup,
    "difference": _difference,
    "percentage change": _percentage_change,
    "ratio": _ratio,
    "share": _share,
    "sum": _sum,
    "average": _average,
    "growth rate a year": _growth_rate,
    "count periods": _conditions,
    "periods where": _conditions,
    "best period": _best_period,
    "comparison": _comparison,
}
