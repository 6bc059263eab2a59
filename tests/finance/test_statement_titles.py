import pytest

from finlens.finance.statement_titles import kind_of_title, title_of


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("CONSOLIDATED BALANCE SHEETS", "balance sheet"),
        ("Condensed Consolidated Statements of Financial Position (Unaudited)", "balance sheet"),
        ("Consolidated Statements of Operations", "income"),
        ("CONSOLIDATED INCOME STATEMENT", "income"),
        ("Consolidated Statements of Comprehensive Income", "comprehensive income"),
        ("Consolidated Statements of Changes in Shareholders’ Equity", "equity"),
        ("CONSOLIDATED STATEMENTS OF STOCKHOLDERS' INVESTMENT", "equity"),
        ("Consolidated Statement of Cash Flows", "cash flow"),
        ("Bilan – Actif", "balance sheet"),
        ("État de la situation financière consolidée", "balance sheet"),
        ("Compte de résultat consolidé – exercice clos le 31 décembre 2024", "income"),
        ("Tableau des flux de trésorerie", "cash flow"),
        ("Variation des capitaux propres", "equity"),
        ("Our balance sheet is strong and includes cash", None),
        ("statements of earnings:", None),
        ("Off-Balance Sheet Arrangements", None),
        ("Revenue by segment", None),
    ],
)
def test_a_title_says_which_statement_it_is(title, kind):
    assert kind_of_title(title) == kind


@pytest.mark.parametrize(
    "title",
    ["CONSOLIDATED BALANCE SHEETS (Parenthetical)", "Balance Sheet and Return on Equity Highlights", "Pro forma statement of operations"],
)
def test_a_title_may_say_that_it_is_not_the_statement_itself(title):
    assert not title_of([title]).primary


def test_a_statement_of_a_company_and_its_subsidiaries_is_the_primary_one():
    assert title_of(["Union Example Corporation and Subsidiary Companies", "CONSOLIDATED STATEMENTS OF INCOME"]).primary


def test_one_statement_may_hold_income_and_comprehensive_income():
    title = title_of(["CONSOLIDATED STATEMENTS OF OPERATIONS AND COMPREHENSIVE LOSS"])
    assert (title.kind, title.combined) == ("income", True)


@pytest.mark.parametrize(("text", "form"), [("DGFiP N° 2051-SD 2024", "2051"), ("Formulaire n° 2052", "2052"), ("Page 2050", "")])
def test_a_french_form_is_known_by_its_number(text, form):
    assert title_of([text]).form == form
