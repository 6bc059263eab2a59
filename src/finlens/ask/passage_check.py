"""Whether a sentence that a model wrote is backed by the passage that it cites.

A backed sentence takes up words of the question, then says words of one sentence of the passage in their order, some
left out; every number is as it stands there, and nothing left out turns the meaning (a "not", a "may", a "decreased", a
name).
"""

from __future__ import annotations

import re

from finlens.ask.numbers_in_text import Mention, flat, numbers_in
from finlens.ask.plain_words import HEDGES, NEGATIONS, direction, root
from finlens.ask.wording_check import prose_problems, sentences_of
from finlens.finance.words import STOP_WORDS, plain

KEPT_SHARE = 0.7
"""How many of the words between the first and the last one used must be there too."""
_TOKEN = re.compile(r"[^\W_]+")
_TURNING = NEGATIONS | HEDGES


def check_passage(text: str, passage: str, question: str) -> list[str]:
    """What is wrong with ``text`` as an answer drawn from ``passage``; empty where nothing is."""
    problems = prose_problems(text, question)
    sources = sentences_of(flat(passage)) or [""]
    for sentence in sentences_of(flat(text)):
        tried = [_sentence_problems(sentence, source, question) for source in sources]
        fewest: list[str] = min(tried, key=len)
        problems += fewest
    return problems


def _sentence_problems(sentence: str, source: str, question: str) -> list[str]:
    said, printed = [_key(mention) for mention in numbers_in(sentence)], {_key(mention) for mention in numbers_in(source)}
    problems = [f"'{key[1]}' is not in the passage" for key in said if key not in printed]
    there = _tokens(source)
    asked = {word for word, raw in _tokens(question) if not direction(raw)} - _TURNING
    words = _tokens(sentence)
    taken_up = next((at for at, (word, _) in enumerate(words) if word not in asked), len(words))
    used: list[int] = []
    for word, raw in words[taken_up:]:  # what the sentence adds to the question: in the order of the passage
        found = next((at for at in range(used[-1] + 1 if used else 0, len(there)) if there[at][0] == word), None)
        if found is None:
            return [*problems, f"'{raw}' does not follow from the passage"]
        used.append(found)
    if not used:
        return [*problems, "it says nothing that the question does not"]
    for word, raw in words[:taken_up]:  # what it takes up from the question: in any order, but said by the same sentence
        places = [at for at, (other, _) in enumerate(there) if other == word]
        if not places:
            return [*problems, f"'{raw}' is not what the passage speaks of"]
        used.append(min(places, key=lambda at: abs(at - used[0])))
    first, last = min(used), max(used)
    left_out = [there[at] for at in range(first, last) if at not in used]
    if len(left_out) > (1 - KEPT_SHARE) * (last + 1 - first):
        problems.append("it joins words that stand far apart")
    return problems + [f"it leaves out '{raw}'" for word, raw in left_out if word in _TURNING or direction(raw) or raw[0].isupper()]


def _tokens(text: str) -> list[tuple[str, str]]:
    """The words that carry meaning or turn it, each as its root and as printed."""
    return [(root(token), token) for token in _TOKEN.findall(text) if plain(token) not in STOP_WORDS or root(token) in _TURNING]


def _key(mention: Mention) -> tuple[object, ...]:
    if mention.value is None:
        return (mention.kind, mention.text.lower(), None, None)
    return (mention.kind, str(mention.value.normalize()), mention.scale, mention.unit)
