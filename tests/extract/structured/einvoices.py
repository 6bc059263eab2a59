"""Electronic invoices as tests need them: XML of every profile from a few values, and the page that prints it."""

FACTURX = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}
LINES = (("Steel rod", "10", "20.00", "200.00"), ("Delivery", "1", "49.50", "49.50"))


def cii(
    *, number="RE-2024/17", net="249.50", tax="47.41", gross="296.91", due="296.91", iban="DE89370400440532013000",
    lines=LINES, guideline="urn:cen.eu:en16931:2017", kind="380", day="20240305", seller="Rohr & Söhne GmbH", prepaid="0.00",
) -> bytes:  # fmt: skip
    """A Factur-X invoice; ``lines=()`` for the profiles without lines."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in FACTURX.items())
    items = "".join(
        f"<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>{at}</ram:LineID>"
        f"</ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>{name}</ram:Name></ram:SpecifiedTradeProduct>"
        f"<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{price}</ram:ChargeAmount>"
        f"</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery>"
        f'<ram:BilledQuantity unitCode="C62">{quantity}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>'
        f"<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:RateApplicablePercent>19</ram:RateApplicablePercent>"
        f"</ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{total}</ram:LineTotalAmount>"
        f"</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"
        for at, (name, quantity, price, total) in enumerate(lines, 1)
    )
    minimum = "minimum" in guideline
    rates = (
        f"<ram:ApplicableTradeTax><ram:CalculatedAmount>{tax}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>"
        f"<ram:BasisAmount>{net}</ram:BasisAmount><ram:RateApplicablePercent>19.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
    )
    account = (
        f"<ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>{iban}</ram:IBANID>"
        f"</ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>"
    )
    paid = f"<ram:TotalPrepaidAmount>{prepaid}</ram:TotalPrepaidAmount>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice {spaces}>
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{guideline}</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>{kind}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">{day}</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{items}
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>{seller.replace("&", "&amp;")}</ram:Name>
<ram:PostalTradeAddress><ram:PostcodeCode>20095</ram:PostcodeCode><ram:LineOne>Hafenstraße 3</ram:LineOne>
<ram:CityName>Hamburg</ram:CityName>
<ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">22/815/08154</ram:ID></ram:SpecifiedTaxRegistration>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE136695976</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>Atelier Duval</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>{"" if minimum else account + rates}
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>{"" if minimum else f"<ram:LineTotalAmount>{net}</ram:LineTotalAmount>"}
<ram:TaxBasisTotalAmount>{net}</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">{tax}</ram:TaxTotalAmount>
<ram:GrandTotalAmount>{gross}</ram:GrandTotalAmount>{"" if minimum else paid}<ram:DuePayableAmount>{due}</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>""".encode()


PRINT = (
    (60, 60, "Rohr & Söhne GmbH"), (60, 75, "Hafenstraße 3, 20095 Hamburg"), (350, 60, "Atelier Duval"),
    (60, 120, "Rechnung Nr. RE-2024/17 vom 5. März 2024"),
    (60, 160, "10"), (120, 160, "Steel rod"), (350, 160, "20,00"), (450, 160, "200,00"),
    (60, 180, "1"), (120, 180, "Delivery"), (350, 180, "49,50"), (450, 180, "49,50"),
    (60, 220, "Nettobetrag"), (450, 220, "249,50 €"),
    (60, 240, "Umsatzsteuer 19 %"), (450, 240, "47,41 €"),
    (60, 260, "Gesamtbetrag"), (450, 260, "296,91 €"),
    (60, 320, "IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX"),
)  # fmt: skip
