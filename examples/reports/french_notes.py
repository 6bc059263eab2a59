"""L'annexe de Valcendre: its notes, the loans that run over pages, and the auditor's page that will be scanned."""

from __future__ import annotations

from reports import valcendre as v
from reports.amounts import NO_BREAK, add, fr, percent
from reports.press import Press
from reports.tables import Column, Row, Table, draw
from reports.typography import divide_french, french

RESULT = v.result
KEUR = "En milliers d’euros"


def pc(value) -> str:
    return f"{fr(value, 1)}{NO_BREAK}%"


def notes(press: Press) -> None:
    """Notes 1 to 8."""
    policies_and_fixed_assets(press)
    debts_and_taxes(press)
    loans(press)


def policies_and_fixed_assets(press: Press) -> None:
    press.new_page()
    press.title("Annexe aux comptes annuels")
    press.title("1. Règles et méthodes comptables", level=2)
    texts = [
        "Les comptes annuels de l’exercice clos le 31 décembre 2024 sont établis conformément au plan comptable général. L’exercice a une "
        "durée de douze mois. Les "
        "conventions générales ont été appliquées dans le respect du principe de prudence, de la continuité de l’exploitation et de "
        "l’indépendance des exercices.",
        "**Immobilisations.** Elles sont évaluées à leur coût d’acquisition ou de production. Les amortissements sont linéaires : frais "
        "de développement 5 ans, logiciels 3 à "
        "5 ans, constructions 15 à 30 ans, installations techniques et matériel 5 à 12 ans. Le fonds commercial n’est pas amorti ; il "
        "fait l’objet d’un test annuel.",
        "**Stocks.** Les matières sont évaluées au coût moyen pondéré, les produits finis et les en-cours au coût de production. Une "
        "dépréciation est constatée lorsque la "
        "valeur actuelle est inférieure au coût.",
        "**Créances.** Elles sont inscrites à leur valeur nominale. Une dépréciation est pratiquée lorsque le recouvrement paraît "
        "compromis.",
    ]
    press.prose([divide_french(french(text)) for text in texts], columns=2, size=8)
    press.title("2. Immobilisations et amortissements", level=2)
    press.y += 2
    groups = (("Incorporelles", v.INCORPORELLES), ("Corporelles", v.CORPORELLES), ("Financières", v.FINANCIERES))

    def cost(key: str) -> tuple[int, ...]:
        opening, more, sold, moved, *_ = v.fixed[key]
        return opening, more, sold, moved, opening + more + sold + moved

    def worn(key: str) -> tuple[int, ...]:
        *_, opening, charge, back = v.fixed[key]
        return opening, charge, back, opening + charge + back

    def rows(figures) -> list[Row]:
        made, every = [], []
        for name, keys in groups:
            made.append(Row(name, kind="section"))
            every += [figures(key) for key in keys]
            made += [Row(key, tuple(fr(x, brackets=False) for x in figures(key)), indent=1) for key in keys]
        return [*made, Row("Total", tuple(fr(x, brackets=False) for x in add(*every)), kind="grand")]

    heads = ("Valeur brute\n31/12/2023", "Acquisitions", "Cessions", "Virements", "Valeur brute\n31/12/2024")
    draw(press, Table([Column(head, 58) for head in heads], rows(cost), stub=KEUR, size=7, leading=11.2), caption="Valeurs brutes")
    heads = ("Cumul\n31/12/2023", "Dotations", "Reprises", "Cumul\n31/12/2024")
    draw(
        press,
        Table([Column(head, 58) for head in heads], rows(worn), stub=KEUR, size=7, leading=11.2),
        caption="Amortissements et dépréciations",
    )


def debts_and_taxes(press: Press) -> None:
    press.new_page()
    press.title("3. Chiffre d’affaires par zone géographique", level=2)
    press.y += 2
    sales = RESULT["chiffre d'affaires"]
    shares = [percent(a, sales[0]) for a, _ in v.zones.values()]
    assert sum(shares) == 100
    rows = [Row(name, (fr(a), fr(b), pc(share))) for (name, (a, b)), share in zip(v.zones.items(), shares, strict=True)]
    rows.append(Row("Chiffre d’affaires net", (fr(sales[0]), fr(sales[1]), pc(100)), kind="grand"))
    columns = [Column("2024", 70), Column("2023", 70), Column("Part 2024", 70)]
    draw(press, Table(columns, rows, stub=KEUR, style="banded", size=7.6))
    press.title("4. Stocks", level=2)
    press.y += 2
    rows = [Row(key, tuple(fr(x) for x in v.assets[key])) for key in v.STOCKS]
    rows.append(Row("Total", tuple(fr(x) for x in add(*(v.assets[key] for key in v.STOCKS))), kind="grand"))
    heads = ("Brut\n31/12/2024", "Dépréciation", "Net\n31/12/2024", "Net\n31/12/2023")
    draw(press, Table([Column(head, 64) for head in heads], rows, stub=KEUR, size=7.6))
    press.title("5. Échéances des dettes", level=2)
    press.y += 2
    rows = [Row(key, tuple(fr(x) for x in (sum(parts), *parts))) for key, parts in v.maturities.items()]
    sums = add(*((sum(parts), *parts) for parts in v.maturities.values()))
    assert sums[0] == v.debts[0]
    rows.append(Row("Total dettes", tuple(fr(x) for x in sums), kind="total"))
    heads = ("Montant\nbrut", "À 1 an\nau plus", "De 1 an\nà 5 ans", "À plus\nde 5 ans")
    draw(press, Table([Column(head, 60) for head in heads], rows, stub=KEUR, size=7.6, style="boxed", leading=12.4))
    press.title("6. Impôt sur les bénéfices", level=2)
    press.y += 2
    rows, rates = [], [0, 0]
    for label, values in v.tax_rows:
        parts = [percent(a, b) for a, b in zip(values, RESULT["résultat avant impôt"], strict=True)]
        rates = [a + b for a, b in zip(rates, parts, strict=True)]
        rows.append(Row(french(label), (fr(values[0]), pc(parts[0]), fr(values[1]), pc(parts[1]))))
    effective = [percent(a, b) for a, b in zip(RESULT["impôt"], RESULT["résultat avant impôt"], strict=True)]
    assert rates == effective
    rows.append(
        Row(
            "Impôt comptabilisé et taux effectif",
            (fr(RESULT["impôt"][0]), pc(effective[0]), fr(RESULT["impôt"][1]), pc(effective[1])),
            kind="grand",
        )
    )
    columns = [Column("k€", 58), Column("Taux", 54), Column("k€", 58), Column("Taux", 54)]
    draw(press, Table(columns, rows, stub=KEUR, spans=[(0, 1, "2024"), (2, 3, "2023")], size=7.6), caption="Preuve d’impôt")
    press.title("7. Effectif moyen", level=2)
    press.y += 2
    rows = [Row(name, (fr(a), fr(b))) for name, (a, b) in v.staff.items()]
    rows.append(Row("Total", tuple(fr(x) for x in add(*v.staff.values())), kind="total"))
    draw(press, Table([Column("2024", 70), Column("2023", 70)], rows, stub="En nombre de personnes", style="plain", size=7.6))
    text = (
        f"Le capital social est composé de {fr(v.SHARES, space=NO_BREAK)} actions de 5,00 € de valeur nominale, entièrement libérées. "
        f"Le résultat net par action s’établit à {fr(v.per_share[0], 2)} € (2023 : {fr(v.per_share[1], 2)} €)."
    )
    press.prose([french(text)])


