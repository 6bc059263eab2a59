"""`finlens extract --statements`, on the pages of the example reports that print them."""

import json
from pathlib import Path

import pytest

from finlens.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
ENGLISH, FRENCH = str(EXAMPLES / "annual-report-en.pdf"), str(EXAMPLES / "rapport-annuel-fr.pdf")


def test_statements_are_shown_with_their_unit_scale_and_page(capfd: pytest.CaptureFixture[str]):
    assert main(["extract", ENGLISH, "--pages", "7-10", "--statements"]) == 0
    out = capfd.readouterr().out
    assert "Consolidated statements of income  income · USD in millions · page 7" in out
    assert "Consolidated balance sheets  balance sheet · USD in millions · page 8" in out
    total = next(line for line in out.splitlines() if "Total revenue" in line)
    assert total.startswith("  Total revenue")
    assert total.split()[-3:] == ["1,284.6", "1,185.1", "1,111.1"]


def test_statements_in_json_have_a_figure_a_column_with_its_place_and_line_item(capfd: pytest.CaptureFixture[str]):
    assert main(["extract", ENGLISH, FRENCH, "--pages", "6-10", "--statements", "--json"]) == 0
    english, french = json.loads(capfd.readouterr().out)["files"]
    assert [one["kind"] for one in english["statements"]] == ["income", "comprehensive income", "balance sheet", "cash flow", "equity"]
    income = english["statements"][0]
    assert income["columns"] == ["2024", "2023", "2022"]
    line = next(line for line in income["lines"] if line["concept"] == "net_income")
    assert [figure["value"] for figure in line["figures"]] == ["130.4", "110.9", "85.8"]
    assert line["figures"][0]["page"] == 7
    assert len(line["figures"][0]["box"]) == 4
    assert {one["kind"] for one in french["statements"]} == {"income", "balance sheet", "cash flow", "equity"}
    balance = next(one for one in french["statements"] if one["kind"] == "balance sheet")
    assert balance["pages"] == [6, 7]
    assert len(balance["columns"]) == 4, "gross, depreciation and net of the year, and the net figures of the year before"
    equity = next(line for line in balance["lines"] if line["label"].startswith("Total capitaux propres"))
    assert [figure and figure["value"] for figure in equity["figures"]] == [None, None, "84927", "77646"]


def test_without_the_flag_no_statements_are_in_the_record(capfd: pytest.CaptureFixture[str]):
    assert main(["extract", ENGLISH, "--pages", "7", "--json"]) == 0
    assert "statements" not in json.loads(capfd.readouterr().out)["files"][0]


def test_a_document_without_statements_says_so(capfd: pytest.CaptureFixture[str]):
    assert main(["extract", str(EXAMPLES / "invoice-en.pdf"), "--statements"]) == 0
    assert "no primary statements found" in capfd.readouterr().out
