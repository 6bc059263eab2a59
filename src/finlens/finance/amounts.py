"""A printed figure to an `Amount`: signs, brackets, currencies, scales, units, footnote marks.

`parse_amount` reads a text that is a figure and nothing else (a table's cell); `finlens.finance.prose` finds figures in
sentences; `finlens.finance.formats` writes what `parse_amount` reads back unchanged.
"""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

from finlens.documents import Amount
from finlens.finance.numerals import DIGIT, NUMERAL, PLAIN, Locale, read_numeral
from finlens.finance.vocabulary import (
    CRORE,
    CURRENCIES,
    CURRENCY_SIGN,
    CURRENCY_WORD,
    SCALES,
    THOUSAND,
    TRILLION,
    UNIT_WORDS,
    alternatives,
    currency_of,
)

ONE = Decimal(1)
NIL = Decimal(0)
_LONGEST = 80  # characters; no figure with all its marks is longer

_PLAINEST = re.compile(r"(\()?(\$)?(\d{1,3}(?:,\d{3})*)(\.\d+)?(\))?")
_DASH = re.compile(
    rf"\(?\s*(?P<sign>{CURRENCY_SIGN})?\s*\(?\s*(?:-{{1,3}}|[–—]{{1,3}}|_{{1,3}}|[–—-] [–—-])\s*\)?\s*(?P<unit>%|"
    rf"{CURRENCY_SIGN})?\s*\)?",
    re.I,
)
_NIL_WORDS = {"nil", "néant", "none", "zero", "zéro"}
_NO_NUMBER = re.compile(
    r"\(?(?:n\.?\s?m\.?|n\.?\s?/?\s?a\.?|n\.?\s?/?\s?s\.?|n\.?\s?/?\s?c\.?|n\.?\s?d\.?|n\.?\s?/\s?m\.?|"
    r"not meaningful|not applicable|not available|"
    r"non significatif|non communiqué|non disponible|non applicable|sans objet|s\.o\.)\)?(?:\s*%)?(?P<marks>(?:\(\w\)|\*)*)",
    re.I,
)
_OPENING = re.compile(rf"\s*(?:(?P<open>\()|(?P<sign>[-–—+])|(?P<less>[<>≤≥~≈])|(?P<currency>{CURRENCY_SIGN})(?![a-z]))", re.I)
_NUMERAL = re.compile(rf"\s*({NUMERAL})")
_PER_SHARE = re.compile(
    r"\s*(?:/|per|par|a|an)\s*(?:common |ordinary |diluted |basic )?(?:share|action|unit|part|"
    r"ads|adr)s?(?![a-z])|\s*/\s*(?:sh|act)\.?(?![a-z])",
    re.I,
)
_OF_CURRENCY = re.compile(rf"\s*(?:of |in |en |d'|de )?({CURRENCY_WORD}|{CURRENCY_SIGN})(?![a-zé])", re.I)
_SCALE_WORDS = [word for word in SCALES if len(word) > 1]
_SCALE = re.compile(rf"\s*({alternatives(_SCALE_WORDS)})(?![a-zé])\.?", re.I)
_SCALE_LETTER = re.compile(r"([kKmMbB])(?![A-Za-zé])")
# "M€", "k€", "MEUR", "K EUR", "Md€": one letter or two fused to a currency.
_SCALE_AND_CURRENCY = re.compile(rf"\s*(mds?|mrds?|bn|mn|mm|mio|[kmbt]) ?({CURRENCY_SIGN})(?![a-zé])", re.I)
_CRORE_SHORT = re.compile(r"\s*(cr)\b\.?", re.I)
_UNIT = re.compile(rf"\s*({alternatives(UNIT_WORDS)})(?![a-zé])", re.I)
_MARK = re.compile(
    r"\s*(\((?:\d{1,2}|[a-zA-Z]{1,2})(?:\s?[,;]\s?(?:\d{1,2}|[a-zA-Z]))*\)|\[\s?(?:\d{1,2}|[a-z])\s?\]|\*{1,4}|[†‡§#]+|[¹²³⁰-⁹]+)"
)
_MARK_SPACED = re.compile(r"\s*\(\s(\d{1,2}|[a-z])\s\)")
_MARKED_DASH = re.compile(r"(?P<dash>.*[–—-])\s*(?P<mark>\((?:\d{1,2}|[a-z])\)|[*†‡§]{1,3})", re.I)
_LEADING_MARK = re.compile(r"(\((?:\d|[a-z])\)|\*{1,3}|[†‡§])\s+(?=[\d$€£(-])")
_SUPERSCRIPT = re.compile(r"(?<=[\d)%])[¹²³⁰⁴-⁹]")


