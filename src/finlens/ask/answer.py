"""From a question to a checked answer: the story of `finlens ask`, top to bottom.

    understand   what is asked: operation, phrases, periods, the unit wanted, definitions that the question brings
    find         the lines of the document that the phrases mean (`finder`, `series`)
    plan         the programs that the operation may be over those lines (`plan`)
    verify       units agree, periods are those asked for, the result comes out, the confidence suffices
    word         a sentence with value, unit, scale, period and page (`sentence`)
    cite         every operand with its page, box, row and column
    recheck      all of it once more, by code that had no part in it: figures, program, periods, the sentence (`verify`)

No step guesses: a line or a period that the document lacks, or two readings that are equally good, is a refusal that
names the closest line. What the document's text says is only ever searched, never obeyed.
"""

from __future__ import annotations

import dataclasses
import re
from collections import OrderedDict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from finlens.ask.about import not_about, strangers
from finlens.ask.chosen import SURE_ENOUGH, chosen, planned_for
from finlens.ask.compute import Operation, evaluate, expression, figures, names, rounded, scale_of, shown, unit_of, working
from finlens.ask.conversation import FollowUp, follow
from finlens.ask.drafts import Draft
from finlens.ask.explain import candidates, checked, computed, retrieved, understood
from finlens.ask.finder import Finder
from finlens.ask.model import Answer, Citation, Operand, Program, Step
from finlens.ask.places import citation_of, elsewhere
from finlens.ask.question import Question, understand
from finlens.ask.refusal import refuse, unverified
from finlens.ask.resolver import Resolver
from finlens.ask.sentence import sentence
from finlens.ask.spans import answer_in_words, definition
from finlens.ask.verify import facts_at, verify
from finlens.documents import Document, Fact
from finlens.errors import QuestionUnusable
from finlens.finance.concepts import concepts_of
from finlens.finance.ratios import find_ratio

if TYPE_CHECKING:
    from finlens.llm.base import LanguageModel

LONGEST_QUESTION = 2000  # characters; the longest of a real benchmark has 700
_A_LINE = 0.72  # a line this near to the phrase is what the question is about
_ASKS_FIGURE = re.compile(
    r"^(?:how much|how many|a? ?combien)"
    r"|\b(?:amounts?|numbers?|values?|percent(?:age)?|portion|proportion|ratio|average|total|sum|rate|balance|prices?|fees?|costs?)\b"
    r"|\b(?:montant|nombre|valeur|taux|prix|solde)\b|%"
)
_BORNE_OUT = 2
_PAGES_NAMED = 5
_KEPT_FINDERS = 8
_finders: OrderedDict[int, tuple[Document, Finder]] = OrderedDict()


def ask(
    document: Document, question: str, *, history: Sequence[tuple[str, str] | Answer] = (), model: LanguageModel | None = None
) -> Answer:
    """A checked answer to a question about a document, or a refusal that names the closest line.

    Args:
        document: What `finlens.read` gave.
        question: In English or French.
        history: Earlier questions and answers of the conversation, oldest first.
        model: May word the answer and point at a passage; numbers never come from it.

    Raises:
        QuestionUnusable: the question is empty, far too long, or has no words.
    """
    _usable(question)
    finder = index_of(document)
    followed = follow(question, history, finder)
    meant = understand(followed.text)
    if followed.text != question:
        meant = dataclasses.replace(meant, language=understand(question).language or meant.language)
    answer = _verified(_answer(meant, question, finder, followed), meant, finder)
    answer = dataclasses.replace(answer, document=document, warnings=(*answer.warnings, *_hidden_text(document, meant)))
    if model is not None:
        from finlens.ask.wording import reword

        return reword(answer, question, model)
    return answer


def _hidden_text(document: Document, question: Question) -> list[str]:
    """One warning about text that the file holds and no reader sees, if there is any."""
    pages = sorted({doubt.source.page for doubt in document.doubts if doubt.is_hidden_text})
    if not pages:
        return []
    listed = ", ".join(map(str, pages[:_PAGES_NAMED])) + (" …" if len(pages) > _PAGES_NAMED else "")
    if question.language == "fr":
        return [f"Le document contient du texte caché (hidden text), page {listed} : il n'a pas été pris en compte."]
    return [f"The document holds hidden text on page {listed}, which was left out."]


def _verified(answer: Answer, question: Question, finder: Finder) -> Answer:
    """The answer with a step that says it was checked; a refusal where the document or the arithmetic does not bear it out."""
    slips = verify(answer, finder.document, question)
    if slips:
        return unverified(answer, question, slips)
    cited = [fact for citation in answer.citations for fact in facts_at(citation, finder.document)[:1]]
    names = strangers(question, answer, cited, finder)
    if names:
        return refuse(question, answer.question, finder, None, answer.steps, not_about(names, question))
    checked = Step("recheck", "every figure found again where it is cited, the program worked out again")
    return answer if answer.refused else dataclasses.replace(answer, steps=(*answer.steps, checked))


