"""A document as a workbook: its statements first, totals live, every figure with the place where it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from finlens.documents import Amount, At, Cell, Document, Table
from finlens.documents.names import pages_in_words, unit_in_words, unit_of_table
from finlens.export.checks_sheet import doubts_by_cell, failing_by_cell, fill_checks
from finlens.export.formulas import in_workbook, live_formulas
from finlens.export.sheets import CHECKS, HEAD_ROWS, INDEX, Sheet, Spot, plan_sheets, quoted, spot, spots_of
from finlens.export.workbook import BOLD, DOUBTED, GREY, LINK, WRONG, Workbook, new_workbook, number_format, place_in_words

_INDEX_HEADS = ("Sheet", "Page", "Title", "Unit", "Checks", "Rows", "Columns", "Notes", "Found by")
_INDEX_WIDTHS = (32, 8, 60, 18, 14, 7, 9, 40, 12)
_LABEL_WIDTH, _FIGURE_WIDTH = 60.0, 22.0  # characters
_MAX_COLUMNS, _MAX_ROWS = 16_384, 1_048_576


def document_to_xlsx(document: Document) -> bytes:
    """A workbook: primary statements, the list ``Tables``, the list ``Checks`` of what was added up, then the other tables.

    A total is a live formula where its parts, as printed, come to exactly it. A comment on each figure says the page
    and box that it was read from, and a colour where an equation fails.
    """
    sheets = plan_sheets(document)
    corners = spots_of(sheets)
    filling = _Filling(document, corners, live_formulas(document, corners), failing_by_cell(document), doubts_by_cell(document))
    with new_workbook(document.name) as (book, stream):
        for sheet in sheets:
            if sheet.statement:
                _fill(book, sheet, filling)
        _fill_index(book, document, sheets)
        if document.checks or document.doubts:
            fill_checks(book, document, corners, filling.formulas)
        for sheet in sheets:
            if not sheet.statement:
                _fill(book, sheet, filling)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Filling:
    """What every sheet is filled from."""

    document: Document
    corners: dict[int, Spot]
    formulas: dict[At, str]
    failing: dict[At, str]
    """Why the equations of a cell's total fail."""
    doubts: dict[At, str]


def _fill_index(book: Workbook, document: Document, sheets: list[Sheet]) -> None:
    page = book.add_sheet(INDEX)
    names = {index: sheet.name for sheet in sheets for index, _ in sheet.tables}
    corners = spots_of(sheets)
    for column, (head, width) in enumerate(zip(_INDEX_HEADS, _INDEX_WIDTHS, strict=True)):
        book.text(page, 0, column, head, **BOLD)
        page.set_column(column, column, width)
    for row, index in enumerate(names, 1):
        table = document.tables[index]
        corner = corners[index]
        book.link(page, row, 0, Spot(corner.sheet, corner.row - HEAD_ROWS, 0).link, names[index])
        pages = list(dict.fromkeys(number for number, _ in table.places))
        if len(pages) == 1:
            page.write_number(row, 1, pages[0])
        else:
            book.text(page, row, 1, ", ".join(map(str, pages)))
        book.text(page, row, 2, table.caption)
        book.text(page, row, 3, unit_of_table(table))
        verdict = document.verdict(index)
        book.text(page, row, 4, verdict, **(WRONG if verdict == "does not foot" else {} if verdict == "foots" else GREY))
        page.write_number(row, 5, table.row_count)
        page.write_number(row, 6, table.column_count)
        book.text(page, row, 7, table.notes)
        book.text(page, row, 8, table.finder)
    page.freeze_panes(1, 0)


def _fill(book: Workbook, sheet: Sheet, filling: _Filling) -> None:
    page = book.add_sheet(sheet.name)
    widths: dict[int, float] = {}
    for index, row in sheet.tables:
        _fill_table(book, page, index, row, filling, widths)
    first = filling.document.tables[sheet.tables[0][0]]
    page.freeze_panes(HEAD_ROWS + first.header_rows, 1)
    for column, width in widths.items():
        page.set_column(column, column, width)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576", "formula_range": "A1:XFD1048576"})


