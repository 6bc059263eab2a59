"""UBL 2.1 invoices and credit notes: the other syntax of EN 16931, which XRechnung and Peppol use without a PDF."""

from __future__ import annotations

from decimal import Decimal

from finlens.documents import Fact, Invoice, InvoiceLine, Party, TaxLine
from finlens.extract.structured.cii import kind_of, profile_of
from finlens.extract.structured.fields import EInvoice, FactMaker, LineExtras, decimal_of
from finlens.extract.structured.xml import Node, local_name

NAMESPACES = ("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2")

_ADDRESS = ("StreetName", "AdditionalStreetName", "AddressLine/Line", "PostalZone", "CityName", "Country/IdentificationCode")


def read_ubl(root: Node, make: FactMaker) -> EInvoice:
    """The invoice that a UBL Invoice or CreditNote is."""
    make.currency = root.said("DocumentCurrencyCode")
    number = make.text(root.first("ID"), "invoice_number")
    issued = make.date(root.first("IssueDate"), "invoice_date")
    due_date = make.date(root.first("DueDate", "PaymentMeans/PaymentDueDate"), "due_date")
    currency = make.text(root.first("DocumentCurrencyCode"), "currency")
    seller = _party(root, "AccountingSupplierParty/Party", "seller", make)
    buyer = _party(root, "AccountingCustomerParty/Party", "buyer", make)
    delivered = make.date(root.first("Delivery/ActualDeliveryDate"), "delivery_date")
    accounts = {node.text: node for node in reversed(root.all("PaymentMeans/PayeeFinancialAccount/ID")) if node.text}
    ibans = tuple(fact for node in reversed(accounts.values()) if (fact := make.text(node, "iban")))
    totals = [node for node in root.all("TaxTotal") if _in_currency(node, make.currency)] or root.all("TaxTotal")[:1]
    tax = make.amount(totals[0].first("TaxAmount"), "invoice_tax") if totals else None
    taxes = tuple(_tax(node, make) for total in totals for node in total.all("TaxSubtotal"))
    line_total = make.amount(root.first("LegalMonetaryTotal/LineExtensionAmount"), "", label="Sum of the lines")
    net = make.amount(root.first("LegalMonetaryTotal/TaxExclusiveAmount"), "invoice_net")
    gross = make.amount(root.first("LegalMonetaryTotal/TaxInclusiveAmount"), "invoice_gross")
    allowances = make.amount(root.first("LegalMonetaryTotal/AllowanceTotalAmount"), "", label="Allowances")
    charges = make.amount(root.first("LegalMonetaryTotal/ChargeTotalAmount"), "", label="Charges")
    prepaid = make.amount(root.first("LegalMonetaryTotal/PrepaidAmount"), "", label="Already paid")
    rounding = make.amount(root.first("LegalMonetaryTotal/PayableRoundingAmount"), "", label="Rounding")
    due = make.amount(root.first("LegalMonetaryTotal/PayableAmount"), "amount_due")
    lines = [_line(node, number, make) for number, node in enumerate(root.all("InvoiceLine|CreditNoteLine"), 1)]
    code = root.said("InvoiceTypeCode", "CreditNoteTypeCode")
    invoice = Invoice(
        kind="credit note" if local_name(root.element.tag) == "CreditNote" else kind_of(code),
        origin="xml",
        profile=profile_of(root.said("CustomizationID"), "UBL"),
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


def _party(root: Node, at: str, name: str, make: FactMaker) -> Party:
    address = next(iter(root.all(f"{at}/PostalAddress")), None)
    schemes = [node for node in root.all(f"{at}/PartyTaxScheme") if node.said("CompanyID")]
    vat = next((node for node in schemes if node.said("TaxScheme/ID").upper() == "VAT"), None)
    other = next((node for node in schemes if node is not vat), None)
    return Party(
        name=make.text(root.first(f"{at}/PartyLegalEntity/RegistrationName", f"{at}/PartyName/Name"), f"{name}_name"),
        address=make.joined(address, _ADDRESS, f"{name}_address"),
        vat_id=make.text(vat.first("CompanyID") if vat else None, f"{name}_vat_id"),
        tax_number=make.text(other.first("CompanyID") if other else root.first(f"{at}/PartyLegalEntity/CompanyID"), f"{name}_tax_number"),
    )


def _line(node: Node, number: int, make: FactMaker) -> tuple[InvoiceLine, LineExtras]:
    under = f"Line {node.said('ID') or number}"
    line = InvoiceLine(
        description=make.text(node.first("Item/Name", "Item/Description"), "line_description", under=under),
        quantity=make.quantity(node.first("InvoicedQuantity|CreditedQuantity"), "line_quantity", under=under),
        unit_price=make.amount(node.first("Price/PriceAmount"), "line_unit_price", under=under),
        net=make.amount(node.first("LineExtensionAmount"), "line_net", under=under),
        tax_rate=make.percent(node.first("Item/ClassifiedTaxCategory/Percent"), "line_tax_rate", under=under),
    )
    charges: list[Fact] = []
    allowances: list[Fact] = []
    for each in node.all("AllowanceCharge"):
        is_charge = each.said("ChargeIndicator").lower() in ("true", "1")
        made = make.amount(each.first("Amount"), "", label="Charge" if is_charge else "Allowance", under=under)
        if made is not None:
            (charges if is_charge else allowances).append(made)
    return line, LineExtras(decimal_of(node.said("Price/BaseQuantity")) or Decimal(1), tuple(allowances), tuple(charges))


def _tax(node: Node, make: FactMaker) -> TaxLine:
    rate = node.said("TaxCategory/Percent")
    under = f"Tax at {rate} %" if rate else "Tax"
    return TaxLine(
        rate=make.percent(node.first("TaxCategory/Percent"), "tax_rate", under=under),
        base=make.amount(node.first("TaxableAmount"), "tax_base", under=under),
        tax=make.amount(node.first("TaxAmount"), "tax_amount", under=under),
    )


def _in_currency(total: Node, currency: str) -> bool:
    amount = total.first("TaxAmount")
    return amount is not None and amount.attribute("currencyID") in ("", currency)
