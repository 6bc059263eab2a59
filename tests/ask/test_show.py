from pathlib import Path

import pytest

import finlens

REPORT = Path(__file__).parents[2] / "examples" / "annual-report-en.pdf"


@pytest.fixture(scope="module")
def document():
    return finlens.read(REPORT, pages="7-8")


def test_a_notebook_shows_the_page_behind_each_operand(document):
    shown = finlens.ask(document, "What was the days sales outstanding in fiscal 2024?")._repr_html_()
    assert shown.count("<img") == 2
    assert "Page 8: a, b" in shown
    assert "Page 7: c" in shown
    assert "365 × average receivables ÷ revenue" in shown


def test_several_documents_are_shown_one_after_the_other(document):
    shown = finlens.ask([document, document], "What was total revenue in fiscal 2024?")._repr_html_()
    assert shown.count("<h4>") == 2
    assert shown.count("<img") == 2