def _usable(question: str) -> None:
    if not question.strip():
        raise QuestionUnusable(
            "The question is empty.", why="There is nothing to look for.", hint='finlens ask --doc FILE "What was revenue in 2023?"'
        )
    if len(question) > LONGEST_QUESTION:
        raise QuestionUnusable(
            f"The question has {len(question):,} characters.",
            why=f"A question may have {LONGEST_QUESTION:,}; a text that long is a document.",
            hint="Ask one thing at a time.",
        )
    if not any(character.isalpha() for character in question):
        raise QuestionUnusable(
            "The question has no words.",
            why="finlens looks for the lines that a question names.",
            hint='finlens ask --doc FILE "What was revenue in 2023?"',
        )


def index_of(document: Document) -> Finder:
    """The index of a document; the last few are kept, so that a second question is quick."""
    kept = _finders.get(id(document))
    if kept is not None and kept[0] is document:
        _finders.move_to_end(id(document))
        return kept[1]
    read = document
    if not document.interpreted:
        from finlens.finance import interpret

        read = interpret(document)
    finder = Finder(read)
    _finders[id(document)] = (document, finder)
    while len(_finders) > _KEPT_FINDERS:
        _finders.popitem(last=False)
    return finder


def _answer(question: Question, asked: str, finder: Finder, followed: FollowUp) -> Answer:
    steps = [understood(question, asked, followed)]
    carried = followed.draft is not None and followed.draft.confidence >= SURE_ENOUGH
    if question.language is None and not carried and not any(finder.knows(word) for word in question.words):
        return refuse(question, asked, finder, None, steps, "The question is in no language that finlens answers: English or French.")
    strangers = [word for word in question.entities if not (finder.knows(word) or finder.mentions(word) or word in finder.initials)]
    if finder.whole_report and strangers and len(strangers) == len(question.entities):
        named = " ".join(strangers)
        why = f"Le document ne mentionne pas « {named} »." if question.language == "fr" else f"The document never mentions “{named}”."
        return refuse(question, asked, finder, None, steps, why)
    if not carried and question.operation in ("words", "list periods", "count rows", "best row"):
        in_words = answer_in_words(question, asked, finder, steps)
        return in_words if in_words is not None else refuse(question, asked, finder, None, steps, "")
    if not carried and _asks_meaning(question):
        meaning = definition(question, asked, finder, steps)
        if meaning is not None:
            return meaning
    resolver = Resolver(finder, question)
    planned = planned_for(question, followed, resolver)
    steps.append(retrieved(question, resolver))
    steps.append(candidates(planned, SURE_ENOUGH))
    best = chosen(question, asked, planned, followed, finder)
    if best is not None:
        return _worded(question, asked, best, steps, finder)
    if followed.lost:
        return refuse(question, asked, finder, None, steps, _LOST[question.language == "fr"])
    in_words = answer_in_words(question, asked, finder, steps) if _words_may_do(question, resolver) else None
    return in_words if in_words is not None else refuse(question, asked, finder, planned[0] if planned else None, steps, "")


def _words_may_do(question: Question, resolver: Resolver) -> bool:
    """Whether a passage may answer where no figure does: not for an amount, nor for a line that the document has in other years."""
    if question.operation != "lookup" or _ASKS_FIGURE.search(question.core):
        return False
    phrase = question.measures[0].phrase
    return (
        not concepts_of(phrase) and find_ratio(phrase) is None and not any(match.score >= _A_LINE for match in resolver.matches(phrase)[:1])
    )


def _asks_meaning(question: Question) -> bool:
    """Whether a question may ask what something is, as it names neither a period nor an amount."""
    return question.operation == "lookup" and not question.whens and question.core.startswith(("what is ", "what are ", "qu'est-ce "))


def _worded(question: Question, asked: str, draft: Draft, steps: list[Step], finder: Finder) -> Answer:
    """The answer of a program that was sure enough."""
    value: Decimal | bool | None = None
    unit: str | None = None
    scale = Decimal(1)
    if draft.verdict is not None:
        value = draft.verdict
    elif draft.term is not None:
        value, unit, scale = _value(question, draft)
    cited = _cited(draft)
    citations = (*(citation_of(fact) for fact in cited), *_borne_out(draft, cited, finder))
    spans = _spans(draft)
    program = _program(draft) if draft.term is not None else None
    if program:
        steps.append(computed(program))
    steps.append(checked(question, draft, cited))
    text = sentence(question, draft, value, unit, scale, spans)
    return Answer(
        question=asked,
        text=text,
        value=value,
        unit=unit,
        scale=scale,
        spans=spans,
        citations=citations,
        program=program,
        confidence=round(min(draft.confidence, 0.99), 3),
        warnings=(*draft.warnings, *([_SCALE_WARNING[question.language == "fr"]] if _scale_assumed(question, draft) else [])),
        steps=tuple(steps),
    )


