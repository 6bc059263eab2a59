"""A figure names its segment or region where a head, a sub-heading or its label does, and nothing where none does."""

import pytest

from finlens.documents import Document
from finlens.finance import interpret


def entities_of(table, *paragraphs):
    document = interpret(Document.from_parts(tables=[table], paragraphs=paragraphs))
    return {(fact.label, fact.column): fact.entity for fact in document.facts() if fact.table is not None}


def test_regions_in_column_heads():
    table = [["(in millions)", "United States", "EMEA", "Total"], ["Revenue", "$5,939", "$3,286", "$9,225"]]
    found = entities_of(table)
    assert [found["Revenue", column] for column in (1, 2, 3)] == ["United States", "EMEA", None]


def test_names_of_segments_are_believed_in_a_table_about_segments_only():
    table = [["(in millions)", "Family of Apps", "Reality Labs"], ["Income from operations", "$87,109", "$(17,729)"]]
    assert set(entities_of(table, "Results of our reportable segments were as follows:").values()) == {"Family of Apps", "Reality Labs"}
    assert set(entities_of(table, "Results were as follows:").values()) == {None}


def test_a_sub_heading_names_the_segment_of_the_rows_under_it():
    table = [["", "2024", "2023"], ["Upstream segment", "", ""], ["Earnings before interest", "$120", "$110"]]
    assert entities_of(table)["Earnings before interest", 1] == "Upstream"


def test_where_tax_is_due_is_no_entity():
    table = [
        ["", "2024", "2023"],
        ["Income before income taxes:", "", ""],
        ["United States", "$120", "$110"],
        ["International", "20", "10"],
    ]
    assert set(entities_of(table).values()) == {None}


@pytest.mark.parametrize("head", ["2024", "Amortized cost", "Total", "% Change", "Level 1"])
def test_periods_measures_and_totals_are_no_entities(head):
    table = [["", head, "Other"], ["Bonds", "$120", "$110"]]
    assert set(entities_of(table, "Reportable segments were as follows:").values()) <= {None}
