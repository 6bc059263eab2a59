# ruff: noqa: E501 (a sentence form is read as one line; broken up it could not be compared with its neighbours)
"""What a follow-up leaves out, filled in from the turns before it: the measure, the period, or both."""

from __future__ import annotations

import re
from dataclasses import dataclass

from finlens.ask.compute import Constant, Figure, Operation, Term
from finlens.ask.operands import (
    ANEW,
    AVERAGE_WORDS,
    CHANGE_WORDS,
    POINTING,
    RATIO_WORDS,
    TOTAL_WORDS,
    VALUE_WORDS,
    Earlier,
    first_label,
    label_of,
    one_line,
)
from finlens.ask.question import clean
from finlens.ask.references import Reference, normal
from finlens.ask.turns import best_draft
from finlens.ask.when import When, all_mentions, blanked, mentions
from finlens.finance.words import plain, words

_SMALL_TEXT = """
what which how much many is was are were be been about it that this they them those these the same its their in for of at as by during on from to and an one a
quel quelle quels est etait en au aux du de la le les pour et qu'en est-il il elle
"""
_SMALL = frozenset(_SMALL_TEXT.split())
"""Words that say nothing about a measure."""
_OF_OTHER = re.compile(r"^(?:what|how)(?: is| was| were| are)? (?:about|it|that|they|this|those|the (?:value|amount|number|figure))(?: (?:for|of|in|concerning|regarding|on|from))? (?:the )?(?P<other>.+)$|^(?:for|concerning|regarding|pour|concernant) (?:the )?(?P<other2>[^,]+?)(?:, (?:what|how).*)?$")  # fmt: skip
_CONCERNING = re.compile(
    r"^(?:concerning|regarding|as for|considering|for) (?:the )?(?P<what>[^,]+), (?P<ask>(?:what|how|by how)\b.*?)\b(?:their|its|this|that|it|they|the)\b(?P<tail>.*)$"
)
_BEFORE = re.compile(
    r"\b(?:year|period) (?:before|earlier)\b|\b(?:prior|previous|preceding|precedent|last) (?:fiscal )?year\b|\bl'(?:annee|exercice) (?:d'avant|precedente?)\b"
)
_AFTER = re.compile(
    r"\b(?:year|period) (?:after|later)\b|\b(?:next|following|subsequent) (?:fiscal )?year\b|\bl'(?:annee|exercice) (?:d'apres|suivante?)\b"
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The parts of a question that only the turns before it say."""

    earlier: Earlier

    def something_new(self, reference: Reference) -> str | None:
        """The question on its own, where the operation is about a measure that was not spoken of; None where it is about what was.

        "" for one that names its own measure and periods: it needs nothing from before.
        """
        plain_rest = reference.rest
        rest = (
            set(words(plain_rest)) - VALUE_WORDS - CHANGE_WORDS - AVERAGE_WORDS - TOTAL_WORDS - {"did", "by", "represent", "combined", "¤"}
        )
        rest = {word for word in rest if not word.isdigit()}
        spoken = set().union(*(turn.words for turn in self.earlier.turns[-3:])) if self.earlier.turns else set()
        if not rest or rest <= spoken:
            return None
        if "¤" in plain_rest or "between" in plain_rest.split()[:1]:
            return ""
        years = sorted({when.year for turn in self.earlier.turns[-2:] for when in turn.whens() if when.year})
        phrase = clean(re.sub(r"\b(?:that|this|the same|those|these) (?:time|period|years?|same period)\b", " ", plain_rest))
        if len(years) < 2 or not words(phrase):
            return ""
        kind = "percentage change" if reference.operation == "percentage change" else reference.operation
        if kind in ("difference", "percentage change"):
            return f"what was the {'change' if kind == 'difference' else kind} in {phrase} from {years[0]} to {years[-1]}?"
        return ""

    def other_period(self, question: str) -> tuple[str, Term, float, str] | None:
        """(label, term, score, question on its own) for the measure before at another period."""
        text = normal(question)
        whens = mentions(text)
        anchor = next((turn for turn in reversed(self.earlier.turns) if one_line(turn) or len(turn.whens()) == 1), None)
        if anchor is None or (anchor is not self.earlier.turns[-1] and self.earlier.turns[-1].operation == "lookup"):
            return None
        shift = -1 if _BEFORE.search(text) else 1 if _AFTER.search(text) else 0
        if shift and not any(when.year for when in whens):
            year = next((when.year for when in anchor.whens()[-1:]), None)
            whens = (When(str(year + shift), year + shift),) if year else ()
            rest = set(words(_AFTER.sub(" ", _BEFORE.sub(" ", text)))) - VALUE_WORDS - anchor.words - {"about"}
            elliptic = not rest
        else:
            masked = " ".join(blanked(text, all_mentions(text)).split())
            rest = set(words(masked)) - VALUE_WORDS - {"about", "¤"}
            elliptic = (
                set(re.findall(r"[a-z'-]+", masked)) <= _SMALL | VALUE_WORDS
                or (bool(rest) and rest == set(anchor.words) - VALUE_WORDS)
                or (bool(POINTING.search(masked)) and rest <= anchor.words)
            )
        if len(whens) != 1 or not elliptic or rest & (CHANGE_WORDS | RATIO_WORDS):
            return None
        assert anchor.term is not None
        base: Term = anchor.figures[0] if one_line(anchor) else anchor.term  # of a change, the figure that changed
        found = self._moved(base, whens[0])
        if found is None or found[0] == base:
            return None  # its only figure: whatever period it bears, it is not that of another one
        term, fitness = found
        phrase = anchor.question.measures[0].phrase
        spoken = phrase.capitalize() if phrase and not POINTING.search(phrase) else label_of(anchor)
        label = first_label(term) if isinstance(term, Figure) else spoken
        whole = f"what was {anchor.question.measures[0].phrase or label} in {whens[0].raw}?"
        return label, term, anchor.score * fitness**0.5 * 0.98, whole

    def _moved(self, term: Term, when: When) -> tuple[Term, float] | None:
        """A term with every figure at another period; None where a line lacks it."""
        match term:
            case Constant():
                return term, 1.0
            case Figure():
                return self.earlier.known.at(term, when)
            case Operation(sign, left, right):
                first, second = self._moved(left, when), self._moved(right, when)
                return (Operation(sign, first[0], second[0]), min(first[1], second[1])) if first and second else None

    def other_measure(self, question: str) -> str | None:
        """The question before about something else: "and what was it for Louisiana?"."""
        text = normal(question)
        concerning = _CONCERNING.search(text)
        if concerning:
            return f"{concerning['ask']}the {concerning['what']}{concerning['tail']}?"
        match = _OF_OTHER.search(text)
        if not match:
            return None
        other = match["other"] or match["other2"]
        if all_mentions(other) or not words(other):
            return None
        if self.earlier.last is None:
            return None
        old = self.earlier.last.question.measures[0].phrase
        period = " and ".join(when.raw for when in self.earlier.last.question.whens)
        texts = [f"what was {phrase}{f' in {period}' if period else ''}?" for phrase in (f"{old} {other}", other, f"{other} {old}")]
        asked = [(draft.confidence, text) for text in texts if (draft := best_draft(text, self.earlier.finder)[1])]
        return max(asked, default=(0.0, texts[0]))[1]

    def with_period(self, question: str) -> str | None:
        """A look-up that names no period, at that of the conversation; None where it names one or is no look-up."""
        if all_mentions(plain(question)) or not self.earlier.turns:
            return None
        periods = [when.raw for when in self.earlier.turns[-1].whens()]
        if len(set(periods)) != 1 or not words(question):
            return None
        asked, draft = best_draft(question, self.earlier.finder)
        if asked.operation != "lookup" or (draft is not None and draft.confidence >= ANEW and not (draft.series and draft.series[0].line)):
            return None
        return f"{normal(question)} in {periods[0]}?"
