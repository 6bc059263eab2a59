"""What figures say about rows: the same figure elsewhere, sums, and figures that contradict a name."""

import datetime

import numpy as np
import pytest

from finlens.documents import Document
from finlens.finance import interpret
from finlens.finance.mapping_figures import links_of, said_by_figures
from finlens.finance.mapping_queries import Figure, Query

_YEAR = (datetime.date(2024, 12, 31), 12)


def row(table: int, place: int, value: int, *, statement=None, when=_YEAR) -> Query:
    figure = Figure(place, 1, float(abs(value)), float(value), abs(value), when)
    return Query((0,), table, (), (), (), (), "money", False, statement, figures=(figure,))


def pairs(found: tuple[np.ndarray, np.ndarray]) -> set[tuple[int, int]]:
    return set(zip(found[0].tolist(), found[1].tolist(), strict=True))


def test_the_same_figure_for_the_same_time_links_two_tables():
    rows = [row(0, 1, 12345, statement="income"), row(1, 4, 12345), row(1, 5, 12345, when=(datetime.date(2023, 12, 31), 12))]
    assert pairs(links_of(rows).same) == {(0, 1), (1, 0)}


def test_a_small_number_is_no_evidence():
    assert not pairs(links_of([row(0, 1, 12, statement="income"), row(1, 4, 12)]).same)


def test_rows_are_linked_to_the_row_that_they_add_up_to_and_subtotals_to_theirs():
    values = [100, 200, 300, 50, 60, 110, 410]
    links = links_of([row(0, place, value) for place, value in enumerate(values)])
    assert pairs(links.sums) == {(0, 2), (1, 2), (3, 5), (4, 5), (2, 6), (5, 6)}


def test_nothing_adds_up_to_nil():
    assert not pairs(links_of([row(0, place, 0) for place in range(4)]).sums)


def test_what_a_statement_prints_is_said_of_the_same_figure_and_against_another():
    rows = [row(0, 1, 12345, statement="income"), row(1, 4, 12345), row(2, 1, 777)]
    query, concept = np.array([0, 1, 2]), np.array([3, 3, 3])
    same, in_statement, other, of_sum, of_parts = said_by_figures(links_of(rows), query, concept, np.array([0.9, 0.2, 0.4]), 5)
    assert np.allclose(in_statement, [0, 0.9, 0])
    assert np.allclose(same, [0.2, 0.9, 0])
    assert np.allclose(other, [0, 0, 0.9])
    assert not of_sum.any()
    assert not of_parts.any()


_INCOME = [
    ["in millions", "2023", "2022"],
    ["Revenue", "12,345", "11,222"],
    ["Cost of sales", "8,000", "7,000"],
    ["Gross profit", "4,345", "4,222"],
    ["Income before income taxes", "2,345", "2,222"],
    ["Income taxes", "1,000", "1,000"],
    ["Net income", "1,345", "1,222"],
    ["Less: Net income attributable to noncontrolling interests", "45", "22"],
    ["Net income attributable to the company", "1,300", "1,200"],
]


@pytest.mark.parametrize(("total", "concepts"), [(("12,345", "11,222"), {"revenue"}), (("12,346", "11,223"), {None})])
def test_a_total_is_revenue_where_the_income_statement_prints_that_very_figure_as_revenue(total, concepts):
    countries = [["in millions", "2023", "2022"], ["Japan", "3,000", "3,000"], ["Other countries", "9,345", "8,222"], ["Total", *total]]
    facts = interpret(Document.from_parts(tables=[_INCOME, countries])).facts()
    assert {fact.concept for fact in facts if fact.label == "Total"} == concepts


def test_net_income_that_is_shared_out_below_is_that_of_all_owners():
    facts = interpret(Document.from_parts(tables=[_INCOME])).facts()
    assert {fact.concept for fact in facts if fact.label == "Net income"} == {"net_income_including_noncontrolling"}
