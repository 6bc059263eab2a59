"""Whom and what a question is about: another company, a segment or a region must not be answered with the whole.

A report speaks of its own company without naming it on every line, so the filer's name is no condition. Any other name in the
question is one: the line that answers has to bear it, in its label, its heads, its caption or the heading over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from finlens.ask.finder import Finder
from finlens.ask.model import Answer
from finlens.ask.question import Question
from finlens.documents import Fact
from finlens.finance.concepts import concepts_of
from finlens.finance.ratios import find_ratio
from finlens.finance.words import plain, words

_NAME = r"[A-Z][\w&.’'-]*(?:\s+(?:&\s+|of\s+|and\s+)?[A-Z][\w&.’'-]*)*"
_PART = re.compile(
    rf"(?P<name>{_NAME})\s+(?:(?:reportable|business|operating)\s+)?"
    r"(?:segment|region|division|business|group|unit|subsidiary|market|geography|category)\b"
)
_PART_FR = re.compile(rf"\b(?:secteur|division|zone|branche|filiale|pôle|région|segment)\s+(?P<name>{_NAME})")
_PLACE = re.compile(rf"\b(?:in|from|within|en|au|aux)\s+(?:the\s+)?(?P<name>{_NAME})(?!\s*(?:statement|sheet|report|filing|table|note))")
_NO_NAME_TEXT = """
january february march april may june july august september october november december fy fiscal year usd eur gbp dollars millions
thousands billions gaap ifrs statement note notes item balance sheet income cash flow operations position financial consolidated the
q1 q2 q3 q4 what how which
"""
_NO_NAME = frozenset(plain(_NO_NAME_TEXT).split())
_REPORT = re.compile(r"(?:p&l|10-?[kq]|8-?k|md&a|sec|annual report|form .*)(?: .*)?")
_OFTEN = 3  # a name that every third page has is the filer's, or of something that all of the report is about
_SHORT = 4


def strangers(question: Question, answer: Answer, facts: Sequence[Fact], finder: Finder) -> list[str]:
    """Names in the question that nothing about the figures of the answer bears; none for a table given without its report.

    Args:
        question: As understood, with its capitals.
        answer: That may be given.
        facts: The figures of the document that it cites.
        finder: Of the document.
    """
    if answer.refused or not finder.whole_report:
        return []
    borne = _borne(answer, facts, finder)
    passage = plain(" ".join(citation.text for citation in answer.citations[:1]))
    found = []
    for name in dict.fromkeys((*_parts(question.text), *_companies(question))):
        said = [word for word in words(name) if word not in _NO_NAME and not re.fullmatch(r"(?:fy)?\d+", word)]
        if not said or _is_measure(name) or _REPORT.fullmatch(plain(name)):
            continue
        own = [word for word in said if _is_own(word, name, finder)]
        missing = [word for word in said if word not in own and word not in borne]
        if not facts and plain(name) not in passage:
            missing = [word for word in said if word not in own]
        if missing and (not own or name in _parts(question.text)):
            found.append(name.strip())
    if not facts and question.operation == "lookup":  # a passage instead of a figure has to speak of what was asked about
        found += [word for word in question.words if len(word) > _SHORT and word.isalpha() and not finder.begins(word[:-1])]
    return found


def not_about(names: Sequence[str], question: Question) -> str:
    """Why a figure that was found is not the one asked for."""
    if question.language == "fr":
        return f"Le document ne donne pas ce chiffre pour « {', '.join(names)} »."
    return f"The document has no such figure of “{', '.join(names)}”."


def _parts(text: str) -> list[str]:
    return [match["name"] for pattern in (_PART, _PART_FR, _PLACE) for match in pattern.finditer(text)]


def _companies(question: Question) -> list[str]:
    """Names in the places where a question names a company, as written."""
    written = re.findall(_NAME, question.text)
    named = []
    for name in written:
        said = set(words(re.sub(r"['’]s?$", "", name)))
        if said and said & question.entities:
            named.append(re.sub(r"['’]s?$", "", name))
    return named


def _is_measure(name: str) -> bool:
    """Whether a name in capitals is a line item or a ratio: "Return on Assets"."""
    return bool(concepts_of(plain(name))) or find_ratio(plain(name)) is not None


def _borne(answer: Answer, facts: Iterable[Fact], finder: Finder) -> set[str]:
    """The words of labels, heads, captions and headings of the figures; of an answer in words, those of its passage."""
    texts: list[str] = []
    for fact in facts:
        texts += [fact.label, *fact.label_path, *fact.column_path, fact.context, fact.entity or ""]
        if fact.table is not None:
            table = finder.document.tables[fact.table]
            texts += [table.caption, *(cell.text for cell in table.cells if cell.row == 0 or cell.header)]
    texts = texts or [citation.text for citation in answer.citations[:1]]
    return {word for text in texts for word in words(text)}


def _is_own(word: str, name: str, finder: Finder) -> bool:
    """Whether a word is of the filer's own name: on the cover, as its initials, in the file's name, or on every few pages."""
    if word in finder.company or word in plain(finder.document.name):
        return True
    if name.isupper() and plain(name).replace("&", "").replace(".", "") in finder.initials:
        return True
    return finder.count(word) * _OFTEN >= len(finder.document.pages)
