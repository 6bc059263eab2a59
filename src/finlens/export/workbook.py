"""Writing into a workbook without changing what was read: text stays text, numbers keep every digit, no formula is smuggled in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from finlens.documents import Amount, Source

LINK = {"font_color": "#0563C1", "underline": 1}
GREY = {"font_color": "#808080"}
BOLD = {"bold": True}
WRONG = {"bg_color": "#FFC7CE"}
DOUBTED = {"bg_color": "#FFD966"}
_MAX_TEXT = 32_767  # what one cell of a workbook holds
_MAX_LINKS = 60_000  # a sheet holds 65,530
_DIGITS = 15  # what a workbook's numbers are exact to
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Workbook:
    """An XlsxWriter workbook with its formats made once each; made by `new_workbook`."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._links: dict[str, int] = {}

    def add_sheet(self, name: str) -> Any:
        """An empty sheet at the end."""
        sheet = self.book.add_worksheet(name)
        sheet.set_comments_author("finlens")
        return sheet

    def style(self, **properties: Any) -> Any:
        """The format with those properties of XlsxWriter's."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def text(self, sheet: Any, row: int, column: int, text: str, **properties: Any) -> None:
        """Text that stays text, whatever it begins with (CWE-1236)."""
        cleaned = clean(text)
        if cleaned.lstrip()[:1] in tuple("=+-@"):
            properties["quote_prefix"] = True  # … also at a person's next edit of the cell
        if cleaned:
            sheet.write_string(row, column, cleaned, self.style(**properties))
        elif properties:
            sheet.write_blank(row, column, None, self.style(**properties))

    def number(self, sheet: Any, row: int, column: int, value: Decimal, *, formula: str = "", **properties: Any) -> None:
        """A number; with ``formula`` the cell computes it, and ``value`` is what viewers show that do not compute.

        One of more digits than a workbook's numbers have is written as text: every digit stays.
        """
        if len(value.normalize().as_tuple().digits) > _DIGITS:
            self.text(sheet, row, column, f"{value:f}", **{**properties, "align": "right"})
        elif formula:
            sheet.write_formula(row, column, f"={formula}", self.style(**properties), float(value))
        else:
            sheet.write_number(row, column, float(value), self.style(**properties))

    def link(self, sheet: Any, row: int, column: int, target: str, text: str) -> None:
        """Text that leads to ``target``, a reference like ``'Balance sheet'!B5``."""
        links = self._links[sheet.name] = self._links.get(sheet.name, 0) + 1
        if links > _MAX_LINKS:
            self.text(sheet, row, column, text)
        else:
            sheet.write_url(row, column, f"internal:{target}", self.style(**LINK), clean(text))

    def comment(self, sheet: Any, row: int, column: int, text: str) -> None:
        """A comment as wide as its lines ask for."""
        text = clean(text)
        lines = text.split("\n")
        height = 8 + 15 * sum(1 + len(line) // 48 for line in lines)
        sheet.write_comment(row, column, text, {"width": 300, "height": min(height, 320)})


@contextmanager
def new_workbook(title: str) -> Iterator[tuple[Workbook, io.BytesIO]]:
    """A workbook to fill; its bytes are in the stream when the block has ended."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # The same document is the same workbook: no clock in it.
    book.set_properties({"title": clean(title)[:255], "author": "finlens", "created": datetime(2000, 1, 1)})
    yield Workbook(book), stream
    book.close()


def number_format(amount: Amount) -> str:
    """As a statement prints it: thousands grouped, negatives in brackets, nil as a dash."""
    places = "." + "0" * amount.decimals if amount.decimals > 0 else ""
    if amount.unit == "percent":
        return f"0{places}%;(0{places}%)"
    grouped = f"#,##0{places}"
    return f'{grouped};({grouped});"–"' if amount.nil else f"{grouped};({grouped})"


def place_in_words(source: Source) -> str:
    """The words "page 45, box 401 220 455 232", in points from the page's top-left corner."""
    return f"page {source.page}" + (f", box {' '.join(f'{edge:.0f}' for edge in source.box)}" if source.box else "")


def clean(text: str) -> str:
    """The text without what no workbook can hold."""
    return _CONTROL.sub("", text)[:_MAX_TEXT]
