"""Nothing numeric in a sentence goes unseen, and each number is read with its own sign, scale and unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finlens.ask.numbers_in_text import flat, numbers_in


def read(text: str) -> list[tuple[Decimal | None, Decimal | None, str | None]]:
    return [(m.value, m.scale, m.unit) for m in numbers_in(text) if m.kind == "figure"]


@pytest.mark.parametrize(
    ("text", "value", "scale", "unit"),
    [
        ("Revenue was $1,496.5 million.", "1496.5", 10**6, "USD"),
        ("Revenue was $12.3bn.", "12.3", 10**9, "USD"),
        ("USD 1,496.5 millions", "1496.5", 10**6, "USD"),
        ("1,496.5 USD millions", "1496.5", 10**6, "USD"),
        ("1,496.5 (in millions)", "1496.5", 10**6, None),
        ("3 hundred thousand euros", "3", 10**5, "EUR"),
        ("12,3 millions d'euros", "12.3", 10**6, "EUR"),
        ("1 234,5 M€", "1234.5", 10**6, "EUR"),
        ("12,3 k€", "12.3", 10**3, "EUR"),
        ("3,5 Md€", "3.5", 10**9, "EUR"),
        ("£ 4 500", "4500", None, "GBP"),
        ("$1.23 per diluted share", "1.23", None, "USD/share"),
        ("0,35 € par action", "0.35", None, "EUR/share"),
        ("24.41%", "24.41", None, "percent"),
        ("24.41 per cent", "24.41", None, "percent"),
        ("12 pour cent", "12", None, "percent"),
        ("1.5 percentage points", "1.5", None, "points"),
        ("30 bps", "30", None, "bps"),
        ("1.5x", "1.5", None, "ratio"),
        ("45 days", "45", None, "days"),
        ("12.3 million shares", "12.3", 10**6, "shares"),
        ("12 lakh", "12", 10**5, None),
    ],
)
def test_a_figure_is_read_with_its_scale_and_unit(text, value, scale, unit):
    assert read(text) == [(Decimal(value), None if scale is None else Decimal(scale), unit)]


@pytest.mark.parametrize("text", ["-5.2%", "−5.2%", "–5.2%", "(5.2%)", "(5.2)%", "a change of -5.2 %"])
def test_minus_signs_and_brackets_make_a_figure_negative(text):
    [(value, _, unit)] = read(text)
    assert (value, unit) == (Decimal("-5.2"), "percent")


@pytest.mark.parametrize("text", ["$(1,234)", "($1,234)", "-$1,234", "$-1,234", "$ (1,234)"])
def test_a_currency_sign_does_not_hide_the_minus(text):
    assert read(text) == [(Decimal(-1234), None, "USD")]


def test_a_hyphen_inside_a_word_or_a_span_of_years_is_no_minus():
    assert [(m.kind, m.value) for m in numbers_in("In 2022-2023 COVID-19 struck.")] == [("year", 2022), ("year", 2023), ("figure", 19)]


@pytest.mark.parametrize("text", ["December 31, 2023", "31 December 2023", "31 décembre 2023", "2023-12-31", "31/12/2023", "Dec. 31, 2023"])
def test_a_date_is_one_mention(text):
    assert [(m.kind, m.value) for m in numbers_in(f"as of {text}.")] == [("date", Decimal(20231231))]


def test_a_year_a_page_and_a_figure_are_told_apart():
    assert [m.kind for m in numbers_in("In 2023 it was 2,023 (page 47).")] == ["year", "figure", "page"]


@pytest.mark.parametrize("text", ["twelve", "half", "doubled", "billions", "½", "x²", "三", "Q3", "FY23", "deux", "moitié"])
def test_numbers_in_words_and_in_names_are_seen_too(text):
    assert [m.value for m in numbers_in(f"it was {text} then")] == [None]


@given(st.text(alphabet=st.sampled_from(list("0123456789.,-–()%$€ xkmMbQ'/ ² milonaé\u00a0\u202f\n")), max_size=60))
def test_every_digit_of_any_text_lies_in_some_mention(text):
    seen = flat(text)
    covered = {at for mention in numbers_in(text) for at in range(mention.start, mention.end)}
    assert all(at in covered for at, char in enumerate(seen) if char.isdigit())


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["", " thousand", " million", " billion"]), st.booleans())
def test_a_printed_figure_is_read_back(value, scale, negative):
    text = f"Revenue was {'-' if negative else ''}${value:,.2f}{scale} in the year."
    [(read_value, read_scale, unit)] = read(text)
    factor = {"": 1, " thousand": 10**3, " million": 10**6, " billion": 10**9}[scale]
    assert read_value == (-value if negative else value)
    assert (read_scale or 1, unit) == (factor, "USD")


@given(st.text(max_size=80))
def test_no_text_makes_it_fail(text):
    numbers_in(text)
