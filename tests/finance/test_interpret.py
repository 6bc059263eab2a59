"""A document's figures get labels, unit, scale and period, whether its heads are flagged or only printed."""

import datetime
from decimal import Decimal

import pytest

from finlens.documents import Document
from finlens.finance import guess_language, interpret

K, M = 1000, 10**6


def facts_of(*tables, paragraphs=()):
    document = interpret(Document.from_parts(tables=tables, paragraphs=paragraphs))
    return {(fact.label, fact.column_path[-1] if fact.column_path else ""): fact for fact in document.facts()}


STATEMENT = [
    ["", "", "Years Ended September 30,", ""],
    ["(In millions, except per share data)", "2019", "2018", "2017"],
    ["Net sales:", "", "", ""],
    ["Fixed price", "$  1,452.4", "$  1,146.2", "$  1,036.9"],
    ["Total sales", "1,496.5", "1,202.9", "1,107.7"],
    ["Effective tax rate", "21.5", "25.0", "31.2"],
    ["Earnings per share:", "", "", ""],
    ["Basic", "2.61", "2.33", "1.98"],
    ["Weighted average shares outstanding", "287.8", "299.3", "310.3"],
]


def test_a_spanning_head_over_years_gives_each_column_its_fiscal_year():
    fact = facts_of(STATEMENT)["Fixed price", "2018"]
    assert fact.column_path == ("Years Ended September 30,", "2018")
    assert fact.label_path == ("Net sales:", "Fixed price")
    assert (fact.period.start, fact.period.end, fact.period.months) == (datetime.date(2017, 10, 1), datetime.date(2018, 9, 30), 12)


def test_the_scale_of_the_corner_reaches_money_and_counts_of_shares_but_not_rates_and_per_share_figures():
    facts = facts_of(STATEMENT)
    assert (facts["Total sales", "2019"].amount.absolute, facts["Total sales", "2019"].amount.unit) == (Decimal("1496500000.0"), "USD")
    assert (facts["Effective tax rate", "2019"].amount.absolute, facts["Effective tax rate", "2019"].amount.unit) == (
        Decimal("21.5"),
        "percent",
    )
    assert (facts["Basic", "2019"].amount.absolute, facts["Basic", "2019"].amount.unit) == (Decimal("2.61"), "USD/share")
    shares = facts["Weighted average shares outstanding", "2019"].amount
    assert (shares.absolute, shares.unit) == (Decimal("287800000.0"), "shares")


def test_years_in_heads_are_no_figures_and_interpreting_twice_changes_nothing():
    document = interpret(Document.from_parts(tables=[STATEMENT]))
    assert all(cell.amount is None for cell in document.tables[0].cells if cell.row < 2)
    assert all(cell.amount is not None for cell in document.tables[0].cells if cell.row in (3, 4) and cell.column > 0)
    assert interpret(document) is document


def test_a_paragraph_that_introduces_the_table_gives_its_scale():
    table = [["", "December 31,", ""], ["", "2019", "2018"], ["Land", "$1,949", "$2,185"], ["Buildings", "138,755", "129,582"]]
    facts = facts_of(table, paragraphs=["The company has 12 sites.", "Property consisted of the following (in thousands):"])
    building = facts["Buildings", "2018"]
    assert (building.amount.scale, building.amount.unit, building.period.end, building.period.instant) == (
        K,
        "USD",
        datetime.date(2018, 12, 31),
        True,
    )


def test_a_sub_heading_with_a_date_gives_the_period_of_the_rows_under_it():
    table = [
        ["", "Level 1", "Level 2"],
        ["As of December 31, 2019:", "", ""],
        ["Bonds", "$12", "$34"],
        ["As of December 31, 2018:", "", ""],
        ["Bills", "$7", "$8"],
    ]
    facts = facts_of(table)
    assert facts["Bonds", "Level 2"].period.end == datetime.date(2019, 12, 31)
    assert facts["Bills", "Level 1"].period.end == datetime.date(2018, 12, 31)


