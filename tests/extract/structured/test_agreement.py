"""XML that is not what the page prints is shouted about; what only looks so is not."""

from dataclasses import replace
from decimal import Decimal

import pytest
from einvoices import PRINT, cii
from hypothesis import given, settings
from hypothesis import strategies as st

from finlens.documents import Box, Line, Origin, Page, Word
from finlens.documents.model import Block, Document
from finlens.extract.read import read
from finlens.extract.structured.attached import with_attachments
from finlens.extract.structured.attachments import Attachment


def alarms(document):
    return [warning for warning in document.warnings if warning.endswith("fraud until proven otherwise.")]


def printed(texts=PRINT):
    """A document of one page without a PDF under it."""
    origin = Origin("0" * 64, 1, "made")
    words, blocks = [], []
    for x, y, text in texts:
        first = len(words)
        for at, part in enumerate(text.split()):
            words.append(Word(part, x + 40 * at, y - 8, x + 40 * at + 35, y + 2, origin))
        line = Line(text, Box(x, y - 8, x + 200, y + 2), first, len(words))
        blocks.append(Block("body", (line,)))
    return Document("0" * 64, "made.pdf", (Page(1, 595, 842, words, tuple(blocks)),))


def joined(xml, texts=PRINT):
    return with_attachments(printed(texts), [Attachment("factur-x.xml", xml)])


@pytest.mark.parametrize(
    "altered",
    [
        {"gross": "269.91", "due": "269.91"},
        {"gross": "396.91", "due": "396.91", "net": "349.50"},
        {"gross": "1296.91"},
        {"due": "0.91"},
        {"net": "294.50"},
        {"tax": "74.41"},
        {"net": "309.50", "tax": "58.81", "gross": "368.31", "due": "368.31", "lines": (("Rod", "1", "309.50", "309.50"),)},
    ],
)
def test_an_altered_total_is_the_first_warning(make_invoice, altered):
    document = read(make_invoice(cii(**altered)))
    assert alarms(document)
    assert document.warnings[0] in alarms(document)
    assert any(not check.holds for check in document.checks)


def test_the_alarm_names_both_figures_and_the_page(make_invoice):
    (first, *_) = alarms(read(make_invoice(cii(gross="2969.10", due="2969.10", net="2921.69"))))
    assert "2969.10 EUR" in first and "296,91" in first and "page 1" in first


def test_the_failing_check_says_by_how_much(make_invoice):
    document = read(make_invoice(cii(gross="306.91", due="306.91", net="259.50")))
    (failing,) = [check for check in document.checks if check.kind == "xml" and not check.holds and "Gross" in check.says]
    assert failing.difference == Decimal("-10.00")
    assert failing.total.source.box is not None


def test_another_account_in_the_xml_is_an_alarm(make_invoice):
    (alarm,) = alarms(read(make_invoice(cii(iban="FR1420041010050500013M02606"))))
    assert "FR1420041010050500013M02606" in alarm and "DE89370400440532013000" in alarm


@given(
    field=st.sampled_from(["gross", "net", "tax", "due"]),
    value=st.decimals(min_value=1, max_value=99_999, places=2),
)
@settings(max_examples=150, deadline=None)
def test_no_altered_total_slips_through(field, value):
    original = {"net": "249.50", "tax": "47.41", "gross": "296.91", "due": "296.91"}[field]
    document = joined(cii(**{field: str(value)}))
    assert bool(alarms(document)) == (value != Decimal(original))


@given(cents=st.integers(min_value=1, max_value=10**9), mark=st.sampled_from([",.", ".,", " ,", "' .", "\u202f,", ",", "."]))
@settings(max_examples=150, deadline=None)
def test_the_same_total_agrees_in_every_way_of_writing_it(cents, mark):
    total = Decimal(cents) / 100
    group, point = (mark[0], mark[-1]) if len(mark) > 1 else ("", mark)
    whole, fraction = f"{total:,.2f}".split(".")
    text = f"{whole.replace(',', group)}{point}{fraction}"
    texts = [(x, y, text if "296,91" in said else said) for x, y, said in PRINT]
    document = joined(cii(gross=f"{total}", due=f"{total}", net=f"{total - Decimal('47.41')}"), texts)
    assert not any("gross total" in alarm for alarm in alarms(document))


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ((60, 80, "General terms and conditions. Payment within 30 days."),),
        ((60, 80, "Rechnung Nr. RE-2024/17 vom 05.03.2024"),),  # the figures are a picture
        ((60, 80, "Delivery note 4711"), (60, 100, "Weight 12,50 kg and 7,25 kg")),
    ],
)
def test_pages_that_do_not_print_the_invoice_raise_no_alarm(texts):
    assert alarms(joined(cii(), texts)) == []


def test_a_profile_with_few_fields_raises_no_alarm():
    assert alarms(joined(cii(guideline="urn:factur-x.eu:1p0:minimum", lines=()))) == []


def test_a_total_of_nothing_needs_no_print():
    texts = [(x, y, text) for x, y, text in PRINT if "47,41" not in text and "296,91" not in text]
    assert alarms(joined(cii(tax="0.00", gross="249.50", due="249.50"), texts)) == []


def test_a_credit_note_may_print_its_amounts_with_a_minus():
    texts = [(x, y, text.replace("296,91", "-296,91").replace("249,50", "-249,50").replace("47,41", "-47,41")) for x, y, text in PRINT]
    assert alarms(joined(cii(kind="381"), texts)) == []


def test_what_the_invoice_should_print_and_does_not_is_remarked():
    texts = [(x, y, text.replace("RE-2024/17 vom 5. März 2024", "17")) for x, y, text in PRINT]
    document = joined(cii(), texts)
    assert alarms(document) == []
    assert any("RE-2024/17" in warning for warning in document.warnings)
    assert any("2024-03-05" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    "day",
    [
        "05.03.2024",
        "5/3/2024",
        "3/5/24",
        "2024-03-05",
        "5 mars 2024",
        "March 5, 2024",
        "5. März 2024",
        "5 de marzo de 2024",
        "5th March 2024",
    ],
)
def test_a_day_is_found_in_every_usual_form(day):
    texts = [(x, y, text.replace("5. März 2024", day)) for x, y, text in PRINT]
    assert joined(cii(), texts).invoice.issued.source.box is not None


@pytest.mark.parametrize("day", ["15.03.2024", "05.03.2023", "5. Mai 2024", "205.03.2024"])
def test_another_day_is_not_taken_for_it(day):
    texts = [(x, y, text.replace("5. März 2024", day)) for x, y, text in PRINT]
    assert joined(cii(), texts).invoice.issued.source.box is None


def test_pages_that_ocr_has_read_are_to_be_looked_at_before_anybody_cries_fraud():
    page = replace(printed().pages[0], text_from="ocr")
    altered = cii(gross="306.91", due="306.91", net="259.50")
    document = with_attachments(replace(printed(), pages=(page,)), [Attachment("factur-x.xml", altered)])
    assert alarms(document) == []
    assert any("306.91" in warning and "OCR" in warning for warning in document.warnings)
    assert any(not check.holds for check in document.checks if check.kind == "xml")


def test_sums_that_contradict_each_other_inside_the_xml_are_an_alarm_even_unprinted():
    (alarm,) = alarms(joined(cii(gross="300.00", due="300.00"), ()))
    assert "contradicts itself" in alarm
