"""What holds for every table finder, ours and other libraries' alike."""

import sys
from pathlib import Path

import pymupdf
import pytest
from table_pages import Drawing, pages_of

from finlens.documents import Table
from finlens.errors import BackendFailed, BackendUnknown, FinlensError, LimitExceeded, ToolMissing
from finlens.extract.base import TableFinder
from finlens.extract.tables import find_tables
from finlens.extract.tables.backends import TABLE_FINDERS
from finlens.extract.tables.camelot import CamelotFinder
from finlens.extract.tables.outside import run
from finlens.extract.tables.tabula import TabulaFinder

MARKS = {"tabula": [pytest.mark.needs("java"), pytest.mark.slow], "camelot": [pytest.mark.slow]}
EVERY = [pytest.param(name, marks=MARKS.get(name, [])) for name in TABLE_FINDERS.names()]


GRID = (("Item", "2024", "2023"), ("Revenue", "1,200", "1,100"), ("Costs", "(700)", "(650)"), ("Result", "500", "450"))


def ruled_page(folder: Path, *, rotate: int = 0, crop: bool = False, password: str = "") -> Path:
    """A fully ruled table, so that every finder can see it."""
    drawing = Drawing()
    for r, row in enumerate(GRID):
        drawing.text(105, 215 + 20 * r, row[0])
        for edge, figure in zip((295, 395), row[1:], strict=True):
            drawing.right(edge, 215 + 20 * r, figure)
    for y in range(200, 281, 20):
        drawing.rule(100, y, 400, y)
    for x in (100, 200, 300, 400):
        drawing.rule(x, 200, x, 280)
    if crop:
        drawing.page.set_cropbox(pymupdf.Rect(50, 100, 562, 700))
    if rotate:
        drawing.page.set_rotation(rotate)
    path = folder / "ruled.pdf"
    if password:
        drawing.document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=password, owner_pw=password)
    else:
        drawing.document.save(path)
    return path


def make(name: str) -> TableFinder:
    return TABLE_FINDERS.load(name)()


@pytest.mark.parametrize("name", EVERY)
class TestEveryFinder:
    def test_says_its_own_name(self, name: str, tmp_path: Path) -> None:
        path = ruled_page(tmp_path)
        finder = make(name)
        assert finder.name == name
        assert {table.finder for table in finder.find(path, pages_of(path))} == {name}

    def test_finds_the_figures_of_a_ruled_table(self, name: str, tmp_path: Path) -> None:
        path = ruled_page(tmp_path)
        (table,) = make(name).find(path, pages_of(path))
        assert table.texts() == [
            ["Item", "2024", "2023"],
            ["Revenue", "1,200", "1,100"],
            ["Costs", "(700)", "(650)"],
            ["Result", "500", "450"],
        ]

    def test_gives_each_cell_the_box_of_its_words(self, name: str, tmp_path: Path) -> None:
        path = ruled_page(tmp_path)
        pages = pages_of(path)
        (table,) = make(name).find(path, pages)
        words = {word.text: word for word in pages[0].words}
        for cell in table.cells:
            assert cell.box == words[cell.text].box
            assert cell.source.document == pages[0].origin.document
            assert cell.source.reader == "pymupdf"

    def test_sees_a_page_with_a_crop_box_as_a_viewer_does(self, name: str, tmp_path: Path) -> None:
        path = ruled_page(tmp_path, crop=True)
        pages = pages_of(path)
        (table,) = make(name).find(path, pages)
        assert "1,200" in {cell.text for cell in table.cells}
        assert table.box is not None
        assert table.box.x0 == pytest.approx(50, abs=6)
        assert table.box.top == pytest.approx(100, abs=16)

    def test_keeps_to_the_asked_pages(self, name: str, tmp_path: Path) -> None:
        first = ruled_page(tmp_path)
        with pymupdf.open(first) as document:
            document.fullcopy_page(0)
            both = tmp_path / "both.pdf"
            document.save(both)
        second = [page for page in pages_of(both) if page.number == 2]
        tables = make(name).find(both, second)
        assert [table.page for table in tables] == [2]

    def test_an_empty_page_has_no_tables(self, name: str, tmp_path: Path) -> None:
        path = Drawing().save(tmp_path)
        assert make(name).find(path, pages_of(path)) == []

    def test_no_pages_have_no_tables(self, name: str, tmp_path: Path) -> None:
        assert make(name).find(ruled_page(tmp_path), []) == []

    def test_opens_an_encrypted_file_with_its_password(self, name: str, tmp_path: Path) -> None:
        plain = ruled_page(tmp_path)
        pages = pages_of(plain)
        locked = ruled_page(tmp_path, password="open sesame")
        tables = make(name).find(locked, pages, password="open sesame")
        assert tables[0].texts()[1] == ["Revenue", "1,200", "1,100"]

    def test_a_file_that_is_no_pdf_is_a_typed_error_or_nothing(self, name: str, tmp_path: Path) -> None:
        pages = pages_of(ruled_page(tmp_path))
        broken = tmp_path / "broken.pdf"
        broken.write_bytes(b"%PDF-1.7\nnot much of one")
        try:
            tables = make(name).find(broken, pages)
        except FinlensError as error:
            assert error.hint
        else:
            assert name == "aligned"  # it never opens the file
            assert tables


