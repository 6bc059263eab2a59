"""Figures that only a sentence gives: "We borrowed $72.3 million under our credit facilities during 2019".

A sentence answers for a phrase when it says the phrase's words; which of its figures is meant, the order of a
"respectively", the years beside each figure, or the words before it decide. Where they don't, there is no answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from finlens.ask.when import When, all_mentions
from finlens.documents import Fact
from finlens.finance.words import plain, word_set, words

_NEAR = 90  # characters around a figure whose words say what it is
_RESPECTIVELY = re.compile(r"\brespectively\b|\brespectivement\b")
_CHANGE_ASKED = frozenset({"increase", "decrease", "change", "growth", "decline"})
_OTHER_WAY = re.compile(r"\b(?:increased?|decreased?|growth|decline[ds]?|higher|lower|up|down|rose|fell|change|compared|hausse|baisse)\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its figures, in order."""

    text: str
    """Plain."""
    words: frozenset[str]
    facts: tuple[Fact, ...]
    places: tuple[tuple[int, int], ...]
    """Where in the text each figure stands."""
    whens: tuple[When, ...]


class Sentences:
    """The sentences of a document that hold figures, found by their words."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        grouped: defaultdict[tuple[int, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.table is None and fact.amount.value is not None:
                grouped[fact.source.page, fact.context].append(fact)
        self.all = tuple(_sentence(context, found) for (_, context), found in grouped.items())
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.all):
            for word in sentence.words:
                self._by_word[word].append(number)

    def count(self, word: str) -> int:
        """How many sentences say a word."""
        return len(self._by_word.get(word, ()))

    def near(self, asked: Sequence[str], *, limit: int = 12) -> list[Sentence]:
        """The sentences that share most words with ``asked``."""
        shared: defaultdict[int, float] = defaultdict(float)
        for word in set(asked):
            numbers = self._by_word.get(word, ())
            for number in numbers:
                shared[number] += 1.0 / (1 + len(numbers)) ** 0.25
        best = sorted(shared, key=lambda number: (-shared[number], number))[:limit]
        return [self.all[number] for number in best]


def _sentence(context: str, facts: Sequence[Fact]) -> Sentence:
    text = plain(" ".join(context.split()))
    places: list[tuple[int, int]] = []
    kept: list[Fact] = []
    at = 0
    for fact in facts:
        raw = plain(" ".join(fact.amount.raw.split()))
        start = text.find(raw, at)
        if start < 0:
            continue
        at = start + len(raw)
        places.append((start, at))
        kept.append(fact)
    return Sentence(text, word_set(text), tuple(kept), tuple(places), tuple(all_mentions(text)))


def figures_for(sentence: Sentence, asked: Sequence[str], whens: Sequence[When], *, percent: bool) -> list[Fact] | None:
    """The figure of a sentence for each period asked for; None where the sentence does not tell which it is."""
    numbers = [at for at, fact in enumerate(sentence.facts) if (fact.amount.unit in ("percent", "points", "bps")) == percent]
    if not numbers:
        return None
    if not whens:
        chosen = _by_nearness(sentence, numbers, asked)
        return [sentence.facts[chosen]] if chosen is not None else None
    if len(whens) > 1 and not _RESPECTIVELY.search(sentence.text):
        return None  # "up from $41 million in 2022" is told in too many ways to be sure
    found: list[Fact] = []
    for when in whens:
        at = _at(sentence, numbers, asked, when)
        if at is None:
            return None
        found.append(sentence.facts[at])
    return found if len({id(fact) for fact in found}) == len(found) else None


def _at(sentence: Sentence, numbers: list[int], asked: Sequence[str], when: When) -> int | None:
    """The figure for one period: by "respectively", by the year beside it, or as the only figure of a sentence about that year."""
    wanted = [position for position, other in enumerate(sentence.whens) if _same(when, other)]
    if not wanted:
        return None
    if _RESPECTIVELY.search(sentence.text):
        for chunk in _chunks(sentence, numbers, asked):
            if len(chunk) == len(sentence.whens):
                return chunk[wanted[0]]
        return None
    beside = [at for at in numbers if any(_same(when, other) for other in _years_beside(sentence, at))]
    if len({other.year for other in sentence.whens}) == 1:
        beside = numbers
    return _by_nearness(sentence, beside, asked)


def _chunks(sentence: Sentence, numbers: list[int], asked: Sequence[str]) -> Iterator[list[int]]:
    """Lists of figures as long as the list of years; of several lists the one whose own words are asked for."""
    years = len(sentence.whens)
    if years == 0 or len(numbers) % years:
        return
    chunks = [numbers[first : first + years] for first in range(0, len(numbers), years)]
    if len(chunks) == 1:
        yield chunks[0]
        return
    scored = [(len(set(words(_before(sentence, chunk[0]))) & set(asked)), chunk) for chunk in chunks]
    best = max(score for score, _ in scored)
    winners = [chunk for score, chunk in scored if score == best]
    if len(winners) == 1 and best:
        yield winners[0]


def _by_nearness(sentence: Sentence, numbers: Sequence[int], asked: Sequence[str]) -> int | None:
    """The only figure, or the one beside most of the asked words; None for a tie."""
    if len(numbers) == 1:
        return numbers[0]
    scored = [(len((set(words(_before(sentence, at))) | set(words(_after(sentence, at)))) & set(asked)), at) for at in numbers]
    best = max((score for score, _ in scored), default=0)
    winners = [at for score, at in scored if score == best]
    return winners[0] if best and len(winners) == 1 else None


def _before(sentence: Sentence, at: int) -> str:
    start = sentence.places[at][0]
    floor = sentence.places[at - 1][1] if at else 0
    return sentence.text[max(floor, start - _NEAR) : start]


def _after(sentence: Sentence, at: int) -> str:
    end = sentence.places[at][1]
    ceiling = sentence.places[at + 1][0] if at + 1 < len(sentence.places) else len(sentence.text)
    return re.split(r"[,;]", sentence.text[end : min(ceiling, end + _NEAR)])[0]


def _years_beside(sentence: Sentence, at: int) -> list[When]:
    """Periods between this figure and the next; before it, where the sentence names its periods first."""
    end = sentence.places[at][1]
    ceiling = sentence.places[at + 1][0] if at + 1 < len(sentence.places) else len(sentence.text)
    after = [when for when in sentence.whens if end <= when.place[0] < ceiling]
    if after:
        return after
    start = sentence.places[at][0]
    floor = sentence.places[at - 1][1] if at else 0
    return [when for when in sentence.whens if floor <= when.place[0] < start]


def _same(asked: When, said: When) -> bool:
    if asked.year is None or said.year != asked.year:
        return False
    if asked.quarter or said.quarter:
        return asked.quarter == said.quarter
    return not (asked.month and said.month) or asked.month == said.month


def tells_a_change(sentence: Sentence, asked: Sequence[str]) -> bool:
    """Whether the sentence is about a change that was not asked for: "increased by $3 million" is no level."""
    return bool(_OTHER_WAY.search(sentence.text)) and not _CHANGE_ASKED & set(asked)
