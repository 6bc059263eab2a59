"""Pages that no typesetter would make: the finder answers quickly, and never with an exception."""

import math
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_pages import Drawing, tables_of

from finlens.documents import Origin, Table, Word
from finlens.extract.base import Fill, RawPage, Rule
from finlens.extract.tables.aligned import AlignedFinder

ORIGIN = Origin("0" * 64, 1, "test")


def word(text: str, x0: float, top: float, width: float | None = None, height: float = 10.0) -> Word:
    return Word(text, x0, top, x0 + (5.0 * len(text) if width is None else width), top + height, ORIGIN, 1.0, 10.0)


def find(words: list[Word], *, rules: tuple[Rule, ...] = (), fills: tuple[Fill, ...] = (), height: float = 792.0) -> list[Table]:
    page = RawPage(1, 612, height, ORIGIN, tuple(words), rules, fills)
    return AlignedFinder().find(None, [page])  # type: ignore[arg-type]  # it never opens the file


def rows(count: int, columns: int, *, step: float = 14.0, width: float = 60.0) -> list[Word]:
    words = []
    for r in range(count):
        words.append(word(f"Item{r}", 40, 50 + step * r))
        words += [word(f"{r}{c:02d}", 150 + width * c, 50 + step * r) for c in range(columns)]
    return words


def test_nothing_gives_nothing() -> None:
    assert find([]) == []


def test_one_row_alone_is_no_table() -> None:
    assert find(rows(1, 3)) == []


def test_five_thousand_rows_are_one_table_within_seconds() -> None:
    began = time.perf_counter()
    (table,) = find(rows(5000, 4), height=80_000)
    assert table.row_count == 5000
    assert time.perf_counter() - began < 30


def test_two_hundred_columns_stay_two_hundred() -> None:
    began = time.perf_counter()
    (table,) = find(rows(20, 200, width=30))
    assert table.column_count == 201
    assert time.perf_counter() - began < 20


def test_words_without_size_or_with_wild_boxes_do_no_harm() -> None:
    odd = [
        word("zero", 100, 60, 0.0),
        word("flat", 100, 60, height=0.0),
        Word("nan", math.nan, 60, 120, 70, ORIGIN),
        Word("inf", 100, 60, math.inf, 70, ORIGIN),
        Word("backwards", 200, 80, 100, 70, ORIGIN),
        Word("", 100, 60, 110, 70, ORIGIN),
        Word("9" * 5000, 300, 300, 310, 310, ORIGIN),
        word("far", -5000, 60),
    ]
    (table,) = find([*odd, *rows(6, 3)])
    assert table.texts()[0] == ["Item0", "000", "001", "002"]
    for cell in table.cells:
        assert cell.box is not None
        assert all(math.isfinite(value) for value in cell.box)


def test_words_on_top_of_each_other_are_all_kept() -> None:
    doubled = [*rows(6, 3), *rows(6, 3)]
    tables = find(doubled)
    tokens = [token for table in tables for cell in table.cells for token in cell.text.split()]
    tokens += [w.text for table in tables for w in table.unplaced]
    assert tokens.count("103") <= 2
    assert tokens.count("101") == 2


def test_words_set_upright_are_left_out_of_cells() -> None:
    upright = Word("CONFIDENTIAL", 20, 60, 30, 160, ORIGIN, 1.0, 10.0)
    (table,) = find([upright, *rows(6, 3)])
    assert "CONFIDENTIAL" not in {cell.text for cell in table.cells}


def test_thousands_of_words_at_one_place_end_quickly() -> None:
    began = time.perf_counter()
    find([word(str(n % 90), 100, 100) for n in range(5000)])
    assert time.perf_counter() - began < 20


def test_a_drawing_of_thousands_of_lines_ends_quickly() -> None:
    rules = tuple(Rule(3.0 * n % 600, 0, 3.0 * n % 600, 700) for n in range(3000))
    rules += tuple(Rule(0, 2.0 * n % 700, 600, 2.0 * n % 700) for n in range(3000))
    began = time.perf_counter()
    find(rows(10, 3), rules=rules)
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize("value", [math.nan, math.inf, -1e9])
def test_rules_and_bands_at_impossible_places_do_no_harm(value: float) -> None:
    (table,) = find(rows(6, 3), rules=(Rule(value, value, value, value),), fills=(Fill(value, value, value, value, 0.5),))
    assert table.row_count == 6


