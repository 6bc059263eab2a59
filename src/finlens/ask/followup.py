# ruff: noqa: E501 (a sentence form is read as one line)
"""Follow-up questions: "and the year before?" asks the earlier question again with another period or another line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finlens.ask.question import clean, understand
from finlens.ask.when import all_mentions, blanked
from finlens.finance.words import plain, words

_OPENING = re.compile(r"^(?:and|et|what about|how about|same for|and what about|qu'en est-il|et pour|and for|and in|then|so)\b[ ,]*")
_BEFORE = re.compile(
    r"\b(?:the )?(?:year|period) before\b|\b(?:prior|previous|preceding) (?:fiscal )?year\b|\bl'(?:annee|exercice) (?:d'avant|precedente?)\b"
)
_AFTER = re.compile(
    r"\b(?:the )?(?:year|period) after\b|\b(?:next|following) (?:fiscal )?year\b|\bl'(?:annee|exercice) (?:d'apres|suivante?)\b"
)
_FRENCH = re.compile(r"annee|exercice")
_POINTING = re.compile(r"\b(?:it|that|this|same|those|these|cela|ca|meme)\b")


_CHANGE = re.compile(
    r"\b(?P<relative>percent(?:age)?|relative|%)?\s*(?:net )?(?P<move>change|difference|increase|decrease|growth|decline|variation|evolution|ecart)\b"
)
_OVER_BOTH = re.compile(
    r"\b(?:two|both|those|these|the) (?:years|periods|amounts|values|figures)\b|\b(?:this|that) (?:time|period|change)\b|\bover the (?:years?|period)\b|\bbetween (?:them|the two)\b|\bof the two\b|\bthen\b|\bthis (?:difference|value)\b|^so\b"
)


def complete(question: str, earlier: Sequence[str]) -> str:
    """The question with what it leaves out taken from the one before; as it is where it stands on its own."""
    if not earlier:
        return question
    said = plain(" ".join(question.split()))
    short = len(words(said)) <= 4
    if not (_OPENING.search(said) or short or _POINTING.search(said) or _OVER_BOTH.search(said)):
        return question
    change = _change(said, earlier)
    if change:
        return change
    base = complete(earlier[-1], earlier[:-1])
    plain_base = plain(" ".join(base.split()))
    whens = all_mentions(plain_base)
    years = [when.year for when in whens if when.year]
    if _BEFORE.search(said):
        if years:
            return _shifted(plain_base, -1)
        return f"{plain_base.rstrip(' ?')} {'de l exercice precedent' if _FRENCH.search(said) else 'in the previous year'}".replace(
            "l exercice", "l'exercice"
        )
    if years and _AFTER.search(said):
        return _shifted(plain_base, 1)
    new = all_mentions(said)
    rest = clean(_OPENING.sub("", " ".join(blanked(said, new).split())).strip(" ?."))
    about = [word for word in words(rest) if word not in ("year", "same", "previous")]
    if new and not about and whens:
        return _with_periods(plain_base, " and ".join(when.raw for when in new))
    if about and _OPENING.search(said) and not new:
        old = understand(base).measures[0].phrase
        if old and old in plain_base:
            return plain_base.replace(old, rest, 1)
    if about and new and _OPENING.search(said):
        old = understand(base).measures[0].phrase
        if old and old in plain_base:
            return _with_periods(plain_base.replace(old, rest, 1), " and ".join(when.raw for when in new))
    return question


def _change(said: str, earlier: Sequence[str]) -> str | None:
    """The difference between the two years: of the line and the years that the questions before were about."""
    move = _CHANGE.search(said)
    if move is None or not _OVER_BOTH.search(said) or all_mentions(said):
        return None
    phrase = ""
    years: list[int] = []
    for at in range(len(earlier) - 1, max(-1, len(earlier) - 5), -1):
        before = understand(complete(earlier[at], earlier[:at]))
        asked = before.measures[0].phrase
        if not phrase:
            phrase = asked
        if words(asked) != words(phrase):
            break
        years.extend(when.year for when in before.whens if when.year and when.year not in years)
        if len(years) >= 2:
            break
    if not phrase or len(years) < 2:
        return None
    first, last = sorted(years[:2])
    return f"what was the {'percentage change' if move['relative'] else 'change'} in {phrase} from {first} to {last}?"


def _shifted(text: str, years: int) -> str:
    return re.sub(r"\b((?:19|20)\d\d)\b", lambda match: str(int(match[1]) + years), text)


def _with_periods(text: str, periods: str) -> str:
    whens = all_mentions(text)
    if not whens:
        return f"{text.rstrip(' ?')} {periods}"
    start, end = whens[0].place[0], whens[-1].place[1]
    return text[:start] + periods + text[end:]
