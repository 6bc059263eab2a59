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
from finlens.finance.numerals import Locale
from finlens.finance.pieces import read_pieces
from finlens.finance.row_labels import Row, label_rows
from finlens.finance.units import read_unit_note

_SIGN_APART = re.compile(r"[\s(]*(?:[A-Z]{1,3})?[$€£¥₹]?[\s(–-]*|[A-Z]{3}\s*\(?")
_TAIL_APART = re.compile(r"[\s)]*%?[\s)]*(?:\(\w{1,2}\)|[*†‡¹²³⁰-⁹]+)?|x|bps|pts")
_NOTE_HEAD = re.compile(r"(?:foot)?notes?|n°(?: de note)?|réf\.?|ref\.?|annexes?|note n°|renvois?|note ref\w*\.?|page|pages", re.I)
_YEAR = re.compile(r"(?:FY|CY)?\s?['’]?(?:19|20)\d\d[AEFPB]?(?:\s?\(\w\)|\*|[¹²³])?:?", re.I)


@dataclass(slots=True)
class Band:
    """Rows under one set of heads; a long table may set its heads anew."""

    first: int
    last: int
    heads: list[tuple[str, ...]]
    """For each column, its heads from the outermost in; also what stands over the label column."""


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
    heads = _head_rows(table, grid, texts, amounts)
    labels = _label_columns(texts, amounts, heads)
    _rejoin(texts, amounts, heads, labels, locale)
    note_columns = frozenset(
        column
        for column in range(labels, table.column_count)
        if any(_NOTE_HEAD.fullmatch(texts[row][column]) for row in heads if texts[row][column])
    )
    bands = _bands(grid, texts, heads, labels, len(grid), table.column_count)
    rows = label_rows(grid, texts, amounts, heads, labels)
    return Layout(grid, texts, amounts, labels, note_columns, bands, rows)


def heads_from_caption(layout: Layout, caption: str) -> None:
    """Give columns without heads the years of the caption's last lines ("September 30,", "2024 2023"), where they are as many."""
    width = len(layout.texts[0]) if layout.texts else 0
    columns = [column for column in range(layout.label_columns, width) if any(line[column] for line in layout.amounts)]
    lines = caption.split("\n")
    for position in range(len(lines) - 1, max(-1, len(lines) - 5), -1):
        years = lines[position].split()
        if not years or not all(_YEAR.fullmatch(year) for year in years):
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


_WHOLE_DATE = re.compile(r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d|\d{1,2} [a-zéû]{3,9} (?:19|20)\d\d|\d\d[/.]\d\d[/.](?:19|20)\d\d)")
_BROKEN = re.compile(r"\b(?:ended|ending|as of|at|clos le|au)\s*$", re.I)
_ENDS_IN_MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|janvier|février|mars|avril|mai|juin|juillet|août|septembre|"
    r"octobre|novembre|décembre)\W*$",
    re.I,
)
_DAY = re.compile(r"[A-Z][a-zé]{2,8}\.? \d{1,2},?")


def is_year(text: str, amount: Amount | None) -> bool:
    """Whether a cell names a year, not a quantity."""
    return _YEAR.fullmatch(text) is not None and (amount is None or amount.unit is None)


_CHANGE = re.compile(r"\b(?:changes?|variations?|var\.?|increases?|decreases?|growth|évolution|vs\.?|over)\b|Δ", re.I)


def is_change(head: str) -> bool:
    """Whether a head announces changes ("% Change", "2024 vs 2023"), not a thing that changed ("Change in unrealised gains")."""
    return (
        _CHANGE.search(head) is not None
        and len(head.split()) <= 5
        and not re.search(r"\b(?:changes?|variations?|increases?|decreases?) (?:in|of|de|des)\b", head, re.I)
    )


def names_period(text: str) -> bool:
    pieces = read_pieces(text)
    return not pieces.empty and (pieces.timed or bool(pieces.months or pieces.month_days or pieces.quarter or pieces.half or pieces.weeks))


