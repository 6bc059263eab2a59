"""`finlens compare`: reports laid side by side, on the screen and in files."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import openpyxl
import pymupdf
import pytest

from finlens.cli import main
from finlens.export.comparison import schema
from hand_made_reports import report

OLD = [("Net sales", "revenue", ["1,000", "900"]), ("Cost of sales", "cost_of_revenue", ["(600)", "(500)"])]
NEW = [("Revenue", "revenue", ["1,100", "980"]), ("Cost of sales", "cost_of_revenue", ["(650)", "(600)"])]


@pytest.fixture
def reports(tmp_path: Path) -> list[str]:
    """Two reports, read before and kept as JSON; sales of 2023 are restated."""
    paths = [tmp_path / "2023.json", tmp_path / "2024.json"]
    for path, years, lines in zip(paths, ((2023, 2022), (2024, 2023)), (OLD, NEW), strict=True):
        path.write_text(report(path.name, years, lines).to_json())
    return [str(path) for path in paths]


def test_lines_stand_side_by_side_and_a_restated_figure_is_told_in_a_sentence(reports: list[str], capfd: pytest.CaptureFixture[str]):
    assert main(["compare", *reports]) == 0
    out = capfd.readouterr().out
    assert "980*" in out
    assert "Restated: 1 figure\n" in out
    assert "Revenue, 2023: 1,000 (2023.json p. 5), then 980 (2024.json p. 5): -20 USD millions (-2.0%)" in out


def test_json_is_as_its_schema_says(reports: list[str], capfd: pytest.CaptureFixture[str]):
    assert main(["compare", *reports, "--json"]) == 0
    record = json.loads(capfd.readouterr().out)
    jsonschema.validate(record, schema())
    (found,) = record["restatements"]
    assert found["difference"] == "-20000000"
    assert found["before"]["page"] == 5 and len(found["before"]["box"]) == 4
    assert main(["schema", "comparison"]) == 0
    assert json.loads(capfd.readouterr().out) == schema()


def test_a_workbook_marks_the_restated_figure_and_lists_it(reports: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert main(["compare", *reports, "-o", str(tmp_path / "out.xlsx")]) == 0
    assert "1 restatements" in capfd.readouterr().err
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Income statement", "Restatements"]
    sheet = book.worksheets[0]
    assert [sheet.cell(4, column).value for column in range(1, 5)] == ["Revenue", 1100, 980, 900]
    assert sheet["C4"].fill.fgColor.rgb == "FFFFD966"
    assert "2023.json, page 5, box 100 20 150 30: 1,000 (USD millions)" in sheet["C4"].comment.text
    assert [cell.value for cell in book["Restatements"][2]][:7] == ["Income statement", "Revenue", "2023", 1000, "2023.json", 5, 980]
    assert book["Restatements"]["B2"].hyperlink.location == "'Income statement'!C4"


def test_csv_is_a_line_a_figure_and_says_what_changed(reports: list[str], capfd: pytest.CaptureFixture[str]):
    assert main(["compare", *reports, "--format", "csv"]) == 0
    lines = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert len(lines) == 8
    (changed,) = [line for line in lines if line["change"]]
    assert (changed["raw"], changed["document"], changed["change"]) == ("980", "2024.json", "restated")


def test_one_file_is_a_mistake_of_the_command_line(reports: list[str], capfd: pytest.CaptureFixture[str]):
    assert main(["compare", reports[0]]) == 2
    assert main(["compare", *reports, "-o", "out.docx"]) == 2
    assert "does not say in which format" in capfd.readouterr().err


def test_a_file_that_cannot_be_read_does_not_stop_the_others(reports: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    missing = str(tmp_path / "missing.pdf")
    assert main(["compare", *reports, missing]) == 3
    out, err = capfd.readouterr()
    assert "980*" in out and "missing.pdf" in err and "Traceback" not in err
    assert main(["compare", reports[0], missing]) == 1


def printed_report(path: Path, years: tuple[int, int], rows: list[tuple[str, str, str]]) -> None:
    """A PDF with an income statement of two years."""
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_text((72, 72), "Acme Inc. Consolidated Statements of Income", fontsize=12)
    page.insert_text((72, 88), f"For the years ended December 31, {years[0]} and {years[1]} (in millions)", fontsize=9)
    for number, row in enumerate([("", str(years[0]), str(years[1])), *rows]):
        for text, right in zip(row, (None, 400, 480), strict=True):
            x = 72 if right is None else right - pymupdf.get_text_length(text, fontsize=10)
            page.insert_text((x, 120 + 16 * number), text, fontsize=10)
    pdf.save(path)


def test_two_printed_reports_are_compared_from_their_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    before = [("Net sales", "1,000", "900"), ("Cost of sales", "(600)", "(500)"), ("Gross profit", "400", "400")]
    before += [("Income tax expense", "(80)", "(90)"), ("Net income", "320", "310")]
    after = [("Net sales", "1,100", "980"), ("Cost of sales", "(650)", "(600)"), ("Gross profit", "450", "380")]
    after += [("Income tax expense", "(90)", "(80)"), ("Net income", "360", "300")]
    paths = [tmp_path / "2023.pdf", tmp_path / "2024.pdf"]
    printed_report(paths[0], (2023, 2022), before)
    printed_report(paths[1], (2024, 2023), after)
    assert main(["compare", *map(str, paths), "--json"]) == 0
    record = json.loads(capfd.readouterr().out)
    restated = {(one["label"], one["period"]["year"], one["difference"]) for one in record["restatements"]}
    assert restated == {("Net sales", 2023, "-20000000"), ("Gross profit", 2023, "-20000000"), ("Net income", 2023, "-20000000")}
    for one in record["restatements"]:
        assert (one["before"]["page"], one["after"]["page"]) == (1, 1)
