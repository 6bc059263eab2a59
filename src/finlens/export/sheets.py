"""Which sheet of a workbook each table stands on, and in which cell each figure: statements first, then the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from finlens.documents import At, Document, Table
from finlens.documents.names import name_of

INDEX = "Tables"
CHECKS = "Checks"
HEAD_ROWS = 3
"""Rows above each grid: its title, its unit and pages, and an empty one."""
_LONGEST = 31  # characters of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class Spot(NamedTuple):
    """A cell of a workbook; row and column count from 0."""

    sheet: str
    row: int
    column: int

    @property
    def reference(self) -> str:
        """As a formula on its own sheet writes it: "B5"."""
        return f"{column_letters(self.column)}{self.row + 1}"

    @property
    def link(self) -> str:
        """As a formula on another sheet writes it: "'Balance sheet'!B5"."""
        return f"{quoted(self.sheet)}!{self.reference}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its tables, one below the other: index into ``document.tables``, and the row where its title stands."""

    name: str
    tables: tuple[tuple[int, int], ...]
    statement: bool = False


def plan_sheets(document: Document) -> list[Sheet]:
    """A sheet for each primary statement, in the document's order, then one for each other table.

    A table that prints two statements stands on the sheet of the first.
    """
    taken = {INDEX.lower(), CHECKS.lower()}
    placed: set[int] = set()
    sheets: list[Sheet] = []
    for statement in document.statements:
        here = [index for index in dict.fromkeys(statement.tables) if index not in placed and 0 <= index < len(document.tables)]
        if here:
            placed.update(here)
            sheets.append(
                Sheet(sheet_name(name_of(statement, document.language), taken), tuple(_stacked(document.tables, here)), statement=True)
            )
    for index, table in enumerate(document.tables):
        if index not in placed:
            title = f"p{table.page} {table.caption}"
            sheets.append(Sheet(sheet_name(title, taken), ((index, 0),)))
    return sheets


def _stacked(tables: tuple[Table, ...], indices: Iterable[int]) -> Iterable[tuple[int, int]]:
    row = 0
    for index in indices:
        yield index, row
        row += HEAD_ROWS + tables[index].row_count + 1


def spots_of(sheets: Iterable[Sheet]) -> dict[int, Spot]:
    """Where the first cell of each table's grid stands."""
    return {index: Spot(sheet.name, row + HEAD_ROWS, 0) for sheet in sheets for index, row in sheet.tables}


def spot(corners: dict[int, Spot], at: At) -> Spot | None:
    """Where a cell of a table stands; None where its table is not in the workbook."""
    corner = corners.get(at.table)
    return None if corner is None else Spot(corner.sheet, corner.row + at.row, corner.column + at.column)


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that a workbook accepts: at most 31 characters, none of those it forbids, each once; added to ``taken``."""
    base = " ".join(_FORBIDDEN.sub(" ", title).split())[:_LONGEST].strip(" '") or "Sheet"
    name, copy = base, 2
    while name.lower() in taken:
        suffix = f" ({copy})"
        name, copy = base[: _LONGEST - len(suffix)].rstrip() + suffix, copy + 1
    taken.add(name.lower())
    return name


def quoted(sheet: str) -> str:
    """The sheet's name as a formula and a link write it."""
    return "'" + sheet.replace("'", "''") + "'"


def column_letters(column: int) -> str:
    """The letters of a column that counts from 0: 0 is "A", 27 is "AB"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
