import pytest

from finlens.ask.formula import parse_expression, references
from finlens.finance.concepts import catalogue as line_items
from finlens.finance.ratios import catalogue, find_ratio


def test_at_least_twenty_ratios_are_known_by_name():
    assert len(catalogue()) >= 35


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_ratio_is_an_expression_over_known_line_items(name):
    ratio = catalogue()[name]
    needed = {phrase.replace(" ", "_") for phrase in references(parse_expression(ratio.expression))}
    assert needed <= set(line_items())
    assert ratio.definition
    assert ratio.french


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is the gross margin in 2023?", "gross_margin"),
        ("Quelle est la marge opérationnelle 2024 ?", "operating_margin"),
        ("What is the FY2019 cash conversion cycle (CCC)?", "cash_conversion_cycle"),
        ("days payable outstanding", "days_payable_outstanding"),
        ("What is the operating cash flow ratio?", "operating_cash_flow_ratio"),
        ("return on assets (ROA)", "return_on_assets"),
        ("unadjusted EBITDA % margin", "ebitda_margin"),
    ],
)
def test_a_question_names_its_ratio_by_the_longest_name_that_fits(question, name):
    found = find_ratio(question)
    assert found is not None
    assert found[0].name == name


def test_a_question_without_a_ratio_names_none():
    assert find_ratio("What were net sales in 2023?") is None
