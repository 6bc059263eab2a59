"""A scale that only the question names is said to be assumed."""

from decimal import Decimal

from finlens.ask.answer import ask
from finlens.documents import Document

TABLE = [["", "2024", "2023"], ["Revenue", "$ 1,284.6", "$ 1,185.1"], ["Net income", "130.4", "110.9"]]


def test_a_scale_that_the_document_does_not_say_comes_with_a_warning():
    answer = ask(Document.from_parts(tables=[TABLE]), "What was revenue in 2024 (in USD millions)?")
    assert (answer.value, answer.scale) == (Decimal("1284.6"), 1_000_000)
    assert any("scale" in warning for warning in answer.warnings)


def test_a_scale_that_the_document_says_needs_none():
    document = Document.from_parts(paragraphs=["The table shows our results (in millions):"], tables=[TABLE])
    assert ask(document, "What was revenue in 2024 (in USD millions)?").warnings == ()
