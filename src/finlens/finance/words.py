"""Words of labels and questions in one comparable form: no accents, no plurals, acronyms spelled out.

Two labels mean the same line when these words agree: "Accounts receivables, net" and "net account receivable".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*%?|%")
_ACRONYMS = (
    (r"\bpp\s?n?\s?&?\s?e\b|\bpp and e\b", " property plant equipment "),
    (r"\br\s?&\s?d\b", " research development "),
    (r"\bsg\s?&\s?a\b", " selling general administrative "),
    (r"\bg\s?&\s?a\b", " general administrative "),
    (r"\bs\s?&\s?m\b", " sales marketing "),
    (r"\bd\s?&\s?a\b", " depreciation amortization "),
    (r"\bcogs\b", " cost of goods sold "),
    (r"\bcapex\b", " capital expenditure "),
    (r"\beps\b", " earnings per share "),
    (r"\bffo\b", " funds from operations "),
    (r"\bfcf\b", " free cash flow "),
    (r"\baoci\b", " accumulated other comprehensive income "),
    (r"\boci\b", " other comprehensive income "),
    (r"\broa\b", " return on assets "),
    (r"\broe\b", " return on equity "),
    (r"\bu\.\s?s\.?(?![a-z])", " usa "),
    (r"\bu\.\s?k\.?(?![a-z])", " uk "),
    (r"\bnon[- ](?=[a-z])", " non"),
    (r"\bpre[- ](?=tax)", " pre"),
    (r"\bper cent\b|\bpercent\b|\bpercentage\b", " % "),
)
# One pass over a text for all of them: long reports have thousands of passages.
_ACRONYM = re.compile("|".join(f"(?P<a{number}>{pattern})" for number, (pattern, _) in enumerate(_ACRONYMS)))
_SPELLED = {f"a{number}": spelled for number, (_, spelled) in enumerate(_ACRONYMS)}
_ELISION = re.compile(r"\b(?:d|l|qu|n|s|c|j|m)['’](?=[a-z])")
_POSSESSIVE = re.compile(r"['’]s?\b")

_SMALL_WORDS = """
a an the of in for to from by on at as and or with is are was were be been do does did has have had its it their there this that these those
what which who how much many when where why company companies group s
le la les de des du un une et ou en au aux par pour sur dans est sont etait etaient ont avait quel quelle quels quelles que qui combien
ce cette ces son sa ses leur leurs societe entreprise
"""
STOP_WORDS = frozenset(_SMALL_WORDS.split())


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """``text`` lower-cased, without accents, with curly quotes and dashes made straight."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("–", "-").replace("—", "-").replace("\u00ad", ""))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its plural, and with British spelling made American; good for labels, too light for prose."""
    if len(word) < 4 or word[0].isdigit():
        return word
    for ending, instead in (
        ("isation", "ization"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("aux", "al"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: -len(ending)] + instead
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    return word


@lru_cache(maxsize=32768)
def words(text: str) -> tuple[str, ...]:
    """The comparable words of a label or a question, in order, stop words left out."""
    text = plain(text)
    text = _ACRONYM.sub(lambda found: _SPELLED[found.lastgroup or ""], text)
    if "'" in text:
        text = _POSSESSIVE.sub("", _ELISION.sub("", text))
    return tuple(stem(word) for word in _WORD.findall(text) if word not in STOP_WORDS)


@lru_cache(maxsize=65536)
def word_set(text: str) -> frozenset[str]:
    return frozenset(words(text))
