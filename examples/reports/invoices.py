"""Two invoices of one page: a French one with VAT at three rates, and an American one with sales tax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportlab.lib.colors import HexColor

from reports.amounts import NO_BREAK, en, fr, half_up
from reports.fonts import ENGLISH, FRENCH
from reports.press import House, Press
from reports.tables import Column, Row, Table, draw
from reports.typography import french

FACTURE = House(
    title="Facture FA-2024-0418",
    company="Menuiserie Tallandier SARL",
    language="fr-FR",
    size=(595, 842),
    faces=FRENCH,
    ink=HexColor("#1f4d3a"),
    band=HexColor("#e8f0ec"),
    continued="suite",
    margin=48,
    prose_size=8,
    prose_leading=11.5,
)
INVOICE = House(
    title="Invoice 10-20871",
    company="Harbor & Pine Supply LLC",
    language="en-US",
    size=(612, 792),
    faces=ENGLISH,
    ink=HexColor("#303a52"),
    band=HexColor("#eceef3"),
    continued="continued",
)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an invoice; ``rate`` is the tax in percent."""

    reference: str
    label: str
    quantity: Decimal
    unit: str
    price: Decimal
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        return half_up(self.quantity * self.price, 2)


def _item(reference: str, label: str, quantity: str, unit: str, price: str, rate: str) -> Item:
    return Item(reference, label, Decimal(quantity), unit, Decimal(price), Decimal(rate))


LIGNES = (
    _item("MEN-104", "Fenêtre chêne massif, deux vantaux, 120 × 135 cm", "6", "u", "842.50", "10"),
    _item("MEN-118", "Porte-fenêtre chêne massif, 140 × 215 cm", "2", "u", "1486.00", "10"),
    _item("VIT-020", "Double vitrage isolant 4/16/4, pose comprise", "14.4", "m²", "96.80", "5.5"),
    _item("QUI-007", "Quincaillerie laiton et joints", "8", "lot", "37.25", "20"),
    _item("POS-001", "Dépose, pose et réglages", "46.5", "h", "48.00", "10"),
    _item("TRA-003", "Transport et évacuation des gravats", "1", "forfait", "390.00", "20"),
    _item("ETU-002", "Étude et relevé de cotes", "3", "h", "62.00", "20"),
)
REMISE = Decimal("3")
ACOMPTE = Decimal("4000.00")
NET_LINES = sum((line.amount for line in LIGNES), Decimal(0))


def vat() -> list[tuple[Decimal, Decimal, Decimal]]:
    """Rate, taxable base after the discount, tax."""
    found = []
    for rate in sorted({line.rate for line in LIGNES}, reverse=True):
        base = half_up(sum((line.amount for line in LIGNES if line.rate == rate), Decimal(0)) * (100 - REMISE) / 100, 2)
        found.append((rate, base, half_up(base * rate / 100, 2)))
    return found


TOTAL_HT = sum((base for _, base, _ in vat()), Decimal(0))
TOTAL_TVA = sum((tax for *_, tax in vat()), Decimal(0))
TOTAL_TTC = TOTAL_HT + TOTAL_TVA
NET_A_PAYER = TOTAL_TTC - ACOMPTE


def french_bank_details(bank: str, branch: str, account: str) -> str:
    """An IBAN with the right national key and the right check digits."""
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    national = f"{bank}{branch}{account}{key:02}"
    check = 98 - int(f"{national}152700") % 97  # F is 15, R is 27
    whole = f"FR{check:02}{national}"
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def french_vat_number(siren: str) -> str:
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"


IBAN = french_bank_details("99999", "01042", "00023418907")
SIREN = "100000025"
TVA_NUMBER = french_vat_number(SIREN)


def _block(press: Press, x: float, y: float, lines: Sequence[str], *, size: float = 8, head: bool = True) -> None:
    faces = press.house.faces
    for number, line in enumerate(lines):
        press.text(x, y + number * (size + 3.4), line, faces.sans_bold if head and not number else faces.sans, size)


