# ruff: noqa: E501 (a sentence form is read as one line; broken up it could not be compared with its neighbours)
"""One question over several documents: each is asked for itself, then what they say is laid side by side.

A change between two documents, or which of them has the higher figure, is computed from the answers' own figures; every one
keeps its document, page and box. Figures in different units are not compared, and periods that differ are said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from finlens.ask.answer import ask, index_of
from finlens.ask.compute import Term, difference, evaluate, expression, figures, names, relative_change, shown, working
from finlens.ask.finder import Finder
from finlens.ask.model import Answer, Citation, Operand, Program, period_text
from finlens.ask.patterns import LOWER_WORDS
from finlens.ask.question import understand
from finlens.ask.sentence import amount_text
from finlens.ask.turns import of_program
from finlens.documents import Document
from finlens.finance.compare import compare
from finlens.finance.words import plain

if TYPE_CHECKING:
    from finlens.llm.base import LanguageModel

Kind = Literal["each", "change", "which", "is higher"]
_MOST_LOOKED_AT = 20
_SAME_COMPANY = 0.5
"""Share of the figures of both documents that must agree before others that don't are called restated."""
_LINKS = r"(?:\b(?:between|from|in|of|for|to|by|with|than|and|or|versus|vs\.?|according to|as per|compared (?:to|with)|entre|dans|de|et|ou|par rapport a)\s+)*(?:the )?(?:file |report |document |rapport )?"
_WHICH = re.compile(
    r"^(?:which|what|quel|quelle|quels) (?:of (?:the|these|those) )?(?:two |three )?(?:compan(?:y|ies)|documents?|reports?|filings?|firms?|files?|ones?|issuers?|business(?:es)?|societes?|entreprises?|rapports?|groupes?) "
    r"(?:had|has|have|reported|reports|shows?|showed|earned|made|generated|recorded|paid|a|ont|avait|affiche|presente) (?:the |a |le |la |les )?"
    r"(?:(?P<most>highest|higher|largest|larger|greatest|greater|biggest|bigger|most|more|lowest|lower|smallest|smaller|least|less|fewest|fewer|best|better|worst|plus (?:grande?|eleve|elevee|forte?|haute?)|plus (?:faible|petite?|basse?)|meilleure?) )(?P<what>.+)$"
)
_WHICH_FR = re.compile(
    r"^(?:quel|quelle) (?:societe|entreprise|rapport|document|groupe) a (?:le |la |les )?(?P<what>.+?) (?:le |la |les )?(?P<most>plus (?:eleve|elevee|haute?|forte?|grande?|important|importante|faible|basse?|petite?))(?P<rest>.*)$"
)
_CHANGED = re.compile(
    r"^(?:how|by how much|how much) (?:did|has|have|do|does) (?:the )?(?P<x>.+?) (?:changed?|evolved?|developed?|moved?|grown?|grew|increased?|decreased?|varied|vary|fallen|fall|risen|rise|declined?|go up|go down)\b"
    r"|^(?:comment|de combien) (?:a evolue |ont evolue |a varie )?(?:le |la |les |l')?(?P<x2>.+?)(?: (?:a-t-il|a-t-elle|ont-ils|ont-elles) (?:evolue|varie|augmente|diminue|progresse|baisse|change)\w*)?$"
)
_HIGHER = re.compile(
    r"^(?:is|was|are|were|has|had|did|does) (?:the )?(?P<x>.+?) (?:higher|lower|greater|larger|smaller|bigger|more|less|above|below)\b"
    r"|^(?:est-ce que )?(?:le |la |les |l')?(?P<x2>.+?) (?:est|etait|sont|etaient)(?:-il|-elle|-ils|-elles)? (?:plus|moins|superieure?s?|inferieure?s?)\b"
)
_LOWER = re.compile(r"\b(?:lower|less|smaller|fewer|below|moins|inferieure?s?)\b")
_LOW_FR = re.compile(r"faible|bas|petit")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one document answered."""

    name: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Answers:
    """What several documents answer, and what follows from laying that side by side."""

    question: str
    asked: tuple[Asked, ...]
    """Each document that was looked at, with its own answer."""
    text: str
    kind: Kind = "each"
    refused: bool = False
    value: Decimal | bool | None = None
    """Of a change or a yes/no; not yet multiplied by ``scale``."""
    unit: str | None = None
    scale: Decimal = Decimal(1)
    spans: tuple[str, ...] = ()
    """The document that a "which" asks for."""
    program: Program | None = None
    """The computation over figures of several documents; each operand's label begins with its document."""
    confidence: float = 0.0
    warnings: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(citation for one in self.asked if not one.answer.refused for citation in one.answer.citations)

    def _repr_html_(self) -> str:
        from finlens.ask.show import answers_to_html

        return answers_to_html(self)


