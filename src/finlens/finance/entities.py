"""Which segment, region or subsidiary a figure is about, where a head or a sub-heading names one.

Names of regions are known; names of segments are a company's own, so they are believed only in a table that says that
it is about segments. What is not sure stays None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from finlens.finance.heads import is_change, names_period
from finlens.finance.kinds import kind_of_label
from finlens.finance.units import read_unit_note

_REGION = re.compile(
    r"\W*(?:total )?(?:(?:other |rest of |restante? d[ue] |north |south |latin |central |eastern |western |greater )*"
    r"(?:united states(?: and canada)?|u\.?s\.?(?: and canada)?|ucan|usa|canada|mexico|brazil|china|japan|india|germany|france|"
    r"united kingdom|u\.?k\.?|"
    r"ireland|singapore|hong kong|australia|taiwan|korea|europe(?:,? middle east,? (?:and|&) africa)?|emea|apac|latam|americas?|"
    r"asia(?:[- ]pacific)?|"
    r"africa|middle east|international|non-?u\.?s\.?|overseas|world|étranger|états-unis|asie|amériques?|afrique|"
    r"other (?:countries|international)|rest of (?:the )?world|autres pays))(?: (?:region|segment|operations|"
    r"plans?))?(?:\s*\([\w\s]{1,9}\))*\W*",
    re.I,
)
_SEGMENT_NAMED = re.compile(r"\W*(?P<name>[\w&,.'’/ -]{2,60}?) (?:reportable )?segments?\W*", re.I)
_OF_SEGMENTS = re.compile(
    r"\b(?:reportable|operating|business|reporting)?\s*segments?\b(?!\s+(?:expense|asset)s? items)|"
    r"\bsecteurs? (?:opérationnels?|d['’]activité)",
    re.I,
)
_NO_ENTITY = re.compile(
    r"\b(?:totals?|net|less|sub-?totals?|consolidated|amounts?|eliminations?|adjustments?|revenues?|sales|income|earnings|expenses?|costs?|assets|"
    r"liabilities|profit|margin|ratio|value|shares?|depreciation|amortization|balances?|percent\w*|chang\w+|segments?|reconcil\w+|"
    r"goodwill|capital|expenditures|additions|acquisitions?|translation|other|notes?|average|number|rate|level)\b",
    re.I,
)


def entity_of(heads: Sequence[str], headings: Sequence[str], label: str, *, of_segments: bool, of_taxes: bool = False) -> str | None:
    """The segment or region of a figure: by the heads over it, the sub-headings it stands under, or its own label.

    Args:
        heads: Of its column, the outermost first.
        headings: Sub-headings that its row stands under, the outermost first.
        label: Of its row.
        of_segments: Whether the table says that it is about segments.
        of_taxes: Whether it is about income taxes, whose lines name where tax is due, not who earned.
    """
    for text in (*reversed(heads), *reversed(headings)):
        named = _named(text, of_segments)
        if named:
            return named
    return None if of_taxes else _named(label, of_segments=False)


def speaks_of_segments(texts: Sequence[str]) -> bool:
    """Whether a caption or a heading says that the table under it is about segments."""
    return any(_OF_SEGMENTS.search(text) for text in texts)


def speaks_of_taxes(texts: Sequence[str]) -> bool:
    """Whether a table's title or labels are about income taxes."""
    return any(_TAXES.search(text) for text in texts)


_TAXES = re.compile(r"\b(?:income tax(?:es)?|before (?:provision for )?(?:income )?tax(?:es)?|impôts? sur)\b", re.I)


@lru_cache(maxsize=8192)
def _named(text: str, of_segments: bool) -> str | None:
    plain = text.strip(" :*")
    if not plain or len(plain) > 60:
        return None
    if _REGION.fullmatch(plain):
        return plain
    named = _SEGMENT_NAMED.fullmatch(plain)
    if named and named["name"][:1].isupper() and not _NO_ENTITY.search(named["name"]):
        return named["name"]
    if not of_segments or names_period(plain) or is_change(plain) or not read_unit_note(plain).empty or kind_of_label(plain):
        return None
    return plain if plain[:1].isupper() and len(plain.split()) <= 5 and not _NO_ENTITY.search(plain) else None
