"""Words of sentences in one comparable form, and which of them claim nothing, claim a direction, deny, or hedge."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from finlens.finance.words import STOP_WORDS, plain, stem

_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = (
    "ations",
    "ation",
    "ements",
    "ement",
    "ments",
    "ment",
    "ings",
    "ing",
    "ies",
    "ied",
    "ees",
    "es",
    "ed",
    "ly",
    "er",
    "s",
    "e",
    "y",
)


class WordPlace(NamedTuple):
    """A word of letters and where it begins."""

    text: str
    start: int


def word_places(text: str) -> list[WordPlace]:
    return [WordPlace(match.group(), match.start()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """A word without its ending, so that "amounted" and "amounts" are one; cut hard, for comparing prose with prose."""
    made = stem(plain(word))
    for ending in _ENDINGS:
        if made.endswith(ending) and len(made) - len(ending) >= 4:
            return made[: -len(ending)]
    return made


def roots(text: str) -> frozenset[str]:
    """The roots of every word of letters."""
    return frozenset(root(word.text) for word in word_places(text))


def content(text: str) -> frozenset[str]:
    """The roots of the words that carry meaning."""
    return frozenset(root(word.text) for word in word_places(text) if plain(word.text) not in STOP_WORDS and len(word.text) > 1)


def direction(word: str) -> int:
    """1 for a word that says up, -1 for one that says down or below zero, 0 for any other."""
    word = plain(word)
    if word in _DOWN_WORDS or word.startswith(_DOWN):
        return -1
    return 1 if word in _UP_WORDS or word.startswith(_UP) else 0


def language_of(*texts: str) -> Literal["en", "fr"]:
    """The language whose small words these texts use more of; English where they use none."""
    words = [plain(word.text) for text in texts for word in word_places(text)]
    return "fr" if sum(word in _FRENCH for word in words) > sum(word in _ENGLISH for word in words) else "en"


def neutral_words(language: Literal["en", "fr"]) -> frozenset[str]:
    """Words that a sentence about a figure may use because they change nothing about it."""
    return _FRENCH if language == "fr" else _ENGLISH


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DOWN = tuple(
    _words(
        """
        decreas declin reduc diminish shrank shrunk shrink negativ deficit worse plung slump deteriorat
        baiss diminu recul repli chut perte perdu inferieur regress
        """
    )
)
_DOWN_WORDS = _words(
    """
    fell fall falls fallen falling drop drops dropped dropping lower lowered down loss losses lost minus less fewer
    smaller lose loses moins slid contracted contraction
    """
)
_UP = tuple(
    _words(
        """
        increas improv climb expan positiv surg greater doubl tripl accelerat
        hauss augment progress croiss gagn superieur positif amelior
        """
    )
)
_UP_WORDS = _words(
    """
    grew grow grows grown growing growth rise rises rose risen rising up higher gain gains gained jump jumped raised
    more larger plus accru
    """
)

NEGATIONS = frozenset(
    root(word) for word in _words("not no nor never neither none without except cannot t ne pas ni jamais aucun aucune sans sauf non")
)
HEDGES = frozenset(
    root(word)
    for word in _words(
        """
        may might could would should if unless until can expect expects expected believe believes intend intends plan
        plans estimate estimates estimated
        approximately about only partly partially primarily mainly pourrait pourraient peut peuvent si environ prevoit
        estime seulement principalement
        """
    )
)

_ENGLISH = _words(
    """
    the a an there of in for to from at on as and was were is are be been has have had it its this that these those which with
    by during between when compared
    company group s amount amounts amounted totaled totalled stood stand reached came recorded figure value equal equals
    equaled according based document
    report answer year years fiscal financial period ended ending end ends respectively stated shown shows show per
    """
)
_FRENCH = _words(
    """
    le la les l un une des du de d au aux a à en dans pour sur par et est etait étaient était etaient ont eu se s sont
    ce cette cet ces qui eleve élève
    elevait élevait etabli établi etablit établit atteint atteignait ressort montant chiffre valeur résultat societe
    société groupe exercice annee année
    années periode période clos close cours selon rapport egal égal
    """
)
CHANGE_WORDS = _words(
    """
    change changed difference ratio share sum average percentage variation evolution évolution part somme moyenne versus
    against relative
    """
)
"""Words for what a program computed; only for answers that have one."""
