"""The figures that are true about each report, with the page where each is printed, from the numbers that printed them."""

from __future__ import annotations

from collections.abc import Sequence

from reports import invoices, northmere, valcendre
from reports.amounts import NO_BREAK, en, fr, growth, millions, percent
from reports.figures import Figure, figure
from reports.press import Anchor

Truth = dict[str, list[dict[str, object]]]


def _pages(anchors: Sequence[Anchor]) -> dict[str, int]:
    return {anchor.title: anchor.page for anchor in anchors}


def english(anchors: Sequence[Anchor]) -> list[Figure]:
    """Northmere's figures."""
    n, pages = northmere, _pages(anchors)
    found: list[Figure] = []
    million = {"scale": 1_000_000, "unit": "USD"}

    def years(label: str, values: Sequence[int], title: str) -> None:
        found.extend(figure(label, f"FY{y}", millions(v), pages[title], **million) for y, v in zip(n.YEARS, values, strict=False))

    def dates(label: str, values: Sequence[int], title: str) -> None:
        found.extend(figure(label, f"{y}-06-30", millions(v), pages[title], **million) for y, v in zip(n.YEARS, values, strict=False))

    for label, key in (
        ("Total revenue", "revenue"),
        ("Total cost of sales", "cost of sales"),
        ("Gross profit", "gross profit"),
        ("Research and development", "research"),
        ("Selling, general and administrative", "selling"),
        ("Operating income", "operating income"),
        ("Interest expense", "interest expense"),
        ("Income before income taxes", "before tax"),
        ("Income tax expense", "tax"),
        ("Net income", "net income"),
    ):
        years(label, n.income[key], "Consolidated statements of income")
    income_page = pages["Consolidated statements of income"]
    for label, values in (
        ("Basic earnings per share", n.basic_eps),
        ("Diluted earnings per share", n.diluted_eps),
        ("Cash dividends declared per share", n.dividend_per_share),
    ):
        found.extend(figure(label, f"FY{y}", str(v), income_page, unit="USD/share") for y, v in zip(n.YEARS, values, strict=True))
    for label, values in (("Weighted average shares, basic", n.basic_shares), ("Weighted average shares, diluted", n.diluted_shares)):
        found.extend(figure(label, f"FY{y}", en(v), income_page, scale=1000, unit="shares") for y, v in zip(n.YEARS, values, strict=True))
    for label, key in (
        ("Cash and cash equivalents", "cash"),
        ("Accounts receivable", "receivables"),
        ("Inventories", "inventories"),
        ("Total current assets", "current assets"),
        ("Property, plant and equipment, net", "property"),
        ("Total assets", "assets"),
        ("Accounts payable", "payables"),
        ("Total current liabilities", "current liabilities"),
        ("Long-term debt, less current portion", "long-term debt"),
        ("Total liabilities", "liabilities"),
        ("Total shareholders' equity", "equity"),
    ):
        dates(label, n.balance[key], "Consolidated balance sheets")
    for label, key in (
        ("Depreciation and amortization", "depreciation and amortization"),
        ("Net cash provided by operating activities", "operating"),
        ("Capital expenditures", "capex"),
        ("Net cash used in investing activities", "investing"),
        ("Cash dividends paid", "dividends"),
        ("Repurchases of common stock", "repurchases"),
        ("Increase in cash and cash equivalents", "change"),
    ):
        years(label, n.cash[key], "Consolidated statements of cash flows")
    segments = "2. Segments and geography"
    for name, values in zip(n.SEGMENTS, n.segment_revenue, strict=True):
        years(f"Revenue, {name}", values, segments)
    years("Revenue, China", n.geography["China"], segments)
    dates("Total debt", n.debt_total, "7. Debt")
    rate = percent(n.income["tax"][0], n.income["before tax"][0])
    found.append(figure("Effective tax rate", "FY2024", f"{rate}%", pages["3. Income taxes"], unit="percent"))
    rise = growth(*n.income["revenue"][:2])
    found.append(figure("Revenue growth", "FY2024", f"{rise}%", pages["Results of operations"], unit="percent"))
    audit = pages["Report of independent auditors"]
    cost = sum(values[0] for values in n.property_classes.values()) * 100
    thousand = {"scale": 1000, "unit": "USD"}
    found.append(figure("Properties, total cost", "2024-06-30", en(cost), audit - 1, **thousand))
    found.append(figure("Properties, total net book value", "2024-06-30", en(n.balance["property"][0] * 100), audit - 1, **thousand))
    found.append(figure("Audit fees", "FY2024", en(2415), audit, **thousand, scanned=True))
    found.append(figure("Total fees of the auditors", "FY2024", en(2940), audit, **thousand, scanned=True))
    return found


