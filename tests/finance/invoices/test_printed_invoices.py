"""An invoice is read from its print alone: number, dates, parties, lines and a foot that adds up."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from printed import read

import finlens

EXAMPLES = Path(__file__).parents[3] / "examples"


def raws(*facts):
    return [fact and fact.amount.raw for fact in facts]


def value(fact):
    return fact and fact.amount.value


@pytest.fixture(scope="module")
def facture():
    return finlens.read(EXAMPLES / "invoice-fr.pdf")


@pytest.fixture(scope="module")
def american():
    return finlens.read(EXAMPLES / "invoice-en.pdf")


def test_a_french_invoice_is_read_to_the_last_field(facture):
    invoice = facture.invoice
    assert (invoice.kind, invoice.origin) == ("invoice", "print")
    assert raws(invoice.number, invoice.currency) == ["FA-2024-0418", "€"]
    assert invoice.currency.amount.unit == "EUR"
    assert (invoice.issued.period.end, invoice.due_date.period.end) == (datetime.date(2024, 11, 18), datetime.date(2024, 12, 18))
    assert raws(invoice.seller.name, invoice.seller.vat_id, invoice.seller.tax_number) == [
        "Menuiserie Tallandier",
        "FR39100000025",
        "100 000 025",
    ]
    assert invoice.buyer.name.amount.raw == "Syndicat de l'immeuble Les Tilleuls"
    assert raws(*invoice.ibans) == ["FR76 9999 9010 4200 0234 1890 711"]
    assert [value(fact) for fact in (invoice.net, invoice.tax, invoice.gross, invoice.due)] == [
        Decimal("12151.11"),
        Decimal("1239.05"),
        Decimal("13390.16"),
        Decimal("9390.16"),
    ]
    assert [(value(line.rate), value(line.base), value(line.tax)) for line in invoice.taxes] == [
        (Decimal(20), Decimal("847.78"), Decimal("169.56")),
        (Decimal(10), Decimal("9951.23"), Decimal("995.12")),
        (Decimal("5.5"), Decimal("1352.10"), Decimal("74.37")),
    ]
    assert [(value(line.quantity), value(line.unit_price), value(line.net)) for line in invoice.lines][2:4] == [
        (Decimal("14.4"), Decimal("96.80"), Decimal("1393.92")),
        (Decimal(8), Decimal("37.25"), Decimal("298.00")),
    ]
    assert facture.checks and all(check.holds for check in facture.checks)


def test_an_american_invoice_has_its_net_from_lines_discount_and_shipping(american):
    invoice = american.invoice
    assert raws(invoice.number, invoice.currency, invoice.seller.name, invoice.seller.tax_number) == [
        "10-20871",
        "USD",
        "Harbor & Pine Supply LLC",
        "00-0000042",
    ]
    assert (invoice.issued.period.end, invoice.due_date.period.end) == (datetime.date(2025, 3, 7), datetime.date(2025, 4, 6))
    assert invoice.net.amount.raw == "12,384.35 + (619.22) + 285.00"
    assert [value(fact) for fact in (invoice.net, invoice.tax, invoice.gross)] == [
        Decimal("12050.13"),
        Decimal("665.02"),
        Decimal("12715.15"),
    ]
    assert invoice.lines[0].description.amount.raw == "Standing desk, ash, 60 x 30 in."
    assert len(invoice.lines) == 5


def test_every_fact_of_an_invoice_is_among_the_facts_and_has_a_box(facture):
    listed = {id(fact) for fact in facture.facts()}
    invoice = facture.invoice
    for fact in (invoice.number, invoice.issued, invoice.gross, invoice.lines[0].net, invoice.taxes[0].tax, invoice.ibans[0]):
        assert id(fact) in listed
        assert fact.source.page == 1 and fact.source.box.area > 0
    assert invoice.gross.concept == "invoice_gross"
    again = finlens.Document.from_json(facture.to_json())
    assert again.invoice.gross.amount == invoice.gross.amount


FOOT = [(60, 60, "Rechnung Nr. 2024-17 vom 5. März 2024", 16), (60, 90, "Währung: EUR")]


def foot(*lines):
    return [
        *FOOT,
        *((320, 400 + 16 * at, label) for at, (label, _) in enumerate(lines)),
        *((540, 400 + 16 * at, f">{amount}") for at, (_, amount) in enumerate(lines)),
    ]


def test_german_months_and_totals(tmp_path):
    document = read(tmp_path, foot(("Nettobetrag", "1.000,00"), ("zzgl. 19% MwSt.", "190,00"), ("Gesamtbetrag", "1.190,00")))
    invoice = document.invoice
    assert raws(invoice.number) == ["2024-17"]
    assert invoice.issued.period.end == datetime.date(2024, 3, 5)
    assert [value(fact) for fact in (invoice.net, invoice.tax, invoice.gross)] == [Decimal(1000), Decimal(190), Decimal(1190)]
    assert invoice.due is None
    assert not document.warnings


def test_a_total_that_does_not_add_up_is_a_failing_check_and_a_warning(tmp_path):
    document = read(tmp_path, foot(("Nettobetrag", "1.000,00"), ("Umsatzsteuer gesamt", "190,00"), ("Rechnungsbetrag", "1.990,00")))
    assert [check.says for check in document.checks if not check.holds] == ["gross = net + tax"]
    assert any("gross = net + tax" in warning for warning in document.warnings)


def test_the_reading_that_adds_up_is_taken(tmp_path):
    """ "Total" stands three times; arithmetic tells which is which."""
    document = read(
        tmp_path,
        [
            (60, 60, "Invoice 77", 16),
            (60, 90, "Date: 2024-05-02"),
            *((400, 400 + 16 * at, "Total") for at in range(2)),
            (400, 432, "VAT"),
            (400, 448, "Total"),
            *((540, 400 + 16 * at, f">{amount}") for at, amount in enumerate(("€80.00", "€100.00", "€20.00", "€120.00"))),
        ],
    )
    assert [value(fact) for fact in (document.invoice.net, document.invoice.tax, document.invoice.gross)] == [100, 20, 120]


def test_an_iban_with_wrong_check_digits_is_kept_and_marked(tmp_path):
    page = [
        *foot(("Nettobetrag", "10,00"), ("MwSt. 19%", "1,90"), ("Gesamtbetrag", "11,90")),
        (60, 700, "IBAN: DE02 1203 0000 0000 2020 52"),
    ]
    document = read(tmp_path, page)
    (iban,) = document.invoice.ibans
    assert iban.amount.raw == "DE02 1203 0000 0000 2020 52"
    assert iban.amount.marks == ("checksum fails",)
    assert any("IBAN" in warning for warning in document.warnings)


def test_day_and_month_that_may_be_either_are_not_guessed(tmp_path):
    page = [(60, 60, "Invoice no. 9", 16), (60, 90, "Invoice date: 03/04/2024"), (320, 400, "Total amount"), (540, 400, ">EUR 12.00")]
    invoice = read(tmp_path, page).invoice
    assert invoice.issued.amount.raw == "03/04/2024"
    assert invoice.issued.period.end is None
    page[-1] = (540, 400, ">$12.00")
    assert read(tmp_path, page).invoice.issued.period.end == datetime.date(2024, 3, 4)


def test_what_is_not_printed_is_absent(tmp_path):
    page = [(60, 60, "Invoice no. 9", 16), (60, 90, "Invoice date: 3 April 2024"), (320, 400, "Total amount"), (540, 400, ">EUR 12.00")]
    invoice = read(tmp_path, page).invoice
    assert (invoice.net, invoice.tax, invoice.due, invoice.due_date, invoice.seller.vat_id) == (None,) * 5
    assert invoice.lines == invoice.ibans == invoice.taxes == ()


def test_a_credit_note_keeps_its_signs(tmp_path):
    page = [
        (60, 60, "Avoir AV-3 du 16/11/2017", 16),
        (320, 400, "Total HT"),
        (540, 400, ">-100,00 €"),
        (320, 416, "TVA 20 %"),
        (540, 416, ">-20,00 €"),
        (320, 432, "Total TTC"),
        (540, 432, ">-120,00 €"),
    ]
    invoice = read(tmp_path, page).invoice
    assert invoice.kind == "credit note"
    assert [value(fact) for fact in (invoice.net, invoice.tax, invoice.gross)] == [-100, -20, -120]


def test_the_number_of_another_document_is_not_taken(tmp_path):
    page = [
        (60, 60, "Rechnung", 18),
        (60, 90, "Diese Rechnung bezieht sich auf die Rechnung PREV-1 vom 1. Mai 2024"),
        (60, 110, "Rechnungsnummer:"),
        (200, 110, "R-2"),
        (60, 126, "Rechnungsdatum:"),
        (200, 126, "02.06.2024"),
        (320, 400, "Gesamtbetrag"),
        (540, 400, ">11,90 €"),
    ]
    invoice = read(tmp_path, page).invoice
    assert raws(invoice.number) == ["R-2"]
    assert invoice.issued.period.end == datetime.date(2024, 6, 2)


@pytest.mark.parametrize("name", ["annual-report-en.pdf", "rapport-annuel-fr.pdf"])
def test_an_annual_report_is_no_invoice(name):
    document = finlens.read(EXAMPLES / name, pages="1-4")
    assert document.invoices == () and document.accounts == ()


def test_a_receipt_gives_what_was_to_pay_and_its_day(tmp_path):
    page = [
        (60, 60, "TAX INVOICE"),
        (60, 76, "Invoice No: CS 24198"),
        (60, 92, "25/03/2018 21:13"),
        *((60, 120 + 16 * at, label) for at, label in enumerate(("Total Qty", "Total", "Rounding", "Total rounded", "Cash", "Change"))),
        *((300, 120 + 16 * at, f">{text}") for at, text in enumerate(("4.00", "RM 33.92", "-0.02", "RM 33.90", "RM 50.00", "RM 16.10"))),
    ]
    invoice = read(tmp_path, page).invoice
    assert (value(invoice.gross), value(invoice.due)) == (Decimal("33.92"), Decimal("33.90"))
    assert invoice.issued.period.end == datetime.date(2018, 3, 25)
    assert invoice.currency.amount.unit == "MYR"


def test_a_letter_about_an_invoice_is_none(tmp_path):
    page = [
        (60, 60, "Dear Sir, our invoice 4711 of 3 May 2024 over a total of EUR 12.00 is still unpaid."),
        (60, 80, "Please pay the invoice soon."),
    ]
    assert read(tmp_path, page).invoice is None