def parse_amount(text: str, *, locale: Locale | None = None, unit: str | None = None, scale: Decimal | None = None) -> Amount | None:
    """The amount that ``text`` is, or None where it is no figure (a label, a date, a code).

    A text that stands for "no figure" ("n.m.", "N/A", « n.s. ») gives an Amount whose value is None; a dash gives nil.

    Args:
        text: A cell as printed.
        locale: "en" or "fr", for the texts that can be read both ways ("1,234"); English where it is None.
        unit: What the surroundings say; a unit in the text is stronger.
        scale: What the surroundings say; not applied to percentages, ratios and per-share figures.
    """
    quick = _PLAINEST.fullmatch(text)
    if quick and locale != "fr":
        return _plainest(text, quick, unit, scale)
    plain = text.translate(PLAIN).strip()
    if not plain or len(plain) > _LONGEST:
        return None
    if (marked := _MARKED_DASH.fullmatch(plain)) and _DASH.fullmatch(marked["dash"]):
        nil = _without_digits(text, marked["dash"], unit, scale)  # "— (2)" is nil with a footnote, never -2
        return nil and dataclasses.replace(nil, marks=(marked["mark"],))
    if not DIGIT.search(plain):
        return _without_digits(text, plain, unit, scale)
    found = _Figure(plain, locale).read()
    if found is None:
        leading = _LEADING_MARK.match(plain)
        found = _Figure(plain[leading.end() :], locale).read() if leading else None
        if found is None or leading is None:
            return None
        found.marks.insert(0, leading.group(1))
    return found.amount(text.strip(), unit, scale)


def inherited(own_unit: str | None, own_scale: Decimal | None, unit: str | None, scale: Decimal | None) -> tuple[str | None, Decimal]:
    """Unit and scale of a figure: what it says itself, then what its surroundings say where that can apply."""
    unit_now = own_unit or unit
    if own_scale is not None:
        return unit_now, own_scale
    if unit_now in _UNSCALED or (unit_now or "").endswith("/share"):
        return unit_now, ONE
    return unit_now, scale if scale is not None else ONE


_UNSCALED = frozenset({"percent", "bps", "points", "ratio", "days", "years", "months"})


def _plainest(text: str, found: re.Match[str], unit: str | None, scale: Decimal | None) -> Amount | None:
    opened, dollar, whole, fraction, closed = found.groups()
    if (closed and not opened) or (len(whole) > 1 and whole[0] == "0"):
        return None
    digits = whole.replace(",", "") + (fraction or "")
    value = Decimal("-" + digits if opened else digits)
    unit_now, scale_now = inherited("USD" if dollar else None, None, unit, scale)
    return Amount(text, value, scale_now, unit_now, len(fraction) - 1 if fraction else 0)


def _without_digits(text: str, plain: str, unit: str | None, scale: Decimal | None) -> Amount | None:
    raw = text.strip()
    dash = _DASH.fullmatch(plain)
    if dash or plain.lower() in _NIL_WORDS:
        said = (dash.group("sign") or dash.group("unit")) if dash else None
        own = "percent" if said == "%" else currency_of(said) if said else None
        unit_now, scale_now = inherited(own, None, unit, scale)
        return Amount(raw, NIL, scale_now, unit_now, nil=True)
    none = _NO_NUMBER.fullmatch(plain)
    if none:
        unit_now, scale_now = inherited(None, None, unit, scale)
        return Amount(raw, None, scale_now, unit_now, marks=tuple(re.findall(r"\(\w\)|\*", none.group("marks"))))
    return None


