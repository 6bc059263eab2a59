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


def test_a_total_off_by_one_is_doubted_where_all_other_sums_come_out_and_is_said_to_be_perhaps_rounding():
    document = read(BALANCE, INCOME, altered(BALANCE, 4, 1, "7,491"))
    assert document.verdict(2) == "does not foot"
    off_by_one = read(BALANCE, altered(INCOME, 6, 1, "1,953"))
    (doubt,) = off_by_one.doubts
    assert "may be rounding" in doubt.why and doubt.proposal is None


def test_a_total_off_by_one_is_rounding_where_other_sums_are_off_too():
    rounded = [
        ["(In millions)", "2024", "2023"],
        ["Northern region", "1,236", "1,108"],
        ["Southern region", "2,481", "2,377"],
        ["Western region", "3,014", "2,905"],
        ["Total revenue", "6,732", "6,390"],
    ]
    document = read(BALANCE, rounded)
    assert document.verdict(1) == "foots"


def test_a_percentage_of_change_that_is_not_that_of_its_columns_is_named():
    changes = [
        ["(In millions)", "2024", "2023", "% Change 2024-2023"],
        ["Americas", "12,891", "11,654", "11%"],
        ["Europe", "5,560", "4,996", "11%"],
        ["Asia", "3,054", "2,759", "11%"],
        ["Africa", "1,402", "1,109", "26%"],
    ]
    assert read(changes).verdict(0) == "foots"
    (doubt,) = read(altered(changes, 1, 3, "91%")).doubts
    assert (doubt.at, doubt.proposal, doubt.change) == (At(0, 1, 3), Decimal(11), "digit")
    (doubt,) = read(altered(changes, 4, 2, "(1,109)")).doubts
    assert (doubt.at, doubt.proposal, doubt.change) == (At(0, 4, 2), Decimal(1109), "sign")


def test_what_was_and_what_lies_between_make_what_is_though_only_two_columns_say_so():
    roll = [
        ["(In millions)", "2024", "2023"],
        ["Balance at January 1", "65", "58"],
        ["Accruals", "38", "31"],
        ["Adjustments", "7", "(3)"],
        ["Charges incurred", "(41)", "(21)"],
        ["Balance at December 31", "69", "65"],
    ]
    assert read(roll).verdict(0) == "foots"
    assert read(altered(roll, 5, 1, "19")).verdict(0) == "does not foot"


def test_numbers_of_columns_are_no_figures():
    plans = [
        ["", "Securities to be issued", "Remaining available"],
        ["Plan category", "(1)", "(2)"],
        ["Approved by holders", "30,678,206", "30,265,462"],
        ["Not approved by holders", "123,190", "4,100"],
        ["Total", "30,801,396", "30,269,562"],
    ]
    document = read(plans)
    assert document.verdict(0) == "foots"
    assert not any("Plan category" in one for one in said(document))


def test_what_is_less_is_subtracted_and_what_stands_at_no_level_is_left_out():
    debt = [
        ["(In thousands)", "2015", "2014"],
        ["Carrying value of notes", "1,907,231", "1,511,046"],
        ["Lease obligations", "—", "3,269"],
        ["Total debt and lease obligations", "1,907,231", "1,514,315"],
        ["Less: current portion", "—", "603,229"],
        ["Debt and lease obligations", "1,907,231", "911,086"],
    ]
    assert read(debt).verdict(0) == "foots"
    levels = [
        ["", "Total", "Level 1", "Level 2", "Level 3"],
        ["Equity securities", "252", "201", "51", "—"],
        ["Government bonds", "101", "82", "19", "—"],
        ["Corporate bonds", "35", "25", "10", "—"],
        ["Total investments at fair value", "388", "308", "80", "—"],
        ["Investments measured at net asset value", "9", "", "", ""],
        ["Total", "397", "308", "80", "—"],
    ]
    assert read(levels).verdict(0) == "foots"


def test_lines_without_a_label_are_told_by_their_place():
    document = read(
        [
            ["", "2024", "2023", "2022"],
            ["Senior notes", "1,214", "1,108", "987"],
            ["", "2,377", "2,209", "2,145"],
            ["Total", "3,591", "3,317", "3,132"],
        ]
    )
    assert "Total = Senior notes + row 3 (2024)" in said(document)


def test_a_roll_forward_of_one_column_shows_a_slip():
    units = [
        ["", "Shares (thousands)", "Weighted-average grant-date fair value per share"],
        ["Nonvested at January 1, 2024", "996", "$ 207.76"],
        ["Granted", "213", "248.66"],
        ["Vested", "(252)", "186.86"],
        ["Forfeited", "(42)", "219.41"],
        ["Nonvested at December 31, 2024", "915", "$ 222.50"],
    ]
    assert read(units).verdict(0) == "foots"
    document = read(altered(units, 4, 1, "(420)"))
    assert document.verdict(0) == "does not foot"
    assert document.doubts[0].at == At(0, 4, 1)
