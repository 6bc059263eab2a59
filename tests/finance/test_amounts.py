"""A printed figure is read as it is meant, or not at all."""

from decimal import Decimal

import pytest

from finlens.finance import find_amounts, guess_locale, parse_amount

K, M, BN = Decimal(1000), Decimal(10**6), Decimal(10**9)


@pytest.mark.parametrize(
    ("text", "locale", "value", "scale", "unit"),
    [
        ("(1,234.5)", "en", "-1234.5", 1, None),
        ("1 234,56", "fr", "1234.56", 1, None),
        ("1\u202f234\u202f567", "fr", "1234567", 1, None),
        ("(1\u00a0034\u00a0666)", "fr", "-1034666", 1, None),
        ("1\u2009234", "fr", "1234", 1, None),
        ("1.234,56", "fr", "1234.56", 1, None),
        ("1,234,567", "en", "1234567", 1, None),
        ("1'234.50", "en", "1234.50", 1, None),
        ("CHF 1’234.50", "en", "1234.50", 1, "CHF"),
        ("$ 12.3m", "en", "12.3", M, "USD"),
        ("$1.2 bn.", "en", "1.2", BN, "USD"),
        ("$(1,234)", "en", "-1234", 1, "USD"),
        ("( $ 118415 )", "en", "-118415", 1, "USD"),
        ("(12.5)%", "en", "-12.5", 1, "percent"),
        ("US$ 5", "en", "5", 1, "USD"),
        ("C$12", "en", "12", 1, "CAD"),
        ("€ 12", "en", "12", 1, "EUR"),
        ("€−119 million", "en", "-119", M, "EUR"),
        ("12,3 M€", "fr", "12.3", M, "EUR"),
        ("1,2 Md€", "fr", "1.2", BN, "EUR"),
        ("3 Mds", "fr", "3", BN, None),
        ("12 k€", "fr", "12", K, "EUR"),
        ("12 KEUR", "fr", "12", K, "EUR"),
        ("12,3 millions d’euros", "fr", "12.3", M, "EUR"),
        ("EUR 3,4 Mio", "fr", "3.4", M, "EUR"),
        ("1,5 milliard d'euros", "fr", "1.5", BN, "EUR"),
        ("1,234-", "en", "-1234", 1, None),
        ("−5", "en", "-5", 1, None),
        ("–5", "en", "-5", 1, None),
        ("+24,4 %", "fr", "24.4", 1, "percent"),
        ("25 bps", "en", "25", 1, "bps"),
        ("25 basis points", "en", "25", 1, "bps"),
        ("12 points de base", "fr", "12", 1, "bps"),
        ("2,5 pts", "fr", "2.5", 1, "points"),
        ("2.5x", "en", "2.5", 1, "ratio"),
        ("$1.23 per share", "en", "1.23", 1, "USD/share"),
        ("1,23 € par action", "fr", "1.23", 1, "EUR/share"),
        ("USD 1.2/share", "en", "1.2", 1, "USD/share"),
        ("1,23,456", "en", "123456", 1, None),
        ("₹ 12 crore", "en", "12", Decimal(10**7), "INR"),
        ("Rs. 1,23,456 lakh", "en", "123456", Decimal(10**5), "INR"),
        ("-195 ( 195 )", "en", "-195", 1, None),
        ("42% ( 42 % )", "en", "42", 1, "percent"),
        (".5", "en", "0.5", 1, None),
    ],
)
def test_a_printed_figure_is_read_with_sign_scale_and_unit(text, locale, value, scale, unit):
    amount = parse_amount(text, locale=locale)
    assert amount is not None
    assert (amount.value, amount.scale, amount.unit) == (Decimal(value), scale, unit)


@pytest.mark.parametrize(
    ("text", "value", "marks"),
    [
        ("1,234(2)", 1234, ("(2)",)),
        ("1,234 (a)", 1234, ("(a)",)),
        ("1,234*", 1234, ("*",)),
        ("1,234¹", 1234, ("¹",)),
        ("12(3)", 12, ("(3)",)),
        ("(12)(3)", -12, ("(3)",)),
        ("(2)", -2, ()),
        ("(1) 1,234", 1234, ("(1)",)),
        ("1,234 (1)(2)", 1234, ("(1)", "(2)")),
    ],
)
def test_footnote_marks_are_kept_apart_from_the_number(text, value, marks):
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.marks) == (value, marks)


@pytest.mark.parametrize("text", ["–", "—", "-", "$ —", "$-", "(—)", "nil", "néant"])
def test_a_dash_is_nil(text):
    amount = parse_amount(text)
    assert amount is not None
    assert amount.nil
    assert amount.value == 0


