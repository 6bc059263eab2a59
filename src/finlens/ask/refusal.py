"""A refusal that helps: what was looked for, the closest line that there is, and the places that were looked at."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from finlens.ask.compute import figures
from finlens.ask.drafts import Draft
from finlens.ask.finder import Finder, Match
from finlens.ask.model import Answer, Citation, Found, Step
from finlens.ask.places import citation_of_line, places, sought
from finlens.ask.question import Question
from finlens.ask.resolver import Resolver
from finlens.ask.verify import Slip

_RELATED = 0.75  # share of the words that a line must share to be called close


def refuse(question: Question, asked: str, finder: Finder, draft: Draft | None, steps: Sequence[Step], why: str) -> Answer:
    """An answer that says no, where finlens looked, and what comes closest."""
    resolver = Resolver(finder, question)
    matches = sorted((match for phrase in sought(question) for match in resolver.matches(phrase)[:4]), key=lambda match: -match.score)
    closest = matches[0] if matches else None
    tried = [figure.fact for one in draft.series for term in one.terms for figure in figures(term)] if draft is not None else []
    citations = places(question, finder, tried, matches)
    text = why or _reason(question, draft, closest, next(iter(citations), None))
    nearest = citation_of_line(closest.line, question) if closest else next(iter(citations), None)
    confidence = round(1.0 - (draft.confidence if draft else 0.3), 3)
    trace = (*steps, _refused(text, citations))
    return Answer(asked, text, refused=True, citations=tuple(citations), confidence=confidence, closest=nearest, steps=trace)


def _refused(why: str, citations: Sequence[Citation]) -> Step:
    """Why no answer is given, and where finlens looked."""
    looked_at = tuple(
        Found(textwrap.shorten(citation.row_label or citation.text, 100, placeholder=" …"), None, citation.page, citation.column_label)
        for citation in citations
    )
    return Step("refuse", why, items=looked_at)


def unverified(answer: Answer, question: Question, slips: Sequence[Slip]) -> Answer:
    """An answer that did not stand up to its own check, taken back; what failed is said, and the places stay."""
    why = "; ".join(dict.fromkeys(slip.why for slip in slips))
    text = (
        f"La réponse trouvée n'a pas résisté à la vérification ({why})."
        if question.language == "fr"
        else f"The answer that was found did not stand up to its own check ({why})."
    )
    closest = answer.citations[0] if answer.citations else None
    steps = (*answer.steps, Step("recheck", why))
    return Answer(
        answer.question, text, refused=True, citations=answer.citations, confidence=answer.confidence, closest=closest, steps=steps
    )


def _reason(question: Question, draft: Draft | None, closest: Match | None, seen: Citation | None) -> str:
    french = question.language == "fr"
    if closest is None and seen is None:
        return "Le document ne dit rien qui réponde à cette question." if french else "The document says nothing that answers this."
    if closest is None and seen is not None:
        words = textwrap.shorten(seen.row_label or seen.text, 80, placeholder=" …")
        if french:
            return f"Le document ne dit rien qui réponde à cette question ; le plus proche est « {words} », page {seen.page}."
        return f"The document says nothing that answers this; the closest is “{words}”, page {seen.page}."
    assert closest is not None
    line = closest.line
    place = f"« {line.label} », page {line.page}" if french else f"“{line.label}”, page {line.page}"
    asked = [when.raw for when in question.whens]
    missing = [when.raw for when in question.whens if line.at(when) is None]
    if closest.score >= _RELATED and missing:
        has = ", ".join(dict.fromkeys(str(fact.period.year) for fact in line.by_period() if fact.period and fact.period.year))
        if french:
            return f"Le document ne donne pas de chiffre pour {', '.join(missing)} ; la ligne la plus proche est {place}" + (
                f" (exercices {has})." if has else "."
            )
        return f"The document has no figure for {', '.join(missing)}; the closest line is {place}" + (f" (it has {has})." if has else ".")
    if draft is not None:
        return (
            f"Plusieurs lectures sont possibles, aucune n'est assez sûre ; la ligne la plus proche est {place}."
            if french
            else f"No reading of this question is sure enough; the closest line is {place}."
        )
    wanted = " / ".join(measure.phrase for measure in question.measures if measure.phrase) or "this"
    when = f" ({', '.join(asked)})" if asked else ""
    return (
        f"Le document ne donne pas « {wanted} »{when} ; la ligne la plus proche est {place}."
        if french
        else f"The document does not say “{wanted}”{when}; the closest line is {place}."
    )