def _figure(text: str, amount: Amount | None) -> bool:
    return amount is not None and not is_year(text, amount)


def _head_rows(table: Table, grid: Sequence[Sequence[Cell | None]], texts: list[list[str]], amounts: list[list[Amount | None]]) -> set[int]:
    """Rows that are heads: those that the finder flagged, those at the top without figures, and repeated ones below."""
    count = len(texts)
    flagged = {row for row in range(table.header_rows) if not _mostly_figures(texts[row], amounts[row])}
    top = 0
    while top < count and (top in flagged or _looks_like_head(texts, amounts, top, flagged)):
        top += 1
    heads = set(range(top))
    for row in range(top, count):
        cells = [cell for cell in grid[row] if cell and cell.text]
        if (cells and all(cell.header for cell in cells) and any(cell.column > 0 for cell in cells)) or _repeats_heads(
            texts[row], amounts[row]
        ):
            heads.add(row)
    return heads


def _mostly_figures(texts: Sequence[str], amounts: Sequence[Amount | None]) -> bool:
    filled = [(text, amount) for text, amount in zip(texts[1:], amounts[1:], strict=True) if text]
    figures = sum(_figure(text, amount) and bool(amount and not amount.nil) for text, amount in filled)
    return figures * 2 > len(filled)


def _looks_like_head(texts: list[list[str]], amounts: list[list[Amount | None]], row: int, flagged: set[int]) -> bool:
    """A row at the top without a figure; one with a label only is a title if heads still follow, else a sub-heading."""
    filled = [column for column, text in enumerate(texts[row]) if text]
    if row and filled and all(_names_day(texts, row, column) or names_period(texts[row][column]) for column in filled if column > 0):
        # "Three Months Ended March" over "31"
        return any(column > 0 for column in filled) and (not texts[row][0] or bool(flagged))
    if any(_figure(texts[row][column], amounts[row][column]) for column in filled):
        return False
    beside = [column for column in filled if column > 0]
    if len(filled) == 1 and row and not read_unit_note(texts[row][filled[0]]).empty and len(texts[row][filled[0]]) < 60:
        return True  # "(In thousands)" between the heads and the figures
    if flagged:
        # The finder has said which rows are heads; only years and units may be added to them.
        return bool(beside) and all(names_period(texts[row][c]) or not read_unit_note(texts[row][c]).empty for c in beside)
    if len(filled) == 1 and row and any(is_year(texts[row - 1][c], amounts[row - 1][c]) for c in range(1, len(texts[row]))):
        return names_period(texts[row][filled[0]]) and bool(beside)  # under the years a lone text begins a part of the table
    if len(beside) >= 1:
        if any(is_year(texts[row][c], amounts[row][c]) for c in beside):
            # A row of years is a head once; below another row of years it is a row of figures that look like years.
            return not (texts[row][0] and any(is_year(texts[above][c], amounts[above][c]) for above in range(row) for c in beside))
        return True
    for below in range(row + 1, min(row + 4, len(texts))):
        others = [column for column, text in enumerate(texts[below]) if text and column > 0]
        if any(_figure(texts[below][column], amounts[below][column]) for column in others):
            return not filled or (row == 0 and not read_unit_note(texts[row][0]).empty)
        if others:
            return True
    return not filled


def _names_day(texts: list[list[str]], row: int, column: int) -> bool:
    """Whether a cell is the day of a month that the cell above it names."""
    text, above = texts[row][column], texts[row - 1][column]
    return text.isdigit() and 1 <= int(text) <= 31 and _ENDS_IN_MONTH.search(above) is not None


