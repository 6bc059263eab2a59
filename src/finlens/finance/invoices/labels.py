"""What invoices call their parts, in English, French and German: the words that stand before, above or beside a value.

All patterns are matched without regard to case, on text with single spaces. Longer names come before what they contain.
"""

from __future__ import annotations

import re


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{'|'.join(alternatives)})(?![\w])", re.I)


TITLE = re.compile(
    r"(?<!\w)(?:tax ?invoice|pro[- ]?forma invoice|invoice|credit note|credit memo|bill of sale|cash (?:bill|sales?)|"
    r"sales (?:slip|receipt)|receipt|"
    r"facture|avoir|note de crédit|note d'honoraires|"
    r"\w*rechnung|rechnungs-?korrektur|gutschrift|stornorechnung|honorarnote|quittung|kassenbon)(?!\w)",
    re.I,
)
"""Names of the document itself."""

CREDIT = re.compile(r"(?<!\w)(?:credit note|credit memo|avoir|note de crédit|gutschrift|storno\w*|rechnungs-?korrektur)(?!\w)", re.I)
CORRECTED = re.compile(r"(?<!\w)(?:corrected invoice|facture rectificative|rechnungs-?korrektur|korrekturrechnung)(?!\w)", re.I)
PREPAYMENT = re.compile(r"(?<!\w)(?:prepayment invoice|facture d'acompte|anzahlungsrechnung|abschlagsrechnung)(?!\w)", re.I)
SELF_BILLED = re.compile(r"selbst ausgestellte|self[- ]billed|autofacturation", re.I)

_NO = r"(?:no\.?|n°|nº|nr\.?|num(?:ber|éro|ero)?\.?|#|id)"
NUMBER_LABEL = _pattern(
    rf"(?:tax )?invoice ?(?:{_NO}|reference|ref\.?)(?: ?{_NO})?",
    rf"credit (?:note|memo) ?{_NO}",
    rf"inv\.? ?{_NO}",
    r"(?:facture|avoir) ?(?:n°|nº|no\.?|num(?:éro)?\.?|#)",
    r"(?:numéro|num\.?|n°|nº|no\.?|réf(?:érence|\.)?) (?:de (?:la )?)?(?:facture|l'avoir|d'avoir|avoir|pièce)",
    rf"(?:rechnungs?|gutschrifts?|korrektur|beitragsrechnungs?)[- ]?(?:{_NO}|nummer|nr)",
)
"""Names of the document's own number that leave no doubt."""

NUMBER_LABEL_LOOSE = _pattern(
    rf"(?:beleg|dokument(?:en)?)[- ]?(?:{_NO}|nummer|nr)",
    rf"(?:document|bill|receipt|doc\.?|slip) ?{_NO}",
    r"numéro",
    r"n° (?:de )?(?:document|pièce)",
)

REFERS = re.compile(
    r"refer|bezieht|ursprung|original|liée|annul|related|previous|precedent|précédent|vorherig|corrects|korrigiert|gemäß|selon|"
    r"as per|zu rechnung|sur facture|bestell|order|commande|liefer|auftrag",
    re.I,
)
"""Before a number: it is another document's."""

ISSUED = _pattern(
    r"(?:tax ?)?invoice date",
    r"inv\.? ?(?:date|dt)\.?",
    r"date of (?:the )?(?:invoice|issue)",
    r"(?:issue|bill(?:ing)?|document|receipt|credit note) date",
    r"date (?:de|d') ?(?:la )?(?:facture|facturation|l'avoir|avoir|émission|pièce)",
    r"(?:rechnungs|beleg|ausstellungs|gutschrifts|dokument)[- ]?datum",
    r"datum der rechnung",
)
DATED_TITLE = re.compile(r"(?:\b(?:vom|von|du|dated|of|issued(?: (?:at|on))?|le)|,) {0,2}(?=\d|[A-Za-zéûä]{3,9}\.? ?\d|$)", re.I)
ISSUED_LOOSE = _pattern(r"(?:issued|dated)(?: (?:on|at))?", r"(?:facture|avoir|facturé|émis)e? (?:du|le)", r"(?<=,) {0,2}(?:den|le|the)")
BARE_DATE = _pattern(r"date", r"datum", r"le")
DELIVERED = _pattern(
    r"(?:delivery|ship(?:ping|ment|ped)?|supply|service) date",
    r"date of (?:delivery|supply|service|shipment)",
    r"date (?:de|d') ?(?:la )?(?:livraison|prestation|expédition)",
    r"livr(?:é|aison) le",
    r"(?:liefer(?:ungs)?|leistungs)[- ]?datum",
    r"liefer- ?(?:und|/) ?leistungs[- ]?datum",
    r"datum der (?:lieferung|leistung)",
    r"geliefert am",
)
DUE_DATE = _pattern(
    r"(?:payment )?due (?:date|on|by)",
    r"payment due(?: by| on)?",
    r"please (?:pay|remit) (?:by|until|before)",
    r"(?:date d')?échéance(?: le)?",
    r"date limite de (?:paiement|règlement)",
    r"à (?:payer|régler) (?:avant|pour) le",
    r"fälligkeits?(?:datum)?",
    r"fällig (?:am|bis|zum)",
    r"zahlungsziel",
    r"zahlbar (?:bis|zum|ohne abschlag bis)(?: zum)?",
    r"netto bis(?: zum)?",
    r"überweisen sie (?:(?:bitte|den betrag) )*bis(?: zum)?",
    r"bis zum",
)
CURRENCY = _pattern(
    r"(?:invoice )?currency",
    r"devise(?: de facturation)?",
    r"monnaie",
    r"(?:rechnungs)?währung",
    r"(?:beträge|alle beträge|angaben) in",
    r"(?:all )?amounts? (?:are )?in",
    r"montants (?:exprimés )?en",
)
NO_TAX = re.compile(
    r"(?:keine? (?:umsatzsteuer|mehrwertsteuer|ust|mwst)[^.;]{0,40}(?:enthalten|ausgewiesen|berechnet)|"
    r"kein(?:en)? ausweis (?:von|der) umsatzsteuer|umsatzsteuerfrei|steuerfreie? (?:innergemeinschaftliche )?(?:lieferung|leistung)|"
    r"kleinunternehmer|tva non applicable|exonér(?:ation|ée?s?) de (?:la )?tva|autoliquidation|"
    r"(?:not subject to|exempt from|no|zero[- ]rated for) (?:vat|gst|sales tax)|vat exempt(?:ion)?|reverse[- ]charge|tax exempt)",
    re.I,
)
"""A sentence that says why no tax is charged."""

_LANGUAGES = {
    "en": re.compile(
        r"\b(?:invoice|receipt|due date|amount|quantity|unit price|bill to|vat id|subtotal|balance|statement|account|withdrawals?)\b", re.I
    ),
    "de": re.compile(
        r"\b(?:\w*rechnung\w*|menge|umsatzsteuer|ust|mwst|\w*betrag|netto|brutto|währung|kunden\w*|datum|saldo|buchung\w*)\b", re.I
    ),
    "fr": re.compile(
        r"\b(?:facture|avoir|tva|ht|ttc|quantité|désignation|montant|échéance|client|relevé|solde|compte|débit|crédit)\b", re.I
    ),
}


def language_of(text: str) -> str:
    """The language of a form, by the words of its labels: "en", "de" or "fr"; "" where there are none."""
    counted = {language: len(pattern.findall(text)) for language, pattern in _LANGUAGES.items()}
    most = max(counted, key=lambda language: counted[language])
    return most if counted[most] else ""
