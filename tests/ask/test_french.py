"""A French question means the same in whatever order its words come."""

import pytest
from small_report import report

from finlens.ask.answer import ask
from finlens.ask.french import plainly
from finlens.ask.question import understand
from finlens.documents import Document
from finlens.finance.words import plain

ACCOUNTS = [
    ["(en milliers d'euros)", "2023", "2022"],
    ["Chiffre d'affaires", "248 600", "231 400"],
    ["Salaires et traitements", "(71 900)", "(67 250)"],
    ["Résultat opérationnel courant", "17 500", "12 170"],
    ["Résultat net", "10 725", "8 025"],
]


@pytest.fixture(scope="module")
def accounts():
    return Document.from_parts(tables=[ACCOUNTS], paragraphs=["La hausse du chiffre d'affaires s'explique par la montée en cadence."])


@pytest.mark.parametrize(
    "question",
    [
        "Combien la société a-t-elle versé de salaires et traitements en 2023 ?",
        "Quels salaires et traitements ont été versés en 2023 ?",
        "À combien s'élèvent les salaires et traitements de l'exercice 2023 ?",
        "Combien de salaires et traitements le groupe a-t-il comptabilisés en 2023 ?",
        "Quels salaires et traitements Valmont a-t-il versés en 2023 ?",
    ],
)
def test_the_orders_of_a_look_up(accounts, question):
    answer = ask(accounts, question)
    assert (answer.value, answer.scale) == (71900, 1000)


@pytest.mark.parametrize(
    "question",
    [
        "Quelle est la progression en pourcentage du chiffre d'affaires en 2023 par rapport à 2022 ?",
        "De quel pourcentage le chiffre d'affaires a-t-il augmenté sur un an en 2023 ?",
        "Quel a été, en %, l'accroissement du chiffre d'affaires entre 2022 et 2023 ?",
        "Quelle est la croissance du chiffre d'affaires en 2023, en pourcentage ?",
    ],
)
def test_the_orders_of_a_relative_change(accounts, question):
    answer = ask(accounts, question)
    assert (answer.unit, f"{answer.value:.2f}") == ("percent", "7.43")


@pytest.mark.parametrize(
    "question",
    [
        "Quelle est la part du résultat net dans le chiffre d'affaires en 2023 ?",
        "Que représente le résultat net en pourcentage du chiffre d'affaires en 2023 ?",
        "Quel pourcentage du chiffre d'affaires le résultat net représente-t-il en 2023 ?",
        "Quel est le poids du résultat net dans le chiffre d'affaires en 2023 ?",
    ],
)
def test_the_orders_of_a_share(accounts, question):
    assert f"{ask(accounts, question).value:.2f}" == "4.31"


@pytest.mark.parametrize(
    ("question", "yes"),
    [
        ("Le résultat net a-t-il progressé entre 2022 et 2023 ?", True),
        ("Le chiffre d'affaires a-t-il baissé en 2023 par rapport à 2022 ?", False),
        ("Le résultat net de 2023 est-il supérieur à celui de 2022 ?", True),
        ("Le résultat net est-il moins élevé en 2023 que celui de 2022 ?", False),
    ],
)
def test_yes_and_no(accounts, question, yes):
    assert ask(accounts, question).value is yes


def test_a_reason_is_looked_for_without_the_verb_of_the_question(accounts):
    assert "montée en cadence" in ask(accounts, "Pourquoi le chiffre d'affaires a-t-il augmenté ?").text


def test_how_much_something_rose_is_no_question_for_yes_or_no():
    assert understand("De combien le résultat net a-t-il progressé entre 2022 et 2023 ?").operation == "difference"


@pytest.mark.parametrize(
    "question", ["Quel est le chiffre d'affaires net moyen des exercices 2022 et 2023 ?", "Quel est l'effectif moyen en 2023 ?"]
)
def test_an_average_is_asked_for_or_printed(question):
    averaged = plainly(plain(question).strip(" ?"))
    assert averaged.startswith("moyenne de chiffre d'affaires net") is ("exercices" in question)


def test_a_period_leaves_the_end_of_a_name_alone():
    assert understand("Quelle est la part du groupe dans le résultat net 2023 ?").measures[1].phrase == "resultat net"


def test_a_segment_is_the_row_of_a_breakdown():
    assert ask(report(), "What were net sales of the Pumps segment in 2023?").value == 900000
