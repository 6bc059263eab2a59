"""What the ink of a line says: the size of its letters, and where one word ends and the next begins."""

import pytest

from finlens.vision.lettering import Letter, level_of, words_of

SIZE = 20.0


def drawn(*spans, width=400):
    """Columns with ink in the given spans."""
    columns = [False] * width
    for start, end in spans:
        columns[start:end] = [True] * (end - start)
    return columns


def letters(text, *places):
    return [Letter(letter, x) for letter, x in zip(text, places, strict=True)]


@pytest.mark.parametrize(
    ("text", "top", "bottom"),
    [("Cash", 100, 114.4), ("revenue", 104, 114.4), ("(1,234)", 100, 118.4), ("equity", 100, 118.6), ("assess", 104, 114.4)],
)
def test_a_line_has_the_same_baseline_and_size_whichever_letters_it_is_made_of(text, top, bottom):
    level = level_of(text, top, bottom)
    assert level.baseline == pytest.approx(114.4, abs=0.3)
    assert level.size == pytest.approx(SIZE, abs=0.3)


def test_dashes_alone_do_not_tell_a_size():
    assert level_of("—", 100, 103) is None


def test_words_end_where_their_ink_ends():
    runs = words_of(letters("ab12", 15, 25, 55, 65), {2}, drawn((10, 30), (50, 70)), 0, SIZE)
    assert [(run.text, run.x0, run.x1) for run in runs] == [("ab", 10, 30), ("12", 50, 70)]


def test_a_line_over_two_columns_is_cut_at_the_white_between_them():
    runs = words_of(letters("5(3)", 15, 110, 118, 126), set(), drawn((10, 20), (105, 112), (114, 122), (124, 130)), 0, SIZE)
    assert [run.text for run in runs] == ["5", "(3)"]


def test_a_currency_sign_after_a_figure_belongs_to_the_next_one():
    runs = words_of(letters("(6)$", 12, 20, 27, 42), set(), drawn((10, 15), (17, 24), (26, 30), (37, 48)), 0, SIZE)
    assert [run.text for run in runs] == ["(6)", "$"]


def test_groups_of_digits_stay_together_over_a_thin_space():
    runs = words_of(letters("1234", 12, 24, 34, 44), set(), drawn((10, 16), (21, 28), (30, 38), (40, 48)), 0, SIZE)
    assert [run.text for run in runs] == ["1234"]


def test_a_blank_that_is_not_there_does_not_cut_a_number():
    runs = words_of(letters("1,23", 12, 18, 24, 34), {2}, drawn((10, 16), (17, 19), (20, 28), (30, 38)), 0, SIZE)
    assert [run.text for run in runs] == ["1,23"]


def test_ink_of_the_neighbouring_columns_is_left_out():
    runs = words_of(letters("789", 60, 70, 80), set(), drawn((0, 8), (56, 64), (66, 74), (76, 84), (110, 116)), 0, SIZE)
    assert [(run.text, run.x0, run.x1) for run in runs] == [("789", 56, 84)]


def test_places_that_contradict_the_ink_lose_no_letter():
    runs = words_of(letters("12345", 5, 5, 5, 300, 300), {1, 2, 3, 4}, drawn((10, 20), (90, 95), (200, 390)), 0, SIZE)
    assert "".join(run.text for run in runs) == "12345"
    assert all(run.x1 > run.x0 for run in runs)
