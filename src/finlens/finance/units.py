"""Scale and currency from the words around a figure: heads, captions, row labels, paragraphs.

"(in millions of euros, except per share data)" sets a scale and says what it does not apply to; the label "Earnings per
share" or a head "% of sales" says that it never applied there. `read_unit_note` reads the first kind, `kind_of_label`
the second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from finlens.finance.kinds import EXCEPT, Kind, kind_of_label
from finlens.finance.numerals import PLAIN
from finlens.finance.vocabulary import CURRENCY_SIGN, CURRENCY_WORD, SCALES, currency_of, word_set


@dataclass(frozen=True, slots=True)
class UnitNote:
    """What one text says about the figures near it. None: not said."""

    scale: Decimal | None = None
    currency: str | None = None
    kind: Kind | None = None
    """Where the text is about something else than money: "%", "shares", "days"."""
    share_scale: Decimal | None = None
    """Scale of share counts where they are an exception: 1 for "except share data", 1000 for "shares in thousands"."""
    bare_dollar: bool = False
    """The currency is a plain "$", which another text may say to be Canadian."""

    @property
    def empty(self) -> bool:
        return self.scale is None and self.currency is None and self.kind is None and self.share_scale is None


_NOTHING = UnitNote()
_CHEAP = re.compile(
    r"thous|million|billion|illier|illiard|000|lakh|crore|€|£|¥|₹|\$|%|euros?\b|eur\b|usd|dollars?|"
    r"chf|gbp|\b[a-z]{3} ?m\b|percent|pour cent",
    re.I,
)
_WORD = r"(?P<{0}>thousands?|thous|millions?|billions?|trillions?|milliers?|milliards?|crores?|lakhs?|mio|mds?|mrds?)"
_MONEY = rf"(?:(?:{CURRENCY_WORD}|{CURRENCY_SIGN})(?![a-zé]))"
_IN_WORDS = re.compile(
    rf"(?<![\d.] )(?<!\d)\b(?:in|en)\s+(?:whole\s+|tabular\s+)?(?P<before>{_MONEY})?\s*{_WORD.format('word')}(?![a-z])(?P<per>\s+pe"
    rf"r\b)?"
    rf"(?:\s*(?:of\s+|de\s+|d')?(?P<after>{_MONEY}))?",
    re.I,
)
_MONEY_AHEAD = re.compile(
    rf"(?<![\w])({_MONEY})\s*,?\s*(?:amounts?\s+|and shares\s+)?(?:(?:are|is|stated|presented|expressed|shown)\s+)*$", re.I
)
_MONEY_FIRST = re.compile(
    rf"(?<![\w])(?P<before>{_MONEY}|amounts?|figures?|montants?|shares?|data|tabular amounts?)\s*,?\s*(?:(?:are|"
    rf"is|stated|presented|expressed|shown|exprimés?)\s+)*(?:in|en)?\s*['’]?{_WORD.format('word')}(?![a-z])"
    rf"(?:\s*(?:of\s+|de\s+|d')?(?P<after>{_MONEY}))?",
    re.I,
)
_WORD_FIRST = re.compile(
    rf"^\W*(?:amounts?\s+in\s+)?{_WORD.format('word')}(?:\s*(?:of\s+|de\s+|d'|in\s+)?(?P<after>{_MONEY}))?(?P<of>\s+(?:of|"
    rf"de|d')\s*[a-zé ]+)?(?=\W*$|[,;(])",
    re.I,
)
_FUSED = re.compile(
    rf"(?<![\w,.])(?P<before>{CURRENCY_SIGN})?\s?(?P<word>[kmtb]|mn|mm|mio|bn|mds?|mrds?)\s?(?P<after>{CURRENCY_SIGN})(?![\w$€£])|"
    rf"(?<![\w,.])(?P<before2>{CURRENCY_SIGN})\s?(?P<word2>k|m|mn|mm|mio|bn|b)(?![\w])",
    re.I,
)
_THOUSANDS = re.compile(
    rf"(?<![\d,.])(?P<before>{CURRENCY_SIGN})?\s?['’]?(?P<zeros>000(?:,000)?)['’]?s?(?![\d,.]\d|\d)(?:\s?(?P<after>{CURRENCY_SIGN}))?", re.I
)
_WHOLE = re.compile(
    rf"\b(?:in|en)\s+(?:whole\s+|actual\s+)?(?P<money>{_MONEY})(?!\s*(?:millions?|milliers?|milliards?|thousands?|billions?))", re.I
)
_SAID_OF_ALL = re.compile(
    r"(?:\(|\b(?:amounts?|figures?|data|montants?|chiffres|expressed|stated|presented|exprimés?|présentés?)\b.{0,20})\s*$", re.I
)
_ALONE = re.compile(rf"\W*(?P<money>{_MONEY})\W*", re.I)
_MONEY_HUGGED = re.compile(rf"\(\s*(?P<money>{CURRENCY_WORD}|[$€£¥₹])\s*\)", re.I)
_PERCENT_HEAD = re.compile(r"%|\bpercent(?:age)?s?\b|\bper cent\b|\bpour ?cent(?:age)?\b|\bpct\b", re.I)
_EXCEPT_SHARES = re.compile(
    r"\b(?:except|excluding|other than|sauf|hors)\b[^.;]*?(?:\bshares?\b(?!\s*[- ]?based)(?!\s+prices?)|"
    r"\bnumber of shares\b|\bactions?\b|\bunits?\b)",
    re.I,
)
_PER_SHARE_ONLY = re.compile(
    r"(?:\bper[- ](?:common |ordinary |diluted )?(?:share|unit|action)s?\b(?:\s+(?:and (?:percentage|"
    r"ratio)s?\s+)?(?:data|amounts?|information|figures))?"
    r"|(?:données|résultats?|montants?)?\s*par action|\bshares? prices?\b)",
    re.I,
)
_SHARES_IN = re.compile(
    r"(?<!and )\b(?:shares?|actions)\s+(?:data\s+)?(?:are\s+)?(?:in|en)\s+(thousands|millions|billions|milliers|milliards)\b|"
    r"(?:\b(?:in|en) )?\b(thousands|millions|billions|milliers) (?:of shares\b|d['’]actions\b)",
    re.I,
)
_SHORT = 110  # characters; longer texts are paragraphs, where only the explicit forms count


@lru_cache(maxsize=8192)
def read_unit_note(text: str) -> UnitNote:
    """What ``text`` says about the scale, currency and unit of the figures near it; empty where it says nothing.

    Short texts (heads, captions) may say it in any form ("€m", "$000"); in a paragraph only forms that cannot be part
    of a sentence about one figure count ("(in thousands)").
    """
    if not _CHEAP.search(text):
        return _NOTHING
    plain = " ".join(text.translate(PLAIN).split())
    short = len(plain) <= _SHORT
    cut = EXCEPT.search(plain)
    main = _SHARES_IN.sub(" ", plain[: cut.start()] if cut else plain)
    share_scale = _share_scale(plain)
    found = _scale_in(main, short)
    if found:
        scale, sign = found
        per_unit = sign == "per"
        return _noted(None if per_unit else scale, None if per_unit else sign, share_scale, main, short)
    whole = _WHOLE.search(main)
    if whole and (short or _SAID_OF_ALL.search(main, 0, whole.start())):
        return _noted(Decimal(1), whole.group("money"), share_scale, main, short)
    alone = (_ALONE.fullmatch(main) or _MONEY_HUGGED.search(main)) if short else None
    if alone:
        return _noted(None, alone.group("money"), share_scale, main, short)
    if short and not any(char.isdigit() for char in main) and _PERCENT_HEAD.search(main):
        return UnitNote(kind="percent")
    return UnitNote(share_scale=share_scale) if share_scale is not None else _NOTHING


def _noted(scale: Decimal | None, sign: str | None, share_scale: Decimal | None, main: str, short: bool) -> UnitNote:
    kind: Kind | None = None
    currency = currency_of(sign) if sign else None
    if sign is None or currency is None:
        currency = None
        other = kind_of_label(_SHARES_IN.sub(" ", main)) if short else None
        kind = other if other in ("shares", "employees", "physical") else None
    return UnitNote(scale, currency, kind, share_scale, bare_dollar=sign is not None and sign.lower() in ("$", "dollars", "dollar"))


def _scale_in(main: str, short: bool) -> tuple[Decimal, str | None] | None:
    """The scale and the sign or word of a currency (or "per") beside it."""
    for found in _IN_WORDS.finditer(main):
        plural = found.group("word").lower().endswith("s")
        ahead = _MONEY_AHEAD.search(main[: found.start()])
        sign = found.group("before") or found.group("after") or (ahead.group(1) if ahead else None)
        closed = main[found.end() :].lstrip()[:1] in (")", ",", ":", "")
        if plural or sign or closed:
            return SCALES[found.group("word").lower()], "per" if found.group("per") else sign
    zeros = _ZEROS_HUGGED.search(main) if not short else None
    if zeros:
        return SCALES["k"], zeros.group(1)
    money_first = _MONEY_FIRST.search(main)
    if money_first and not main[: money_first.start()].rstrip()[-1:].isdigit():
        sign = money_first.group("before") if money_first.group("before").lower() not in _GENERIC else money_first.group("after")
        return SCALES[money_first.group("word").lower()], sign
    if short:
        return _scale_of_head(main)
    hugged = _FUSED_HUGGED.search(main)
    return (SCALES[hugged.group(1).lower()], hugged.group(2)) if hugged else None


def _scale_of_head(main: str) -> tuple[Decimal, str | None] | None:
    """Forms that mean a scale in a head or a caption only: "Millions", "€m", "$000"."""
    word = _WORD_FIRST.search(main) or _WORD_HUGGED.search(main)
    if word:
        return SCALES[word.group("word").lower()], word.group("after")
    fused = _FUSED.search(main)
    if fused and not _FIGURE_BEFORE.search(main[: fused.start()].rstrip()):
        letter = (fused.group("word") or fused.group("word2")).lower()
        return SCALES.get(letter, SCALES["k"]), fused.group("after") or fused.group("before2") or fused.group("before")
    zeros = _THOUSANDS.search(main)
    if zeros and not re.search(r"[\d,.] ?$", main[: zeros.start()]):
        return SCALES["m" if "," in zeros.group("zeros") else "k"], zeros.group("before") or zeros.group("after")
    return None


# A figure before "€m" makes it that figure's; a year does not ("2019 €m").
_FIGURE_BEFORE = re.compile(r"(?<!\b19\d\d)(?<!\b20\d\d)(?<=\d)\s?$")
_WORD_HUGGED = re.compile(rf"\(\s*{_WORD.format('word')}(?:\s+(?:of\s+|d')?(?P<after>{_MONEY}))?", re.I)
_FUSED_HUGGED = re.compile(rf"\(\s?(?:en |in )?(k|m|md|mds|bn|mn)\s?({CURRENCY_SIGN})\s?\)", re.I)
_ZEROS_HUGGED = re.compile(rf"\(\s?(?:in\s+)?({CURRENCY_SIGN})?\s?['’]?000['’]?s?(?:\s+omitted)?\s?\)", re.I)
_GENERIC = word_set("amount amounts figure figures montant montants data tabular") | {"tabular amounts", "tabular amount"}


def _share_scale(plain: str) -> Decimal | None:
    shares = _SHARES_IN.search(plain)
    if shares:
        return SCALES[(shares.group(1) or shares.group(2)).lower()]
    cut = EXCEPT.search(plain)
    if not cut:
        return None
    reflected = re.search(r"\b(?:number of shares|shares)\b[^.;]*?\bin (thousands|millions)\b", plain[cut.start() :], re.I)
    if reflected:
        return SCALES[reflected.group(1).lower()]
    exempt = _PER_SHARE_ONLY.sub(" ", plain[cut.start() :])
    return Decimal(1) if _EXCEPT_SHARES.search(exempt) else None
