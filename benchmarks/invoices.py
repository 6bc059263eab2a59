"""Printed invoices against the XML that was once inside them.

    python benchmarks/invoices.py --data FOLDER [--show] [--receipts FOLDER]

FOLDER holds NAME.pdf without XML, and NAME.xml (CII, as ZUGFeRD and Factur-X embed it). Amounts and dates must be equal; numbers
once spaces are taken out. ``--receipts`` takes a folder of images, each with a JSON of ``date`` and ``total``.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from xml.etree import ElementTree

import finlens
from finlens.documents import Document, Fact
from finlens.finance.invoices.days import read_day

MUST = ("number", "date", "currency", "net", "tax", "gross")
FIELDS = (*MUST, "due", "lines", "seller", "buyer", "seller VAT id")
Value = str | Decimal | datetime.date | tuple[Decimal, ...] | None


def true_values(path: Path) -> dict[str, Value]:
    """What the XML says; "" and None where it says nothing."""
    root = ElementTree.parse(path).getroot()
    head = _first(root, "ExchangedDocument", "HeaderExchangedDocument")
    settled = _first(root, "ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
    currency = _text(settled, "InvoiceCurrencyCode")
    sums = next(_all(settled, "SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"))
    day = _text(_first(head, "IssueDateTime"), "DateTimeString")
    lines = tuple(
        amount
        for line in _all(root, "IncludedSupplyChainTradeLineItem")
        if (amount := _amount(line, "LineTotalAmount", "")) is not None and (amount or _text(line, "LineID"))
    )
    return {
        "number": _text(head, "ID"),
        "date": datetime.datetime.strptime(day[:8], "%Y%m%d").date(),
        "currency": currency,
        "net": _amount(sums, "TaxBasisTotalAmount", currency),
        "tax": _amount(sums, "TaxTotalAmount", currency),
        "gross": _amount(sums, "GrandTotalAmount", currency),
        "due": _amount(sums, "DuePayableAmount", currency),
        "lines": tuple(sorted(lines)) or None,
        "seller": _text(_first(root, "SellerTradeParty"), "Name") or None,
        "buyer": _text(_first(root, "BuyerTradeParty"), "Name") or None,
        "seller VAT id": next((e.text or "" for e in _all(_first(root, "SellerTradeParty"), "ID") if e.get("schemeID") == "VA"), None),
    }


def read_values(document: Document) -> dict[str, Value]:
    """What was read from the print; None for what was not."""
    invoice = next((found for found in document.invoices if found.origin == "print"), None)
    if invoice is None:
        return dict.fromkeys(FIELDS)
    lines = tuple(sorted(line.net.amount.value for line in invoice.lines if line.net and line.net.amount.value is not None))
    return {
        "number": invoice.number and invoice.number.amount.raw,
        "date": invoice.issued and invoice.issued.period and invoice.issued.period.end,
        "currency": invoice.currency and (invoice.currency.amount.unit or invoice.currency.amount.raw),
        "net": _value(invoice.net),
        "tax": _value(invoice.tax),
        "gross": _value(invoice.gross),
        "due": _value(invoice.due),
        "lines": lines or None,
        "seller": invoice.seller.name and invoice.seller.name.amount.raw,
        "buyer": invoice.buyer.name and invoice.buyer.name.amount.raw,
        "seller VAT id": invoice.seller.vat_id and invoice.seller.vat_id.amount.raw,
    }


def _value(fact: Fact | None) -> Decimal | None:
    return fact.amount.value if fact else None


def _all(element: ElementTree.Element, *names: str) -> Iterator[ElementTree.Element]:
    return (found for found in element.iter() if found.tag.rsplit("}", 1)[-1] in names)


def _first(element: ElementTree.Element, *names: str) -> ElementTree.Element:
    return next(_all(element, *names), ElementTree.Element("none"))


def _text(element: ElementTree.Element, name: str) -> str:
    return (_first(element, name).text or "").strip()


def _amount(element: ElementTree.Element, name: str, currency: str) -> Decimal | None:
    for found in _all(element, name):
        if not currency or found.get("currencyID", currency) == currency:
            try:
                return Decimal((found.text or "").strip())
            except InvalidOperation:
                return None
    return None


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return re.sub(r"\W", "", one).casefold() == re.sub(r"\W", "", other).casefold()
    return one == other


def invoices(folder: Path, *, show: bool) -> str:
    """A table of fields: right of all that have a truth, right of those given; and how many invoices are right in all six."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    whole = count = 0
    for pdf in sorted(folder.glob("*.pdf")):
        truth, found = true_values(pdf.with_suffix(".xml")), read_values(finlens.read(pdf))
        count += 1
        wrong = [field for field in MUST if not _same(truth[field], found[field])]
        whole += not wrong
        for field in FIELDS:
            asked[field] += truth[field] not in (None, "")
            given[field] += found[field] is not None and truth[field] is not None
            right[field] += found[field] is not None and _same(truth[field], found[field])
        if show and wrong:
            print(f"{pdf.name}: " + "; ".join(f"{field} {found[field]} (XML {truth[field]})" for field in wrong))
    rows = [f"| {field} | {right[field]} of {asked[field]} | {right[field]} of {given[field]} |" for field in FIELDS]
    head = ["| field | right, of all | right, of those given |", "| --- | --- | --- |"]
    return "\n".join(
        [*head, *rows, "", f"number, date, currency, net, tax and gross all right: {whole} of {count} ({whole / max(1, count):.1%})"]
    )


def receipts(folder: Path, *, show: bool) -> str:
    """Totals and dates of photographed receipts, through OCR."""
    totals: Counter[str] = Counter()
    for truth_file in sorted(folder.glob("*.json"), key=lambda path: path.stem.zfill(8)):
        picture = next((path for end in (".jpg", ".png", ".jpeg") if (path := truth_file.with_suffix(end)).exists()), None)
        if picture is None:
            continue
        truth = json.loads(truth_file.read_text())
        found = read_values(finlens.read(picture))
        digits = re.search(r"\d[\d,]*\.\d\d", truth.get("total", ""))
        total = Decimal(digits.group().replace(",", "")) if digits else None
        day = read_day(truth.get("date", ""), "day first")
        totals["receipts"] += 1
        for name, true, read in (("total", total, found["due"] or found["gross"]), ("date", day, found["date"])):
            if true is None:  # the set itself does not say
                continue
            totals[f"{name} to be had"] += 1
            totals[f"{name} given"] += read is not None
            totals[f"{name} right"] += read == true
            if show and read != true:
                print(f"{picture.name}: {name} {read} (true {true})")
    return "\n".join(f"{name}: {count}" for name, count in totals.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--receipts", type=Path)
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    if options.data:
        print(invoices(options.data, show=options.show))
    if options.receipts:
        print(receipts(options.receipts, show=options.show))


if __name__ == "__main__":
    main()
