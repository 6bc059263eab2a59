"""What an earlier answer said: its numbers, and whether a computation agrees with them as far as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from finlens.ask.compute import Term, Uncomputable, evaluate, scale_of
from finlens.finance.words import plain

_NUMBER = re.compile(r"(?P<open>\()?(?P<sign>[-−])?[$€£]? ?(?P<sign2>[-−])?(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<close>\))?")
_NO_VALUE = re.compile(r"\((?:fy|q\d|en |in |au )?[^()]*\b(?:19|20)\d\d\b[^()]*\)|\bpages? [\d, ]+|\b(?:fy|q[1-4] )(?:19|20)\d\d\b")
_THIN_SPACE = re.compile(r"(?<=\d)[\u202f\u00a0\u2009](?=\d{3})")
_FRENCH_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_SCALES = (Decimal(1), Decimal(1000), Decimal(10**6), Decimal(10**9))
_TELLING = 2  # digits


@dataclass(frozen=True, slots=True)
class Said:
    """The numbers of an earlier answer, as printed."""

    numbers: tuple[Decimal, ...]
    bare: bool
    """Whether the answer is one number and nothing that could be taken for another."""

    @property
    def telling(self) -> bool:
        """Whether the number has digits enough that a chance agreement is unlikely."""
        return self.bare and len(self.numbers[0].normalize().as_tuple().digits) >= _TELLING

    @property
    def precise(self) -> bool:
        """Whether it has digits enough to tell a computation by."""
        return self.bare and len(self.numbers[0].normalize().as_tuple().digits) > _TELLING


def said(answer: str) -> Said:
    """The numbers of an answer's text; years in parentheses and pages are none."""
    digits = _FRENCH_COMMA.sub(".", _THIN_SPACE.sub("", answer))
    text = _NO_VALUE.sub(" ", plain(digits))
    numbers = tuple(_value(match) for match in _NUMBER.finditer(text))
    return Said(numbers, len(numbers) == 1)


def _value(match: re.Match[str]) -> Decimal:
    value = Decimal(match["digits"].replace(",", ""))
    return -value if match["sign"] or match["sign2"] or (match["open"] and match["close"]) else value


def agrees(term: Term, heard: Said, *, signed: bool = False) -> bool:
    """Whether a term's value is a number that the answer said: in units, in its own scale, or as a percentage."""
    try:
        value = evaluate(term)
    except Uncomputable:
        return False
    shown = {value, value / scale_of(term), value * 100, value / 100}
    return any(_is(one, number, signed=signed) for one in shown for number in heard.numbers)


def _is(value: Decimal, number: Decimal, *, signed: bool) -> bool:
    if not signed:
        value, number = abs(value), abs(number)
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(value - number) <= step * Decimal("0.51") and (value != 0 or number == 0)


def scaled(number: Decimal) -> Iterable[tuple[int, Decimal]]:
    """(how unlikely, amount in whole units) for a number whose scale was not said."""
    return ((rank, number * scale) for rank, scale in enumerate(_SCALES))
