from decimal import Decimal

import pytest
from small_report import place, report

from finlens.ask.answer import ask
from finlens.documents import Document
from finlens.errors import QuestionUnusable


@pytest.fixture(scope="module")
def document():
    return report()


def test_a_lookup_gives_the_cell_with_page_box_row_and_column(document):
    answer = ask(document, "What were net sales in 2022?")
    assert not answer.refused
    assert (answer.value, answer.unit, answer.scale) == (Decimal(1202900), "USD", Decimal(1000))
    cited = answer.citations[0]
    assert (cited.page, cited.box) == (7, place(2, 2))
    assert cited.text == "$ 1,202,900"
    assert cited.row_label == "Net sales"
    assert "2022" in cited.column_label
    assert "page 7" in answer.text


def test_scale_comes_from_the_caption_and_spares_per_share_rows(document):
    answer = ask(document, "What was diluted EPS in 2023?")
    assert (answer.value, answer.unit, answer.scale) == (Decimal("4.14"), "USD/share", Decimal(1))


def test_a_growth_question_shows_its_program_over_two_cells(document):
    answer = ask(document, "What was the percentage change in net sales from 2022 to 2023?")
    assert answer.unit == "percent"
    assert round(answer.value, 2) == Decimal("24.41")
    assert answer.program.expression == "(a - b) / b * 100"
    assert answer.program.working == "(1,496,500 − 1,202,900) ÷ 1,202,900 × 100 = 24.4077"
    assert [operand.citation.box for operand in answer.program.operands] == [place(2, 1), place(2, 2)]


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("What is the change in inventories between 2022 and 2023?", "-20000", "USD"),
        ("How much did operating income increase in 2023?", "107400", "USD"),
        ("What is the average net income from 2021 to 2023?", "150200", "USD"),
        ("What is the total net income in 2022 and 2023?", "337100", "USD"),
        ("What is the ratio of total liabilities to total assets in 2023?", "0.5", "ratio"),
        ("What is cost of sales as a percentage of net sales in 2022?", "62.000166", "percent"),
        ("What is the gross margin in 2023?", "39.993318", "percent"),
        ("What is the current ratio in 2023?", "2", "ratio"),
        ("What is free cash flow in 2023?", "180000", "USD"),
        ("What is the effective tax rate in 2023?", "25", "percent"),
        ("What is the interest coverage ratio for 2023?", "23.08", "ratio"),
        ("What is capex in 2023?", "80000", "USD"),
        ("What is the 2 year net sales CAGR from FY2021 to FY2023?", "16.232421", "percent"),
        ("What is the difference between net sales of pumps and valves in 2023?", "303500", "USD"),
        ("How many years did net sales exceed $1,200,000 thousand?", "2", None),
    ],
)
def test_programs_over_lines(document, question, value, unit):
    answer = ask(document, question)
    assert not answer.refused, answer.text
    assert answer.unit == unit
    assert round(answer.value, 6) == Decimal(value)


def test_a_definition_in_the_question_is_computed_as_it_says(document):
    answer = ask(
        document,
        "What is the FY2023 days payable outstanding (DPO)? DPO is defined as: "
        "365 * (average accounts payable between FY2022 and FY2023) / "
        "(FY2023 COGS + change in inventory between FY2022 and FY2023). Round your answer to two decimal places.",
    )
    assert answer.value == Decimal("43.65")
    assert {citation.page for citation in answer.citations} == {7, 8}


def test_the_answer_comes_in_the_unit_and_rounding_asked_for(document):
    answer = ask(document, "What were total assets at the end of 2023? Answer in USD millions.")
    assert (answer.value, answer.scale) == (Decimal(1200), Decimal(10**6))
    answer = ask(document, "What is the net margin in 2023? Round to one decimal place.")
    assert answer.value == Decimal("13.8")


def test_a_question_without_a_period_is_answered_for_the_latest_and_says_so(document):
    answer = ask(document, "What is net income?")
    assert answer.value == 207000
    assert answer.warnings


def test_a_year_that_the_document_lacks_is_refused_and_the_closest_line_named(document):
    answer = ask(document, "What were net sales in 2017?")
    assert answer.refused
    assert answer.value is None
    assert answer.closest.row_label == "Net sales"
    assert answer.closest.page == 7
    assert "2017" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What was goodwill in 2023?",
        "What was revenue from solar panels in 2023?",
        "How many employees are there?",
        "What is the weather in Paris?",
    ],
)
def test_a_line_that_the_document_lacks_is_refused(document, question):
    answer = ask(document, question)
    assert answer.refused
    assert answer.value is None
    assert answer.program is None


