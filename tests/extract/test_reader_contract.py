"""What every page reader owes to the rest of finlens, whichever library is under it."""

import pymupdf
import pytest

from finlens.errors import FileDamaged, NoSuchPage, PasswordRequired, PasswordWrong
from finlens.extract.backends import PAGE_READERS

READERS = ("pymupdf", "pdfplumber", "pypdf")


@pytest.fixture(params=READERS)
def reader(request):
    return PAGE_READERS.load(request.param)()


def words(reader, path, **options):
    return [word for page in reader.read(path, **options) for word in page.words]


def find(reader, path, text):
    return next(word for word in words(reader, path) if word.text == text)


def test_the_catalogue_names_exactly_the_readers_that_are_tested_here():
    assert set(READERS) == {entry.name for entry in PAGE_READERS.entries() if entry.target.startswith("finlens.")}


def test_a_reader_is_called_what_the_catalogue_calls_it(reader):
    assert PAGE_READERS.load(reader.name) is type(reader)


def test_words_come_without_white_space_and_none_is_lost(reader, statement):
    texts = [word.text for word in words(reader, statement)]
    assert texts == ["Consolidated", "statement", "of", "income", "Revenue", "1,234", "(1,100)", "Cost", "of", "sales", "567", "498"]


def test_a_box_is_where_the_word_is_drawn_origin_top_left(reader, statement):
    box = find(reader, statement, "1,234").box
    assert box.x0 == pytest.approx(400, abs=1.5)
    assert box.x1 == pytest.approx(400 + pymupdf.get_text_length("1,234", fontname="helv", fontsize=10), abs=2)
    assert box.top < 120 - 5 < box.bottom  # the middle of a digit stands 3.6 points over the baseline
    assert 6 < box.height < 16


def test_every_word_says_which_document_page_and_reader_it_is_from(reader, statement):
    origin = words(reader, statement)[0].origin
    assert (len(origin.document), origin.page, origin.reader) == (64, 1, reader.name)


def test_size_and_weight_are_known(reader, statement):
    heading, body, bold = (find(reader, statement, text) for text in ("Consolidated", "Revenue", "Cost"))
    assert heading.size == pytest.approx(16, abs=0.5)
    assert body.size == pytest.approx(10, abs=0.5)
    assert (heading.bold, body.bold, bold.bold) == (True, False, True)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_given_as_a_viewer_shows_it(reader, make_pdf, rotation):
    path = make_pdf([(100, 200, "Total")], rotation=rotation)
    page = next(iter(reader.read(path)))
    upright = (595, 842)
    assert (round(page.width), round(page.height)) == (upright if rotation in (0, 180) else upright[::-1])
    with pymupdf.open(path) as document:
        shown = pymupdf.Rect(document[0].search_for("Total")[0]) * document[0].rotation_matrix
    word = next(word for word in page.words if word.text == "Total")
    assert shown.x0 - 3 < (word.x0 + word.x1) / 2 < shown.x1 + 3
    assert shown.y0 - 3 < (word.top + word.bottom) / 2 < shown.y1 + 3


def test_the_crop_box_is_the_page(reader, make_pdf):
    path = make_pdf([(150, 250, "inside"), (20, 30, "outside")], crop=(100, 200, 400, 600))
    page = next(iter(reader.read(path)))
    assert (round(page.width), round(page.height)) == (300, 400)
    inside = next(word for word in page.words if word.text == "inside")
    assert inside.x0 == pytest.approx(50, abs=1.5)
    assert inside.top < 50 < inside.bottom + 3


def test_only_the_asked_pages_are_read(reader, make_pdf):
    path = make_pdf(*[[(60, 80, f"page{number}")] for number in range(1, 6)])
    pages = list(reader.read(path, pages=[2, 4]))
    assert [page.number for page in pages] == [2, 4]
    assert [word.text for page in pages for word in page.words] == ["page2", "page4"]
    with pytest.raises(NoSuchPage):
        list(reader.read(path, pages=[6]))


def test_an_empty_page_has_no_words_and_a_size(reader, make_pdf):
    (page,) = reader.read(make_pdf([]))
    assert (list(page.words), round(page.width), round(page.height)) == ([], 595, 842)


def test_rules_and_fills_of_a_page(reader, tmp_path):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((60, 100), "Total")
    page.draw_line((50, 110), (300, 110), width=0.8)
    page.draw_line((310, 90), (310, 130), width=0.8)
    page.draw_rect((50, 140, 300, 160), color=None, fill=(0.8, 0.8, 0.8))
    path = tmp_path / "drawn.pdf"
    document.save(path)
    (raw,) = reader.read(path)
    level = [rule for rule in raw.rules if rule.horizontal]
    upright = [rule for rule in raw.rules if not rule.horizontal]
    assert any(abs(rule.x0 - 50) < 1 and abs(rule.x1 - 300) < 1 and abs(rule.top - 110) < 1.5 for rule in level)
    assert any(abs(rule.x0 - 310) < 1.5 and abs(rule.top - 90) < 1 and abs(rule.bottom - 130) < 1 for rule in upright)
    assert any(abs(fill.x0 - 50) < 1 and abs(fill.bottom - 160) < 1 and fill.grey == pytest.approx(0.8, abs=0.05) for fill in raw.fills)
    (bare,) = reader.read(path, drawings=False)
    assert (bare.rules, bare.fills, [word.text for word in bare.words]) == ((), (), ["Total"])


def test_without_looks_the_words_and_boxes_are_the_same(reader, statement):
    full, quick = words(reader, statement), words(reader, statement, looks=False, drawings=False)
    assert [(word.text, word.box) for word in quick] == [(word.text, word.box) for word in full]


def test_an_encrypted_file_asks_for_its_password_and_says_when_it_is_wrong(reader, make_pdf):
    path = make_pdf([(60, 80, "secret")], encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open", owner_pw="owner")
    with pytest.raises(PasswordRequired):
        words(reader, path)
    with pytest.raises(PasswordWrong):
        words(reader, path, password="shut")
    assert [word.text for word in words(reader, path, password="open")] == ["secret"]


def test_a_file_that_is_no_pdf_is_damaged_not_a_crash(reader, tmp_path):
    path = tmp_path / "noise.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    with pytest.raises(FileDamaged):
        words(reader, path)
