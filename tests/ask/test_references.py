from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finlens.ask.references import constant, refer
from finlens.ask.said import said


@pytest.mark.parametrize(
    ("question", "operation", "phrases"),
    [
        ("and how much does that change represent in relation to the 2016 total?", "share", ("that change", "the 2016 total")),
        ("what is this increase as a percent of the 2014 losses?", "share", ("this increase", "the 2014 losses")),
        ("what is that divided by 100?", "share", ("that", "100")),
        ("what is that times 1000?", "product", ("that", "1000")),
        ("what is that less 1?", "minus", ("that", "1")),
        ("and including the value for 2015?", "including", ("", "the value for 2015")),
        ("how much is that per share?", "per share", ("",)),
        ("and how much is that in percentage?", "again", ("",)),
        ("what was, then, the change over the year?", "difference", ()),
        ("so what was the percentage change during this time?", "percentage change", ()),
        ("et en pourcentage du chiffre d’affaires ?", "share", ("", "chiffre d'affaires")),
        ("quelle est la moyenne des trois ?", "average", ()),
    ],
)
def test_the_words_of_a_follow_up_tell_its_operation_and_what_it_is_done_with(question, operation, phrases):
    found = refer(question)
    assert (found.operation, found.phrases) == (operation, phrases)


def test_a_look_up_refers_to_no_operation():
    assert refer("What was net revenue in 2019?") is None


def test_years_are_no_plain_numbers():
    assert constant("2016") is None
    assert constant("one thousand") == 1000
    assert constant("an initial $100 investment") == 100


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("-21.1%", [Decimal("-21.1")]),
        (".0751", [Decimal("0.0751")]),
        ("(1,234)", [Decimal(-1234)]),
        ("Net sales (FY2023): USD 1,496.5 million, page 7.", [Decimal("1496.5")]),
        ("Net income (FY2023) : 207\u202f000 milliers USD, page 7.", [Decimal(207000)]),
        ("Variation : 24,41 %, page 7.", [Decimal("24.41")]),
    ],
)
def test_the_numbers_of_an_answer_are_read_without_its_years_and_pages(answer, numbers):
    assert list(said(answer).numbers) == numbers


@given(st.text(max_size=200))
def test_any_question_or_answer_can_be_looked_at(text):
    refer(text)
    said(text)
