"""What every OCR engine owes to the rest of finlens."""

import pickle
import socket

import pymupdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from finlens.errors import BackendUnknown, ToolMissing
from finlens.vision.backends import WORD_RECOGNISERS, default_engine

ENGINES = [pytest.param("rapidocr"), pytest.param("tesseract", marks=pytest.mark.needs("tesseract"))]


@pytest.fixture(params=ENGINES, scope="module")
def engine(request):
    return WORD_RECOGNISERS.load(request.param)()


def page(*lines, size=(1000, 400)):
    """A picture with text at known places: (x, top, text), letters 40 pixels high."""
    image = Image.new("L", size, 255)
    for x, y, text in lines:
        ImageDraw.Draw(image).text((x, y), text, fill=0, font=ImageFont.load_default(40))
    return image


def test_the_catalogue_names_exactly_the_engines_that_are_tested_here():
    tested = {param.values[0] for param in ENGINES}
    assert tested == {entry.name for entry in WORD_RECOGNISERS.entries() if entry.target.startswith("finlens.")}


def test_an_engine_is_called_what_the_catalogue_calls_it(engine):
    assert WORD_RECOGNISERS.load(engine.name) is type(engine)


def test_words_come_apart_at_blanks_with_boxes_where_they_stand(engine):
    (words,) = engine.recognise([page((50, 60, "Total assets"), (600, 60, "12,345"), (50, 200, "Cash"), (600, 200, "678"))])
    assert [word.text for word in words] == ["Total", "assets", "12,345", "Cash", "678"]
    by_text = {word.text: word for word in words}
    assert by_text["12,345"].x0 == pytest.approx(602, abs=14)
    assert by_text["Total"].x1 < by_text["assets"].x0 + 12
    assert 60 <= (by_text["Total"].top + by_text["Total"].bottom) / 2 <= 110
    assert by_text["Cash"].bottom - by_text["Cash"].top == pytest.approx(40, abs=12)  # as high as the font
    assert by_text["assets"].size == pytest.approx(40, abs=8)
    assert all(0 <= word.confidence <= 1 for word in words)


def test_figures_of_french_statements(engine):
    (words,) = engine.recognise(
        [page((50, 60, "Résultat net"), (500, 60, "1 234,56 M€"), (50, 200, "Dépréciation"), (500, 200, "(98,7) %"))]
    )
    text = " ".join(word.text for word in words)
    for part in ("sultat", "234,56", "98,7", "%"):
        assert part in text


def test_an_empty_picture_has_no_words(engine):
    assert engine.recognise([Image.new("L", (400, 300), 255)]) == [[]]
    assert engine.recognise([]) == []


@pytest.mark.parametrize("size", [(1, 1), (3, 500), (500, 3)])
def test_slivers_of_pictures_do_no_harm(engine, size):
    assert len(engine.recognise([Image.new("L", size, 200)])) == 1


def test_several_pictures_come_back_in_order(engine):
    pictures = [page((50, 60, text), size=(400, 200)) for text in ("January", "February", "March")]
    assert [words[0].text for words in engine.recognise(pictures)] == ["January", "February", "March"]


def test_an_engine_crosses_process_boundaries(engine):
    copy = pickle.loads(pickle.dumps(engine))
    assert repr(copy) == repr(engine)


def test_nothing_leaves_the_machine_and_nothing_read_is_printed(engine, monkeypatch, capfd):
    def refuse(*_, **__):
        raise AssertionError("an engine tried the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    fresh = type(engine)()
    (words,) = fresh.recognise([page((50, 60, "Confidential"))])
    assert words[0].text == "Confidential"
    printed = capfd.readouterr()
    assert "Confidential" not in printed.out + printed.err
    assert printed.err == ""


def test_a_missing_tesseract_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(ToolMissing) as caught:
        WORD_RECOGNISERS.load("tesseract")().recognise([page((50, 60, "Total"))])
    assert "apt-get install" in caught.value.hint
    assert default_engine() == "rapidocr"


def test_an_unknown_engine_is_a_near_miss():
    with pytest.raises(BackendUnknown) as caught:
        WORD_RECOGNISERS.load("tesserakt")
    assert "tesseract" in caught.value.hint


def test_boxes_are_as_high_as_those_of_a_text_layer(engine):
    """On a leaning page rows are told apart by where the middles of boxes are, so those of a scan have to agree with a PDF's."""
    with pymupdf.open() as document:
        sheet = document.new_page(width=360, height=144)
        for baseline, text in ((40, "Total assets"), (60, "Revenue"), (80, "(1,234)")):
            sheet.insert_text((30, baseline), text, fontsize=10)
        drawn = sheet.get_pixmap(dpi=200, colorspace="gray")
    [words] = engine.recognise([Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)], dpi=200)
    by_text = {word.text: word for word in words}
    point = 200 / 72
    for baseline, text in ((40, "assets"), (60, "Revenue"), (80, "(1,234)")):
        word = by_text[text]
        assert (word.top + word.bottom) / 2 / point == pytest.approx(baseline - 3.5, abs=0.8)  # Arial: 9.05 over, 2.12 under
        assert (word.bottom - word.top) / point == pytest.approx(11.2, abs=1.2)
