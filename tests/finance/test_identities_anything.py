"""Whatever foots is never flagged; whatever is altered in it always is."""

from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from finlens.documents import Document
from finlens.finance import interpret

NAMES = [
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Fir",
    "Ginkgo",
    "Hazel",
    "Juniper",
    "Larch",
    "Maple",
    "Oak",
    "Pine",
    "Rowan",
    "Spruce",
    "Yew",
]


def printed(value: int, decimals: int) -> str:
    text = f"{abs(Decimal(value).scaleb(-decimals)):,.{decimals}f}"
    return f"({text})" if value < 0 else text


@st.composite
def footing(draw):
    """A table of groups with subtotals and a grand total, as cells; and where its figures stand."""
    columns = draw(st.integers(2, 4))
    decimals = draw(st.integers(0, 2))
    figure = st.integers(10_000, 999_999).filter(lambda value: value % 10) | st.integers(-99_999, -10_000).filter(lambda value: value % 10)
    rows, sums = [["", *(str(2024 - n) for n in range(columns))]], []
    names = iter(NAMES)
    for group in range(draw(st.integers(1, 3))):
        parts = [[draw(figure) for _ in range(columns)] for _ in range(draw(st.integers(2, 5)))]
        rows += [[next(names), *(printed(value, decimals) for value in part)] for part in parts]
        sums.append([sum(column) for column in zip(*parts, strict=True)])
        rows.append([f"Total group {group + 1}", *(printed(value, decimals) for value in sums[-1])])
    if len(sums) > 1:
        rows.append(["Total", *(printed(sum(column), decimals) for column in zip(*sums, strict=True))])
    return rows


def read(table):
    return interpret(Document.from_parts(tables=[table]))


@settings(max_examples=40, deadline=None)
@given(footing())
def test_what_foots_is_never_flagged(table):
    document = read(table)
    assert document.verdict(0) == "foots"
    assert document.doubts == ()


@settings(max_examples=60, deadline=None)
@given(footing(), st.data())
def test_one_changed_digit_is_always_flagged_and_nothing_is_changed_silently(table, data):
    row = data.draw(st.integers(1, len(table) - 1))
    column = data.draw(st.integers(1, len(table[0]) - 1))
    text = table[row][column]
    # A last digit may be off by what rounding explains.
    places = [n for n, char in enumerate(text) if char.isdigit()][:-1]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != text[place]]))
    wrong = text[:place] + digit + text[place + 1 :]
    altered = [[wrong if (r, c) == (row, column) else cell for c, cell in enumerate(line)] for r, line in enumerate(table)]
    document = read(altered)
    assert document.verdict(0) == "does not foot"
    assert document.doubts
    assert next(cell for cell in document.tables[0].cells if (cell.row, cell.column) == (row, column)).text == wrong
    for doubt in document.doubts:
        if doubt.proposal is not None and doubt.at is not None and (doubt.at.row, doubt.at.column) == (row, column):
            assert doubt.change == "digit"


CELLS = [
    *("", "—", "12", "(12)", "1,234", "246", "N/A", "100 %", "5.5 %", "$ 0.12", "Total", "Net income", "Shares", "2024", "2023", "% change")
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=7), max_size=9))
@example([["% change"], ["100 %", "—"]])
def test_no_table_however_odd_stops_the_checks(grid):
    document = read(grid)
    assert all(check.says for check in document.checks)
    assert Document.from_json(document.to_json()).checks == document.checks
