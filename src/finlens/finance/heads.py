"""Which rows of a grid are heads: those at the top, those that a long table sets anew, and those between its parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from finlens.documents import Amount, Cell, Table
from finlens.finance.pieces import read_pieces
from finlens.finance.units import read_unit_note

YEAR = re.compile(r"(?:FY|CY)?\s?['’]?(?:19|20)\d\d[AEFPB]?(?:\s?\(\w\)|\*|[¹²³])?:?", re.I)
_ENDS_IN_MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|janvier|février|mars|avril|mai|juin|juillet|août|septembre|"
    r"octobre|novembre|décembre)\W*$",
    re.I,
)


def is_year(text: str, amount: Amount | None) -> bool:
    """Whether a cell names a year, not a quantity."""
    return YEAR.fullmatch(text) is not None and (amount is None or amount.unit is None)


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


def head_rows(table: Table, grid: Sequence[Sequence[Cell | None]], texts: list[list[str]], amounts: list[list[Amount | None]]) -> set[int]:
    """Rows that are heads: those that the finder flagged, those at the top without figures, and repeated ones below."""
    count = len(texts)
    flagged = {row for row in range(table.header_rows) if not _mostly_figures(texts[row], amounts[row])}
    top = 0
    while top < count and (top in flagged or _looks_like_head(texts, amounts, top, flagged)):
        top += 1
    heads = set(range(top))
    above = {text for row in heads for text in texts[row] if text}
    for row in range(top, count):
        cells = [cell for cell in grid[row] if cell and cell.text]
        flagged_below = bool(cells) and all(cell.header for cell in cells) and any(cell.column > 0 for cell in cells)
        if (flagged_below and not _mostly_figures(texts[row], amounts[row])) or _repeats_heads(texts[row], amounts[row], above):
            heads.add(row)
    heads.update(_heads_between(texts, heads))
    return heads


def _heads_between(texts: list[list[str]], heads: Collection[int]) -> set[int]:
    """Rows below the top that together are the heads of another part: "As of January 31," over "2025", "2024"; no label, no figure."""
    found: set[int] = set()
    run: list[int] = []
    for row in range(len(texts) + 1):
        if row < len(texts) and (row in heads or _only_time_or_unit(texts[row])):
            run.append(row)
            continue
        if any(sum(map(bool, texts[at])) > 1 and all(names_period(text) for text in texts[at] if text) for at in run):
            found.update(run)
        run = []
    return found


def _only_time_or_unit(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    return (
        bool(filled)
        and not texts[0]
        and all(
            names_period(text) or (len(text) < _HEAD_LENGTH and not read_unit_note(text).empty and not _DIGIT.search(text))
            for text in filled
        )
    )


_HEAD_LENGTH = 60  # characters
_DIGIT = re.compile(r"\d")


def _mostly_figures(texts: Sequence[str], amounts: Sequence[Amount | None]) -> bool:
    filled = [(text, amount) for text, amount in zip(texts[1:], amounts[1:], strict=True) if text]
    figures = sum(
        (_figure(text, amount) and bool(amount and not amount.nil)) or _RUN_TOGETHER.fullmatch(text) is not None for text, amount in filled
    )
    return figures * 2 > len(filled)


# Figures of two rows that were read as one: "13.7 years 11.5 years".
_RUN_TOGETHER = re.compile(r"(?:\d+(?:\.\d+)?\s*(?:years?|%|days|months)\s*){2,}", re.I)


def _looks_like_head(texts: list[list[str]], amounts: list[list[Amount | None]], row: int, flagged: set[int]) -> bool:
    """A row at the top without a figure; one with a label only is a title if heads still follow, else a sub-heading."""
    filled = [column for column, text in enumerate(texts[row]) if text]
    if row and filled and all(_names_day(texts, row, column) or names_period(texts[row][column]) for column in filled if column > 0):
        # "Three Months Ended March" over "31"
        return any(column > 0 for column in filled) and (not texts[row][0] or bool(flagged))
    if any(_figure(texts[row][column], amounts[row][column]) for column in filled):
        # "(Dollars in millions)" with a footnote's "(1)" beside it: the mark is none of the head's figures.
        said = read_unit_note(texts[row][0]) if texts[row][0] else None
        return said is not None and said.scale is not None and all(_LONE_MARK.fullmatch(texts[row][column]) for column in filled[1:])
    beside = [column for column in filled if column > 0]
    if any(_RUN_TOGETHER.fullmatch(texts[row][column]) for column in beside):
        return False
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


_LONE_MARK = re.compile(r"\(\w{1,2}\)|\*{1,3}")


def _repeats_heads(texts: Sequence[str], amounts: Sequence[Amount | None], above: Collection[str]) -> bool:
    """A row in the body that sets new periods: nothing but dates and years over the figures, at least two of them.

    ``above`` are the heads at the top; a row that says two of them again, and no figure, is their repetition.
    """
    filled = [column for column in range(1, len(texts)) if texts[column]]
    again = sum(texts[column] in above for column in filled)
    if again > 1 and all(texts[column] in above or names_period(texts[column]) for column in filled):
        return not any(_figure(texts[column], amounts[column]) for column in filled)
    if len(filled) < 2 or not all(names_period(texts[column]) for column in filled):
        return False
    label = texts[0]
    return not label or names_period(label) or not read_unit_note(label).empty
