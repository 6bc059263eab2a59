"""A total that is off by more than one slip fails aloud where the same lines add up elsewhere; what is not meant as a sum stays quiet."""

from decimal import Decimal

import pytest

from finlens.documents import At, Document
from finlens.finance import interpret

BALANCE = [
    ["(In millions)", "2024", "2023"],
    ["Cash and cash equivalents", "$ 3,412", "$ 2,918"],
    ["Accounts receivable", "1,874", "1,655"],
    ["Inventories", "2,206", "2,341"],
    ["Total current assets", "7,492", "6,914"],
    ["Property, plant and equipment", "9,127", "8,804"],
    ["Goodwill", "4,310", "4,287"],
    ["Total assets", "$ 20,929", "$ 20,005"],
]
LEVELS = [
    ["(In millions)", "Level 1", "Level 2", "Level 3", "Total"],
    ["Equity securities", "3,412", "918", "77", "4,407"],
    ["Corporate bonds", "1,874", "2,655", "102", "4,631"],
    ["Government bonds", "2,206", "341", "58", "2,605"],
    ["Investments measured at net asset value", "", "", "", "1,319"],
    ["Total", "7,492", "3,914", "237", "12,962"],
]


def read(*tables):
    return interpret(Document.from_parts(tables=tables))


def altered(table, row, column, text):
    return [[text if (r, c) == (row, column) else cell for c, cell in enumerate(line)] for r, line in enumerate(table)]


def test_two_swapped_digits_are_named_and_swapped_back():
    document = read(altered(BALANCE, 4, 1, "7,942"))
    assert document.verdict(0) == "does not foot"
    (doubt,) = document.doubts
    assert (doubt.at, doubt.proposal, doubt.change) == (At(0, 4, 1), Decimal(7492), "swap")
    assert "Two digits swapped back make" in doubt.why


@pytest.mark.parametrize(
    ("row", "text", "off"),
    [
        (4, "7,189", "7,189,000,000 printed, 7,492,000,000 computed"),
        (4, "2,517", "2,517,000,000 printed, 7,492,000,000 computed"),
        (7, "53,126", "53,126,000,000 printed, 20,929,000,000 computed"),
    ],
)
def test_a_total_that_no_slip_explains_is_named_with_what_it_comes_to_and_nothing_is_proposed(row, text, off):
    document = read(altered(BALANCE, row, 1, text))
    assert document.verdict(0) == "does not foot"
    doubt = document.doubts[0]
    assert doubt.at == At(0, row, 1)
    assert doubt.proposal is None and doubt.change is None
    assert off in doubt.why and "No single slip explains it" in doubt.why


def test_the_equation_that_fails_is_shown_beside_those_that_hold():
    document = read(altered(BALANCE, 7, 2, "23,874"))
    (failing,) = [check for check in document.checks_of(0) if not check.holds]
    assert failing.says.startswith("Total assets = Total current assets + Property, plant and equipment + Goodwill")
    assert failing.difference == 3_869_000_000
    assert any(check.holds for check in document.checks_of(0))


def test_a_column_that_says_what_remains_is_no_failing_sum():
    repurchases = [
        ["Month", "Total number of shares", "Shares bought under the plan", "Shares that may yet be bought"],
        ["October", "1,214,310", "1,203,118", "24,569,322"],
        ["November", "1,877,204", "1,866,590", "22,702,732"],
        ["December", "1,551,093", "1,548,377", "21,154,355"],
        ["Total", "4,642,607", "4,618,085", "21,154,355"],
    ]
    assert read(repurchases).verdict(0) == "foots"


def test_a_total_that_carries_over_what_stands_at_no_level_is_no_failure_but_a_wrong_one_is():
    assert read(LEVELS).verdict(0) == "foots"
    assert read(altered(LEVELS, 2, 4, "7,218")).verdict(0) == "does not foot"


COST = [
    ["", "$ million"],
    ["Wages and salaries", "812.4"],
    ["Social security", "96.3"],
    ["Pensions", "41.7"],
    ["Share-based payment", "12.9"],
    ["Total cost of employees", "963.3"],
]


@pytest.mark.parametrize("wrong", ["936.3", "871.3", "418.6"])
def test_a_total_of_one_column_is_checked_against_the_list_right_above_it(wrong):
    assert read(COST).verdict(0) == "foots"
    document = read(altered(COST, 5, 1, wrong))
    assert document.verdict(0) == "does not foot"
    assert document.doubts[0].at is not None


def test_a_total_of_one_column_under_lines_that_belong_to_others_too_stays_quiet():
    of_which = [
        ["", "$ million"],
        ["Wages and salaries", "812.4"],
        ["of which directors", "96.3"],
        ["Pensions", "41.7"],
        ["Total cost of employees", "854.1"],
    ]
    assert read(of_which).verdict(0) != "does not foot"


def test_assets_are_liabilities_and_equity_by_whatever_they_differ():
    sides = [
        ["(In millions)", "2024", "2023"],
        ["Total assets", "20,929", "20,005"],
        ["Total liabilities and equity", "20,929", "20,005"],
    ]
    assert read(sides).verdict(0) == "foots"
    assert read(altered(sides, 2, 1, "17,364")).verdict(0) == "does not foot"


def test_parts_printed_to_fewer_decimals_than_their_total_need_not_come_out_to_its_last_digit():
    coarse = [
        ["EUR bn", "Cohesion", "Convergence"],
        ["Northern countries", "12.31", "13.2"],
        ["Southern countries", "28.83", "33.4"],
        ["Technical assistance", "10.24", "0.87"],
        ["Total", "51.38", "47.46"],
    ]
    assert read(BALANCE, BALANCE, BALANCE, coarse).verdict(3) != "does not foot"
