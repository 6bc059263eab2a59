import datetime

import pytest

from finlens.ask.when import When, fit, mentions, years_between
from finlens.documents import Period
from finlens.finance.words import plain


def named(text):
    return [(when.year, when.quarter, when.month, when.day, when.relative) for when in mentions(plain(text))]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("in 2019 from 2018", [(2019, None, None, None, None), (2018, None, None, None, None)]),
        ("FY18 and F19", [(2018, None, None, None, None), (2019, None, None, None, None)]),
        ("at December 31, 2019", [(2019, None, 12, 31, None)]),
        ("at June 30 and December 31, 2019", [(2019, None, 6, 30, None), (2019, None, 12, 31, None)]),
        ("au 31 décembre 2023", [(2023, None, 12, 31, None)]),
        ("in Q4 2019 and 2018", [(2019, 4, None, None, None), (2018, 4, None, None, None)]),
        ("the first quarter of fiscal 2020", [(2020, 1, None, None, None)]),
        ("2018/2019", [(2019, None, None, None, None)]),
        ("l’exercice précédent", [(None, None, None, None, -1)]),
        ("revenue of $2019 and 2,018 units", []),
    ],
)
def test_the_periods_that_a_question_names(text, periods):
    assert named(text) == periods


def test_a_year_fits_a_whole_year_better_than_a_quarter_of_it():
    year, quarter = Period("2019", 2019, months=12), Period("Q4 2019", 2019, quarter=4, months=3)
    assert fit(When("2019", 2019), year) > fit(When("2019", 2019), quarter) > 0
    assert fit(When("2019", 2019), Period("2018", 2018, months=12)) == 0


def test_a_fiscal_year_that_ends_in_the_first_days_of_january_goes_by_the_year_before():
    period = Period("January 3, 2020", 2020, end=datetime.date(2020, 1, 3), months=12)
    assert 0 < fit(When("2019", 2019), period) < fit(When("2020", 2020), period)


def test_restated_figures_come_after_reported_ones():
    assert fit(When("2019", 2019), Period("2019", 2019, months=12, basis="restated")) < 1


def test_a_stretch_has_every_year_between():
    assert [when.year for when in years_between(When("2017", 2017), When("2020", 2020))] == [2017, 2018, 2019, 2020]
