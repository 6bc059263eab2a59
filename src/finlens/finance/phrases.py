"""What a figure in prose is about: the noun phrase, rather than the words that happen to stand before it.

"The fair value of options vested during 2024 and 2023 was $5 million and $4 million" is about "The fair value of options
vested", "We recorded $3 million of impairment losses" about "impairment losses".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDS = 14  # a label longer than this says no more
_CLAUSE = re.compile(
    r"[;:]\s|\.\s|,\s+(?:and|but|while|whereas|which|compared|et|mais|tandis)\b|\b(?:compared (?:to|with)|up from|down from)\b|,\s", re.I
)
_OPENING = re.compile(
    r"^[\s,;:(\[]*(?:\(?\w{1,2}\)\s+|\[\w\]\s+)?(?:and|but|while|whereas|or|which|that|including|et|mais|dont|as well as|of which)?\s*",
    re.I,
)
# What leads from the thing to its figure.
_LINK = re.compile(
    r"(?:[\s,(]|\b(?:was|were|is|are|be|been|being|had|has|have|of|to|at|by|for|in|from|with|a|an|the|up|down|about|approximately|around|nearly|"
    r"almost|roughly|over|under|above|below|than|more|less|least|most|only|additional|aggregate|total|totall?ing|totaled|totalled|amounts?|amounted|"
    r"amounting|comprised|consisted|consisting|equal|estimated|reached|ranging|ranged|between|respectively|net|includes?|included|including|"
    r"recognized|recorded|incurred|and|or|s['’]établi\w*|s['’]élèv\w*|s['’]élev\w*|atteint|ressort\w*|est|sont|était|étaient|de|d['’]|à|au|aux|"
    r"environ|près|plus|moins|un|une|le|la|les|montant|représent\w+|soit|which|that|of which|both|each)\b|['’])+$",
    re.I,
)
_CHANGED = re.compile(
    r"\b(?:increase[sd]?|increasing|decrease[sd]?|decreasing|rose|fell|grew|grown|gr[eo]w|declin\w+|dropped|improved|reduced|higher|lower|"
    r"augment\w+|diminu\w+|progress\w+|recul\w*|baiss\w+|hausse|croissance)\b",
    re.I,
)
_TO_LEVEL = re.compile(r"\b(?:to|à)\s*(?:approximately |about |environ )?[($€£]*$", re.I)
_ACTOR = re.compile(
    r"^(?:(?:we|it|they|he|she|the company|the group|the corporation|management|nous|il|elle|la société|le groupe|l['’]entreprise|"
    r"our (?:board of directors|board)|the board of directors)\b)\s*(?:also|then|generally|currently|have|has|had|ont|avons|a)?\s*"
    r"(?P<verb>[\w'’-]+)?",
    re.I,
)
_THING_AFTER = re.compile(
    r"^[)\s]*(?:,?\s*respectively,?\s*)?(?:of\s+|in\s+|for\s+|d['’]|de\s+|du\s+)?(?P<thing>[^,;.:()$€£\d]{3,110})", re.I
)
_THING_ENDS = re.compile(
    r"\s+(?:for the|during|as of|in (?:the|fiscal|\d)|at|on|compared|versus|which|that|were|was|is|are|will|from|to|and|au cours|en \d|"
    r"pour|contre|qui|respectively|expected|related to the|due|based|through|under)\b.*$",
    re.I | re.S,
)
_ADJECTIVE = re.compile(
    r"\b(?:a|an|the|its|our|their|this|previous|new|existing|initial|remaining|additional|\w+-(?:year|day|month),?)\s*\(?$", re.I
)
_LEADING = re.compile(
    r"^(?:(?:of|in|for|at|to|by|on|from|with|was|were|is|are|be|been|approximately|about|an?|certain|and|or|de|du|des|d['’]|à|au)\s+)+",
    re.I,
)
_SHORT_ACTOR = 9  # words; a longer text before the figure says what it is by itself


def label_of(sentence: str, start: int, end: int, before: int, times: Sequence[tuple[int, int]]) -> str:
    """The noun phrase that the figure at ``start:end`` is about; "" where the words around it name nothing.

    Args:
        sentence: The sentence.
        start: Where the figure, or the run of figures that it stands in, begins.
        end: Where that ends.
        before: Where the figure before it ends; 0 for the first.
        times: Extents of the times that the sentence names; they are no part of a label.
    """
    ahead = _without(sentence, before, start, times)
    following = _without(sentence, end, len(sentence), times)
    if _ADJECTIVE.search(ahead) and following[:1].isalpha() and (thing := _thing_after(following)):
        return thing  # "the $15.0 billion share repurchase authorization"
    level = _TO_LEVEL.search(ahead)
    clause = _last_clause(ahead)
    actor = _ACTOR.match(clause)
    core = _LINK.sub("", clause).strip(" ,;:-–—(")
    if actor and len(core.split()) <= _SHORT_ACTOR:
        thing = _thing_after(following)
        rest = core[actor.end() :].strip(" ,;:") if not actor.group("verb") else core[actor.start("verb") :].strip(" ,;:")
        if thing:
            return thing
        core = rest or core
    if level and _CHANGED.search(core):
        core = without_change(core)
    core = _LEADING.sub("", core)
    if not _NAMING.search(core):
        return _thing_after(following)
    return " ".join(core.split()[-_WORDS:])


_NAMING = re.compile(r"(?!(?:the|and|was|were|which|that|our|its|for|with)\b)\b[^\W\d_]{3,}", re.I)


def without_change(label: str) -> str:
    """What rose or fell, of a label that says that it did."""
    return _CHANGED.split(label)[0].strip(" ,") or label


def _without(sentence: str, start: int, end: int, times: Sequence[tuple[int, int]]) -> str:
    parts, at = [], start
    for first, last in times:
        if first >= end or last <= start:
            continue
        parts.append(sentence[at : max(at, first)])
        at = max(at, last)
    parts.append(sentence[at : max(at, end)])
    return " ".join(" ".join(parts).split())


def _last_clause(ahead: str) -> str:
    """The last clause that names something; ", net of taxes," and the like stay with what they follow."""
    at = 0
    for found in _CLAUSE.finditer(ahead):
        rest = _LINK.sub("", ahead[found.end() :])
        if len(re.findall(r"[^\W\d_]{3,}", rest)) >= 2 and not re.match(
            r"(?:net|including|excluding|less|before|after|hors|y compris)\b", rest, re.I
        ):
            at = found.end()
    opening = _OPENING.match(ahead[at:])
    return ahead[at + (opening.end() if opening else 0) :]


def _thing_after(following: str) -> str:
    found = _THING_AFTER.match(following)
    if not found:
        return ""
    thing = _THING_ENDS.sub("", " " + found.group("thing")).strip(" ,;:-–—")
    return " ".join(thing.split()[:_WORDS]) if len(re.findall(r"[^\W\d_]{3,}", thing)) else ""
