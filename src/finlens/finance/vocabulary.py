"""The words and signs that stand for currencies, scales and units, in English and French.

One table for each, so that a cell ("12,3 M€"), a head ("in thousands of euros") and a sentence are read alike.
"""

from __future__ import annotations

import re
from decimal import Decimal

THOUSAND, LAKH, MILLION, CRORE, BILLION, TRILLION = (Decimal(10**n) for n in (3, 5, 6, 7, 9, 12))

# Longest first where one is the beginning of another: "US$" before "$".
CURRENCIES: dict[str, str] = {
    "us$": "USD", "u.s.$": "USD", "u.s. $": "USD", "c$": "CAD", "ca$": "CAD", "cad$": "CAD", "cdn$": "CAD", "a$": "AUD", "au$": "AUD",
    "hk$": "HKD", "nz$": "NZD", "s$": "SGD", "r$": "BRL", "nt$": "TWD", "mx$": "MXN", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY",
    "₹": "INR", "rs.": "INR", "rs": "INR", "₩": "KRW", "₪": "ILS", "₺": "TRY", "₽": "RUB", "zł": "PLN", "kč": "CZK", "rmb": "CNY", "fr.": "CHF",
}  # fmt: skip
CODES = (
    "USD EUR GBP JPY CHF CAD AUD NZD HKD SGD CNY INR SEK NOK DKK PLN CZK HUF RON BGN ISK TRY RUB UAH ILS ZAR BRL MXN ARS CLP COP PEN "
    "KRW TWD THB IDR MYR PHP VND AED SAR QAR KWD EGP MAD TND DZD XOF XAF NGN KES"
).split()
CURRENCIES.update({code.lower(): code for code in CODES})

CURRENCY_WORDS: dict[str, str] = {
    "u.s. dollars": "USD", "us dollars": "USD", "united states dollars": "USD", "u.s. dollar": "USD", "us dollar": "USD", "dollars américains": "USD",
    "dollars us": "USD", "canadian dollars": "CAD", "dollars canadiens": "CAD", "australian dollars": "AUD", "hong kong dollars": "HKD",
    "singapore dollars": "SGD", "new zealand dollars": "NZD", "dollars": "USD", "dollar": "USD", "euros": "EUR", "euro": "EUR",
    "pounds sterling": "GBP", "british pounds": "GBP", "livres sterling": "GBP", "pounds": "GBP", "sterling": "GBP", "swiss francs": "CHF",
    "francs suisses": "CHF", "japanese yen": "JPY", "yens": "JPY", "yen": "JPY", "indian rupees": "INR", "rupees": "INR", "renminbi": "CNY", "yuan": "CNY",
    "swedish kronor": "SEK", "norwegian kroner": "NOK", "danish kroner": "DKK", "francs cfa": "XOF", "dirhams": "MAD", "reais": "BRL",
}  # fmt: skip

SCALES: dict[str, Decimal] = {
    "thousand": THOUSAND, "thousands": THOUSAND, "millier": THOUSAND, "milliers": THOUSAND, "mille": THOUSAND, "k": THOUSAND, "tsd": THOUSAND, "thous": THOUSAND,
    "million": MILLION, "millions": MILLION, "mm": MILLION, "mn": MILLION, "mln": MILLION, "mio": MILLION, "mios": MILLION, "m": MILLION,
    "billion": BILLION, "billions": BILLION, "bn": BILLION, "bln": BILLION, "b": BILLION, "milliard": BILLION, "milliards": BILLION,
    "md": BILLION, "mds": BILLION, "mrd": BILLION, "mrds": BILLION, "trillion": TRILLION, "trillions": TRILLION, "tn": TRILLION,
    "lakh": LAKH, "lakhs": LAKH, "lac": LAKH, "lacs": LAKH, "crore": CRORE, "crores": CRORE,
}  # fmt: skip

UNIT_WORDS: dict[str, str] = {
    "%": "percent", "％": "percent", "percent": "percent", "per cent": "percent", "pct": "percent", "pour cent": "percent",
    "bps": "bps", "bp": "bps", "basis points": "bps", "basis point": "bps", "points de base": "bps", "point de base": "bps", "pdb": "bps", "pb": "bps",
    "percentage points": "points", "percentage point": "points", "points de pourcentage": "points", "pts": "points", "pt": "points", "pp": "points",
    "points": "points", "point": "points",
    "x": "ratio", "×": "ratio", "times": "ratio", "fois": "ratio",
    "shares": "shares", "share": "shares", "actions": "shares", "action": "shares", "days": "days", "day": "days", "jours": "days", "jour": "days",
    "years": "years", "year": "years", "yrs": "years", "ans": "years", "an": "years", "années": "years", "months": "months", "month": "months",
    "mois": "months", "employees": "employees", "employee": "employees", "salariés": "employees", "collaborateurs": "employees", "personnes": "employees",
}  # fmt: skip


def alternatives(words: object) -> str:
    """The words as a regular expression's alternatives, longest first."""
    return "|".join(sorted((re.escape(str(word)) for word in words), key=lambda word: -len(word)))  # type: ignore[attr-defined]


CURRENCY_SIGN = rf"(?:{alternatives(CURRENCIES)})"
CURRENCY_WORD = rf"(?:{alternatives(CURRENCY_WORDS)})"


def currency_of(sign: str) -> str | None:
    """The ISO 4217 code behind a sign, a code or a word ("US$", "eur", "dollars"); a bare "$" is USD."""
    lowered = " ".join(sign.lower().split())
    return CURRENCIES.get(lowered) or CURRENCY_WORDS.get(lowered)
