"""Valcendre's primary statements: balance sheet, income, cash flows, changes in equity.

The thousands are set off by U+202F in the balance sheet and by U+00A0 in the statement of income.
"""

from __future__ import annotations

from reports import valcendre as v
from reports.amounts import NO_BREAK, fr
from reports.press import Press
from reports.tables import Column, Row, Table, draw
from reports.typography import french

RESULT = v.result
N, N1 = "31/12/2024", "31/12/2023"


def statements(press: Press) -> None:
    """The statements, a page each."""
    balance_assets(press)
    balance_liabilities(press)
    income_statement(press)
    cash_flows(press)


def _asset(label: str, values: tuple[int, int, int, int], *, kind: str = "item", indent: int = 0) -> Row:
    return Row(label, tuple(fr(value) for value in values), kind=kind, indent=indent)


def balance_assets(press: Press) -> None:
    press.new_page()
    press.title("Bilan – Actif", sub="(en milliers d’euros)")
    press.y += 8
    rows = []
    for name, keys in (
        ("Immobilisations incorporelles", v.INCORPORELLES),
        ("Immobilisations corporelles", v.CORPORELLES),
        ("Immobilisations financières", v.FINANCIERES),
    ):
        rows.append(Row(name, kind="section"))
        rows += [_asset(key, v.assets[key], indent=1) for key in keys]
    rows.append(_asset("Total actif immobilisé (I)", v.fixed_total, kind="total"))
    rows.append(Row("", kind="space"))
    for name, keys in (("Stocks et en-cours", v.STOCKS), ("Créances", v.CREANCES), ("Trésorerie", v.TRESORERIE)):
        rows.append(Row(name, kind="section"))
        rows += [_asset(key, v.assets[key], indent=1) for key in keys]
    rows.append(_asset("Charges constatées d’avance", v.assets["Charges constatées d’avance"]))
    rows.append(_asset("Total actif circulant (II)", v.current_total, kind="total"))
    rows.append(Row("", kind="space"))
    rows.append(_asset("Écarts de conversion – Actif (III)", v.ECART_ACTIF))
    rows.append(_asset("Total général de l’actif (I à III)", v.total_assets, kind="grand"))
    columns = [Column("Brut", 64), Column("Amort.\net prov.", 64), Column("Net", 64), Column("Net", 84)]
    draw(press, Table(columns, rows, size=8, leading=16.6, spans=[(0, 2, f"Au {N} (N)"), (3, 3, f"{N1} (N-1)")]))
    press.footnote("Les notes annexes font partie intégrante des comptes annuels.")


def balance_liabilities(press: Press) -> None:
    press.new_page()
    press.title("Bilan – Passif", sub="(en milliers d’euros)")
    press.y += 8

    def line(key: str) -> Row:
        return Row(key.replace("24 250", fr(24250)), tuple(fr(value) for value in v.liabilities[key]), indent=1)

    def sums(label: str, values: tuple[int, ...], kind: str = "total") -> Row:
        return Row(label, tuple(fr(value) for value in values), kind=kind)

    rows = [
        Row("Capitaux propres", kind="section"),
        *(line(key) for key in v.CAPITAUX),
        sums("Total capitaux propres (I)", v.equity),
        Row("", kind="space"),
    ]
    rows += [
        Row("Provisions", kind="section"),
        *(line(key) for key in v.PROVISIONS),
        sums("Total provisions (II)", v.provisions),
        Row("", kind="space"),
    ]
    rows += [Row("Dettes", kind="section"), *(line(key) for key in v.DETTES), sums("Total dettes (III)", v.debts), Row("", kind="space")]
    rows += [
        sums("Écarts de conversion – Passif (IV)", v.ECART_PASSIF, "item"),
        sums("Total général du passif (I à IV)", v.total_liabilities, "grand"),
    ]
    columns = [Column(f"{N}\n(N)", 84), Column(f"{N1}\n(N-1)", 84)]
    draw(press, Table(columns, rows, size=8, leading=17))
    short = sum(parts[0] for parts in v.maturities.values())
    press.footnote(french(f"Dont dettes à moins d’un an : {fr(short)} k€ (note 5)."))


