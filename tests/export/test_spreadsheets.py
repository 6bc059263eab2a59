"""CSV and XLSX: figures become numbers, and no text of a document becomes a formula."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from finlens.documents import Amount, Document, Table
from finlens.export.csv import as_text, document_to_csv, document_to_csv_files, slug, table_to_csv
from finlens.export.sheets import plan_sheets
from finlens.export.xlsx import document_to_xlsx


def workbook(document: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(document_to_xlsx(document)))


def test_a_csv_is_the_grid_with_plain_numbers(document: Document):
    rows = list(csv.reader(io.StringIO(table_to_csv(document.tables[0]).decode())))
    assert rows == [
        ["", "2024", "2023"],
        ["Revenue", "1496.5", "1202.9"],
        ["'=cmd|' /C calc'!A0", "-12.0", "0"],
        ["Margin", "24.4%", "n.m."],
    ]


def test_several_tables_share_a_csv_stream_each_under_its_title(document: Document):
    two = replace(document, tables=document.tables * 2)
    lines = document_to_csv(two).decode().splitlines()
    assert lines[0].startswith('"# Table 1, page 1: Results') or lines[0].startswith("# Table 1, page 1: Results")
    assert lines[5] == ""
    assert "# Table 2, page 1" in lines[6]


def test_csv_files_are_named_by_page_and_title_each_once(document: Document):
    files = document_to_csv_files(replace(document, tables=document.tables * 2), "report")
    assert list(files) == [
        "report-p001-results-script-alert-1-script-2024-in-millions.csv",
        "report-p001-results-script-alert-1-script-2024-in-millions-2.csv",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str):
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Revenue", "1-2 years", "a=b", "–", ""])
def test_other_text_stays_as_printed(text: str):
    assert as_text(text) == text


def test_a_slug_is_plain_ascii():
    assert slug("Compte de résultat – « en M€ » / 2024") == "compte-de-resultat-en-m-2024"


def test_a_workbook_holds_numbers_as_numbers_in_the_format_of_the_statement(document: Document):
    sheet = workbook(document).worksheets[1]
    assert (sheet["B5"].value, sheet["B5"].number_format) == (1496.5, "#,##0.0;(#,##0.0)")
    assert sheet["B6"].value == -12
    assert (sheet["C6"].value, sheet["C6"].number_format) == (0, '#,##0;(#,##0);"–"')
    assert (sheet["B7"].value, sheet["B7"].number_format) == (0.244, "0.0%;(0.0%)")
    assert sheet["C7"].value == "n.m."
    assert sheet["B4"].value == "2024"


def test_a_sheet_says_its_title_unit_and_page_at_the_top_and_which_rows_are_in_another_unit(document: Document):
    sheet = workbook(document).worksheets[1]
    assert sheet["A1"].value == document.tables[0].caption
    assert sheet["A2"].value == "USD millions · page 1"
    assert [sheet.cell(row, 5).value for row in range(4, 8)] == ["Unit", None, None, "percent"]


def test_each_figure_has_a_comment_that_says_where_it_was_read(document: Document):
    sheet = workbook(document).worksheets[1]
    assert sheet["B5"].comment.text == "page 1, box 300 220 400 240\nprinted: 1,496.5 (USD millions)"
    assert sheet["A5"].comment is None


def test_a_number_of_more_digits_than_a_workbook_can_hold_stays_whole_as_text(document: Document):
    long = "1234567890123456789"
    cell = replace(document.tables[0].cells[3], row=1, column=1, text=long, amount=Amount(long, Decimal(long)), header=False)
    sheet = workbook(replace(document, tables=(replace(document.tables[0], cells=(cell,)),))).worksheets[1]
    assert [c.value for row in sheet.iter_rows(min_row=4) for c in row if c.value == long]


def test_heads_are_bold_and_frozen_and_each_row_names_its_page(document: Document):
    sheet = workbook(document).worksheets[1]
    assert sheet["B4"].font.bold
    assert sheet.freeze_panes == "B5"
    assert [sheet.cell(row, 4).value for row in range(4, 8)] == ["Page", 1, 1, 1]


def test_no_text_of_a_document_becomes_a_formula(document: Document):
    sheet = workbook(document).worksheets[1]
    assert sheet["A6"].value == "=cmd|' /C calc'!A0"
    for page in workbook(document).worksheets:
        assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_index_lists_each_table_with_its_page_title_unit_and_a_link(document: Document):
    book = workbook(document)
    index = book.worksheets[0]
    row = [cell.value for cell in index[2]]
    assert row[:7] == [book.sheetnames[1], 1, document.tables[0].caption, "USD millions", "nothing to check", 4, 3]
    assert index["A2"].hyperlink.location == f"'{book.sheetnames[1]}'!A1"
    assert row[7] == "@note"


def test_sheet_names_are_short_legal_and_unique_whatever_the_titles(document: Document):
    table = document.tables[0]
    odd = ["a" * 50, "A" * 50, "[]:*?/\\", "", "'quoted'", "Tables", "\x00\x1f", "Bilan – Actif: 31/12"]
    tables = tuple(replace(table, caption=caption) for caption in odd)
    names = [sheet.name for sheet in plan_sheets(replace(document, tables=tables))]
    assert len({name.lower() for name in names}) == len(odd)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'") and not name.endswith("'")


def test_control_characters_and_very_long_texts_do_not_break_a_workbook(document: Document):
    cell = replace(document.tables[0].cells[2], text="a\x00\x08b" + "x" * 40_000, amount=None)
    table = Table((cell,), document.tables[0].places, "by hand")
    sheet = workbook(replace(document, tables=(table,))).worksheets[1]
    value = sheet.cell(cell.row + 4, cell.column + 1).value
    assert value.startswith("abx")
    assert len(value) <= 32_767


def test_a_document_without_tables_is_a_workbook_with_an_index(document: Document):
    assert workbook(replace(document, tables=())).sheetnames == ["Tables"]
    assert document_to_csv(replace(document, tables=())) == b""
