"""What the default table finder makes of the layouts that financial reports are set in."""

from dataclasses import replace
from pathlib import Path

import pytest
from table_pages import PROSE, Drawing, pages_of, tables_of

from finlens.documents import LISTING, Word
from finlens.documents.source import Origin
from finlens.extract.base import RawPage
from finlens.extract.tables.aligned import AlignedFinder

EDGES = (330.0, 410.0, 490.0)
ROWS = (
    ("Revenue", "1,200", "1,100", "1,000"),
    ("Cost of sales", "(700)", "(650)", "(610)"),
    ("Gross profit", "500", "450", "390"),
    ("Other income", "12", "-", "7"),
)


def test_a_borderless_table_keeps_every_figure_under_its_year(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(100, (("(in millions)", "2024", "2023", "2022"), *ROWS), edges=EDGES)
    (table,) = tables_of(page, tmp_path)
    assert table.texts() == [
        ["(in millions)", "2024", "2023", "2022"],
        ["Revenue", "1,200", "1,100", "1,000"],
        ["Cost of sales", "(700)", "(650)", "(610)"],
        ["Gross profit", "500", "450", "390"],
        ["Other income", "12", "-", "7"],
    ]
    assert table.header_rows == 1
    assert [cell.header for cell in table.cells[:5]] == [True, True, True, True, False]


def test_every_cell_says_where_it_stands(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(100, (("", "2024", "2023", "2022"), *ROWS), edges=EDGES)
    (table,) = tables_of(page, tmp_path)
    cell = next(cell for cell in table.cells if cell.text == "(650)")
    assert cell.source.page == 1
    assert cell.source.reader == "pymupdf"
    assert cell.box is not None
    assert cell.box.x1 == pytest.approx(410, abs=1)
    assert cell.box.top < 128 < cell.box.bottom + 1
    assert table.finder == "aligned"
    assert table.places == ((1, table.box),)


def test_a_head_over_several_years_spans_them(tmp_path: Path) -> None:
    page = Drawing()
    page.centre(400, 80, "Year ended December 31,", bold=True)
    page.rule(300, 84, 492, 84)
    page.rows(95, (("", "2024", "2023", "2022"), *ROWS), edges=EDGES)
    (table,) = tables_of(page, tmp_path)
    head = table.cells[0]
    assert (head.text, head.row, head.column, head.column_span, head.header) == ("Year ended December 31,", 0, 1, 3, True)
    assert table.texts()[1] == ["", "2024", "2023", "2022"]
    assert table.header_rows == 2


def test_french_heads_of_two_levels_stand_over_their_columns(tmp_path: Path) -> None:
    page = Drawing()
    edges = (290.0, 350.0, 410.0, 490.0)
    page.centre(335, 80, "31/12/2024", bold=True)
    page.rule(250, 84, 412, 84)
    page.right(490, 80, "31/12/2023", bold=True)
    page.rows(
        95,
        (
            ("(en milliers d'euros)", "Brut", "Amort.", "Net", "Net"),
            ("Immobilisations incorporelles", "1 250", "(250)", "1 000", "980"),
            ("Immobilisations corporelles", "12 400", "(2 400)", "10 000", "9 870"),
            ("Total de l'actif immobilisé", "13 650", "(2 650)", "11 000", "10 850"),
        ),
        edges=edges,
    )
    (table,) = tables_of(page, tmp_path)
    spanning = next(cell for cell in table.cells if cell.text == "31/12/2024")
    assert (spanning.column, spanning.column_span) == (1, 3)
    assert table.texts()[-1] == ["Total de l'actif immobilisé", "13 650", "(2 650)", "11 000", "10 850"]


def test_heads_set_on_several_lines_are_one_cell_each(tmp_path: Path) -> None:
    page = Drawing()
    for n, (first, second) in enumerate((("Gross", "amount"), ("Accumulated", "depreciation"), ("Net book", "value"))):
        page.centre(EDGES[n] - 15, 80, first)
        page.centre(EDGES[n] - 15, 91, second)
    page.rows(108, ROWS, edges=EDGES)
    (table,) = tables_of(page, tmp_path)
    assert table.texts()[0] == ["", "Gross amount", "Accumulated depreciation", "Net book value"]


def test_signs_set_apart_stay_with_their_figure(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(80, (("", "2024", "2023"),), edges=(330, 450))
    for y, label, first, second in ((95, "Net sales", "1,234", "1,100"), (109, "Net loss", "(12", "(9")):
        page.text(60, y, label)
        for edge, figure in ((330, first), (450, second)):
            page.text(edge - 50, y, "$")
            page.right(edge, y, figure)
            if figure.startswith("("):
                page.text(edge + 0.5, y, ")")
    page.text(60, 123, "Change")
    page.right(330, 123, "(12")
    page.text(331, 123, ")%")
    page.right(450, 123, "8")
    page.text(452, 123, "%")
    (table,) = tables_of(page, tmp_path)
    assert table.texts()[1:] == [["Net sales", "$ 1,234", "$ 1,100"], ["Net loss", "$ (12)", "$ (9)"], ["Change", "(12)%", "8 %"]]


def test_columns_that_nearly_touch_keep_their_dollar_signs_apart(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(80, (("", "Shares", "Stock", "Total"), ("At April 1", "1,113.0", "(503.0)", "2,783")), edges=(300, 345, 390))
    page.text(346.5, 94, "$")
    page.rows(108, (("Net income", "12.0", "(1.5)", "2,795"),), edges=(300, 345, 390))
    (table,) = tables_of(page, tmp_path)
    assert table.texts()[1:] == [["At April 1", "1,113.0", "(503.0)", "$ 2,783"], ["Net income", "12.0", "(1.5)", "2,795"]]


def test_a_wrapped_label_is_one_row_with_its_figures(tmp_path: Path) -> None:
    page = Drawing()
    y = page.rows(80, (("", "2024", "2023", "2022"), ROWS[0], ROWS[1]), edges=EDGES, step=16)
    page.text(60, y, "Trade receivables, net of allowances for doubtful")
    y = page.rows(y + 10, (("accounts of 14 and 12", "2,072", "2,224", "2,065"),), edges=EDGES, left=66, step=16)
    page.rows(y, ROWS[2:], edges=EDGES, step=16)
    (table,) = tables_of(page, tmp_path)
    assert ["Trade receivables, net of allowances for doubtful accounts of 14 and 12", "2,072", "2,224", "2,065"] in table.texts()
    assert table.row_count == 6


def test_shaded_rows_hold_their_lines_together(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(80, (("", "2024", "2023", "2022"),), edges=EDGES)
    y = 90.0
    for label, second_line, figures in (
        ("Class A, Class B and Class C stock, no par value", "Issued and outstanding 12,211", ("84,800", "76,534", "68,184")),
        ("Retained earnings", "", ("245,084", "211,247", "195,563")),
        ("Accumulated other comprehensive", "Income and translation", ("(4,800)", "(4,402)", "(7,603)")),
        ("Total equity", "", ("325,084", "283,379", "256,144")),
    ):
        height = 26 if second_line else 14
        if figures[0] not in ("245,084", "325,084"):
            page.band(55, y, 500, y + height)
        page.text(60, y + 10, label)
        if second_line:
            page.text(60, y + 22, second_line)
        for edge, figure in zip(EDGES, figures, strict=True):
            page.right(edge, y + height - 4, figure)
        y += height
    (table,) = tables_of(page, tmp_path)
    assert [row[0] for row in table.texts()[1:]] == [
        "Class A, Class B and Class C stock, no par value Issued and outstanding 12,211",
        "Retained earnings",
        "Accumulated other comprehensive Income and translation",
        "Total equity",
    ]


def test_labels_keep_the_depth_at_which_they_are_set(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(80, (("", "2024", "2023", "2022"),), edges=EDGES)
    page.text(60, 95, "Current assets:")
    page.rows(109, (("Cash", "10", "9", "8"), ("Inventories", "20", "19", "18")), edges=EDGES, left=70)
    page.rows(137, (("Total current assets", "30", "28", "26"),), edges=EDGES, left=80)
    page.rows(151, (("Goodwill", "5", "5", "5"),), edges=EDGES)
    (table,) = tables_of(page, tmp_path)
    assert {cell.text: cell.indent for cell in table.cells if cell.column == 0} == {
        "Current assets:": 0,
        "Cash": 1,
        "Inventories": 1,
        "Total current assets": 2,
        "Goodwill": 0,
    }


def test_dotted_leaders_are_no_text(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(80, (("", "2024", "2023", "2022"),), edges=EDGES)
    for y, (label, *figures) in zip((95, 109, 123), ROWS, strict=False):
        page.text(60, y, f"{label} ........................")
        for edge, figure in zip(EDGES, figures, strict=True):
            page.right(edge, y, figure)
    (table,) = tables_of(page, tmp_path)
    assert [row[0] for row in table.texts()] == ["", "Revenue", "Cost of sales", "Gross profit"]


def test_a_raised_footnote_mark_stays_with_its_figure_and_makes_no_column(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(80, (("", "2024", "2023", "2022"), *ROWS), edges=EDGES)
    page.text(331, 91, "(1)", size=5)
    (table,) = tables_of(page, tmp_path)
    assert table.texts()[1] == ["Revenue", "1,200 (1)", "1,100", "1,000"]


def test_a_fully_ruled_table_of_text_alone_is_read_cell_by_cell(tmp_path: Path) -> None:
    page = Drawing()
    grid = (
        ("Role", "Duties", "Since"),
        ("Chair", "Leads the board and sets its agenda", "May"),
        ("Secretary", "Keeps the minutes", "June"),
    )
    for r, row in enumerate(grid):
        for c, words in enumerate(row):
            page.text((65, 165, 365)[c], 95 + 20 * r, words)
    for y in (80, 100, 120, 140):
        page.rule(60, y, 450, y)
    for x in (60, 160, 360, 450):
        page.rule(x, 80, x, 140)
    (table,) = tables_of(page, tmp_path)
    assert table.texts() == [list(row) for row in grid]


def test_a_ruled_cell_over_two_columns_spans_them(tmp_path: Path) -> None:
    page = Drawing()
    page.centre(300, 95, "Thresholds")
    page.rows(
        115, (("Substance", "to air", "to water"), ("Ammonia", "10 000", "50"), ("Lead", "200", "20")), edges=(280, 370), left=65, step=20
    )
    for y in (80, 100, 120, 140, 160):
        page.rule(200 if y == 80 else 60, y, 400, y)
    page.rule(60, 100, 60, 160)
    page.rule(200, 80, 200, 160)
    page.rule(300, 100, 300, 160)
    page.rule(400, 80, 400, 160)
    (table,) = tables_of(page, tmp_path)
    head = next(cell for cell in table.cells if cell.text == "Thresholds")
    assert (head.column, head.column_span) == (1, 2)
    assert table.texts()[-1] == ["Lead", "200", "20"]


def test_title_and_scale_above_are_the_caption_and_footnotes_below_the_notes(tmp_path: Path) -> None:
    page = Drawing()
    page.text(60, 60, "CONSOLIDATED STATEMENTS OF INCOME", bold=True)
    page.text(60, 74, "(in millions, except per share data)")
    y = page.rows(100, (("", "2024", "2023", "2022"), *ROWS), edges=EDGES)
    page.text(60, y + 8, "(1) Restated for discontinued operations.", size=7)
    (table,) = tables_of(page, tmp_path)
    assert table.caption == "CONSOLIDATED STATEMENTS OF INCOME\n(in millions, except per share data)"
    assert table.notes == "(1) Restated for discontinued operations."


def test_two_tables_with_heads_of_their_own_stay_two(tmp_path: Path) -> None:
    page = Drawing()
    y = page.rows(100, (("", "2024", "2023", "2022"), *ROWS), edges=EDGES)
    page.text(60, y + 14, "Number of employees", bold=True)
    page.rows(y + 34, (("", "2024", "2023", "2022"), ("Europe", "120", "110", "100"), ("Asia", "50", "40", "30")), edges=EDGES)
    first, second = tables_of(page, tmp_path)
    assert first.row_count == 5
    assert second.texts()[-1] == ["Asia", "50", "40", "30"]
    assert second.caption == "Number of employees"


def test_a_table_that_goes_on_overleaf_is_one_table_with_two_places(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(60, (("(in millions)", "2024", "2023", "2022"),), edges=EDGES)
    page.rows(76, [(f"Item {n}", f"{n},100", f"{n},200", f"{n},300") for n in range(1, 49)], edges=EDGES)
    page.new_page()
    page.rows(60, (("(in millions)", "2024", "2023", "2022"),), edges=EDGES)
    page.rows(76, [(f"Item {n}", f"{n},100", f"{n},200", f"{n},300") for n in range(49, 61)], edges=EDGES)
    (table,) = tables_of(page, tmp_path)
    assert [number for number, _ in table.places] == [1, 2]
    assert [row[0] for row in table.texts()] == ["(in millions)", *(f"Item {n}" for n in range(1, 61))]
    assert next(cell for cell in table.cells if cell.text == "Item 60").source.page == 2


def test_the_same_heads_under_a_title_of_their_own_are_another_table(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(60, (("", "2024", "2023", "2022"),), edges=EDGES)
    page.rows(76, [(f"Item {n}", f"{n},100", f"{n},200", f"{n},300") for n in range(1, 49)], edges=EDGES)
    page.new_page()
    page.text(60, 60, "Quite another matter", bold=True)
    page.rows(80, (("", "2024", "2023", "2022"), *ROWS), edges=EDGES)
    assert len(tables_of(page, tmp_path)) == 2


def test_a_row_that_the_pages_edge_cuts_is_kept_once_and_whole(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(60, (("", "2024", "2023", "2022"),), edges=EDGES)
    page.rows(76, [(f"Item {n}", f"{n},100", f"{n},200", f"{n},300") for n in range(1, 50)], edges=EDGES)
    page.rows(765, (("Item 50", "50 100", "50 200", "50 300"),), edges=EDGES)
    page.new_page()
    page.rows(20, [(f"Item {n}", f"{n},100", f"{n},200", f"{n},300") for n in range(50, 55)], edges=EDGES)
    (table,) = tables_of(page, tmp_path)
    assert [row for row in table.texts() if row[0] == "Item 50"] == [["Item 50", "50,100", "50,200", "50,300"]]


def test_prose_in_two_columns_is_no_table(tmp_path: Path) -> None:
    page = Drawing()
    for left in (50, 320):
        for n in range(4):
            for k, line in enumerate(PROSE):
                page.text(left, 80 + 62 * n + 12 * k, line[:52], size=9)
    assert tables_of(page, tmp_path) == []


def test_prose_across_the_page_is_no_table(tmp_path: Path) -> None:
    page = Drawing()
    for n in range(6):
        for k, line in enumerate(PROSE):
            page.text(50, 80 + 75 * n + 13 * k, line, size=11)
    assert tables_of(page, tmp_path) == []


def test_a_contents_page_is_a_listing_and_no_table_of_figures(tmp_path: Path) -> None:
    page = Drawing()
    page.text(60, 60, "CONTENTS", bold=True)
    for n, (title, number) in enumerate(
        (("Letter", "2"), ("Strategy", "5"), ("Risks", "11"), ("Accounts", "24"), ("Notes", "31"), ("Index", "58"))
    ):
        page.text(60, 90 + 16 * n, f"{title} ....................................................")
        page.right(500, 90 + 16 * n, number)
    (listing,) = tables_of(page, tmp_path)
    assert listing.finder == LISTING
    assert listing.texts()[-1] == ["Index", "58"]


def test_the_axes_of_a_chart_are_no_table(tmp_path: Path) -> None:
    page = Drawing()
    for n in range(10):
        page.right(90, 100 + 18 * n, f"{450 - 50 * n}")
        page.right(520, 100 + 18 * n, f"{450 - 50 * n}")
    for n in range(6):
        page.text(110 + 65 * n, 285, f"Jan-{10 + n}", size=7)
    assert tables_of(page, tmp_path) == []


def test_a_page_number_and_a_running_head_are_no_table(tmp_path: Path) -> None:
    page = Drawing()
    for number in range(1, 4):
        if number > 1:
            page.new_page()
        page.text(60, 40, "Annual report 2024")
        page.right(550, 40, "Alpha plc")
        page.text(60, 770, "Alpha plc")
        page.right(550, 770, str(number))
    assert tables_of(page, tmp_path) == []


def test_prose_beside_a_table_stays_out_of_it(tmp_path: Path) -> None:
    page = Drawing()
    rows = (("", "2024", "2023"), ("Revenue", "1,200", "1,100"), ("Costs", "(700)", "(650)"), ("Result", "500", "450"))
    page.rows(100, rows, left=330, edges=(470, 540))
    for k, line in enumerate((*PROSE, *PROSE)):
        page.text(50, 88 + 11 * k, line[:50], size=9)
    (table,) = tables_of(page, tmp_path)
    assert table.texts() == [list(row) for row in rows]


def test_two_tables_side_by_side_are_two(tmp_path: Path) -> None:
    page = Drawing()
    assets = (("Assets", "2024", "2023"), ("Cash", "100", "90"), ("Inventories", "55", "50"), ("Total assets", "155", "140"))
    liabilities = (("Liabilities", "2024", "2023"), ("Loans", "80", "75"), ("Payables", "25", "20"), ("Total", "105", "95"))
    page.rows(100, assets, left=50, edges=(200, 260))
    page.rows(100, liabilities, left=330, edges=(480, 540))
    first, second = tables_of(page, tmp_path)
    assert first.texts() == [list(row) for row in assets]
    assert second.texts() == [list(row) for row in liabilities]


def test_one_long_list_set_in_two_columns_is_not_torn(tmp_path: Path) -> None:
    page = Drawing()
    left = (("State", "Stores"), ("Alabama", "28"), ("Alaska", "7"), ("Arizona", "59"))
    right = (("State", "Stores"), ("Maine", "11"), ("Maryland", "41"), ("Michigan", "70"))
    page.rows(100, left, left=50, edges=(200,))
    page.rows(100, right, left=330, edges=(480,))
    (table,) = tables_of(page, tmp_path)
    assert table.texts()[1] == ["Alabama", "28", "Maine", "11"]


def test_words_in_the_box_that_no_cell_took_are_listed(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(100, (("", "2024", "2023", "2022"), *ROWS), edges=EDGES)
    page.page.insert_text((520, 150), "UNAUDITED", fontsize=9, rotate=90)
    (table,) = tables_of(page, tmp_path)
    inside = {word.text for word in table.unplaced}
    assert "UNAUDITED" not in table.to_markdown()
    assert inside <= {"UNAUDITED"}


def test_a_label_at_the_pages_end_goes_with_its_rows_overleaf(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(60, (("", "2024", "2023", "2022"),), edges=EDGES)
    page.rows(76, [(f"Item {n}", f"{n},100", f"{n},200", f"{n},300") for n in range(1, 49)], edges=EDGES)
    page.text(60, 752, "Weighted average shares")
    page.new_page()
    page.rows(40, (("Basic", "2,029", "2,085", "2,136"), ("Diluted", "2,040", "2,099", "2,150")), left=70, edges=EDGES)
    (table,) = tables_of(page, tmp_path)
    assert [row[0] for row in table.texts()[-3:]] == ["Weighted average shares", "Basic", "Diluted"]


PARTS = (("Gross margin", "51.0", "51.2", "(20)"), ("Operating income", "23.0", "22.1", "90"), ("Net earnings", "19.2", "18.7", "50"))


def test_parts_under_heads_of_their_own_are_one_table_and_the_lower_heads_are_rows_of_it(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(100, (("(in millions)", "2024", "2023", "Change"), *ROWS), edges=EDGES)
    page.rows(182, (("As a share of sales", "2024", "2023", "Points"), *PARTS), edges=EDGES)
    (table,) = tables_of(page, tmp_path)
    assert table.row_count == 9
    assert table.header_rows == 1
    assert [cell.text for cell in table.cells if cell.header and cell.row == 5] == ["As a share of sales", "2024", "2023", "Points"]


def test_tables_with_a_title_between_them_are_two(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(100, (("(in millions)", "2024", "2023", "Change"), *ROWS), edges=EDGES)
    page.text(60, 176, "Shares of sales", bold=True)
    page.rows(194, (("", "2024", "2023", "Points"), *PARTS), edges=EDGES)
    assert len(tables_of(page, tmp_path)) == 2


def test_a_label_of_four_full_lines_keeps_the_rows_around_it_together(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(100, (("", "2024", "2023"), ("Total liabilities", "93,417", "76,455")), edges=(480.0, 550.0))
    label = (
        "Common stock, $0.01 par value; 5,000 million Class A shares authorized, 2,190",
        "and 2,211 million shares issued and outstanding, as of December 31, 2024 and 2023,",
        "respectively; 4,141 million Class B shares authorized, 344 and 350 million shares",
        "issued and outstanding, as of December 31, 2024 and 2023, respectively",
    )
    for n, line in enumerate(label):
        page.text(68, 132 + 11 * n, line)
    below = (("", "5", "6"), ("Retained earnings", "102,506", "82,070"), ("Total equity", "182,637", "153,168"))
    page.rows(165, below, edges=(480.0, 550.0))
    (table,) = tables_of(page, tmp_path)
    assert [row[1:] for row in table.texts()[2:]] == [["5", "6"], ["102,506", "82,070"], ["182,637", "153,168"]]
    assert table.texts()[2][0] == " ".join(label)


def test_the_mark_of_a_footnote_under_a_head_belongs_to_the_head(tmp_path: Path) -> None:
    page = Drawing()
    page.centre(315, 80, "Shares purchased")
    page.centre(315, 91, "(1)")
    page.centre(450, 80, "Average price")
    page.centre(450, 91, "per share (2)")
    rows = (("October", "519,883", "724.15"), ("November", "457,732", "792.49"), ("December", "188,212", "913.13"))
    page.rows(106, rows, edges=(330.0, 465.0))
    (table,) = tables_of(page, tmp_path)
    assert table.texts()[0] == ["", "Shares purchased (1)", "Average price per share (2)"]
    assert table.header_rows == 1


def test_a_head_of_two_lines_spans_the_row_of_heads_beside_its_first_line(tmp_path: Path) -> None:
    page = Drawing()
    page.centre(350, 86, "September 30,")
    page.rule(290, 89, 412, 89)
    page.right(490, 88, "Effective")
    page.right(490, 98, "Rate")
    page.rows(
        98, (("", "2024", "2023"), ("3.15% Notes", "4,000", "4,100", "3.26%"), ("1.90% Notes", "1,500", "1,600", "2.02%")), edges=EDGES
    )
    (table,) = tables_of(page, tmp_path)
    head = next(cell for cell in table.cells if cell.text == "Effective Rate")
    assert (head.row, head.row_span, head.column) == (0, 2, 3)


def test_a_lease_s_years_with_a_fraction_are_a_row_under_the_heads(tmp_path: Path) -> None:
    page = Drawing()
    rows = (("", "2024", "2023"), ("Remaining term, operating", "13.7 years", "14.0 years"), ("Discount rate", "3.6%", "3.4%"))
    page.rows(100, (*rows, ("Discount rate, finance", "3.9%", "3.7%")), edges=EDGES)
    (table,) = tables_of(page, tmp_path)
    assert table.texts()[:2] == [["", "2024", "2023"], ["Remaining term, operating", "13.7 years", "14.0 years"]]


def _as_picture(page: RawPage) -> RawPage:
    """The page with its words read from a picture, beside one of the text layer."""
    seen = Origin(page.origin.document, page.origin.page, "rapidocr")
    words = [word._replace(origin=seen) for word in page.words]
    return replace(page, words=[*words, Word("Report", 60, 40, 100, 52, page.origin, size=10)])


def test_a_table_in_a_picture_is_read_and_says_who_read_it(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(100, (("", "2024", "2023", "2022"), *ROWS), edges=EDGES)
    (table,) = AlignedFinder().find(tmp_path, [_as_picture(pages_of(page.save(tmp_path))[0])])
    assert {cell.source.reader for cell in table.cells} == {"rapidocr"}
    assert len(table.texts()) == 5


def test_the_labels_of_a_chart_in_a_picture_are_no_table(tmp_path: Path) -> None:
    page = Drawing()
    page.rows(100, (("1,500", "109", "", ""), ("1,000", "", "497", ""), ("500", "642", "1,103", ""), ("0", "", "", "12")), edges=EDGES)
    assert AlignedFinder().find(tmp_path, [_as_picture(pages_of(page.save(tmp_path))[0])]) == []
