"""Words of labels and questions in one comparable form: no accents, no plurals, acronyms spelled out.

Two labels mean the same line when these words agree: "Accounts receivables, net" and "net account receivable".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*%?|%")
# What must stand in a text before its pattern is tried: long reports have thousands of passages, and few acronyms.
_ACRONYMS = tuple(
    (trigger, re.compile(pattern), spelled)
    for trigger, pattern, spelled in (
        ("pp", r"\bpp\s?n?\s?&?\s?e\b|\bpp and e\b", " property plant equipment "),
        ("r&", r"\br\s?&\s?d\b", " research development "),
        ("r &", r"\br\s?&\s?d\b", " research development "),
        ("sg&a", r"\bsg\s?&\s?a\b", " selling general administrative "),
        ("g&a", r"\bg\s?&\s?a\b", " general administrative "),
        ("s&m", r"\bs\s?&\s?m\b", " sales marketing "),
        ("d&a", r"\bd\s?&\s?a\b", " depreciation amortization "),
        ("cogs", r"\bcogs\b", " cost of goods sold "),
        ("capex", r"\bcapex\b", " capital expenditure "),
        ("eps", r"\beps\b", " earnings per share "),
        ("ffo", r"\bffo\b", " funds from operations "),
        ("fcf", r"\bfcf\b", " free cash flow "),
        ("aoci", r"\baoci\b", " accumulated other comprehensive income "),
        ("oci", r"\boci\b", " other comprehensive income "),
        ("roa", r"\broa\b", " return on assets "),
        ("roe", r"\broe\b", " return on equity "),
        ("u.", r"\bu\.\s?s\.?(?![a-z])", " usa "),
        ("u.", r"\bu\.\s?k\.?(?![a-z])", " uk "),
        ("non", r"\bnon[- ](?=[a-z])", " non"),
        ("pre", r"\bpre[- ](?=tax)", " pre"),
        ("per", r"\bper cent\b|\bpercent(?:age)?\b", " % "),
    )
)
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
    return _ACCENTS.sub("", decomposed).lower()


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
    for trigger, pattern, spelled in _ACRONYMS:
        if trigger in text:
            text = pattern.sub(spelled, text)
    if "'" in text:
        text = _POSSESSIVE.sub("", _ELISION.sub("", text))
    return tuple(stem(word) for word in _WORD.findall(text) if word not in STOP_WORDS)


@lru_cache(maxsize=65536)
def word_set(text: str) -> frozenset[str]:
    return frozenset(words(text))
