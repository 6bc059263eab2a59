"""Cross Industry Invoices: what ZUGFeRD 1.0, ZUGFeRD 2, Factur-X and XRechnung attach to a PDF.

One reader for all profiles from MINIMUM to EXTENDED: a profile only says which of these elements may stand. ZUGFeRD 1.0
(2014) has older names for the same places, given here as ``new|old``. Names of fields: EN 16931-3-3 and the ZUGFeRD 1.0
technical annex.
"""

from __future__ import annotations

import re
from decimal import Decimal

from finlens.documents import Fact, Invoice, InvoiceLine, Party, TaxLine
from finlens.documents.invoices import InvoiceKind
from finlens.extract.structured.fields import EInvoice, FactMaker, LineExtras, decimal_of
from finlens.extract.structured.xml import Node, local_name

ROOTS = frozenset({"CrossIndustryInvoice", "CrossIndustryDocument"})

_DOCUMENT = "ExchangedDocument|HeaderExchangedDocument"
_TRADE = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
_AGREEMENT = f"{_TRADE}/ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_DELIVERY = f"{_TRADE}/ApplicableHeaderTradeDelivery|ApplicableSupplyChainTradeDelivery"
_SETTLEMENT = f"{_TRADE}/ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMS = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_GUIDELINE = "ExchangedDocumentContext|SpecifiedExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID"
_RATE = "RateApplicablePercent|ApplicablePercent"
_LINE_AGREEMENT = "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement"
_LINE_DELIVERY = "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery"
_LINE_SETTLEMENT = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
_LINE_SUM = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_ADDRESS = ("LineOne", "LineTwo", "LineThree", "PostcodeCode", "CityName", "CountryID")

# UNTDID 1001.
_CREDIT_NOTES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"})
_KINDS: dict[str, InvoiceKind] = {"384": "corrected invoice", "386": "prepayment invoice"}


def read_cii(root: Node, make: FactMaker) -> EInvoice:
    """The invoice that a Cross Industry Invoice is."""
    make.currency = root.said(f"{_SETTLEMENT}/InvoiceCurrencyCode")
    number = make.text(root.first(f"{_DOCUMENT}/ID"), "invoice_number")
    issued = make.date(root.first(f"{_DOCUMENT}/IssueDateTime/DateTimeString", f"{_DOCUMENT}/IssueDateTime"), "invoice_date")
    seller = _party(root, "SellerTradeParty", "seller", make)
    buyer = _party(root, "BuyerTradeParty", "buyer", make)
    occurred = f"{_DELIVERY}/ActualDeliverySupplyChainEvent/OccurrenceDateTime"
    delivered = make.date(root.first(f"{occurred}/DateTimeString", occurred), "delivery_date")
    currency = make.text(root.first(f"{_SETTLEMENT}/InvoiceCurrencyCode"), "currency")
    account = f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID"
    ibans = _all_texts(root.all(account), "iban", make)
    due_day = f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/DueDateDateTime"
    due_date = make.date(root.first(f"{due_day}/DateTimeString", due_day), "due_date")
    lines = [_line(node, number, make) for number, node in enumerate(root.all(f"{_TRADE}/IncludedSupplyChainTradeLineItem"), 1)]
    taxes = tuple(_tax(node, make) for node in root.all(f"{_SETTLEMENT}/ApplicableTradeTax"))
    sums = f"{_SETTLEMENT}/{_SUMS}"
    line_total = make.amount(root.first(f"{sums}/LineTotalAmount"), "", label="Sum of the lines")
    charges = make.amount(root.first(f"{sums}/ChargeTotalAmount"), "", label="Charges")
    allowances = make.amount(root.first(f"{sums}/AllowanceTotalAmount"), "", label="Allowances")
    net = make.amount(root.first(f"{sums}/TaxBasisTotalAmount"), "invoice_net")
    tax = make.amount(_in_currency(root.all(f"{sums}/TaxTotalAmount"), make.currency), "invoice_tax")
    rounding = make.amount(root.first(f"{sums}/RoundingAmount"), "", label="Rounding")
    gross = make.amount(_in_currency(root.all(f"{sums}/GrandTotalAmount"), make.currency), "invoice_gross")
    prepaid = make.amount(root.first(f"{sums}/TotalPrepaidAmount"), "", label="Already paid")
    due = make.amount(root.first(f"{sums}/DuePayableAmount"), "amount_due")
    invoice = Invoice(
        kind=kind_of(root.said(f"{_DOCUMENT}/TypeCode")),
        origin="xml",
        profile=profile_of(root.said(_GUIDELINE), "ZUGFeRD 1.0" if local_name(root.element.tag) == "CrossIndustryDocument" else "CII"),
        number=number,
        issued=issued,
        delivered=delivered,
        due_date=due_date,
        currency=currency,
        seller=seller,
        buyer=buyer,
        ibans=ibans,
        lines=tuple(line for line, _ in lines),
        net=net,
        taxes=taxes,
        tax=tax,
        gross=gross,
        due=due,
    )
    extras = tuple(extra for _, extra in lines)
    return EInvoice(invoice, tuple(make.facts), extras, line_total, allowances, charges, prepaid, rounding, warnings=tuple(make.warnings))


