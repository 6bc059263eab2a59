"""The example documents are what their script makes, their accounts hold together, and figures.json tells the truth about them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pymupdf
import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGES = {"annual-report-en.pdf": 16, "rapport-annuel-fr.pdf": 14, "invoice-fr.pdf": 1, "invoice-en.pdf": 1}
SCANNED = {"annual-report-en.pdf": 16, "rapport-annuel-fr.pdf": 14}
REPORTS = tuple(SCANNED)
FIGURES = json.loads((EXAMPLES / "figures.json").read_text(encoding="utf-8"))


def make(out: Path) -> Path:
    subprocess.run([sys.executable, str(EXAMPLES / "make_reports.py"), "--out", str(out)], check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("examples"))


def page_texts(path: Path) -> list[str]:
    with pymupdf.open(path) as document:
        return [page.get_text() for page in document]


def value(report: str, label: str, period: str) -> Decimal:
    (found,) = [f for f in FIGURES[report] if f["label"] == label and f["period"] == period]
    return Decimal(found["value"])


@pytest.mark.parametrize("name", PAGES)
def test_the_script_makes_the_committed_pages(made: Path, name: str) -> None:
    assert page_texts(made / name) == page_texts(EXAMPLES / name)


def test_the_script_makes_the_committed_figures(made: Path) -> None:
    assert json.loads((made / "figures.json").read_text(encoding="utf-8")) == FIGURES


@pytest.mark.slow
def test_the_script_makes_the_same_bytes_twice(made: Path, tmp_path: Path) -> None:
    again = make(tmp_path)
    for name in (*PAGES, "figures.json"):
        assert (again / name).read_bytes() == (made / name).read_bytes(), name


@pytest.mark.parametrize(("name", "pages"), PAGES.items())
def test_each_document_has_its_pages_and_is_small(name: str, pages: int) -> None:
    assert len(page_texts(EXAMPLES / name)) == pages
    assert (EXAMPLES / name).stat().st_size < 600_000


@pytest.mark.parametrize(("name", "number"), SCANNED.items())
def test_the_scanned_page_is_one_picture_without_text(name: str, number: int) -> None:
    texts = page_texts(EXAMPLES / name)
    assert texts[number - 1] == ""
    assert all(texts[: number - 1]), "every other page has a text layer"
    with pymupdf.open(EXAMPLES / name) as document:
        (image,) = document[number - 1].get_image_info()
        inches = document[number - 1].rect.width / 72
        assert image["width"] / inches == pytest.approx(200, abs=1)
        assert image["colorspace"] == 1, "grey"


@pytest.mark.parametrize("name", PAGES)
def test_every_true_figure_stands_on_its_page(name: str) -> None:
    texts = page_texts(EXAMPLES / name)
    missing = [f for f in FIGURES[name] if not f["scanned"] and f["shown"] not in texts[f["page"] - 1]]
    assert not missing
    assert len(FIGURES[name]) >= (30 if name in REPORTS else 5)


@pytest.mark.parametrize("name", REPORTS)
def test_the_contents_page_names_the_right_pages(name: str) -> None:
    with pymupdf.open(EXAMPLES / name) as document:
        contents = document[1].get_text()
        outline = document.get_toc()
        for _, title, number in outline:
            if number not in SCANNED.values():
                assert title.replace(" ", "") in re.sub(r"\s", "", document[number - 1].get_text()), title
            assert title in contents
    assert len(outline) > 15


@pytest.mark.parametrize("year", [2024, 2023])
def test_the_english_accounts_hold_together(year: int) -> None:
    def of(label: str, period: str = f"FY{year}") -> Decimal:
        return value("annual-report-en.pdf", label, period)

    end, start = f"{year}-06-30", f"{year - 1}-06-30"
    assert of("Total assets", end) == of("Total liabilities", end) + of("Total shareholders' equity", end)
    assert of("Gross profit") == of("Total revenue") - of("Total cost of sales")
    assert of("Net income") == of("Income before income taxes") - of("Income tax expense")
    assert of("Total revenue") == sum(
        of(f"Revenue, {name}") for name in ("Measurement Systems", "Process Control", "Services and Software")
    )
    # In millions and thousands, so that the quotient is in dollars to within the rounding of both.
    assert abs(of("Net income") * 1000 / of("Weighted average shares, basic") - of("Basic earnings per share")) < Decimal("0.006")
    assert abs(of("Net income") * 1000 / of("Weighted average shares, diluted") - of("Diluted earnings per share")) < Decimal("0.006")
    if year == 2024:
        change = of("Cash and cash equivalents", end) - of("Cash and cash equivalents", start)
        assert change == of("Increase in cash and cash equivalents")
        assert of("Properties, total net book value", end) == 1000 * of("Property, plant and equipment, net", end)


@pytest.mark.parametrize("year", [2024, 2023])
def test_the_french_accounts_hold_together(year: int) -> None:
    def of(label: str, period: str = f"FY{year}") -> Decimal:
        return value("rapport-annuel-fr.pdf", label, period)

    end = f"{year}-12-31"
    assert of("Total général de l’actif", end) == of("Total général du passif", end)
    assert of("Résultat courant avant impôts") == of("Résultat d’exploitation") + of("Résultat financier")
    assert abs(of("Résultat net") * 1000 / 4_850_000 - of("Résultat net par action")) < Decimal("0.006")
    if year == 2024:
        closing = of("Trésorerie nette à la clôture", "2024-12-31")
        assert closing - of("Trésorerie nette à la clôture", "2023-12-31") == of("Variation de la trésorerie nette")
        assert of("Total capital restant dû", end) == of("Emprunts auprès des établissements de crédit", end)


def test_french_figures_keep_their_no_break_spaces_in_the_text_layer() -> None:
    text = "".join(page_texts(EXAMPLES / "rapport-annuel-fr.pdf"))
    assert "204\u202f068" in text, "narrow, in the balance sheet"
    assert "213\u00a0034" in text, "full, in the statement of income"
    assert "53 680" in text, "ordinary, in the table of loans"
    assert "«\u00a0Orvane\u00a0»" in text


def test_the_long_tables_run_over_pages_with_their_heads() -> None:
    english = page_texts(EXAMPLES / "annual-report-en.pdf")
    assert "Accumulated\ndepreciation" not in english[12]
    for page in (13, 14):
        assert "Properties by region" in english[page] and "depreciation" in english[page]
    french = page_texts(EXAMPLES / "rapport-annuel-fr.pdf")
    assert len(re.findall(r"^E-\d{3}$", french[11] + french[12], re.MULTILINE)) == 64
    assert "(suite)" in french[12] and "Échéance" in french[12]


def test_the_invoice_adds_up_and_its_bank_details_check() -> None:
    def of(label: str) -> Decimal:
        return value("invoice-fr.pdf", label, "2024-11-18")

    assert of("Total HT") + of("Total TVA") == of("Total TTC")
    assert sum(of(f"TVA à {rate} %") for rate in ("20", "10", "5,5")) == of("Total TVA")
    assert sum(of(f"Base HT à {rate} %") for rate in ("20", "10", "5,5")) == of("Total HT")
    text = page_texts(EXAMPLES / "invoice-fr.pdf")[0]
    found = re.search(r"FR\d\d[\d ]{20,}", text)
    assert found
    digits = found[0].replace(" ", "").strip()
    assert int("".join(str(int(sign, 36)) for sign in digits[4:] + digits[:4])) % 97 == 1
    vat = re.search(r"FR(\d\d)(\d{9})\b", text.split("TVA intracommunautaire")[1])
    assert vat and int(vat[1]) == (12 + 3 * (int(vat[2]) % 97)) % 97


@pytest.mark.parametrize("name", PAGES)
def test_no_two_words_are_printed_over_each_other(name: str) -> None:
    with pymupdf.open(EXAMPLES / name) as document:
        for page in document:
            # The middle of each word's height: lines may be set closer than the height of the font's box.
            words = [
                (x0 + 0.4, top * 0.7 + low * 0.3, x1 - 0.4, top * 0.3 + low * 0.7, text)
                for x0, top, x1, low, text, *_ in page.get_text("words")
            ]
            words.sort(key=lambda word: word[1])
            for number, (x0, _, x1, low, text) in enumerate(words):
                for other in words[number + 1 :]:
                    if other[1] >= low:
                        break
                    assert other[2] <= x0 or other[0] >= x1, f"page {page.number + 1}: {text} and {other[4]}"
                assert text.replace("\u202f", "").isprintable()
