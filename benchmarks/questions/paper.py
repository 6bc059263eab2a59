"""Small reports set in PDF from headings, paragraphs and grids, so that a question goes the whole way from the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 56.0
SIZE, LEADING = 9.5, 14.5
LABELS = 230.0  # points for the first column


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: title, line under it ("(en milliers d'euros)"), a grid, and paragraphs."""

    title: str
    note: str = ""
    grid: Sequence[Sequence[str]] = ()
    paragraphs: Sequence[str] = ()


def set_in_pdf(path: Path, sheets: Sequence[Sheet], *, title: str = "") -> Path:
    """Write the sheets as pages of ``path``; figures stand right-aligned under their heads, totals in bold."""
    import pymupdf

    document = pymupdf.open()
    for number, sheet in enumerate(sheets, 1):
        page = document.new_page(width=WIDTH, height=HEIGHT)
        page.insert_text((MARGIN, MARGIN), title, fontsize=8, fontname="helv")
        page.insert_text((MARGIN, MARGIN + 30), sheet.title, fontsize=14, fontname="hebo")
        y = MARGIN + 48
        if sheet.note:
            page.insert_text((MARGIN, y), sheet.note, fontsize=SIZE, fontname="helv")
            y += 18
        y = _set_grid(page, sheet.grid, y + 6)
        for paragraph in sheet.paragraphs:
            box = pymupdf.Rect(MARGIN, y + 8, WIDTH - MARGIN, y + 80)
            left = page.insert_textbox(box, paragraph, fontsize=SIZE, fontname="helv")
            if left < 0:
                raise ValueError(f"a paragraph is too long for its place: {paragraph[:40]}")
            y += 80 - left + 6
        page.insert_text((WIDTH / 2, HEIGHT - 30), str(number), fontsize=8, fontname="helv")
    document.save(path)
    document.close()
    return path


def _set_grid(page: object, grid: Sequence[Sequence[str]], y: float) -> float:
    import pymupdf

    assert isinstance(page, pymupdf.Page)
    columns = max((len(row) for row in grid), default=1) - 1
    step = (WIDTH - 2 * MARGIN - LABELS) / max(columns, 1)
    for at, row in enumerate(grid):
        bold = at == 0 or row[0].lower().startswith(("total", "résultat", "revenue"))
        font = "hebo" if bold else "helv"
        page.insert_text((MARGIN, y), row[0], fontsize=SIZE, fontname=font)
        for column, text in enumerate(row[1:], 1):
            right = MARGIN + LABELS + step * column
            width = pymupdf.get_text_length(text, fontname=font, fontsize=SIZE)
            page.insert_text((right - width, y), text, fontsize=SIZE, fontname=font)
        if at == 0:
            page.draw_line((MARGIN, y + 4), (WIDTH - MARGIN, y + 4), width=0.5)
        y += LEADING
    return y
