"""One document, read by several processes: sooner, and with the same result."""

import os
from pathlib import Path

import pymupdf
import pytest

from finlens.errors import BackendFailed, PasswordRequired
from finlens.extract import crew
from finlens.extract.read import read
from finlens.vision.rapidocr import RapidOcr

REPORT = Path(__file__).parents[2] / "examples" / "annual-report-en.pdf"


@pytest.fixture
def any_report(monkeypatch):
    """Reports of any length are worth several processes."""
    monkeypatch.setattr(crew, "_MANY_PAGES", 2)


def test_the_document_is_the_one_that_a_single_process_makes(any_report):
    told = []
    alone = read(REPORT, pages="1-8")
    together = read(REPORT, pages="1-8", jobs=2, on_page=lambda done, count: told.append((done, count)))
    assert len(alone.tables) > 2
    assert together == alone
    count = len(alone.pages)
    assert told == [(done, count) for done in range(1, count + 1)]


def test_pages_come_in_the_order_asked_for(any_report):
    document = read(REPORT, pages=[3, 1, 2], jobs=3)
    assert document == read(REPORT, pages=[3, 1, 2])


def test_what_is_found_by_other_finders_is_the_same(any_report):
    assert read(REPORT, pages="3-4", tables="pdfplumber", jobs=2) == read(REPORT, pages="3-4", tables="pdfplumber")
    assert read(REPORT, pages="3-4", tables="none", jobs=2).tables == ()


def test_an_error_is_raised_as_one_process_raises_it(any_report, tmp_path):
    locked = tmp_path / "locked.pdf"
    with pymupdf.open(REPORT) as document:
        document.save(locked, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="sesame", owner_pw="owner")
    with pytest.raises(PasswordRequired):
        read(locked, jobs=2)
    assert read(locked, pages="3-6", password="sesame", jobs=2).tables


def _die(*_):
    os._exit(1)


def test_a_process_that_dies_is_told_of(any_report, monkeypatch):
    monkeypatch.setattr(crew, "_work", _die)
    with pytest.raises(BackendFailed, match="ended a process"):
        read(REPORT, jobs=2)


def test_a_short_text_is_not_worth_a_second_process(monkeypatch):
    monkeypatch.setattr(crew, "read_together", _die)
    assert read(REPORT, pages="1-3", jobs=2).pages


@pytest.mark.slow
def test_scanned_pages_are_read_alike(tmp_path):
    scan = tmp_path / "scan.pdf"
    with pymupdf.open(REPORT) as report, pymupdf.open() as made:
        for page in list(report)[:2]:
            picture = page.get_pixmap(dpi=130, colorspace="gray")
            made.new_page(width=page.rect.width, height=page.rect.height).insert_image(page.rect, pixmap=picture)
        made.save(scan)
    document = read(scan)
    assert document.pages[1].text_from == "ocr"
    assert read(scan, jobs=2) == document


def test_the_number_of_threads_does_not_change_what_is_read():
    from PIL import Image

    with pymupdf.open(REPORT) as report:
        drawn = report[1].get_pixmap(dpi=130, colorspace="gray")
    picture = Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)
    assert RapidOcr(workers=1).recognise([picture]) == RapidOcr(workers=2).recognise([picture])