def ask_several(
    documents: Sequence[Document],
    question: str,
    *,
    history: Sequence[tuple[str, str] | Answer] = (),
    model: LanguageModel | None = None,
) -> Answers:
    """The answers of several documents to one question, and the comparison that it asks for.

    Args:
        documents: In the order in which they shall be shown.
        question: In English or French; may name documents by their file names.
        history: Earlier questions and answers of the conversation, oldest first.
        model: May word the answers of single documents; numbers never come from it.

    Raises:
        QuestionUnusable: the question is empty, far too long, or has no words.
    """
    labels = _labels(documents)
    kind, asked, mentioned = _each_is_asked(question, labels)
    chosen = [at for at, label in enumerate(labels) if not mentioned or label in mentioned]
    chosen.sort(key=lambda at: mentioned.index(labels[at]) if mentioned else at)
    found = tuple(Asked(labels[at], ask(documents[at], asked, history=history, model=model)) for at in chosen)
    language = understand(question).language
    warnings = _restated([documents[at] for at in chosen], found)
    if kind == "each":
        return _side_by_side(question, found, warnings)
    return _compared(question, kind, found, warnings, french=language == "fr")


def about(documents: Iterable[Document], question: str) -> tuple[list[Document], int]:
    """The documents that a question may be about, and how many are left out: those that it names, or else all, up to a limit.

    A question names a document by its file name, or by a company that its name or cover mentions.
    """
    every = list(documents)
    text = plain(question)
    named = [document for document in every if _mention(document.name).search(text)]
    entities = understand(question).entities
    if not named and entities:
        named = [document for document in every if _is_of(index_of(document), entities)]
    chosen = (named or every)[:_MOST_LOOKED_AT]
    return chosen, len(every) - len(chosen)


def _is_of(index: Finder, entities: frozenset[str]) -> bool:
    return entities <= index.company


def _labels(documents: Sequence[Document]) -> list[str]:
    """A name for each document; those of one name told apart by a number."""
    seen: dict[str, int] = {}
    labels: list[str] = []
    for document in documents:
        seen[document.name] = seen.get(document.name, 0) + 1
        labels.append(document.name if seen[document.name] == 1 else f"{document.name} ({seen[document.name]})")
    return labels


def _mention(name: str) -> re.Pattern[str]:
    stem = plain(Path(name).stem)
    return re.compile(_LINKS + r"(?<![\w.-])(?P<name>" + re.escape(plain(name)) + r"|" + re.escape(stem) + r")(?![\w-])")


def _each_is_asked(question: str, labels: Sequence[str]) -> tuple[Kind, str, list[str]]:
    """(what is made of the answers, what each document is asked, the documents named in order)."""
    text = " ".join(plain(question).replace(" ?", "?").split())
    places = [(match.start("name"), label) for label in labels for match in _mention(label).finditer(text)]
    mentioned = list(dict.fromkeys(label for _, label in sorted(places)))
    bare = text
    for label in mentioned:
        bare = _mention(label).sub(" ", bare)
    bare = " ".join(bare.split()).replace(" ?", "?").rstrip(" ?,.;")
    which = _WHICH.search(bare) or _WHICH_FR.search(bare)
    if which and len(labels) > 1:
        rest = which.groupdict().get("rest") or ""
        return "which", _look_up(f"{which['what']}{rest}", french=understand(text).language == "fr"), mentioned
    meant = understand(bare)
    if len(mentioned) > 1 and len(meant.whens) <= 1:
        period = "".join(f" in {when.raw}" for when in meant.whens)
        changed = _CHANGED.search(bare)
        higher = _HIGHER.search(bare)
        phrase = next((value for match in (changed, higher) if match for value in match.groupdict().values() if value), "")
        phrase = phrase or (meant.measures[0].phrase if meant.measures else "")
        if phrase and (changed or meant.operation in ("difference", "percentage change")):
            return "change", _look_up(phrase + period, french=meant.language == "fr"), mentioned
        if phrase and (higher or meant.operation == "comparison"):
            return "is higher", _look_up(phrase + period, french=meant.language == "fr"), mentioned
    return "each", bare + "?" if mentioned else question, mentioned


def _look_up(phrase: str, *, french: bool) -> str:
    return f"quel est {phrase} ?" if french else f"what was {phrase}?"


