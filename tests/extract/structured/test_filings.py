"""Inline XBRL: every tag a fact, on the cell that prints it; read without a network and without a taxonomy."""

import datetime
import socket
from decimal import Decimal

import pytest
from filings import french_filing, instance, package, row, tag, us_filing

from finlens import errors
from finlens.documents import Document
from finlens.extract.read import read

pytest.importorskip("arelle")


@pytest.fixture
def written(tmp_path):
    def write(content, name="acme-20241231.htm"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def fact_of(document, element, year=2024, entity=None):
    (found,) = [fact for fact in document.facts() if fact.element == element and fact.period.year == year and fact.entity == entity]
    return found


def test_a_tagged_figure_stands_on_its_cell_with_everything_that_its_tag_says(written):
    document = read(written(us_filing()))
    revenue = fact_of(document, "us-gaap:Revenues")
    assert (revenue.amount.absolute, revenue.amount.unit, revenue.amount.scale) == (Decimal(1_234_000_000), "USD", Decimal(10**6))
    assert (revenue.period.start, revenue.period.end) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    assert revenue.period.months == 12
    assert revenue.concept == "revenue"
    assert revenue.label == "Revenues"
    assert revenue.column_path[-1] == "2024"
    assert revenue.source.reader == "xml"
    assert "#rev24" in revenue.context and "decimals -6" in revenue.context
    assert document.tables[revenue.table].rows()[revenue.row][revenue.column].text == "$ 1,234"


def test_signs_and_brackets_in_cells_of_their_own_are_joined_to_their_figure(written):
    (table,) = read(written(us_filing())).tables
    assert table.texts()[2:] == [
        ["Revenues", "$ 1,234", "$ 1,100"],
        ["Operating expenses:", "", ""],
        ["Cost of sales", "1,290", "1,000"],
        ["Net income (loss)", "(56)", "100"],
        ["Net income (loss) per share", "$ (0.12)", "$ 0.21"],
        ["Dividends paid", "(15)", "—"],
    ]
    assert table.caption == "CONSOLIDATED STATEMENTS OF OPERATIONS\n(in millions, except per share amounts)"


def test_indents_make_the_path_of_a_label(written):
    assert fact_of(read(written(us_filing())), "us-gaap:CostOfRevenue").label_path == ("Operating expenses:", "Cost of sales")


def test_the_sign_is_the_tags_and_the_cell_keeps_its_own(written):
    document = read(written(us_filing()))
    dividends = fact_of(document, "us-gaap:PaymentsOfDividends")
    assert dividends.amount.value == 15  # paid: the concept is positive
    assert document.tables[0].rows()[dividends.row][dividends.column].amount.value == -15
    assert fact_of(document, "us-gaap:NetIncomeLoss").amount.value == -56
    assert fact_of(document, "us-gaap:PaymentsOfDividends", 2023).amount.nil


def test_units_per_share_and_percentages_are_told_apart(written):
    document = read(written(us_filing()))
    per_share = fact_of(document, "us-gaap:EarningsPerShareBasic").amount
    assert (per_share.absolute, per_share.unit) == (Decimal("-0.12"), "USD/share")
    rate = fact_of(document, "us-gaap:EffectiveIncomeTaxRateContinuingOperations").amount
    assert (rate.absolute, rate.unit) == (Decimal("21.5"), "percent")


def test_a_figure_in_prose_has_its_sentence_and_its_segment(written):
    document = read(written(us_filing()))
    europe = fact_of(document, "us-gaap:Revenues", entity="Europe")
    assert europe.amount.absolute == Decimal(12_300_000)
    assert "Revenue in Europe was $12.3 million" in europe.context
    assert europe.source.page == 3
    assert sum(fact.amount.absolute == Decimal(12_300_000) for fact in document.facts()) == 1


def test_continued_and_hidden_and_spelled_values_are_whole(written):
    document = read(written(us_filing()))
    note = fact_of(document, "us-gaap:SegmentReportingDisclosureTextBlock").amount.raw
    assert note.startswith("Revenue in Europe") and note.endswith("three segments.")
    assert fact_of(document, "dei:DocumentType").amount.raw == "10-K"
    assert "hidden" in fact_of(document, "dei:DocumentType").context
    assert fact_of(document, "dei:DocumentPeriodEndDate").amount.raw == "2024-12-31"
    assert fact_of(document, "us-gaap:NumberOfReportableSegments").amount.value == 3
    assert "10-K" in document.text and "--12-31" not in document.text


def test_pages_are_where_the_file_breaks_them(written):
    document = read(written(us_filing()))
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert document.tables[0].page == 2
    (only,) = read(written(us_filing()), pages="3").pages
    assert "Europe" in only.text
    with pytest.raises(errors.NoSuchPage):
        read(written(us_filing()), pages="4")


def test_nothing_has_a_box_that_nobody_could_look_at(written):
    document = read(written(us_filing()))
    assert all(cell.source.box is None for table in document.tables for cell in table.cells)
    assert all(fact.source.box is None for fact in document.facts())
    assert all(block.box is None for page in document.pages for block in page.blocks)


def test_the_document_comes_back_from_its_json(written):
    document = read(written(us_filing()))
    assert Document.from_json(document.to_json()).facts() == document.facts()


def test_a_scale_that_is_not_the_printed_one_is_the_first_warning(written):
    document = read(written(us_filing(scale=3)))
    assert document.warnings[0].startswith("XBRL and print differ in 1 of")
    assert "us-gaap:Revenues" in document.warnings[0]
    assert fact_of(document, "us-gaap:Revenues").amount.absolute == Decimal(1_234_000)
    (failing,) = [check for check in document.checks if check.kind == "xml" and not check.holds]
    assert failing.total.value == Decimal(1_234_000_000)


def test_a_scale_that_only_the_tag_says_is_no_difference_and_the_cell_learns_it(written):
    document = read(written(us_filing().replace(b"(in millions, except per share amounts)", b"(audited)")))
    assert document.warnings == ()
    dividends = fact_of(document, "us-gaap:PaymentsOfDividends")
    assert document.tables[0].rows()[dividends.row][dividends.column].amount.absolute == Decimal(-15_000_000)


def test_prices_of_a_share_and_ranges_in_one_cell_are_no_differences(written):
    price = tag("us-gaap:SharePrice", "383.15", unit="per", scale=0, decimals=2)
    low = tag("us-gaap:DebtInstrumentInterestRateStatedPercentage", "0.45", "i2023", unit="pure", scale=-2, decimals=4)
    high = tag("us-gaap:DebtInstrumentInterestRateStatedPercentage", "2.25", "i2024", unit="pure", scale=-2, decimals=4)
    body = f"<p>(in thousands)</p><table><tr><td></td><td>2024</td></tr>{row('Granted', ('', '1,250', ''))}"
    body += f"{row('Weighted average', ('', price, ''))}{row('Notes due 2030', ('', f'{low}% - {high}%', ''))}</table>"
    document = read(written(us_filing(body=body)))
    assert document.warnings == ()
    assert fact_of(document, "us-gaap:DebtInstrumentInterestRateStatedPercentage").amount.value == Decimal("2.25")


def test_a_filing_that_agrees_says_nothing(written):
    document = read(written(us_filing()))
    assert document.warnings == ()
    assert all(check.holds for check in document.checks if check.kind == "xml")


def test_fiscal_years_are_counted_as_the_company_counts_them(written):
    shifted = us_filing().replace(b"--12-31", b"--01-31").replace(b">2024</ix:nonNumeric>", b">2023</ix:nonNumeric>")
    for old, new in (
        (b"2024-01-01", b"2023-02-01"),
        (b"2024-12-31", b"2024-01-31"),
        (b"2023-01-01", b"2022-02-01"),
        (b"2023-12-31", b"2023-01-31"),
    ):
        shifted = shifted.replace(old, new)
    shifted = shifted.replace(b"December 31, 2024", b"January 31, 2024")
    found = {fact.period.year for fact in read(written(shifted)).facts() if fact.element == "us-gaap:NetIncomeLoss"}
    assert found == {2023, 2022}


def test_a_french_report_under_ifrs_is_read_in_its_own_numbers(written):
    document = read(written(french_filing(), "rapport.xhtml"))
    revenue = fact_of(document, "ifrs-full:Revenue")
    assert (revenue.amount.absolute, revenue.amount.unit, revenue.concept) == (Decimal(12_345_600), "EUR", "revenue")
    assert fact_of(document, "ifrs-full:ProfitLoss").amount.absolute == Decimal(-234_000)
    assert document.language == "fr"
    assert document.warnings == ()


@pytest.mark.parametrize("name", ["acme-2024-12-31-fr.zip", "acme.xbri"])
def test_a_report_package_is_its_report(tmp_path, name):
    members = {
        "acme/META-INF/taxonomyPackage.xml": b"<x/>",
        "acme/reports/acme.xhtml": french_filing(),
        "acme/notes.html": b"<html/>" * 9_000,
    }
    document = read(package(tmp_path / name, members))
    assert fact_of(document, "ifrs-full:Revenue").amount.absolute == Decimal(12_345_600)
    assert document.name == name


def test_other_reports_of_a_package_are_named(tmp_path):
    document = read(
        package(tmp_path / "two.zip", {"reports/a.xhtml": french_filing(), "reports/b.xhtml": b"<html><body>Annex</body></html>"})
    )
    assert any("b.xhtml" in warning for warning in document.warnings)


def test_an_instance_by_itself_lists_its_facts(written):
    document = read(written(instance(), "acme.xbrl"))
    assert fact_of(document, "us-gaap:Revenues").amount.absolute == Decimal(1_234_000_000)
    assert "Entity registrant name, 2024-01-01 to 2024-12-31: Acme Corporation" in document.text


def test_an_instance_attached_to_a_pdf_stands_where_the_pdf_prints_it(make_invoice):
    texts = (
        (60, 60, "Statement of income (in millions of dollars)"), (400, 80, "2024"), (480, 80, "2023"),
        (60, 100, "Revenues"), (400, 100, "1,234"), (480, 100, "1,100"),
        (60, 120, "Cost of sales"), (400, 120, "1,290"), (480, 120, "1,000"),
    )  # fmt: skip
    document = read(make_invoice(instance(), texts=texts, name="acme.xbrl"))
    revenue = fact_of(document, "us-gaap:Revenues")
    assert revenue.source.box is not None
    assert revenue.label == "Revenues"


def test_a_web_page_without_tags_is_read_as_it_is_printed(written):
    page = b"<!DOCTYPE html><html><body><h1>Balance sheet</h1><p>(in thousands of euros)<br>2024<table><tr><th></th><th>2024</th></tr>"
    page += b"<tr><td>Cash &amp; equivalents</td><td>1,234</td></tr><tr><td>Debt</td><td>(500)</td></tr></table></body></html>"
    document = read(written(page, "page.html"))
    cash = next(fact for fact in document.facts() if fact.label == "Cash & equivalents")
    assert cash.amount.absolute == Decimal(1_234_000)
    assert cash.source.reader == "html"


def test_nothing_is_fetched(written, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert read(written(us_filing())).warnings == ()
    assert read(written(instance(), "acme.xbrl")).warnings == ()


@pytest.mark.parametrize(
    "lead",
    [
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE html [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>',
    ],
)
def test_entities_are_refused(written, lead):
    with pytest.raises(errors.FileDamaged, match="not read"):
        read(written(us_filing(lead=lead)))


@pytest.mark.parametrize("cut", [0.6, 0.9])
def test_a_report_that_is_cut_off_is_read_as_far_as_it_goes_and_said_so(written, cut):
    content = us_filing()
    document = read(written(content[: int(len(content) * cut)] + b"<p>end"))
    assert any("XBRL was not read" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    "body",
    [
        tag("us-gaap:Revenues", "1", "nowhere"),
        tag("us-gaap:Revenues", "1", unit="nothing"),
        tag("us-gaap:Revenues", "twelve-ish"),
        tag("nobody:Revenues", "1"),
        '<ix:nonNumeric name="us-gaap:X" contextRef="y2024" id="a" continuedAt="b">x</ix:nonNumeric>'
        '<ix:continuation id="b" continuedAt="b"/>',
        "<div>" * 400 + "deep" + "</div>" * 400,
        "<table><tr><td colspan='99999999'>a</td><td rowspan='-1'>1</td></tr><tr><td>b</td></tr></table>",
        "<table>" + row("Same", ("$", "1", ")")) * 3 + "</table>",
        "<table><tr><td><table><tr><td>in</td><td>1</td></tr><tr><td>out</td><td>2</td></tr></table></td></tr></table>",
    ],
)
def test_odd_tags_and_tables_cost_nothing_but_themselves(written, body):
    document = read(written(us_filing(body=body)))
    assert fact_of(document, "us-gaap:NetIncomeLoss").amount.value == -56


def test_a_page_without_text_is_refused(written):
    with pytest.raises(errors.FileUnsupported):
        read(written(b"<html><body></body></html>"))


def test_an_archive_that_is_no_package_is_refused(tmp_path):
    with pytest.raises(errors.FileUnsupported):
        read(package(tmp_path / "other.zip", {"word/document.docx": b"x"}))
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(errors.FileDamaged):
        read(damaged)


def test_a_bomb_in_a_package_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("finlens.extract.structured.filing.MAX_BYTES", 2_000_000)
    with pytest.raises(errors.LimitExceeded):
        read(package(tmp_path / "bomb.zip", {"reports/a.xhtml": b" " * 50_000_000}))


def test_a_name_that_climbs_out_of_the_archive_leads_nowhere(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    document = read(package(inner / "slip.zip", {"../../reports/evil.xhtml": french_filing()}))
    assert fact_of(document, "ifrs-full:Revenue").amount.absolute == Decimal(12_345_600)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["slip.zip"]
