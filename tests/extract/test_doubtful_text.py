"""When a text layer is believed, and which misread characters of OCR are mended."""

import pytest

from finlens.documents import Box, Origin, Word
from finlens.extract.base import RawPage
from finlens.extract.characters import clean, groups_digits, unmapped_share
from finlens.extract.legibility import is_garbled, what_to_recognise
from finlens.extract.ocr import mended, signs_mended
from finlens.extract.turned import Turn
from finlens.vision.base import SeenWord

ORIGIN = Origin("0" * 64, 1, "test")
ENGLISH = "Revenue rose because the company sold more units in all of its markets during the year and costs fell " * 3
FRENCH = "Le chiffre d’affaires progresse grâce aux ventes de la société dans tous ses marchés pendant l’exercice " * 3
SHIFTED = "".join(chr(ord(c) + 3) if c.isalpha() else c for c in ENGLISH.replace("the", "tqx").replace("of", "qq"))


def words(text):
    return [Word(token, 10.0 * i, 10.0, 10.0 * i + 8, 20.0, ORIGIN) for i, token in enumerate(text.split())]


def page(**facts):
    return RawPage(1, 600.0, 800.0, ORIGIN, **facts)


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, "USD EUR GBP CHF " * 20, "1,234 567 (89)" * 40, "xxxx " * 100, "市场 收入 " * 50])
def test_text_that_makes_sense_is_believed(text):
    assert not is_garbled(words(text))


def test_letters_that_were_shifted_are_not():
    assert is_garbled(words(SHIFTED))


def test_what_needs_ocr():
    picture = (Box(0, 0, 600, 800),)
    assert what_to_recognise(page(images=picture)).whole
    assert what_to_recognise(page(outlines=40)).whole
    assert what_to_recognise(page(words=words(ENGLISH), unmapped_share=0.5)).whole
    assert what_to_recognise(page(words=words("Received 3 May"), images=picture)).whole


def test_what_does_not():
    picture = (Box(0, 0, 600, 800),)
    assert not what_to_recognise(page())
    assert not what_to_recognise(page(words=words(ENGLISH)))
    assert not what_to_recognise(page(words=words(ENGLISH), images=picture)), "text printed over a background"
    assert not what_to_recognise(page(words=words(ENGLISH), images=picture, invisible_words=len(words(ENGLISH))))
    assert not what_to_recognise(page(words=words(ENGLISH), images=(Box(500, 20, 560, 50),))), "a logo"
    assert not what_to_recognise(page(words=words(ENGLISH), outlines=5_000)), "a chart beside text"


def test_a_picture_beside_text_is_a_region():
    region = Box(100, 300, 500, 600)
    need = what_to_recognise(page(words=words(ENGLISH), images=(region,)))
    assert (need.whole, need.regions) == (False, (region,))


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("1O5", "105"),
        ("12,3O4", "12,304"),
        ("(1,O00)", "(1,000)"),
        ("2l5", "215"),
        ("（1,234）", "(1,234)"),
        ("12.5％", "12.5%"),
        ("一", "—"),
        ("(一)%", "(—)%"),
    ],
)
def test_letters_inside_of_a_figure_become_digits(seen, meant):
    assert mended(SeenWord(seen, 0, 0, 1, 1, 0.9)).text == meant


@pytest.mark.parametrize(
    "seen", ["FY2O", "Oil", "Q1", "10-K", "I", "O", "l", "IO", "2O", "Note", "A1l", "1st", "3M", "COVID-19", "1O", "Il1"]
)
def test_words_and_doubtful_cases_stay_as_they_were_read(seen):
    assert mended(SeenWord(seen, 0, 0, 1, 1, 0.9)).text == seen


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("\ufb01nance", "finance"),
        ("a\u200bb", "ab"),
        ("co\u00adoperate", "cooperate"),
        ("end\u00ad", "end-"),
        ("\uf0b7", "•"),
        ("\uf031\uf032", "12"),
        ("\ufeff", ""),
    ],
)
def test_characters_are_read_as_people_read_them(text, meant):
    assert clean(text) == meant


def test_characters_without_meaning_are_counted():
    assert unmapped_share(["abcd", "\ufffd\ufffd\ufffd\ufffd"]) == 0.5
    assert unmapped_share(["(cid:12)(cid:7)"]) == 1.0
    assert unmapped_share([]) == 0.0


@pytest.mark.parametrize(
    "left, space, right", [("1", "\u00a0", "234"), ("(12", "\u202f", "345)"), ("1\u00a0234", "\u00a0", "567,8"), ("$1", "\u2009", "000%")]
)
def test_spaces_that_group_digits(left, space, right):
    assert groups_digits(left, space, right)


@pytest.mark.parametrize(
    "left, space, right",
    [
        ("31", "\u00a0", "2023"),
        ("1", " ", "234"),
        ("1,5", "\u00a0", "234"),
        ("2023", "\u00a0", "456"),
        ("a", "\u00a0", "234"),
        ("1", "\u00a0\u00a0", "234"),
    ],
)
def test_spaces_that_part_words(left, space, right):
    assert not groups_digits(left, space, right)


@pytest.mark.parametrize(
    ("quarter", "shown"),
    [(0, (10, 200, 20, 210)), (90, (200, 780, 210, 790)), (180, (580, 590, 590, 600)), (270, (390, 10, 400, 20))],
)
def test_a_box_of_the_upright_page_stands_where_the_page_is_shown(quarter, shown):
    """The page as shown is 600 by 800 points; the box stands at (10, 200) of the page once it is upright."""
    box = Turn.of(600, 800, quarter=quarter, degrees=0).box(Box(10, 200, 20, 210))
    assert tuple(round(value, 6) for value in box) == shown


def test_an_s_before_a_figure_is_a_dollar_sign_where_others_are():
    def row(sign, figure, top):
        return [SeenWord(sign, 100, top, 108, top + 12, 0.9, 12), SeenWord(figure, 150, top, 190, top + 12, 0.9, 12)]

    texts = ["$", "S", "S", "$"]
    words = [
        word
        for n, (sign, figure) in enumerate(zip(texts, ("1,234", "(567)", "Class", "89"), strict=True))
        for word in row(sign, figure, 20 * n)
    ]
    assert [word.text for word in signs_mended(words)][::2] == ["$", "$", "S", "$"]
    assert [word.text for word in signs_mended(words[2:])][::2] == ["S", "S", "$"]