@pytest.mark.parametrize("text", ["n.m.", "N/A", "n.s.", "nc", "NM", "n/a", "not meaningful", "non significatif"])
def test_no_figure_is_said_to_be_none(text):
    amount = parse_amount(text)
    assert amount is not None
    assert amount.value is None
    assert amount.absolute is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Total assets",
        "31/12/2023",
        "December 31, 2019",
        "1.2.3",
        "10-K",
        "FR76 3000",
        "3-5",
        "2019-2020",
        "A1",
        "00123",
        "12:30",
        "$ (",
        "1st",
        "25 m 30",
    ],
)
def test_what_is_no_figure_is_none(text):
    assert parse_amount(text) is None


def test_what_can_be_read_both_ways_follows_the_locale():
    assert parse_amount("1,234", locale="en").value == 1234
    assert parse_amount("1,234", locale="fr").value == Decimal("1.234")
    assert parse_amount("1.234", locale="fr").value == 1234
    assert parse_amount("1.234", locale="en").value == Decimal("1.234")


def test_the_surroundings_give_scale_and_unit_but_the_text_is_stronger():
    assert parse_amount("12", unit="EUR", scale=M).absolute == 12_000_000
    assert parse_amount("12 %", unit="EUR", scale=M).absolute == 12
    assert parse_amount("12 k€", unit="USD", scale=M).absolute == 12_000
    assert parse_amount("$ 12", unit="EUR", scale=M).unit == "USD"


def test_siblings_decide_how_a_document_writes_numbers():
    assert guess_locale(["1,234", "12.5", "1,234.50"]) == "en"
    assert guess_locale(["1 234,5", "1.234"]) == "fr"
    assert guess_locale(["12", "2023"]) is None
    assert guess_locale(["1\u202f234", "5"]) == "fr"
    assert guess_locale(["2,3", "6,652", "6,663", "564"]) == "en"
    assert guess_locale(["9.2", "7\u202f702\u202f982", "75,34"]) == "fr"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("rose 8.4 % to $12.3 billion", [("8.4", 1, "percent"), ("12.3", BN, "USD")]),
        ("soit 12,3 millions d'euros en 2023", [("12.3", M, "EUR")]),
        ("2.5 times, €1.2bn and EUR 3,4 Mio", [("2.5", 1, "ratio"), ("1.2", BN, "EUR"), ("3.4", M, "EUR")]),
        ("a net loss of $(12.5) million, or $(0.35) per share", [("-12.5", M, "USD"), ("-0.35", 1, "USD/share")]),
        ("between $1.2 and $1.5 billion", [("1.2", BN, "USD"), ("1.5", BN, "USD")]),
        ("$500 to $1.5 billion", [("500", 1, "USD"), ("1.5", BN, "USD")]),
        ("10 to 15%", [("10", 1, "percent"), ("15", 1, "percent")]),
        ("€10 to 15 million", [("10", M, "EUR"), ("15", M, "EUR")]),
        ("1,234 employees and 3.5 million shares", [("1234", 1, "employees"), ("3.5", M, "shares")]),
        ("contre 8 986 357 en 2022 et 7 702 982 k€", [("8986357", 1, None), ("7702982", K, "EUR")]),
        ("approximately$5.1 million", [("5.1", M, "USD")]),
    ],
)
def test_figures_are_found_in_sentences(sentence, expected):
    found = find_amounts(sentence)
    assert [(a.value, a.scale, a.unit) for _, _, a in found] == [(Decimal(v), s, u) for v, s, u in expected]
    assert all(sentence[start:end] == amount.raw for start, end, amount in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2019 and 2018, see Note 12 on page 45.",
        "As of December 31, 2019 and on 12/31/2019 or 31.12.2019",
        "on Form 10-K, a 3-year plan, section 1.2.3, Level 3",
        "call +1 (555) 123-4567",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "le 31 décembre 2023 et le 1er janvier",
    ],
)
def test_years_dates_notes_and_codes_are_no_figures(sentence):
    assert find_amounts(sentence) == []


@pytest.mark.parametrize("text, mark", [("— (2)", "(2)"), ("—(2)", "(2)"), ("– (a)", "(a)"), ("$ — (2)", "(2)"), ("— *", "*")])
def test_a_dash_with_a_footnote_mark_is_nil_and_never_the_number_of_the_note(text, mark):
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.nil, amount.marks) == (0, True, (mark,))