def kind_of(code: str) -> InvoiceKind:
    """What a type code of UNTDID 1001 makes of the document."""
    return "credit note" if code in _CREDIT_NOTES else _KINDS.get(code, "invoice")


def profile_of(guideline: str, otherwise: str) -> str:
    """The name of a profile for people: "Factur-X BASIC WL", "XRechnung 3.0"."""
    said = guideline.lower()
    if found := re.search(r"xrechnung(?:[_:](\d+(?:\.\d+)*))?", said):
        return f"XRechnung {found[1]}" if found[1] else "XRechnung"
    if "peppol" in said:
        return "Peppol BIS Billing 3.0"
    level = next((shown for name, shown in _LEVELS if name in said), "")
    if "zugferd.de:2p" in said:
        return f"ZUGFeRD 2.0 {level or 'EN 16931'}"
    if "ferd:crossindustrydocument" in said:
        return f"ZUGFeRD 1.0 {level}".strip()
    if "factur-x" in said:
        return f"Factur-X {level}".strip()
    if "en16931" in said:
        return "Factur-X EN 16931" if otherwise == "CII" else f"{otherwise} EN 16931"
    return otherwise


_LEVELS = (
    ("minimum", "MINIMUM"),
    ("basicwl", "BASIC WL"),
    ("basic", "BASIC"),
    ("comfort", "COMFORT"),
    ("extended", "EXTENDED"),
    ("en16931", "EN 16931"),
)


def _party(root: Node, role: str, name: str, make: FactMaker) -> Party:
    at = f"{_AGREEMENT}/{role}"
    address = next(iter(root.all(f"{at}/PostalTradeAddress")), None)
    ids = root.all(f"{at}/SpecifiedTaxRegistration/ID")
    vat = next((node for node in ids if node.attribute("schemeID") == "VA" and node.text), None)
    number = next((node for node in ids if node.attribute("schemeID") != "VA" and node.text), None)
    return Party(
        name=make.text(root.first(f"{at}/Name", f"{at}/SpecifiedLegalOrganization/TradingBusinessName"), f"{name}_name"),
        address=make.joined(address, _ADDRESS, f"{name}_address"),
        vat_id=make.text(vat, f"{name}_vat_id"),
        tax_number=make.text(number or root.first(f"{at}/SpecifiedLegalOrganization/ID"), f"{name}_tax_number"),
    )


def _line(node: Node, number: int, make: FactMaker) -> tuple[InvoiceLine, LineExtras]:
    settlement = next(iter(node.all(_LINE_SETTLEMENT)), node)
    under = f"Line {node.said('AssociatedDocumentLineDocument/LineID') or number}"
    price = f"{_LINE_AGREEMENT}/NetPriceProductTradePrice"
    line = InvoiceLine(
        description=make.text(node.first("SpecifiedTradeProduct/Name"), "line_description", under=under),
        quantity=make.quantity(node.first(f"{_LINE_DELIVERY}/BilledQuantity"), "line_quantity", under=under),
        unit_price=make.amount(node.first(f"{price}/ChargeAmount"), "line_unit_price", under=under),
        net=make.amount(settlement.first(f"{_LINE_SUM}/LineTotalAmount"), "line_net", under=under),
        tax_rate=make.percent(settlement.first(f"ApplicableTradeTax/{_RATE}"), "line_tax_rate", under=under),
    )
    charges: list[Fact] = []
    allowances: list[Fact] = []
    for each in settlement.all("SpecifiedTradeAllowanceCharge"):
        is_charge = each.said("ChargeIndicator/Indicator", "ChargeIndicator").lower() in ("true", "1")
        made = make.amount(each.first("ActualAmount"), "", label="Charge" if is_charge else "Allowance", under=under)
        if made is not None:
            (charges if is_charge else allowances).append(made)
    basis = decimal_of(node.said(f"{price}/BasisQuantity")) or Decimal(1)
    group = node.said("AssociatedDocumentLineDocument/LineStatusReasonCode") in ("GROUP", "INFORMATION")
    return line, LineExtras(basis, tuple(allowances), tuple(charges), counts=not group)


def _tax(node: Node, make: FactMaker) -> TaxLine:
    rate = node.said(_RATE)
    under = f"Tax at {rate} %" if rate else "Tax"
    return TaxLine(
        rate=make.percent(node.first(_RATE), "tax_rate", under=under),
        base=make.amount(node.first("BasisAmount"), "tax_base", under=under),
        tax=make.amount(node.first("CalculatedAmount"), "tax_amount", under=under),
    )


def _in_currency(nodes: list[Node], currency: str) -> Node | None:
    """Of totals in several currencies, that in the invoice's."""
    said = [node for node in nodes if node.text]
    return next((node for node in said if node.attribute("currencyID") in ("", currency)), said[0] if said else None)


def _all_texts(nodes: list[Node], concept: str, make: FactMaker) -> tuple[Fact, ...]:
    first = {node.text: node for node in reversed(nodes) if node.text}
    return tuple(fact for node in reversed(first.values()) if (fact := make.text(node, concept)))
