"""What a figure is - money, shares, a figure per share - where labels and heads pull in different directions."""

import pytest

from finlens.documents import Document
from finlens.finance import interpret
from finlens.finance.kinds import kind_of_label


def amounts_of(table, *paragraphs):
    document = interpret(Document.from_parts(tables=[table], paragraphs=paragraphs))
    return {(fact.label, fact.column): fact.amount for fact in document.facts() if fact.table is not None}


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Net income on which basic and diluted earnings per share is calculated", "money"),
        ("Net income for diluted EPS", "money"),
        ("Shares used in computing earnings per share", "shares"),
        ("Earnings per share", "per share"),
        ("Aggregate grant-date fair value of stock options vested", "money"),
        ("Weighted-average grant-date fair value of options granted", "per share"),
        ("Aggregate # of securities to be purchased", "shares"),
        ("Awards excluded because they were anti-dilutive", "shares"),
        ("Corporate aircraft", None),
        ("Aircraft", "physical"),
    ],
)
def test_a_label_announces_its_kind(label, kind):
    assert kind_of_label(label) == kind


def test_shares_issued_in_a_column_of_dollars_are_what_they_were_paid():
    table = [
        ["in millions", "2024"],
        ["Paid-in capital:", ""],
        ["Balance at beginning", "$13,147"],
        ["Shares issued under employee plans", "530"],
    ]
    assert amounts_of(table)["Shares issued under employee plans", 1].unit == "USD"


def test_shares_withheld_in_a_column_of_shares_are_shares_also_when_taken_away():
    table = [
        ["(in millions)", "Shares", "Amount"],
        ["Balances at December 31, 2023", "2,561", "$4,009"],
        ["Shares withheld for taxes", "(27)", "(8)"],
    ]
    found = amounts_of(table)
    assert (found["Shares withheld for taxes", 1].unit, found["Shares withheld for taxes", 2].unit) == ("shares", "USD")


def test_equal_heads_over_counts_and_over_dollars_are_told_apart_by_the_sign():
    table = [
        ["Millions", "Common shares", "Common shares"],
        ["Balance at January 1, 2024", "1,112.4", "$2,781"],
        ["Options exercised", "0.2", "1"],
    ]
    found = amounts_of(table)
    assert (found["Options exercised", 1].unit, found["Options exercised", 2].unit) == ("shares", "USD")


def test_diluted_under_the_shares_that_dilute_is_a_count():
    table = [
        ["Millions, except per share amounts", "2024"],
        ["Net income", "$6,747"],
        ["Weighted-average number of shares outstanding:", ""],
        ["Basic", "607.6"],
        ["Dilutive effect of stock options", "0.4"],
        ["Diluted", "608.6"],
        ["Earnings per share - diluted", "$11.09"],
    ]
    found = amounts_of(table)
    assert (found["Diluted", 1].unit, found["Diluted", 1].absolute) == ("shares", 608_600_000)
    assert found["Earnings per share - diluted", 1].unit == "USD/share"


def test_numerators_of_earnings_per_share_are_money_and_denominators_shares():
    table = [
        ["(in millions)", "2024"],
        ["Basic EPS:", ""],
        ["Numerator", ""],
        ["Distributed earnings", "$—"],
        ["Denominator", ""],
        ["Effect of awards", "80"],
    ]
    found = amounts_of(table)
    assert (found["Distributed earnings", 1].unit, found["Effect of awards", 1].unit) == ("USD", "shares")


def test_shares_in_thousands_beside_dollars_in_millions():
    table = [
        ["Dollars in millions; shares in thousands", "Shares", "Amount"],
        ["Balance June 30, 2024", "2,357,051", "$4,009"],
        ["Treasury purchases", "(7,966)", "(1,351)"],
    ]
    found = amounts_of(table)
    assert found["Balance June 30, 2024", 1].absolute == 2_357_051_000
    assert found["Balance June 30, 2024", 2].absolute == 4_009_000_000
