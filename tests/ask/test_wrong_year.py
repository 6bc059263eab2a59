"""A sentence about one year never answers a question about another."""

import pytest

from finlens.ask.answer import ask
from finlens.documents import Document

OUTLOOK = "For fiscal 2025 we expect revenue to grow by between 5% and 7% and an operating margin of about 15%."
STATEMENT = [["", "2024", "2023"], ["Revenue", "1,284.6", "1,185.1"], ["Operating income", "184.9", "161.0"]]


@pytest.mark.parametrize("question", ["What was the operating margin in fiscal 1998?", "What did we expect in fiscal 1998?"])
def test_a_sentence_about_another_year_is_no_answer(question: str):
    answer = ask(Document.from_parts(paragraphs=[OUTLOOK], tables=[STATEMENT]), question)
    assert answer.refused
    assert "2025" not in str(answer.value)


def test_a_refused_ratio_names_the_line_that_it_would_be_computed_from():
    answer = ask(Document.from_parts(tables=[STATEMENT]), "What was the operating margin in fiscal 1998?")
    assert answer.refused
    assert "Operating income" in answer.text
    assert answer.closest is not None
