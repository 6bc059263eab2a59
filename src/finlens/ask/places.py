"""Where a question was looked for: the pages whose lines and passages come nearest, and where else an answer is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from finlens.ask.finder import Finder, Match
from finlens.ask.lines import Line
from finlens.ask.model import Citation
from finlens.ask.question import Question
from finlens.ask.when import all_mentions, blanked
from finlens.documents import Fact
from finlens.finance.ratios import find_ratio, implied_ratios
from finlens.finance.words import plain, stem, words

_SHOWN = 6
_STRONG = 0.8
"""A line this near to a phrase of the question is looked at before any passage."""
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_PERIOD_WORDS = re.compile(r"\b(?:fys?|fiscal|financial|years?|quarters?|exercices?|annees?)\b")
_UNTELLING_TEXT = """
why how what who where when which explain describe reason cause caused drove driven driver led contributed does do did define
defined mean refer type kind pourquoi comment expliquer company main key primary primarily give state happen used use related if we
could would each any able based than other under during while please using was were is are be also much many
"""
_UNTELLING = frozenset(stem(word) for word in _UNTELLING_TEXT.split())
_TELLING_DIGITS = 4


def citation_of(fact: Fact) -> Citation:
    """The cell of a figure, with its row and column."""
    return Citation(fact.source, fact.amount.raw, fact.label, " › ".join(part for part in fact.column_path if part))


def citation_of_line(line: Line, question: Question) -> Citation:
    """The cell of a line at the period asked for, else its first."""
    for when in question.whens:
        at = line.at(when)
        if at:
            return citation_of(at[0])
    return citation_of(line.facts[0])


def sought(question: Question) -> list[str]:
    """The phrases of a question, and where it names or implies a ratio the line items that the ratio is made of."""
    named = [find_ratio(measure.phrase) for measure in question.measures if measure.phrase]
    ratios = [found[0] for found in named if found] or list(implied_ratios(question.core))
    parts = (
        part.replace("_", " ")
        for ratio in ratios
        for part in re.findall(r"[a-z]+(?:_[a-z]+)+|revenue|equity|inventories|receivables|payables", ratio.expression)
    )
    return list(dict.fromkeys((*(measure.phrase for measure in question.measures if measure.phrase), *parts)))


def places(question: Question, finder: Finder, tried: Iterable[Fact], matches: Sequence[Match]) -> list[Citation]:
    """The best places looked at, a page once before any page twice.

    Args:
        question: As understood.
        finder: Of the document.
        tried: The figures of a program that was not sure enough.
        matches: The lines that come nearest, best first.
    """
    found = [citation_of(fact) for fact in tried]
    strong = [match for match in matches if match.score >= _STRONG]
    pages = list(dict.fromkeys(match.line.page for match in strong))[: 1 if question.operation == "best row" else 3]
    found.extend(citation_of_line(next(match.line for match in strong if match.line.page == page), question) for page in pages)
    found.extend(
        Citation(passage.source, passage.text) for passage in finder.passages.places(telling_words(question, finder), limit=_SHOWN)
    )
    found.extend(citation_of_line(match.line, question) for match in matches[:3])
    seen: set[int] = set()
    first = [citation for citation in found if not (citation.page in seen or seen.add(citation.page))]  # type: ignore[func-returns-value]
    return (first + [citation for citation in found if citation not in first])[:_SHOWN]


def telling_words(question: Question, finder: Finder) -> list[str]:
    """The words of the sentence that asks, without its periods, the company's name and words that any question may have."""
    asking = next((part for part in _SENTENCE.split(plain(question.text)) if question.core[:25] in part), question.core)
    bare = _PERIOD_WORDS.sub(" ", blanked(asking, all_mentions(asking)))
    said = dict.fromkeys(word for word in words(bare) if word not in _UNTELLING)
    return [word for word in said if not (word in question.entities and word in finder.company)]


def elsewhere(value: Decimal, years: set[int], finder: Finder, cited: Sequence[Fact]) -> list[Citation]:
    """Other pages on which a result is printed as a figure of the same year: they bear it out.

    Args:
        value: In whole units.
        years: Of the figures that it was computed from.
        finder: Of the document.
        cited: The figures that are cited already.
    """
    if len(value.normalize().as_tuple().digits) < _TELLING_DIGITS:
        return []  # too round to be the same figure for sure
    pages = {fact.source.page for fact in cited}
    found: list[Citation] = []
    for line in finder.lines:
        for fact in line.facts:
            same = fact.amount.absolute == value and fact.period is not None and fact.period.year in years
            if same and fact.source.page not in pages:
                pages.add(fact.source.page)
                found.append(citation_of(fact))
    return found