class _Figure:
    """One pass over a plain text from left to right; every step takes what it knows and moves on."""

    __slots__ = ("at", "body", "brackets", "decimals", "locale", "marks", "minus", "scale", "text", "unit", "value")

    def __init__(self, text: str, locale: Locale | None) -> None:
        self.text = text
        self.locale = locale
        self.at = 0
        self.brackets = 0
        self.minus = False
        self.unit: str | None = None
        self.scale: Decimal | None = None
        self.marks: list[str] = []
        self.value = NIL
        self.decimals = 0
        self.body = ""

    def read(self) -> _Figure | None:
        """This figure with everything filled in, or None where the text is something else."""
        self._opening()
        found = _NUMERAL.match(self.text, self.at)
        if not found:
            return None
        self.body = found.group(1)
        numeral = read_numeral(self.body, self.locale)
        if numeral is None:
            return None
        self.value, self.decimals = numeral
        self.at = found.end()
        return self if self._closing() else None

    def amount(self, raw: str, unit: str | None, scale: Decimal | None) -> Amount:
        unit_now, scale_now = inherited(self.unit, self.scale, unit, scale)
        value = -self.value if self.minus and self.value else self.value
        return Amount(raw, value, scale_now, unit_now, self.decimals, marks=tuple(self.marks))

    def _opening(self) -> None:
        while found := _OPENING.match(self.text, self.at):
            self.at = found.end()
            if found.group("open"):
                self.brackets += 1
            elif found.group("currency"):
                self.unit = self.unit or currency_of(found.group("currency"))
            elif found.group("less"):
                self.marks.append(found.group("less"))
            elif found.group("sign") != "+":
                self.minus = True
        if self.brackets:
            self.minus = True

    def _closing(self) -> bool:
        """Take everything after the digits; False where something is left that no figure has."""
        text = self.text
        while self.at < len(text):
            char = text[self.at]
            if char == " " or (char in ".," and self.at == len(text) - 1):
                self.at += 1
            elif char == ")" and (self.brackets or len(self.body) >= 3):
                self.brackets, self.minus = max(0, self.brackets - 1), True
                self.at += 1
            elif char in "-–—" and not text[self.at + 1 :].strip(" )%"):
                self.minus = True
                self.at += 1
            elif not (self._repetition() or self._unit() or self._mark()):
                return False
        return True

    def _repetition(self) -> bool:
        """``-195 ( 195 )``: texts that were cut into tokens say a negative figure twice."""
        again = (
            re.compile(rf" ?\( \$? ?{re.escape(self.body)}(?: ?%)? \)").match(self.text, self.at)
            if self.text.startswith("(", self.at)
            else None
        )
        if again:
            self.at = again.end()
        return again is not None

    def _unit(self) -> bool:
        text, at = self.text, self.at
        if found := _PER_SHARE.match(text, at):
            self.unit = f"{self.unit}/share" if self.unit and self.unit in _CODES else "share" if self.unit is None else self.unit
        elif self.scale is None and (found := _SCALE_AND_CURRENCY.match(text, at)) and self.unit in (None, currency_of(found.group(2))):
            self.scale, self.unit = SCALES.get(found.group(1).lower(), THOUSAND), currency_of(found.group(2))
        elif self.scale is None and (found := _SCALE.match(text, at)):
            word = found.group(1).lower()
            # A French "billion" is a million millions.
            self.scale = TRILLION if word in ("billion", "billions") and self.locale == "fr" else SCALES[word]
        elif self.scale is None and (found := _SCALE_LETTER.match(text, at)) and self._letter_is_scale(found):
            self.scale = SCALES[found.group(1).lower()]
        elif self.unit == "INR" and self.scale is None and (found := _CRORE_SHORT.match(text, at)):
            self.scale = CRORE
        elif found := _OF_CURRENCY.match(text, at):
            code = currency_of(found.group(1))
            if self.unit not in (None, code) and found.group(1) not in ("$", "dollars"):
                return False
            self.unit = self.unit or code
        elif self.unit in (None, "percent") and (found := _UNIT.match(text, at)):
            self.unit = UNIT_WORDS[found.group(1).lower()]
        else:
            return False
        self.at = found.end()
        return True

    def _letter_is_scale(self, found: re.Match[str]) -> bool:
        """``$12.3m``, ``12,3 M``, ``45k``; a lower-case letter that stands apart may be metres or a mark."""
        return self.text[self.at - 1] != " " or self.unit is not None or found.group(1).isupper()

    def _mark(self) -> bool:
        found = _MARK.match(self.text, self.at)
        if found:
            mark = found.group(1)
        elif found := _MARK_SPACED.match(self.text, self.at):
            mark = f"({found.group(1)})"
        else:
            return False
        self.marks.append(mark)
        self.at = found.end()
        return True


_CODES = frozenset(CURRENCIES.values())