def facture(press: Press) -> None:
    """The French invoice."""
    press.new_page(running=False)
    faces, house = press.house.faces, press.house
    press.fill(0, 0, house.size[0], 10, house.ink)
    press.text(press.left, 62, "Menuiserie Tallandier", faces.text, 20, color=house.ink)
    _block(
        press, press.left, 80, ["27, rue des Charpentiers", "38200 Vienne", "Tél. 04 99 00 41 18", "contact@tallandier.example"], head=False
    )
    press.text(press.right, 62, "FACTURE", faces.sans_bold, 20, align="right")
    left, top = press.right - 196, 84
    pairs = [
        ("Numéro", "FA-2024-0418"),
        ("Date de facture", "18/11/2024"),
        ("Date d’échéance", "18/12/2024"),
        ("Votre commande", "BC 7731 du 02/09/2024"),
        ("N° client", "C-00562"),
    ]
    for number, (label, value) in enumerate(pairs):
        press.text(left, top + number * 12.4, label, faces.sans, 8)
        press.text(press.right, top + number * 12.4, value, faces.sans_bold, 8, align="right")
    press.fill(left - 34, 164, press.right, 234, house.band)
    press.text(left - 26, 177, "Facturé à", faces.sans_italic, 7.5)
    _block(
        press,
        left - 26,
        190,
        ["Syndicat de l’immeuble Les Tilleuls", "Cabinet Morvant, gestionnaire", "112, cours Romestang", "38200 Vienne"],
    )
    press.text(press.left, 177, "Lieu des travaux", faces.sans_italic, 7.5)
    _block(press, press.left, 190, ["Résidence Les Tilleuls, bâtiment B", "112, cours Romestang", "38200 Vienne"])
    press.y = 266
    columns = [
        Column("Désignation", 200, align="left"),
        Column("Qté", 40),
        Column("Unité", 42, align="center"),
        Column("P.U. HT", 56),
        Column("TVA", 42),
        Column("Montant HT", 64),
    ]
    rows = [
        Row(
            line.reference,
            (
                line.label,
                _plain(line.quantity),
                line.unit,
                fr(line.price, 2, space=NO_BREAK),
                f"{_plain(line.rate)}{NO_BREAK}%",
                fr(line.amount, 2, space=NO_BREAK),
            ),
        )
        for line in LIGNES
    ]
    draw(press, Table(columns, rows, stub="Réf.", size=7.4, leading=17, style="banded"))
    press.y += 6
    bottom = press.y
    euros = [
        ("Total brut HT", NET_LINES, False),
        (f"Remise {_plain(REMISE)} %", TOTAL_HT - NET_LINES, False),
        ("Total HT", TOTAL_HT, True),
        ("Total TVA", TOTAL_TVA, False),
        ("Total TTC", TOTAL_TTC, True),
        ("Acompte versé le 09/09/2024", -ACOMPTE, False),
    ]
    for label, amount, bold in euros:
        face = faces.sans_bold if bold else faces.sans
        press.text(press.right - 200, press.y, french(label), face, 8)
        press.text(press.right - 4, press.y, f"{fr(amount, 2, space=NO_BREAK, brackets=False)}{NO_BREAK}€", face, 8, align="right")
        press.rule(press.right - 204, press.y + 4.4, press.right, 0.25)
        press.y += 15
    press.fill(press.right - 204, press.y - 10, press.right, press.y + 9, house.ink)
    press.text(press.right - 200, press.y + 2.4, "Net à payer", faces.sans_bold, 10, color=HexColor("#ffffff"))
    shown = f"{fr(NET_A_PAYER, 2, space=NO_BREAK)}{NO_BREAK}€"
    press.text(press.right - 4, press.y + 2.4, shown, faces.sans_bold, 10, align="right", color=HexColor("#ffffff"))
    end, press.y = press.y, bottom
    press.text(press.left, press.y, "Détail de la TVA", faces.sans_bold, 8)
    press.y += 4
    for at, head in zip((74, 148, 214), ("Taux", "Base HT", "Montant TVA"), strict=True):
        press.text(press.left + at, press.y + 11, head, faces.sans_bold, 7.4, align="right")
    press.rule(press.left, press.y + 15, press.left + 218, 0.6, house.ink)
    for number, (rate, base, tax) in enumerate(vat()):
        y = press.y + 27 + number * 13
        for at, text in zip(
            (74, 148, 214), (f"{_plain(rate)}{NO_BREAK}%", fr(base, 2, space=NO_BREAK), fr(tax, 2, space=NO_BREAK)), strict=True
        ):
            press.text(press.left + at, y, text, faces.sans, 7.4, align="right")
    press.rule(press.left, press.y + 31 + len(vat()) * 13 - 9, press.left + 218, 0.6, house.ink)
    press.y = end + 44
    press.text(press.left, press.y, "Règlement", faces.sans_bold, 8.5, color=house.ink)
    _block(
        press,
        press.left,
        press.y + 14,
        [
            "Par virement à 30 jours, sans escompte pour paiement anticipé.",
            f"IBAN : {IBAN}",
            "BIC : XXXXFRPPXXX – Titulaire : Menuiserie Tallandier SARL",
        ],
        head=False,
    )
    press.y += 62
    for line in (
        "En cas de retard, une pénalité de trois fois le taux d’intérêt légal et une indemnité forfaitaire de 40 € pour frais de "
        "recouvrement sont dues.",
        "TVA acquittée sur les débits. Taux réduits : attestation du client du 2 septembre 2024.",
    ):
        press.footnote(french(line))
    press.rule(press.left, 796, press.right, 0.4)
    siren = f"{SIREN[:3]} {SIREN[3:6]} {SIREN[6:]}"
    foot = f"Menuiserie Tallandier SARL au capital de 30 000 € – SIREN {siren} RCS Vienne – N° TVA intracommunautaire {TVA_NUMBER}"
    press.text(house.size[0] / 2, 808, french(foot), faces.sans, 6.8, align="center")