def french(anchors: Sequence[Anchor]) -> list[Figure]:
    """Valcendre's figures."""
    v, pages = valcendre, _pages(anchors)
    found: list[Figure] = []
    keur = {"scale": 1000, "unit": "EUR", "comma": True}

    def pair(label: str, shown: Sequence[str], title: str, *, balance: bool = False, **how: object) -> None:
        for year, text in zip((2024, 2023), shown, strict=True):
            period = f"{year}-12-31" if balance else f"FY{year}"
            found.append(figure(label, period, text, pages[title], **{**keur, **how}))

    for label, key in (
        ("Chiffre d’affaires net", "chiffre d'affaires"),
        ("Total des produits d’exploitation", "produits d'exploitation"),
        ("Achats de matières premières et autres approvisionnements", "achats de matières"),
        ("Autres achats et charges externes", "charges externes"),
        ("Salaires et traitements", "salaires"),
        ("Dotations aux amortissements sur immobilisations", "amortissements"),
        ("Résultat d’exploitation", "résultat d'exploitation"),
        ("Intérêts et charges assimilées", "intérêts"),
        ("Résultat financier", "résultat financier"),
        ("Résultat courant avant impôts", "résultat courant"),
        ("Impôts sur les bénéfices", "impôt"),
        ("Résultat net", "résultat net"),
    ):
        pair(label, [fr(x, space=NO_BREAK) for x in v.result[key]], "Compte de résultat")
    pair("Résultat net par action", [fr(x, 2) for x in v.per_share], "Compte de résultat", scale=1, unit="EUR/share")
    for label, values in (
        ("Disponibilités", v.assets["Disponibilités"][2:]),
        ("Clients et comptes rattachés", v.assets["Clients et comptes rattachés"][2:]),
        ("Total actif immobilisé", v.fixed_total[2:]),
        ("Total actif circulant", v.current_total[2:]),
        ("Total général de l’actif", v.total_assets[2:]),
    ):
        pair(label, [fr(x) for x in values], "Bilan – Actif", balance=True)
    for label, values in (
        ("Capital social", v.liabilities["Capital social (dont versé : 24 250)"]),
        ("Total capitaux propres", v.equity),
        ("Emprunts auprès des établissements de crédit", v.liabilities["Emprunts auprès des établissements de crédit"]),
        ("Fournisseurs et comptes rattachés", v.liabilities["Fournisseurs et comptes rattachés"]),
        ("Total dettes", v.debts),
        ("Total général du passif", v.total_liabilities),
    ):
        pair(label, [fr(x) for x in values], "Bilan – Passif", balance=True)
    for label, values in (
        ("Capacité d’autofinancement", v.self_financing),
        ("Flux net de trésorerie généré par l’activité", v.operating),
        ("Acquisitions d’immobilisations", v.flows["Acquisitions d’immobilisations"]),
        ("Dividendes versés", v.flows["Dividendes versés"]),
        ("Variation de la trésorerie nette", v.change),
    ):
        pair(label, [fr(x, brackets=False) for x in values], "Tableau des flux de trésorerie")
    pair("Trésorerie nette à la clôture", [fr(x) for x in v.closing], "Tableau des flux de trésorerie", balance=True)
    pair("Chiffre d’affaires, France", [fr(x) for x in v.zones["France"]], "3. Chiffre d’affaires par zone géographique")
    pair("Effectif moyen", [fr(sum(x[n] for x in v.staff.values())) for n in (0, 1)], "7. Effectif moyen", scale=1, unit="persons")
    rates = [f"{fr(percent(a, b), 1)}{NO_BREAK}%" for a, b in zip(v.result["impôt"], v.result["résultat avant impôt"], strict=True)]
    pair("Taux effectif d’impôt", rates, "6. Impôt sur les bénéfices", scale=1, unit="percent")
    rise = fr(growth(*v.result["chiffre d'affaires"]), 1)
    found.append(
        figure(
            "Croissance du chiffre d’affaires", "FY2024", f"{rise}{NO_BREAK}%", pages["Activité de l’exercice"], unit="percent", comma=True
        )
    )
    audit = pages["Rapport du commissaire aux comptes"]
    due = v.liabilities["Emprunts auprès des établissements de crédit"][0]
    found.append(figure("Total capital restant dû", "2024-12-31", fr(due, space=" "), audit - 1, **keur))
    found.append(figure("Certification des comptes", "FY2024", fr(86500), audit, unit="EUR", comma=True, scanned=True))
    found.append(figure("Total des honoraires", "FY2024", fr(102050), audit, unit="EUR", comma=True, scanned=True))
    return found


def facture() -> list[Figure]:
    """The French invoice's figures."""
    found = [
        figure(label, "2024-11-18", fr(amount, 2, space=NO_BREAK), 1, unit="EUR", comma=True)
        for label, amount in (
            ("Total brut HT", invoices.NET_LINES),
            ("Total HT", invoices.TOTAL_HT),
            ("Total TVA", invoices.TOTAL_TVA),
            ("Total TTC", invoices.TOTAL_TTC),
            ("Net à payer", invoices.NET_A_PAYER),
        )
    ]
    for rate, base, tax in invoices.vat():
        shown = fr(rate, 1) if rate % 1 else fr(rate)
        found.append(figure(f"Base HT à {shown} %", "2024-11-18", fr(base, 2, space=NO_BREAK), 1, unit="EUR", comma=True))
        found.append(figure(f"TVA à {shown} %", "2024-11-18", fr(tax, 2, space=NO_BREAK), 1, unit="EUR", comma=True))
    return found


def invoice() -> list[Figure]:
    """The American invoice's figures."""
    return [
        figure(label, "2025-03-07", en(amount, 2), 1, unit="USD")
        for label, amount in (
            ("Subtotal", invoices.SUBTOTAL),
            ("Discount", -invoices.DISCOUNT),
            ("Sales tax", invoices.SALES_TAX),
            ("Shipping", invoices.SHIPPING),
            ("Total due", invoices.TOTAL_DUE),
        )
    ]
