"""Page ranges as people type them."""

import pytest

from finlens.errors import NoSuchPage
from finlens.extract.ranges import page_numbers


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (None, [1, 2, 3, 4, 5, 6]),
        ("1-3,5", [1, 2, 3, 5]),
        ("4-", [4, 5, 6]),
        ("-2", [1, 2]),
        (" 2 , 2 ,1", [1, 2]),
        ("5-900", [5, 6]),
        ([3, 1], [1, 3]),
        ("2–3", [2, 3]),
    ],
)
def test_a_range_names_pages(asked, given):
    assert page_numbers(asked, 6) == given


@pytest.mark.parametrize("asked", ["7", "0", "3-2", "x", "1-2-3", "", ",", "1,,x", [0], [], [7], "9-12", "1.5", "-"])
def test_anything_else_is_an_error_that_says_what_may_be_asked_for(asked):
    with pytest.raises(NoSuchPage) as caught:
        page_numbers(asked, 6)
    assert "--pages" in caught.value.hint


def test_a_huge_range_costs_nothing():
    assert page_numbers("1-99999999999999999", 3) == [1, 2, 3]