def test_a_page_of_words_without_figures_costs_next_to_nothing() -> None:
    text = [word("word", 40 + 25 * (n % 20), 50 + 12 * (n // 20)) for n in range(1000)]
    began = time.perf_counter()
    assert find(text) == []
    assert time.perf_counter() - began < 0.5


def numerals(tables: list[Table]) -> set[str]:
    """Every token with a digit that the tables hold, in a cell or set aside."""
    held = [token for table in tables for cell in table.cells for token in cell.text.split()]
    held += [w.text for table in tables for w in table.unplaced]
    return {token for token in held if any(character.isdigit() for character in token)}


def test_a_cell_of_ten_thousand_characters_leaves_its_row_whole() -> None:
    began = time.perf_counter()
    (table,) = find([*rows(6, 3), word("x" * 10_000, 40, 134, 90), word("17", 160, 134), word("18", 220, 134), word("19", 280, 134)])
    assert table.texts()[-1][1:] == ["17", "18", "19"]
    assert len(table.texts()[-1][0]) == 10_000
    assert time.perf_counter() - began < 5


def test_text_drawn_twice_for_bold_is_read_once(tmp_path: Path) -> None:
    page = Drawing()
    lines = (("Revenue", "1,200", "1,100"), ("Costs", "(700)", "(650)"), ("Profit", "500", "450"))
    for shift in (0.0, 0.25):
        page.rows(100, lines, left=60 + shift, edges=(330 + shift, 410 + shift))
    (table,) = tables_of(page, tmp_path)
    assert table.texts() == [list(line) for line in lines]


def test_right_to_left_labels_stand_right_of_their_figures_and_none_is_lost() -> None:
    labels = ("إيرادات", "تكاليف", "ربح", "ضريبة")
    words = [word(label, 400, 50 + 14 * r, 60) for r, label in enumerate(labels)]
    words += [word(f"{1 + r * r}{c}7", 150 + 80 * c, 50 + 14 * r) for r in range(4) for c in range(3)]
    (table,) = find(words)
    assert table.column_count == 4
    assert [row[-1] for row in table.texts()] == list(labels)


def test_numbers_set_vertically_are_set_aside_and_not_dropped() -> None:
    upright = Word("1999-2004", 120, 52, 130, 110, ORIGIN, 1.0, 10.0)
    (table,) = find([upright, *rows(6, 3)])
    assert "1999-2004" in {w.text for w in table.unplaced}


@pytest.mark.parametrize("character", ["\u200b", "\ufeff", "\ue000", "\u00ad"])
def test_characters_that_print_nothing_do_no_harm(character: str) -> None:
    (table,) = find([*rows(6, 3), word(character, 140, 64, 0.0), word(character, 205, 78), word(character * 3, 90, 92)])
    assert {f"{r}{c:02d}" for r in range(6) for c in range(3)} <= numerals([table])
    assert table.row_count == 6


def test_a_number_cut_over_two_lines_is_not_made_another_number() -> None:
    cut = [*rows(6, 3), word("1,234,", 265, 134), word("567", 275, 146), word("Item6", 40, 134)]
    tokens = numerals(find(cut))
    assert "1,234,567" not in tokens  # nobody has printed it
    assert {"1,234,", "567"} <= tokens


def test_two_currencies_in_one_table_stay_with_their_figures() -> None:
    words = []
    for r in range(4):
        words += [word(f"Item{r}", 40, 50 + 14 * r), word("$", 150, 50 + 14 * r), word(f"{r}1.5", 170, 50 + 14 * r)]
        words += [word("€", 250, 50 + 14 * r), word(f"{r}2.5", 270, 50 + 14 * r)]
    (table,) = find(words)
    assert table.texts()[1] == ["Item1", "$ 11.5", "€ 12.5"]


def test_a_table_without_heads_has_no_head_rows() -> None:
    (table,) = find(rows(6, 3))
    assert table.header_rows == 0
    assert table.row_count == 6


def pages_over(first: list[Word], second: list[Word]) -> list[Table]:
    """What is found on two pages that follow one another; the words of the second are put on page 2."""
    after = Origin("0" * 64, 2, "test")
    pages = [RawPage(1, 612, 792, ORIGIN, tuple(first)), RawPage(2, 612, 792, after, tuple(w._replace(origin=after) for w in second))]
    return AlignedFinder().find(None, pages)  # type: ignore[arg-type]  # it never opens the file


def heads(top: float) -> list[Word]:
    return [word(str(2024 - c), 150 + 60 * c, top) for c in range(3)]


def test_a_head_on_the_page_before_heads_the_rows_overleaf() -> None:
    first = [*heads(40), *(w._replace(top=w.top + 4, bottom=w.bottom + 4) for w in rows(50, 3))]
    second = [w._replace(text=w.text.replace("Item", "Later")) for w in rows(5, 3)]
    (table,) = pages_over(first, second)
    assert [number for number, _ in table.places] == [1, 2]
    assert table.header_rows == 1
    assert table.row_count == 56


def test_one_row_overleaf_is_the_last_of_its_table() -> None:
    first = [*heads(40), *(w._replace(top=w.top + 4, bottom=w.bottom + 4) for w in rows(50, 3))]
    second = [word("Total", 40, 30), word("61", 150, 30), word("62", 210, 30), word("63", 270, 30), word("See the notes.", 40, 80)]
    (table,) = pages_over(first, second)
    assert table.texts()[-1] == ["Total", "61", "62", "63"]
    assert table.cells[-1].source.page == 2


def test_a_row_under_other_columns_is_not_carried_over() -> None:
    first = [*heads(40), *(w._replace(top=w.top + 4, bottom=w.bottom + 4) for w in rows(50, 3))]
    second = [word("Total", 40, 30), word("61", 480, 30)]
    (table,) = pages_over(first, second)
    assert [number for number, _ in table.places] == [1]


PLACES = st.tuples(st.integers(0, 60), st.integers(0, 14), st.integers(1, 99_999), st.booleans())


@settings(max_examples=150, deadline=None)
@given(st.lists(PLACES, max_size=120), st.integers(2, 12))
def test_no_number_in_a_tables_box_is_dropped_and_none_is_invented(places: list[tuple[int, int, int, bool]], regular: int) -> None:
    words = rows(regular, 4)
    for n, (line, column, value, is_label) in enumerate(places):
        text = f"Label{value}" if is_label else f"{value}{n:03d}"
        words.append(word(text, 35 + 38 * column + value % 7, 40 + 6 * line))
    tables = find(words)
    printed = {w.text for w in words}
    for table in tables:
        held = {token for cell in table.cells for token in cell.text.split()} | {w.text for w in table.unplaced}
        assert held <= printed
        inside = {w.text for w in words for _, box in table.places if box and box.holds_point((w.x0 + w.x1) / 2, (w.top + w.bottom) / 2)}
        assert {text for text in inside if any(ch.isdigit() for ch in text)} <= held
