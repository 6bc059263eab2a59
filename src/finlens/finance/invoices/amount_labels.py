"""What the words beside an amount of an invoice's foot make of it: net, tax, gross, due, paid, a charge or a discount."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

AmountKind = Literal["net", "lines", "base", "tax", "gross", "due", "paid", "charge", "discount", "rounding", "rate", "price"]


class Meaning(NamedTuple):
    """A kind, and how plainly the words say it: 3 leaves no doubt, 1 needs arithmetic to confirm it."""

    kind: AmountKind
    weight: float


def _has(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_TAX_WORD = (
    r"(?:umsatzss?teuer|mehrwertsteuer|versicherungss?teuer|\bu\.?st\.?\b|\bmw\.?st\b|steuer|\bvat\b|\bt\.?v\.?a\b|\bgst\b|\bhst\b|\bpst\b|"
    r"\bsst\b|\btax(?:e?s)?\b|\btaxe\b|\bi\.?v\.?a\b|\bbtw\b)"
)
TAX_WORD = _has(_TAX_WORD)
# In the order in which they are asked: what comes first is the more particular name.
_RULES: tuple[tuple[re.Pattern[str], AmountKind, float], ...] = (
    (
        _has(r"ust-?id|steuer-?n(?:r|ummer)|(?:tax|vat) (?:id|no|reg|number)|n° (?:de )?tva|\bcapital\b|kapital"),
        "price",
        0,
    ),
    (_has(r"\bqty\b|\bquantity\b|item\(s\)"), "price", 0),
    (_has(r"\bchange\b|rückgeld|rendu\b|tender"), "paid", 2),
    (_has(r"rundung|rounding|arrondi"), "rounding", 2),
    (_has(rf"{_TAX_WORD} payable"), "tax", 3),
    (_has(r"\brounded\b"), "due", 3),
    (
        _has(
            r"net à payer|solde|reste (?:à payer|dû)|à payer|à régler|montant dû|amount (?:now )?(?:due|payable)|balance|total due|"
            r"due (?:payable|amount)|payable|to (?:be paid|pay)\b|zahlbetrag|zu zahlen|offene[rn]? betr|offene zahl|restbetrag|"
            r"residual|fällige[rn]? betrag|noch zu|outstanding"
        ),
        "due",
        3,
    ),
    (
        _has(
            r"acompte|anzahlung|vorausbezahlt|vorauszahlung|abschlagszahlung|bereits (?:be|ge)zahlt|pre-?paid|deposit|already paid|"
            r"paid (?:to date|amount)|amount paid|payments? (?:received|made)|déjà (?:payé|réglé|versé)|(?:payé|versé|réglé)s? le|"
            r"^\W*(?:paid|payé|gezahlt)\W*$|\bcash\b|\bchange\b|tendered"
        ),
        "paid",
        2,
    ),
    (_has(r"rabatt|remise|nachlass|discount|abschl[aä]g|allowance|escompte|skonto|rebate|ristourne"), "discount", 2),
    (
        _has(
            r"versand|shipping|freight|fracht|\b(?:frais de )?port\b|livraison|delivery|surcharge|\bcharges?\b|zuschl[aä]g|frais|handling|"
            r"carriage|transport|verpackung|packing|service charge|pfand|éco-?(?:part|contr)"
        ),
        "charge",
        2,
    ),
    (_has(r"\bsatz|steuersatz|\brate\b|taux|[-.] ?%|%$"), "rate", 1),
    (_has(r"preis(?:\b|/)|\bprice\b|\bprix unitaire|\bp\.?u\.?\b"), "price", 0),
    (_has(r"brut(?:to)? h\.?t|(?:positionen|lignes|lines|items|articles|waren).{0,12}(?:netto|\bh\.?t\b|net\b)"), "lines", 1),
    (
        _has(
            r"positionssumme|summe (?:der )?(?:positionen|waren|artikel)|line total|total of lines|sub-? ?total|"
            r"sous-? ?total|zwischensumme|"
            r"warenwert|items? total|total (?:des )?(?:lignes|articles)"
        ),
        "lines",
        1,
    ),
    (
        _has(
            r"ink?lusive|inkl|incl|t\.?t\.?c\b|brutto(?!preis|liste|gew)|\bgross\b|montant (?:total )?brut|total brut|with tax|tax included"
        ),
        "gross",
        3,
    ),
    (_has(r"netto(?!preis|gew)[^()]*\(?(?:zzgl|zuzüg|plus|excl|exkl)"), "net", 2),
    (_has(r"basis|\bbase\b|taxable|imposable|bemessung"), "base", 1),
    (
        _has(
            rf"(?:ohne|exkl\.?|excl?\.?|excluding|exclusive(?: of)?|w/o|without|before|hors) ?{_TAX_WORD}|\bh\.?t\b\.?|"
            r"hors taxes?|(?:vat|tax) excl"
        ),
        "net",
        3,
    ),
    (
        _has(rf"{_TAX_WORD}.{{0,12}}(?:total|gesamt|betrag|amount)|(?:total|summe|gesamt|montant).{{0,12}}{_TAX_WORD}|steuerbetrag"),
        "tax",
        3,
    ),
    (TAX_WORD, "tax", 2),
    (_has(r"netto(?!preis|gew)|\bnet (?:total|amount|value|sum)|total net\b|montant (?:total )?net\b|^\W*net\W*$"), "net", 3),
    (
        _has(
            r"rechnungs(?:betrag|summe|beitrag)|end(?:summe|betrag)|gesamt(?:betrag|summe)|grand total|invoice total|"
            r"total (?:amount|invoice)|"
            r"total (?:général|facture|à payer)|montant total|invoice amount|nett? total"
        ),
        "gross",
        2.5,
    ),
    (_has(r"\btotal\b|\bsumme\b|\bgesamt\w*|\btotaux\b|\bentgelt\b|\bendbetrag"), "gross", 1.5),
)


def meaning_of(label: str) -> Meaning | None:
    """What an amount with these words beside it is; None where they say nothing of the kind."""
    for pattern, kind, weight in _RULES:
        if pattern.search(label):
            return Meaning(kind, weight) if weight else None
    return None


def meaning_of_runs(runs: list[str]) -> tuple[Meaning, str] | None:
    """The meaning of the words left of an amount: of those nearest to it, or of more where these say nothing."""
    for count in range(1, len(runs) + 1):
        label = " ".join(runs[-count:])
        found = meaning_of(label)
        if found:
            return found, label
    return None
