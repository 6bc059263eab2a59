"""Questions about which periods: those beyond a limit, the highest, and whether a figure rose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from finlens.ask.compute import Constant, Uncomputable, difference, evaluate, figures
from finlens.ask.drafts import Draft, of_two, pairs, surest
from finlens.ask.patterns import DOWN_MOVES, LOWER_WORDS, UNDER
from finlens.ask.question import Question
from finlens.ask.resolver import Resolver
from finlens.documents import Fact


def conditions(question: Question, resolver: Resolver) -> Iterable[Draft]:
    found = resolver.series(question.measures[0].phrase, list(question.whens) if len(question.whens) > 1 and not question.ranged else None)
    if not found or question.limit is None:
        return
    facts = [figure.fact for term in found[0].terms for figure in figures(term)]
    chosen = tuple(fact for fact in facts if _beyond(fact, question))
    operation = question.operation
    yield Draft(
        operation, Constant(Decimal(len(chosen))) if operation == "count periods" else None, (found[0],), surest(found), chosen=chosen
    )


def _beyond(fact: Fact, question: Question) -> bool:
    limit = question.limit
    assert limit is not None and fact.amount.value is not None
    amount = fact.amount
    value = amount.value
    assert value is not None
    worded = bool(re.search(r"\d\s*(?:thousands?|millions?|billions?|bn|m|k)\b", question.core))
    if worded and amount.scale != 1:
        value *= amount.scale
    elif worded:
        return _compare(value, limit, question) if abs(value) >= limit / 100 else _compare(value, _mantissa(question), question)
    return _compare(value, limit, question)


def _mantissa(question: Question) -> Decimal:
    match = re.findall(r"\d[\d,]*(?:\.\d+)?(?=\s*(?:thousands?|millions?|billions?|bn|m|k)\b)", question.core)
    return Decimal(match[-1].replace(",", "")) if match else question.limit or Decimal(0)


def _compare(value: Decimal, limit: Decimal, question: Question) -> bool:
    return value < limit if UNDER.search(question.direction) else value > limit


def best_period(question: Question, resolver: Resolver) -> Iterable[Draft]:
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
    yield Draft("best period", None, (found[0],), surest(found), chosen=(fact,))


def comparison(question: Question, resolver: Resolver) -> Iterable[Draft]:
    if len(question.measures) == 2 and question.measures[1].phrase:
        for draft in of_two("comparison", difference, question, resolver, [[measure.phrase for measure in question.measures]]):
            assert draft.term is not None
            above = evaluate(draft.term) > 0
            lower = any(word in question.move for word in ("lower", "less", "smaller", "fewer"))
            yield Draft("comparison", draft.term, draft.series, draft.confidence, verdict=above != lower)
        return
    for old, new, series, confidence in pairs(question, resolver):
        term = difference(new, old)
        try:
            moved = evaluate(term)
        except Uncomputable:
            continue
        down = bool(DOWN_MOVES.search(question.move)) or any(word in question.move for word in ("lower", "less", "smaller", "fewer"))
        yield Draft("comparison", term, series, confidence, verdict=moved < 0 if down else moved > 0)