_LOST = (
    "This is about an earlier answer whose figures the document does not have: there is nothing to compute with.",
    "Cette question porte sur une réponse précédente dont le document n'a pas les chiffres : il n'y a rien à calculer.",
)
_SCALE_WARNING = (
    "The document does not say the scale of these figures: they are taken to be in the one that the question names.",
    "Le document ne dit pas l'échelle de ces chiffres : ils sont supposés être dans celle que nomme la question.",
)


def _value(question: Question, draft: Draft) -> tuple[Decimal, str | None, Decimal]:
    """(value, unit, scale) in the form that the question wants, or else that the document uses."""
    assert draft.term is not None
    whole = evaluate(draft.term)
    unit = draft.unit or unit_of(draft.term)
    if unit == "number":
        unit = None
    scale = Decimal(1)
    if unit not in ("percent", "ratio", "days") and draft.operation != "count periods":
        scale = question.scale or scale_of(draft.term)
        if _scale_assumed(question, draft):
            assert question.scale is not None
            whole *= question.scale
    if unit == "ratio" and (question.wants_percent or "%" in question.core):
        whole, unit = whole * 100, "percent"
    value = whole / scale
    if question.decimals is not None:
        return rounded(value, question.decimals), unit, scale
    return rounded(value, 6).normalize() + 0 if value != value.to_integral_value() else value.quantize(Decimal(1)), unit, scale


def _scale_assumed(question: Question, draft: Draft) -> bool:
    """Whether no figure says its scale, and all is so small that it can only be in the scale asked for; a warning says so."""
    if draft.term is None or not question.scale or draft.operation == "count periods":
        return False
    if (draft.unit or unit_of(draft.term)) in ("percent", "ratio", "days") or abs(evaluate(draft.term)) >= question.scale / 100:
        return False
    return all(figure.fact.amount.scale == 1 and not re.search(r"[a-z]", figure.fact.amount.raw, re.I) for figure in figures(draft.term))


def _borne_out(draft: Draft, cited: Sequence[Fact], finder: Finder) -> list[Citation]:
    """Other pages that print the result of a computation."""
    terms = [term for one in draft.series for term in one.terms if isinstance(term, Operation)]
    years = {fact.period.year for fact in cited if fact.period and fact.period.year}
    return [place for term in terms for place in elsewhere(evaluate(term), years, finder, cited)][:_BORNE_OUT]


def _cited(draft: Draft) -> list[Fact]:
    terms = [term for term in (draft.term, *draft.values) if term is not None]
    facts = [*draft.chosen, *(figure.fact for term in terms for figure in figures(term))]
    if not any(True for term in terms for _ in figures(term)):  # what was compared, after what was chosen
        facts += [figure.fact for one in draft.series for term in one.terms for figure in figures(term)]
    return list({id(fact): fact for fact in facts}.values())


def _spans(draft: Draft) -> tuple[str, ...]:
    """Strings of the document, where the answer is a cell or a period as printed."""
    if draft.operation in ("best period", "periods where"):
        return tuple(_period_span(fact.period) for fact in draft.chosen)
    if draft.operation == "lookup":
        terms = draft.values or ((draft.term,) if draft.term is not None else ())
        return tuple(figure.fact.amount.raw for term in terms for figure in figures(term))
    return ()


def _period_span(period: object) -> str:
    from finlens.documents import Period

    if not isinstance(period, Period):
        return ""
    whole = period.year and period.quarter is None and period.months in (None, 12)
    return str(period.year) if whole else period.raw


def _program(draft: Draft) -> Program:
    assert draft.term is not None
    given = names(draft.term)
    operands = tuple(
        Operand(letter, figure.fact.amount, figure.fact.label, figure.fact.period, citation_of(figure.fact))
        for figure, letter in given.items()
    )
    value = evaluate(draft.term)
    unscaled = value / scale_of(draft.term) if draft.unit is None and unit_of(draft.term) != "ratio" else value
    definition = next((one.definition for one in draft.series if one.definition), "")
    return Program(draft.operation, expression(draft.term, given), operands, f"{working(draft.term)} = {shown(unscaled, None)}", definition)
