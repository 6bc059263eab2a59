"""Three invented companies' accounts in French: a group (thousands), a small company's own (euros, June), a listed group (millions).

Every total is the sum of its parts, and no figure is anybody's.
"""

from __future__ import annotations

from benchmarks.questions.paper import Sheet


def grid(heads: str, text: str) -> list[list[str]]:
    """Rows from lines of "label | figure | figure", under a row of heads."""
    return [
        ["", *(part.strip() for part in heads.split("|"))],
        *([part.strip() for part in line.split("|")] for line in text.strip().splitlines()),
    ]


VALMONT = (
    Sheet(
        "Compte de résultat consolidé",
        "(en milliers d'euros, sauf résultat par action)",
        grid(
            "2023|2022",
            """
            Chiffre d'affaires|248 600|231 400
            Autres produits de l'activité|3 150|2 900
            Achats consommés|(112 480)|(108 350)
            Charges de personnel|(71 900)|(67 250)
            Charges externes|(34 620)|(31 980)
            Impôts et taxes|(3 450)|(3 610)
            Dotations aux amortissements et provisions|(11 800)|(10 940)
            Résultat opérationnel courant|17 500|12 170
            Autres produits et charges opérationnels|(1 300)|430
            Résultat opérationnel|16 200|12 600
            Coût de l'endettement financier net|(2 140)|(1 760)
            Autres produits et charges financiers|240|(140)
            Résultat financier|(1 900)|(1 900)
            Impôt sur les résultats|(3 575)|(2 675)
            Résultat net|10 725|8 025
            dont part du groupe|10 300|7 790
            dont intérêts minoritaires|425|235
            Résultat par action (en euros)|2,06|1,56
            """,
        ),
        ["La hausse du chiffre d'affaires s'explique par la montée en cadence des programmes aéronautiques."],
    ),
    Sheet(
        "Bilan consolidé - Actif",
        "(en milliers d'euros)",
        grid(
            "31/12/2023|31/12/2022",
            """
            Écarts d'acquisition|28 400|28 400
            Immobilisations incorporelles|6 250|5 980
            Immobilisations corporelles|74 300|69 700
            Actifs financiers non courants|2 150|2 020
            Impôts différés actifs|1 900|2 100
            Total actif non courant|113 000|108 200
            Stocks et en-cours|41 200|44 600
            Créances clients|52 700|49 300
            Autres actifs courants|8 600|9 100
            Trésorerie et équivalents de trésorerie|23 500|17 800
            Total actif courant|126 000|120 800
            Total actif|239 000|229 000
            """,
        ),
        ["Les stocks sont évalués selon la méthode du coût moyen pondéré."],
    ),
    Sheet(
        "Bilan consolidé - Passif",
        "(en milliers d'euros)",
        grid(
            "31/12/2023|31/12/2022",
            """
            Capital social|10 000|10 000
            Primes et réserves|78 275|73 685
            Résultat de l'exercice, part du groupe|10 300|7 790
            Capitaux propres, part du groupe|98 575|91 475
            Intérêts minoritaires|2 425|2 025
            Total capitaux propres|101 000|93 500
            Emprunts et dettes financières à long terme|48 200|52 600
            Provisions pour retraites|6 900|6 400
            Impôts différés passifs|3 100|3 000
            Total passif non courant|58 200|62 000
            Emprunts et dettes financières à court terme|14 300|12 500
            Dettes fournisseurs|38 900|36 700
            Dettes fiscales et sociales|19 400|17 900
            Autres passifs courants|7 200|6 400
            Total passif courant|79 800|73 500
            Total passif et capitaux propres|239 000|229 000
            """,
        ),
    ),
    Sheet(
        "Tableau des flux de trésorerie consolidés",
        "(en milliers d'euros)",
        grid(
            "2023|2022",
            """
            Résultat net|10 725|8 025
            Dotations aux amortissements et provisions|11 800|10 940
            Variation du besoin en fonds de roulement|2 975|(4 365)
            Flux net de trésorerie généré par l'activité|25 500|14 600
            Acquisitions d'immobilisations corporelles et incorporelles|(16 700)|(13 900)
            Cessions d'immobilisations|600|300
            Flux net de trésorerie lié aux investissements|(16 100)|(13 600)
            Dividendes versés|(3 225)|(2 900)
            Souscription d'emprunts|8 000|6 000
            Remboursement d'emprunts|(8 475)|(7 100)
            Flux net de trésorerie lié au financement|(3 700)|(4 000)
            Variation de la trésorerie nette|5 700|(3 000)
            Trésorerie à l'ouverture|17 800|20 800
            Trésorerie à la clôture|23 500|17 800
            """,
        ),
    ),
    Sheet(
        "Note 4 - Chiffre d'affaires par secteur d'activité",
        "(en milliers d'euros)",
        grid("2023|2022", "Aéronautique|121 300|104 900\nFerroviaire|83 100|84 200\nÉnergie|44 200|42 300\nTotal|248 600|231 400"),
        ["La société Mécadour a été acquise par le groupe en juillet 2023 pour 4,2 millions d'euros."],
    ),
    Sheet(
        "Note 5 - Chiffre d'affaires par zone géographique",
        "(en milliers d'euros)",
        grid("2023|2022", "France|161 590|152 724\nEurope hors France|62 150|57 850\nReste du monde|24 860|20 826\nTotal|248 600|231 400"),
    ),
    Sheet(
        "Note 6 - Effectif moyen",
        "(en nombre de personnes)",
        grid("2023|2022", "Ouvriers|742|718\nTechniciens|318|305\nCadres|240|227\nTotal|1 300|1 250"),
    ),
    Sheet(
        "Note 12 - Échéancier des dettes financières au 31 décembre 2023",
        "(en milliers d'euros)",
        grid(
            "Moins d'un an|De un à cinq ans|Plus de cinq ans|Total",
            "Emprunts bancaires|11 900|33 600|6 400|51 900\nCrédit-bail|2 400|7 200|1 000|10 600\nTotal|14 300|40 800|7 400|62 500",
        ),
        [
            "Le conseil d'administration proposera à l'assemblée générale du 15 mai 2024 le versement d'un dividende "
            "de 0,75 euro par action.",
            "Les commissaires aux comptes du groupe sont le cabinet Audirex et le cabinet Rivière & Associés.",
        ],
    ),
)
LEGOFF = (
    Sheet(
        "Compte de résultat",
        "(en euros)",
        grid(
            "Exercice clos le 30/06/2024|Exercice clos le 30/06/2023",
            """
            Ventes de marchandises|412 350|398 120
            Production vendue de biens|5 836 400|5 412 900
            Production vendue de services|61 250|48 980
            Chiffre d'affaires net|6 310 000|5 860 000
            Production stockée|24 800|(13 600)
            Subventions d'exploitation|15 000|-
            Autres produits|3 200|1 600
            Total des produits d'exploitation|6 353 000|5 848 000
            Achats de marchandises|268 400|262 700
            Achats de matières premières et approvisionnements|2 514 600|2 402 300
            Autres achats et charges externes|1 093 000|1 021 000
            Impôts, taxes et versements assimilés|87 500|84 000
            Salaires et traitements|1 236 000|1 142 000
            Charges sociales|448 500|419 000
            Dotations aux amortissements sur immobilisations|251 000|243 000
            Autres charges|9 000|6 000
            Total des charges d'exploitation|5 908 000|5 580 000
            Résultat d'exploitation|445 000|268 000
            Produits financiers|4 000|2 500
            Charges financières|39 000|36 500
            Résultat financier|(35 000)|(34 000)
            Résultat courant avant impôts|410 000|234 000
            Produits exceptionnels|12 000|5 000
            Charges exceptionnelles|22 000|3 000
            Résultat exceptionnel|(10 000)|2 000
            Participation des salariés|20 000|-
            Impôts sur les bénéfices|95 000|59 000
            Bénéfice|285 000|177 000
            """,
        ),
        ["La hausse des achats de matières premières s'explique par le renchérissement du prix du beurre et du sucre."],
    ),
    Sheet(
        "Bilan - Actif",
        "(en euros)",
        grid(
            "Brut|Amort. et prov.|Net 30/06/2024|Net 30/06/2023",
            """
            Concessions, brevets et droits similaires|84 000|61 000|23 000|29 000
            Constructions|1 450 000|610 000|840 000|905 000
            Installations techniques, matériel et outillage|2 980 000|1 795 000|1 185 000|1 098 000
            Immobilisations financières|12 000|-|12 000|12 000
            Total actif immobilisé|4 526 000|2 466 000|2 060 000|2 044 000
            Matières premières, approvisionnements|296 000|-|296 000|281 000
            Produits finis|188 000|8 000|180 000|157 000
            Clients et comptes rattachés|702 000|18 000|684 000|651 000
            Autres créances|96 000|-|96 000|88 000
            Valeurs mobilières de placement|150 000|-|150 000|100 000
            Disponibilités|374 000|-|374 000|279 000
            Charges constatées d'avance|20 000|-|20 000|24 000
            Total actif circulant|1 826 000|26 000|1 800 000|1 580 000
            Total général|6 352 000|2 492 000|3 860 000|3 624 000
            """,
        ),
    ),
    Sheet(
        "Bilan - Passif",
        "(en euros)",
        grid(
            "30/06/2024|30/06/2023",
            """
            Capital social|400 000|400 000
            Réserve légale|40 000|40 000
            Autres réserves|813 000|736 000
            Résultat de l'exercice|285 000|177 000
            Subventions d'investissement|32 000|41 000
            Total capitaux propres|1 570 000|1 394 000
            Provisions pour risques et charges|45 000|30 000
            Emprunts et dettes auprès des établissements de crédit|1 086 000|1 174 000
            Dettes fournisseurs et comptes rattachés|742 000|658 000
            Dettes fiscales et sociales|367 000|322 000
            Autres dettes|50 000|46 000
            Total dettes|2 245 000|2 200 000
            Total général|3 860 000|3 624 000
            """,
        ),
    ),
    Sheet(
        "Annexe - Répartition du chiffre d'affaires par canal",
        "(en euros)",
        grid(
            "2024|2023",
            "Grande distribution|3 786 000|3 574 600\nBoutiques|1 514 400|1 347 800\nExport|1 009 600|937 600\nTotal|6 310 000|5 860 000",
        ),
        [
            "La société emploie trente-huit salariés au 30 juin 2024, contre trente-cinq un an plus tôt.",
            "Les immobilisations sont amorties selon le mode linéaire. La durée d'amortissement des constructions est de 20 ans, "
            "celle du matériel de 5 à 10 ans.",
            "La société est présidée par M. Yann Le Goff. L'exercice a une durée de douze mois.",
        ],
    ),
)
HYDRELIS = (
    Sheet(
        "Compte de résultat consolidé",
        "(en millions d'euros, sauf résultat par action)",
        grid(
            "2022|2021|2020",
            """
            Chiffre d'affaires|1 842,0|1 610,0|1 475,5
            Coût des ventes|(1 197,3)|(1 062,6)|(988,6)
            Marge brute|644,7|547,4|486,9
            Frais de recherche et développement|(73,7)|(64,4)|(62,0)
            Frais commerciaux|(202,6)|(177,1)|(169,7)
            Frais administratifs|(147,4)|(136,9)|(132,8)
            Résultat opérationnel courant|221,0|169,0|122,4
            Charges de restructuration|(9,0)|(5,5)|(18,9)
            Résultat opérationnel|212,0|163,5|103,5
            Charges financières nettes|(22,0)|(19,5)|(23,5)
            Résultat avant impôt|190,0|144,0|80,0
            Impôt sur les bénéfices|(47,5)|(37,4)|(22,4)
            Résultat net|142,5|106,6|57,6
            Résultat net par action dilué (en euros)|2,85|2,13|1,15
            """,
        ),
        ["Les prises de commandes se sont élevées à 1 950 millions d'euros en 2022, en hausse de 12,1 % par rapport à 2021."],
    ),
    Sheet(
        "Chiffre d'affaires par division",
        "(en millions d'euros)",
        grid(
            "2022|2021|2020",
            "Pompes|811,0|724,5|678,7\nVannes|552,6|499,1|457,4\nServices|478,4|386,4|339,4\nTotal|1 842,0|1 610,0|1 475,5",
        ),
    ),
    Sheet(
        "Résultat opérationnel courant par division",
        "(en millions d'euros)",
        grid("2022|2021|2020", "Pompes|97,3|76,1|54,3\nVannes|55,3|44,9|32,0\nServices|68,4|48,0|36,1\nTotal|221,0|169,0|122,4"),
    ),
    Sheet(
        "Structure financière",
        "(en millions d'euros)",
        grid(
            "31 décembre 2022|31 décembre 2021|31 décembre 2020",
            """
            Capitaux propres|780,0|690,0|612,0
            Dette financière brute|520,0|555,0|580,0
            Trésorerie et équivalents de trésorerie|210,0|185,0|160,0
            Endettement financier net|310,0|370,0|420,0
            """,
        ),
    ),
    Sheet(
        "Flux de trésorerie",
        "(en millions d'euros)",
        grid(
            "2022|2021|2020",
            """
            Flux de trésorerie opérationnels|265,0|214,0|188,0
            Investissements|(92,1)|(80,5)|(70,8)
            Flux de trésorerie disponible|172,9|133,5|117,2
            Dividendes versés|(43,0)|(23,0)|-
            """,
        ),
        ["Hydrelis vise pour 2023 une croissance organique comprise entre 5 % et 7 %."],
    ),
    Sheet(
        "Effectifs par zone géographique à la clôture",
        "(en nombre de personnes)",
        grid("2022|2021|2020", "France|3 368|3 300|3 290\nAmérique|1 684|1 602|1 560\nAsie|3 368|3 208|3 110\nTotal|8 420|8 110|7 960"),
        ["Le siège social d'Hydrelis est situé à Lyon."],
    ),
)
REPORTS = {
    "valmont": ("Ateliers Valmont SA", VALMONT),
    "legoff": ("Biscuiterie Le Goff SAS", LEGOFF),
    "hydrelis": ("Hydrelis SA", HYDRELIS),
}
