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


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_ratio_has_a_definition_names_in_both_languages_and_line_items_with_their_statement(name):
    ratio = catalogue()[name]
    assert ratio.definition
    assert ratio.english
    assert ratio.french
    assert set(ratio.statements) == set(ratio.concepts)
    assert set(ratio.statements.values()) <= {"income", "balance sheet", "cash flow", "leases", "notes"}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is the ROIC?", "return_on_invested_capital"),
        ("What was net debt to EBITDA in 2023?", "net_debt_to_ebitda"),
        ("What is the fixed-charge coverage?", "fixed_charge_coverage"),
        ("What was free cash flow per share?", "free_cash_flow_per_share"),
        ("Quelle est la rentabilité du capital investi ?", "return_on_invested_capital"),
        ("What is the debt to equity ratio?", "financial_debt_to_equity"),
        ("What was net debt?", "net_debt"),
    ],
)
def test_what_analysts_call_a_ratio_is_known(question, name):
    assert find_ratio(question)[0].name == name
