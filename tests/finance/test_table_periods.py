"""Each column and row of a table gets its own period, also where a head says only part of it."""

import datetime

from finlens.documents import Document
from finlens.finance import interpret

D = datetime.date


def facts_of(table, *paragraphs):
    document = interpret(Document.from_parts(tables=[table], paragraphs=paragraphs))
    return {(fact.label, fact.column): fact for fact in document.facts() if fact.table is not None}


def ends(table, *paragraphs):
    return {key: fact.period.end if fact.period else None for key, fact in facts_of(table, *paragraphs).items()}


def test_a_head_that_stands_over_part_of_a_group_holds_for_all_of_it():
    table = [
        ["", "Number of shares purchased", "", "", "Average price paid"],
        ["", "2024", "2023", "2024", "2023"],
        ["First quarter", "492,320", "606,581", "$225.96", "$199.81"],
        ["Second quarter", "3,006,061", "512,000", "245.44", "201.10"],
    ]
    found = facts_of(table)
    assert [found["Second quarter", column].column_path[0] for column in (1, 2, 3, 4)] == [
        "Number of shares purchased",
        "Number of shares purchased",
        "Average price paid",
        "Average price paid",
    ]
    assert found["Second quarter", 3].amount.unit == "USD/share"


def test_payments_still_to_come_are_stated_as_of_the_balance_sheet_date_in_rows_and_in_columns():
    year = "Annual report for the fiscal year ended December 31, 2024."
    rows = [["", "Leases"], ["2025", "$120"], ["2026", "110"], ["2027 - 2029", "300"], ["After 2029", "40"]]
    assert set(ends(rows, year).values()) == {D(2024, 12, 31)}
    columns = [["", "2025", "2026", "2027", "Thereafter"], ["Amortization expense", "$67", "$51", "$49", "$31"]]
    assert set(ends(columns, year).values()) == {D(2024, 12, 31)}


def test_years_of_statements_are_no_schedule():
    table = [["", "2024", "2023"], ["Revenue", "$67", "$51"]]
    assert ends(table, "Annual report for the fiscal year ended December 31, 2024.")["Revenue", 2] == D(2023, 12, 31)


def test_what_happened_between_two_dated_columns_covers_the_time_between_them():
    table = [
        ["(in millions)", "December 1, 2023", "Increase / Decrease", "November 29, 2024"],
        ["Unrealized losses", "$(12)", "$11", "$(1)"],
    ]
    period = facts_of(table)["Unrealized losses", 2].period
    assert (period.start, period.end) == (D(2023, 12, 2), D(2024, 11, 29))


def test_a_column_without_a_date_beside_the_balances_of_two_years_is_about_the_latest():
    table = [
        ["", "December 31, 2024", "December 31, 2023", "Effective interest rate"],
        ["3.15% notes", "$4,000", "$4,000", "3.26%"],
    ]
    assert ends(table)["3.15% notes", 3] == D(2024, 12, 31)


def test_rows_after_the_last_balance_run_to_the_day_that_the_document_reports_on():
    table = [
        ["(in millions)", "Shares", "Equity"],
        ["Balances as of January 31, 2023", "8,080", "$83,754"],
        ["Net income", "—", "16,285"],
        ["Balances as of January 31, 2024", "8,054", "90,349"],
        ["Profit for the year", "—", "20,202"],
    ]
    text = "Annual report for the fiscal year ended January 31, 2025. Fiscal year ended January 31, 2025."
    found = facts_of(table, text)
    assert found["Net income", 2].period.end == D(2024, 1, 31)
    late = found["Profit for the year", 2].period
    assert (late.start, late.end) == (D(2024, 2, 1), D(2025, 1, 31))


def test_a_balance_at_the_beginning_of_a_year_of_52_weeks_stands_on_the_day_that_the_other_years_tell():
    table = [
        ["in millions", "Fiscal 2024", "Fiscal 2023", "Fiscal 2022"],
        ["Cash at beginning of year", "$3,760", "$2,757", "$2,343"],
        ["Cash at end of year", "$1,659", "$3,760", "$2,757"],
    ]
    years = [
        "Fiscal 2024 refers to the fiscal year ended February 2, 2025. Fiscal year ended February 2, 2025.",
        "Fiscal 2023 refers to the fiscal year ended January 28, 2024. Fiscal year ended January 28, 2024.",
        "Fiscal 2022 refers to the fiscal year ended January 29, 2023. Fiscal year ended January 29, 2023.",
    ]
    assert ends(table, *years)["Cash at beginning of year", 3] == D(2022, 1, 30)


def test_heads_between_two_parts_of_a_table_begin_a_new_part():
    table = [
        ["", "2024", "2023"],
        ["Lease cost", "$1,974", "$1,514"],
        ["", "As of January 31,", ""],
        ["", "2024", "2022"],
        ["Lease liability", "$600", "$500"],
    ]
    assert ends(table)["Lease liability", 2] == D(2022, 1, 31)


def test_not_applicable_is_no_year():
    table = [["", "Life", "June 30, 2025"], ["Goodwill", "N/A", "$4,675"]]
    assert ends(table)["Goodwill", 2] == D(2025, 6, 30)
