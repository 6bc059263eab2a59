"""Les comptes de Valcendre S.A., which does not exist, in thousands of euros, under the French general chart of accounts.

Pairs run exercice N (closed on 31 December 2024), then N-1. Everything that can be added up is; the asserts hold it together.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from reports.amounts import add, half_up, minus, spread, total

result: dict[str, tuple[int, int]] = {
    "marchandises": (12750, 13118),
    "biens": (168420, 156315),
    "services": (31864, 29207),
    "stockée": (1236, -842),
    "immobilisée": (1910, 1745),
    "subventions": (315, 280),
    "reprises": (1104, 968),
    "autres produits": (87, 112),
    "achats de marchandises": (8462, 8815),
    "achats de matières": (75205, 66930),
    "variation de stocks": (-618, 1054),
    "charges externes": (42318, 39864),
    "impôts et taxes": (3742, 3615),
    "salaires": (41560, 38927),
    "charges sociales": (16873, 15804),
    "amortissements": (9846, 9312),
    "dépréciations": (742, 815),
    "provisions": (620, 430),
    "autres charges": (305, 288),
    "participations": (640, 512),
    "intérêts reçus": (418, 236),
    "gains de change": (92, 147),
    "dotations financières": (150, 0),
    "intérêts": (2684, 2415),
    "pertes de change": (131, 88),
    "produits de gestion": (74, 52),
    "produits de cession": (530, 1210),
    "charges de gestion": (118, 236),
    "valeur des cessions": (346, 905),
    "dotations exceptionnelles": (100, 0),
    "participation des salariés": (1342, 985),
    "impôt": (3868, 3012),
}
PRODUITS = tuple(result)[:8]
CHARGES = tuple(result)[8:19]
result["chiffre d'affaires"] = total(result, PRODUITS[:3])
result["produits d'exploitation"] = total(result, PRODUITS)
result["charges d'exploitation"] = total(result, CHARGES)
result["résultat d'exploitation"] = add(result["produits d'exploitation"], minus(result["charges d'exploitation"]))
result["produits financiers"] = total(result, ("participations", "intérêts reçus", "gains de change"))
result["charges financières"] = total(result, ("dotations financières", "intérêts", "pertes de change"))
result["résultat financier"] = add(result["produits financiers"], minus(result["charges financières"]))
result["résultat courant"] = add(result["résultat d'exploitation"], result["résultat financier"])
result["produits exceptionnels"] = total(result, ("produits de gestion", "produits de cession"))
result["charges exceptionnelles"] = total(result, ("charges de gestion", "valeur des cessions", "dotations exceptionnelles"))
result["résultat exceptionnel"] = add(result["produits exceptionnels"], minus(result["charges exceptionnelles"]))
result["résultat avant impôt"] = add(
    result["résultat courant"], result["résultat exceptionnel"], minus(result["participation des salariés"])
)
result["résultat net"] = add(result["résultat avant impôt"], minus(result["impôt"]))

SHARES = 4_850_000
per_share = tuple(half_up(Decimal(1000 * net) / SHARES, 2) for net in result["résultat net"])
dividend_per_share = (Decimal("1.00"), Decimal("0.90"), Decimal("0.80"))

# Fixed assets: cost at the opening, additions, disposals, transfers; amortisation at the opening, charge, write-back.
fixed: dict[str, tuple[int, int, int, int, int, int, int]] = {
    "Frais de développement": (3902, 910, 0, 0, 2138, 776, 0),
    "Concessions, brevets, logiciels": (5596, 644, 0, 0, 3084, 791, 0),
    "Fonds commercial": (12500, 0, 0, 0, 0, 0, 0),
    "Terrains": (5118, 200, 0, 0, 0, 0, 0),
    "Constructions": (37012, 1450, 0, 0, 15672, 2233, 0),
    "Installations techniques, matériel et outillage": (59838, 6105, -3055, 1843, 38816, 5279, -2809),
    "Autres immobilisations corporelles": (8742, 1012, -600, 0, 5755, 767, -500),
    "Immobilisations en cours": (2150, 3100, 0, -1843, 0, 0, 0),
    "Participations": (17640, 1000, 0, 0, 1050, 150, 0),
    "Prêts": (900, 0, -50, 0, 0, 0, 0),
    "Autres immobilisations financières": (398, 14, 0, 0, 0, 0, 0),
}
INCORPORELLES, CORPORELLES, FINANCIERES = tuple(fixed)[:3], tuple(fixed)[3:8], tuple(fixed)[8:]

# Balance sheet: gross, amortisation and depreciation, net N, net N-1.
assets: dict[str, tuple[int, int, int, int]] = {}
for _key, (_cost, _more, _sold, _moved, _worn, _charge, _back) in fixed.items():
    _gross, _total = _cost + _more + _sold + _moved, _worn + _charge + _back
    assets[_key] = (_gross, _total, _gross - _total, _cost - _worn)


def _asset(gross: int, lost: int, before: int) -> tuple[int, int, int, int]:
    return gross, lost, gross - lost, before


assets |= {
    "Matières premières et approvisionnements": _asset(14872, 640, 13614),
    "En-cours de production": _asset(8215, 0, 7604),
    "Produits intermédiaires et finis": _asset(19438, 1127, 17686),
    "Clients et comptes rattachés": _asset(46903, 1512, 42118),
    "Autres créances": _asset(7268, 0, 6842),
    "Valeurs mobilières de placement": _asset(6000, 0, 4000),
    "Disponibilités": _asset(0, 0, 0),  # what closes the balance, below
    "Charges constatées d’avance": _asset(1486, 0, 1302),
}
STOCKS, CREANCES, TRESORERIE = tuple(assets)[11:14], tuple(assets)[14:16], tuple(assets)[16:18]
ECART_ACTIF = (64, 0, 64, 41)

liabilities: dict[str, tuple[int, int]] = {
    "Capital social (dont versé : 24 250)": (24250, 24250),
    "Primes d’émission, de fusion, d’apport": (8400, 8400),
    "Réserve légale": (2425, 2425),
    "Autres réserves": (36200, 31200),
    "Report à nouveau": (1586, 1386),
    "Résultat de l’exercice": result["résultat net"],
    "Subventions d’investissement": (420, 420),
    "Provisions pour risques": (1265, 1105),
    "Provisions pour charges": (910, 760),
    "Emprunts obligataires": (15000, 15000),
    "Emprunts auprès des établissements de crédit": (53680, 52620),
    "Concours bancaires courants": (980, 1240),
    "Fournisseurs et comptes rattachés": (26480, 24315),
    "Dettes fiscales et sociales": (15362, 14208),
    "Dettes sur immobilisations et comptes rattachés": (1420, 1120),
    "Autres dettes": (2104, 2316),
    "Produits constatés d’avance": (1905, 1742),
}
CAPITAUX, PROVISIONS, DETTES = tuple(liabilities)[:7], tuple(liabilities)[7:9], tuple(liabilities)[9:]
ECART_PASSIF = (35, 28)
equity, provisions, debts = (total(liabilities, keys) for keys in (CAPITAUX, PROVISIONS, DETTES))
total_liabilities = add(equity, provisions, debts, ECART_PASSIF)

_known = add(*assets.values(), ECART_ACTIF)
assets["Disponibilités"] = _asset(total_liabilities[0] - _known[2], 0, total_liabilities[1] - _known[3])
fixed_total = total(assets, fixed)
current_total = total(assets, tuple(assets)[11:])
total_assets = add(fixed_total, current_total, ECART_ACTIF)

flows: dict[str, tuple[int, int]] = {
    "Résultat net": result["résultat net"],
    "Amortissements et provisions, nets des reprises": (10306, 9462),
    "Plus-values de cession": (-184, -305),
    "Stocks": (-1854, -1120),
    "Créances clients": (-3273, -2046),
    "Autres créances et comptes de régularisation": (-633, -318),
    "Dettes fournisseurs": (2165, 1284),
    "Dettes fiscales et sociales": (1154, 402),
    "Autres dettes et comptes de régularisation": (-42, -96),
    "Acquisitions d’immobilisations": (-13421, -12240),
    "Variation des dettes sur immobilisations": (300, -180),
    "Produits de cession d’immobilisations": (530, 1210),
    "Acquisitions de titres de participation": (-1000, 0),
    "Prêts et autres immobilisations financières": (36, 40),
    "Dividendes versés": (-4365, -3880),
    "Emprunts souscrits": (8000, 5000),
    "Remboursements d’emprunts": (-6940, -6215),
}
CAF, BFR = tuple(flows)[:3], tuple(flows)[3:9]
INVESTISSEMENT, FINANCEMENT = tuple(flows)[9:14], tuple(flows)[14:]
self_financing, working_capital = total(flows, CAF), total(flows, BFR)
operating = add(self_financing, working_capital)
investing, financing = total(flows, INVESTISSEMENT), total(flows, FINANCEMENT)
change = add(operating, investing, financing)
closing = add(
    *(assets[key][2:] for key in TRESORERIE),
    minus(liabilities["Concours bancaires courants"]),
)
opening = add(closing, minus(change))

# Changes in equity: capital, premiums, reserves and carried forward, result, subsidies.
equity_rows: list[tuple[str, tuple[int, ...]]] = [("Capitaux propres au 31 décembre 2022", (24250, 8400, 30911, 7980, 420))]
equity_rows += [
    ("Affectation du résultat 2022", (0, 0, 7980, -7980, 0)),
    ("Dividendes versés (0,80 € par action)", (0, 0, -3880, 0, 0)),
    ("Résultat de l’exercice 2023", (0, 0, 0, result["résultat net"][1], 0)),
]
equity_rows.append(("Capitaux propres au 31 décembre 2023", add(*(row for _, row in equity_rows))))
equity_rows += [
    ("Affectation du résultat 2023", (0, 0, 9565, -9565, 0)),
    ("Dividendes versés (0,90 € par action)", (0, 0, -4365, 0, 0)),
    ("Résultat de l’exercice 2024", (0, 0, 0, result["résultat net"][0], 0)),
]
equity_rows.append(("Capitaux propres au 31 décembre 2024", add(*(row for _, row in equity_rows[4:]))))

zones: dict[str, tuple[int, int]] = {
    "France": (96840, 93215),
    "Union européenne (hors France)": (61427, 55930),
    "Amérique du Nord": (28316, 24875),
    "Asie-Pacifique": (17905, 16244),
    "Reste du monde": (8546, 8376),
}
activities: dict[str, tuple[int, int]] = {
    "Lignes de conditionnement": (118930, 109486),
    "Pièces et outillages": (62240, 59947),
    "Maintenance et services": (31864, 29207),
}
tax_rows: list[tuple[str, tuple[int, int]]] = [
    ("Impôt théorique au taux de 25,0 %", (3879, 3144)),
    ("Différences permanentes", (418, 301)),
    ("Crédit d’impôt recherche", (-540, -486)),
    ("Régime mère-fille", (-152, -122)),
    ("Contribution sociale", (98, 74)),
    ("Autres", (165, 101)),
]
# Debts by due date: gross, within a year, one to five years, beyond.
maturities: dict[str, tuple[int, int, int]] = {
    "Emprunts obligataires": (0, 15000, 0),
    "Emprunts auprès des établissements de crédit": (7215, 29840, 16625),
    "Concours bancaires courants": (980, 0, 0),
    "Fournisseurs et comptes rattachés": (26480, 0, 0),
    "Dettes fiscales et sociales": (15362, 0, 0),
    "Dettes sur immobilisations et comptes rattachés": (1420, 0, 0),
    "Autres dettes": (2104, 0, 0),
    "Produits constatés d’avance": (1320, 585, 0),
}
staff: dict[str, tuple[int, int]] = {
    "Cadres": (168, 159),
    "Techniciens et agents de maîtrise": (247, 241),
    "Employés": (94, 96),
    "Ouvriers": (412, 398),
}
five_years = {
    "Chiffre d’affaires": (168_215, 174_932, 187_406, 198_640, 213_034),
    "Résultat d’exploitation": (9_318, 10_870, 12_944, 15_049, 18_631),
    "Résultat net": (5_406, 6_512, 7_980, 9_565, 11_646),
}

_BANKS = (
    "Banque de l’Orvance",
    "Crédit Ligérien",
    "Caisse du Haut-Vernay",
    "Union Bancaire Alméras",
    "Société Financière du Roual",
    "Comptoir de Brévenne",
)
_USES = (
    "Ligne d’assemblage",
    "Extension d’atelier",
    "Centre d’usinage",
    "Bâtiment logistique",
    "Robots de palettisation",
    "Presse à injecter",
    "Toiture solaire",
    "Laboratoire d’essais",
    "Chariots et levage",
    "Système d’information",
)
_SITES = ("Saint-Avre", "Vernoux", "Loriol", "Chabeuil", "Montrevel")


def loans() -> list[tuple[str, str, str, str, Decimal, int, int]]:
    """Number, bank, purpose, last due date (jj/mm/aaaa), rate in percent, amount borrowed, amount still due."""
    random = Random(20241231)
    count = 64
    due = spread(liabilities["Emprunts auprès des établissements de crédit"][0], [random.uniform(0.15, 2.6) for _ in range(count)], 60)
    found = []
    for number, left in enumerate(due, start=1):
        borrowed = -(-int(left * random.uniform(1.05, 2.3)) // 50) * 50
        last = f"{random.choice((5, 10, 15, 20, 25)):02}/{random.randint(1, 12):02}/{random.randint(2025, 2038)}"
        purpose = f"{random.choice(_USES)}, {random.choice(_SITES)}"
        rate = Decimal(random.randint(95, 465)) / 100
        found.append((f"E-{number:03}", random.choice(_BANKS), purpose, last, rate, max(borrowed, left), left))
    return found


def _check() -> None:
    assert total_assets[2:] == total_liabilities
    assert min(assets["Disponibilités"]) >= 0 and change[0] == closing[0] - closing[1] == closing[0] - opening[0]
    assert closing[1] == opening[0]
    assert sum(row[5] for row in fixed.values()) == result["amortissements"][0] + result["dotations financières"][0]
    assert sum(fixed[k][1] for k in (*INCORPORELLES, *CORPORELLES)) == -flows["Acquisitions d’immobilisations"][0]
    sold = -sum(fixed[k][2] - fixed[k][6] for k in CORPORELLES)
    assert sold == result["valeur des cessions"][0] and sum(row[3] for row in fixed.values()) == 0
    for row, key in ((equity_rows[4], 1), (equity_rows[-1], 0)):
        assert sum(row[1]) == equity[key]
    assert add(*zones.values()) == add(*activities.values()) == result["chiffre d'affaires"]
    assert five_years["Chiffre d’affaires"][3:] == tuple(reversed(result["chiffre d'affaires"]))
    assert five_years["Résultat d’exploitation"][3:] == tuple(reversed(result["résultat d'exploitation"]))
    assert five_years["Résultat net"][2:] == (equity_rows[0][1][3], *reversed(result["résultat net"]))
    assert add(*(row for _, row in tax_rows)) == result["impôt"]
    assert all(sum(parts) == liabilities[key][0] for key, parts in maturities.items()) and set(maturities) == set(DETTES)
    assert sum(loan[-1] for loan in loans()) == liabilities["Emprunts auprès des établissements de crédit"][0]
    stocks = [sum(assets[key][n] for key in STOCKS) for n in (2, 3)]
    assert flows["Stocks"][0] == stocks[1] - stocks[0]
    assert flows["Dividendes versés"] == tuple(-int(paid * SHARES / 1000) for paid in dividend_per_share[1:])


_check()
