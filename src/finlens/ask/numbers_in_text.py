"""Every number in a piece of prose, with the sign, scale and unit that its words give it.

The reader of table cells (`finlens.finance.parse_amount`) may give up on a text that is no amount. This one may not:
each digit and each number word of the prose ends up in some `Mention`, so that nothing numeric passes unchecked.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finlens.finance.numerals import NUMERAL, PLAIN, read_numeral
from finlens.finance.vocabulary import CURRENCIES, CURRENCY_WORDS, SCALES, UNIT_WORDS, alternatives

Kind = Literal["figure", "year", "date", "page", "word"]

_ONE_TO_ONE = {char: into for char, into in PLAIN.items() if into is not None}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january|janvier|jan", "february|février|feb|févr", "march|mars|mar", "april|avril|apr|avr", "may|mai", "june|juin|jun",
            "july|juillet|jul|juil", "august|août|aug", "september|septembre|sept|sep", "october|octobre|oct", "november|novembre|nov",
            "december|décembre|dec|déc",
        ),
        start=1,
    )
    for name in names.split("|")
}  # fmt: skip
MONTH_NAMES: dict[int, tuple[str, ...]] = {n: tuple(name for name, number in _MONTHS.items() if number == n) for n in range(1, 13)}
_MONTH = rf"(?P<month>{alternatives(_MONTHS)})\.?(?![^\W\d_])"
_DATES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>\d{{4}})\b)?(?![.,]?\d)",
        rf"\b(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}})\b)?(?![.,]\d)",
        r"(?<![\d/.-])(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)(?![\d/-]|\.\d)",
        r"(?<![\d/.-])(?P<day>\d{1,2})/(?P<number>\d{1,2})/(?P<year>\d{4})(?![\d/-]|\.\d)",
    )
)
_SPELLED = re.findall(
    r"\S+",
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds hundredth dozen dozens half halves
    halved halving third thirds quarter quarters fourth fifth tenth double doubled doubles doubling triple tripled
    triples tripling quadruple quadrupled twice thrice twofold threefold tenfold zéro deux trois quatre cinq sept huit
    neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent cents doublé doublée
    double triplé triplée moitié demi demie tiers quart quarts dizaine dizaines douzaine centaine centaines millième
    """,
)
_SHORT_SCALES = tuple(word for word in SCALES if len(word) <= 3)
_LONG_SCALES = tuple(word for word in SCALES if len(word) > 3)
_LOOSE_WORD = re.compile(rf"(?<!\w)(?:{alternatives([*_SPELLED, *_LONG_SCALES])})(?!\w)", re.IGNORECASE)

