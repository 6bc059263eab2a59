"""Amounts, rates and quantities of a printed row, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from finlens.finance.invoices.days import find_days
from finlens.finance.invoices.prints import Row
from finlens.finance.numerals import Locale, read_numeral
from finlens.finance.vocabulary import CODES, CURRENCIES, alternatives, currency_of

_SIGNS = {"rm": "MYR", "s/.": "PEN", "kn": "HRK"}
_CURRENCY = rf"(?:{alternatives([*CURRENCIES, *_SIGNS, 'euros', 'euro'])})"
_FIGURE = re.compile(
    rf"(?<![\w.,/#'+])(?P<open>\()?(?P<sign>[-–](?=\S)|(?<![^ =] )[-–] )?(?:(?P<before>{_CURRENCY}) {{0,2}})?(?P<sign2>[-–] ?)?"
    r"(?P<digits>\d{1,3}(?:(?P<group>[ '.,])\d{3})(?:(?P=group)\d{3})*(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,4})?|[.,]\d\d)"
    rf"(?P<close>\))?(?P<sign3> ?-(?![\w-]))?(?P<percent> ?%)?(?:(?: ?|  (?=\S{{1,5}}(?:$|  |"
    rf" ?[^\d\s])))(?P<after>{_CURRENCY})(?![a-zéà]))?(?!\w|[.,/]\d|-\d)",
    re.I,
)
# Letters and digits run together: bank accounts, VAT ids, articles' codes, telephone numbers.
_NO_FIGURE = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,}(?: ?[A-Z0-9]{1,4})?\b|\+\d[\d ()/-]{6,}|\b\d{1,2}:\d\d(?::\d\d)?\b")


class Figure(NamedTuple):
    """A number of a row. ``start`` and ``end`` count characters of the row's text."""

    text: str
    value: Decimal
    decimals: int
    currency: str | None
    percent: bool
    start: int
    end: int
    grouped: bool
    """Whether digits are grouped by threes, as only amounts and quantities are."""

    @property
    def money(self) -> bool:
        """Whether it is printed as money is: with cents, or beside a currency."""
        return not self.percent and (self.decimals == 2 or self.currency is not None)


def figures_of(row: Row, locale: Locale) -> list[Figure]:
    """The numbers of a row from left to right; dates, accounts and codes are none."""
    return find_figures(row.text, locale)


def find_figures(text: str, locale: Locale) -> list[Figure]:
    """The numbers of a text from left to right; dates, accounts and codes are none."""
    if not any(char.isdigit() for char in text):
        return []
    for day in find_days(text, "day first"):
        text = f"{text[: day.start]}{'x' * (day.end - day.start)}{text[day.end :]}"
    text = _NO_FIGURE.sub(lambda found: "x" * len(found.group()), text)
    return [figure for found in _FIGURE.finditer(text) if (figure := _figure(found, locale))]


def _figure(found: re.Match[str], locale: Locale) -> Figure | None:
    digits = found["digits"]
    numeral = read_numeral(digits, locale)
    if numeral is None:
        return None
    negative = bool(found["sign"] or found["sign2"] or found["sign3"] or (found["open"] and found["close"]))
    value = -numeral.value if negative and numeral.value else numeral.value
    sign = found["before"] or found["after"]
    start, end = found.span()
    text = found.group()
    if found["open"] and not found["close"]:
        start, text = start + 1, text[1:]
    elif found["close"] and not found["open"]:
        end = found.start("close")
        text = found.string[start:end]
    return Figure(
        " ".join(text.split()), value, numeral.decimals, sign and _code(sign), bool(found["percent"]), start, end, bool(found["group"])
    )


def _code(sign: str) -> str | None:
    return _SIGNS.get(sign.lower()) or currency_of(sign)


_STANDING_ALONE = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(CODES)})(?![A-Za-z])|[€£₹₩₪₺₽]|(?<![A-Z])RM(?=\s?\d|\))|US\$|(?<![A-Za-z])\$")


def currencies_of(texts: Iterable[str]) -> list[tuple[str, int, str]]:
    """Every currency sign or code in upper case: (ISO code, index of its text, as printed), in order."""
    return [
        (code, number, found.group())
        for number, text in enumerate(texts)
        for found in _STANDING_ALONE.finditer(text)
        if (code := _code(found.group()))
    ]