def _repeats_heads(texts: Sequence[str], amounts: Sequence[Amount | None]) -> bool:
    """A row in the body that sets new periods: nothing but dates and years over the figures, at least two of them."""
    filled = [column for column in range(1, len(texts)) if texts[column]]
    if len(filled) < 2 or not all(names_period(texts[column]) for column in filled):
        return False
    label = texts[0]
    return not label or names_period(label) or not read_unit_note(label).empty


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


def _bands(
    grid: Sequence[Sequence[Cell | None]], texts: list[list[str]], heads: set[int], labels: int, count: int, width: int
) -> list[Band]:
    bands: list[Band] = []
    above: list[int] = []
    row = 0
    while row < count:
        if row in heads:
            above = []
            while row < count and (row in heads or not any(texts[row])):
                above.append(row)
                row += 1
            continue
        first = row
        while row < count and row not in heads:
            row += 1
        bands.append(_band(first, row - 1, above, grid, texts, labels, width))
    return bands


def _band(
    first: int, last: int, above: list[int], grid: Sequence[Sequence[Cell | None]], texts: list[list[str]], labels: int, width: int
) -> Band:
    levels = [_spread(grid[row], texts, row, above, labels, width) for row in above]
    heads: list[tuple[str, ...]] = []
    for column in range(width):
        path: list[str] = []
        for level in levels:
            if level[column] and (not path or path[-1] != level[column]):
                path.append(level[column])
        heads.append(tuple(path))
    return Band(first, last, heads)


def _spread(cells: Sequence[Cell | None], texts: list[list[str]], row: int, above: list[int], labels: int, width: int) -> list[str]:
    """The texts of one row of heads, each given to every column that it stands over."""
    line = [""] * width
    spans = False
    for cell in cells:
        if cell and cell.text:
            spans = spans or cell.column_span > 1
            for column in range(cell.column, min(width, cell.column + cell.column_span)):
                line[column] = texts[row][cell.column]
    lone = {text for text in line if text}
    if len(lone) == 1 and above and row != above[0]:
        only = next(iter(lone))
        if read_unit_note(only).scale is not None and not names_period(only):
            return [only if column >= labels else "" for column in range(width)]  # "(in millions)" over some middle column
    if spans:
        return line
    filled = [column for column in range(max(labels, 1) if labels else 0, width) if line[column]]
    lower = [texts[r] for r in above if r > row]
    if not filled or not lower or len(filled) >= width - labels:
        return line
    below = next((r for r in lower if sum(1 for text in r[labels:] if text) > len(filled)), None)
    if below is None or not _spans_over(line, filled, below, labels, width):
        return line
    for column, head in _coverage(filled, below, labels, width).items():
        if not line[column] and (below[column] or texts[row][head]):
            line[column] = line[head]
    return line


def _spans_over(line: Sequence[str], filled: Sequence[int], below: Sequence[str], labels: int, width: int) -> bool:
    """Whether the heads of a row stand over several columns each, rather than being the first line of a broken head."""
    if all(names_period(line[column]) or not read_unit_note(line[column]).empty for column in filled):
        return True
    under = [below[column] for column in range(labels, width) if below[column]]
    return bool(under) and (all(names_period(text) for text in under) or len(set(under)) < len(under))


def _coverage(filled: Sequence[int], below: Sequence[str], labels: int, width: int) -> dict[int, int]:
    """For each column the place of the head above it, where spans are not known."""
    columns = list(range(labels, width))
    if len(filled) == 1:
        return dict.fromkeys(columns, filled[0])
    under = [below[column] for column in columns]
    groups = len(filled)
    if len(columns) % groups == 0:
        size = len(columns) // groups
        chunks = [under[n : n + size] for n in range(0, len(columns), size)]
        if all(chunk == chunks[0] for chunk in chunks):
            return {column: filled[n // size] for n, column in enumerate(columns)}
    if filled[0] == labels:
        # Left-aligned: a head reaches to the next one.
        return {column: max(head for head in filled if head <= column) for column in columns}
    return {column: min(filled, key=lambda head: (abs(head - column), head)) for column in columns}
