from decimal import Decimal

from small_report import report

from finlens.ask.finder import Finder
from finlens.ask.lines import descriptor, lines_of
from finlens.documents import Document
from finlens.finance import interpret


def lines(*tables, paragraphs=()):
    return lines_of(interpret(Document.from_parts(tables=tables, paragraphs=paragraphs)))


def test_a_row_over_years_is_one_line():
    (sales,) = lines([["(in millions)", "2023", "2022"], ["Net sales", "120", "100"]])
    assert sales.label == "Net sales"
    assert [fact.period.year for fact in sales.by_period()] == [2023, 2022]


def test_columns_that_are_no_periods_tell_lines_apart():
    found = lines([["", "2023", "2022", "Change"], ["Net sales", "$120", "$100", "20%"]])
    assert {frozenset(line.beside) for line in found} == {frozenset(), frozenset({"change"})}


def test_words_over_every_column_tell_no_line_from_another():
    found = lines([["", "Pension plan", "Pension plan"], ["", "2023", "2022"], ["Service cost", "$12", "$10"]])
    assert not found[0].beside
    assert "pension" in found[0].around


def test_a_descriptor_leaves_out_periods_units_and_marks():
    assert descriptor("Year ended December 31, 2023") == ""
    assert descriptor("$’000") == ""
    assert descriptor("Net sales (1)").strip() == "net sales"
    assert descriptor("Balance at December 31, 2022") == "balance at"


def test_dot_leaders_are_no_part_of_a_label():
    (line,) = lines([["", "2023", "2022"], ["Net income . . . . . . . .", "12", "10"]])
    assert line.label == "Net income"


def test_the_primary_statements_are_recognised_by_their_lines():
    finder = Finder(interpret(report()))
    assert {line.page: line.statement for line in finder.lines if line.statement} == {7: "income", 8: "balance sheet", 9: "cash flow"}


def test_basic_and_diluted_take_their_meaning_from_the_row_above():
    found = lines(
        [
            ["", "2023", "2022"],
            ["Earnings per share:", "", ""],
            ["Basic", "$2.10", "$1.90"],
            ["Weighted average shares outstanding:", "", ""],
            ["Basic", "812", "820"],
        ]
    )
    names = [dict(line.concepts) for line in found]
    assert "eps_basic" in names[0]
    assert "shares_basic" in names[1]
    assert "eps_basic" not in names[1]


def test_figures_of_a_line_are_money_of_one_scale():
    finder = Finder(interpret(report()))
    scales = {fact.amount.scale for line in finder.lines if line.statement for fact in line.facts if "/" not in (line.unit or "")}
    assert scales == {Decimal(1000)}
