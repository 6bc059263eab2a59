import re

import pytest

from finlens.finance.concepts import catalogue, concept, concepts_of
from finlens.finance.taxonomy import CHAPTERS


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Net sales", "revenue"),
        ("Total net revenue", "revenue"),
        ("Chiffre d’affaires", "revenue"),
        ("Cost of products sold", "cost_of_revenue"),
        ("Income (loss) from operations", "operating_income"),
        ("Résultat opérationnel courant", "recurring_operating_income"),
        ("Accounts receivable, net", "receivables"),
        ("Accounts receivable, less allowance of $3.1 and $2.9", "receivables"),
        ("Créances clients", "receivables"),
        ("Property, plant and equipment — net", "ppe_net"),
        ("Land, buildings, and equipment", "ppe_net"),
        ("Purchases of property, plant and equipment (PP&E)", "capital_expenditures"),
        ("Net cash provided by (used in) operating activities", "operating_cash_flow"),
        ("Total des capitaux propres", "equity"),
        ("Dettes fournisseurs", "payables"),
        ("capex", "capital_expenditures"),
        ("COGS", "cost_of_revenue"),
    ],
)
def test_a_label_in_english_or_french_names_its_line_item(label, name):
    assert concepts_of(label)[0][0] == name


def test_income_of_the_owners_is_told_apart_from_that_of_minorities():
    assert concepts_of("Net earnings attributable to Acme")[0][0] == "net_income_attributable"
    assert concepts_of("Net income attributable to noncontrolling interests")[0][0] == "noncontrolling_income"


def test_a_label_that_only_contains_a_line_item_is_not_it():
    assert "revenue" not in dict(concepts_of("Revenue recognised from prior years"))
    assert "cash_and_equivalents" not in dict(concepts_of("Cash paid to suppliers"))


def test_one_name_may_mean_lines_of_several_statements():
    statements = {concept(name).statement for name, _ in concepts_of("Dividends")}
    assert statements == {"cash flow"}
    assert {name for name, _ in concepts_of("EBITDA ajusté")} == {"adjusted_ebitda"}


def test_the_catalogue_covers_statements_and_notes_in_two_languages():
    items = catalogue().values()
    assert len(items) >= 250
    assert {item.statement for item in items} == {"income", "balance sheet", "cash flow", "comprehensive income", "equity", "notes"}
    assert all(item.english and item.section for item in items)
    assert sum(bool(item.french) for item in items) > 250


def test_every_line_item_knows_its_elements_and_its_nature():
    items = catalogue().values()
    assert sum(bool(item.us_gaap) for item in items) > 400
    assert sum(bool(item.ifrs) for item in items) > 200
    elements = [element for item in items for element in (*item.us_gaap, *item.ifrs)]
    assert all(re.fullmatch(r"[A-Z][A-Za-z0-9]+", element) for element in elements)
    assert concept("total_assets").instant
    assert not concept("revenue").instant
    assert concept("total_assets").balance == "debit"
    assert concept("revenue").balance == "credit"
    assert concept("eps_basic").unit == "per share"
    assert all((item.unit == "money") == (item.balance is not None) for item in items)


def test_a_name_is_given_once_in_the_catalogue():
    lines = [line.split("|")[0].strip() for chapter in CHAPTERS for line in chapter.lines.strip().splitlines()]
    assert len(lines) == len(set(lines)) == len(catalogue())


def test_every_name_that_questions_use_leads_back_to_its_line_item():
    for item in catalogue().values():
        for name in (*item.english, *item.french) if item.asked else ():
            if not name.endswith("…"):
                unsaid = "balance" in name and not concepts_of(name)  # "beginning balance": of what, its table says
                assert item.name in dict(concepts_of(name)) or "attributable" in name or unsaid, name


@pytest.mark.parametrize("label", ["Balance", "Beginning balance", "Ending balance", "Balance, net of tax"])
def test_a_balance_of_nothing_said_is_no_line_item_by_itself(label):
    assert not concepts_of(label)
