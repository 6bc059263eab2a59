"""Questions whose answer is words: the periods of a table, the row that stands out, or the passage that says it.

The answer is always a string of the document. Instructions that stand in the document are strings like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from finlens.ask.finder import Finder
from finlens.ask.lines import descriptor
from finlens.ask.model import Answer, Citation, Step
from finlens.ask.patterns import LOWER_WORDS
from finlens.ask.places import citation_of
from finlens.ask.question import Question
from finlens.ask.resolver import Resolver
from finlens.ask.when import When
from finlens.documents import Fact
from finlens.finance.words import plain, stem, words
from finlens.search.passages import Passage, sentences
from finlens.search.synonyms import widened

_SURE_ENOUGH = 0.62
_PASSAGES = 8
_REASON = re.compile(
    r"\b(?:primarily |mainly |largely |partly |principally |mostly )?(?:due to|because of|because|driven by|as a result of|resulting from|"
    r"resulted from|on the strength of|thanks to|led by|"
    r"attributable to|result of|reflecting|reflects|owing to|caused by|related to|en raison d|grâce à|s'explique)",
    re.I,
)
_ASKS_REASON = re.compile(
    r"^(?:why|pourquoi)|\b(?:reasons?|cause[ds]?|drove|driven|drivers?|led to|contributed|explain|attributable|expliqu|raisons?)\b"
)
_ASKING_TEXT = """
why how what who where when explain describe reason cause caused drove driven driver led contributed does do did define defined mean refer
type kind pourquoi comment expliquer qui quel quelle trouve situe augmente progresse baisse diminue recule est-ce
company main key primary primarily give state happen used use related
"""
_ASKING = frozenset(stem(word) for word in _ASKING_TEXT.split())
_DEFINES = re.compile(
    r"(?:\(\w\)\s*)?(?P<what>.{3,80}?)\s+"
    r"(?P<meaning>(?:consists? of|represents?|means?|refers? to|includes?|(?:is|are) defined as|(?:is|are) the|désigne|correspond à)\b.+)",
    re.I | re.S,
)
_LINKING = re.compile(
    r"^[\s,]*(?:(?:is|are|was|were|has been|have been|as|to|by|that|of|for|in|at|on|from|include|includes|included|"
    r"consists?|represents?|comprises?|"
    r"means?|refers?|defined|est|sont|comprend|désigne|,|:)\s+)*",
    re.I,
)


def answer_in_words(question: Question, asked: str, finder: Finder, steps: Sequence[Step]) -> Answer | None:
    """The answer of a question that asks for words; None where nothing answers it well enough."""
    if question.operation == "list periods":
        return _periods(question, asked, finder, steps) or _passage(question, asked, finder, steps)
    if question.operation == "best row":
        return _best_row(question, asked, finder, steps) or _passage(question, asked, finder, steps)
    return _passage(question, asked, finder, steps)


def definition(question: Question, asked: str, finder: Finder, steps: Sequence[Step]) -> Answer | None:
    """The sentence that begins with what is asked about and says what it is; None where there is none."""
    phrase = words(question.measures[0].phrase)
    if not phrase:
        return None
    for passage, _ in finder.passages.search(" ".join(phrase), limit=_PASSAGES):
        for sentence in sentences(passage.text) if passage.kind == "prose" else ():
            match = _DEFINES.match(sentence)
            if match and set(words(match["what"])) == set(phrase):
                cited = Citation(passage.source, sentence)
                trace = (*steps, Step("search", f"a sentence on page {passage.page} says what it is"))
                text = f"{sentence} (page {passage.page})"
                return Answer(asked, text, spans=(match["meaning"].strip(),), citations=(cited,), confidence=0.85, steps=trace)
    return None


def _periods(question: Question, asked: str, finder: Finder, steps: Sequence[Step]) -> Answer | None:
    """Which years the table has for a line: the heads of the best one, in the table's order."""
    matches = Resolver(finder, question).matches(question.measures[0].phrase) if question.measures[0].phrase else ()
    lines = [match.line for match in matches if match.score > 0.5]
    if not lines and not finder.whole_report:
        lines = [line for line in finder.lines if len(line.by_period()) > 1]
    if not lines:
        return None
    line = lines[0]
    facts = [fact for fact in line.facts if fact.period]
    spans = tuple(dict.fromkeys(_period_name(fact) for fact in facts))
    if not spans:
        return None
    cited = tuple(citation_of(fact) for fact in facts)
    text = f"{line.label}: {', '.join(spans)}, page {line.page}."
    trace = (*steps, Step("find", f"“{line.label}” on page {line.page}"))
    return Answer(asked, text, spans=spans, citations=cited, confidence=0.8, steps=trace)


def _period_name(fact: Fact) -> str:
    period = fact.period
    assert period is not None
    return str(period.year) if period.year and period.quarter is None else period.raw


