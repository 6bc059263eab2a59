"""The sheet of a workbook that lists every equation: whether it holds, by how much it fails, and where its figures stand."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from finlens.documents import At, Check, Document, Doubt, Term
from finlens.documents.names import check_in_words, doubt_in_words, equation, plain_number
from finlens.export.sheets import CHECKS, Spot, spot
from finlens.export.workbook import BOLD, DOUBTED, WRONG, Workbook

_HEADS = ("Verdict", "Kind", "Equation", "Printed", "Computed", "Difference", "Rounding allows", "Remark", "Page", "Total", "Parts …")
_WIDTHS = (12, 14, 70, 18, 18, 14, 14, 60, 7, 26, 26)
_PARTS = 60  # links to the parts of one equation


def failing_by_cell(document: Document) -> dict[At, str]:
    """For the total of each failing equation: what does not come out, in words."""
    failing: dict[At, list[str]] = {}
    for check in document.checks:
        if not check.holds and check.total.at is not None:
            failing.setdefault(check.total.at, []).append(check_in_words(check))
    return {at: "\n".join(lines) for at, lines in failing.items()}


def doubts_by_cell(document: Document) -> dict[At, str]:
    """For each figure in doubt: why, and what it may be instead."""
    return {doubt.at: doubt_in_words(doubt) for doubt in document.doubts if doubt.at is not None}


def fill_checks(book: Workbook, document: Document, corners: dict[int, Spot], formulas: dict[At, str]) -> None:
    """Every equation, those that fail first, with links to the cells; then doubts that no equation names."""
    page = book.add_sheet(CHECKS)
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        book.text(page, 0, column, head, **BOLD)
        page.set_column(column, column, width)
    doubts = {doubt.at: doubt for doubt in document.doubts if doubt.at is not None}
    named: set[At | None] = set()
    checks = sorted(document.checks, key=lambda check: check.holds)
    row = 0
    for row, check in enumerate(checks, 1):
        mentioned = [doubts[term.at] for term in check.figures if term.at in doubts] if not check.holds else []
        named.update(doubt.at for doubt in mentioned)
        _fill_check(book, page, row, check, mentioned, corners, formulas)
    for doubt in document.doubts:
        if doubt.at is None or doubt.at not in named:
            row += 1
            book.text(page, row, 0, "in doubt", **DOUBTED)
            book.text(page, row, 7, doubt_in_words(doubt))
            page.write_number(row, 8, doubt.source.page)
            if doubt.at is not None:
                _link(book, page, row, 9, doubt.at, doubt.printed, corners)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(row, 1), 8)


def _fill_check(
    book: Workbook, page: Any, row: int, check: Check, doubts: Iterable[Doubt], corners: dict[int, Spot], formulas: dict[At, str]
) -> None:
    book.text(page, row, 0, "foots" if check.holds else "does not foot", **({} if check.holds else WRONG))
    book.text(page, row, 1, check.kind)
    book.text(page, row, 2, equation(check))
    for column, value in enumerate((check.total.factor * check.total.value, check.computed, check.difference, check.tolerance), 3):
        _number(book, page, row, column, value)
    remarks = [f"{doubt.printed}: {doubt_in_words(doubt)}" for doubt in doubts]
    if not remarks and check.total.at in formulas:
        remarks = ["the total is a live formula"]
    elif not remarks and check.holds and check.difference:
        remarks = ["the difference is rounding: the printed total stays"]
    book.text(page, row, 7, "; ".join(remarks))
    page.write_number(row, 8, check.total.source.page)
    for column, term in enumerate(check.figures[: _PARTS + 1], 9):
        _link_term(book, page, row, column, term, corners)


def _link_term(book: Workbook, page: Any, row: int, column: int, term: Term, corners: dict[int, Spot]) -> None:
    label = term.label or plain_number(term.value)
    if term.at is None:
        book.text(page, row, column, f"{label} (page {term.source.page})")
        return
    sign = "" if term.factor == 1 else "– " if term.factor == -1 else f"{term.factor:f} × "
    _link(book, page, row, column, term.at, f"{sign}{label}", corners)


def _link(book: Workbook, page: Any, row: int, column: int, at: At, text: str, corners: dict[int, Spot]) -> None:
    place = spot(corners, at)
    if place is None:
        book.text(page, row, column, text)
    else:
        book.link(page, row, column, place.link, f"{text[:60]} ({place.reference})")


def _number(book: Workbook, page: Any, row: int, column: int, value: Decimal) -> None:
    places = max(0, -int(value.normalize().as_tuple().exponent))
    digits = "#,##0" + ("." + "0" * places if places else "")
    book.number(page, row, column, value, num_format=f"{digits};({digits});0")
