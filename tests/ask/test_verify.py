"""An answer that has been altered does not stand up to its own check."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_report import report

from finlens.ask.answer import ask
from finlens.ask.question import understand
from finlens.ask.reckon import Unreadable, reckon
from finlens.ask.verify import verify
from finlens.documents import Document
from finlens.finance import interpret

QUESTIONS = (
    "What was net sales in 2023?",
    "What was interest expense in 2022?",
    "What was the percentage change in net income from 2022 to 2023?",
    "What was the change in inventories from 2022 to 2023?",
    "What was the current ratio in 2023?",
    "What was diluted EPS in 2022?",
    "Did net sales increase in 2023?",
    "Why did net sales rise?",
)


@pytest.fixture(scope="module")
def document():
    return interpret(report())


def problems(answer, document):
    return {slip.part for slip in verify(answer, document, understand(answer.question))}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_as_it_is_stands_and_says_that_it_was_checked(document, question):
    answer = ask(document, question)
    assert not answer.refused
    assert not problems(answer, document)
    assert answer.steps[-1].name == "recheck"


@pytest.mark.parametrize("question", QUESTIONS[:6])
def test_another_value_scale_or_sign_is_noticed(document, question):
    answer = ask(document, question)
    assert "program" in problems(replace(answer, value=answer.value + 1), document)
    assert "program" in problems(replace(answer, value=-answer.value), document)
    assert "program" in problems(replace(answer, scale=answer.scale * 1000), document)


@pytest.mark.parametrize("question", QUESTIONS)
def test_another_digit_in_the_sentence_is_noticed(document, question):
    answer = ask(document, question)
    for at, char in enumerate(answer.text):
        if char.isdigit():
            text = f"{answer.text[:at]}{(int(char) + 3) % 10}{answer.text[at + 1 :]}"
            assert "text" in problems(replace(answer, text=text), document)


def test_another_scale_of_the_figures_behind_a_percentage_is_noticed(document):
    answer = ask(document, QUESTIONS[2])
    assert "USD thousands" in answer.text
    assert "text" in problems(replace(answer, text=answer.text.replace("thousands", "millions")), document)


def test_a_figure_misread_throughout_is_noticed_where_it_is_cited(document):
    answer = ask(document, QUESTIONS[0])
    (operand,) = answer.program.operands
    changes = {
        "figure": replace(operand, amount=replace(operand.amount, value=Decimal(1406500))),
        "scale": replace(operand, amount=replace(operand.amount, scale=Decimal(1_000_000))),
        "sign": replace(operand, amount=replace(operand.amount, value=-operand.amount.value)),
        "unit": replace(operand, amount=replace(operand.amount, unit="EUR")),
        "period": replace(operand, period=replace(operand.period, year=2022)),
        "place": replace(operand, citation=replace(operand.citation, row_label="Net income")),
    }
    for part, changed in changes.items():
        assert part in problems(replace(answer, program=replace(answer.program, operands=(changed,))), document)


def test_a_figure_of_another_year_than_asked_for_is_noticed(document):
    answer = ask(document, QUESTIONS[0])
    assert "question" in {slip.part for slip in verify(answer, document, understand("What was net sales in 2019?"))}


def test_a_cost_in_brackets_that_counts_as_positive_says_so_in_its_program(document):
    answer = ask(document, QUESTIONS[1])
    assert (answer.value, answer.program.expression) == (Decimal(10000), "abs(a)")


def test_a_passage_that_the_page_does_not_say_is_noticed(document):
    answer = ask(document, QUESTIONS[7])
    cited = replace(answer.citations[0], text="Net sales rose because of the chairman.")
    assert "place" in problems(replace(answer, citations=(cited,)), document)


def test_columns_that_say_no_period_take_that_of_their_heads_only():
    document = interpret(Document.from_parts(tables=[[["", "F19", "F18"], ["Sales", "12,040", "11,466"]]]))
    answer = ask(document, "What was the change in sales from 2018 to 2019?")
    assert not answer.refused
    first, last = answer.program.operands
    moved = replace(first, period=replace(first.period, year=first.period.year + 1))
    assert "period" in problems(replace(answer, program=replace(answer.program, operands=(moved, last))), document)


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6), st.integers(-(10**6), 10**6))
def test_arithmetic_is_worked_out_as_on_paper(a, b, c):
    worth = {"a": Decimal(a), "b": Decimal(b), "c": Decimal(c)}
    assert reckon("(a - c) / b * 100", worth) == (worth["a"] - worth["c"]) / worth["b"] * 100
    assert reckon("a - b - c", worth) == a - b - c
    assert reckon("abs(a) + 2 * -c", worth) == abs(a) - 2 * c


@pytest.mark.parametrize("expression", ["a +", "(a", "a b", "z", "a / 0", "a; b", ""])
def test_what_cannot_be_worked_out_is_said(expression):
    with pytest.raises(Unreadable):
        reckon(expression, {"a": Decimal(1), "b": Decimal(2)})