def _side_by_side(question: str, found: Sequence[Asked], warnings: Sequence[str]) -> Answers:
    given = [one for one in found if not one.answer.refused]
    text = "\n".join(f"{one.name}: {one.answer.text}" for one in (given or found))
    confidence = max((one.answer.confidence for one in given or found), default=0.0)
    best = given[0].answer if len(given) == 1 else None
    return Answers(
        question,
        tuple(found),
        text,
        refused=not given,
        value=best.value if best else None,
        unit=best.unit if best else None,
        scale=best.scale if best else Decimal(1),
        spans=best.spans if best else (),
        program=best.program if best else None,
        confidence=confidence,
        warnings=tuple(warnings),
    )


def _compared(question: str, kind: Kind, found: Sequence[Asked], warnings: Sequence[str], *, french: bool) -> Answers:
    """The comparison of the answers; refused where one is missing, or where they are in different units."""
    silent = [one for one in found if one.answer.refused or not isinstance(one.answer.value, Decimal)]
    if silent or len(found) < 2:
        why = "\n".join(f"{one.name}: {one.answer.text}" for one in (*silent, *(one for one in found if one not in silent)))
        return Answers(question, tuple(found), why, kind, refused=True, confidence=0.7, warnings=tuple(warnings))
    units = list(dict.fromkeys(one.answer.unit for one in found if one.answer.unit))
    if len(units) > 1:
        said = " / ".join(units)
        text = f"Des montants en {said} ne se comparent pas." if french else f"Figures in {said} are not compared."
        return Answers(question, tuple(found), text, kind, refused=True, confidence=0.7, warnings=tuple(warnings))
    periods = [_period(one.answer) for one in found]
    if kind != "change" and len(set(periods)) > 1:
        told = ", ".join(f"{period or '?'} ({one.name})" for one, period in zip(found, periods, strict=True))
        warnings = (*warnings, f"Les périodes diffèrent : {told}." if french else f"The periods differ: {told}.")
    confidence = min(one.answer.confidence for one in found)
    base = Answers(question, tuple(found), "", kind, confidence=confidence, warnings=tuple(warnings))
    if kind == "change":
        return _change(base, french=french)
    return _which(base, french=french) if kind == "which" else _is_higher(base, french=french)


def _change(base: Answers, *, french: bool) -> Answers:
    """From the earlier document's figure to the later one's."""
    first, last = sorted((base.asked[0], base.asked[-1]), key=lambda one: _year(one.answer))
    old, new = of_program(first.answer), of_program(last.answer)
    if old is None or new is None:
        return replace(base, refused=True, text=f"{first.name}: {first.answer.text}\n{last.name}: {last.answer.text}")
    moved = difference(new, old)
    scale = last.answer.scale
    change = evaluate(moved) / scale
    told = amount_text(change, base.asked[0].answer.unit, scale, french=french)
    before = evaluate(old)
    relative = (
        f" ({amount_text(evaluate(relative_change(new, old)), 'percent', Decimal(1), french=french)})"
        if before > 0 and last.answer.unit != "percent"
        else ""
    )
    label = _what(last.answer)
    ends = [f"{_told(one.answer, french=french)} ({_where(one)})" for one in (first, last)]
    text = (
        f"{label} : variation de {told}{relative}, de {ends[0]} à {ends[1]}."
        if french
        else f"{label}: a change of {told}{relative}, from {ends[0]} to {ends[1]}."
    )
    if before > 0 and _relative(base.question):
        term = relative_change(new, old)
        return replace(base, text=text, value=evaluate(term), unit="percent", program=_program(term, (first, last), "percentage change"))
    return replace(base, text=text, value=change, unit=last.answer.unit, scale=scale, program=_program(moved, (first, last), "difference"))


def _relative(question: str) -> bool:
    meant = understand(question)
    return meant.wants_percent or meant.operation == "percentage change" or "%" in question


def _which(base: Answers, *, french: bool) -> Answers:
    match = _WHICH.search(_bare(base)) or _WHICH_FR.search(_bare(base))
    most = match["most"] if match else ""
    lowest = most in LOWER_WORDS or most in ("least", "less", "fewer", "lower", "smaller", "worst") or bool(_LOW_FR.search(most))
    ranked = sorted(base.asked, key=lambda one: _absolute(one.answer), reverse=not lowest)
    if _absolute(ranked[0].answer) == _absolute(ranked[1].answer):
        text = " = ".join(f"{one.name}: {_told(one.answer, french=french)}" for one in ranked)
        return replace(base, text=text, refused=True)
    best, *others = ranked
    told = ", ".join(f"{_told(one.answer, french=french)} ({_where(one)})" for one in others)
    mine = f"{_told(best.answer, french=french)} ({_where(best, named=False)})"
    label = _what(best.answer)
    text = f"{best.name} : {label} {mine}, contre {told}." if french else f"{best.name}: {label} {mine}, against {told}."
    return replace(base, text=text, spans=(best.name,))


