"""Digits with their separators: which mark is the decimal one, and which only groups.

"1,234" is 1234 in English and 1.234 in French; most numerals of a document say which by themselves ("1,234.50",
"1 234,5"), and those decide for the others (`guess_locale`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

Locale = Literal["en", "fr"]

SPACES = "\u00a0\u202f\u2009\u2007\u2002\u2003\u2005\u2006\u2008\u200a\u3000\t\n\r"
PLAIN = str.maketrans(
    {
        **dict.fromkeys(SPACES, " "),
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "′": "'",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "﹣": "-",
        "－": "-",
        "\u200b": None,
        "\ufeff": None,
        "\u00ad": None,
    }
)
"""For `str.translate`: one space, one apostrophe, one hyphen-minus. Dashes (– —) stay: alone they mean nil."""

# Digits whose groups of three may stand apart by spaces; what follows a group must not be a digit.
NUMERAL = r"(?:\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,']\d+)*|[.,]\d+)"

DIGIT = re.compile(r"\d")

_MOST_DIGITS = 15  # a longer run without separators is an account number or a code
_WESTERN = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}")


class Numeral(NamedTuple):
    """The number without its sign, and how many digits were printed after the decimal mark."""

    value: Decimal
    decimals: int


def read_numeral(body: str, locale: Locale | None = None) -> Numeral | None:
    """The number that digits and separators stand for; None for dates, section numbers and codes.

    Args:
        body: Digits with ``. , '`` and spaces, already plain (see `PLAIN`).
        locale: Decides "1,234" and "1.234", which nothing else can; English where it is None.
    """
    if body.isdigit():
        return Numeral(Decimal(body), 0) if len(body) <= _MOST_DIGITS and (body[0] != "0" or len(body) == 1) else None
    points, commas = body.count("."), body.count(",")
    mark = _decimal_mark(body, points, commas, locale)
    if mark is None:
        return None
    whole, _, fraction = body.rpartition(mark) if mark else (body, "", "")
    if whole and not whole.isdigit():
        if not (_grouped_evenly(whole) or _INDIAN.fullmatch(whole)):
            return None
    elif len(whole) > 1 and whole[0] == "0":
        return None
    digits = re.sub(r"\D", "", whole) or "0"
    if len(digits) > 2 * _MOST_DIGITS:
        return None
    return Numeral(Decimal(f"{digits}.{fraction}") if fraction else Decimal(digits), len(fraction))


def _grouped_evenly(whole: str) -> bool:
    return _WESTERN.fullmatch(whole) is not None and len({char for char in whole if not char.isdigit()}) == 1


def _decimal_mark(body: str, points: int, commas: int, locale: Locale | None) -> str | None:
    """The decimal mark of ``body``, "" where it has none, None where the separators make no sense."""
    if points and commas:
        last = "." if body.rfind(".") > body.rfind(",") else ","
        return last if body.count(last) == 1 else None
    if not points and not commas:
        return ""
    mark = "." if points else ","
    if points + commas > 1:
        return "" if _grouped_evenly(body) or _INDIAN.fullmatch(body) else None
    head, _, tail = body.partition(mark)
    if len(tail) != 3 or not head or head[0] == "0" or len(head) > 3 or not head.isdigit():
        return mark
    grouping = "." if locale == "fr" else ","
    return "" if mark == grouping else mark


_FOR_ENGLISH = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:'\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,}))(?![\d.,]\d|\d)"
)
_FOR_FRENCH = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:[. ]\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+,\d{1,2})(?![\d.,]\d|\d)")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]\d|\d)")
_SPACED = re.compile(r"(?<![\d.,] )(?<![\d.,])\d{1,3}(?: \d{3})+(?! ?\d)")


def guess_locale(texts: Iterable[str]) -> Locale | None:
    """How these texts write numbers, by those that can hardly be read in another way; None where none can tell."""
    english = french = 0
    for text in texts:
        if not any(mark in text for mark in ",. \u00a0\u202f\u2009'’"):
            continue
        plain = text.translate(PLAIN)
        for found in _FOR_ENGLISH.finditer(plain):
            # "5.2" may be a section number as well; two separators leave no doubt.
            english += 4 if "," in found.group() else 1
        for found in _FOR_FRENCH.finditer(plain):
            french += 4 if "." in found.group() or " " in found.group() else 1
        # "6,652" could be six and a bit in French, but hardly ever is: nobody prints three decimals by the column.
        english += len(_GROUPED.findall(plain))
        french += len(_SPACED.findall(plain))
    return None if english == french else "en" if english > french else "fr"
