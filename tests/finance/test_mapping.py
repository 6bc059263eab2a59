"""Rows named by more than their label: what they stand under, their column, unit, time and the table's other rows."""

import json
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from finlens.documents import Document
from finlens.finance import interpret
from finlens.finance.concepts import catalogue
from finlens.finance.embedding import word_vectors
from finlens.finance.mapping import packaged_ranker, rank
from finlens.finance.mapping_queries import Others, Query
from finlens.finance.mapping_vocabulary import vocabulary
from finlens.finance.mapping_words import label_words, telling


def row(label: str, *, above: str = "", heads: str = "", about: str = "", unit="money", instant=False, statement=None, section="") -> Query:
    return Query((0,), 0, label_words(label), label_words(above), telling(heads), telling(about), unit, instant, statement, section)


def named(*rows: Query) -> list[str | None]:
    return [one and one.concept for one in rank(rows, packaged_ranker(), others=Others(), like=word_vectors())]


@pytest.mark.parametrize(
    ("query", "concept"),
    [
        (row("Accounts receivable, net", instant=True, statement="balance sheet", section="current assets"), "receivables"),
        (row("Accounts receivable", statement="cash flow", section="operating activities"), "change_receivables"),
        (row("Basic", above="Weighted average shares outstanding", unit="shares", statement="income", section="per share"), "shares_basic"),
        (row("Basic", above="Earnings per share", unit="per share", statement="income", section="per share"), "eps_basic"),
        (row("Thereafter", about="Operating lease payments due", instant=True), "lease_due_after"),
        (row("Thereafter", about="Maturities of long-term debt", instant=True), "debt_maturity_after"),
        (row("Federal", above="Current", about="Provision for income taxes"), "tax_current_federal"),
        (row("Chiffre d’affaires", statement="income"), "revenue"),
        (row("Disponibilités", instant=True, statement="balance sheet"), "cash_and_equivalents"),
    ],
)
def test_a_row_is_named_by_its_label_and_its_place(query, concept):
    assert named(query) == [concept]


def test_the_share_of_others_in_net_income_is_told_by_its_label():
    query = replace(row("Net income attributable to noncontrolling interests", statement="income", section="net income"), of_others=True)
    found = rank([query], packaged_ranker(), others=Others(in_income=True), like=word_vectors())
    assert found[0] is not None
    assert found[0].concept == "noncontrolling_income"


def test_a_column_names_what_its_rows_do_not():
    rows = [
        row("Customer relationships", heads=head, about="Intangible assets", instant=True) for head in ("Accumulated Amortization", "Gross")
    ]
    assert named(*rows)[0] == "finite_intangibles_accumulated"


def test_a_row_that_shares_no_word_with_the_catalogue_has_no_name_of_confidence():
    found = rank([row("Xyzzy plugh")], packaged_ranker(), others=Others(), like=word_vectors())
    assert [one for one in found if one and one.confidence > 0.5] == []


def test_a_row_without_words_has_no_name():
    assert rank([row("")], packaged_ranker(), others=Others(), like=word_vectors()) == [None]


def test_codes_and_numbers_are_no_words_of_a_label():
    assert label_words("Receivables, less allowances of $6.1 and $5.7 (Note 4)") == ("receivable", "less", "allowance")


def test_the_weights_that_ship_say_what_they_were_trained_on_and_belong_to_the_catalogue():
    record = json.loads(files("finlens.finance").joinpath("concept_ranker.json").read_bytes())
    assert "filings" in record["trained_on"]
    assert set(record["usual"]) <= set(catalogue())


def test_every_name_of_the_catalogue_is_in_the_arrays():
    known = vocabulary()
    assert len(known.first_name) == len(catalogue())
    assert np.all(np.diff(known.first_name) > 0)


def test_words_of_one_meaning_are_near_across_languages():
    names = vocabulary().concepts
    like = word_vectors().of([label_words("Personnel expenses"), label_words("Bénéfice net"), ("xyzzy",)]).likeness
    assert names[int(like[0].argmax())] == "employee_costs"
    assert like[1, names.index("net_income")] > like[1, names.index("inventories")]
    assert not like[2].any()


def test_a_table_of_which_no_row_is_like_any_line_item_does_no_harm():
    statement = [["in millions", "2023", "2022"], ["Revenue", "100", "90"], ["Net income", "10", "9"]]
    codes = [["", "2023", "2022"], ["xqzzk", "5", "6"], ["###", "7", "8"]]
    facts = interpret(Document.from_parts(tables=[statement, codes])).facts()
    assert [fact.concept for fact in facts] == ["revenue"] * 2 + ["net_income"] * 2 + [None] * 4


def test_a_row_of_a_long_report_is_named_as_in_a_short_one(monkeypatch):
    labels = ("Inventories", "Accounts payable", "Other", "Goodwill", "Total assets")
    rows = [
        replace(row(label, instant=True, statement="balance sheet"), table=table) for table in range(6) for label in labels[table % 3 :]
    ]

    at_once = named(*rows)
    monkeypatch.setattr("finlens.finance.mapping._ROWS_AT_ONCE", 4)

    assert named(*rows) == at_once
    assert "goodwill" in at_once
