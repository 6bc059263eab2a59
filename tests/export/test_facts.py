"""The figures as one table: nothing rounded, nothing lost, each with its place."""

import csv
import datetime
import io
from dataclasses import replace
from decimal import Decimal

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finlens.documents import Amount, Document
from finlens.export.facts import COLUMNS, facts_to_csv, facts_to_parquet
from hand_made_balance_sheet import balance_sheet


def from_parquet(document: Document) -> list[dict[str, object]]:
    return pyarrow.parquet.read_table(io.BytesIO(facts_to_parquet(document))).to_pylist()


def test_a_line_a_figure_with_its_labels_amount_period_and_place():
    rows = list(csv.DictReader(io.StringIO(facts_to_csv(balance_sheet()).decode())))
    assert len(rows) == 15
    total = rows[-3]
    said = {name: total[name] for name in ("statement", "label", "value", "scale", "absolute", "unit", "period_end", "concept", "page")}
    assert said == {
        "statement": "balance sheet",
        "label": "Total assets",
        "value": "25",
        "scale": "1000000",
        "absolute": "25000000",
        "unit": "USD",
        "period_end": "2024-12-31",
        "concept": "",
        "page": "7",
    }
    assert (total["x0"], total["top"], total["table"], total["row"]) == ("100.0", "100.0", "2", "5")


def test_parquet_is_typed():
    (row, *_) = from_parquet(balance_sheet())
    assert row["absolute"] == Decimal(10_000_000)
    assert row["period_end"] == datetime.date(2024, 12, 31)
    assert row["label_path"] == ["Cash"]
    assert row["instant"] is True


def test_both_have_the_same_columns_also_where_there_is_no_figure():
    empty = replace(balance_sheet(), found_facts=())
    names = [column.name for column in COLUMNS]
    assert facts_to_csv(empty).decode().strip().split(",") == names
    assert pyarrow.parquet.read_table(io.BytesIO(facts_to_parquet(empty))).column_names == names


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None))
def test_every_digit_survives(value: Decimal):
    document = balance_sheet()
    fact = replace(document.found_facts[0], amount=Amount(str(value), value))
    (row,) = from_parquet(replace(document, found_facts=(fact,)))
    assert Decimal(str(row["value"])) == value
    (line,) = csv.DictReader(io.StringIO(facts_to_csv(replace(document, found_facts=(fact,))).decode()))
    assert Decimal(line["value"]) == value


def test_a_label_that_a_spreadsheet_would_run_is_quoted():
    document = balance_sheet()
    fact = replace(document.found_facts[0], label="=1+1")
    (line,) = csv.DictReader(io.StringIO(facts_to_csv(replace(document, found_facts=(fact,))).decode()))
    assert line["label"] == "'=1+1"


@pytest.mark.parametrize("name", ["report", "r\u00e9sum\u00e9"])
def test_the_document_is_named_in_every_row(name: str):
    assert {row["document"] for row in from_parquet(replace(balance_sheet(), name=name))} == {name}
