"""No digit is ever lost or invented: properties of the finder over generated tables, clean and jittered as OCR is."""

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from finlens.documents import Origin, Word
from finlens.extract.base import RawPage
from finlens.extract.tables.aligned import AlignedFinder
from finlens.extract.tables.lines import usable

ORIGIN = Origin("0" * 64, 1, "test")
amounts = st.one_of(
    st.integers(0, 10**9).map(lambda n: f"{n:,}"),
    st.integers(1, 10**6).map(lambda n: f"({n:,})"),
    st.decimals(0, 1000, places=2, allow_nan=False).map(str),
    st.sampled_from(["-", "—", "n/a", "12%", "(3)%", "$5", "2024"]),
)
labels = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=14).map(str.capitalize)
tables = st.lists(st.tuples(labels, st.lists(amounts, min_size=3, max_size=3)), min_size=3, max_size=14)


def page_of(rows: list[tuple[str, list[str]]], jitter: float = 0.0, seed: int = 0) -> RawPage:
    dice = random.Random(seed)
    words = []

    def put(text: str, x1: float, y: float, *, right: bool) -> None:
        width = 5.0 * len(text)
        dx, dy = dice.uniform(-jitter, jitter), dice.uniform(-jitter, jitter)
        x0 = x1 - width if right else x1
        words.append(Word(text, x0 + dx, y + dy, x0 + width + dx, y + 10 + dy, ORIGIN, 0.9))

    for n, (label, figures) in enumerate(rows):
        y = 100 + 16.0 * n
        put(label, 60, y, right=False)
        for edge, figure in zip((300, 400, 500), figures, strict=True):
            put(figure, edge, y, right=True)
    return RawPage(1, 612, 792, ORIGIN, tuple(words))


def tokens_in(page: RawPage) -> Counter[str]:
    return Counter(word.text for word in page.words)


@settings(max_examples=150, deadline=None)
@given(tables, st.sampled_from([0.0, 0.8]), st.integers(0, 99))
def test_every_token_of_a_cell_stands_on_the_page_and_none_stands_in_two_cells(
    rows: list[tuple[str, list[str]]], jitter: float, seed: int
) -> None:
    page = page_of(rows, jitter, seed)
    found = AlignedFinder().find(None, [page])  # type: ignore[arg-type]  # it never opens the file
    taken = Counter(token for table in found for cell in table.cells for token in cell.text.split())
    assert not taken - tokens_in(page)


@settings(max_examples=150, deadline=None)
@given(tables, st.sampled_from([0.0, 0.8]), st.integers(0, 99))
def test_every_word_in_a_tables_box_is_in_a_cell_or_listed_as_unplaced(rows: list[tuple[str, list[str]]], jitter: float, seed: int) -> None:
    page = page_of(rows, jitter, seed)
    for table in AlignedFinder().find(None, [page]):  # type: ignore[arg-type]
        assert table.box is not None
        inside = Counter(
            word.text for word in usable(page.words) if table.box.holds_point((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)
        )
        kept = Counter(token for cell in table.cells for token in cell.text.split()) + Counter(word.text for word in table.unplaced)
        assert kept == inside


@settings(max_examples=100, deadline=None)
@given(tables)
def test_a_figure_never_shares_its_cell_with_another(rows: list[tuple[str, list[str]]]) -> None:
    page = page_of(rows)
    for table in AlignedFinder().find(None, [page]):  # type: ignore[arg-type]
        for cell in table.cells:
            assert sum(any(ch.isdigit() for ch in token) for token in cell.text.split()) <= 1


def test_a_small_amount_in_brackets_read_by_ocr_is_an_amount_and_no_footnote_mark() -> None:
    rows = [("Revenue", ["120", "(12)", "7"]), ("Costs", ["(9)", "(3)", "(8)"]), ("Result", ["111", "(15)", "(1)"])]
    (table,) = AlignedFinder().find(None, [page_of(rows, jitter=0.8, seed=4)])  # type: ignore[arg-type]
    assert table.texts() == [[label, *figures] for label, figures in rows]
