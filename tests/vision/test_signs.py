"""Currency signs that an engine overlooked, found by the others of the page."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from finlens.vision.base import SeenWord
from finlens.vision.lettering import OVER, UNDER
from finlens.vision.ruling import ink_of
from finlens.vision.signs import overlooked_signs

EM = 28.0
FONT = ImageFont.load_default(EM)


class Sheet:
    """A page on which words are drawn, seen by an engine or not."""

    def __init__(self):
        self.image = Image.new("L", (900, 400), 255)
        self.words = []

    def write(self, text, x, baseline, *, seen=True):
        draw = ImageDraw.Draw(self.image)
        draw.text((x, baseline), text, fill=0, font=FONT, anchor="ls")
        if seen:
            right = x + draw.textlength(text, font=FONT)
            self.words.append(SeenWord(text, x, baseline - OVER * EM, right, baseline + UNDER * EM, 0.99, EM))

    def signs(self):
        grey = np.asarray(self.image)
        return overlooked_signs(grey, ink_of(grey), self.words)


@pytest.fixture
def sheet():
    made = Sheet()
    made.write("Cash", 50, 100)
    made.write("$", 400, 100)
    made.write("1,234", 500, 100)
    made.write("Total", 50, 300)
    made.write("5,678", 500, 300)
    return made


@pytest.mark.parametrize("sign", ["$", "€", "£"])
def test_a_sign_under_another_is_found_before_its_figure(sheet, sign):
    sheet.words = [word for word in sheet.words if word.text != "$"]
    sheet.image.paste(255, (395, 60, 430, 120))
    sheet.write(sign, 400, 100)
    sheet.write(sign, 400, 300, seen=False)
    [found] = sheet.signs()
    assert (found.text, found.bottom) == (sign, sheet.words[-2].bottom)
    assert found.x0 == pytest.approx(400, abs=4)


def test_a_sign_on_the_row_of_another_is_found_though_it_starts_a_column(sheet):
    sheet.write("$", 650, 100, seen=False)
    sheet.write("99", 750, 100)
    [found] = sheet.signs()
    assert found.x0 == pytest.approx(650, abs=4)


@pytest.mark.parametrize("letter", list("0123456789SB§&"))
def test_no_other_letter_is_taken_for_a_sign(sheet, letter):
    sheet.write(letter, 400, 300, seen=False)
    assert sheet.signs() == []


def test_a_sign_far_from_all_others_of_its_page_is_left_alone(sheet):
    sheet.write("$", 440, 300, seen=False)
    assert sheet.signs() == []


def test_a_page_without_signs_gets_none(sheet):
    sheet.words = [word for word in sheet.words if word.text != "$"]
    assert sheet.signs() == []
