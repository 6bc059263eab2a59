"""From a file to a Document, with OCR where the text layer is missing or cannot be believed."""

import hashlib
import io

import pymupdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from finlens.errors import BackendUnknown
from finlens.extract.read import read


def picture_of(path, dpi=150):
    """The first page of a PDF as a picture."""
    with pymupdf.open(path) as document:
        drawn = document[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
        return Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)


def as_scan(tmp_path, image, *, name="scan.pdf", hidden=()):
    """A PDF whose page is only a picture, with hidden words over it where they are given."""
    content = io.BytesIO()
    image.save(content, "PNG")
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    page.insert_image(page.rect, stream=content.getvalue())
    for x, y, text in hidden:
        page.insert_text((x, y), text, render_mode=3)
    path = tmp_path / name
    document.save(path)
    return path


@pytest.fixture
def invoice(make_pdf):
    lines = [
        "Invoice 2024-017",
        "Consulting services 1,250.00",
        "Travel expenses 318.40",
        "Total amount due 1,568.40",
        "Payment within thirty days",
    ]
    return make_pdf([(60, 100 + 40 * index, text, 16) for index, text in enumerate(lines)])


def place(document, text, page=0):
    return next(word.box for word in document.pages[page].words if text in word.text)


def test_a_document_knows_the_file_it_was_read_from(statement):
    document = read(statement, pages="1")
    assert document.sha256 == hashlib.sha256(statement.read_bytes()).hexdigest()
    assert (document.name, document.page_count, document.path) == ("made.pdf", 1, str(statement))
    assert document.pages[0].text_from == "text layer"
    assert document.interpreted


def test_the_same_file_gives_the_same_document(statement):
    assert read(statement) == read(statement)


