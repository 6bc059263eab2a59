from decimal import Decimal

import pytest
from small_report import report

from finlens.ask.answer import ask, index_of
from finlens.ask.conversation import follow
from finlens.documents import Document


@pytest.fixture(scope="module")
def document():
    return report()


def talk(document, *questions, as_text=True):
    """The last answer of a conversation; earlier ones are handed on as texts, or as answers."""
    history = []
    for question in questions:
        answer = ask(document, question, history=history)
        history.append((question, answer.text) if as_text else answer)
    return answer


SALES = ("What were net sales in 2023?", "And the year before?")


@pytest.mark.parametrize("as_text", [True, False])
@pytest.mark.parametrize(
    ("questions", "value", "expression"),
    [
        (SALES, "1202900", "a"),
        ((*SALES, "And in 2021?"), "1107700", "a"),
        ((*SALES, "By how much did it change?"), "293600", "a - b"),
        ((*SALES, "What is the difference between these two?"), "293600", "a - b"),
        ((*SALES, "So what was the percentage change during this time?"), "24.41", "(a - b) / b * 100"),
        ((*SALES, "By how much did it change?", "And in percent?"), "24.41", "(a - b) / b * 100"),
        ((*SALES, "By how much did it change?", "What is that as a percentage of the 2022 sales?"), "24.41", "(a - b) / b * 100"),
        ((*SALES, "What is the average of the two?"), "1349700", "(a + b) / 2"),
        ((*SALES, "What is the sum?", "What is the total including the 2021 value?"), "3807100", "a + b + c"),
        ((SALES[0], "What about net income?"), "207000", "a"),
        ((SALES[0], "What about net income?", "And as a percentage of net sales?"), "13.83", "a / b * 100"),
        (("What was the operating margin in 2023?", "And the year before?"), "15.06", "a / b * 100"),
        (("What was the operating margin in 2023?", "And the year before?", "By how much did it change?"), "4.22", None),
        (("What was the operating margin in 2023?", "And the year before?", "What is the average of these two?"), "17.17", None),
        (("What were total assets in 2023?", "And total liabilities?", "What is the ratio of the two?"), "2", "a / b"),
        (("What were total assets in 2023?", "What is that divided by 1000?"), "1200", "a / 1,000"),
    ],
)
def test_a_follow_up_is_computed_from_the_figures_of_earlier_answers(document, questions, value, expression, as_text):
    answer = talk(document, *questions, as_text=as_text)
    assert not answer.refused
    assert round(answer.value, 2) == Decimal(value)
    assert expression is None or answer.program.expression == expression
    assert all(operand.citation.box for operand in answer.program.operands)


@pytest.mark.parametrize(
    ("questions", "value"),
    [
        (("Quel est le résultat net en 2023 ?", "Et en 2022 ?"), "130100"),
        (("Quel est le résultat net en 2023 ?", "Et en 2022 ?", "Quelle est la différence entre les deux ?"), "76900"),
        (("Quel est le résultat net en 2023 ?", "Et en pourcentage du chiffre d’affaires ?"), "13.83"),
        (("Quel est le chiffre d’affaires en 2023 ?", "Et l’année précédente ?", "De combien a-t-il augmenté ?"), "293600"),
    ],
)
def test_french_follow_ups_are_answered_in_french(document, questions, value):
    answer = talk(document, *questions)
    assert round(answer.value, 2) == Decimal(value)
    assert ", page" in answer.text
    assert " : " in answer.text


def test_a_share_is_of_the_period_of_its_part_whatever_was_spoken_of_before(document):
    answer = talk(document, *SALES, "What was net income in 2023?", "And as a percentage of net sales?")
    assert round(answer.value, 2) == Decimal("13.83")


def test_the_figure_that_an_answer_said_is_found_where_the_question_alone_does_not_tell_it(document):
    answer = ask(document, "And the year before?", history=[("How well did the pump people do in 2023?", "900,000")])
    assert (answer.value, answer.citations[0].row_label) == (Decimal(700000), "Pumps")


def test_an_answer_whose_figures_the_document_lacks_is_not_computed_with(document):
    answer = ask(document, "What is that divided by 3?", history=[("What was the moon’s turnover?", "77,123")])
    assert answer.refused
    assert "nothing to compute with" in answer.text


def test_a_per_share_figure_needs_a_number_of_shares(document):
    assert talk(document, "What was net income in 2023?", "How much is that per share?").refused


def test_a_question_that_names_all_it_is_about_is_left_alone(document):
    index = index_of(document)
    history = [("What were net sales in 2023?", "1,496,500")]
    followed = follow("What was the percentage change in net income from 2021 to 2022?", history, index)
    assert (followed.kind, followed.draft) == ("new question", None)


def test_the_kind_of_a_follow_up_is_told_with_its_operands(document):
    index = index_of(document)
    history = [("What were net sales in 2023?", "1,496,500"), ("And in 2022?", "1,202,900")]
    assert follow("And in 2021?", history, index).kind == "same measure, other period"
    assert follow("What about net income?", history, index).kind == "other measure, same period"
    difference = follow("What is the difference?", history, index)
    assert difference.kind == "operation on earlier answers"
    assert [term.fact.amount.raw for term in difference.operands] == ["$ 1,496,500", "$ 1,202,900"]


def test_a_first_question_may_compute_with_a_plain_number(document):
    assert ask(document, "What were total assets in 2023 divided by 1000?").value == Decimal(1200)


def test_an_amount_per_share_is_told_in_whole_units_with_the_number_of_shares_beside_it():
    table = [["(in millions)", "2023", "2022"], ["Net sales", "$ 900", "$ 850"], ["Net income", "$ 207", "$ 130"]]
    shares = ["Weighted average shares outstanding, diluted (in millions)", "50.0", "52.0"]
    document = Document.from_parts(tables=[[*table, shares]])
    answer = talk(document, "What was net income in 2023?", "How much is that per share?")
    assert (answer.value, answer.unit, answer.scale) == (Decimal("4.14"), "USD/share", Decimal(1))
    assert "per share" in answer.text
    assert answer.program.operands[0].label == "Net income"
