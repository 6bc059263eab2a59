"""What only the default reader promises: hidden text, glyphs without meaning, doubled text, grouped digits."""

import io

import pymupdf
import pytest
from PIL import Image

from finlens.extract.pymupdf import PyMuPDFReader

DEJAVU = "notos"  # a font with no-break spaces, from pymupdf-fonts or built in


def read(path, **options):
    return list(PyMuPDFReader().read(path, **options))


def with_html(tmp_path, html):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox((50, 50, 550, 400), html)
    path = tmp_path / "html.pdf"
    document.save(path)
    return path


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_a_no_break_space_between_digits_keeps_a_number_one_word(tmp_path, space):
    path = with_html(tmp_path, f"<p>Chiffre d’affaires 1{space}234{space}567,8 et 12{space}% ou 31{space}décembre</p>")
    texts = [word.text for page in read(path) for word in page.words]
    number = next(text for text in texts if text.endswith("567,8"))
    assert number.replace("\u00a0", " ").replace("\u202f", " ") == "1 234 567,8"
    assert not any("%" in text and text[0].isdigit() for text in texts)
    assert "décembre" in texts


def test_years_beside_each_other_are_two_words(tmp_path):
    path = with_html(tmp_path, "<p>31&nbsp;2023 2024 5&nbsp;2023</p>")
    assert [word.text for page in read(path) for word in page.words] == ["31", "2023", "2024", "5", "2023"]


def test_text_that_is_printed_twice_for_weight_is_read_once(make_pdf):
    path = make_pdf([(60, 80, "Net income 1,234"), (60.3, 80, "Net income 1,234"), (60, 120, "Net income 1,234")])
    assert [word.text for page in read(path) for word in page.words] == ["Net", "income", "1,234"] * 2


def test_a_text_that_comes_back_is_kept_once(make_pdf):
    path = make_pdf([(60, 80, "Inventories 1,234"), (60, 120, "Inventories 5,678")])
    (page,) = read(path)
    first, figure, second, _ = page.words
    assert first.text is second.text
    assert first.top is figure.top


def test_ligatures_come_apart(tmp_path):
    path = with_html(tmp_path, "<p>ﬁnancial proﬁt oﬃce</p>")
    assert [word.text for page in read(path) for word in page.words] == ["financial", "profit", "office"]


def scanned(tmp_path, area):
    picture = io.BytesIO()
    Image.new("L", (50, 50), 200).save(picture, "PNG")
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image(area, stream=picture.getvalue(), keep_proportion=False)
    page.insert_text((60, 80), "seen")
    page.insert_text((60, 100), "hidden words", render_mode=3)
    path = tmp_path / "hidden.pdf"
    document.save(path)
    (raw,) = read(path)
    return raw


def test_words_without_ink_over_a_scan_are_its_text_layer(tmp_path):
    raw = scanned(tmp_path, (0, 0, 595, 842))
    assert (len(raw.words), raw.invisible_words, raw.hidden) == (3, 2, ())


def test_words_without_ink_elsewhere_are_hidden_text(tmp_path):
    raw = scanned(tmp_path, (400, 600, 500, 700))
    assert [word.text for word in raw.words] == ["seen"]
    (hidden,) = raw.hidden
    assert (hidden.text, hidden.why) == ("hidden words", "no ink")
    assert raw.warnings == ("hidden text on page 1, no ink, is left out: “hidden words”",)


def test_light_words_on_a_dark_band_are_no_hidden_text(tmp_path):
    document = pymupdf.open()
    page = document.new_page()
    page.draw_rect((50, 60, 300, 90), color=None, fill=(0.1, 0.2, 0.5))
    page.insert_text((60, 80), "Heading", color=(1, 1, 1))
    path = tmp_path / "band.pdf"
    document.save(path)
    (raw,) = read(path)
    assert [word.text for word in raw.words] == ["Heading"]


def test_pictures_have_boxes(tmp_path):
    picture = io.BytesIO()
    Image.new("L", (50, 50), 128).save(picture, "PNG")
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image((100, 200, 300, 400), stream=picture.getvalue())
    path = tmp_path / "picture.pdf"
    document.save(path)
    (raw,) = read(path)
    assert [tuple(round(value) for value in box) for box in raw.images] == [(100, 200, 300, 400)]


def test_curved_shapes_are_counted_as_outlines(tmp_path):
    document = pymupdf.open()
    page = document.new_page()
    for number in range(150):
        x, y = 60 + 20 * (number % 25), 100 + 20 * (number // 25)
        page.draw_circle((x, y), 4, color=None, fill=(0, 0, 0))
    path = tmp_path / "outlines.pdf"
    document.save(path)
    (raw,) = read(path)
    assert raw.outlines == 150
    assert not raw.words


def test_rules_of_a_turned_page_stand_where_a_viewer_shows_them(tmp_path):
    document = pymupdf.open()
    page = document.new_page(width=600, height=800)
    page.draw_line((100, 50), (400, 50), width=1)
    page.insert_text((100, 45), "over")
    page.set_rotation(90)
    path = tmp_path / "turned.pdf"
    document.save(path)
    (raw,) = read(path)
    (rule,) = raw.rules
    assert not rule.horizontal
    assert rule.x0 == pytest.approx(750, abs=1.5)
    assert (rule.top, rule.bottom) == (pytest.approx(100, abs=1), pytest.approx(400, abs=1))
    assert all(word.x1 > rule.x0 for word in raw.words)
