"""The steps on the way to an answer, as a person wants to read them: what was understood, found, tried, computed and checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from finlens.ask.compute import Constant, Figure, Term, Uncomputable, evaluate, figures, scale_of, shown, unit_of, working
from finlens.ask.conversation import FollowUp
from finlens.ask.drafts import Draft
from finlens.ask.finder import Match
from finlens.ask.model import Found, Operand, Program, Step, period_text
from finlens.ask.places import sought
from finlens.ask.question import Question
from finlens.ask.resolver import Resolver
from finlens.documents import Fact
from finlens.documents.names import unit_in_words
from finlens.finance.concepts import catalogue, concepts_of
from finlens.finance.ratios import find_ratio

_LISTED = 5
_EACH = 3
"""Lines shown for each phrase, where there are several."""
_LANGUAGES = {"en": "English", "fr": "French"}
_SCALES = {Decimal(1000): "thousands", Decimal(10**6): "millions", Decimal(10**9): "billions"}


def understood(question: Question, asked: str, followed: FollowUp) -> Step:
    """What the question asks: operation, measures, concepts, periods, company, and the form that the answer shall have."""
    phrases = [measure.phrase for measure in question.measures if measure.phrase]
    fields = [
        ("intent", question.operation),
        ("about", " / ".join(phrases)),
        ("concepts", ", ".join(_concepts(phrases))),
        ("periods", ", ".join(when.raw for when in question.whens)),
        ("company", " ".join(sorted(question.entities))),
        ("needs", ", ".join(_needs(phrases))),
        ("statements", ", ".join(sorted(question.statements))),
        ("definitions", ", ".join(" ".join(name) for name in question.definitions)),
        ("wanted", _form(question)),
        ("language", _LANGUAGES.get(question.language or "", "")),
    ]
    if followed.kind != "new question":
        fields.insert(0, ("follow-up", followed.kind))
        if followed.text != asked:
            fields.insert(1, ("on its own", followed.text))
    when = ", ".join(when.raw for when in question.whens) or "no period named"
    detail = f"{question.operation} of {' / '.join(f'“{phrase}”' for phrase in phrases) or 'what was said before'} at {when}"
    return Step("understand", detail, tuple((name, value) for name, value in fields if value))


def _concepts(phrases: Iterable[str]) -> list[str]:
    named: list[str] = []
    for phrase in phrases:
        ratio = find_ratio(phrase)
        if ratio:
            named.append(f"{ratio[0].title} = {ratio[0].definition}")
        named.extend(catalogue()[name].title for name, _ in concepts_of(phrase)[:1])
    return list(dict.fromkeys(named))


def _needs(phrases: Iterable[str]) -> list[str]:
    """The line items of the named ratios, each with its statement."""
    ratios = [found[0] for phrase in phrases if (found := find_ratio(phrase))]
    return list(dict.fromkeys(f"{catalogue()[name].title} ({place})" for ratio in ratios for name, place in ratio.statements.items()))


def _form(question: Question) -> str:
    parts = [
        "percent" if question.wants_percent else "",
        _SCALES.get(question.scale, "") if question.scale else "",
        f"{question.decimals} decimals" if question.decimals is not None else "",
    ]
    return ", ".join(filter(None, parts))


def retrieved(question: Question, resolver: Resolver) -> Step:
    """The lines of the document that each phrase may mean, best first."""
    items: list[Found] = []
    details: list[str] = []
    phrases = sought(question)[:_LISTED]
    each = _LISTED if len(phrases) == 1 else _EACH
    for phrase in phrases:
        best = resolver.matches(phrase)[:each]
        items.extend(_line(match, phrase if len(phrases) > 1 else "") for match in best)
        listed = ", ".join(f"“{match.line.label}” on page {match.line.page} ({match.score:.2f})" for match in best[:3])
        details.append(f"“{phrase}” → {listed or 'no line'}")
    return Step("find", "; ".join(details), items=tuple(items))


def _line(match: Match, phrase: str) -> Found:
    line = match.line
    about = [f"for “{phrase}”" if phrase else "", line.statement or "", " ".join(sorted(line.beside))]
    return Found(line.label, match.score, line.page, " · ".join(filter(None, about)))


def candidates(programs: Sequence[Draft], sure_enough: float) -> Step:
    """The programs that the question may mean, and which one is taken, if any is sure enough."""
    if not programs:
        return Step("plan", "no program comes out")
    best = programs[0]
    taken = best.confidence >= sure_enough
    items = tuple(
        Found(_program(draft), draft.confidence, None, draft.operation, chosen=taken and draft is best) for draft in programs[:_LISTED]
    )
    listed = "; ".join(f"{draft.operation} ({draft.confidence:.2f})" for draft in programs[:3])
    verdict = "the first is taken" if taken else f"none is sure enough: {sure_enough:.2f} is needed"
    return Step("plan", listed, (("threshold", f"{sure_enough:.2f}"), ("verdict", verdict)), items)


def _program(draft: Draft) -> str:
    try:
        if draft.term is not None:
            return _shown(draft.term)
        if draft.values:
            return ", ".join(_shown(term) for term in draft.values)
    except Uncomputable:
        return draft.operation
    return ", ".join(fact.amount.raw for fact in draft.chosen) or draft.operation


def _shown(term: Term) -> str:
    value = evaluate(term)
    labels = " / ".join(dict.fromkeys(figure.fact.label for figure in figures(term)))
    if isinstance(term, Figure | Constant):
        return f"{labels}: {working(term)}"
    unit = unit_of(term)
    return f"{labels}: {working(term)} = {shown(value if unit == 'ratio' else value / scale_of(term), None)}"


def computed(program: Program) -> Step:
    """The program that was executed, with each operand as printed."""
    fields = [("definition", program.definition), ("program", program.expression), ("working", program.working)]
    items = tuple(
        Found(
            f"{operand.name} = {operand.amount.raw}",
            None,
            operand.citation.page,
            " · ".join(
                filter(None, (operand.label, period_text(operand.period), unit_in_words(operand.amount.unit, operand.amount.scale)))
            ),
        )
        for operand in program.operands
    )
    return Step("compute", program.working, tuple((name, value) for name, value in fields if value), items)


def _about(operand: Operand) -> str:
    parts = (operand.label, period_text(operand.period), unit_in_words(operand.amount.unit, operand.amount.scale))
    return " · ".join(filter(None, parts))


def checked(question: Question, draft: Draft, cited: Sequence[Fact]) -> Step:
    """What was looked at before the answer was given: units, scales, periods, and that every figure has a place."""
    units = list(dict.fromkeys(unit_in_words(fact.amount.unit, fact.amount.scale) or "no unit said" for fact in cited))
    periods = list(dict.fromkeys(period_text(fact.period) or "no period said" for fact in cited))
    asked = ", ".join(when.raw for when in question.whens)
    pages = ", ".join(map(str, sorted({fact.source.page for fact in cited})))
    fields = (
        ("units", ", ".join(units) + (": they go together" if len(units) > 1 else "")),
        ("periods", ", ".join(periods) + (f" for “{asked}”" if asked else "")),
        (
            "figures",
            f"{len(cited)} read from page {pages}; none from elsewhere",
        ),
        ("confidence", f"{min(draft.confidence, 0.99):.2f}"),
    )
    return Step("verify", f"{', '.join(units)} at {', '.join(periods)}", fields)
