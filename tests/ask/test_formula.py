import pytest

from finlens.ask.formula import Binary, Call, NotAnExpression, Reference, parse_expression, references


def test_a_definition_in_words_is_arithmetic():
    expected = Binary("/", Reference("total current assets"), Reference("total current liabilities"))
    assert parse_expression("total current assets divided by total current liabilities") == expected
    assert parse_expression("total current assets / total current liabilities") == expected


def test_average_and_change_reach_into_the_period_before():
    found = parse_expression(
        "365 * (average accounts payable between FY2018 and FY2019) / (FY2019 COGS + change in inventory between FY2018 and FY2019)"
    )
    assert isinstance(found, Binary)
    assert list(references(found)) == ["accounts payable", "cogs", "inventory"]
    assert Call("average", Reference("accounts payable")) in (found.left.left, found.left.right)


def test_asides_and_the_name_of_the_statement_are_left_out():
    found = parse_expression("unadjusted operating income + depreciation and amortization from the cash flow statement")
    assert list(references(found)) == ["unadjusted operating income", "depreciation and amortization"]


def test_products_bind_closer_than_sums():
    found = parse_expression("cash - capex / revenue")
    assert isinstance(found, Binary)
    assert found.operator == "-"


def test_a_definition_may_use_another_definition():
    days = parse_expression("365 * inventory / cogs")
    found = parse_expression("DIO + DSO", {("dio",): days})
    assert isinstance(found, Binary)
    assert found.left == days
    assert found.right == Reference("dso")


@pytest.mark.parametrize("text", ["(revenue - costs", "revenue /", "* 3", ""])
def test_what_is_no_arithmetic_is_said_to_be_none(text):
    with pytest.raises(NotAnExpression):
        parse_expression(text)
