"""What a printed token looks like, before anyone asks what it means: a number, a dash, a sign, a word.

Layout needs no more than this. What an amount means (scale, currency, period) is the business of `finlens.finance`.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

_TIMES = frozenset(("year", "years", "yrs", "month", "months", "days", "ans", "années", "mois", "jours"))
_FRACTION = re.compile(r"\d{1,4}[.,]\d{1,2}")


class Kind(Enum):
    """The part that a token plays in a row of figures."""

    NUMBER = "number"
    YEAR = "year"  # or a whole date in figures
    DASH = "dash"  # nil, or "not applicable" said in one mark
    SIGN = "sign"  # a currency sign that stands apart, before its number
    TAIL = "tail"  # ")", "%" and the like that stand apart, after their number
    OPENER = "opener"  # "(" or "-" apart, before its number
    MARK = "mark"  # a footnote mark, small or raised, after what it belongs to
    LEADER = "leader"  # dots that lead the eye
    TEXT = "text"


_CURRENCY = r"(?:US\$|C\$|A\$|R\$|HK\$|NZ\$|[$€£¥₹])"
_NUMBER = re.compile(
    rf"^[(\[<>≤≥~≈+\-–−—]*{_CURRENCY}?[(+\-–−]*"
    r"(?:\d[\d,.'’:/\u00a0\u202f\u2009]*\d|\d|\.\d+)"
    rf"(?:\s?(?:%|‰|bps|bp|pp|pts?|x|[kKmMbB]n?|{_CURRENCY}|[kM]€))?[)\]]*(?:%|‰|{_CURRENCY})?[-–−]?"
    r"(?:[*†‡§¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\([a-zA-Z0-9]{1,2}\))*[,;]?$"
)
_YEAR = re.compile(r"^(?:FY)?(?:19|20)\d\d(?:[/\-–](?:\d\d|(?:19|20)\d\d))?[EeAPp*†‡]{0,2}(?:\([a-z0-9]{1,2}\))?$")
_DATE = re.compile(r"^(?:0?[1-9]|[12]\d|3[01])([/.\-])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)?\d\d$")
_DASH = re.compile(
    rf"^(?:{_CURRENCY}?[(]?[-–—−‐‑]{{1,3}}[)]?%?|n/?a|n\.a\.?|n/?m\.?|n\.m\.?|nil|n\.s\.?|ns|\*{{1,3}}|\.\.|:)$", re.IGNORECASE
)
_SIGN = re.compile(rf"^{_CURRENCY}$")
_TAIL = re.compile(r"^(?:\)|%|\)%|%\)|‰|\]|\)\(\w\)|\)\*)$")
_OPENER = re.compile(rf"^(?:\(|{_CURRENCY}\(|[-−]{_CURRENCY}|\({_CURRENCY})$")
_LEADER = re.compile(r"^(?:[.…·_]{3,}|(?:\. ?){3,}|[.·…])$")  # dots may be words of their own: ". . . ."


@lru_cache(maxsize=65536)
def kind_of(text: str) -> Kind:
    """The kind of one token."""
    first = text[0] if text else " "
    if first.isalpha() and first not in "FfNnUuCcAaRrHh":
        return Kind.TEXT
    if _LEADER.match(text):
        return Kind.LEADER
    if _SIGN.match(text):
        return Kind.SIGN
    if _TAIL.match(text):
        return Kind.TAIL
    if _OPENER.match(text):
        return Kind.OPENER
    if _DASH.match(text):
        return Kind.DASH
    if _YEAR.match(text) or _DATE.match(text):
        return Kind.YEAR
    return Kind.NUMBER if len(text) < 40 and _NUMBER.match(text) and not text.endswith((",", ";")) else Kind.TEXT


_MONTH = re.compile(
    r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre)",
    re.IGNORECASE,
)


def is_measured(number: str, unit: str) -> bool:
    """Whether two words are a length of time with a fraction: "6.9 years". Whole ones are heads as often: "5 years"."""
    return unit.lower().rstrip(".") in _TIMES and _FRACTION.fullmatch(number) is not None


def is_month(text: str) -> bool:
    return bool(_MONTH.match(text))


_GROUP = re.compile(r"^\d{3}(?:[.,]\d+)?[)%]*(?:\([a-z0-9]\))?$")
_GROUP_START = re.compile(r"^[(+\-–−$€£]*\d{1,3}$")
_GROUPED = re.compile(r"^\d{3}$")


def continues_number(left: str, right: str, *, already_grouped: bool) -> bool:
    """Whether ``right`` may be the next group of three digits of ``left`` ("1" + "234,5", as printed in French)."""
    starts = _GROUPED.match(left) if already_grouped else _GROUP_START.match(left)
    return bool(starts and _GROUP.match(right))


_BRACKETED_SHARE = re.compile(r"^\(\d+(?:[.,]\d+)?\s?%\)$")


def is_bracketed_share(text: str) -> bool:
    """Whether it is a share in brackets, as printed after the count that it is a share of: "1269 (19.9%)"."""
    return bool(_BRACKETED_SHARE.match(text))


_MARK = re.compile(r"^(?:\(?[a-z0-9]{1,2}\)?|\[[a-z0-9]{1,2}\]|[*†‡§]{1,3})(?:,?\([a-z0-9]{1,2}\))*,?$", re.IGNORECASE)


@lru_cache(maxsize=65536)
def could_be_mark(text: str) -> bool:
    """Whether a token, set small or raised, would read as a footnote mark."""
    return bool(_MARK.match(text))


# Asked half a million times a report, and an enum's members are slow to reach.
_NUMBER_KIND, _YEAR_KIND, _DASH_KIND = Kind.NUMBER, Kind.YEAR, Kind.DASH


def is_figure(kind: Kind) -> bool:
    """Whether a token of this kind fills a cell of figures on its own."""
    return kind is _NUMBER_KIND or kind is _YEAR_KIND or kind is _DASH_KIND
