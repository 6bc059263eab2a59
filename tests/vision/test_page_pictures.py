"""Leaning pictures, and pages cut in two to be read side by side."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from finlens.vision.images import lean, straightened
from finlens.vision.rapidocr import RapidOcr, _blank_row


def text_page(lines=20):
    image = Image.new("L", (1200, 1600), 255)
    for index in range(lines):
        ImageDraw.Draw(image).text(
            (100, 80 + 70 * index), f"Line {index + 1} of the page, with figures 1,234 and 56", fill=0, font=ImageFont.load_default(34)
        )
    return image


@pytest.mark.parametrize("degrees", [-3.0, -0.8, 0.5, 2.2])
def test_the_lean_of_a_page_is_measured_and_taken_back(degrees):
    leaning = text_page().rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    assert lean(leaning) == pytest.approx(degrees, abs=0.2)
    assert lean(straightened(leaning, degrees)) == 0


@pytest.mark.parametrize("picture", [text_page(), Image.new("L", (800, 600), 255), Image.effect_noise((800, 600), 90)])
def test_what_does_not_lean_is_left_alone(picture):
    assert lean(picture) == 0


def test_a_page_is_cut_where_there_is_paper():
    pixels = np.asarray(text_page())
    row = _blank_row(pixels)
    assert 0.35 * 1600 < row < 0.65 * 1600
    assert (pixels[row - 1 : row + 2] == 255).all()


def test_a_page_without_a_blank_row_is_not_cut():
    image = text_page()
    ImageDraw.Draw(image).line((600, 0, 600, 1600), fill=0, width=4)
    assert _blank_row(np.asarray(image)) == 0


def test_both_halves_of_a_page_are_read():
    whole = {word.text for word in RapidOcr(workers=1).recognise([text_page(14)])[0]}
    halves = RapidOcr(workers=2).recognise([text_page(14)])[0]
    assert {word.text for word in halves} == whole
    last = max(halves, key=lambda word: word.top)
    assert last.top == pytest.approx(80 + 70 * 13 + 8, abs=12)
