"""An XML file by itself: CII and UBL invoices, and what is neither."""

import datetime
from decimal import Decimal

import pytest
from einvoices import cii

from finlens import errors
from finlens.extract.read import read
from finlens.extract.structured import xml as xml_module

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<ubl:{root} xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0</cbc:CustomizationID>
<cbc:ID>2024-118</cbc:ID><cbc:IssueDate>2024-06-30</cbc:IssueDate><cbc:DueDate>2024-07-30</cbc:DueDate>
<cbc:{root}TypeCode>{code}</cbc:{root}TypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PostalAddress><cbc:StreetName>Am Markt 1</cbc:StreetName><cbc:CityName>Bonn</cbc:CityName>
<cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>Papier KG</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Stadt Köln</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party></cac:AccountingCustomerParty>
<cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>DE89370400440532013000</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19.00</cbc:TaxAmount>
<cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">100.00</cbc:TaxableAmount>
<cbc:TaxAmount currencyID="EUR">19.00</cbc:TaxAmount>
<cac:TaxCategory><cbc:Percent>19</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="EUR">119.00</cbc:TaxInclusiveAmount>
<cbc:PrepaidAmount currencyID="EUR">19.00</cbc:PrepaidAmount>
<cbc:PayableAmount currencyID="EUR">100.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:{root}Line><cbc:ID>1</cbc:ID><cbc:{quantity}Quantity unitCode="H87">500</cbc:{quantity}Quantity>
<cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>Paper A4</cbc:Name><cac:ClassifiedTaxCategory><cbc:Percent>19</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item>
<cac:Price><cbc:PriceAmount currencyID="EUR">20.00</cbc:PriceAmount><cbc:BaseQuantity unitCode="H87">100</cbc:BaseQuantity></cac:Price>
</cac:{root}Line></ubl:{root}>"""
INVOICE = UBL.format(root="Invoice", code="380", quantity="Invoiced")
CREDIT_NOTE = UBL.format(root="CreditNote", code="381", quantity="Credited")


@pytest.fixture
def written(tmp_path):
    def write(content, name="invoice.xml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(("content", "kind"), [(INVOICE, "invoice"), (CREDIT_NOTE, "credit note")])
def test_a_ubl_file_is_an_invoice(written, content, kind):
    invoice = read(written(content)).invoice
    assert (invoice.kind, invoice.origin, invoice.profile) == (kind, "xml", "XRechnung 3.0")
    assert invoice.number.amount.raw == "2024-118"
    assert invoice.due_date.period.end == datetime.date(2024, 7, 30)
    assert (invoice.gross.amount.value, invoice.due.amount.value) == (Decimal(119), Decimal(100))
    assert invoice.gross.element == f"/{kind.title().replace(' ', '')}/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount"
    assert invoice.seller.name.amount.raw == "Papier KG"
    assert invoice.seller.address.amount.raw == "Am Markt 1, Bonn, DE"
    assert invoice.ibans[0].amount.raw == "DE89370400440532013000"
    assert invoice.lines[0].quantity.amount.unit == "pieces"


def test_a_price_for_a_hundred_is_divided_by_a_hundred(written):
    document = read(written(INVOICE))
    (line,) = [check for check in document.checks if check.kind == "line"]
    assert line.holds
    assert line.computed == Decimal(100)


def test_a_cii_file_lists_its_fields_as_text(written):
    document = read(written(cii()))
    assert "Invoice number: RE-2024/17" in document.text
    assert "Gross total: 296.91 EUR" in document.to_markdown()
    assert document.invoice.gross.source.box is None
    assert document.page_count == 1


def test_utf_16_and_a_byte_order_mark_are_no_obstacle(written):
    assert read(written(cii().decode().replace("UTF-8", "UTF-16").encode("utf-16"))).invoice.number.amount.raw == "RE-2024/17"
    assert read(written(b"\xef\xbb\xbf" + cii())).invoice.number.amount.raw == "RE-2024/17"


def test_lines_of_a_group_are_not_counted_twice(written):
    second = b"<ram:LineID>2</ram:LineID>"
    grouped = cii().replace(second, second + b"<ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode>")
    sums = [check for check in read(written(grouped)).checks if check.total.label == "Sum of the lines"]
    assert sums[0].computed == Decimal("200.00")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<?xml version='1.0'?><order/>", errors.FileUnsupported),
        (b"<?xml version='1.0'?><order>", errors.FileDamaged),
        (b"<?xml version='1.0'?><!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a/>", errors.FileDamaged),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", errors.FileDamaged),
        (b"<?xml version='1.0'?>" + b"<a>" * 200 + b"</a>" * 200, errors.LimitExceeded),
    ],
)
def test_other_xml_is_refused_with_a_reason(written, content, error):
    with pytest.raises(error) as caught:
        read(written(content))
    assert caught.value.what and caught.value.why and caught.value.hint


def test_xml_that_is_too_large_is_not_even_opened(written, monkeypatch):
    monkeypatch.setattr("finlens.extract.structured.xml_file.MAX_BYTES", 1_000)
    with pytest.raises(errors.LimitExceeded):
        read(written(cii()))


def test_the_number_of_elements_has_an_end(written, monkeypatch):
    monkeypatch.setattr(xml_module, "_MAX_ELEMENTS", 50)
    with pytest.raises(errors.LimitExceeded):
        read(written(cii()))


def test_it_has_one_page_only(written):
    with pytest.raises(errors.NoSuchPage):
        read(written(cii()), pages="2")
