"""Reading order, headings, lists, running heads, figures: what a page looks like to a reader."""

import time

import pymupdf
import pytest
from PIL import Image

from finlens.documents import Box, Cell, Source, Table
from finlens.extract.layout import lay_out
from finlens.extract.pymupdf import PyMuPDFReader

_PROSE = "The company sells goods and services to customers in many countries and reports its results each quarter to the public"
PROSE = tuple(_PROSE.split())
LIST = ["- lower costs", "* higher prices", "(a) new markets", "2. fewer plants"]


def column(x, top, lines, *, mark="", step=14, words=6):
    """Lines of prose, one under the other, that fill about 200 points."""
    made = []
    for index in range(lines):
        start = (index * words) % len(PROSE)
        made.append((x, top + step * index, " ".join([f"{mark}{index}", *(PROSE * 2)[start : start + words]])))
    return made


def pages_of(path, tables=()):
    raw = list(PyMuPDFReader().read(path))
    return lay_out(raw, tables, ["text layer"] * len(raw))


def blocks(page, role):
    return [block.text for block in page.blocks if block.role == role]


def test_words_stand_in_reading_order_and_lines_point_at_them(make_pdf):
    (page,) = pages_of(make_pdf([(60, 200, "second line"), (60, 100, "first line")]))
    assert [word.text for word in page.words] == ["first", "line", "second", "line"]
    for line in page.lines:
        assert " ".join(word.text for word in page.words[line.first : line.last]) == line.text
        assert line.box is not None


def test_no_word_is_lost_or_doubled(make_pdf):
    path = make_pdf([*column(60, 100, 20, mark="a"), *column(320, 107, 20, mark="b"), (60, 60, "Over both columns stands a heading", 16)])
    (raw,) = PyMuPDFReader().read(path)
    (page,) = pages_of(path)
    assert sorted(word.text for word in raw.words) == sorted(word.text for word in page.words)


def test_two_columns_are_read_one_after_the_other(make_pdf):
    (page,) = pages_of(make_pdf([*column(60, 100, 12, mark="a"), *column(320, 100, 12, mark="b")]))
    order = [word.text for word in page.words if word.text[0] in "ab" and word.text[1:].isdigit()]
    assert order == [f"a{index}" for index in range(12)] + [f"b{index}" for index in range(12)]


def test_a_heading_across_two_columns_parts_them_into_bands(make_pdf):
    page = [
        *column(60, 100, 6, mark="a"),
        *column(320, 100, 6, mark="b"),
        (60, 220, "Liquidity and capital resources of the whole group and its affiliates in the year", 14, "hebo"),
        *column(60, 250, 6, mark="c"),
        *column(320, 250, 6, mark="d"),
    ]
    (read,) = pages_of(make_pdf(page))
    order = "".join(word.text[0] for word in read.words if word.text[0] in "abcd" and word.text[1:].isdigit())
    assert order == "aaaaaabbbbbbccccccdddddd"


def test_three_columns(make_pdf):
    page = [*column(40, 100, 8, mark="a", words=3), *column(220, 100, 8, mark="b", words=3), *column(400, 100, 8, mark="c", words=3)]
    (read,) = pages_of(make_pdf(page))
    order = "".join(word.text[0] for word in read.words if word.text[0] in "abc" and word.text[1:].isdigit())
    assert order == "a" * 8 + "b" * 8 + "c" * 8


def test_labels_and_their_figures_are_read_across_not_as_columns(make_pdf):
    rows = [(60, 100 + 16 * index, f"Line item {index}") for index in range(8)] + [
        (400, 100 + 16 * index, f"{index},000") for index in range(8)
    ]
    (page,) = pages_of(make_pdf(rows))
    texts = [word.text for word in page.words]
    assert texts[:8] == ["Line", "item", "0", "0,000", "Line", "item", "1", "1,000"]


def test_headings_have_levels_by_their_looks(make_pdf):
    page = [
        (60, 80, "Annual report", 24, "hebo"),
        (60, 130, "Results of operations", 16, "hebo"),
        *column(60, 160, 6),
        (60, 280, "Revenue by segment", 10, "hebo"),
        *column(60, 300, 6),
        (60, 420, "Outlook", 16, "hebo"),
        *column(60, 450, 6),
    ]
    (read,) = pages_of(make_pdf(page))
    headings = {block.text: block.level for block in read.blocks if block.role == "heading"}
    assert headings == {"Annual report": 1, "Results of operations": 2, "Revenue by segment": 3, "Outlook": 2}
    assert len(blocks(read, "body")) == 3


