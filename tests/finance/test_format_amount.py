"""What is written is read back: parse ∘ format is the identity."""

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finlens.documents import Amount
from finlens.finance import format_amount, parse_amount

SCALES = [Decimal(10**n) for n in (0, 3, 5, 6, 7, 9, 12)]
UNITS = [
    None,
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "CHF",
    "INR",
    "SEK",
    "USD/share",
    "EUR/share",
    "percent",
    "bps",
    "points",
    "ratio",
    "shares",
    "days",
]
UNSCALED = {"percent", "bps", "points", "ratio", "days", "USD/share", "EUR/share"}
MARKS = [(), ("(2)",), ("*",), ("¹",), ("(a)", "(b)")]


def same(one: Amount, other: Amount) -> bool:
    fields = ("value", "scale", "unit", "decimals", "nil", "marks")
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def amount_of(digits: int, decimals: int, scale: Decimal, unit: str | None, marks: tuple[str, ...]) -> Amount:
    return Amount("", Decimal(digits).scaleb(-decimals), Decimal(1) if unit in UNSCALED else scale, unit, decimals, marks=marks)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_ten_thousand_amounts_come_back_unchanged(locale):
    chance = random.Random(20240229)
    for _ in range(10_000):
        digits = chance.randrange(-(10 ** chance.randrange(1, 16)), 10 ** chance.randrange(1, 16))
        amount = amount_of(digits, chance.randrange(5), chance.choice(SCALES), chance.choice(UNITS), chance.choice(MARKS))
        text = format_amount(amount, locale)
        back = parse_amount(text, locale=locale)
        assert back is not None, text
        assert same(back, amount), (text, back, amount)
        assert format_amount(back, locale) == text


@settings(max_examples=300, deadline=None)
@given(
    st.integers(-(10**18), 10**18),
    st.integers(0, 6),
    st.sampled_from(SCALES),
    st.sampled_from(UNITS),
    st.sampled_from(MARKS),
    st.sampled_from(["en", "fr"]),
)
def test_any_amount_comes_back_unchanged(digits, decimals, scale, unit, marks, locale):
    amount = amount_of(digits, decimals, scale, unit, marks)
    back = parse_amount(format_amount(amount, locale), locale=locale)
    assert back is not None
    assert same(back, amount)


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("unit", [None, "USD", "percent"])
def test_nil_and_no_figure_come_back_too(locale, unit):
    nil = Amount("", Decimal(0), unit=unit, nil=True)
    assert same(parse_amount(format_amount(nil, locale), locale=locale), nil)
    assert parse_amount(format_amount(Amount("", None), locale), locale=locale).value is None


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=40))
def test_no_text_makes_the_parser_fail(text):
    amount = parse_amount(text)
    assert amount is None or amount.raw == text.strip() or amount.raw == text
