"""Statements as sheets: totals that foot are formulas, and no printed figure changes."""

import io
import re
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finlens.documents import Amount, At, Check, Document, Term
from finlens.export.formulas import live_formulas
from finlens.export.sheets import plan_sheets, spots_of
from finlens.export.xlsx import document_to_xlsx
from hand_made_balance_sheet import MILLIONS, a_check, balance_sheet


def workbook(document: Document, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(document_to_xlsx(document)), data_only=values)


def formulas(document: Document) -> dict[At, str]:
    return live_formulas(document, spots_of(plan_sheets(document)))


def evaluate(formula: str, sheet: openpyxl.worksheet.worksheet.Worksheet) -> float:
    """What a formula of cells, sums and signs comes to."""

    def number(reference: str) -> float:
        value = sheet[reference].value
        return evaluate(value[1:], sheet) if isinstance(value, str) and value.startswith("=") else float(value or 0)

    def total(found: re.Match[str]) -> str:
        cells = [cell for part in found[1].split(",") for row in (sheet[part] if ":" in part else ((sheet[part],),)) for cell in row]
        return repr(sum(number(cell.coordinate) for cell in cells if cell.value is not None))

    text = re.sub(r"SUM\(([^)]*)\)", total, formula)
    return float(eval(re.sub(r"[A-Z]+[0-9]+", lambda found: repr(number(found[0])), text)))


def test_statements_come_first_under_their_own_names_then_the_lists_then_other_tables():
    assert workbook(balance_sheet()).sheetnames == ["Balance sheet", "Tables", "Checks", "p3 Highlights"]
    french = replace(balance_sheet(), language="fr")
    assert workbook(french).sheetnames[0] == "Bilan"


def test_a_total_that_foots_is_a_formula_and_shows_the_printed_figure_where_nothing_computes():
    sheet, shown = workbook(balance_sheet())["Balance sheet"], workbook(balance_sheet(), values=True)["Balance sheet"]
    assert sheet["B7"].value == "=SUM(B5:B6)"
    assert sheet["B9"].value == "=SUM(B7:B8)"
    assert (shown["B7"].value, shown["B9"].value) == (30, 25)


def test_a_total_that_only_rounding_explains_stays_the_printed_number():
    sheet = workbook(balance_sheet())["Balance sheet"]
    assert sheet["D7"].value == 4
    assert sheet["D9"].value == "=SUM(D7:D8)"


def test_a_total_that_fails_keeps_its_number_in_colour_with_the_reason():
    sheet = workbook(balance_sheet())["Balance sheet"]
    assert sheet["C9"].value == 44
    assert sheet["C9"].fill.fgColor.rgb == "FFFFD966"
    assert "in doubt: one equation fails by 3,000,000; 41 would mend it" in sheet["C9"].comment.text
    assert "does not foot: Total assets = Total current assets + Less: allowance; printed 44,000,000" in sheet["C9"].comment.text
    assert sheet["B9"].fill.fill_type is None


def test_the_list_of_checks_begins_with_what_fails_and_leads_to_the_cells():
    sheet = workbook(balance_sheet())["Checks"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == ["does not foot", *["foots"] * 5]
    assert rows[0][3:7] == [44_000_000, 41_000_000, 3_000_000, 1_000_000]
    assert sheet["J2"].hyperlink.location == "'Balance sheet'!C9"
    assert sheet["J2"].value == "Total assets (C9)"
    assert sheet["K2"].hyperlink.location == "'Balance sheet'!C7"


def test_what_recalculates_comes_to_what_is_printed():
    live, shown = workbook(balance_sheet())["Balance sheet"], workbook(balance_sheet(), values=True)["Balance sheet"]
    found = [cell for row in live.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(found) == 4
    for cell in found:
        assert evaluate(str(cell.value)[1:], live) == pytest.approx(shown[cell.coordinate].value)


def test_equations_that_name_each_other_make_no_circle():
    document = balance_sheet()
    around = a_check(1, 1, {3: 1, 2: -1})  # cash = current assets - receivables
    live = formulas(replace(document, checks=(*document.checks, around)))
    assert At(1, 3, 1) in live and At(1, 1, 1) not in live


def test_a_total_below_its_parts_and_a_difference_are_written_as_a_person_would():
    document = balance_sheet()
    whole = a_check(1, 5, {1: 1, 2: 1, 4: 1})
    live = formulas(replace(document, checks=(whole,)))
    assert live == {At(1, 5, 1): "SUM(B5:B6,B8)"}  # the sub-total between is not in the sum


def test_a_figure_in_doubt_is_no_formula_and_parts_in_another_scale_make_none():
    document = balance_sheet()
    table = document.tables[1]
    thousands = tuple(
        replace(cell, amount=Amount("10,000", Decimal(10_000), Decimal(1000), "USD")) if (cell.row, cell.column) == (1, 1) else cell
        for cell in table.cells
    )
    assert At(1, 3, 1) not in formulas(replace(document, tables=(document.tables[0], replace(table, cells=thousands))))
    assert At(1, 3, 1) not in formulas(replace(document, doubts=(replace(document.doubts[0], at=At(1, 3, 1)),)))


@given(st.lists(st.integers(-999, 999), min_size=2, max_size=8), st.integers(0, 3), st.integers(0, 2))
def test_whatever_is_added_up_no_printed_figure_changes(parts: list[int], off: int, decimals: int):
    """Parts of any sign, a total that is right or a little off: what the workbook computes is what is printed, or nothing is computed."""
    document = balance_sheet()
    source = document.tables[1].cells[-1].source
    template = document.tables[1].cells[-1]
    values = [Decimal(part).scaleb(-decimals) for part in parts]
    values.append(sum(values) + Decimal(off).scaleb(-decimals))
    cells = tuple(
        replace(template, row=row, column=1, text=str(value), amount=Amount(str(value), value, MILLIONS, "USD", decimals))
        for row, value in enumerate(values)
    )
    table = replace(document.tables[1], cells=cells)
    terms = [Term(value * MILLIONS, source, "x", At(1, row, 1)) for row, value in enumerate(values)]
    check = Check("sum", terms[-1], tuple(terms[:-1]), MILLIONS * 3)
    changed = replace(document, tables=(document.tables[0], table), checks=(check,), doubts=())
    live = workbook(changed)["Balance sheet"]
    total = live.cell(len(values) + 3, 2)
    if off:
        assert total.data_type == "n"
    else:
        assert evaluate(str(total.value)[1:], live) == pytest.approx(float(values[-1]))
