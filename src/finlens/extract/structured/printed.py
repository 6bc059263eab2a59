"""What stands on the pages, to look up what the XML says: amounts in any locale, days in any usual form, codes with any spacing."""

from __future__ import annotations

import bisect
import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from finlens.documents import Box, Page, union
from finlens.finance.numerals import NUMERAL, PLAIN, read_numeral

_NUMERALS = re.compile(rf"(?<![\d.,]){NUMERAL}")
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Z0-9])")
_CENTS = re.compile(r"[.,]\d\d$")
_IBAN_LABEL = re.compile(r"\bIBAN\b[^A-Z0-9]{0,8}$", re.I)
_MONTHS = (
    "jan|janv|jän|ene|gen", "feb|fév|fev", "mar|mär|mrz|maer|maa", "apr|avr|abr", "may|mai|mei|mag", "jun|juin|giu",
    "jul|juil|lug", "aug|aoû|aou|ago", "sep|set", "oct|okt|ott", "nov", "dec|dez|déc|dic",
)  # fmt: skip
_MOST_PLACES = 60  # of one value: a nil or a 1 stands everywhere
_LONGEST_CODE = 200  # characters of a name
_ROW = 3.0  # points: figures whose middles are no farther apart stand on one row


class Place(NamedTuple):
    """Where something is printed; no box on pages without geometry."""

    page: int
    box: Box | None
    text: str
    negative: bool = False

    def on_row_of(self, other: Place) -> bool:
        if self.page != other.page or self.box is None or other.box is None:
            return False
        return abs(self.box.y_middle - other.box.y_middle) <= _ROW


@dataclass(frozen=True, slots=True)
class _PageText:
    """A page's lines as one string, and which word each character belongs to."""

    number: int
    text: str
    starts: list[int]
    boxes: list[Box | None]

    def place(self, start: int, end: int, negative: bool = False) -> Place:
        first, last = bisect.bisect_right(self.starts, start) - 1, bisect.bisect_left(self.starts, end)
        held = [box for box in self.boxes[max(0, first) : last] if box is not None]
        return Place(self.number, union(held), self.text[start:end], negative)


