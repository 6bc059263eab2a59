"""When a figure is about, as English and French documents say it."""

import datetime

import pytest

from finlens.documents import Document
from finlens.finance import FiscalCalendar, fiscal_calendar, fiscal_year_end, parse_period
from finlens.finance.dates import MonthDay

CALENDAR_YEAR = FiscalCalendar(MonthDay(12, 31), last_year=2023)


@pytest.mark.parametrize(
    ("text", "start", "end", "months"),
    [
        ("year ended December 31, 2023", "2023-01-01", "2023-12-31", 12),
        ("Years Ended September 30, 2019", "2018-10-01", "2019-09-30", 12),
        ("three months ended June 30, 2024", "2024-04-01", "2024-06-30", 3),
        ("Nine Months Ended September 30, 2024", "2024-01-01", "2024-09-30", 9),
        ("52 weeks ended February 1, 2025", "2024-02-04", "2025-02-01", 12),
        ("exercice clos le 31 décembre 2023", "2023-01-01", "2023-12-31", 12),
        ("du 1er janvier 2023 au 31 décembre 2023", "2023-01-01", "2023-12-31", 12),
        ("FY23", "2023-01-01", "2023-12-31", 12),
        ("FY 2022/23", "2023-01-01", "2023-12-31", 12),
        ("Fiscal 2019", "2019-01-01", "2019-12-31", 12),
        ("Q3 2022", "2022-07-01", "2022-09-30", 3),
        ("3Q22", "2022-07-01", "2022-09-30", 3),
        ("T1 2024", "2024-01-01", "2024-03-31", 3),
        ("First Quarter 2019", "2019-01-01", "2019-03-31", 3),
        ("H1 2024", "2024-01-01", "2024-06-30", 6),
        ("1S 2024", "2024-01-01", "2024-06-30", 6),
        ("1er semestre 2024", "2024-01-01", "2024-06-30", 6),
        ("Exercice N", "2023-01-01", "2023-12-31", 12),
        ("Exercice N-1", "2022-01-01", "2022-12-31", 12),
    ],
)
def test_a_stretch_of_time_has_a_start_and_an_end(text, start, end, months):
    period = parse_period(text, calendar=CALENDAR_YEAR)
    assert period is not None
    assert (str(period.start), str(period.end), period.months, period.instant) == (start, end, months, False)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("31/12/2023", "2023-12-31"),
        ("31.12.2023", "2023-12-31"),
        ("December 31, 2023", "2023-12-31"),
        ("Dec. 31, 2023", "2023-12-31"),
        ("As of December 31, 2023", "2023-12-31"),
        ("au 31 décembre 2023", "2023-12-31"),
        ("12/31/01", "2001-12-31"),
        ("2023-06-30", "2023-06-30"),
        ("Balance at June 30, 2024", "2024-06-30"),
    ],
)
def test_a_date_alone_is_an_instant(text, end):
    period = parse_period(text)
    assert period is not None
    assert (str(period.end), period.instant, period.start, period.months) == (end, True, None, None)


def test_day_and_month_follow_the_locale_where_both_could_be():
    assert parse_period("03/04/2023", locale="fr").end == datetime.date(2023, 4, 3)
    assert parse_period("03/04/2023", locale="en").end == datetime.date(2023, 3, 4)


@pytest.mark.parametrize(
    "text",
    ["Notes", "Total", "Level 3", "Thereafter", "1-3 years", "$2,019", "September 30,", "2019 over 2018", "December 31, 2023 and 2022"],
)
def test_none_or_several_periods_are_no_period(text):
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("2023 (As restated)", "restated"),
        ("31/12/2022 retraité", "restated"),
        ("Pro forma 2023", "pro forma"),
        ("2024E", "forecast"),
        ("2023A", "reported"),
    ],
)
def test_restated_pro_forma_and_forecast_columns_are_told_apart(text, basis):
    assert parse_period(text).basis == basis


def test_a_bare_year_has_an_end_only_where_the_document_says_when_years_end():
    assert parse_period("2024").end is None
    assert parse_period("2024", calendar=FiscalCalendar(MonthDay(6, 30))).end == datetime.date(2024, 6, 30)


def test_the_fiscal_year_end_is_learnt_from_the_document():
    june = Document.from_parts(paragraphs=["Annual report for the fiscal year ended June 30, 2024"])
    assert fiscal_year_end(june) == datetime.date(2024, 6, 30)
    french = Document.from_parts(paragraphs=["Comptes annuels – exercice clos le 31 mars 2023"])
    assert fiscal_year_end(french) == datetime.date(2023, 3, 31)
    assert fiscal_year_end(Document.from_parts(paragraphs=["A letter."])) is None


def test_years_of_52_weeks_end_where_the_document_prints_it_and_keep_their_names():
    document = Document.from_parts(
        paragraphs=["Fiscal 2024 ended February 1, 2025 and fiscal 2023 ended February 3, 2024.", "the fiscal year ended February 1, 2025"]
    )
    calendar = fiscal_calendar(document)
    period = parse_period("Fiscal 2024", calendar=calendar)
    assert (period.year, period.start, period.end) == (2024, datetime.date(2024, 2, 4), datetime.date(2025, 2, 1))
    assert parse_period("Fiscal 2019", calendar=calendar).end is None
