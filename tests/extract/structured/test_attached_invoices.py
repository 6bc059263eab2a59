"""An invoice that carries its XML is read from it, each value standing where it is printed."""

import datetime
from decimal import Decimal

import pymupdf
import pytest
from einvoices import PRINT, cii

from finlens.documents import Document
from finlens.extract.read import read


def test_the_values_are_those_of_the_xml_and_stand_where_they_are_printed(make_invoice):
    document = read(make_invoice(cii()))
    invoice = document.invoice
    assert invoice.origin == "xml"
    assert invoice.number.amount.raw == "RE-2024/17"
    assert invoice.issued.period.end == datetime.date(2024, 3, 5)
    assert [fact.amount.value for fact in (invoice.net, invoice.tax, invoice.gross, invoice.due)] == [
        Decimal(text) for text in ("249.50", "47.41", "296.91", "296.91")
    ]
    assert invoice.gross.amount.currency == "EUR"
    assert invoice.gross.element.endswith("/ram:GrandTotalAmount")
    assert invoice.gross.source.reader == "xml"
    box = invoice.gross.source.box
    with pymupdf.open(document.path) as pdf:
        assert "296,91" in pdf[0].get_textbox(pymupdf.Rect(box).include_rect(box))
    assert invoice.seller.vat_id.amount.raw == "DE136695976"
    assert invoice.seller.tax_number.amount.raw == "22/815/08154"
    assert invoice.seller.address.amount.raw == "Hafenstraße 3, 20095, Hamburg, DE"
    assert [line.net.source.box is not None for line in invoice.lines] == [True, True]
    assert document.warnings == ()


def test_its_facts_come_first_and_the_checks_all_hold(make_invoice):
    document = read(make_invoice(cii()))
    assert document.facts()[0].concept == "invoice_number"
    assert {fact.concept for fact in document.facts()} >= {"line_net", "tax_base", "invoice_gross", "amount_due", "iban", "seller_name"}
    assert {check.kind for check in document.checks} >= {"xml", "sum", "tax", "line"}
    assert all(check.holds for check in document.checks)


def test_the_document_comes_back_whole_from_its_json(make_invoice):
    document = read(make_invoice(cii()))
    again = Document.from_json(document.to_json())
    assert again.invoice.number == again.facts()[0]
    assert again.invoice.lines[1].net.amount == document.invoice.lines[1].net.amount
    assert again.checks[0].says == document.checks[0].says


def test_an_associated_file_is_found_without_a_name_tree(make_invoice):
    assert read(make_invoice(cii(), associated=True)).invoice.gross.amount.value == Decimal("296.91")


def test_a_paper_clip_on_the_page_is_found(make_invoice, tmp_path):
    with pymupdf.open(make_invoice(None)) as pdf:
        pdf[0].add_file_annot((500, 20), cii(), "zugferd-invoice.xml")
        pdf.save(tmp_path / "clipped.pdf")
    assert read(tmp_path / "clipped.pdf").invoice.number.amount.raw == "RE-2024/17"


@pytest.mark.parametrize(
    ("guideline", "name"),
    [
        ("urn:factur-x.eu:1p0:minimum", "Factur-X MINIMUM"),
        ("urn:factur-x.eu:1p0:basicwl", "Factur-X BASIC WL"),
        ("urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic", "Factur-X BASIC"),
        ("urn:cen.eu:en16931:2017", "Factur-X EN 16931"),
        ("urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended", "Factur-X EXTENDED"),
        ("urn:cen.eu:en16931:2017#conformant#urn:zugferd.de:2p0:extended", "ZUGFeRD 2.0 EXTENDED"),
        ("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0", "XRechnung 3.0"),
    ],
)
def test_every_profile_is_named_and_read(make_invoice, guideline, name):
    lines = {} if "minimum" not in guideline and "basicwl" not in guideline else {"lines": ()}
    document = read(make_invoice(cii(guideline=guideline, **lines)))
    assert document.invoice.profile == name
    assert document.invoice.gross.amount.value == Decimal("296.91")
    assert document.warnings == ()


def test_a_pdf_without_xml_is_read_as_ever(make_invoice):
    document = read(make_invoice(None))
    assert all(invoice.origin == "print" for invoice in document.invoices)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<rsm:CrossIndustryInvoice>", "not well-formed"),
        (cii()[:900], "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "DTD"),
        (b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><l>&b;</l>', "DTD"),
        (b"<a>" * 5_000 + b"</a>" * 5_000, "nests"),
        (b"\x00\x01\x02", "not well-formed"),
        (b"", "not well-formed"),
    ],
)
def test_xml_that_cannot_be_read_is_a_warning_and_the_print_is_still_read(make_invoice, content, told):
    document = read(make_invoice(content or b" "))
    assert "Gesamtbetrag" in document.text
    assert any(told in warning and "factur-x.xml" in warning for warning in document.warnings)


def test_a_lie_about_the_encoding_is_seen_through(make_invoice):
    document = read(make_invoice(cii().decode().encode("cp1252")))
    assert document.invoice.seller.name.amount.raw == "Rohr & Söhne GmbH"
    assert any("Windows-1252" in warning for warning in document.warnings)


def test_xml_that_is_no_invoice_is_passed_over(make_invoice):
    document = read(make_invoice(b"<order><id>7</id></order>", name="order.xml"))
    assert all(invoice.origin == "print" for invoice in document.invoices)
    assert document.warnings == ()


def test_a_value_that_is_no_number_is_said(make_invoice):
    document = read(make_invoice(cii(tax="47,41 EUR")))
    assert document.invoice.tax.amount.value is None
    assert document.invoice.tax.amount.raw == "47,41 EUR"
    assert any("no number" in warning for warning in document.warnings)


def test_a_line_stands_on_its_own_row_though_another_prints_the_same_amount(make_invoice):
    texts = (*PRINT, (60, 200, "49,50 is the deposit"))
    document = read(make_invoice(cii(), texts=texts))
    first, second = document.invoice.lines
    assert abs(first.net.source.box.y_middle - 157) < 4
    assert abs(second.net.source.box.y_middle - 177) < 4
    assert second.unit_price.source.box.x0 < second.net.source.box.x0