class Printed:
    """An index of the pages; every look-up gives places in reading order."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = [_page_text(page) for page in pages]
        self._amounts: dict[Decimal, list[Place]] = defaultdict(list)
        for page in self._pages:
            for value, place in _amounts_of(page):
                if len(self._amounts[value]) < _MOST_PLACES:
                    self._amounts[value].append(place)

    @property
    def has_money(self) -> bool:
        """Whether the pages print amounts in cents as text at all: on some the figures are pictures."""
        return len({value for value, places in self._amounts.items() if value and any(_CENTS.search(place.text) for place in places)}) > 1

    def amounts(self, value: Decimal) -> list[Place]:
        """Where a number is printed, with either sign; also rounded to cents where it has more decimals."""
        magnitude = abs(value)
        found = self._amounts.get(magnitude, [])
        if not found and magnitude != (cents := round(magnitude, 2)):
            found = self._amounts.get(cents, [])
        return found

    def beside(self, words: re.Pattern[str]) -> Iterator[tuple[Decimal, Place]]:
        """Amounts with decimals that stand on the row of a label."""
        for page in self._pages:
            for found in words.finditer(page.text):
                label = page.place(found.start(), found.end())
                for value, places in self._amounts.items():
                    for place in places:
                        with_cents = _CENTS.search(place.text) is not None
                        if with_cents and place.page == label.page and place.on_row_of(label) and _right_of(place, label):
                            yield value, place

    def codes(self, text: str) -> list[Place]:
        """Where a number or a name is printed, whatever white space is in it."""
        characters = [re.escape(char) for char in text if not char.isspace()]
        if not characters or len(characters) > _LONGEST_CODE:
            return []
        return self._matches(re.compile(r"(?<![^\W_])" + r"\s*".join(characters) + r"(?![^\W_])", re.I))

    def ibans(self) -> dict[str, Place]:
        """Every IBAN, without spaces: those whose checksum holds, and those that are labelled so though theirs does not."""
        found: dict[str, Place] = {}
        for page in self._pages:
            for match in _IBAN.finditer(page.text):
                iban = valid_iban(match.group())
                if iban is None and _IBAN_LABEL.search(page.text[max(0, match.start() - 16) : match.start()]):
                    iban = "".join(match.group().split())
                if iban is not None:
                    found.setdefault(iban, page.place(match.start(), match.end()))
        return found

    def days(self, day: datetime.date) -> list[Place]:
        """Where a day is printed, in digits in any order or with a month's name in six languages."""
        number, month, year = f"0?{day.day}", f"0?{day.month}", f"(?:{day.year}|{day.year % 100:02})"
        name = rf"(?:{_MONTHS[day.month - 1]})[^\W\d]*"
        mark = r"\s?[./-]\s?"
        forms = (
            rf"{number}{mark}{month}{mark}{year}",
            rf"{month}{mark}{number}{mark}{year}",
            rf"{day.year}{mark}{month}{mark}{number}",
            rf"{number}\s*(?:\.|er|st|nd|rd|th|º)?\s*(?:de\s+|of\s+|-)?{name}[\s.,-]*(?:de\s+)?{year}",
            rf"{name}\.?\s*{number}(?:st|nd|rd|th)?[\s,.]*{day.year}",
            f"{day:%Y%m%d}",
        )
        return self._matches(re.compile(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)", re.I))

    def _matches(self, pattern: re.Pattern[str]) -> list[Place]:
        return [page.place(match.start(), match.end()) for page in self._pages for match in pattern.finditer(page.text)]


def valid_iban(text: str) -> str | None:
    """The longest IBAN that the text begins with, without spaces, whose checksum (ISO 13616, modulo 97) holds; None for none."""
    tried = text
    while tried:  # what follows after a space may be the word "BIC"
        iban = "".join(tried.split())
        digits = "".join(str(int(char, 36)) for char in iban[4:] + iban[:4])
        if len(iban) >= 15 and int(digits) % 97 == 1:
            return iban
        tried = tried.rpartition(" ")[0]
    return None


def _page_text(page: Page) -> _PageText:
    parts: list[str] = []
    starts: list[int] = []
    boxes: list[Box | None] = []
    at = 0
    for line in page.lines:
        words: list[tuple[str, Box | None]]
        words = [(word.text, word.box) for word in page.words[line.first : line.last]] or [(line.text, line.box)]
        for number, (text, box) in enumerate(words):
            plain = text.translate(PLAIN)
            starts.append(at)
            boxes.append(box)
            parts.append(plain + ("\n" if number == len(words) - 1 else " "))
            at += len(parts[-1])
    return _PageText(page.number, "".join(parts), starts, boxes)


def _amounts_of(page: _PageText) -> Iterator[tuple[Decimal, Place]]:
    for match in _NUMERALS.finditer(page.text):
        pieces = list(re.finditer(r"\S+", match.group()))
        # "2 100,00" may be a quantity and a price as well as one number: every run of its groups is tried.
        for first in range(len(pieces)):
            for last in range(first, min(len(pieces), first + 6)):
                start, end = match.start() + pieces[first].start(), match.start() + pieces[last].end()
                body = page.text[start:end].rstrip(".,'")
                values = {numeral.value for locale in ("en", "fr") if (numeral := read_numeral(body, locale))}
                if values:
                    place = page.place(start, start + len(body), _is_negative(page.text, start, start + len(body)))
                    for value in values:
                        yield value, place


def _is_negative(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rstrip(" €$£")[-1:], text[end : end + 1]
    return (before in ("-", "–", "(") and bool(before)) or after in ("-", "–")


def _right_of(place: Place, label: Place) -> bool:
    return place.box is not None and label.box is not None and place.box.x0 >= label.box.x0
