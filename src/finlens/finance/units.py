"""Scale, currency and unit from the words around a figure: heads, captions, row labels, paragraphs.

"(in millions of euros, except per share data)" sets a scale and says what it does not apply to; the label "Earnings per
share" or a head "% of sales" says that it never applied there. `read_unit_note` reads the first kind, `kind_of_label`
the second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from finlens.finance.numerals import PLAIN
from finlens.finance.vocabulary import CURRENCY_SIGN, CURRENCY_WORD, SCALES, currency_of

Kind = Literal["per share", "shares", "percent", "points", "ratio", "days", "years", "months", "employees", "count", "money", "physical"]

UNIT_OF_KIND: dict[str, str] = {
    "shares": "shares", "percent": "percent", "points": "points", "ratio": "ratio", "days": "days", "years": "years", "months": "months",
    "employees": "employees", "count": "count",
}  # fmt: skip


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
    r"thous|million|billion|illier|illiard|000|lakh|crore|€|£|¥|₹|\$|%|euros?\b|eur\b|usd|dollars?|chf|gbp|\b[a-z]{3} ?m\b|percent|pour cent",
    re.I,
)
_WORD = r"(?P<{0}>thousands?|thous|millions?|billions?|trillions?|milliers?|milliards?|crores?|lakhs?|mio|mds?|mrds?)"
_MONEY = rf"(?:(?:{CURRENCY_WORD}|{CURRENCY_SIGN})(?![a-zé]))"
_IN_WORDS = re.compile(
    rf"(?<![\d.,] )(?<!\d)\b(?:in|en)\s+(?:whole\s+|tabular\s+)?(?P<before>{_MONEY})?\s*{_WORD.format('word')}(?![a-z])(?P<per>\s+per\b)?"
    rf"(?:\s*(?:of\s+|de\s+|d')?(?P<after>{_MONEY}))?",
    re.I,
)
_MONEY_AHEAD = re.compile(
    rf"(?<![\w])({_MONEY})\s*,?\s*(?:amounts?\s+|and shares\s+)?(?:(?:are|is|stated|presented|expressed|shown)\s+)*$", re.I
)
_MONEY_FIRST = re.compile(
    rf"(?<![\w])(?P<before>{_MONEY}|amounts?|figures?|montants?|shares?|data|tabular amounts?)\s*,?\s*(?:(?:are|is|stated|presented|expressed|shown|exprimés?)\s+)*(?:in|en)?\s*['’]?{_WORD.format('word')}(?![a-z])"
    rf"(?:\s*(?:of\s+|de\s+|d')?(?P<after>{_MONEY}))?",
    re.I,
)
_WORD_FIRST = re.compile(
    rf"^\W*(?:amounts?\s+in\s+)?{_WORD.format('word')}(?:\s*(?:of\s+|de\s+|d'|in\s+)?(?P<after>{_MONEY}))?(?P<of>\s+(?:of|de|d')\s*[a-zé ]+)?(?=\W*$|[,;(])",
    re.I,
)
_FUSED = re.compile(rf"(?<![\w,.])(?P<before>{CURRENCY_SIGN})?\s?(?P<word>[kmtb]|mn|mm|mio|bn|mds?|mrds?)\s?(?P<after>{CURRENCY_SIGN})(?![\w$€£])|"
                    rf"(?<![\w,.])(?P<before2>{CURRENCY_SIGN})\s?(?P<word2>k|m|mn|mm|mio|bn|b)(?![\w])", re.I)  # fmt: skip
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
_PERCENT_HEAD = re.compile(r"%|\bpercent(?:age)?s?\b|\bper cent\b|\bpour ?cent(?:age)?\b|\bpct\b", re.I)
_EXCEPT_SHARES = re.compile(
    r"\b(?:except|excluding|other than|sauf|hors)\b[^.;]*?(?:\bshares?\b(?!\s*[- ]?based)(?!\s+prices?)|\bnumber of shares\b|\bactions?\b|\bunits?\b)",
    re.I,
)
_PER_SHARE_ONLY = re.compile(
    r"(?:\bper[- ](?:common |ordinary |diluted )?(?:share|unit|action)s?\b(?:\s+(?:and (?:percentage|ratio)s?\s+)?(?:data|amounts?|information|figures))?"
    r"|(?:données|résultats?|montants?)?\s*par action|\bshares? prices?\b)", re.I
)  # fmt: skip
_SHARES_IN = re.compile(
    r"(?<!and )\b(?:shares?|actions)\s+(?:data\s+)?(?:are\s+)?(?:in|en)\s+(thousands|millions|billions|milliers|milliards)\b", re.I
)
_CUT = re.compile(r"\b(?:except|excluding|other than|sauf|hors)\b", re.I)
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
    cut = _CUT.search(plain)
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
    alone = _ALONE.fullmatch(main) if short else None
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
    if (
        not short
        and "000" in main
        and (found := re.search(rf"\(\s?(?:in\s+)?({CURRENCY_SIGN})?\s?['’]?000['’]?s?(?:\s+omitted)?\s?\)", main, re.I))
    ):
        return Decimal(1000), found.group(1)
    money_first = _MONEY_FIRST.search(main)
    if money_first and not (money_first.start() and main[: money_first.start()].rstrip()[-1:].isdigit()):
        sign = money_first.group("before") if money_first.group("before").lower() not in _GENERIC else money_first.group("after")
        return SCALES[money_first.group("word").lower()], sign
    if not short:
        hugged = re.search(rf"\(\s?(?:en |in )?(k|m|md|mds|bn|mn)\s?({CURRENCY_SIGN})\s?\)", main, re.I)
        return (SCALES[hugged.group(1).lower()], hugged.group(2)) if hugged else None
    if found := _WORD_FIRST.search(main):
        return SCALES[found.group("word").lower()], found.group("after")
    if found := re.search(rf"\(\s*{_WORD.format('word')}(?:\s+(?:of\s+|d')?(?P<after>{_MONEY}))?", main, re.I):
        return SCALES[found.group("word").lower()], found.group("after")
    if (found := _FUSED.search(main)) and not re.search(r"(?<!\b19\d\d)(?<!\b20\d\d)(?<=\d)\s?$", main[: found.start()].rstrip()):
        letter = (found.group("word") or found.group("word2")).lower()
        return SCALES.get(letter, Decimal(1000)), found.group("after") or found.group("before2") or found.group("before")
    if (found := _THOUSANDS.search(main)) and not re.search(r"[\d,.] ?$", main[: found.start()]):
        return Decimal(10 ** (6 if "," in found.group("zeros") else 3)), found.group("before") or found.group("after")
    return None


_GENERIC = frozenset("amount amounts figure figures montant montants data tabular".split()) | {"tabular amounts", "tabular amount"}


def _share_scale(plain: str) -> Decimal | None:
    shares = _SHARES_IN.search(plain)
    if shares:
        return SCALES[shares.group(1).lower()]
    cut = _CUT.search(plain)
    if not cut:
        return None
    reflected = re.search(r"\b(?:number of shares|shares)\b[^.;]*?\bin (thousands|millions)\b", plain[cut.start() :], re.I)
    if reflected:
        return SCALES[reflected.group(1).lower()]
    exempt = _PER_SHARE_ONLY.sub(" ", plain[cut.start() :])
    return Decimal(1) if _EXCEPT_SHARES.search(exempt) else None


_PER_SHARE = re.compile(
    r"\bper[- ](?:[a-z]+[- ]){0,2}(?:share|unit|ads|adr|option|warrant)s?\b|\beps\b|\bbnpa\b|\bpar (?:action|titre|part)\b|(?<!\w)/ ?(?:share|action)\b|"
    r"\b(?:exercise|strike|share|stock|closing|market|conversion) prices?\b|\bgrant[- ]date (?:fair )?values?\b|\bprice paid\b|\bcours de (?:bourse|clôture|l'action)\b|"
    r"\bprix d'exercice\b|\bfair value of (?:options|rsus?|stock options) granted\b",
    re.I,
)
_SHARES = re.compile(
    r"\b(?:number|nombre)\b[^.]*\b(?:shares|units|rsus|psus|options|awards|actions|titres)\b|\bshares? (?:outstanding|issued|authorized|repurchased|used|purchased|granted|"
    r"vested|available|held|reserved|withheld|in issue|counts?)\b|\b(?:common|ordinary|diluted|basic|average|treasury|restricted|total|equivalent) shares\b(?!,? at cost)|"
    r"\bweighted[- ]average\b[^.]*\bshares\b|\bshares\W*$|^shares\b(?!.*(?:price|value|compens))|\bactions (?:en circulation|propres|ordinaires|émises)\b|"
    r"\bdilutive (?:effect of|impact of|securities|shares)\b|^\W*(?:stock |restricted stock |share )?(?:units|rsus|psus|prsus|awards|options)\W*$|\bsecurities to be issued\b|\bstock units\b\W*$",
    re.I,
)
_NOT_SHARES = re.compile(
    r"\bfair value\b|\bvalue of\b|\bcost\b|\bcompensation\b|\bproceeds\b|\bpayments?\b|\bpurchases? of\b|\bcash\b|\bexpense\b|\bdividends?\b|\bpar value\b|\$|€|"
    r"\bintrinsic\b|\bamount|\btax|\brepurchases? of\b|\bissuance of\b|\bincome\b|\bearnings\b|\bloss(?:es)?\b|\battributable\b|\bpricem?\b",
    re.I,
)
_STRONG_SHARES = re.compile(
    r"\b(?:number|nombre)\b[^.]*\b(?:shares|units|rsus|psus|options|awards|stock|actions|titres)\b|\bshares (?:outstanding|used|authorized)\b|\bweighted[- ]average\b[^.]*\bshares\b|\(shares\)|, shares\b|\(in shares\)",
    re.I,
)
_PERCENT = re.compile(
    r"(?<![\d.])(?<!\d )%|\bpercent(?:age)?s?\b|\bper cent\b|\bpour ?cent(?:age)?\b|\b(?:effective|statutory|combined|marginal)\s+(?:income\s+)?(?:tax\s+)?rates?\W*$|"
    r"\b(?:discount|interest|growth|risk[- ]free(?: interest)?|coupon|trend|occupancy|return|default|churn|retention|utilization|attrition|vacancy|tax|inflation|mortality|"
    r"turnover|compensation increases?|borrowing) rates?\s*(?:\(\w\)|\d|\*)*\W*$|\brate of (?:return|compensation|increase|inflation)[^.]*$|\b(?:expected |dividend )?yield\W*$|"
    r"\b(?:expected |historical |implied |stock price )?volatility\W*$|\btaux (?:d'|de |effectif|moyen|annuel)(?!change)[^.]*$|\bpart (?:de|du) marché\b|"
    r"\b(?:return on|rendement des) (?:average |common |invested |shareholders.? |total |net )*(?:equity|assets|capital|capitaux)\b|\bmargin rate\b|\btaux de marge\b|\bcagr\b|\b(?:growth|croissance)\s*\(",
    re.I,
)
_NOT_PERCENT = re.compile(
    r"\bexchange rate|\brate (?:swap|contract|cap|lock|hedg|derivativ|agreement|change|risk|differ)|\bchanges? in\b[^%]*\brates?\b|\beffect of\b|\bat (?:the )?(?:federal |u\.?s\.? )*statutory\b|\btax(?:es)? (?:at|computed)",
    re.I,
)
_RATIO = re.compile(
    r"\bconversion rates?\b|\bratios?\b(?!.*%)|\bmultiples?\b|\bcoverage\b|\btimes\b\W*$|\(x\)|\bleverage\W*$|\bbeta\b", re.I
)
_DAYS = re.compile(
    r"\b(?:in|en) (?:days|jours)\b|\((?:days|jours)\)|\bdays? (?:sales|payables?|inventory|outstanding)\b|\bdso\b|\bnumber of days\b|\bnombre de jours\b",
    re.I,
)
_YEARS = re.compile(
    r"\b(?:in|en) (?:years|années)\b|\((?:years|yrs|années|ans)\)|\b(?:expected|contractual|remaining|useful|estimated|average) (?:\w+ ){0,3}(?:life|lives|term|terms)\b(?!\s*(?:debt|liabil|invest|loan))|"
    r"^\W*years\W*$|\bdurée (?:de vie|moyenne|résiduelle)\b", re.I
)  # fmt: skip
_EMPLOYEES = re.compile(
    r"\bnumber of (?:full[- ]time )?(?:employees|associates|staff)\b|\bhead ?counts?\b|^\W*(?:full[- ]time )?employees\W*$|\beffectifs?\b|\bsalariés\b|\bftes?\b|\bequivalent staff\b",
    re.I,
)
_COUNT = re.compile(
    r"\bnumber of\b|\bnombre (?:de|d')|# of\b|^\W*(?:stores|customers|clients|members|subscribers|memberships|locations|restaurants|properties)\W*$|\bpaid (?:net )?memberships?\b",
    re.I,
)
_PHYSICAL = re.compile(
    r"\b(?:barrels?|bbls?|boe|mboe|mbbls?|mcf|bcf|mmbtu|mwh|gwh|twh|kwh|megawatts?|mw|gw|tonn?es|metric tons|short tons|tons|ounces|gallons|square feet|sq\.? ?ft|acres|hectares|"
    r"carloads|ton[- ]miles|vehicles|aircraft|rooms|seats|litres|liters|m²|m3)\b",
    re.I,
)
_PER_PHYSICAL = re.compile(r"\bper\s+(?:barrel|bbl|boe|mcf|ton|tonne|mwh|kwh|gallon|square foot|acre|ounce|mmbtu)\b|\$/", re.I)


# What a label tells in passing: "($3.35 per share)", "125 and 245 shares issued and outstanding".
_ASIDE = re.compile(
    r"\([^()]*\d[^()]*\)|[,;:–—-]?\s*(?:\$ ?[\d.]+|no|without) (?:par|stated) value(?: per (?:common )?share)?|"
    r"[,;]?\s*(?:par|stated) value (?:of )?\$ ?[\d.]+(?: per (?:common )?share)?|[,;:–—-]?\s*\d[\d,.]*(?: (?:million|billion|thousand))?(?: and \d[\d,.]*)?(?: (?:million|billion|thousand))? (?:\w+ )?shares\b.*"
)


_NOTE_ASIDE = re.compile(r"\(\s*(?:in |en )?(?:thous\w*|millions?|billions?|milliers|milliards|000s?|\$|€)\.?\s*\)", re.I)


@lru_cache(maxsize=16384)
def kind_of_label(label: str) -> Kind | None:
    """What sort of quantity a row's label or a column's head announces; None where it could be money or anything."""
    plain = _CUT.split(_NOTE_ASIDE.sub(" ", _ASIDE.sub(" ", " ".join(label.translate(PLAIN).split()))))[0].strip()
    if not plain:
        return None
    strong = _STRONG_SHARES.search(plain)
    if strong and not re.search(r"\b(?:price|value)\b[^,(]*$", plain, re.I):
        return "shares"
    if _PER_SHARE.search(plain):
        return "per share"
    if _PERCENT.search(plain) and not _NOT_PERCENT.search(plain):
        return "percent"
    if _SHARES.search(plain) and not _NOT_SHARES.search(plain):
        return "shares"
    if _PER_PHYSICAL.search(plain):
        return "money"
    for kind, pattern in _OTHERS:
        if pattern.search(plain):
            return kind
    return None


_OTHERS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("days", _DAYS), ("years", _YEARS), ("employees", _EMPLOYEES), ("ratio", _RATIO), ("count", _COUNT), ("physical", _PHYSICAL),
)  # fmt: skip
