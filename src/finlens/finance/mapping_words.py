"""Words of labels, titles and names as the mapping of rows compares them: synonyms as one, numbers and notes left out."""

from __future__ import annotations

import re
from functools import lru_cache

from finlens.finance.words import words

_TIME_WORDS = """
year ended ending end month quarter period fiscal week three six nine twelve 12 52 53 january february march april may june july august
september october november december beginning date exercice clos annee mois trimestre semestre janvier fevrier mars avril mai juin
juillet aout septembre octobre novembre decembre million thousand billion dollar euro usd eur millier milliard except per data
unaudited audited total following table present presented summarize summarized set forth follow consist consisted below note consolidated
financial continued content our we inc corporation compan company subsidiary disclosure information suivant tableau
"""
_TIME = frozenset(_TIME_WORDS.split())
"""Words of a column head or a title that only say when, in which unit, or that a table follows."""
_SAME = {
    "earning": "income",
    "shareholder": "stockholder",
    "shareowner": "stockholder",
    "unearned": "deferred",
    "assuming": "including",
    "incl": "including",
    "excl": "excluding",
}
"""Words that labels use for one another."""
_LEVEL_WORDS = "quoted active market identical significant observable unobservable input level measurement reporting using niveau"
_LEVELS = frozenset(_LEVEL_WORDS.split())
"""Words of a column head that only say how a fair value was found."""
_NUMERIC = re.compile(r"\d|^(?:ii|iii|iv|vi|vii|viii|ix|xi|xii|xiii)$")
_NOTE = re.compile(r"\((?:note|see)[^)]*\)|\[[^\]]*\]|\((?:\d{1,2}|[a-z])\)|[*†‡¹²³⁴]+", re.I)
_AMOUNTS = re.compile(r"[,;:]?\s*(?:of|at|and|\()?\s*[$€£]\s?\(?[\d.,]+\)?(?:\s*(?:million|billion|and|,))*\)?")


@lru_cache(maxsize=16384)
def name_words(text: str) -> tuple[str, ...]:
    """Comparable words of a name, each once."""
    found = (_SAME.get(word, word) for word in words(text) if len(word) > 1 and word != "level" and not _NUMERIC.search(word))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=16384)
def label_words(text: str) -> tuple[str, ...]:
    """Comparable words of a row's label, without numbers and notes."""
    return name_words(_AMOUNTS.sub(" ", _NOTE.sub(" ", text)))


@lru_cache(maxsize=16384)
def telling(text: str) -> tuple[str, ...]:
    """Comparable words of a head or a title that say more than a period or a unit."""
    return tuple(word for word in name_words(_NOTE.sub(" ", text)) if word not in _TIME and word not in _LEVELS)