def test_a_bold_word_in_a_sentence_is_no_heading(make_pdf):
    (page,) = pages_of(
        make_pdf([*column(60, 100, 5), (60, 200, "Important: this is a plain sentence that ends with a full stop.", 10, "hebo")])
    )
    assert blocks(page, "heading") == []


def test_list_items_are_blocks_of_their_own(make_pdf):
    page = [
        *column(60, 100, 5),
        *((72, 190 + 14 * index, text) for index, text in enumerate(LIST)),
    ]
    (read,) = pages_of(make_pdf(page))
    assert blocks(read, "list") == LIST


def test_paragraphs_part_at_a_gap(make_pdf):
    (page,) = pages_of(make_pdf([*column(60, 100, 4), *column(60, 100 + 4 * 14 + 12, 4)]))
    assert [len(block.lines) for block in page.blocks] == [4, 4]


def test_running_heads_and_page_numbers_are_marked(make_pdf):
    pages = [
        [(60, 40, "Example Corp - Annual Report 2023", 9), *column(60, 100, 10, mark=f"p{number}x"), (290, 815, f"Page {number} of 6", 9)]
        for number in range(1, 7)
    ]
    for page in pages_of(make_pdf(*pages)):
        assert blocks(page, "header") == ["Example Corp - Annual Report 2023"]
        assert blocks(page, "footer") == [f"Page {page.number} of 6"]
        assert page.blocks[0].role == "header"
        assert page.blocks[-1].role == "footer"


def test_page_numbers_that_float_under_the_text_are_footers(make_pdf):
    pages = [[*column(60, 100, 5 + number), (290, 100 + 14 * (5 + number) + 20, str(40 + number))] for number in range(1, 7)]
    assert [blocks(page, "footer") for page in pages_of(make_pdf(*pages))] == [[str(40 + number)] for number in range(1, 7)]


def test_what_stands_once_at_the_top_is_no_running_head(make_pdf):
    pages = [[(60, 40, f"{name} of the group", 12), *column(60, 100, 10)] for name in ("Strategy", "Markets", "People", "Risks", "Outlook")]
    assert all(blocks(page, "header") == [] for page in pages_of(make_pdf(*pages)))


def test_the_words_of_a_table_are_one_block_in_its_place(make_pdf):
    rows = [(60, 200, "Revenue"), (400, 200, "1,234"), (60, 216, "Costs"), (400, 216, "567")]
    path = make_pdf([*column(60, 100, 5), *rows, *column(60, 260, 5, mark="z")])
    source = Source("0" * 64, 1, Box(60, 190, 430, 220), "pymupdf")
    table = Table((Cell(0, 0, "Revenue", source),), ((1, Box(55, 188, 440, 222)),), "test")
    (page,) = pages_of(path, [table])
    assert [block.role for block in page.blocks] == ["body", "table", "body"]
    assert [line.text for line in page.blocks[1].lines] == ["Revenue 1,234", "Costs 567"]


def test_pictures_and_charts_are_figures_with_their_captions(tmp_path):
    document = pymupdf.open()
    page = document.new_page()
    for x, y, text in column(60, 100, 6):
        page.insert_text((x, y), text)
    Image.new("RGB", (80, 60), (200, 30, 30)).save(tmp_path / "red.png")
    page.insert_image((60, 220, 260, 370), filename=tmp_path / "red.png")
    page.insert_text((60, 385), "Figure 1: The plant in Lyon")
    for index, height in enumerate((40, 70, 55, 90, 110)):
        page.draw_rect((320 + 30 * index, 370 - height, 340 + 30 * index, 370), color=None, fill=(0.2, 0.4, 0.7))
    page.insert_text((320, 402), "Chart 2 Revenue by year")
    path = tmp_path / "figures.pdf"
    document.save(path)
    (read,) = pages_of(path)
    assert [(figure.kind, figure.caption) for figure in read.figures] == [
        ("image", "Figure 1: The plant in Lyon"),
        ("chart", "Chart 2 Revenue by year"),
    ]
    assert read.figures[0].box.x0 == pytest.approx(60, abs=2)


def test_a_long_report_is_laid_out_in_little_time(make_pdf):
    raw = list(PyMuPDFReader().read(make_pdf(*[[*column(60, 100, 45), (60, 40, "Head")]] * 40)))
    started = time.process_time()
    lay_out(raw, [], ["text layer"] * len(raw))
    assert time.process_time() - started < 2
