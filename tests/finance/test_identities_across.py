"""Figures are checked against each other across columns and tables: changes, earnings per share, one line in two places."""

from decimal import Decimal

from finlens.documents import At, Document
from finlens.finance import interpret

EARNINGS = [
    ["(In millions, except per share data)", "2024", "2023", "2022"],
    ["Net income", "$ 3,125", "$ 2,147", "$ 1,894"],
    ["Weighted average shares outstanding", "425.2", "430.1", "441.7"],
    ["Basic earnings per share", "$ 7.35", "$ 4.99", "$ 4.29"],
]
CHANGES = [
    ["(In millions)", "2024", "2023", "% change"],
    ["Software", "15,864", "14,216", "12 %"],
    ["Services", "5,366", "4,893", "10 %"],
    ["Publishing", "2,275", "3,300", "(31)%"],
    ["Hardware", "8,412", "7,018", "20 %"],
]
FLOWS = [
    ["(In millions)", "2024", "2023", "2022"],
    ["Net income", "$ 3,125", "$ 2,147", "$ 1,894"],
    ["Depreciation and amortization", "811", "790", "768"],
]


def read(*tables):
    return interpret(Document.from_parts(tables=tables))


def altered(table, row, column, text):
    return [[text if (r, c) == (row, column) else cell for c, cell in enumerate(line)] for r, line in enumerate(table)]


def of_kind(document, kind):
    return [check for check in document.checks if check.kind == kind]


def test_earnings_per_share_times_shares_are_the_earnings():
    checks = of_kind(read(EARNINGS), "per share")
    assert len(checks) == 3
    assert all(check.holds and check.product for check in checks)
    wrong = read(altered(EARNINGS, 3, 2, "$ 9.94"))
    assert wrong.verdict(0) == "does not foot"
    assert [check.says for check in wrong.checks if not check.holds] == [
        "Net income = Basic earnings per share × Weighted average shares outstanding (2023)"
    ]


def test_a_percentage_of_change_follows_from_the_two_years():
    checks = of_kind(read(CHANGES), "change")
    assert checks[0].says == "% change = percentage change of 2024 over 2023 (Software)"
    assert all(check.holds for check in checks) and len(checks) == 4
    wrong = read(altered(CHANGES, 2, 3, "70 %"))
    assert wrong.verdict(0) == "does not foot"
    assert [doubt.at for doubt in wrong.doubts] == [At(0, 2, 3)]


def test_one_line_in_two_tables_says_the_same_and_tells_which_figure_is_wrong():
    document = read(EARNINGS, FLOWS)
    assert len(of_kind(document, "agreement")) == 3
    assert document.verdict(1) == "foots"
    wrong = read(EARNINGS, altered(FLOWS, 1, 2, "$ 2,747"))
    assert (wrong.doubts[0].at, wrong.doubts[0].proposal) == (At(1, 1, 2), Decimal(2147))


def test_lines_of_one_name_that_never_agree_are_not_one_line():
    other = altered(altered(altered(FLOWS, 1, 1, "$ 512"), 1, 2, "$ 498"), 1, 3, "$ 477")
    document = read(EARNINGS, other)
    assert of_kind(document, "agreement") == []
    assert document.verdict(1) == "nothing to check"


def test_an_equation_outlives_a_round_trip_through_json():
    document = read(altered(CHANGES, 2, 3, "70 %"))
    again = Document.from_json(document.to_json())
    assert (again.checks, again.doubts, again.verdict(0)) == (document.checks, document.doubts, "does not foot")
