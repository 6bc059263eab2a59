"""What the trained chooser makes of a question, beside what the rules make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from finlens.ask.choose.asked import LIGHT, is_year
from finlens.ask.choose.chooser import Choice, choose, earlier_of
from finlens.ask.choose.values import Earlier, Value
from finlens.ask.compute import Uncomputable, evaluate, figures
from finlens.ask.conversation import FollowUp
from finlens.ask.drafts import Draft
from finlens.ask.finder import Finder
from finlens.ask.plan import drafts
from finlens.ask.question import Question
from finlens.ask.resolver import Resolver
from finlens.ask.series import Series
from finlens.ask.turns import Turn

SURE_ENOUGH = 0.6
"""From which confidence a program of the rules is an answer."""
LEAST_CHANCE = 0.3
"""From which chance of being right a program that only the chooser proposes is one."""
_BETTER_BY = 0.1
"""By how much another program must be likelier than that of the rules to take its place."""
_MOST_PLANNED = 4
_LEAST_SAID = 0.4
"""How much of what is asked for the labels and sentences of a program's figures must say."""
_DOWN = re.compile(
    r"\b(?:less|lower|fewer|smaller|decrease|decline|drop|fall|fell|below|under|moins|baisse|recul|diminu\w*|inferieur\w*)\b"
)


def planned_for(question: Question, followed: FollowUp, resolver: Resolver) -> list[Draft]:
    """What the rules would compute, surest first."""
    made = [followed.draft] if followed.draft is not None else []
    return sorted([*made, *drafts(question, resolver)], key=lambda draft: -draft.confidence)[:_MOST_PLANNED]


def chosen(question: Question, asked: str, planned: Sequence[Draft], followed: FollowUp, finder: Finder) -> Draft | None:
    """The program that is likeliest right, by the rules or by the chooser; None where neither is sure enough.

    Args:
        question: Understood.
        asked: As typed.
        planned: Of `planned_for`.
        followed: The conversation before it.
        finder: Of the document.
    """
    by_rules = planned[0] if planned and planned[0].confidence >= SURE_ENOUGH and not followed.lost else None
    if finder.whole_report:
        return by_rules
    if by_rules is not None and by_rules.verdict is not None:
        return by_rules  # they know which way round "is it lower" is asked
    choices = choose(question, asked, finder.values, planned, earlier_of(followed.turns, partial(_programs_of, finder)))
    best = next((choice for choice in choices[:1] if _may_answer(choice, question, followed, finder)), None)
    if by_rules is None:
        return _draft(best, question) if best is not None and best.chance >= LEAST_CHANCE else None
    same = next((choice for choice in choices if _agree(choice, by_rules)), None)
    if same is None:
        return by_rules  # of a form that the chooser does not know
    if best is not None and best.chance - same.chance >= _BETTER_BY:
        return _draft(best, question)
    if by_rules is followed.draft:
        return by_rules  # it stands on what was said before, which the chooser was taught less of
    if same.chance >= LEAST_CHANCE:
        return _weighed(by_rules, same.chance, question)
    return by_rules if _by_knowledge(by_rules) else None


def _programs_of(finder: Finder, turn: Turn, earlier: Sequence[Earlier]) -> list[Choice]:
    """What an earlier question may have asked for."""
    planned = drafts(turn.question, Resolver(finder, turn.question))[:_MOST_PLANNED]
    return choose(turn.question, turn.text, finder.values, planned, earlier)


def _by_knowledge(draft: Draft) -> bool:
    """Whether a program stands on what a ratio or a line item is, which the chooser, who goes by words, does not know."""
    return any(one.ratio is not None or (one.line is not None and one.line.concepts) for one in draft.series)


def _may_answer(choice: Choice, question: Question, followed: FollowUp, finder: Finder) -> bool:
    """Whether the figures of a program have to do with what is asked: a line that the document lacks is not another one."""
    if choice.candidate.verdict is not None and _DOWN.search(question.core):
        return False
    if followed.lost and not any(value.kind == "earlier" for value in choice.taken):
        return False  # "that per share" is not the figure of another line
    told = frozenset(word for value in choice.taken for word in (*value.said, *value.sentence))
    told |= frozenset(word for value in choice.taken if value.kind == "cell" for word in finder.around(value.table))
    asked_for = [word for word in question.words if word not in LIGHT and not is_year(word) and word not in question.entities]
    if any(value.kind == "earlier" for value in choice.taken) or not asked_for:
        return True
    said = sum(finder.weight(word) for word in asked_for if word in told)
    return said >= _LEAST_SAID * sum(finder.weight(word) for word in asked_for)


def _agree(choice: Choice, draft: Draft) -> bool:
    """Whether two programs come to the same value over the same figures, whatever their form."""
    if draft.term is None or draft.verdict is not None:
        return draft.verdict is not None and draft.verdict == choice.candidate.verdict
    if {figure.fact for figure in figures(choice.candidate.term)} != {figure.fact for figure in figures(draft.term)}:
        return False
    try:
        mine, theirs = evaluate(choice.candidate.term), evaluate(draft.term)
    except (Uncomputable, ArithmeticError):
        return False
    return any(abs(mine - way) <= abs(way) * Decimal("1e-9") for way in (theirs, theirs / 100, theirs * 100))


def _weighed(draft: Draft, chance: float, question: Question) -> Draft:
    """A program of the rules with the chance that the chooser gives it."""
    return replace(draft, confidence=chance, warnings=(*draft.warnings, *_doubts(chance, question)))


def _doubts(chance: float, question: Question) -> tuple[str, ...]:
    return (_doubt(chance, french=question.language == "fr"),) if chance < SURE_ENOUGH else ()


def _draft(choice: Choice, question: Question) -> Draft:
    """A choice as the rest of the story takes it."""
    candidate = choice.candidate
    document = [value for value in choice.taken if value.kind != "question"]
    facts = tuple(figure.fact for value in document for figure in figures(value.term)) if choice.operation in ("maximum", "minimum") else ()
    return Draft(
        choice.operation,
        candidate.term,
        _series(document, choice.chance),
        choice.chance,
        candidate.unit,
        candidate.verdict,
        chosen=facts,
        warnings=_doubts(choice.chance, question),
    )


def _doubt(chance: float, *, french: bool) -> str:
    percent = round(100 * chance)
    if french:
        return f"Peu sûr ({percent} %) : vérifiez les chiffres utilisés."
    return f"Not sure ({percent} %): check which figures were used."


def _series(taken: Sequence[Value], chance: float) -> tuple[Series, ...]:
    """The values as measures; those of one line as one measure over its periods."""
    found: dict[str, list[Value]] = {}
    for value in taken:
        label = next((figure.fact.label for figure in figures(value.term)), "")
        found.setdefault(label, []).append(value)
    return tuple(
        Series(
            label,
            tuple(value.term for value in values),
            tuple(figure.fact.period for value in values for figure in figures(value.term)),
            chance,
        )
        for label, values in found.items()
    )