def turned_page(folder: Path) -> Path:
    """A landscape table on a portrait sheet: the text runs up the sheet, and the file asks viewers to turn it."""
    drawing = Drawing()
    page = drawing.page
    page.set_mediabox(pymupdf.Rect(0, 0, 612, 792))
    for r, row in enumerate(GRID):
        for c, text in enumerate(row):
            page.insert_text((215 + 20 * r, 600 - 100 * c), text, fontsize=9, rotate=90)
    for x in range(200, 281, 20):
        drawing.rule(x, 300, x, 610)
    for y in (300, 410, 510, 610):
        drawing.rule(200, y, 280, y)
    page.set_rotation(90)
    return drawing.save(folder, "turned.pdf")


@pytest.mark.parametrize("name", EVERY)
def test_a_turned_page_is_read_as_a_viewer_shows_it(name: str, tmp_path: Path) -> None:
    path = turned_page(tmp_path)
    (table,) = make(name).find(path, pages_of(path))
    assert table.texts() == [list(row) for row in GRID]
    assert table.box is not None
    assert table.box.x0 == pytest.approx(182, abs=15)
    assert table.box.top == pytest.approx(200, abs=15)


def test_auto_is_our_own_finder(tmp_path: Path) -> None:
    path = ruled_page(tmp_path)
    assert [table.finder for table in find_tables(path, pages_of(path))] == ["aligned"]


def test_an_unknown_finder_names_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(BackendUnknown) as caught:
        find_tables(tmp_path / "any.pdf", [], finder="camelott")
    assert "camelot" in caught.value.hint


def test_without_java_tabula_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ruled_page(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing) as caught:
        TabulaFinder().find(path, pages_of(path))
    assert "apt-get install" in caught.value.hint


def test_a_finder_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = ruled_page(tmp_path)
    with pytest.raises(LimitExceeded) as caught:
        CamelotFinder(timeout_s=0.05).find(path, pages_of(path))
    assert "0.05" in str(caught.value)


def test_the_last_words_of_a_library_that_fails_say_why() -> None:
    with pytest.raises(BackendFailed) as caught:
        run([sys.executable, "-c", "raise SystemExit('the page tree is a circle')"], name="camelot", timeout_s=20)
    assert caught.value.why == "the page tree is a circle"


def figures(tables: list[Table]) -> set[str]:
    return {cell.text for table in tables for cell in table.cells if any(ch.isdigit() for ch in cell.text)}


@pytest.mark.slow
@pytest.mark.parametrize("flavor", ["lattice", "stream", "network", "hybrid"])
def test_camelot_gives_the_pages_own_figures_in_every_flavour(flavor: str, tmp_path: Path) -> None:
    path = ruled_page(tmp_path)
    found = figures(CamelotFinder(flavor=flavor).find(path, pages_of(path)))  # type: ignore[arg-type]
    assert found >= {"1,200", "1,100", "(700)", "(650)", "500", "450"}
