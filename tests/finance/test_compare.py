"""The same line over several reports: matched by what it means, compared in whole units, restatements flagged and nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import finlens
from finlens.documents import Document, Statements
from finlens.finance.compare import compare
from finlens.finance.compare_view import text_in_line
from finlens.finance.comparison import Comparison
from hand_made_reports import THOUSANDS, report

OLD = [("Net sales", "revenue", ["1,000", "900"]), ("Cost of sales", "cost_of_revenue", ["(600)", "(500)"]), ("Other", None, ["5", "4"])]
NEW = [("Revenue", "revenue", ["1,100", "980"]), ("Cost of sales", "cost_of_revenue", ["(650)", "(600)"]), ("Other", None, ["6", "5"])]


def old() -> Document:
    return report("2023.pdf", (2023, 2022), OLD)


def new() -> Document:
    return report("2024.pdf", (2024, 2023), NEW)


def printed(comparison: Comparison) -> dict[str, list[list[str]]]:
    (statement,) = comparison.statements
    return {line.label: [[one.fact.amount.raw for one in figures] for figures in line.figures] for line in statement.lines}


def test_lines_meet_by_concept_under_the_newest_name_and_periods_by_their_dates():
    comparison = finlens.compare([old(), new()])
    (statement,) = comparison.statements
    assert [span.label for span in statement.spans] == ["2024", "2023", "2022"]
    assert printed(comparison) == {
        "Revenue": [["1,100"], ["1,000", "980"], ["900"]],
        "Cost of sales": [["(650)"], ["(600)", "(600)"], ["(500)"]],
        "Other": [["6"], ["5", "5"], ["4"]],
    }


def test_a_restated_figure_is_flagged_with_both_places():
    (found,) = compare([old(), new()]).restatements
    assert (found.label, found.span.label, found.change) == ("Revenue", "2023", "restated")
    assert found.difference == Decimal(-20_000_000)
    assert (found.before.document, found.after.document) == (0, 1)
    assert found.before.fact.label == "Net sales"


def test_reports_may_be_given_in_any_order():
    comparison = compare([new(), old()])
    assert [document.name for document in comparison.documents] == ["2023.pdf", "2024.pdf"]
    assert compare([old(), new()]) == comparison


def test_thousands_in_one_report_and_millions_in_the_next_are_the_same_figure():
    exact = report("2023.pdf", (2023, 2022), [("Net sales", "revenue", ["979,612", "900,000"])], scale=THOUSANDS)
    assert compare([exact, new()]).restatements == ()
    off = report("2023.pdf", (2023, 2022), [("Net sales", "revenue", ["979,300", "900,000"])], scale=THOUSANDS)
    assert [one.label for one in compare([off, new()]).restatements] == ["Revenue"]


def test_another_sign_is_told_apart_from_another_figure():
    positive = report("2023.pdf", (2023, 2022), [("Cost of sales", "cost_of_revenue", ["600", "500"])])
    (found,) = compare([positive, new()]).restatements
    assert found.change == "sign"


def test_dollars_and_euros_are_laid_side_by_side_and_not_compared():
    euros = report("2023.pdf", (2023, 2022), OLD, unit="EUR")
    comparison = compare([euros, new()])
    assert comparison.restatements == ()
    assert "figures in EUR and USD stand side by side, and are not compared" in comparison.notes


def test_earnings_per_share_and_earnings_of_one_name_stay_apart():
    lines = [("Basic", None, ["10", "9"]), ("Basic", None, ["$0.50", "$0.40"])]
    later = [("Basic", None, ["$0.60", "$0.50"]), ("Basic", None, ["11", "10"])]
    comparison = compare([report("a.pdf", (2023, 2022), lines), report("b.pdf", (2024, 2023), later)])
    assert comparison.restatements == ()


def test_lines_of_one_name_are_told_apart_by_their_section():
    before = [("Current › Debt", None, ["10", "9"]), ("Total current", None, ["30", "29"]), ("Long-term › Debt", None, ["70", "60"])]
    after = [("Total current", None, ["31", "30"]), ("Long-term › Debt", None, ["80", "75"])]
    comparison = compare([report("a.pdf", (2023, 2022), before), report("b.pdf", (2024, 2023), after)])
    (found,) = comparison.restatements
    assert (found.before.fact.amount.raw, found.after.fact.amount.raw) == ("70", "75")


def test_what_changes_in_a_label_from_year_to_year_does_not_part_a_line():
    before = [("Treasury stock (12.5 shares in 2023)", None, ["10", "9"])]
    after = [("Treasury stock (13.9 shares in 2024)", None, ["11", "10"])]
    (statement,) = compare([report("a.pdf", (2023, 2022), before), report("b.pdf", (2024, 2023), after)]).statements
    assert len(statement.lines) == 1


def test_a_line_under_a_new_name_is_known_by_its_figures():
    before = [("Programming", None, ["123", "117"]), ("Rent", None, ["40", "41"])]
    after = [("Content amortisation", None, ["150", "123", "117"]), ("Rent", None, ["42", "40", "41"])]
    comparison = compare([report("a.pdf", (2023, 2022), before), report("b.pdf", (2024, 2023, 2022), after)])
    assert list(printed(comparison)) == ["Content amortisation", "Rent"]


def test_two_lines_that_share_a_concept_only_are_not_forced_together():
    before = [("Net sales of goods", "revenue", ["1,000", "900"])]
    after = [("Rental", "revenue", ["50", "40"])]
    comparison = compare([report("a.pdf", (2023, 2022), before), report("b.pdf", (2024, 2023), after)])
    assert comparison.restatements == ()
    assert len(comparison.statements[0].lines) == 2


def test_a_new_line_stands_where_its_own_report_prints_it():
    added = [NEW[0], ("Impairment", None, ["7", "–"]), *NEW[1:]]
    comparison = compare([old(), report("2024.pdf", (2024, 2023), added)])
    assert list(printed(comparison)) == ["Revenue", "Impairment", "Cost of sales", "Other"]


def test_a_year_without_its_date_is_the_year_with_it():
    dateless = report("2023.pdf", (2023, 2022), OLD, ends=False)
    (statement,) = compare([dateless, new()]).statements
    assert [span.label for span in statement.spans] == ["2024", "2023", "2022"]


def test_a_line_with_two_figures_for_one_period_is_left_out_aloud():
    document = old()
    (statement,) = document.statements
    line = statement.lines[0]
    twice = replace(line, facts=(*line.facts, replace(line.facts[0], amount=replace(line.facts[0].amount, value=Decimal(7)))))
    doubled = replace(document, statements=Statements((replace(statement, lines=(twice, *statement.lines[1:])),)))
    comparison = compare([doubled, new()])
    assert comparison.restatements == ()
    assert any("2 figures whose line and period" in note for note in comparison.notes)


def test_a_document_without_statements_is_named():
    comparison = compare([replace(old(), statements=Statements()), new()])
    assert comparison.notes == ("2023.pdf has no primary statement that was found",)


def test_three_reports_tell_each_step():
    third = report("2025.pdf", (2025, 2024, 2023), [("Revenue", "revenue", ["1,200", "1,100", "990"])])
    steps = [(one.before.fact.amount.raw, one.after.fact.amount.raw) for one in compare([old(), new(), third]).restatements]
    assert steps == [("1,000", "980"), ("980", "990")]


def test_a_notebook_shows_the_lines_and_the_sentence():
    shown = compare([old(), new()])._repr_html_()
    assert "Revenue, 2023: 1,000 (2023.pdf p. 5), then 980 (2024.pdf p. 5): -20 USD millions (-2.0%)" in shown


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(-999, 999), st.integers(-999, 999)), max_size=8))
def test_a_report_laid_beside_itself_has_no_restatement_and_loses_no_figure(rows: list[tuple[str, int, int]]):
    lines = [(f"line {name}", None, [str(a).replace("-", "("), str(b).replace("-", "(")]) for name, a, b in rows]
    once = report("a.pdf", (2024, 2023), lines)
    comparison = compare([once, once])
    assert comparison.restatements == ()
    shown = sum(len(figures) for statement in comparison.statements for line in statement.lines for figures in line.figures)
    assert shown == 4 * len(rows)


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_documents_compare_to_nothing(count: int):
    assert compare([old()][:count]).restatements == ()


def test_cash_at_the_beginning_and_the_end_stands_in_the_column_that_prints_it():
    document = report(
        "2024.pdf", (2024, 2023), [("Net cash from operations", None, ["9", "8"]), ("Cash, end", None, ["5", "4"])], kind="cash flow"
    )
    flow, cash = document.statements.cash_flow.lines
    days = tuple(replace(fact, period=replace(fact.period, instant=True, months=None, start=None)) for fact in cash.facts if fact.period)
    statement = replace(document.statements.cash_flow, lines=(flow, replace(cash, facts=days)))
    (compared,) = compare([replace(document, statements=Statements((statement,)))]).statements
    assert [span.label for span in compared.spans] == ["2024", "2023"]
    assert [[one.fact.amount.raw for one in figures] for figures in compared.lines[1].figures] == [["5"], ["4"]]


def test_euros_beside_dollars_keep_their_own_scale_and_say_so():
    euros = report("2023.pdf", (2023, 2022), [("Net sales", "revenue", ["979,612", "900,000"])], scale=THOUSANDS, unit="EUR")
    (statement,) = compare([euros, new()]).statements
    line = next(line for line in statement.lines if line.label == "Revenue")
    texts = [text_in_line(line, one) for figures in line.figures for one in figures]
    assert sorted(texts) == ["1,100", "900,000 EUR thousands", "979,612 EUR thousands", "980"]