def _plain(number: Decimal) -> str:
    return fr(number, max(0, -int(number.normalize().as_tuple().exponent)))


GOODS = (
    _item("HP-2201", "Standing desk, ash, 60 x 30 in.", "12", "each", "489.00", "6.25"),
    _item("HP-2214", "Task chair, black mesh", "12", "each", "312.50", "6.25"),
    _item("HP-3120", "Monitor arm, double", "9", "each", "118.75", "6.25"),
    _item("HP-0415", "Cable tray, 48 in.", "24", "each", "21.40", "6.25"),
    _item("HP-9001", "Assembly on site", "18.5", "hours", "64.00", "0"),
)
SUBTOTAL = sum((line.amount for line in GOODS), Decimal(0))
DISCOUNT = half_up(SUBTOTAL * 5 / 100, 2)
TAXABLE = sum((line.amount for line in GOODS if line.rate), Decimal(0))
SALES_TAX = half_up(TAXABLE * 95 / 100 * Decimal("6.25") / 100, 2)
SHIPPING = Decimal("285.00")
TOTAL_DUE = SUBTOTAL - DISCOUNT + SALES_TAX + SHIPPING


def invoice(press: Press) -> None:
    """The American invoice."""
    press.new_page(running=False)
    faces, house = press.house.faces, press.house
    press.text(press.left, 70, "Harbor & Pine", faces.text_bold, 22, color=house.ink)
    press.text(press.left, 86, "OFFICE SUPPLY", faces.sans, 7.5, color=house.ink)
    press.text(press.right, 70, "Invoice", faces.text, 24, align="right")
    press.rule(press.left, 98, press.right, 1.2, house.ink)
    _block(press, press.left, 118, ["Harbor & Pine Supply LLC", "88 Wharf Street", "Portland, Maine 04101", "Tax ID 00-0000042"], size=8.5)
    _block(
        press,
        press.left + 180,
        118,
        ["Bill to", "Quillon Architects, Inc.", "Accounts Payable", "510 Mill Road, Fairhaven, MA 02719"],
        size=8.5,
    )
    pairs = [("Invoice no.", "10-20871"), ("Invoice date", "March 7, 2025"), ("Due date", "April 6, 2025"), ("Terms", "Net 30")]
    for number, (label, value) in enumerate(pairs):
        press.text(press.right - 130, 118 + number * 11.9, label, faces.sans, 8.5)
        press.text(press.right, 118 + number * 11.9, value, faces.sans_bold, 8.5, align="right")
    press.y = 196
    columns = [
        Column("Description", 208, align="left"),
        Column("Quantity", 54),
        Column("Unit", 46, align="center"),
        Column("Unit price", 62),
        Column("Amount", 74, sign="$"),
    ]
    rows = [
        Row(line.reference, (line.label, f"{line.quantity:,}", line.unit, en(line.price, 2), en(line.amount, 2)), sign=not number)
        for number, line in enumerate(GOODS)
    ]
    draw(press, Table(columns, rows, stub="Item", size=8.5, leading=19, style="boxed"))
    press.y += 10
    sums = [("Subtotal", SUBTOTAL), ("Discount, 5%", -DISCOUNT), ("Sales tax, 6.25% of goods", SALES_TAX), ("Shipping", SHIPPING)]
    for label, amount in sums:
        press.text(press.right - 200, press.y, label, faces.sans, 9)
        press.text(press.right - 6, press.y, en(amount, 2), faces.sans, 9, align="right")
        press.y += 15
    press.rule(press.right - 204, press.y - 8, press.right, 0.8, house.ink)
    press.y += 6
    press.text(press.right - 200, press.y, "Total due (USD)", faces.sans_bold, 11)
    press.text(press.right - 6, press.y, f"${en(TOTAL_DUE, 2)}", faces.sans_bold, 11, align="right")
    press.rule(press.right - 204, press.y + 6, press.right, 0.8, house.ink)
    press.y += 60
    press.prose(
        [
            "Please pay by bank transfer to Harbor & Pine Supply LLC, account 000123456789, routing number 000000042, and quote the "
            "invoice number. "
            "Interest of 1.0% a month is charged on amounts past due. Goods may be returned within 30 days in their packing.",
        ],
        size=9,
    )


def _check() -> None:
    digits = IBAN.replace(" ", "")
    turned = "".join(str(int(sign, 36)) for sign in digits[4:] + digits[:4])
    assert int(turned) % 97 == 1 and len(digits) == 27
    assert sum(base for _, base, _ in vat()) == TOTAL_HT and NET_A_PAYER > 0
    assert half_up(NET_LINES * (100 - REMISE) / 100, 2) == TOTAL_HT


_check()
