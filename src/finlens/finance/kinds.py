"""What sort of quantity a label or a head announces: money, a figure per share, a count, a percentage, a duration.

"in millions" never reaches the line "Earnings per share", and "Interest rate swaps" are no percentage.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from finlens.finance.numerals import PLAIN

Kind = Literal["per share", "shares", "percent", "points", "ratio", "days", "years", "months", "employees", "count", "money", "physical"]

UNIT_OF_KIND: dict[Kind, str] = {
    "shares": "shares",
    "percent": "percent",
    "points": "points",
    "ratio": "ratio",
    "days": "days",
    "years": "years",
    "months": "months",
    "employees": "employees",
    "count": "count",
}

EXCEPT = re.compile(r"\b(?:except|excluding|other than|sauf|hors)\b", re.I)
"""Begins what a note or a label leaves out."""

_PER_SHARE = re.compile(
    r"\bper[- ](?:[a-z]+[- ]){0,2}(?:share|unit|ads|adr|option|warrant)s?\b|\beps\b|\bbnpa\b|"
    r"\bpar (?:action|titre|part)\b|(?<!\w)/ ?(?:share|action)\b|"
    r"\b(?:exercise|strike|share|stock|closing|market|conversion) prices?\b|\bgrant[- ]date (?:fair )?values?\b|"
    r"\bprice paid\b|\bcours de (?:bourse|clôture|l'action)\b|"
    r"\bprix d'exercice\b|\bfair value of (?:options|rsus?|stock options) granted\b",
    re.I,
)
# The money that a per-share figure is worked out from, or that awards were worth in all.
_BEHIND_SHARE_FIGURE = re.compile(
    r"\b(?:income|earnings|loss|profit)\b(?:(?!\bper\b|\bshares\b)[^,;$])*\b(?:on which|used (?:in|to|for)|for)\b[^,;$]*\b"
    r"(?:per[- ](?:\w+ )?share|eps)\b|\b(?:aggregate|total)\b[^,;]*\bfair values?\b|\bgrant[- ]date fair values?\b[^,;]*\bvested\W*$",
    re.I,
)
_SHARES = re.compile(
    r"(?:\b(?:number|nombre)\b|# of\b)[^.]*\b(?:shares|units|rsus|psus|options|awards|securities|actions|titres)\b|"
    r"\bas[- ]converted\b[^.$]*\b(?:stock|shares)\b(?!.*(?:price|value))|\banti-?dilutive\b|"
    r"\bshares? (?:outstanding|issued|authorized|repurchased|used|purchased|granted|"
    r"vested|available|held|reserved|withheld|in issue|counts?)\b|\b(?:common|ordinary|diluted|"
    r"basic|average|treasury|restricted|total|equivalent) shares\b(?!,? at cost)|"
    r"\bweighted[- ]average\b[^.]*\bshares\b|\bshares\W*$|^shares\b(?!.*(?:price|value|compens))|"
    r"\bactions (?:en circulation|propres|ordinaires|émises)\b|"
    r"\bdilutive (?:effect of|impact of|securities|shares)\b|^\W*(?:stock |restricted stock |"
    r"share )?(?:units|rsus|psus|prsus|awards|options)\W*$|\bsecurities to be issued\b|\bstock units\b\W*$",
    re.I,
)
_NOT_SHARES = re.compile(
    r"\bfair value\b|\bvalue of\b|\bcost\b|\bcompensation\b|\bproceeds\b|\bpayments?\b|\bpurchases? of\b|"
    r"\bcash\b|\bexpense\b|\bdividends?\b|\bpar value\b|\$|€|"
    r"\bintrinsic\b|\bamount|\btax|\brepurchases? of\b|\bissuance of\b|\bincome\b|\bearnings\b|"
    r"\bloss(?:es)?\b|\battributable\b|\bpricem?\b",
    re.I,
)
_STRONG_SHARES = re.compile(
    r"\b(?:number|nombre)\b[^.]*\b(?:shares|units|rsus|psus|options|awards|stock|actions|titres)\b|"
    r"\bshares (?:outstanding|used|authorized)\b|\bweighted[- ]average\b[^.]*\bshares\b|\(shares\)|"
    r", shares\b|\(in shares\)",
    re.I,
)
_PERCENT = re.compile(
    r"(?<![\d.])(?<!\d )%|\bpercent(?:age)?s?\b|\bper cent\b|\bpour ?cent(?:age)?\b|\b(?:effective|"
    r"statutory|combined|marginal)\s+(?:income\s+)?(?:tax\s+)?rates?\W*$|"
    r"\b(?:discount|interest|growth|risk[- ]free(?: interest)?|coupon|trend|occupancy|return|"
    r"default|churn|retention|utilization|attrition|vacancy|tax|inflation|mortality|"
    r"turnover|compensation increases?|borrowing) rates?\s*(?:\(\w\)|\d|\*)*\W*$|\brate of (?:return|"
    r"compensation|increase|inflation)[^.]*$|\b(?:expected |dividend )?yield\W*$|"
    r"\b(?:expected |historical |implied |stock price )?volatility\W*$|\btaux (?:d'|de |effectif|"
    r"moyen|annuel)(?!change)[^.]*$|\bpart (?:de|du) marché\b|"
    r"\b(?:return on|rendement des) (?:average |common |invested |shareholders.? |total |net )*(?:equity|"
    r"assets|capital|capitaux)\b|\bmargin rate\b|\btaux de marge\b|\bcagr\b|\b(?:growth|croissance)\s*\(",
    re.I,
)
_NOT_PERCENT = re.compile(
    r"\bexchange rate|\brate (?:swap|contract|cap|lock|hedg|derivativ|agreement|change|risk|"
    r"differ)|\bchanges? in\b[^%]*\brates?\b|\beffect of\b|\bat (?:the )?(?:federal |u\.?s\.? )*statutory\b|"
    r"\btax(?:es)? (?:at|computed)",
    re.I,
)
_RATIO = re.compile(
    r"\bconversion rates?\b|\bratios?\b(?!.*%)|\bmultiples?\b|\bcoverage\b|\btimes\b\W*$|\(x\)|\bleverage\W*$|\bbeta\b", re.I
)
_DAYS = re.compile(
    r"\b(?:in|en) (?:days|jours)\b|\((?:days|jours)\)|\bdays? (?:sales|payables?|inventory|"
    r"outstanding)\b|\bdso\b|\bnumber of days\b|\bnombre de jours\b",
    re.I,
)
_YEARS = re.compile(
    r"\b(?:in|en) (?:years|années)\b|\((?:years|yrs|années|ans)\)|\b(?:expected|contractual|"
    r"remaining|useful|estimated|average) (?:\w+ ){0,3}(?:life|lives|term|terms)\b(?!\s*(?:debt|"
    r"liabil|invest|loan))|"
    r"^\W*years\W*$|\bdurée (?:de vie|moyenne|résiduelle)\b",
    re.I,
)
_EMPLOYEES = re.compile(
    r"\bnumber of (?:full[- ]time )?(?:employees|associates|staff)\b|\bhead ?counts?\b|^\W*(?:full[- ]time )?employees\W*$|"
    r"\beffectifs?\b|^\W*(?:nombre de )?salariés\b|\bftes?\b|\bequivalent staff\b",
    re.I,
)
_COUNT = re.compile(
    r"\bnumber of\b|\bnombre (?:de|d')|# of\b|^\W*(?:stores|customers|clients|members|subscribers|"
    r"memberships|locations|restaurants|properties)\W*$|\bpaid (?:net )?memberships?\b",
    re.I,
)
_PHYSICAL = re.compile(
    r"\b(?:barrels?|bbls?|boe|mboe|mbbls?|mcf|bcf|mmbtu|mwh|gwh|twh|kwh|megawatts?|mw|gw|tonn?es|"
    r"metric tons|short tons|tons|ounces|gallons|square feet|sq\.? ?ft|acres|hectares|"
    r"carloads|ton[- ]miles|litres|liters|m²|m3)\b|^\W*(?:vehicles|aircraft|rooms|seats)\W*$",
    re.I,
)
_PER_PHYSICAL = re.compile(r"\bper\s+(?:barrel|bbl|boe|mcf|ton|tonne|mwh|kwh|gallon|square foot|acre|ounce|mmbtu)\b|\$/", re.I)


# What a label tells in passing: "($3.35 per share)", "125 and 245 shares issued and outstanding".
_ASIDE = re.compile(
    r"\([^()]*\d[^()]*\)|[,;:–—-]?\s*(?:\$ ?[\d.]+|no|without) (?:par|stated) value(?: per (?:common )?share)?|"
    r"[,;]?\s*(?:par|stated) value (?:of )?\$ ?[\d.]+(?: per (?:common )?share)?|[,;:–—-]?\s*\d[\d,.]*(?: (?:million|"
    r"billion|thousand))?(?: and \d[\d,.]*)?(?: (?:million|billion|thousand))? (?:\w+ )?shares\b.*"
)


_NOTE_ASIDE = re.compile(r"\(\s*(?:in |en )?(?:thous\w*|millions?|billions?|milliers|milliards|000s?|\$|€)\.?\s*\)", re.I)


@lru_cache(maxsize=16384)
def kind_of_label(label: str) -> Kind | None:
    """What sort of quantity a row's label or a column's head announces; None where it could be money or anything."""
    plain = EXCEPT.split(_NOTE_ASIDE.sub(" ", _ASIDE.sub(" ", " ".join(label.translate(PLAIN).split()))))[0].strip()
    if not plain:
        return None
    if _BEHIND_SHARE_FIGURE.search(plain):
        return "money"
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
    ("days", _DAYS),
    ("years", _YEARS),
    ("employees", _EMPLOYEES),
    ("ratio", _RATIO),
    ("count", _COUNT),
    ("physical", _PHYSICAL),
)
