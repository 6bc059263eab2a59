"""From a question to programs with the chance that each is right: the story of the chooser, top to bottom.

values      what a program may use: the document's figures, numbers of the question, earlier answers
shape       which forms of program the wording asks for
fit         how well each value fits each place of a form
candidates  the programs that this makes, computed
weigh       how likely each one is to be what was asked, and how often such a one was right
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finlens.ask.choose.asked import Asked, asked
from finlens.ask.choose.candidates import Candidate, candidates
from finlens.ask.choose.model import chooser
from finlens.ask.choose.program_features import program_features
from finlens.ask.choose.shapes import SHAPES
from finlens.ask.choose.value_features import Circumstances, value_features
from finlens.ask.choose.values import Earlier, Value, of_conversation, of_question, shortlist
from finlens.ask.choose.wording_features import wording
from finlens.ask.compute import Constant, Operation, Term, Uncomputable, evaluate, is_percentage, scale_of, unit_of
from finlens.ask.drafts import Draft
from finlens.ask.question import Question
from finlens.ask.said import agrees
from finlens.ask.turns import Turn
from finlens.finance.words import word_set

_LOOKED_AT = 40
"""Programs of an earlier question of which one may come to its answer."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A program, what it uses, and the chance that it is right."""

    candidate: Candidate
    taken: tuple[Value, ...]
    raw: float
    """What the trees say; only the order matters."""
    chance: float
    """How often such a program was right on questions that the model had not seen."""

    @property
    def operation(self) -> str:
        return SHAPES[self.candidate.shape].operation


def choose(
    question: Question, text: str, values: Sequence[Value], drafts: Sequence[Draft], earlier: Sequence[Earlier] = ()
) -> list[Choice]:
    """Programs that the question may ask for, the likeliest first; none where nothing comes out.

    Args:
        question: As the rules understood it.
        text: As it was asked.
        values: Of the document: `document_values`.
        drafts: What the rules would compute, surest first.
        earlier: What earlier questions of the conversation came to.
    """
    import numpy as np

    model = chooser()
    heard = asked(text, model.rarity)
    usable = usable_values(values, heard, earlier)
    if not usable:
        return []
    by = circumstances(question, heard, model.rarity, drafts, earlier)
    known = value_features(usable, by)
    chances = model.shapes.chances(wording(heard, usable, earlier, question.operation, drafts))
    fits = model.fit(known, chances)
    found = candidates(usable, heard, chances, fits)
    raw = model.programs.chances(program_features(found, usable, known, chances, fits, by))
    order = np.argsort(-raw, kind="stable")
    return [
        Choice(found[at], tuple(usable[chosen] for chosen in found[at].chosen), float(raw[at]), model.calibrated(float(raw[at])))
        for at in order
    ]


def usable_values(values: Sequence[Value], heard: Asked, earlier: Sequence[Earlier]) -> list[Value]:
    """All that a program may use, those of the document first."""
    used = frozenset().union(*(one.facts for one in earlier)) if earlier else frozenset()
    return [*shortlist(values, heard, used), *of_question(heard), *of_conversation(earlier)]


def circumstances(
    question: Question, heard: Asked, rarity: Mapping[str, float], drafts: Sequence[Draft], earlier: Sequence[Earlier]
) -> Circumstances:
    """What values and programs are looked at with."""
    phrases = tuple(word_set(measure.phrase) for measure in question.measures if measure.phrase)
    return Circumstances(heard, rarity, earlier, drafts, phrases)


def earlier_of(turns: Sequence[Turn], programs: Callable[[Turn, Sequence[Earlier]], Sequence[Choice]] | None = None) -> tuple[Earlier, ...]:
    """What the turns of a conversation came to, oldest first; those whose figures the document does not have are left out.

    Args:
        turns: As the rules resolved them.
        programs: What a turn may have asked for, likeliest first: for turns of which the rules do not know the program.
    """
    found: list[Earlier] = []
    for place, turn in enumerate(turns):
        turns_ago = len(turns) - place
        term = turn.term
        if term is None and programs is not None and turn.heard is not None and turn.heard.bare:
            so_far = [replace(one, turns_ago=one.turns_ago - turns_ago) for one in found]
            term = next((one.candidate.term for one in programs(turn, so_far)[:_LOOKED_AT] if agrees(one.candidate.term, turn.heard)), None)
        told = _of_term(term, turns_ago) if term is not None else None
        if told is not None:
            found.append(told)
    return tuple(found)


def in_hundredths(term: Term) -> bool:
    """Whether a term is a ratio times one hundred, or a difference, a sum or a mean of such."""
    if is_percentage(term):
        return True
    if not isinstance(term, Operation):
        return False
    if term.sign in ("+", "-"):
        return in_hundredths(term.left) and in_hundredths(term.right)
    return term.sign == "/" and isinstance(term.right, Constant) and in_hundredths(term.left)


def _of_term(term: Term, turns_ago: int) -> Earlier | None:
    try:
        unit = "percent" if in_hundredths(term) else unit_of(term)
        value = evaluate(term) / (Decimal(1) if unit in ("percent", "ratio") else scale_of(term))
    except (Uncomputable, ArithmeticError):
        return None
    return Earlier(term, float(value), unit, turns_ago)