def _fill_table(book: Workbook, page: Any, index: int, top: int, filling: _Filling, widths: dict[int, float]) -> None:
    """The table's title, its unit, pages and verdict, an empty row, then its grid, with a page number at each row's end."""
    table = filling.document.tables[index]
    unit, verdict = unit_of_table(table), filling.document.verdict(index)
    book.text(page, top, 0, " ".join(table.caption.split()) or f"Table on page {table.page}", **BOLD)
    said = " · ".join(filter(None, (unit, pages_in_words(table), "" if verdict == "nothing to check" else verdict)))
    if verdict == "nothing to check":
        book.text(page, top + 1, 0, said, **GREY)
    else:
        page.write_url(top + 1, 0, f"internal:{quoted(CHECKS)}!A1", book.style(**LINK), said)
    grid = top + HEAD_ROWS
    merged: set[tuple[int, int]] = set()
    for cell in table.cells:
        if cell.row < _MAX_ROWS and cell.column < _MAX_COLUMNS:
            _put(book, page, cell, At(index, cell.row, cell.column), filling, merged)
    for row, lines in _wrapped(table).items():
        page.set_row(grid + row, 15 * lines)
    for column, width in _widths(table).items():
        widths[column] = max(widths.get(column, 8.0), width)
    for column, head, texts in ((table.column_count, "Page", _pages(table)), (table.column_count + 1, "Unit", _other_units(table, unit))):
        if texts and column < _MAX_COLUMNS:
            if table.header_rows:
                book.text(page, grid, column, head, **GREY)
            for row, text in texts.items():
                if text.isdecimal():
                    page.write_number(grid + row, column, int(text), book.style(**GREY))
                else:
                    book.text(page, grid + row, column, text, **GREY)


def _put(book: Workbook, page: Any, cell: Cell, at: At, filling: _Filling, merged: set[tuple[int, int]]) -> None:
    home = spot(filling.corners, at)
    if home is None:
        return
    properties = _looks(cell)
    amount, value = cell.amount, None if cell.amount is None or cell.header else in_workbook(cell.amount)
    if amount is None or value is None:
        span = {(cell.row, cell.column + right) for right in range(cell.column_span)}
        if cell.header and cell.column_span > 1 and cell.column + cell.column_span <= _MAX_COLUMNS and not span & merged:
            merged |= span
            page.merge_range(home.row, home.column, home.row, home.column + cell.column_span - 1, "", book.style(**properties))
        book.text(page, home.row, home.column, cell.text, **properties)
        return
    failing, doubt = filling.failing.get(at, ""), filling.doubts.get(at, "") or cell.doubt
    properties |= {"num_format": number_format(amount)} | (DOUBTED if doubt else WRONG if failing else {})
    book.number(page, home.row, home.column, value, formula=filling.formulas.get(at, ""), **properties)
    book.comment(page, home.row, home.column, "\n".join(_remarks(cell, amount, failing, doubt)))


def _remarks(cell: Cell, amount: Amount, failing: str, doubt: str) -> Iterator[str]:
    yield place_in_words(cell.source)
    unit = unit_in_words(amount.unit, amount.scale)
    yield f"printed: {cell.text}" + (f" ({unit})" if unit else "")
    if cell.source.confidence < 1:
        yield f"read by {cell.source.reader}, sure to {cell.source.confidence:.0%}"
    if doubt:
        yield f"in doubt: {doubt}"
    if failing:
        yield failing


def _looks(cell: Cell) -> dict[str, Any]:
    looks: dict[str, Any] = {}
    if cell.header:
        looks = {"align": "left" if cell.column == 0 else "center", "valign": "bottom", "text_wrap": True, "bold": True}
    elif cell.column == 0:
        looks = {"indent": min(cell.indent, 15), "text_wrap": True, "valign": "top"}
    return looks | (BOLD if cell.bold else {})


def _pages(table: Table) -> dict[int, str]:
    pages: dict[int, str] = {}
    for cell in table.cells:
        if not cell.header:
            pages.setdefault(cell.row, str(cell.source.page))
    return pages


def _other_units(table: Table, usual: str) -> dict[int, str]:
    """The units of rows whose figures are not in the table's own: "USD per share" in a table of millions."""
    units: dict[int, dict[str, None]] = {}
    for cell in table.cells:
        if cell.amount is not None and cell.amount.value is not None and not cell.header:
            units.setdefault(cell.row, {})[unit_in_words(cell.amount.unit, cell.amount.scale)] = None
    return {row: ", ".join(filter(None, said)) for row, said in units.items() if list(said) not in ([usual], [""])}


def _wrapped(table: Table) -> dict[int, int]:
    """How many lines the texts of a row take in their columns, where that is more than one."""
    rows: dict[int, int] = {}
    for cell in table.cells:
        if cell.row_span == 1 and cell.row < _MAX_ROWS and (cell.column == 0 or cell.header):
            room = _LABEL_WIDTH if cell.column == 0 else _FIGURE_WIDTH * cell.column_span
            lines = sum(1 + int((len(line) + 2 * cell.indent) // room) for line in cell.text.splitlines())
            rows[cell.row] = max(rows.get(cell.row, 1), min(lines, 25))
    return {row: lines for row, lines in rows.items() if lines > 1}


def _widths(table: Table) -> dict[int, float]:
    widths: dict[int, float] = {}
    for cell in table.cells:
        if cell.column_span == 1 and cell.column < _MAX_COLUMNS:
            longest = max((len(line) for line in cell.text.splitlines()), default=0) + 2 * cell.indent
            widths[cell.column] = max(widths.get(cell.column, 8.0), min(longest + 2.0, _LABEL_WIDTH if cell.column == 0 else _FIGURE_WIDTH))
    return widths
