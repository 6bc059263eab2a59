from decimal import Decimal

import pytest

from finlens.ask.compute import (
    Figure,
    Uncomputable,
    average,
    difference,
    evaluate,
    expression,
    names,
    relative_change,
    rounded,
    share,
    unit_of,
    working,
)
from finlens.documents import Amount, Fact, Source


def figure(value, *, unit="USD", scale=10**6, label="Net sales"):
    amount = Amount(str(value), Decimal(str(value)), Decimal(scale), unit)
    return Figure(Fact(label, (label,), (), amount, None, Source("0" * 64, 1, None, "parts")))


def test_a_relative_change_shows_its_program_and_its_working():
    new, old = figure("1496.5"), figure("1202.9")
    term = relative_change(new, old)
    assert rounded(evaluate(term), 2) == Decimal("24.41")
    assert expression(term, names(term)) == "(a - b) / b * 100"
    assert working(term) == "(1,496.5 − 1,202.9) ÷ 1,202.9 × 100"


def test_money_is_exact():
    assert evaluate(difference(figure("0.3", scale=1), figure("0.1", scale=1))) == Decimal("0.2")


def test_figures_of_different_scales_are_brought_together():
    total = difference(figure("1.5", scale=10**9), figure("500", scale=10**6))
    assert evaluate(total) == Decimal(10**9)


def test_dollars_and_shares_are_not_added():
    with pytest.raises(Uncomputable):
        unit_of(difference(figure(1), figure(2, unit="shares")))


def test_one_unit_over_the_same_is_a_ratio():
    assert unit_of(share(figure(1), figure(2))) == "ratio"
    assert unit_of(average([figure(1), figure(2)])) == "USD"


def test_dividing_by_nil_is_refused():
    with pytest.raises(Uncomputable):
        evaluate(share(figure(1), figure(0)))


def test_halves_are_rounded_away_from_zero():
    assert rounded(Decimal("0.125"), 2) == Decimal("0.13")
    assert rounded(Decimal("-0.125"), 2) == Decimal("-0.13")
