"""Figures in sentences: what each is about, when, in which unit."""

import datetime

import pytest

from finlens.documents import Document
from finlens.finance import interpret

D = datetime.date
YEAR = "Annual report for the fiscal year ended December 31, 2024. The fiscal year ended December 31, 2024 had 366 days."


def facts_of(sentence):
    document = interpret(Document.from_parts(paragraphs=[YEAR, sentence]))
    return [fact for fact in document.facts() if fact.context in sentence]


def ends(sentence):
    return [fact.period.end if fact.period else None for fact in facts_of(sentence)]


def test_figures_in_a_list_take_the_dates_of_the_list_in_their_order():
    sentence = "The allowance was $14 million and $16 million as of December 31, 2024 and 2023, respectively."
    assert ends(sentence) == [D(2024, 12, 31), D(2023, 12, 31)]
    assert {fact.label for fact in facts_of(sentence)} == {"The allowance"}


def test_a_list_of_years_may_stand_first():
    sentence = (
        "For the years ended December 31, 2022, 2023, and 2024, tax benefits were $4.7 billion, $5.6 billion, and $6.8 billion, "
        "respectively."
    )
    found = facts_of(sentence)
    assert [(fact.period.start, fact.period.end) for fact in found] == [(D(y, 1, 1), D(y, 12, 31)) for y in (2022, 2023, 2024)]
    assert found[0].label == "tax benefits"


def test_each_figure_takes_the_time_beside_it():
    assert ends("Obligations were $159 million at December 31, 2024, and $149 million at December 31, 2023.") == [
        D(2024, 12, 31),
        D(2023, 12, 31),
    ]


def test_two_lists_of_figures_each_have_their_own_times():
    sentence = (
        "Revenues were $4.6 billion and $8.9 billion, respectively, for the three and six months ended June 30, 2024, and $4.0 billion and "
        "$7.9 billion, respectively, for the three and six months ended June 30, 2023."
    )
    periods = [fact.period for fact in facts_of(sentence)]
    assert [(period.end.year, period.months) for period in periods] == [(2024, 3), (2024, 6), (2023, 3), (2023, 6)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The $595 million of credits will begin to expire in 2029.",
        "We repurchased 31.7 million shares under the 2022 authorization.",
        "We pay 5.10% 2025 notes back at par.",
    ],
)
def test_the_year_of_an_expiry_or_of_a_name_is_no_period(sentence):
    assert set(ends(sentence)) == {None}


def test_two_years_without_respectively_are_not_dealt_out_to_two_unlike_figures():
    assert ends("For 2024 and 2023, interest was $5 million and taxes were $6 million.") == [None, None]


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("Revenue rose 8.4% to $12.3 billion.", ["Revenue rose", "Revenue"]),
        ("We also recorded $385 million of net impairment losses during 2024.", ["net impairment losses"]),
        ("The fair value of options vested during 2024 was $5 million.", ["The fair value of options vested"]),
        ("As of December 31, 2024, $11.7 billion of the $15.0 billion share repurchase authorization remained.", None),
    ],
)
def test_the_label_is_what_the_figure_is_about(sentence, labels):
    found = [fact.label for fact in facts_of(sentence)]
    if labels is None:
        assert found[1].startswith("share repurchase authorization")
    else:
        assert found == labels


def test_words_of_decrease_and_loss_do_not_turn_the_sign_of_what_is_printed():
    assert [fact.amount.value for fact in facts_of("Costs decreased by $3.1 million and there was a loss of $2.2 million.")] == [
        facts_of("It is $3.1 million.")[0].amount.value,
        facts_of("It is $2.2 million.")[0].amount.value,
    ]


def test_prices_are_per_share_and_counts_of_awards_are_shares():
    found = facts_of(
        "We repurchased 1,200,000 and 1,500,000 shares at an average price of $298.53 and $286.31 in 2024 and 2023, respectively."
    )
    assert [fact.amount.unit for fact in found] == ["shares", "shares", "USD/share", "USD/share"]
    assert [fact.period.year for fact in found] == [2024, 2023, 2024, 2023]


def test_a_french_sentence():
    document = interpret(Document.from_parts(paragraphs=["Le chiffre d’affaires de l’exercice s’établit à 12,3 M€ au 31 décembre 2023."]))
    (fact,) = document.facts()
    assert (fact.amount.absolute, fact.amount.unit, fact.period.end) == (12_300_000, "EUR", D(2023, 12, 31))
    assert fact.label.startswith("Le chiffre d’affaires")
