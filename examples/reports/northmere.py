"""The accounts of Northmere Instruments Corporation, which does not exist, in tenths of a million US dollars.

Years run 2024, 2023, 2022, ended June 30. Everything that can be added up is; the asserts hold the statements together.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from reports.amounts import add, half_up, minus, spread, total

YEARS = (2024, 2023, 2022)

income: dict[str, tuple[int, ...]] = {
    "products": (9423, 8840, 8427),
    "services": (3423, 3011, 2684),
    "cost of products": (5218, 4986, 4829),
    "cost of services": (1849, 1657, 1503),
    "research": (1416, 1302, 1210),
    "selling": (2264, 2117, 2035),
    "amortization": (187, 179, 179),
    "restructuring": (63, 0, 42),
    "interest expense": (-214, -238, -195),
    "interest income": (49, 31, 6),
    "other": (-18, 22, -7),
    "tax": (362, 316, 259),
}
income["revenue"] = total(income, ("products", "services"))
income["cost of sales"] = total(income, ("cost of products", "cost of services"))
income["gross profit"] = add(income["revenue"], minus(income["cost of sales"]))
income["operating expenses"] = total(income, ("research", "selling", "amortization", "restructuring"))
income["operating income"] = add(income["gross profit"], minus(income["operating expenses"]))
income["before tax"] = total(income, ("operating income", "interest expense", "interest income", "other"))
income["net income"] = add(income["before tax"], minus(income["tax"]))

comprehensive: dict[str, tuple[int, ...]] = {"translation": (38, 52, -94), "hedges": (11, -8, 13), "pensions": (-14, 6, -5)}
comprehensive["other comprehensive"] = total(comprehensive, ("translation", "hedges", "pensions"))
comprehensive["comprehensive"] = add(income["net income"], comprehensive["other comprehensive"])

# Shares in thousands.
basic_shares = (56_812, 57_391, 57_934)
dilution = (741, 688, 612)
diluted_shares = add(basic_shares, dilution)
dividend_per_share = (Decimal("0.88"), Decimal("0.80"), Decimal("0.72"))
basic_eps = [half_up(Decimal(100 * n) / s, 2) for n, s in zip(income["net income"], basic_shares, strict=True)]
diluted_eps = [half_up(Decimal(100 * n) / s, 2) for n, s in zip(income["net income"], diluted_shares, strict=True)]

cash: dict[str, tuple[int, ...]] = {
    "net income": income["net income"],
    "depreciation and amortization": (711, 677, 650),
    "share-based compensation": (246, 221, 198),
    "deferred taxes": (-48, -31, -22),
    "other non-cash": (9, 14, 6),
    "receivables": (-164, -112, -87),
    "inventories": (81, -143, -205),
    "prepaid": (-27, 18, -11),
    "payables": (63, 47, 94),
    "compensation": (58, 22, 15),
    "deferred revenue": (124, 71, 48),
    "taxes payable": (-17, 12, -8),
    "other liabilities": (-14, -9, 5),
    "capex": (-784, -671, -612),
    "acquisitions": (-412, 0, -1180),
    "disposals": (21, 14, 9),
    "purchases of investments": (-300, -450, -250),
    "maturities of investments": (450, 250, 300),
    "borrowings": (1500, 0, 1200),
    "repayments": (-1750, -250, -400),
    "dividends": (-500, -459, -417),
    "repurchases": (-420, -350, -300),
    "options": (96, 74, 61),
    "exchange": (-23, 11, -46),
}
OPERATING = tuple(cash)[:13]
INVESTING = tuple(cash)[13:18]
FINANCING = tuple(cash)[18:23]
cash["operating"] = total(cash, OPERATING)
cash["investing"] = total(cash, INVESTING)
cash["financing"] = total(cash, FINANCING)
cash["change"] = total(cash, ("operating", "investing", "financing", "exchange"))
cash["opening"] = (1642, 1577, 1671)
cash["closing"] = add(cash["change"], cash["opening"])

# What the year's acquisition brought, in the lines that it went to.
acquired = {"receivables": 37, "inventories": 29, "property": 16, "goodwill": 205, "intangibles": 180}
assumed = {"payables": 18, "deferred revenue": 22, "deferred tax liabilities": 15}
depreciation = (524, 498, 471)
fixed_assets_exchange, goodwill_exchange, disposals_book = 19, 42, 30

_before = {
    "cash": 1642,
    "investments": 450,
    "receivables": 2018,
    "inventories": 1736,
    "prepaid": 384,
    "property": 3841,
    "leases": 612,
    "goodwill": 4127,
    "intangibles": 1483,
    "deferred tax assets": 215,
    "other assets": 298,
    "payables": 1124,
    "compensation": 731,
    "deferred revenue": 862,
    "current debt": 250,
    "taxes payable": 143,
    "other current": 418,
    "long-term debt": 4450,
    "lease liabilities": 498,
    "deferred tax liabilities": 327,
    "other liabilities": 286,
    "common stock": 6,
    "paid-in capital": 3842,
    "retained earnings": 5217,
    "accumulated other": -483,
    "treasury stock": -865,
}
_year = {key: values[0] for key, values in cash.items()}
_changes = {
    "cash": _year["change"],
    "investments": -_year["purchases of investments"] - _year["maturities of investments"],
    "receivables": -_year["receivables"] + acquired["receivables"],
    "inventories": -_year["inventories"] + acquired["inventories"],
    "prepaid": -_year["prepaid"],
    "property": -_year["capex"] - depreciation[0] - disposals_book + acquired["property"] + fixed_assets_exchange,
    "leases": 84 - 110,
    "goodwill": acquired["goodwill"] + goodwill_exchange,
    "intangibles": acquired["intangibles"] - income["amortization"][0],
    "deferred tax assets": 12,
    "other assets": comprehensive["hedges"][0],
    "payables": _year["payables"] + assumed["payables"],
    "compensation": _year["compensation"],
    "deferred revenue": _year["deferred revenue"] + assumed["deferred revenue"],
    "current debt": 50,
    "taxes payable": _year["taxes payable"],
    "other current": _year["other liabilities"],
    "long-term debt": _year["borrowings"] + _year["repayments"] - 50,
    "lease liabilities": 84 - 110,
    "deferred tax liabilities": _year["deferred taxes"] + 12 + assumed["deferred tax liabilities"],
    "other liabilities": -comprehensive["pensions"][0],
    "common stock": 0,
    "paid-in capital": _year["share-based compensation"] + _year["options"],
    "retained earnings": income["net income"][0] + _year["dividends"],
    "accumulated other": comprehensive["other comprehensive"][0],
    "treasury stock": _year["repurchases"],
}
balance: dict[str, tuple[int, ...]] = {key: (value + _changes[key], value) for key, value in _before.items()}
balance["current assets"] = total(balance, ("cash", "investments", "receivables", "inventories", "prepaid"))
balance["assets"] = total(
    balance, ("current assets", "property", "leases", "goodwill", "intangibles", "deferred tax assets", "other assets")
)
balance["current liabilities"] = total(
    balance, ("payables", "compensation", "deferred revenue", "current debt", "taxes payable", "other current")
)
balance["liabilities"] = total(
    balance, ("current liabilities", "long-term debt", "lease liabilities", "deferred tax liabilities", "other liabilities")
)
EQUITY = ("common stock", "paid-in capital", "retained earnings", "accumulated other", "treasury stock")
balance["equity"] = total(balance, EQUITY)
balance["liabilities and equity"] = total(balance, ("liabilities", "equity"))

# Changes in equity, newest year last; columns as in EQUITY.
_opening_2022 = (6, 3842 - 221 - 74, 5217 - 1109 + 459, -483 - 50, -865 + 350)
equity_rows: list[tuple[str, tuple[int, ...]]] = [("Balance at June 30, 2022", _opening_2022)]
for _n, _label in ((1, "2023"), (0, "2024")):
    equity_rows += [
        ("Net income", (0, 0, income["net income"][_n], 0, 0)),
        ("Other comprehensive income", (0, 0, 0, comprehensive["other comprehensive"][_n], 0)),
        ("Share-based compensation", (0, cash["share-based compensation"][_n], 0, 0, 0)),
        ("Shares issued under employee plans", (0, cash["options"][_n], 0, 0, 0)),
        (f"Cash dividends (${dividend_per_share[_n]} per share)", (0, 0, cash["dividends"][_n], 0, 0)),
        ("Repurchases of common stock", (0, 0, 0, 0, cash["repurchases"][_n])),
    ]
    equity_rows.append((f"Balance at June 30, {_label}", add(*(row for _, row in equity_rows[-7:]))))

SEGMENTS = ("Measurement Systems", "Process Control", "Services and Software")
segment_revenue = ((5628, 5320, 5106), (3795, 3520, 3321), (3423, 3011, 2684))
segment_income = ((1034, 902, 801), (612, 517, 452), (741, 628, 522))
corporate = (-288, -258, -241)
# 2024 only: assets, depreciation and amortization, capital expenditures; the last is corporate.
segment_assets = (6104, 4487, 3216, balance["assets"][0] - 6104 - 4487 - 3216)
segment_depreciation = (298, 206, 142, 65)
segment_capex = (341, 243, 132, 68)

geography: dict[str, tuple[int, ...]] = {
    "United States": (5472, 4958, 4602),
    "Other Americas": (718, 663, 601),
    "Germany": (1386, 1342, 1318),
    "Other Europe, Middle East and Africa": (2304, 2112, 1987),
    "China": (1211, 1284, 1233),
    "Other Asia Pacific": (1755, 1492, 1370),
}

tax_rows: list[tuple[str, tuple[int, int]]] = [
    ("Tax at the U.S. federal statutory rate", (350, 299)),
    ("State taxes, net of federal benefit", (42, 36)),
    ("Foreign rate differential", (21, 24)),
    ("Research and development credits", (-58, -49)),
    ("Share-based compensation", (-14, -9)),
    ("Non-deductible expenses", (14, 12)),
    ("Other, net", (7, 3)),
]

debt: dict[str, tuple[int, int]] = {
    "Revolving credit facility, due 2029": (500, 750),
    "Term loan, due 2027": (1050, 1300),
    "3.75% Senior notes, due 2024": (0, 1250),
    "4.15% Senior notes, due 2028": (900, 900),
    "4.60% Senior notes, due 2031": (500, 500),
    "5.20% Senior notes, due 2034": (1500, 0),
}
debt_total = add(*debt.values())
maturities = {"2025": 300, "2026": 250, "2027": 500, "2028": 900, "2029": 500, "Thereafter": 2000}

property_classes: dict[str, tuple[int, int]] = {
    "Land": (312, 301),
    "Buildings and improvements": (3184, 2985),
    "Machinery and equipment": (5127, 4832),
    "Construction in progress": (1119, 923),
}
accumulated_depreciation = (-5636, -5200)
# Backlog at the end of 2024, 2023 and 2022, and what fills it.
backlog = (4318, 4162, 4205)
orders = tuple(end - start + revenue for end, start, revenue in zip(backlog, backlog[1:], income["revenue"], strict=False))
five_years = {
    "Revenue": (9124, 10127, 11111, 11851, 12846),
    "Gross profit": (3768, 4243, *reversed(income["gross profit"])),
    "Operating income": (947, 1152, *reversed(income["operating income"])),
    "Net income": (611, 764, *reversed(income["net income"])),
}

_PLACES: dict[str, str] = {
    "Americas": """
        Ashgrove, Ohio; Bellmont, Texas; Carrow Falls, New York; Dunmore Park, Illinois; Eastlake, Oregon; Fairhaven,
        Massachusetts; Granby, Connecticut; Harlow, Minnesota; Inverness, Florida; Kingsport, Tennessee; Lakewood, Colorado;
        Marlow, Pennsylvania; Norwood, Georgia; Oakfield, Michigan; Pinehurst, Arizona; Quincy, California; Redfield, Utah;
        Stanton, Virginia; Guelph, Canada; Laval, Canada; Monterrey, Mexico; Querétaro, Mexico; Campinas, Brazil; Rosario,
        Argentina; Medellín, Colombia
    """,
    "Europe, Middle East and Africa": """
        Aachen, Germany; Bremen, Germany; Jena, Germany; Ulm, Germany; Chester, United Kingdom; Dundee, United Kingdom; Swindon,
        United Kingdom; Annecy, France; Dijon, France; Tours, France; Bergamo, Italy; Modena, Italy; Bilbao, Spain; Zaragoza,
        Spain; Gent, Belgium; Breda, Netherlands; Linz, Austria; Zug, Switzerland; Aarhus, Denmark; Tampere, Finland; Gdynia,
        Poland; Brno, Czechia; Pécs, Hungary; Izmir, Türkiye; Haifa, Israel
    """,
    "Asia Pacific": """
        Suzhou, China; Wuxi, China; Chengdu, China; Himeji, Japan; Okayama, Japan; Daejeon, South Korea; Hsinchu, Taiwan;
        Penang, Malaysia; Johor Bahru, Malaysia; Rayong, Thailand; Pune, India; Coimbatore, India; Geelong, Australia; Tauranga,
        New Zealand
    """,
}


def schedule_of_properties() -> list[tuple[str, list[tuple[str, str, str, int, int, int]]]]:
    """Regions with their sites: place, use, tenure, area (thousand square feet), cost and depreciation in THOUSANDS of dollars."""
    random = Random(20240630)
    cost_total = sum(values[0] for values in property_classes.values()) * 100
    worn_total = -accumulated_depreciation[0] * 100
    weights = [random.uniform(0.35, 2.4) for places in _PLACES.values() for _ in places.split(";")]
    costs = spread(cost_total, weights, 900)
    # Depreciation in proportion to cost, a little older or younger by site, and never more than the cost.
    worn = spread(worn_total, [cost * random.uniform(0.82, 1.18) for cost in costs], 300)
    regions, at = [], 0
    for region, places in _PLACES.items():
        sites = []
        for place in (" ".join(name.split()) for name in places.split(";")):
            use = random.choice(("Manufacturing", "Manufacturing", "Service center", "Laboratory", "Warehouse", "Office"))
            use = {"Gdynia, Poland": "Manufacturing", "Penang, Malaysia": "Laboratory"}.get(place, use)
            area = random.randint(180, 940) if use in ("Manufacturing", "Warehouse") else random.randint(18, 160)
            sites.append((place, use, random.choice(("Owned", "Owned", "Leased")), area, costs[at], worn[at]))
            at += 1
        regions.append((region, sites))
    return regions


def _check() -> None:
    assert balance["assets"] == balance["liabilities and equity"]
    assert balance["cash"] == cash["closing"][:2] and cash["closing"][1:] == cash["opening"][:2]
    assert cash["net income"] == income["net income"]
    assert cash["depreciation and amortization"] == add(depreciation, income["amortization"])
    assert equity_rows[-1][1] == tuple(balance[key][0] for key in EQUITY) and equity_rows[7][1] == tuple(balance[key][1] for key in EQUITY)
    assert add(*segment_revenue) == income["revenue"] == add(*geography.values())
    operating = add(*segment_income, corporate, minus(income["amortization"]), minus(income["restructuring"]))
    assert operating == income["operating income"]
    assert sum(segment_assets) == balance["assets"][0] and sum(segment_capex) == -cash["capex"][0]
    assert sum(segment_depreciation) == cash["depreciation and amortization"][0]
    assert add(*(row for _, row in tax_rows)) == income["tax"][:2]
    assert add(*debt.values()) == add(balance["current debt"], balance["long-term debt"])
    assert sum(maturities.values()) == sum(values[0] for values in debt.values())
    assert add(*property_classes.values(), accumulated_depreciation) == balance["property"]
    assert five_years["Revenue"][2:] == tuple(reversed(income["revenue"]))
    sites = [site for _, group in schedule_of_properties() for site in group]
    assert len(sites) >= 60 and sum(cost - worn for *_, cost, worn in sites) == balance["property"][0] * 100
    assert all(cost > worn for *_, cost, worn in sites)
    paid = [half_up(per * shares / 100, 0) for per, shares in zip(dividend_per_share, basic_shares, strict=True)]
    assert paid == [-value for value in cash["dividends"]]


_check()
