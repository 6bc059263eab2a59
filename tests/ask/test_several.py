from dataclasses import replace
from decimal import Decimal

import pytest
from small_report import report

import finlens
from finlens.ask.several import about, ask_several

LATER = {"2023": "2024", "2022": "2023", "2021": "2022"}
NEW = {"Net sales": "$ 1,600,000", "Gross profit": "720,000", "Net income": "$ 190,000", "Total assets": "$ 1,300,000"}


def next_year(document, *, restated=False, currency="$"):
    """The report of the year after: every figure one column to the right, and a new one before them."""
    tables = []
    for table in document.tables:
        grid = {(cell.row, cell.column): cell.text for cell in table.cells}
        cells = []
        for cell in table.cells:
            text = cell.text
            if cell.row < 2:
                for year, after in LATER.items():
                    if year in text:
                        text = text.replace(year, after)
                        break
            elif cell.column == 1:
                text = NEW.get(grid[cell.row, 0], text)
            elif cell.column > 1:
                text = grid[cell.row, cell.column - 1]
                if restated and grid[cell.row, 0] == "Net sales" and cell.column == 2:
                    text = "$ 1,490,000"
            cells.append(replace(cell, text=text.replace("$", currency), source=replace(cell.source, document="6b" * 32)))
        tables.append(replace(table, cells=tuple(cells)))
    return replace(document, tables=tuple(tables), name="later.pdf", sha256="6b" * 32)


@pytest.fixture(scope="module")
def documents():
    first = report()
    return [first, next_year(first)]


def test_a_change_between_two_documents_shows_which_figure_came_from_which(documents):
    answers = ask_several(documents, "How did net sales change between small.pdf and later.pdf?")
    assert (answers.kind, answers.value, answers.unit, answers.scale) == ("change", Decimal(103500), "USD", Decimal(1000))
    assert [operand.label for operand in answers.program.operands] == ["later.pdf: Net sales", "small.pdf: Net sales"]
    assert "(FY2023, small.pdf, page 7)" in answers.text
    assert "(FY2024, later.pdf, page 7)" in answers.text


def test_a_change_in_percent_is_a_program_over_both_documents(documents):
    answers = ask_several(documents, "By how much did net sales grow from small.pdf to later.pdf, in percent?")
    assert (round(answers.value, 2), answers.unit) == (Decimal("6.92"), "percent")
    assert answers.program.expression == "(a - b) / b * 100"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Which company had the higher gross margin?", "later.pdf"),
        ("Which document has the lowest net income?", "later.pdf"),
        ("Quelle société a le résultat net le plus élevé ?", "small.pdf"),
    ],
)
def test_which_document_has_the_higher_figure_is_said_with_both_figures_and_periods(documents, question, name):
    answers = ask_several(documents, question)
    assert answers.spans == (name,)
    assert "small.pdf" in answers.text and "later.pdf" in answers.text
    assert any("FY2023 (small.pdf)" in warning for warning in answers.warnings)


def test_a_yes_or_no_over_two_documents_names_both_figures(documents):
    answers = ask_several(documents, "Are net sales in later.pdf higher than in small.pdf?")
    assert answers.value is True
    assert "1,600,000" in answers.text and "1,496,500" in answers.text


def test_a_plain_question_is_answered_by_each_document(documents):
    answers = ask_several(documents, "What were net sales in 2023?")
    assert [one.answer.value for one in answers.asked] == [Decimal(1496500), Decimal(1496500)]
    assert not answers.warnings


def test_a_figure_that_the_other_document_prints_otherwise_is_flagged(documents):
    first, _ = documents
    answers = ask_several([first, next_year(first, restated=True)], "What were net sales in 2023?")
    assert any("1,496,500" in warning and "1,490,000" in warning for warning in answers.warnings)


def test_figures_in_different_currencies_are_not_compared(documents):
    first, _ = documents
    answers = ask_several([first, next_year(first, currency="€")], "How did net sales change between small.pdf and later.pdf?")
    assert answers.refused
    assert "not compared" in answers.text


def test_a_question_that_one_document_cannot_answer_compares_nothing(documents):
    answers = ask_several(documents, "Which company had the higher goodwill?")
    assert answers.refused
    assert answers.value is None


def test_a_question_that_names_a_document_asks_that_one(documents):
    answers = ask_several(documents, "What were total assets in later.pdf?")
    assert [one.name for one in answers.asked] == ["later.pdf"]
    assert answers.value == Decimal(1300000)
    assert [document.name for document in about(documents, "What were total assets in later.pdf?")[0]] == ["later.pdf"]


def test_the_library_asks_a_list_of_documents(documents):
    assert finlens.ask(documents, "Which company had the higher gross margin?").spans == ("later.pdf",)
