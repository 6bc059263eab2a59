"""What is what in a grid: heads over columns, labels before rows, sub-headings between, figures in the rest.

A table finder may have flagged heads, spans and indents; a grid that was read elsewhere has none of it, and then the
texts themselves must tell ("", "Years Ended September 30," over "2019", "2018").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from finlens.documents import Amount, Cell, Table
from finlens.finance.amounts import parse_amount
from finlens.finance.bands import Band, find_bands
from finlens.finance.heads import YEAR, head_rows, is_year, names_period
from finlens.finance.numerals import Locale
from finlens.finance.row_labels import Row, label_rows

_SIGN_APART = re.compile(r"[\s(]*(?:[A-Z]{1,3})?[$€£¥₹]?[\s(–-]*|[A-Z]{3}\s*\(?")
_TAIL_APART = re.compile(r"[\s)]*%?[\s)]*(?:\(\w{1,2}\)|[*†‡¹²³⁰-⁹]+)?|x|bps|pts")
_NOTE_HEAD = re.compile(r"(?:foot)?notes?|n°(?: de note)?|réf\.?|ref\.?|annexes?|note n°|renvois?|note ref\w*\.?|page|pages", re.I)


@dataclass(slots=True)
class Layout:
    """A table understood: where its heads, labels and figures are."""

    grid: list[list[Cell | None]]
    texts: list[list[str]]
    """As printed, but a "$", ")" or "%" that stood in a place of its own is back at its figure."""
    amounts: list[list[Amount | None]]
    """Figures of body cells, without what the surroundings say about them."""
    label_columns: int
    note_columns: frozenset[int]
    bands: list[Band]
    rows: list[Row]

    @property
    def headless(self) -> bool:
        """Whether no column of figures has a head."""
        return not any(path for band in self.bands for path in band.heads)

    def band_of(self, row: int) -> Band | None:
        return next((band for band in self.bands if band.first <= row <= band.last), None)


def lay_out(table: Table, locale: Locale | None) -> Layout:
    """Find heads, labels and figures of a table. ``locale`` is how the table writes numbers."""
    grid = table.rows()
    texts = [[cell.text.strip() if cell else "" for cell in row] for row in grid]
    amounts = [[parse_amount(text, locale=locale) if text else None for text in row] for row in texts]
    heads = head_rows(table, grid, texts, amounts)
    labels = _label_columns(texts, amounts, heads)
    _rejoin(texts, amounts, heads, labels, locale)
    note_columns = frozenset(
        column
        for column in range(labels, table.column_count)
        if any(_NOTE_HEAD.fullmatch(texts[row][column]) for row in heads if texts[row][column])
    )
    bands = find_bands(grid, texts, amounts, heads, labels)
    rows = label_rows(grid, texts, amounts, heads, labels)
    return Layout(grid, texts, amounts, labels, note_columns, bands, rows)


def heads_from_caption(layout: Layout, caption: str) -> None:
    """Give columns without heads the years of the caption's last lines ("September 30,", "2024 2023"), where they are as many."""
    width = len(layout.texts[0]) if layout.texts else 0
    columns = [column for column in range(layout.label_columns, width) if any(line[column] for line in layout.amounts)]
    lines = caption.split("\n")
    for position in range(len(lines) - 1, max(-1, len(lines) - 7), -1):
        years = lines[position].split()
        if _LOCATION_HEADS.match(lines[position]):
            years = [word for word in years if YEAR.fullmatch(word)]  # "Balance Sheet Location 2024 2023"
        if not years or not all(YEAR.fullmatch(year) for year in years):
            dates = _WHOLE_DATE.findall(lines[position])
            years = dates if len(dates) > 1 and not _WHOLE_DATE.sub("", lines[position]).strip() else []
        if not years or len(columns) % len(years):
            continue
        before = " ".join(line for line in lines[max(0, position - 2) : position] if names_period(line) or _BROKEN.search(line))
        days = [" ".join(day.split()) for day in _DAY.findall(before)]
        each = len(columns) // len(years)
        for n, column in enumerate(columns):
            year = years[n // each]
            above = days[n // each] if len(days) == len(years) else before
            for band in layout.bands:
                band.heads[column] = (above, year) if above else (year,)
        return


_LOCATION_HEADS = re.compile(r"[^\d.]{3,60}(?:\s(?:19|20)\d\d){2,}$")
_WHOLE_DATE = re.compile(r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d|\d{1,2} [a-zéû]{3,9} (?:19|20)\d\d|\d\d[/.]\d\d[/.](?:19|20)\d\d)")
_BROKEN = re.compile(r"\b(?:ended|ending|as of|at|clos le|au)\s*$", re.I)
_DAY = re.compile(r"[A-Z][a-zé]{2,8}\.? \d{1,2},?")


def _label_columns(texts: list[list[str]], amounts: list[list[Amount | None]], heads: set[int]) -> int:
    body = [row for row in range(len(texts)) if row not in heads]
    width = len(texts[0]) if texts else 0
    if not body or width < 2:
        return min(width, 1)
    labels = 1
    for column in range(width):
        figures = words = sure = 0
        for row in body:
            text, amount = texts[row][column], amounts[row][column]
            if not text or _SIGN_APART.fullmatch(text):
                continue
            # Years down a second column tell which year a line is about; they are no figures.
            is_figure = amount is not None and not (column and is_year(text, amount))
            figures += is_figure
            words += not is_figure
            sure += amount is not None and (amount.unit is not None or "," in text or "." in text)
        if column == 0:
            # Labels may be years or numbers of notes; only sure amounts under a head make it a column of figures.
            if sure > 0.6 * len(body) and any(texts[row][0] for row in heads):
                return 0
        elif figures and figures >= words:
            return labels
        elif words:
            labels = column + 1
    return 1


def _rejoin(texts: list[list[str]], amounts: list[list[Amount | None]], heads: set[int], labels: int, locale: Locale | None) -> None:
    """Put a currency sign, a closing bracket or a "%" that has a cell of its own back to the figure beside it."""
    for row, line in enumerate(texts):
        if row in heads:
            continue
        last_figure = -1
        for column in range(labels, len(line)):
            text = line[column]
            if not text:
                continue
            if amounts[row][column] is not None and not amounts[row][column].nil:  # type: ignore[union-attr]
                last_figure = column
            elif last_figure >= 0 and column - last_figure <= 2 and _TAIL_APART.fullmatch(text):
                _join(row, last_figure, column, line[last_figure] + text, last_figure, texts, amounts, locale)
            elif amounts[row][column] is not None:
                continue  # a dash is nil, not the sign of the figure beside it
            elif (beside := _next_figure(line, amounts[row], column)) is not None and _SIGN_APART.fullmatch(text):
                _join(row, beside, column, text + line[beside], beside, texts, amounts, locale)
                last_figure = beside


def _next_figure(line: Sequence[str], amounts: Sequence[Amount | None], column: int) -> int | None:
    for beside in range(column + 1, min(column + 3, len(line))):
        if line[beside]:
            return beside if amounts[beside] is not None or line[beside][0] in "(-–" else None
    return None


def _join(
    row: int,
    figure: int,
    apart: int,
    text: str,
    keep: int,
    texts: list[list[str]],
    amounts: list[list[Amount | None]],
    locale: Locale | None,
) -> None:
    together = parse_amount(text, locale=locale)
    if together is None and text.count("(") > text.count(")"):
        together = parse_amount(text + ")", locale=locale)
    if together is None:
        return
    texts[row][keep], amounts[row][keep] = text, together
    texts[row][apart], amounts[row][apart] = "", None
