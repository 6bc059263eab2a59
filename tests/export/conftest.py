"""A page drawn for the tests, and the document that a perfect reader would make of it."""

import hashlib
from decimal import Decimal
from pathlib import Path

import pymupdf
import pytest

from finlens.documents import Amount, Box, Cell, Document, Page, Source, Table

MILLIONS = Decimal(1_000_000)
TITLE = "Results <script>alert(1)</script> [2024]: in millions"
COLUMNS = (72.0, 300.0, 400.0, 500.0)
ROWS = [
    (("", None), ("2024", None), ("2023", None)),
    (("Revenue", None), ("1,496.5", "1496.5"), ("1,202.9", "1202.9")),
    (("=cmd|' /C calc'!A0", None), ("(12.0)", "-12.0"), ("–", "0")),
    (("Margin", None), ("24.4%", "24.4"), ("n.m.", None)),
]


def _amount(raw: str, value: str | None) -> Amount | None:
    if value is None:
        return Amount(raw, None) if raw == "n.m." else None
    unit, scale = ("percent", Decimal(1)) if raw.endswith("%") else ("USD", MILLIONS)
    return Amount(raw, Decimal(value), scale, unit, decimals=1 if "." in raw else 0, nil=raw == "–")


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """One page with one table of three columns, in millions of dollars; a row label that looks like a formula."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    path = tmp_path / "report.pdf"
    places: list[tuple[int, int, Box]] = []
    for r, row in enumerate(ROWS):
        for c, (text, _) in enumerate(row):
            top = 200.0 + 20 * r
            page.insert_text((COLUMNS[c] + 2, top + 14), text, fontsize=10)
            places.append((r, c, Box(COLUMNS[c], top, COLUMNS[c + 1] if c < 3 else 560.0, top + 20)))
    pdf.save(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    cells = tuple(
        Cell(r, c, ROWS[r][c][0], Source(sha256, 1, box, "pymupdf"), header=r == 0, amount=_amount(*ROWS[r][c]) if r and c else None)
        for r, c, box in places
        if ROWS[r][c][0]
    )
    table = Table(cells, ((1, Box(72, 200, 500, 280)),), "by hand", caption=TITLE, notes="@note")
    return Document(sha256, "report.pdf", (Page(1, 595, 842),), (table,), language="en", path=str(path), page_count=1)
