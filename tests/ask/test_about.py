"""A question about another company, a segment or a place is never answered with the figure of the whole report."""

from dataclasses import replace

import pytest
from small_report import SHA, report

from finlens.ask.answer import ask
from finlens.documents import Block, Cell, Line, Page, Source, Table


@pytest.fixture(scope="module")
def filing():
    """The small report with a cover and as many tables as a filing has."""
    document = report()
    cover = Page(1, 595.0, 842.0, blocks=(Block("heading", (Line("Advanced Water Works, Inc. annual report", None),)),))
    filler = tuple(
        Table((Cell(0, 0, f"Item {at}", source), Cell(0, 1, "7", source)), ((10, None),), "test")
        for at, source in enumerate([Source(SHA, 10, None, "test")] * 9)
    )
    return replace(document, name="filing.pdf", pages=(cover, *document.pages[1:]), tables=(*document.tables, *filler))


@pytest.mark.parametrize(
    "question",
    [
        "What was Northern Pumping's net income in 2023?",
        "What were the net sales of Riverside Utilities in 2023?",
        "What were net sales of the Aerospace segment in 2023?",
        "What were net sales in Portugal in 2023?",
        "Quel est le résultat net de Aquavale en 2023 ?",
        "Quel est le chiffre d'affaires du secteur Aérospatial en 2023 ?",
        "What was ferry revenue in 2023?",
        "What were net sales of the Dividends Paid segment in 2023?",
    ],
)
def test_another_name_than_the_filers_is_refused(filing, question):
    assert ask(filing, question).refused


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What was Advanced Water Works' net income in 2023?", 207000),
        ("What was AWW's net income in 2023?", 207000),
        ("What were net sales of the Pumps segment in 2023?", 900000),
        ("What was Net Income in 2023?", 207000),
    ],
)
def test_the_filers_own_name_and_segments_are_no_obstacle(filing, question, value):
    answer = ask(filing, question)
    assert (answer.refused, answer.value) == (False, value)
