"""Tables as CSV: the rectangular grid as printed, with figures as plain numbers a spreadsheet can add up."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

from finlens.documents import Cell, Document, Table

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def document_to_csv(document: Document) -> bytes:
    """All tables in one stream, each after a line ``# Table 3, page 45: its title`` and before an empty line."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for number, table in enumerate(document.tables, 1):
        if number > 1:
            stream.write("\n")
        writer.writerow([heading(number, table)])
        writer.writerows(grid(table))
    return stream.getvalue().encode()


def table_to_csv(table: Table) -> bytes:
    """One table and nothing else."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(grid(table))
    return stream.getvalue().encode()


def document_to_csv_files(document: Document, stem: str) -> dict[str, bytes]:
    """A file a table: ``stem-p045-consolidated-balance-sheets.csv`` and its content, in document order."""
    files: dict[str, bytes] = {}
    for table in document.tables:
        base = "-".join(filter(None, (stem, f"p{table.page:03d}", slug(table.caption))))
        name, copy = f"{base}.csv", 2
        while name in files:
            name, copy = f"{base}-{copy}.csv", copy + 1
        files[name] = table_to_csv(table)
    return files


def heading(number: int, table: Table) -> str:
    """One line that says which table follows."""
    title = " ".join(table.caption.split())
    return f"# Table {number}, page {table.page}" + (f": {title}" if title else "")


def grid(table: Table) -> list[list[str]]:
    """The rows, all of one length: a figure as a plain number, everything else as text that is no formula."""
    return [[cell_text(cell) if cell else "" for cell in row] for row in table.rows()]


def cell_text(cell: Cell) -> str:
    """``(1,234.5)`` becomes ``-1234.5`` and ``12.3 %`` becomes ``12.3%``; heads and words stay as printed."""
    amount = cell.amount
    if amount is not None and amount.value is not None and not cell.header:
        return f"{amount.value:f}%" if amount.unit == "percent" else f"{amount.value:f}"
    return as_text(cell.text)


def as_text(text: str) -> str:
    """The text, quoted with an apostrophe where a spreadsheet would take it for a formula (CWE-1236)."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS) else text


def slug(title: str, *, longest: int = 60) -> str:
    """The title as a part of a file name: ASCII letters, digits and hyphens."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_title)[:longest].strip("-")
