"""Figures that share a cell with words or with each other are facts of their own, and none is lost."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finlens.documents import Document
from finlens.finance import interpret
from finlens.finance.cell_figures import is_unread, parts_of

BALANCE = [
    ["(in millions, except par value)", "December 31, 2024", "December 31, 2023"],
    ["Receivables, net of allowances of $14 and $16, respectively", "$2,072", "$2,224"],
    ["Common stock, $0.0001 par value; 900 shares authorized; 441 and 455 shares outstanding, respectively", "—", "—"],
    ["2.70% notes due 2040", "500", "499"],
    ["Total assets", "$30,230", "$29,779"],
]


def in_words():
    document = interpret(Document.from_parts(tables=[BALANCE]))
    return {fact.amount.raw: fact for fact in document.facts() if fact.table is None}


def test_lists_in_a_label_take_the_periods_and_the_scale_of_the_columns():
    found = in_words()
    assert [(found[raw].amount.absolute, found[raw].period.end.year) for raw in ("$14", "$16")] == [(14_000_000, 2024), (16_000_000, 2023)]
    assert (found["455 shares"].amount.absolute, found["455 shares"].period.end.year) == (455_000_000, 2023)


def test_rates_and_par_values_in_a_label_have_no_scale_and_the_latest_period():
    found = in_words()
    assert (found["$0.0001"].amount.absolute, found["$0.0001"].amount.unit) == (Decimal("0.0001"), "USD/share")
    assert (found["2.70%"].amount.unit, found["2.70%"].period.end) == ("percent", datetime.date(2024, 12, 31))


def test_a_range_is_two_facts_and_its_cell_stays_as_printed():
    table = [["", "December 31, 2024", "Coupon rate"], ["Notes", "$10,000", "0.45% - 2.25%"], ["Bonds", "$2,000", "2.00%"]]
    document = interpret(Document.from_parts(tables=[table]))
    found = [fact for fact in document.facts() if (fact.row, fact.column) == (1, 2)]
    assert [(fact.amount.value, fact.column_path[-1]) for fact in found] == [(Decimal("0.45"), "low"), (Decimal("2.25"), "high")]
    cell = next(cell for cell in document.tables[0].cells if (cell.row, cell.column) == (1, 2))
    assert (cell.amount, cell.doubt) == (None, "")


def test_a_figure_with_its_percentage_is_two_facts():
    figure, percent = parts_of("1,269 (19.9%)", "en")
    assert (figure.amount.value, percent.amount.value, percent.amount.unit) == (1269, Decimal("19.9"), "percent")


@pytest.mark.parametrize("text", ["2025 - 2034", "April 15, 2026", "Level 3", "10-K", "7.0%", "", "5 of 9"])
def test_what_is_no_pair_of_figures_has_no_parts(text):
    assert parts_of(text, "en") == ()


def test_digits_that_are_no_number_stay_raw_and_are_marked():
    table = [["", "2024", "2023"], ["Lease term", "13.7 years 11.5 years", "14.0 years"], ["Rate", "3.6%", "3.4%"]]
    document = interpret(Document.from_parts(tables=[table]))
    cell = next(cell for cell in document.tables[0].cells if (cell.row, cell.column) == (1, 1))
    assert (cell.text, cell.amount) == ("13.7 years 11.5 years", None)
    assert "could not be read" in cell.doubt


@given(st.text(max_size=80))
def test_any_text_has_two_parts_or_none(text):
    assert len(parts_of(text, None)) in (0, 2)
    assert is_unread(text) in (True, False)