def _best_row(question: Question, asked: str, finder: Finder, steps: Sequence[Step]) -> Answer | None:
    """Which segment had the highest net sales: the largest of a table's rows under (or beside) that measure."""
    if len(question.measures) < 2 or not question.measures[1].phrase:
        return None
    when = question.whens[0] if question.whens else None
    wanted = set(words(question.measures[1].phrase))
    groups: dict[tuple[int, str], list[tuple[Fact, str]]] = {}
    for line in finder.lines:
        inside = line.above | line.stub | line.around | line.beside
        if not wanted <= inside or not line.own or {"total", "consolidated"} & set(line.own) or descriptor(line.label) == "":
            continue
        at = line.at(when) if when else (line.by_period()[:1] and (line.by_period()[0], 1.0)) or None
        if at and at[0].amount.unit != "percent":
            groups.setdefault((line.table, " ".join(sorted(line.beside))), []).append((at[0], line.label))
    asked_for = set(words(question.measures[0].phrase))  # "which segment": tables that speak of segments, where there are some
    speaking = {key for key in groups if asked_for and asked_for <= set(words(finder.document.tables[key[0]].caption))}
    groups = {key: rows for key, rows in groups.items() if key in speaking} if speaking else groups
    if len(groups) != 1:
        return None
    (rows,) = groups.values()
    if len(rows) < 2:
        return None
    lowest = question.most in LOWER_WORDS
    value = (min if lowest else max)(fact.amount.absolute or 0 for fact, _ in rows)
    chosen = [(fact, label) for fact, label in rows if fact.amount.absolute == value]
    if len(chosen) != 1:
        return None
    fact, label = chosen[0]
    text = f"{label}: {fact.amount.raw}, page {fact.source.page}."
    cited = (citation_of(fact), *(citation_of(other) for other, _ in rows if other is not fact))
    trace = (*steps, Step("compare", f"{len(rows)} rows of one table"))
    return Answer(asked, text, spans=(label,), citations=cited, confidence=0.7, steps=trace)


def _passage(question: Question, asked: str, finder: Finder, steps: Sequence[Step]) -> Answer | None:
    """The sentence that shares most of the question's words, weighed by how rare they are."""
    core = _content(question)
    if not core:
        return None
    found = finder.passages.search(" ".join(core), limit=_PASSAGES)
    reason = bool(_ASKS_REASON.search(question.core))
    asked_years = {when.year for when in question.whens if when.year}
    known_years = {fact.period.year for line in finder.lines for fact in line.facts if fact.period} if asked_years else set()
    scored: list[tuple[float, int, str, Passage]] = []
    for rank, (passage, _) in enumerate(found):
        if passage.kind != "prose":
            continue
        parts = sentences(passage.text)
        for place, sentence in enumerate(parts):
            if not _of_the_years(sentence, asked_years, known_years):
                continue
            near = " ".join(parts[max(0, place - 1) : place])
            scored.append((_coverage(core, sentence, near, question.whens, finder, reason=reason) - 0.01 * rank, -rank, sentence, passage))
    if not scored:
        return None
    score, _, sentence, passage = max(scored, key=lambda item: item[:2])
    trace = (*steps, Step("search", f"passage on page {passage.page}, {score:.2f} of the question's words by weight"))
    if score < _SURE_ENOUGH:
        return None
    span = _span(core, sentence, reason=reason)
    cited = Citation(passage.source, sentence)
    others = tuple(Citation(other.source, other.text) for other, _ in found if other is not passage)
    text = f"{sentence} (page {passage.page})"
    return Answer(asked, text, spans=(span,), citations=(cited, *others), confidence=round(min(0.9, 0.9 * score), 3), steps=trace)


def _of_the_years(sentence: str, asked: set[int], known: set[int | None]) -> bool:
    """Whether a sentence may be about the years asked for: it names one, or names none and the document's tables have one."""
    named = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", sentence)}
    return not asked or bool(named & asked) or (not named and (not known or bool(known & asked)))


def _content(question: Question) -> list[str]:
    said = words(" ".join(filter(None, [re.sub(r"\b(?:19|20)\d\d\b", " ", plain(question.core))])))
    return [word for word in dict.fromkeys(said) if word not in _ASKING and word not in question.entities]


def _coverage(core: Sequence[str], sentence: str, near: str, whens: Sequence[When], finder: Finder, *, reason: bool) -> float:
    here = set(words(sentence))
    before = set(words(near))
    got = whole = 0.0
    for word in core:
        weight = finder.passages.rarity(word) or 4.0
        whole += weight
        if word in here:
            got += weight
        elif any(other in here for other in widened([word])):
            got += 0.6 * weight
        elif word in before:
            got += 0.5 * weight
    score = got / whole if whole else 0.0
    years = {str(when.year) for when in whens if when.year}
    if years and not years & {word for word in here | before if word.isdigit()}:
        score *= 0.8
    if len(core) == 1:
        score *= 0.6  # one word in common is no answer
    if reason:
        score *= 1.0 if _REASON.search(sentence) else 0.6
    return score


def _span(core: Sequence[str], sentence: str, *, reason: bool) -> str:
    """The part of the sentence that says something new: what follows the words of the question."""
    if reason:
        match = _REASON.search(sentence)
        return sentence[match.start() :].strip() if match and match.start() > 0 else sentence
    last = 0
    matched = 0
    for match in re.finditer(r"[\w'’.-]+", sentence):
        if set(words(match.group())) & set(core):
            matched += 1
            last = match.end()
            if matched >= len(core):
                break
    if last > 0.65 * len(sentence):
        return sentence
    rest = _LINKING.sub("", sentence[last:])
    return rest.strip() if len(rest.split()) >= 2 else sentence
