"""A document that was written is the document that is read."""

import datetime
import json
from dataclasses import replace
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finlens.documents import (
    Account,
    Amount,
    At,
    Block,
    Box,
    Cell,
    Check,
    Document,
    Doubt,
    Fact,
    Figure,
    Invoice,
    InvoiceLine,
    Line,
    Note,
    Origin,
    Page,
    Party,
    Period,
    Source,
    Statement,
    StatementLine,
    Statements,
    Table,
    TaxLine,
    Term,
    Transaction,
    Word,
)
from finlens.documents.codec import FORMAT, schema
from finlens.errors import FileDamaged

SHA = "ab" * 32


def a_document() -> Document:
    text, ocr = Origin(SHA, 1, "pymupdf"), Origin(SHA, 1, "rapidocr")
    box = Box(10.25, 20.5, 60.75, 32.0)
    words = (Word("Revenue", *box, text, size=9.5, bold=True), Word("1 234,5", 70.0, 20.5, 99.0, 32.0, ocr, confidence=0.987))
    amount = Amount("1 234,5", Decimal("1234.5"), Decimal(1000), "EUR", 1, marks=("(2)",))
    period = Period("2024", 2024, datetime.date(2024, 12, 31), datetime.date(2024, 1, 1), months=12, basis="restated")
    source = Source(SHA, 1, box, "pymupdf")
    cell = Cell(0, 1, "1 234,5", source, row_span=2, header=False, indent=1, amount=amount, doubt="the sum says 1 234,6")
    table = Table(
        (Cell(0, 0, "Revenue", source, header=True), cell), ((1, box), (2, None)), "aligned", "In thousands", "note", words[:1], 0.9
    )
    fact = Fact(
        "Revenue", ("Income", "Revenue"), ("2024",), amount, period, source, 0, 0, 1, "Group", "In thousands", "revenue", 0.9, "x:R"
    )
    day = Fact("Date", ("Date",), (), Amount("31/12/2024", None), period, source, concept="invoice_date")
    statement = Statement("income", "Income", (0,), (StatementLine("Revenue", ("Revenue",), (fact,), "revenue", 0.9),), 0.8, "2052")
    term = Term(Decimal(1234500), source, "Revenue", At(0, 0, 1), Decimal(-1))
    check = Check("sum", term, (term, term), Decimal("0.5"), says="a = b + c")
    doubt = Doubt(source, "1 234,5", "does not foot", At(0, 0, 1), Decimal("1234.6"), "digit")
    invoice = Invoice("credit note", "xml", "EN 16931", day, currency=day, seller=Party(vat_id=day), ibans=(day, day))
    invoice = replace(invoice, lines=(InvoiceLine(net=fact),), taxes=(TaxLine(rate=fact),), gross=fact)
    account = Account(opening=fact, transactions=(Transaction(day, "Rent", fact),))
    line = Line("Revenue 1 234,5", box, 0, 2, 9.5, True)
    page = Page(1, 595.28, 841.89, words, (Block("heading", (line,), 1, box),), (Figure(1, box, "chart", "Sales"),), 90, "mixed", ("odd",))
    return Document(
        SHA,
        "r.pdf",
        (page,),
        (table,),
        {"title": "R"},
        ("w",),
        "fr",
        page_count=3,
        interpreted=True,
        found_facts=(fact, day),
        statements=Statements((statement,), (Note("5", "Debt", 1, (0,)),)),
        checks=(check,),
        doubts=(doubt,),
        invoices=(invoice,),
        accounts=(account,),
    )


def test_a_document_survives_json_whole():
    document = a_document()
    assert Document.from_json(document.to_json()) == document
    assert Document.from_json(document.to_json(indent=2)) == document


def test_decimals_are_strings_in_json_so_that_no_reader_rounds_them():
    record = json.loads(a_document().to_json())
    assert record["tables"][0]["cells"][1]["amount"]["value"] == "1234.5"


def test_the_json_validates_against_the_published_schema():
    jsonschema.validate(json.loads(a_document().to_json()), schema())


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"format": "finlens.document", "version": 99}', f'{{"format": "{FORMAT}", "version": 1}}', "\x00", '"x"'],
)
def test_json_that_is_no_finlens_document_is_refused_with_a_reason(text: str):
    with pytest.raises(FileDamaged) as caught:
        Document.from_json(text)
    assert caught.value.why
    assert caught.value.hint


@given(st.lists(st.text(max_size=40), max_size=5), st.lists(st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=4), max_size=2))
def test_parts_of_any_text_survive_json(paragraphs: list[str], tables: list[list[list[str]]]):
    document = Document.from_parts(paragraphs=paragraphs, tables=tables)
    assert Document.from_json(document.to_json()) == document