def test_progress_is_told_page_by_page(make_pdf):
    path = make_pdf(*[[(60, 80, f"page {number}")] for number in range(3)])
    told = []
    read(path, on_page=lambda done, count: told.append((done, count)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("option", ["reader", "ocr_engine", "tables"])
def test_an_unknown_backend_is_named(statement, option):
    with pytest.raises(BackendUnknown):
        read(statement, **{option: "nonesuch", "ocr": "always" if option == "ocr_engine" else "auto"})


@pytest.mark.parametrize("reader", ["pypdf", "pdfplumber"])
def test_another_reader_gives_the_same_text(statement, reader):
    assert read(statement, reader=reader, tables="none").text.split() == read(statement, tables="none").text.split()


def test_a_scan_is_read_by_ocr_and_its_boxes_fit_the_page(tmp_path, invoice):
    document = read(as_scan(tmp_path, picture_of(invoice)))
    (page,) = document.pages
    assert page.text_from == "ocr"
    assert {"1,250.00", "318.40", "1,568.40"} <= {word.text for word in page.words}
    gold, found = place(read(invoice), "1,568.40"), place(document, "1,568.40")
    assert (found.x0, found.x1) == (pytest.approx(gold.x0, abs=6), pytest.approx(gold.x1, abs=6))
    assert gold.top - 3 < found.y_middle < gold.bottom + 3
    assert all(0.5 <= word.confidence <= 1 for word in page.words)
    assert {word.origin.reader for word in page.words} == {"rapidocr"}


def test_a_scan_is_left_alone_when_ocr_is_never_wanted(tmp_path, invoice):
    (page,) = read(as_scan(tmp_path, picture_of(invoice)), ocr="never").pages
    assert (list(page.words), page.text_from) == ([], "nothing")


def test_an_empty_page_is_not_sent_to_ocr(make_pdf):
    (page,) = read(make_pdf([])).pages
    assert page.text_from == "nothing"


@pytest.mark.parametrize("degrees", [-1.5, 2.0])
def test_a_leaning_scan_is_straightened_and_its_boxes_lean_back(tmp_path, invoice, degrees):
    straight = picture_of(invoice)
    leaning = straight.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    document = read(as_scan(tmp_path, leaning))
    words = {word.text for word in document.pages[0].words}
    assert {"1,250.00", "318.40", "1,568.40"} <= words
    # Where the ink of the figure is in the leaning picture, measured on the picture itself.
    gold = place(read(invoice), "1,568.40")
    alone = Image.new("L", straight.size, 255)
    scale = straight.width / 595
    corners = tuple(round(value * scale) for value in gold)
    alone.paste(straight.crop(corners), corners[:2])
    ink = alone.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255).point(lambda value: 255 * (value < 128)).getbbox()
    found = place(document, "1,568.40")
    assert found.x_middle * scale == pytest.approx((ink[0] + ink[2]) / 2, abs=12)
    assert found.y_middle * scale == pytest.approx((ink[1] + ink[3]) / 2, abs=8)


@pytest.mark.slow
@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_scan_on_its_side_is_read_and_its_boxes_stand_where_it_is_shown(tmp_path, invoice, quarter):
    image = picture_of(invoice).rotate(quarter, expand=True)
    path = tmp_path / "side.png"
    image.save(path)
    document = read(path)
    (page,) = document.pages
    assert (round(page.width), round(page.height)) == image.size
    assert {"1,250.00", "318.40", "1,568.40"} <= {word.text for word in page.words}
    found = place(document, "1,568.40")
    ink = image.crop(tuple(round(value) for value in found.padded(4))).point(lambda value: 255 * (value < 128)).getbbox()
    assert ink is not None
    assert (found.height > found.width) == (quarter in (90, 270))


def test_an_image_that_a_camera_turned_is_read_upright(tmp_path, invoice):
    stored = picture_of(invoice).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # a viewer turns it by 90 degrees clockwise
    path = tmp_path / "photo.jpg"
    stored.save(path, exif=exif, quality=95)
    document = read(path)
    assert "1,568.40" in {word.text for word in document.pages[0].words}
    assert (document.pages[0].width, document.pages[0].height) == stored.size
    found = place(document, "1,568.40")
    assert found.height > found.width


def test_the_pages_of_a_tiff_are_pages(tmp_path, make_pdf):
    first, second = (picture_of(make_pdf([(60, 200, text, 20)], name=f"{text}.pdf")) for text in ("January", "February"))
    path = tmp_path / "pages.tif"
    first.save(path, save_all=True, append_images=[second], dpi=(150, 150))
    document = read(path)
    assert [page.text.split()[-1] for page in document.pages] == ["January", "February"]
    assert document.pages[0].width == pytest.approx(595, abs=2)
    assert [page.number for page in read(path, pages=[2]).pages] == [2]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP"])
def test_every_kind_of_image_is_read(tmp_path, make_pdf, kind):
    path = tmp_path / f"image.{kind.lower()}"
    picture_of(make_pdf([(60, 100, "Revenue 4,321", 20)])).convert("RGB").crop((0, 100, 700, 300)).save(path, kind)
    assert "4,321" in read(path).text


def test_hidden_words_under_a_scan_are_believed_when_they_read_like_words(tmp_path, invoice):
    hidden = [
        (60, 100 + 40 * index, text) for index, text in enumerate(["Invoice of the year", "Consulting 1,250.00", "Total of all 1,568.40"])
    ]
    (page,) = read(as_scan(tmp_path, picture_of(invoice), hidden=hidden)).pages
    assert page.text_from == "text layer"


def test_garbled_hidden_words_are_read_anew(tmp_path, invoice):
    noise = [(60, 100 + 20 * index, "Wkh frpsdqb vkdoo qrw eh kdsp glvfk dqg wkxv") for index in range(6)]
    (page,) = read(as_scan(tmp_path, picture_of(invoice), hidden=noise)).pages
    assert page.text_from == "ocr"
    assert "1,568.40" in {word.text for word in page.words}


def test_a_picture_with_text_beside_real_text_is_read_in_its_place(tmp_path):
    strip = Image.new("L", (900, 240), 255)
    drawing = ImageDraw.Draw(strip)
    drawing.text((40, 40), "Net debt 7,654", fill=0, font=ImageFont.load_default(64))
    drawing.text((40, 140), "Equity 3,210", fill=0, font=ImageFont.load_default(64))
    content = io.BytesIO()
    strip.save(content, "PNG")
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    for index in range(12):
        page.insert_text((60, 80 + 20 * index), "Real text of the page that needs no recognition at all.")
    page.insert_image((100, 400, 460, 496), stream=content.getvalue())
    path = tmp_path / "mixed.pdf"
    document.save(path)
    read_page = read(path).pages[0]
    assert read_page.text_from == "mixed"
    texts = [word.text for word in read_page.words]
    assert texts.count("Real") == 12
    assert {"7,654", "3,210"} <= set(texts)
    box = next(word.box for word in read_page.words if word.text == "7,654")
    assert 400 < box.top < box.bottom < 460
    assert 100 < box.x0 < box.x1 < 460


def test_a_photograph_beside_text_costs_no_ocr(tmp_path):
    content = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(content, "PNG")
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    for index in range(12):
        page.insert_text((60, 80 + 20 * index), "Real text of the page that needs no recognition at all.")
    page.insert_image((100, 400, 400, 700), stream=content.getvalue())
    path = tmp_path / "photo.pdf"
    document.save(path)
    (read_page,) = read(path).pages
    assert read_page.text_from == "text layer"
    assert [figure.kind for figure in read_page.figures] == ["image"]


def test_text_drawn_as_outlines_is_read_from_its_picture(tmp_path, invoice):
    with pymupdf.open(invoice) as document:
        svg = document[0].get_svg_image(text_as_path=True)
    with pymupdf.open(stream=svg.encode(), filetype="svg") as drawing:
        path = tmp_path / "outlines.pdf"
        path.write_bytes(drawing.convert_to_pdf())
    (page,) = read(path).pages
    assert page.text_from == "ocr"
    assert "1,568.40" in {word.text for word in page.words}