def test_a_year_by_year_question_names_the_year(document):
    answer = ask(document, "In which year was operating income the highest?")
    assert answer.spans == ("2023",)


def test_yes_or_no_with_the_figures_behind_it(document):
    answer = ask(document, "Did inventories increase in 2023?")
    assert answer.value is False
    assert "140,000 − 160,000" in answer.program.working


def test_a_why_question_is_answered_with_words_of_the_document(document):
    answer = ask(document, "Why did net sales rise?")
    assert answer.value is None
    assert answer.spans[0].startswith("because of higher volumes")
    assert answer.citations[0].page == 6


def test_a_meaning_is_read_from_the_sentence_that_gives_it(document):
    answer = ask(document, "What is liquidity risk?")
    assert "unable to meet our financial obligations" in answer.spans[0]


def test_a_figure_that_only_a_sentence_gives_is_taken_from_it(document):
    answer = ask(document, "How much did we spend on the buyback programme during 2023?")
    assert answer.refused or (answer.value, answer.scale) == (Decimal("72.3"), Decimal(10**6))


def test_instructions_in_the_document_are_only_text(document):
    assert ask(document, "What were net sales in 2023?").value == 1496500


def test_a_follow_up_takes_what_it_leaves_out_from_the_question_before(document):
    first = ask(document, "What were net sales in 2023?")
    second = ask(document, "And the year before?", history=[first])
    assert second.value == 1202900
    third = ask(document, "And operating income?", history=[("What were net sales in 2023?", first.text)])
    assert third.value == 288500


def test_steps_tell_what_was_understood_found_and_computed(document):
    names = [step.name for step in ask(document, "What was net income in 2023?").steps]
    assert names[:3] == ["understand", "find", "plan"]


def test_confidence_is_a_share(document):
    for question in ("What was net income in 2023?", "What was net income in 1999?"):
        assert 0 <= ask(document, question).confidence <= 1


@pytest.mark.parametrize("question", ["", "   ", "x" * 100_000, "???", "12 34"])
def test_what_is_no_question_is_said_to_be_none(document, question):
    with pytest.raises(QuestionUnusable) as caught:
        ask(document, question)
    assert caught.value.hint


@pytest.mark.parametrize(
    "question", ["Wie hoch war der Umsatz im Jahr 2023?", "2023年の売上高はいくらですか", "¿Cuáles fueron las ventas netas?"]
)
def test_a_question_in_another_language_is_refused(document, question):
    assert ask(document, question).refused


def test_a_document_without_tables_is_refused_kindly():
    answer = ask(Document.from_parts(paragraphs=["Nothing of note happened."]), "What was revenue in 2023?")
    assert answer.refused
    assert answer.text


def test_tables_with_periods_as_rows_are_read_as_well():
    document = Document.from_parts(
        tables=[[["Year", "Revenue", "Net income"], ["2022", "$100 million", "$8 million"], ["2023", "$120 million", "$9 million"]]]
    )
    answer = ask(document, "What was the change in revenue from 2022 to 2023?")
    assert answer.value * answer.scale == 20_000_000


def test_percent_rows_are_not_taken_for_amounts():
    document = Document.from_parts(
        tables=[[["(in millions)", "2023", "2022"], ["Gross profit", "$40", "$30"], ["Gross profit %", "40.0%", "37.5%"]]]
    )
    assert ask(document, "What was gross profit in 2023?").value == 40
    share = ask(document, "What was the gross profit percentage in 2022?")
    assert share.refused or (share.value, share.unit) == (Decimal("37.5"), "percent")


def test_french_questions_are_answered_in_french():
    grid = [
        ["En milliers d’euros", "2024", "2023"],
        ["Chiffre d’affaires", "213 034", "198 640"],
        ["Résultat opérationnel", "18 631", "15 049"],
        ["Résultat net", "11 646", "9 565"],
    ]
    document = Document.from_parts(tables=[grid])
    sales = ask(document, "Quel est le chiffre d’affaires 2024 ?")
    assert (sales.value, sales.scale, sales.unit) == (Decimal(213034), Decimal(1000), "EUR")
    assert "milliers" in sales.text
    rise = ask(document, "De combien a augmenté le résultat net entre 2023 et 2024 ?")
    assert rise.value == 2081
    margin = ask(document, "Quelle est la marge opérationnelle en 2024 ?")
    assert round(margin.value, 2) == Decimal("8.75")
    assert "Marge opérationnelle" in margin.text
