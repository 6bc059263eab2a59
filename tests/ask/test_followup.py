import pytest

from finlens.ask.followup import complete

FIRST = "What were net sales in 2023?"


@pytest.mark.parametrize(
    ("question", "completed"),
    [
        ("And the year before?", "what were net sales in 2022?"),
        ("and in 2021?", "what were net sales in 2021?"),
        ("And operating income?", "what were operating income in 2023?"),
        ("What was goodwill in 2022?", "What was goodwill in 2022?"),
    ],
)
def test_what_a_follow_up_leaves_out_comes_from_the_question_before(question, completed):
    assert complete(question, [FIRST]) == completed


def test_the_difference_between_the_two_years_is_that_of_the_line_asked_about_twice():
    assert (
        complete("So what was the difference between the two years?", [FIRST, "and in 2022?"])
        == "what was the change in net sales from 2022 to 2023?"
    )
    assert (
        complete("So what was the percentage change during this time?", [FIRST, "and in 2022?"])
        == "what was the percentage change in net sales from 2022 to 2023?"
    )


def test_a_first_question_stands_as_it_is():
    assert complete("And the year before?", []) == "And the year before?"


def test_a_french_follow_up_without_a_year_goes_one_year_back():
    assert "exercice precedent" in complete("Et l’année précédente ?", ["Quel est le résultat net ?"])