def _bare(base: Answers) -> str:
    text = " ".join(plain(base.question).split())
    for one in base.asked:
        text = _mention(one.name).sub(" ", text)
    return " ".join(text.split()).rstrip(" ?,.;")


def _is_higher(base: Answers, *, french: bool) -> Answers:
    first, last = base.asked[0], base.asked[-1]
    meant = understand(_bare(base))
    above = _absolute(first.answer) > _absolute(last.answer)
    lower = bool(_LOWER.search(meant.core))
    value = above != lower
    verdict = ("Oui" if value else "Non") if french else ("Yes" if value else "No")
    ends = [f"{_told(one.answer, french=french)} ({_where(one)})" for one in (first, last)]
    text = f"{verdict}{' :' if french else ':'} {_what(first.answer)} {ends[0]}, {'contre' if french else 'against'} {ends[1]}."
    return replace(base, text=text, value=value)


def _absolute(answer: Answer) -> Decimal:
    assert isinstance(answer.value, Decimal)
    return answer.value * answer.scale


def _told(answer: Answer, *, french: bool) -> str:
    assert isinstance(answer.value, Decimal)
    return amount_text(answer.value, answer.unit, answer.scale, french=french)


def _what(answer: Answer) -> str:
    """What an answer is about, as its own sentence says it."""
    return re.split(r" ?(?:\(|:)", answer.text, maxsplit=1)[0].strip()


def _where(one: Asked, *, named: bool = True) -> str:
    pages = (
        sorted({citation.page for citation in (operand.citation for operand in one.answer.program.operands)}) if one.answer.program else []
    )
    listed = f"page{'s' if len(pages) > 1 else ''} {', '.join(map(str, pages))}" if pages else ""
    return ", ".join(filter(None, (_period(one.answer), one.name if named else "", listed)))


def _period(answer: Answer) -> str:
    operands = answer.program.operands if answer.program else ()
    return next((text for operand in operands if (text := period_text(operand.period))), "")


def _year(answer: Answer) -> int:
    operands = answer.program.operands if answer.program else ()
    return max((operand.period.year or 0 for operand in operands if operand.period), default=0)


def _program(term: Term, asked: Sequence[Asked], operation: str) -> Program:
    """The computation with every operand's document before its label."""
    given = names(term)
    cited = {
        (operand.citation.source, operand.amount): (one.name, operand)
        for one in asked
        if one.answer.program
        for operand in one.answer.program.operands
    }
    operands: list[Operand] = []
    for figure, letter in given.items():
        name, operand = cited[figure.fact.source, figure.fact.amount]
        operands.append(replace(operand, name=letter, label=f"{name}: {operand.label}"))
    scales = {figure.fact.amount.scale for figure in figures(term)}
    value = evaluate(term) / (scales.pop() if operation == "difference" and len(scales) == 1 else 1)
    return Program(operation, expression(term, given), tuple(operands), f"{working(term)} = {shown(value, None)}")


def _restated(documents: Sequence[Document], found: Sequence[Asked]) -> list[str]:
    """A warning for each cited figure that another of the documents prints otherwise for the same line and period."""
    if len(documents) < 2:
        return []
    compared = compare([index_of(document).document for document in documents])
    if not compared.restatements:
        return []
    shared = sum(len(printed) > 1 for statement in compared.statements for line in statement.lines for printed in line.figures)
    if shared == 0 or 1 - len(compared.restatements) / shared < _SAME_COMPANY:
        return []  # other companies
    cited = {
        (operand.citation.source.document, operand.citation.page, operand.amount.raw)
        for one in found
        if one.answer.program
        for operand in one.answer.program.operands
    }
    warnings: list[str] = []
    for one in compared.restatements:
        facts = (one.before.fact, one.after.fact)
        if one.change == "restated" and any((fact.source.document, fact.source.page, fact.amount.raw) in cited for fact in facts):
            told = [
                f"{fact.amount.raw.strip()} ({compared.documents[printed.document].name}, page {fact.source.page})"
                for fact, printed in zip(facts, (one.before, one.after), strict=True)
            ]
            warnings.append(f"Restated: {one.label} {period_text(facts[0].period)} was {told[0]}, and is {told[1]}.")
    return list(dict.fromkeys(warnings))
