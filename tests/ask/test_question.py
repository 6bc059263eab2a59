from decimal import Decimal

import pytest

from finlens.ask.question import understand


@pytest.mark.parametrize(
    ("text", "operation", "phrases"),
    [
        ("What were net sales in 2023?", "lookup", ["net sales"]),
        ("What was the change in inventories between 2022 and 2023?", "difference", ["inventories"]),
        ("What is the increase / (decrease) in goodwill from 2018 to 2019?", "difference", ["goodwill"]),
        ("What was the percentage change in operating income in 2019 from 2018?", "percentage change", ["operating income"]),
        ("What is the year-over-year growth in revenue?", "percentage change", ["revenue"]),
        ("What is the average free cash flow from 2017 to 2019?", "average", ["free cash flow"]),
        ("What is the ratio of total assets to total liabilities in 2019?", "ratio", ["total assets", "total liabilities"]),
        ("What is cost of revenue as a percentage of revenue in 2019?", "share", ["cost of revenue", "revenue"]),
        ("What percentage of total debt is due in 2011?", "share", ["", "total debt"]),
        ("How many years did net income exceed $50,000 thousand?", "count periods", ["net income"]),
        ("In which year was net income the highest?", "best period", ["net income"]),
        ("What is the 3 year revenue CAGR from FY2019 to FY2022?", "growth rate a year", ["revenue"]),
        ("Did gross profit increase in 2023?", "comparison", ["gross profit"]),
        ("Why did margins fall in 2023?", "words", None),
        ("Quel est le chiffre d’affaires 2024 ?", "lookup", ["chiffre d'affaires"]),
        ("De combien a augmenté le résultat net entre 2023 et 2024 ?", "difference", ["resultat net"]),
        ("Quel est le taux de croissance du chiffre d’affaires en 2024 ?", "percentage change", ["chiffre d'affaires"]),
    ],
)
def test_what_a_question_asks(text, operation, phrases):
    found = understand(text)
    assert found.operation == operation
    if phrases is not None and "" not in phrases:
        assert [measure.phrase for measure in found.measures] == phrases


def test_preamble_and_instructions_are_told_from_the_question():
    found = understand(
        "Assume that you are an equities analyst. Answer by primarily using the balance sheet: "
        "what is the year end FY2018 net PPNE for Acme? "
        "Answer in USD billions. Round to two decimal places."
    )
    assert found.operation == "lookup"
    assert [when.year for when in found.whens] == [2018]
    assert found.scale == Decimal(10**9)
    assert found.decimals == 2
    assert found.statements == {"balance sheet"}
    assert "acme" in found.entities


def test_a_definition_in_the_question_is_kept_for_the_computation():
    found = understand(
        "What is the FY2017 operating cash flow ratio? "
        "Operating cash flow ratio is defined as: cash from operations / total current liabilities."
    )
    assert ("operating", "cash", "flow", "ratio") in found.definitions


def test_the_language_of_a_question_is_heard_from_its_small_words():
    assert understand("What is the revenue of 2023?").language == "en"
    assert understand("Quelle est la marge brute en 2023 ?").language == "fr"
    assert understand("Umsatzerlöse?").language is None


def test_how_something_changed_in_a_year_asks_for_a_figure_and_how_it_came_about_for_words():
    assert understand("How did revenue change in 2024?").operation == "difference"
    assert understand("How has the accounting policy changed?").operation == "words"
    assert understand("How long is the lease term?").operation == "words"