def loans(press: Press) -> None:
    """The table that runs over pages; here the thousands are set off by ordinary spaces, as many systems print them."""
    press.new_page()
    press.title("8. Détail des emprunts bancaires", level=2, sub="Au 31 décembre 2024 (en milliers d’euros)")
    press.y += 6
    columns = [
        Column("Établissement", 108, align="left"),
        Column("Objet", 142, align="left"),
        Column("Échéance", 56, align="center"),
        Column("Taux", 44),
        Column("Capital\nemprunté", 50),
        Column("Capital\nrestant dû", 54),
    ]
    rows, borrowed, due = [], 0, 0
    for number, bank, purpose, last, rate, amount, left in v.loans():
        figures = (fr(amount, space=" "), fr(left, space=" "))
        rows.append(Row(number, (bank, purpose, last, f"{fr(rate, 2)}{NO_BREAK}%", *figures)))
        borrowed, due = borrowed + amount, due + left
    rows.append(Row("Total", ("", "", "", "", fr(borrowed, space=" "), fr(due, space=" ")), kind="grand"))
    draw(press, Table(columns, rows, stub="N°", size=7, leading=11.4), caption="Emprunts auprès des établissements de crédit")


def auditors_report(press: Press) -> None:
    """Signed paper: it goes to the scanner, so nothing of it is in the text layer."""
    faces = press.house.faces
    press.text(press.left, press.y, "Cabinet Aubrac & Lestrade", faces.text_bold, 14)
    press.text(press.left, press.y + 15, "Commissaires aux comptes – 8, place du Beffroi, 69002 Lyon", faces.sans, 8.5)
    press.y += 54
    for line in ("RAPPORT DU COMMISSAIRE AUX COMPTES", "SUR LES COMPTES ANNUELS"):
        press.text(press.left, press.y, line, faces.text_bold, 11.5)
        press.y += 15
    press.text(press.left, press.y, "Exercice clos le 31 décembre 2024", faces.text, 9.5)
    press.y += 26
    texts = [
        "À l’assemblée générale de la société Valcendre S.A.,",
        "En exécution de la mission qui nous a été confiée par votre assemblée générale, nous avons effectué l’audit des comptes annuels "
        "de la société relatifs à "
        "l’exercice clos le 31 décembre 2024, tels qu’ils sont joints au présent rapport.",
        "Nous certifions que les comptes annuels sont, au regard des règles et principes comptables français, réguliers et sincères et "
        "donnent une image fidèle du "
        "résultat des opérations de l’exercice écoulé ainsi que de la situation financière et du patrimoine de la société à la fin de cet "
        "exercice.",
        "Nous avons réalisé notre audit selon les normes d’exercice professionnel applicables en France. Les honoraires comptabilisés au "
        "titre de l’exercice, en euros "
        "et hors taxes, sont les suivants :",
    ]
    press.prose([french(text) for text in texts], size=9.4)
    press.y += 6
    lines = {"Certification des comptes": (86500, 82300), "Services autres que la certification": (12400, 9800), "Débours": (3150, 2940)}
    rows = [Row(label, tuple(fr(x) for x in values)) for label, values in lines.items()]
    rows.append(Row("Total", tuple(fr(x) for x in add(*lines.values())), kind="grand"))
    draw(press, Table([Column("2024", 80), Column("2023", 80)], rows, stub="En euros", size=9.4, leading=15.5))
    press.y += 4
    press.prose([french("Fait à Lyon, le 11 avril 2025")], size=9.4)
    press.y += 24
    press.text(press.left + 230, press.y, "Étienne Lestrade", faces.text_italic, 15)
    press.text(press.left + 230, press.y + 20, "Associé", faces.sans, 9)