def income_statement(press: Press) -> None:
    press.new_page()
    press.title("Compte de résultat", sub="Exercice clos le 31 décembre (en milliers d’euros, sauf résultat par action)")
    press.y += 8

    def line(label: str, key: str, *, kind: str = "item", indent: int = 1) -> Row:
        return Row(label, tuple(fr(value, space=NO_BREAK) for value in RESULT[key]), kind=kind, indent=indent if kind == "item" else 0)

    rows = [
        Row("Produits d’exploitation", kind="section"),
        line("Ventes de marchandises", "marchandises"),
        line("Production vendue de biens", "biens"),
        line("Production vendue de services", "services"),
        line("Chiffre d’affaires net", "chiffre d'affaires", kind="total"),
        line("Production stockée", "stockée"),
        line("Production immobilisée", "immobilisée"),
        line("Subventions d’exploitation", "subventions"),
        line("Reprises sur amortissements et provisions, transferts de charges", "reprises"),
        line("Autres produits", "autres produits"),
        line("Total des produits d’exploitation (I)", "produits d'exploitation", kind="total"),
        Row("Charges d’exploitation", kind="section"),
        line("Achats de marchandises", "achats de marchandises"),
        line("Achats de matières premières et autres approvisionnements", "achats de matières"),
        line("Variation de stocks", "variation de stocks"),
        line("Autres achats et charges externes", "charges externes"),
        line("Impôts, taxes et versements assimilés", "impôts et taxes"),
        line("Salaires et traitements", "salaires"),
        line("Charges sociales", "charges sociales"),
        line("Dotations aux amortissements sur immobilisations", "amortissements"),
        line("Dotations aux dépréciations sur actif circulant", "dépréciations"),
        line("Dotations aux provisions", "provisions"),
        line("Autres charges", "autres charges"),
        line("Total des charges d’exploitation (II)", "charges d'exploitation", kind="total"),
        line("Résultat d’exploitation (I – II)", "résultat d'exploitation", kind="total"),
        line("Produits financiers (III)", "produits financiers"),
        line("Dotations financières aux amortissements et provisions", "dotations financières"),
        line("Intérêts et charges assimilées", "intérêts"),
        line("Différences négatives de change", "pertes de change"),
        line("Charges financières (IV)", "charges financières"),
        line("Résultat financier (III – IV)", "résultat financier", kind="total"),
        line("Résultat courant avant impôts", "résultat courant", kind="total"),
        line("Produits exceptionnels (V)", "produits exceptionnels"),
        line("Charges exceptionnelles (VI)", "charges exceptionnelles"),
        line("Résultat exceptionnel (V – VI)", "résultat exceptionnel", kind="total"),
        line("Participation des salariés aux résultats (VII)", "participation des salariés", indent=0),
        line("Impôts sur les bénéfices (VIII)", "impôt", indent=0),
        line("Résultat net", "résultat net", kind="grand"),
        Row("Résultat net par action (en euros)", tuple(fr(value, 2) for value in v.per_share)),
    ]
    columns = [Column("2024\n(12 mois)", 78), Column("2023\n(12 mois)", 78)]
    draw(press, Table(columns, rows, size=7.6, leading=14.1, style="banded"))


def cash_flows(press: Press) -> None:
    press.new_page()
    press.title("Tableau des flux de trésorerie", sub="Exercice clos le 31 décembre (en milliers d’euros)")
    press.y += 8

    def line(label: str, values: tuple[int, ...], kind: str = "item", indent: int = 1) -> Row:
        return Row(label, tuple(fr(value, brackets=False) for value in values), kind=kind, indent=indent if kind == "item" else 0)

    rows = [Row("Flux de trésorerie liés à l’activité", kind="section")]
    rows += [line(key, v.flows[key]) for key in v.CAF]
    rows.append(line("Capacité d’autofinancement", v.self_financing, "total"))
    rows.append(Row("Variation du besoin en fonds de roulement :"))
    rows += [line(key, v.flows[key]) for key in v.BFR]
    rows.append(line("Flux net de trésorerie généré par l’activité", v.operating, "total"))
    rows.append(Row("Flux de trésorerie liés aux opérations d’investissement", kind="section"))
    rows += [line(key, v.flows[key]) for key in v.INVESTISSEMENT]
    rows.append(line("Flux net lié aux opérations d’investissement", v.investing, "total"))
    rows.append(Row("Flux de trésorerie liés aux opérations de financement", kind="section"))
    rows += [line(key, v.flows[key]) for key in v.FINANCEMENT]
    rows.append(line("Flux net lié aux opérations de financement", v.financing, "total"))
    rows += [
        line("Variation de la trésorerie nette", v.change, "total"),
        line("Trésorerie nette à l’ouverture", v.opening, indent=0),
        line("Trésorerie nette à la clôture", v.closing, "grand"),
    ]
    columns = [Column("2024", 78), Column("2023", 78)]
    draw(press, Table(columns, rows, size=7.8, leading=13.6, leaders=True))
    press.footnote(
        "La trésorerie nette comprend les disponibilités et les valeurs mobilières de placement, diminuées des concours bancaires courants."
    )
    press.y += 10
    press.title("Variation des capitaux propres", level=2, sub="(en milliers d’euros)")
    press.y += 4
    heads = ("Capital", "Primes", "Réserves\net report", "Résultat", "Subventions", "Total")
    rows = []
    for label, values in v.equity_rows:
        whole = label.startswith("Capitaux")
        kind = "item" if not whole or label.endswith("2022") else "grand" if label.endswith("2024") else "total"
        rows.append(Row(label, tuple(fr(value) for value in (*values, sum(values))), kind=kind))
    draw(press, Table([Column(head, 49 if head != "Subventions" else 58) for head in heads], rows, size=7, leading=12, style="plain"))
