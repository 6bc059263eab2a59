"""A document's own arithmetic: totals are found without a template, and a wrong figure is found by the equations that fail."""

from decimal import Decimal

from finlens.documents import At, Document
from finlens.finance import interpret

BALANCE = [
    ["(In millions)", "2024", "2023"],
    ["Cash and cash equivalents", "$ 3,412", "$ 2,918"],
    ["Accounts receivable", "1,874", "1,655"],
    ["Inventories", "2,206", "2,341"],
    ["Total current assets", "7,492", "6,914"],
    ["Property, plant and equipment", "9,127", "8,804"],
    ["Goodwill", "4,310", "4,287"],
    ["Total assets", "$ 20,929", "$ 20,005"],
]
INCOME = [
    ["(In millions)", "2024", "2023", "2022"],
    ["Net sales", "12,345", "11,208", "10,771"],
    ["Cost of sales", "7,411", "6,832", "6,604"],
    ["Gross profit", "4,934", "4,376", "4,167"],
    ["Selling, general and administrative", "2,107", "1,996", "1,903"],
    ["Research and development", "873", "811", "768"],
    ["Operating income", "1,954", "1,569", "1,496"],
]


def read(*tables):
    return interpret(Document.from_parts(tables=tables))


def altered(table, row, column, text):
    return [[text if (r, c) == (row, column) else cell for c, cell in enumerate(line)] for r, line in enumerate(table)]


def said(document):
    return {check.says for check in document.checks}


def test_nested_totals_are_found_and_said_in_words():
    document = read(BALANCE)
    assert document.verdict(0) == "foots"
    assert "Total current assets = Cash and cash equivalents + Accounts receivable + Inventories (2024)" in said(document)
    assert "Total assets = Total current assets + Property, plant and equipment + Goodwill (2023)" in said(document)
    assert all(check.holds for check in document.checks)


def test_costs_that_are_printed_positive_are_subtracted():
    document = read(INCOME)
    assert "Gross profit = Net sales - Cost of sales (2023)" in said(document)
    assert "Operating income = Gross profit - Selling, general and administrative - Research and development (2022)" in said(document)


def test_a_wrong_digit_in_a_subtotal_is_named_and_its_right_value_proposed():
    document = read(altered(BALANCE, 4, 1, "7,992"))
    assert document.verdict(0) == "does not foot"
    (doubt,) = document.doubts
    assert (doubt.at, doubt.proposal, doubt.change) == (At(0, 4, 1), Decimal(7492), "digit")
    assert "Total current assets" in doubt.why
    cell = next(cell for cell in document.tables[0].cells if (cell.row, cell.column) == (4, 1))
    assert cell.doubt == doubt.why
    assert cell.text == "7,992" and cell.amount.value == 7992  # never changed


def test_lost_brackets_and_a_wrong_scale_are_named():
    flows = [
        ["", "2024", "2023", "2022"],
        ["Net cash provided by operating activities", "5,190", "4,622", "4,871"],
        ["Net cash used in investing activities", "(2,333)", "(1,904)", "(2,011)"],
        ["Net cash used in financing activities", "(2,363)", "(2,480)", "(2,575)"],
        ["Net increase in cash", "494", "238", "285"],
    ]
    assert read(flows).verdict(0) == "foots"
    lost = read(altered(flows, 2, 2, "1,904")).doubts
    assert [(doubt.at, doubt.proposal, doubt.change) for doubt in lost] == [(At(0, 2, 2), Decimal(-1904), "sign")]
    more = read(altered(flows, 1, 1, "5,190,000")).doubts
    assert [(doubt.at, doubt.proposal, doubt.change) for doubt in more] == [(At(0, 1, 1), Decimal(5190), "scale")]


def test_a_digit_that_any_of_the_parts_could_have_wrong_is_doubted_without_a_proposal():
    parts = [["", "2024", "2023"], ["North", "3,214", "3,108"], ["South", "3,325", "3,290"], ["Total", "6,539", "6,398"]]
    document = read(altered(parts, 1, 1, "3,215"))
    assert document.verdict(0) == "foots"  # off by one: rounding explains it
    document = read(altered(parts, 1, 1, "3,264"))
    assert document.verdict(0) == "does not foot"
    (doubt,) = document.doubts
    assert doubt.proposal is None and "may be the wrong one" in doubt.why


def test_columns_foot_across():
    segments = [
        ["", "Americas", "Europe", "Asia", "Total"],
        ["Revenue", "1,204", "877", "415", "2,496"],
        ["Operating profit", "233", "121", "68", "422"],
        ["Capital expenditure", "91", "77", "30", "198"],
    ]
    document = read(segments)
    assert {check.kind for check in document.checks} == {"cross-foot"}
    (doubt,) = read(altered(segments, 1, 2, "377")).doubts
    assert doubt.at.row == 1


def test_figures_that_round_to_a_total_that_is_off_by_one_foot():
    rounded = [
        ["", "2024", "2023"],
        ["North", "33.3", "41.2"],
        ["South", "33.3", "29.1"],
        ["West", "33.3", "29.6"],
        ["Total", "100.0", "99.9"],
    ]
    assert read(rounded).verdict(0) == "foots"


def test_a_table_without_sums_has_nothing_to_check():
    rates = [["", "2024", "2023"], ["Discount rate", "4.5 %", "4.1 %"], ["Rate of compensation increase", "3.0 %", "3.2 %"]]
    assert read(rates).verdict(0) == "nothing to check"
    assert read().checks == ()
