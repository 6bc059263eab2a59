"""PDFs as tests draw them: every page is made here, with known words at known places."""

from pathlib import Path

import pymupdf
import pytest


@pytest.fixture
def make_pdf(tmp_path):
    """Make a PDF: ``make_pdf([(x, baseline, text, size, font), …], …)``, one list a page; returns its path."""

    def make(*pages, name="made.pdf", width=595, height=842, rotation=0, crop=None, **save) -> Path:
        document = pymupdf.open()
        for texts in pages:
            page = document.new_page(width=width, height=height)
            for x, y, text, *looks in texts:
                page.insert_text((x, y), text, fontsize=looks[0] if looks else 10, fontname=looks[1] if len(looks) > 1 else "helv")
            if crop:
                page.set_cropbox(pymupdf.Rect(crop))
            if rotation:
                page.set_rotation(rotation)
        path = tmp_path / name
        document.save(path, **save)
        return path

    return make


@pytest.fixture
def statement(make_pdf):
    """One page with a heading, a small statement and a footer."""
    return make_pdf(
        [
            (60, 80, "Consolidated statement of income", 16, "hebo"),
            (60, 120, "Revenue"),
            (400, 120, "1,234"),
            (480, 120, "(1,100)"),
            (60, 140, "Cost of sales", 10, "hebo"),
            (400, 140, "567"),
            (480, 140, "498"),
        ]
    )
