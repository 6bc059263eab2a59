"""Pages that no typesetter would make: the finder answers quickly, and never with an exception."""

import math
import time

import pytest

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