def test_signs_in_cells_of_their_own_belong_to_the_figure_beside_them():
    table = [["", "", "2019", "", ""], ["Revenue", "$", "1,234", "", ""], ["Loss", "", "(56", ")", ""], ["Growth", "", "12.5", "%", ""]]
    facts = {fact.label: fact.amount for fact in interpret(Document.from_parts(tables=[table])).facts()}
    assert (facts["Revenue"].value, facts["Revenue"].unit) == (1234, "USD")
    assert facts["Loss"].value == -56
    assert (facts["Growth"].value, facts["Growth"].unit) == (Decimal("12.5"), "percent")


@pytest.mark.parametrize("dash", ["-", "–", "—", "$ —"])
def test_a_dash_is_nil_and_never_the_sign_of_the_figure_beside_it(dash):
    table = [["", "2019", "2018"], ["Acquisitions", dash, "5,566"], ["Cessions", "1,234", dash]]
    facts = facts_of(table)
    assert facts["Acquisitions", "2019"].amount.nil
    assert facts["Acquisitions", "2018"].amount.value == 5566
    assert facts["Cessions", "2019"].amount.value == 1234


FRENCH = [
    ["En k€", "Notes", "31/12/2023", "31/12/2022", "Variation"],
    ["Chiffre d’affaires", "9.2", "7\u202f702\u202f982", "8\u202f986\u202f357", "-14,3 %"],
    ["Achats consommés", "5.5", "(1\u202f133\u202f152)", "–", "n.s."],
    ["Résultat net par action (en euros)", "", "75,34", "95,42", ""],
]


def test_a_french_statement_is_read_with_its_notes_left_out():
    document = interpret(
        Document.from_parts(
            tables=[FRENCH], paragraphs=["Les comptes de la société sont arrêtés par le conseil pour l’exercice clos le 31 décembre 2023."]
        )
    )
    facts = {(fact.label, fact.column): fact for fact in document.facts() if fact.table == 0}
    assert document.language == "fr"
    assert ("Chiffre d’affaires", 1) not in facts
    sales = facts["Chiffre d’affaires", 2]
    assert (sales.amount.absolute, sales.amount.unit, sales.period.end) == (7_702_982_000, "EUR", datetime.date(2023, 12, 31))
    assert facts["Achats consommés", 2].amount.value == -1_133_152
    assert facts["Achats consommés", 3].amount.nil
    assert facts["Achats consommés", 4].amount.value is None
    assert (facts["Chiffre d’affaires", 4].amount.unit, facts["Chiffre d’affaires", 4].period) == ("percent", None)
    per_share = facts["Résultat net par action (en euros)", 2].amount
    assert (per_share.absolute, per_share.unit) == (Decimal("75.34"), "EUR/share")


def test_n_and_n_1_get_their_years_from_the_document():
    table = [["En euros", "Exercice N", "Exercice N-1"], ["Ventes", "12 345", "11 222"]]
    facts = facts_of(table, paragraphs=["Comptes de l’exercice clos le 30 juin 2024."])
    assert facts["Ventes", "Exercice N"].period.end == datetime.date(2024, 6, 30)
    assert facts["Ventes", "Exercice N-1"].period.end == datetime.date(2023, 6, 30)


def test_a_table_without_heads_still_gives_its_figures():
    facts = facts_of([["operating rental properties", "$ 602011"], ["goodwill", "14722"], ["debt assumed", "-148527 ( 148527 )"]])
    assert facts["goodwill", ""].amount.value == 14722
    assert facts["debt assumed", ""].amount.value == -148527


def test_what_no_text_says_stays_unsaid():
    fact = facts_of([["", "Stores"], ["North", "12"]])["North", "Stores"]
    assert (fact.period, fact.amount.scale) == (None, 1)
    assert fact.amount.currency is None


def test_figures_of_sentences_are_facts_with_their_sentence():
    document = interpret(Document.from_parts(paragraphs=["Revenue for fiscal 2023 was $12.3 billion. It has 12 pages."]))
    (fact,) = document.facts()
    assert (fact.amount.absolute, fact.period.year, fact.table) == (12_300_000_000, 2023, None)
    assert fact.context == "Revenue for fiscal 2023 was $12.3 billion."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The table below shows the revenue of the company and its subsidiaries for the year", "en"),
        ("Le tableau ci-dessous présente les produits de la société et de ses filiales pour l’exercice", "fr"),
        ("12 345", ""),
    ],
)
def test_the_language_is_told_by_small_words(text, language):
    assert guess_language(text) == language
