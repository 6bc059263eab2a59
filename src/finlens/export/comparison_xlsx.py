"""A comparison as a workbook: a sheet a statement, periods across, restated figures in colour, and the list of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from finlens.documents.names import statement_name, unit_in_words
from finlens.export.sheets import Spot
from finlens.export.workbook import BOLD, DOUBTED, GREY, Workbook, new_workbook, number_format, place_in_words
from finlens.finance.compare_view import in_scale, place, shown_in, unit_words
from finlens.finance.comparison import ComparedLine, ComparedStatement, Comparison, Printed

_LIST = "Restatements"
_LIST_HEADS = ("Statement", "Line", "Period", "Before", "In", "Page", "After", "In", "Page", "Difference", "Share", "What")
_LIST_WIDTHS = (22, 50, 22, 16, 26, 7, 16, 26, 7, 16, 9, 10)
_TOP = 3  # rows above the lines: title, unit, heads


def comparison_to_xlsx(comparison: Comparison) -> bytes:
    """Statements, then ``Restatements``; every figure says in a comment which documents print it, and on which page."""
    with new_workbook(" / ".join(document.name for document in comparison.documents)) as (book, stream):
        spots: dict[int, Spot] = {}  # of each figure, by its identity
        for statement in comparison.statements:
            _fill_statement(book, comparison, statement, spots)
        _fill_list(book, comparison, spots)
    return stream.getvalue()


def _fill_statement(book: Workbook, comparison: Comparison, statement: ComparedStatement, spots: dict[int, Spot]) -> None:
    name = statement_name(statement.kind)
    page = book.add_sheet(name)
    book.text(page, 0, 0, name, **BOLD)
    book.text(page, 1, 0, unit_in_words(*statement.unit), **GREY)
    for column, span in enumerate(statement.spans, 1):
        book.text(page, 2, column, span.label, bold=True, align="right", text_wrap=True)
    book.text(page, 2, len(statement.spans) + 1, "Unit", **GREY)
    for row, line in enumerate(statement.lines, _TOP):
        book.text(page, row, 0, line.label, text_wrap=True, valign="top")
        for column, printed in enumerate(line.figures, 1):
            if printed:
                spots |= {id(one): Spot(name, row, column) for one in printed}
                _fill_figure(book, page, comparison, line, printed, row, column)
        book.text(page, row, len(statement.spans) + 1, unit_words(statement, line), **GREY)
    page.set_column(0, 0, 60)
    page.set_column(1, len(statement.spans) + 1, 16)
    page.freeze_panes(_TOP, 1)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _fill_figure(
    book: Workbook, page: Any, comparison: Comparison, line: ComparedLine, printed: tuple[Printed, ...], row: int, column: int
) -> None:
    last = printed[-1]
    scale, own_unit = shown_in(line, last)
    restated = comparison.is_restated(printed)
    value = in_scale(last, scale) / (Decimal(100) if last.fact.amount.unit == "percent" else 1)
    form = number_format(last.fact.amount)
    looks = {"num_format": ";".join(f'{part} "{own_unit}"' for part in form.split(";")) if own_unit else form} | (
        DOUBTED if restated else {}
    )
    book.number(page, row, column, value, **looks)
    names = [document.name for document in comparison.documents]
    said = [
        f"{names[one.document]}, {place_in_words(one.fact.source)}: {one.fact.amount.raw}"
        f" ({unit_in_words(one.fact.amount.unit, one.fact.amount.scale)})"
        for one in printed
    ]
    book.comment(page, row, column, "\n".join([*(["not the same in all documents:"] if restated else []), *said]))


def _fill_list(book: Workbook, comparison: Comparison, spots: dict[int, Spot]) -> None:
    page = book.add_sheet(_LIST)
    for column, (head, width) in enumerate(zip(_LIST_HEADS, _LIST_WIDTHS, strict=True)):
        book.text(page, 0, column, head, **BOLD)
        page.set_column(column, column, width)
    for row, one in enumerate(comparison.restatements, 1):
        book.text(page, row, 0, statement_name(one.kind))
        spot = spots.get(id(one.after))
        if spot is None:
            book.text(page, row, 1, one.label)
        else:
            book.link(page, row, 1, spot.link, one.label)
        book.text(page, row, 2, one.span.label)
        scale = one.after.fact.amount.scale
        for column, printed in ((3, one.before), (6, one.after)):
            book.number(page, row, column, in_scale(printed, scale), num_format=number_format(one.after.fact.amount))
            book.text(page, row, column + 1, place(comparison, printed).rpartition(" p. ")[0])
            page.write_number(row, column + 2, printed.fact.source.page)
        book.number(page, row, 9, one.difference / scale, num_format=number_format(one.after.fact.amount))
        if one.before.absolute:
            page.write_number(row, 10, float(one.difference / abs(one.before.absolute)), book.style(num_format="0.0%"))
        book.text(page, row, 11, one.change)
    notes = len(comparison.restatements) + 2
    for row, note in enumerate(comparison.notes, notes):
        book.text(page, row, 0, note, **GREY)
    page.freeze_panes(1, 0)
