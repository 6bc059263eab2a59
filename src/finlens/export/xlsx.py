"""Tables as a workbook: one sheet a table, numbers as numbers, and an index that says where each was read."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import datetime
from decimal import Decimal
from typing import Any

from finlens.documents import Amount, Cell, Document, Table
from finlens.export.units import unit_in_words

_MAX_TEXT = 32_767  # what one cell of a workbook holds
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_INDEX = "Tables"
_INDEX_HEADS = ("Sheet", "Page", "Title", "Unit", "Rows", "Columns", "Notes", "Found by")


def document_to_xlsx(document: Document) -> bytes:
    """A workbook: the sheet ``Tables`` lists every table, then each has a sheet of its own."""
    from openpyxl import Workbook

    book = Workbook()
    index = book.active
    index.title = _INDEX
    names = sheet_names(document)
    _fill_index(index, document, names)
    for name, table in zip(names, document.tables, strict=True):
        _fill_sheet(book.create_sheet(name), table)
    book.properties.title = _clean(document.name)
    book.properties.creator = "finlens"
    # A workbook of the same document is the same bytes apart from the zip's own times.
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_names(document: Document) -> list[str]:
    """A name for each table that a workbook accepts: at most 31 characters, none of those it forbids, each once."""
    names: list[str] = []
    taken = {_INDEX.lower()}
    for table in document.tables:
        title = " ".join(_NOT_IN_SHEET_NAMES.sub(" ", table.caption).split())
        base = f"p{table.page} {title}".strip()[:31].strip(" '")
        name, copy = base, 2
        while name.lower() in taken:
            suffix = f" ({copy})"
            name, copy = base[: 31 - len(suffix)].rstrip() + suffix, copy + 1
        taken.add(name.lower())
        names.append(name)
    return names


def units_of(table: Table) -> str:
    """The unit and scale that most figures of the table carry."""
    counts = Counter((c.amount.unit, c.amount.scale) for c in table.cells if c.amount and c.amount.value is not None and not c.header)
    said = [(unit_in_words(*key), count) for key, count in counts.most_common()]
    return next((words for words, _ in said if words), "")


def number_format(amount: Amount) -> str:
    """As a statement prints it: thousands grouped, negatives in brackets, nil as a dash."""
    places = "." + "0" * amount.decimals if amount.decimals > 0 else ""
    if amount.unit == "percent":
        return f"0{places}%;(0{places}%)"
    grouped = f"#,##0{places}"
    return f'{grouped};({grouped});"–"' if amount.nil else f"{grouped};({grouped})"


def _fill_index(sheet: Any, document: Document, names: list[str]) -> None:
    from openpyxl.styles import Font

    sheet.append(list(_INDEX_HEADS))
    for number, (name, table) in enumerate(zip(names, document.tables, strict=True), 2):
        pages = ", ".join(str(page) for page, _ in table.places)
        _put(sheet.cell(number, 1), name)
        quoted = name.replace("'", "''")
        sheet.cell(number, 1).hyperlink = f"#'{quoted}'!A1"
        sheet.cell(number, 1).font = Font(color="0563C1", underline="single")
        sheet.cell(number, 2).value = table.page if len(table.places) == 1 else pages
        for column, text in enumerate((table.caption, units_of(table)), 3):
            _put(sheet.cell(number, column), text)
        sheet.cell(number, 5).value = table.row_count
        sheet.cell(number, 6).value = table.column_count
        _put(sheet.cell(number, 7), table.notes)
        _put(sheet.cell(number, 8), table.finder)
    _finish(sheet, heads=1, freeze="A2", widths={1: 32, 2: 8, 3: 60, 4: 18, 5: 8, 6: 9, 7: 40, 8: 14})


def _fill_sheet(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font

    page_column = table.column_count + 1
    heads = table.header_rows
    for cell in table.cells:
        target = sheet.cell(cell.row + 1, cell.column + 1)
        _put_cell(target, cell)
        if cell.column == 0 and not cell.header:
            target.alignment = Alignment(indent=min(cell.indent, 15), wrap_text=True, vertical="top")
        elif cell.header:
            target.alignment = Alignment(horizontal="left" if cell.column == 0 else "center", vertical="bottom", wrap_text=True)
        if cell.bold:
            target.font = Font(bold=True)
        if cell.header and cell.column_span > 1:
            sheet.merge_cells(
                start_row=cell.row + 1, end_row=cell.row + 1, start_column=cell.column + 1, end_column=cell.column + cell.column_span
            )
    grey = Font(color="808080")
    for row, page in _pages_by_row(table).items():
        sheet.cell(row + 1, page_column).value = page
        sheet.cell(row + 1, page_column).font = grey
    sheet.cell(1, page_column).value = "Page" if heads else sheet.cell(1, page_column).value
    _finish(sheet, heads=heads, freeze=f"B{heads + 1}", widths=_widths(table) | {page_column: 6})


def _put_cell(target: Any, cell: Cell) -> None:
    amount = cell.amount
    if amount is None or amount.value is None or cell.header:
        _put(target, cell.text)
        return
    target.value = amount.value / Decimal(100) if amount.unit == "percent" else amount.value
    target.number_format = number_format(amount)


def _put(target: Any, text: str) -> None:
    """Text that stays text, whatever it begins with (CWE-1236)."""
    cleaned = _clean(text)
    if not cleaned:
        return
    target.value = cleaned
    target.data_type = "s"  # openpyxl takes "=…" for a formula
    if cleaned.lstrip()[:1] in "=+-@":
        target.quotePrefix = True  # … and so would a person's next edit of the cell


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)[:_MAX_TEXT]


def _pages_by_row(table: Table) -> dict[int, int]:
    pages: dict[int, int] = {}
    for cell in table.cells:
        if not cell.header:
            pages.setdefault(cell.row, cell.source.page)
    return pages


def _widths(table: Table) -> dict[int, float]:
    widths: dict[int, float] = {}
    for cell in table.cells:
        if cell.column_span == 1:
            longest = max((len(line) for line in cell.text.splitlines()), default=0) + 2 * cell.indent
            widths[cell.column + 1] = max(widths.get(cell.column + 1, 8.0), min(longest + 2.0, 60.0 if cell.column == 0 else 22.0))
    return widths


def _finish(sheet: Any, *, heads: int, freeze: str, widths: dict[int, float]) -> None:
    from copy import copy

    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for row in sheet.iter_rows(min_row=1, max_row=heads) if heads else ():
        for cell in row:
            font = copy(cell.font)
            cell.font = Font(bold=True, color=font.color)
    sheet.freeze_panes = freeze
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
