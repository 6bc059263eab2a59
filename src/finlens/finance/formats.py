"""An `Amount` as a statement would print it; `parse_amount` with the same locale reads it back unchanged."""

from __future__ import annotations

from decimal import Decimal

from finlens.documents import Amount
from finlens.finance.numerals import Locale
from finlens.finance.vocabulary import BILLION, CRORE, LAKH, MILLION, THOUSAND, TRILLION, UNIT_WORDS

_ENGLISH_SCALES = {THOUSAND: "thousand", LAKH: "lakh", MILLION: "million", CRORE: "crore", BILLION: "billion", TRILLION: "trillion"}
_FRENCH_SCALES = {THOUSAND: "milliers", LAKH: "lakh", MILLION: "millions", CRORE: "crore", BILLION: "milliards", TRILLION: "trillion"}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_ENGLISH_UNITS = {"percent": "%", "bps": " bps", "points": " pts", "ratio": "x"}
_FRENCH_UNITS = {
    "percent": " %",
    "bps": " points de base",
    "points": " pts",
    "ratio": " x",
    "shares": " actions",
    "days": " jours",
    "years": " ans",
    "months": " mois",
    "employees": " salariés",
}


def format_amount(amount: Amount, locale: Locale = "en") -> str:
    """The amount in words and signs: "$1,234.5 million", "-12.5%"; « 1 234,5 millions € », « 0,35 € par action »."""
    if amount.value is None:
        return "n.m." if locale == "en" else "n.s."
    scale = (_ENGLISH_SCALES if locale == "en" else _FRENCH_SCALES).get(amount.scale, "")
    value = amount.value if scale or amount.scale == 1 else amount.value * amount.scale
    number = "—" if amount.nil else _numeral(abs(value), amount.decimals, locale)
    sign = "-" if value < 0 else ""
    unit, currency = amount.unit or "", amount.currency
    scale = f" {scale}" if scale else ""
    if currency:
        printed = _SIGNS.get(currency, currency)
        per_share = "" if "/" not in unit else " per share" if locale == "en" else " par action"
        if locale == "en":
            gap = " " if printed.isalpha() else ""
            text = f"{sign}{printed}{gap}{number}{scale}{per_share}"
        else:
            text = f"{sign}{number}{scale} {printed}{per_share}"
    else:
        words = (_ENGLISH_UNITS if locale == "en" else _FRENCH_UNITS).get(unit, f" {unit}" if unit in UNIT_WORDS.values() else "")
        text = f"{sign}{number}{scale}{words}"
    return text + "".join(amount.marks)


def _numeral(value: Decimal, decimals: int, locale: Locale) -> str:
    text = f"{value:,.{decimals}f}"
    return text if locale == "en" else text.replace(",", "\u202f").replace(".", ",")
