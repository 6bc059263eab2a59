"""Statements of a whole report: found, named, told from what only looks like them."""

from decimal import Decimal

import pytest
from statement_reports import BALANCE, CASH, INCOME, YEARS, block, document, table

from finlens.documents import Document
from finlens.finance import interpret


def report(**more: object) -> Document:
    summary = [YEARS, ["Net sales", "$ 400", "$ 360"], ["Net income", "65", "55"], ["Income taxes", "20", "15"]]
    pages = {
        3: [block("Selected financial data", 60)],
        7: [block("Example Corp.\nCONSOLIDATED STATEMENTS OF INCOME", 60)],
        8: [block("Example Corp.\nCONSOLIDATED BALANCE SHEETS", 60)],
        9: [block("Example Corp.\nCONSOLIDATED STATEMENTS OF CASH FLOWS", 60)],
        10: [block("Note 1. Accounting policies", 60, "heading"), block("Note 2. Property", 300, "heading")],
        11: [block("Note 3. Debt", 60, "heading"), block("Maturities of long-term debt are as follows (in millions):", 90)],
    }
    land = [YEARS, ["Land", "100", "90"], ["Buildings", "250", "240"], ["Total", "350", "330"]]
    due = [
        ["(in millions)", "Amount"],
        ["2025", "10"],
        ["2026", "20"],
        ["2027", "30"],
        ["2028", "30"],
        ["2029", "20"],
        ["Thereafter", "30"],
    ]
    tables = [
        table(3, 100, summary),
        table(7, 100, INCOME),
        table(8, 100, BALANCE),
        table(9, 100, CASH),
        table(10, 330, land),
        table(11, 110, due),
    ]
    return interpret(document(pages, tables))


@pytest.fixture(scope="module")
def read() -> Document:
    return report()


def test_each_primary_statement_is_found_once_and_the_summary_is_none(read):
    assert [(statement.kind, statement.tables) for statement in read.statements] == [
        ("income", (1,)),
        ("balance sheet", (2,)),
        ("cash flow", (3,)),
    ]
    assert read.statements.income.title == "CONSOLIDATED STATEMENTS OF INCOME"


@pytest.mark.parametrize(
    ("kind", "concept", "year", "millions"),
    [
        ("income", "revenue", 2023, 360),
        ("income", "net_income", 2024, 65),
        ("balance sheet", "total_assets", 2024, 500),
        ("balance sheet", "long_term_debt", 2023, 150),
        ("cash flow", "operating_cash_flow", 2024, 70),
        ("cash flow", "capital_expenditures", 2023, -35),
    ],
)
def test_a_figure_is_asked_for_by_line_item_and_year(read, kind, concept, year, millions):
    fact = read.statements[kind][concept, year]
    assert fact.amount.absolute == millions * 10**6
    assert fact.concept == concept
    assert fact.concept_confidence > 0.4


def test_the_same_label_is_a_balance_in_one_statement_and_a_change_in_another(read):
    assert read.statements.balance_sheet.line("Accounts receivable, net").concept == "receivables"
    assert read.statements.cash_flow.line("Accounts receivable").concept == "change_receivables"


def test_sub_headings_are_lines_without_figures_and_labels_know_what_they_stand_under(read):
    lines = {line.label: line for line in read.statements.balance_sheet.lines}
    assert lines["Current assets:"].facts == ()
    assert lines["Cash and cash equivalents"].path == ("Current assets:", "Cash and cash equivalents")


def test_every_figure_of_a_statement_stands_on_one_of_its_lines(read):
    for statement in read.statements:
        on_lines = [fact for line in statement.lines for fact in line.facts]
        assert sorted(map(id, on_lines)) == sorted(id(fact) for fact in read.facts() if fact.table in statement.tables)


def test_notes_are_found_by_numbers_that_count_up_with_the_tables_under_them(read):
    assert [(note.number, note.title, note.page, note.tables) for note in read.statements.notes] == [
        ("1", "Accounting policies", 10, ()),
        ("2", "Property", 10, (4,)),
        ("3", "Debt", 11, (5,)),
    ]


def test_years_of_a_table_of_maturities_are_told_by_their_order_and_its_title(read):
    named = {fact.label: fact.concept for fact in read.facts() if fact.table == 5}
    assert named["2025"] == "debt_maturity_1"
    assert named["2027"] == "debt_maturity_3"
    assert named["Thereafter"] == "debt_maturity_after"


def test_a_document_with_statements_survives_its_json(read):
    again = Document.from_json(read.to_json())
    assert again.statements == read.statements
    assert again.statements.income["revenue", 2024].amount.value == Decimal(400)


def test_a_document_without_tables_has_no_statements():
    assert len(interpret(Document.from_parts(paragraphs=["Net sales rose."])).statements) == 0


def test_a_balance_sheet_in_two_parts_is_one_statement():
    assets, liabilities = BALANCE[:7], [BALANCE[0], *BALANCE[7:]]
    pages = {1: [block("BALANCE SHEET", 60)], 2: [block("BALANCE SHEET – (CONTINUED)", 60)]}
    read = interpret(document(pages, [table(1, 100, assets), table(2, 100, liabilities)]))
    assert read.statements.balance_sheet.tables == (0, 1)
    assert read.statements.balance_sheet["liabilities_and_equity", 2024].source.page == 2


def test_a_title_that_a_grid_swallowed_beside_the_number_of_an_exhibit_is_still_the_title():
    heads = (["", "", "Example Corp. Consolidated Statements of Income", f"Exhibit {n}"] for n in (1, 2))
    quarter, year = ([head, *([*row[:1], "", *row[1:]] for row in INCOME)] for head in heads)
    read = interpret(document({6: [], 8: []}, [table(6, 100, quarter), table(6, 400, year), table(8, 100, BALANCE)]))
    assert read.statements.income.tables == (0, 1)


def test_the_parent_companys_own_statements_are_not_the_primary_ones():
    pages = {
        1: [block("CONSOLIDATED BALANCE SHEETS", 60)],
        20: [block("SCHEDULE I – CONDENSED FINANCIAL INFORMATION OF REGISTRANT\nParent company only\nBALANCE SHEETS", 60)],
    }
    read = interpret(document(pages, [table(1, 100, BALANCE), table(20, 100, BALANCE)]))
    assert [statement.tables for statement in read.statements] == [(0,)]


def test_forms_of_the_french_tax_return_are_known_by_their_number_and_their_codes_are_no_values():
    grid = [
        ["", "", "Brut", "", "Amortissements", "Net"],
        ["Terrains", "AN", "500", "AO", "0", "500"],
        ["Constructions", "AP", "900", "AQ", "300", "600"],
        ["TOTAL (II)", "BJ", "1 400", "BK", "300", "1 100"],
        ["Clients et comptes rattachés", "BX", "250", "BY", "50", "200"],
        ["Disponibilités", "CF", "100", "CG", "0", "100"],
        ["TOTAL GÉNÉRAL (I à VI)", "CO", "1 750", "1A", "350", "1 400"],
    ]
    pages = {1: [block("DGFiP N° 2050-SD 2024\nBILAN - ACTIF", 40), block("Exercice N clos le 31/12/2023", 60)]}
    read = interpret(document(pages, [table(1, 100, grid)]))
    statement = read.statements.balance_sheet
    assert statement.form == "2050"
    assert {fact.amount.value for fact in read.facts()} == {500, 900, 1400, 250, 100, 1750, 0, 300, 50, 350, 600, 1100, 200}
    named = {line.label.split()[0]: line.concept for line in statement.lines}
    assert named["Terrains"] == "land"
    assert named["Clients"] == "receivables"
