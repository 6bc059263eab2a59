"""The words and signs that stand for currencies, scales and units, in English and French.

One table for each, so that a cell ("12,3 M€"), a head ("in thousands of euros") and a sentence are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

THOUSAND, LAKH, MILLION, CRORE, BILLION, TRILLION = (Decimal(10**n) for n in (3, 5, 6, 7, 9, 12))


def word_set(words: str) -> frozenset[str]:
    """The words of a text, to look others up in."""
    return frozenset(words.split())


def _by_word(said: dict[str, str]) -> dict[str, str]:
    """Each of the comma-separated words, with what it stands for."""
    return {word.strip(): meaning for meaning, words in said.items() for word in words.split(",")}


CURRENCIES: dict[str, str] = _by_word(
    {
        "USD": "$, us$, u.s.$, u.s. $",
        "CAD": "c$, ca$, cad$, cdn$",
        "AUD": "a$, au$",
        "HKD": "hk$",
        "NZD": "nz$",
        "SGD": "s$",
        "BRL": "r$",
        "TWD": "nt$",
        "MXN": "mx$",
        "EUR": "€",
        "GBP": "£",
        "JPY": "¥",
        "INR": "₹, rs., rs",
        "KRW": "₩",
        "ILS": "₪",
        "TRY": "₺",
        "RUB": "₽",
        "PLN": "zł",
        "CZK": "kč",
        "CNY": "rmb",
        "CHF": "fr.",
    }
)
CODES = word_set(
    "USD EUR GBP JPY CHF CAD AUD NZD HKD SGD CNY INR SEK NOK DKK PLN CZK HUF RON BGN ISK TRY RUB UAH ILS ZAR BRL MXN ARS CLP COP PEN "
    "KRW TWD THB IDR MYR PHP VND AED SAR QAR KWD EGP MAD TND DZD XOF XAF NGN KES"
)
CURRENCIES.update({code.lower(): code for code in CODES})

CURRENCY_WORDS: dict[str, str] = _by_word(
    {
        "USD": "u.s. dollars, us dollars, united states dollars, u.s. dollar, us dollar, dollars, dollar, dollars américains, dollars us",
        "CAD": "canadian dollars, dollars canadiens",
        "AUD": "australian dollars",
        "HKD": "hong kong dollars",
        "SGD": "singapore dollars",
        "NZD": "new zealand dollars",
        "EUR": "euros, euro",
        "GBP": "pounds sterling, british pounds, livres sterling, pounds, sterling",
        "CHF": "swiss francs, francs suisses",
        "JPY": "japanese yen, yens, yen",
        "INR": "indian rupees, rupees",
        "CNY": "renminbi, yuan",
        "SEK": "swedish kronor",
        "NOK": "norwegian kroner",
        "DKK": "danish kroner",
        "XOF": "francs cfa",
        "MAD": "dirhams",
        "BRL": "reais",
    }
)

SCALES: dict[str, Decimal] = {
    word.strip(): scale
    for scale, words in {
        THOUSAND: "thousand, thousands, thous, k, millier, milliers, mille, tsd",
        LAKH: "lakh, lakhs, lac, lacs",
        MILLION: "million, millions, mm, mn, mln, mio, mios, m",
        CRORE: "crore, crores",
        BILLION: "billion, billions, bn, bln, b, milliard, milliards, md, mds, mrd, mrds",
        TRILLION: "trillion, trillions, tn",
    }.items()
    for word in words.split(",")
}

UNIT_WORDS: dict[str, str] = _by_word(
    {
        "percent": "%, ％, percent, per cent, pct, pour cent",
        "bps": "bps, bp, basis points, basis point, points de base, point de base, pdb, pb",
        "points": "percentage points, percentage point, points de pourcentage, pts, pt, pp, points, point",
        "ratio": "x, ×, times, fois",
        "shares": "shares, share, actions, action",
        "days": "days, day, jours, jour",
        "years": "years, year, yrs, ans, an, années",
        "months": "months, month, mois",
        "employees": "employees, employee, salariés, collaborateurs, personnes",
    }
)


def alternatives(words: Iterable[str]) -> str:
    """The words as a regular expression's alternatives, longest first: "US$" before "$"."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: -len(word)))


CURRENCY_SIGN = rf"(?:{alternatives(CURRENCIES)})"
CURRENCY_WORD = rf"(?:{alternatives(CURRENCY_WORDS)})"


def currency_of(sign: str) -> str | None:
    """The ISO 4217 code behind a sign, a code or a word ("US$", "eur", "dollars"); a bare "$" is USD."""
    lowered = " ".join(sign.lower().split())
    return CURRENCIES.get(lowered) or CURRENCY_WORDS.get(lowered)