_SIGN = rf"(?:{alternatives([sign for sign in CURRENCIES if not sign.isalpha()])})"
_CODE = rf"(?<![^\W_])(?:{alternatives([sign for sign in CURRENCIES if sign.isalpha()])})(?![^\W\d_])"
_FIGURE = re.compile(
    rf"(?P<open>\()?\s?(?P<minus>(?<![\w)])[-–—])?\s?(?P<currency>{_SIGN}|{_CODE})?\s?(?P<inner>(?<![\w)])[-–])?(?P<open2>\()?(?P<number>{NUMERAL})",
    re.IGNORECASE,
)
_JOIN = r"[ ]?(?:(?:in|of|en|de)[ ]|d')?"
_SCALE = re.compile(
    rf"[ ]?\((?:in|en)[ ](?P<noted>{alternatives(_LONG_SCALES)})\)|{_JOIN}(?P<word>{alternatives([*_LONG_SCALES, 'hundred'])})(?!\w)"
    rf"|[ ]?(?P<letters>{alternatives(_SHORT_SCALES)})(?![^\W_])",
    re.IGNORECASE,
)
_UNIT = re.compile(
    rf"{_JOIN}(?P<money>{_SIGN}|(?:{alternatives([sign for sign in CURRENCIES if sign.isalpha()])}|{alternatives(CURRENCY_WORDS)})(?!\w))"
    rf"|[ ]?(?P<other>{alternatives([unit for unit in UNIT_WORDS if not unit.isalpha() and ' ' not in unit])})"
    rf"|[ -]?(?P<named>{alternatives([unit for unit in UNIT_WORDS if unit.isalpha() or ' ' in unit])})(?!\w)",
    re.IGNORECASE,
)
_PER_SHARE = re.compile(r"[ ]?(?:/[ ]?|(?:per|par|a)[ ])(?:[^\W\d_]+[ ]){0,3}?(?:share|action)(?!\w)", re.IGNORECASE)
_PAGE_BEFORE = re.compile(r"(?<!\w)(?:pages?|pp?\.)\s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in prose, as its own words describe it."""

    text: str
    kind: Kind
    start: int
    end: int
    value: Decimal | None = None
    """Signed as written; of a date yyyymmdd (yyyy 0 where no year is said); None where it cannot be told."""
    scale: Decimal | None = None
    """What a scale word multiplies it by; None where there is no such word."""
    unit: str | None = None
    """As `finlens.documents.Amount.unit`; "points" for percentage points; None where none is said."""

    @property
    def absolute(self) -> Decimal | None:
        return None if self.value is None else self.value * (self.scale or 1)


def numbers_in(text: str) -> list[Mention]:
    """Every number of ``text`` in order; positions count in `flat(text)`, which is what they should be cut from."""
    flattened = flat(text)
    found: list[Mention] = []
    taken = bytearray(len(flattened))

    def take(mention: Mention) -> None:
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            found.append(mention)

    for form in _DATES:
        for match in form.finditer(flattened):
            if dated := _date(match):
                take(dated)
    at = 0
    while figure := _FIGURE.search(flattened, at):
        mention = _figure(flattened, figure)
        take(mention)
        at = max(mention.end, figure.start() + 1)
    for match in _LOOSE_WORD.finditer(flattened):
        take(Mention(match.group(), "word", match.start(), match.end()))
    for at, char in enumerate(flattened):  # ², ½, Ⅳ, 三: numbers too
        if unicodedata.numeric(char, None) is not None and not taken[at]:
            take(Mention(char, "word", at, at + 1))
    return sorted(found, key=lambda mention: mention.start)


def flat(text: str) -> str:
    """The text with one kind of space, apostrophe and hyphen, and without invisible characters."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf").translate(_ONE_TO_ONE)


def _date(match: re.Match[str]) -> Mention | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"].lower()]
    year, day = int(parts["year"] or 0), int(parts["day"])
    try:
        datetime.date(year or 2000, month, day)
    except ValueError:
        return None
    return Mention(match.group(), "date", match.start(), match.end(), date_value(year, month, day))


def date_value(year: int, month: int, day: int) -> Decimal:
    """A date as `Mention.value` writes it."""
    return Decimal(year * 10000 + month * 100 + day)


def _figure(text: str, match: re.Match[str]) -> Mention:
    body, number_at, at = match.group("number"), match.start("number"), match.end()
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    read = read_numeral(body)
    value = read.value if read else None
    negative = bool(match.group("minus") or match.group("inner"))
    bare = not (negative or match.group("currency") or match.group("open2"))
    unit = _currency(match.group("currency"))
    scale: Decimal | None = None
    closed = False
    for _ in range(4):
        if (match.group("open") or match.group("open2")) and text[at : at + 1] == ")":
            at, closed = at + 1, True
        if found := _SCALE.match(text, at):
            word = (found.group("noted") or found.group("word") or found.group("letters")).lower()
            scale = (scale or Decimal(1)) * (SCALES[word] if word != "hundred" else Decimal(100))
        elif unit is None and (found := _UNIT.match(text, at)):
            unit = _currency(found.group("money")) or UNIT_WORDS[(found.group("other") or found.group("named")).lower()]
        else:
            break
        at = found.end()
    if unit and len(unit) == 3 and unit.isupper() and (found := _PER_SHARE.match(text, at)):
        unit, at = unit + "/share", found.end()
    if text[at : at + 1] == "-" and not text[at + 1 : at + 2].strip():  # 120- as some ledgers print it
        negative, at = True, at + 1
    if closed and value is not None:
        negative = True
    if not closed and match.group("open"):
        start = match.start() + 1
    glued = text[number_at - 1 : number_at].isalpha() or text[at : at + 1].isalpha()
    plain = bare and not closed and scale is None and unit is None and not glued
    kind: Kind = "figure"
    if plain and (page := _PAGE_BEFORE.search(text, 0, start)):
        kind, start = "page", page.start()
    elif plain and body.isdigit() and len(body) == 4 and 1900 <= int(body) <= 2100:
        kind = "year"
    if glued and not (match.group("currency") and not text[at : at + 1].isalpha()):
        start, at = _whole_token(text, number_at, at)
        value = None
    return Mention(text[start:at], kind, start, at, -value if negative and value else value, scale, unit)


def _whole_token(text: str, start: int, end: int) -> tuple[int, int]:
    """A number that letters are fused to ("Q3", "FY2023", "10K") is a name: the whole of it."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _currency(sign: str | None) -> str | None:
    if not sign:
        return None
    lowered = sign.lower()
    return CURRENCIES.get(lowered) or CURRENCY_WORDS.get(lowered)
