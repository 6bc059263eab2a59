"""Le rapport annuel de Valcendre S.A.: cover to management report, A4, with French typography."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor, white

from reports import valcendre as v
from reports.amounts import NO_BREAK, fr, growth, percent
from reports.charts import bars
from reports.fonts import FRENCH
from reports.french_notes import auditors_report, notes
from reports.french_statements import statements
from reports.press import House, Press
from reports.scan import scanned_page
from reports.tables import Column, Row, Table, draw
from reports.typography import divide_french, french

HOUSE = House(
    title="Rapport annuel 2024",
    company="Valcendre S.A.",
    language="fr-FR",
    size=(595, 842),
    faces=FRENCH,
    ink=HexColor("#5b1f3a"),
    band=HexColor("#f3eaee"),
    continued="suite",
    margin=51,
    prose_size=8.6,
    prose_leading=12.4,
)
RESULT = v.result


def k(value: int) -> str:
    """Thousands of euros in prose."""
    return f"{fr(abs(value), space=NO_BREAK)} k€"


def m(value: int) -> str:
    """Millions of euros in prose, one decimal."""
    return f"{fr(abs(value) / 1000, 1)} M€"


def pc(value) -> str:
    return f"{fr(value, 1)} %"


def prose(press: Press, paragraphs: Sequence[str], **style) -> None:
    press.prose([divide_french(french(text)) for text in paragraphs], **style)


def build(press: Press) -> None:
    """All pages of the report, in order."""
    cover(press)
    press.new_page()
    press.title("Sommaire", listed=False)
    press.contents()
    about(press)
    message(press)
    highlights(press)
    management_report(press)
    statements(press)
    notes(press)
    scanned_page(press, auditors_report, seed=1871, skew=-0.7)
    press.anchor("Rapport du commissaire aux comptes")


def cover(press: Press) -> None:
    press.new_page(running=False)
    width, height = HOUSE.size
    press.fill(0, 0, width, height, HexColor("#faf7f4"))
    press.fill(0, 0, 172, height, HOUSE.ink)
    for number in range(7):
        press.fill(
            172, 470 + number * 22, 172 + 46 * (number + 1), 482 + number * 22, HexColor("#c98b5a") if number == 6 else HexColor("#8f5a72")
        )
    press.text(200, 150, "Valcendre", FRENCH.text, 38, color=HOUSE.ink)
    press.text(200, 184, "Machines de conditionnement", FRENCH.text_italic, 14)
    press.text(200, 330, "Rapport annuel 2024", FRENCH.text, 24, color=HOUSE.ink)
    press.text(200, 356, "Exercice clos le 31 décembre 2024", FRENCH.sans, 11)
    press.text(
        200,
        760,
        french(f"Société anonyme au capital de {fr(24250000)} € – RCS Valence 100 000 017"),
        FRENCH.sans,
        7.5,
    )
    press.text(200, 772, "14, quai des Mariniers, 26500 Bourg-lès-Valence", FRENCH.sans, 7.5)
    press.text(22, 800, "2024", FRENCH.sans_bold, 30, color=white)


def about(press: Press) -> None:
    press.y += 44
    press.title("Comment lire ce rapport", level=2, listed=False)
    prose(
        press,
        [
            "Les comptes sont présentés en milliers d’euros (k€), sauf mention contraire. Les montants négatifs figurent entre "
            "parenthèses ou précédés du "
            "signe moins ; un tiret signale une valeur nulle. « N » désigne l’exercice clos le 31 décembre 2024 et « N-1 » l’exercice "
            "clos le 31 décembre 2023. "
            "Les pourcentages sont calculés à partir des montants publiés.",
        ],
    )


def message(press: Press) -> None:
    press.new_page()
    press.title("Message de la présidente")
    press.y += 8
    sales, operating, net = RESULT["chiffre d'affaires"], RESULT["résultat d'exploitation"], RESULT["résultat net"]
    prose(
        press,
        [
            "Mesdames, Messieurs les actionnaires,",
            "L’exercice 2024 restera celui où Valcendre a franchi le seuil des deux cents millions d’euros. Notre chiffre d’affaires "
            f"atteint {m(sales[0])}, en hausse "
            f"de {pc(growth(*sales))}, et notre résultat net progresse de {pc(growth(*net))}, à {m(net[0])}. Ces chiffres sont le fruit "
            "d’un travail engagé il y a cinq ans : "
            "concevoir des lignes plus simples, les fabriquer nous-mêmes, et rester auprès de nos clients une fois la machine livrée.",
            "# Un marché qui se transforme",
            "Nos clients, laiteries, conserveries, laboratoires, changent leurs emballages plus vite qu’ils ne changent leurs machines. "
            "Ils nous demandent des lignes "
            "capables de passer du plastique au carton en une demi-journée. La gamme « Orvane », présentée au printemps, répond à cette "
            "attente. Elle a reçu trente-deux commandes en neuf mois, dont la moitié hors de France.",
            f"L’Amérique du Nord a été le moteur de l’exercice. Les ventes y progressent de {pc(growth(*v.zones['Amérique du Nord']))}, à "
            f"{m(v.zones['Amérique du Nord'][0])}, portées par l’ouverture de notre centre de pièces de Trois-Rivières.",
            "# Des ateliers mieux équipés",
            f"Nous avons investi {m(v.flows['Acquisitions d’immobilisations'][0])} au cours de l’exercice, principalement à Saint-Avre et "
            "à Vernoux. Deux cellules "
            "d’usinage et une presse à injecter ont été mises en service ; elles réduisent d’un tiers le délai de fabrication des "
            "outillages. Ces "
            "investissements ont été financés pour l’essentiel par la capacité d’autofinancement, qui s’établit à "
            f"{m(v.self_financing[0])}.",
            "# Une situation financière solide",
            f"Le résultat d’exploitation s’élève à {m(operating[0])}, soit {pc(percent(operating[0], sales[0]))} du chiffre d’affaires, "
            "contre "
            f"{pc(percent(operating[1], sales[1]))} un an plus tôt. Les capitaux propres atteignent {m(v.equity[0])}. Nous vous "
            "proposerons de porter le dividende à "
            f"{fr(v.dividend_per_share[0], 2)} € par action, contre {fr(v.dividend_per_share[1], 2)} € au titre de l’exercice précédent.",
            "# Nos engagements",
            "Nos émissions de gaz à effet de serre ont reculé de 6,4 % en un an, à 8 150 tonnes d’équivalent CO₂. "
            "La toiture solaire de Saint-Avre couvre désormais 18 % de notre consommation d’électricité. "
            "Nous avons accueilli quarante-trois apprentis, "
            "et sept d’entre eux sur dix sont restés chez nous à la fin de leur contrat.",
            "# Et demain",
            "Le carnet de commandes au 31 décembre représentait un peu plus de sept mois d’activité. Nous abordons 2025 avec prudence, "
            "car le coût de l’énergie et "
            "celui des composants électroniques restent incertains, mais avec confiance. Nous prévoyons une croissance comprise entre 4 % "
            "et 6 % et le maintien "
            "de la marge d’exploitation.",
            "Aux neuf cent vingt et une personnes qui font Valcendre, à nos clients et à vous, qui nous accompagnez, je dis ma gratitude.",
            "**Hélène Darbelay-Roussot**",
            "Présidente-directrice générale",
        ],
        columns=2,
        size=9.9,
    )


def highlights(press: Press) -> None:
    press.new_page()
    press.title("Chiffres clés", sub="Exercices clos le 31 décembre, en milliers d’euros sauf mention contraire")
    press.y += 14
    top = press.y
    years = [str(year) for year in range(2020, 2025)]
    half = (press.right - press.left - 22) / 2
    for number, (name, color, step) in enumerate(
        (("Chiffre d’affaires", HOUSE.ink, 50_000), ("Résultat d’exploitation", HexColor("#b5713d"), 5_000))
    ):
        values = v.five_years[name]
        press.y = top
        bars(
            press,
            f"{name} (M€)",
            years,
            values,
            [fr(value / 1000, 1) for value in values],
            x=press.left + number * (half + 22),
            width=half,
            height=146,
            step=step,
            ticks=[fr(tick * step // 1000, nil="0") for tick in range(6 if number == 0 else 5)],
            color=color,
        )
    press.y = top + 206
    sales, operating = RESULT["chiffre d'affaires"], RESULT["résultat d'exploitation"]
    lines: list[tuple[str, tuple[int, int]]] = [
        ("Chiffre d’affaires net", sales),
        ("Résultat d’exploitation", operating),
        ("Résultat net", RESULT["résultat net"]),
        ("Capacité d’autofinancement", v.self_financing),
        ("Capitaux propres", v.equity),
        ("Trésorerie nette", v.closing),
    ]
    rows = [Row(label, (fr(values[0]), fr(values[1]), pc(growth(*values)))) for label, values in lines]
    rows.insert(2, Row("en % du chiffre d’affaires", tuple(pc(percent(a, b)) for a, b in zip(operating, sales, strict=True)), indent=1))
    rows.append(Row("Résultat net par action (en euros)", (fr(v.per_share[0], 2), fr(v.per_share[1], 2), pc(growth(240, 197)))))
    rows.append(
        Row("Dividende par action (en euros)(1)", (fr(v.dividend_per_share[0], 2), fr(v.dividend_per_share[1], 2), pc(growth(100, 90))))
    )
    staff = [sum(values[n] for values in v.staff.values()) for n in (0, 1)]
    rows.append(Row("Effectif moyen (en nombre de personnes)", (fr(staff[0]), fr(staff[1]), pc(growth(*staff)))))
    draw(
        press,
        Table(
            [Column("2024", 72), Column("2023", 72), Column("Variation", 72)], rows, stub="En milliers d’euros", style="banded", leading=13
        ),
        caption="Deux exercices en chiffres",
    )
    press.y -= 2
    press.footnote(
        french("(1)  Proposé à l’assemblée générale du 22 mai 2025 au titre de l’exercice 2024 ; versé au titre de l’exercice 2023.")
    )
    press.y += 16
    columns = [Column(year, 62) for year in years]
    lines = [(name, [fr(value) for value in values]) for name, values in v.five_years.items()]
    lines.insert(2, ("en % du chiffre d’affaires", [pc(percent(b, a)) for a, b in zip(*tuple(v.five_years.values())[:2], strict=True)]))
    lines.append(("Effectif moyen (en nombre de personnes)", [fr(value) for value in (802, 815, 861, *reversed(staff))]))
    rows = [Row(name, tuple(values), indent=1 if name.startswith("en %") else 0) for name, values in lines]
    draw(press, Table(columns, rows, stub=french("En milliers d’euros"), style="plain", leading=13), caption="Cinq exercices")


def management_report(press: Press) -> None:
    press.new_page()
    press.title("Rapport de gestion")
    press.title("Activité de l’exercice", level=2)
    sales, operating = RESULT["chiffre d'affaires"], RESULT["résultat d'exploitation"]
    abroad = [s - f for s, f in zip(sales, v.zones["France"], strict=True)]
    prose(
        press,
        [
            "**Chiffre d’affaires.** Au cours de l’exercice clos le 31 décembre 2024, le chiffre d’affaires net s’est établi à "
            f"{k(sales[0])}, contre {k(sales[1])} en 2023, "
            f"soit une progression de {pc(growth(*sales))}. La part réalisée hors de France atteint {pc(percent(abroad[0], sales[0]))} "
            "(2023 : "
            f"{pc(percent(abroad[1], sales[1]))}). Les prestations de services augmentent de {pc(growth(*RESULT['services']))}, à "
            f"{k(RESULT['services'][0])} ; les ventes de marchandises "
            f"reculent de {pc(abs(growth(*RESULT['marchandises'])))}.",
            f"**Charges d’exploitation.** Les achats de matières premières s’élèvent à {k(RESULT['achats de matières'][0])}, en hausse de "
            f"{pc(growth(*RESULT['achats de matières']))}, "
            f"sous l’effet du prix de l’acier inoxydable. Les salaires et traitements progressent de {pc(growth(*RESULT['salaires']))}, à "
            f"{k(RESULT['salaires'][0])}, et les charges "
            f"sociales s’établissent à {k(RESULT['charges sociales'][0])}.",
            f"**Résultats.** Le résultat d’exploitation ressort à {k(operating[0])}, contre {k(operating[1])} en 2023 "
            f"(+{pc(growth(*operating))}). La perte financière est de "
            f"{k(RESULT['résultat financier'][0])}, dont {k(RESULT['intérêts'][0])} d’intérêts. Après un impôt sur les bénéfices de "
            f"{k(RESULT['impôt'][0])}, le résultat net s’élève à "
            f"{k(RESULT['résultat net'][0])}, soit {fr(v.per_share[0], 2)} € par action.",
        ],
        columns=2,
    )
    press.y += 6
    rows = [
        Row(name, (fr(a), pc(percent(a, sales[0])), fr(b), pc(percent(b, sales[1])), pc(growth(a, b))))
        for name, (a, b) in v.activities.items()
    ]
    rows.append(Row("Chiffre d’affaires net", (fr(sales[0]), pc(100), fr(sales[1]), pc(100), pc(growth(*sales))), kind="grand"))
    columns = [Column("k€", 58), Column("%", 50), Column("k€", 58), Column("%", 50), Column("Variation", 60)]
    draw(
        press,
        Table(columns, rows, spans=[(0, 1, "2024"), (2, 3, "2023")], style="plain"),
        caption="Chiffre d’affaires par activité",
        scale="(en milliers d’euros)",
    )
    press.title("Recherche et développement", level=2)
    prose(
        press,
        [
            f"Les dépenses de recherche et développement de l’exercice se sont élevées à {k(6480)}, "
            f"soit {pc(percent(6480, sales[0]))} du chiffre d’affaires (2023 : {k(5935)}, soit {pc(percent(5935, sales[1]))}). "
            f"Une part de {k(RESULT['immobilisée'][0])} a été inscrite à l’actif. Le crédit d’impôt recherche s’établit à 540 k€.",
        ],
    )
    press.title("Trésorerie et endettement", level=2)
    debt = [v.liabilities["Emprunts obligataires"][n] + v.liabilities["Emprunts auprès des établissements de crédit"][n] for n in (0, 1)]
    net = [d - c for d, c in zip(debt, v.closing, strict=True)]
    prose(
        press,
        [
            f"Les flux de trésorerie liés à l’activité s’élèvent à {k(v.operating[0])} (2023 : {k(v.operating[1])}), après une "
            "augmentation du besoin en fonds de roulement de "
            f"{k(v.working_capital[0])}. Les emprunts obligataires et bancaires totalisent {k(debt[0])}. L’endettement net, après "
            "déduction de la trésorerie nette de "
            f"{k(v.closing[0])}, est de {k(net[0])}, soit {pc(percent(net[0], v.equity[0]))} des capitaux propres (2023 : "
            f"{pc(percent(net[1], v.equity[1]))}).",
        ],
    )
    press.title("Délais de paiement", level=2)
    prose(
        press,
        [
            "Au 31 décembre 2024, les factures reçues et non réglées dont le terme est échu se répartissent comme suit. Aucune pénalité "
            "de retard n’a été versée "
            "au cours de l’exercice.",
        ],
    )
    late = ("1 à 30 jours", "31 à 60 jours", "61 à 90 jours", "91 jours\net plus", "Total")
    first, second = (1218, 406, 92, 37), (3126, 1284, 518, 742)
    rows = [
        Row("Fournisseurs : montant TTC", tuple(fr(x) for x in (*first, sum(first)))),
        Row("Clients : montant TTC", tuple(fr(x) for x in (*second, sum(second)))),
    ]
    draw(press, Table([Column(head, 68) for head in late], rows, stub="En milliers d’euros", style="boxed", leading=12.6))
    press.title("Perspectives et événements postérieurs à la clôture", level=2)
    prose(
        press,
        [
            "Nous prévoyons pour 2025 une croissance du chiffre d’affaires comprise entre 4 % et 6 % et des investissements de l’ordre de "
            "12 M€. Le 14 février 2025, la "
            "société a signé la promesse d’acquisition d’un terrain à Loriol pour 1,4 M€. Aucun autre événement susceptible d’affecter "
            "les comptes n’est intervenu.",
        ],
    )
