"""How a person asks a document for the figures of its statements."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from finlens.documents import Amount, Fact, Period, Source, Statement, StatementLine, Statements

PLACE = Source("ab" * 32, 1, None, "pymupdf")


def figure(value: int, year: int, months: int = 12) -> Fact:
    period = Period(str(year), year, datetime.date(year, 12, 31), months=months)
    return Fact("Net sales", ("Net sales",), (str(year),), Amount(str(value), Decimal(value)), period, PLACE, concept="revenue")


SALES = StatementLine("Net sales", ("Net sales",), (figure(9, 2024, 3), figure(30, 2024), figure(25, 2023)), "revenue", 0.9)
INCOME = Statement("income", "Income", (0,), (StatementLine("Revenue:", ("Revenue:",)), SALES))


def test_a_figure_is_asked_for_by_concept_and_year_or_by_its_printed_label():
    statements = Statements((INCOME,))
    assert statements.income["revenue", 2023].amount.value == 25
    assert statements.income["net sales", 2023].amount.value == 25
    assert statements.income["revenue"].years == (2024, 2023)


def test_of_a_quarter_and_a_year_the_year_is_given():
    assert INCOME["revenue", 2024].amount.value == 30


def of_a_column(value: int, *heads: str) -> Fact:
    return replace(figure(value, 2024), column_path=heads)


def test_of_gross_depreciation_and_net_the_net_figure_is_given():
    land = StatementLine(
        "Terrains", ("Terrains",), (of_a_column(9, "2024", "Brut"), of_a_column(2, "2024", "Amort."), of_a_column(7, "2024", "Net"))
    )
    assert land[2024].amount.value == 7


def test_of_figures_whose_heads_leave_a_choice_none_is_given():
    line = StatementLine("Dividends", ("Dividends",), (of_a_column(9, "Common stock"), of_a_column(2, "Retained earnings")))
    with pytest.raises(KeyError, match="several figures for 2024"):
        line[2024]


def test_what_a_statement_does_not_say_is_an_error_that_names_what_it_does_say():
    with pytest.raises(KeyError, match=r"no figure for 2019.*2024, 2023"):
        INCOME["revenue", 2019]
    with pytest.raises(KeyError, match="it has: revenue"):
        INCOME["goodwill", 2023]
    with pytest.raises(KeyError, match="no balance sheet statement was found; found: income"):
        _ = Statements((INCOME,)).balance_sheet


def named(label: str, concept: str, value: int) -> StatementLine:
    return StatementLine(label, (label,), (figure(value, 2024),), concept, 0.8)


CONSOLIDATED = named("Consolidated net income", "net_income_including_noncontrolling", 20)
OF_OTHERS = named("Attributable to noncontrolling interest", "noncontrolling_income", 1)
OF_OWNERS = named("Attributable to the company", "net_income_attributable", 19)


def test_net_income_is_that_of_the_owners_where_others_have_a_share():
    shared = Statement("income", "Income", (0,), (CONSOLIDATED, OF_OTHERS, OF_OWNERS))
    assert shared["net_income", 2024].amount.value == 19
    assert shared["net_income_including_noncontrolling", 2024].amount.value == 20
    alone = Statement("income", "Income", (0,), (CONSOLIDATED,))
    assert alone["net_income", 2024].amount.value == 20


def test_consolidated_income_of_which_others_have_a_share_is_not_given_for_the_owners():
    with pytest.raises(KeyError):
        Statement("income", "Income", (0,), (CONSOLIDATED, OF_OTHERS))["net_income"]
