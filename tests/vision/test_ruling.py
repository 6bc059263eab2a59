"""Lines ruled on a picture, and dashes that engines overlook."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from finlens.vision.base import SeenWord
from finlens.vision.lettering import OVER, UNDER
from finlens.vision.overlooked import lone_dashes
from finlens.vision.ruling import dark_on_light, ink_of, ruled_lines, shaded_areas

UNIT = 200 / 72  # pixels a point
EM = 28.0


def canvas():
    image = Image.new("L", (900, 400), 255)
    return image, ImageDraw.Draw(image)


def lines_on(image):
    return ruled_lines(ink_of(np.asarray(image)), UNIT)


def test_rules_are_found_where_they_are_drawn():
    image, draw = canvas()
    draw.line((50, 100, 800, 100), fill=0, width=3)
    draw.line((400, 60, 400, 300), fill=90, width=2)
    found, mask = lines_on(image)
    across, down = sorted(found, key=lambda line: line.x0 - line.x1)
    assert (across.x0, across.x1) == pytest.approx((50, 800), abs=4)
    assert (across.top + across.bottom) / 2 == pytest.approx(100, abs=3)
    assert (down.top, down.bottom) == pytest.approx((60, 300), abs=4)
    assert mask[100, 600]


def test_a_double_rule_and_one_that_leans_by_a_hair_are_found():
    image, draw = canvas()
    draw.line((50, 100, 800, 103), fill=0, width=2)
    draw.line((50, 300, 300, 300), fill=0, width=2)
    draw.line((50, 306, 300, 306), fill=0, width=2)
    found, _ = lines_on(image)
    assert {round(line.x1, -2) for line in found} == {800, 300}


def test_letters_are_no_rules():
    image, draw = canvas()
    for row, text in enumerate(("TOTAL ASSETS AND EQUITY", "Châtelain Bordeaux = 12,345", "((((1111)))) EEEEEE")):
        draw.text((30, 40 + 90 * row), text, fill=0, font=ImageFont.load_default(30 + 15 * row))
    found, mask = lines_on(image)
    assert found == []
    assert not mask.any()


def test_shaded_bands_are_neither_rules_nor_ink():
    image, draw = canvas()
    draw.rectangle((50, 100, 800, 140), fill=215)
    assert lines_on(image)[0] == []


def test_bands_and_dark_heads_are_areas_with_their_tone_and_letters_are_none():
    image, draw = canvas()
    draw.rectangle((50, 100, 800, 148), fill=220)
    draw.rectangle((50, 200, 800, 260), fill=60)
    for y, tone in ((110, 0), (215, 255), (320, 0)):
        draw.text((70, y), "Revenue and other income", fill=tone, font=ImageFont.load_default(28))
    band, head = sorted(shaded_areas(np.asarray(image), UNIT), key=lambda area: area.top)
    assert (band.x0, band.top, band.x1, band.bottom) == pytest.approx((50, 100, 800, 148), abs=6)
    assert (head.x0, head.top, head.x1, head.bottom) == pytest.approx((50, 200, 800, 260), abs=6)
    assert band.grey == pytest.approx(220 / 255, abs=0.05)
    assert head.grey < 0.4


def test_white_letters_on_a_dark_head_are_ink_and_the_head_is_not():
    image, draw = canvas()
    draw.rectangle((50, 100, 800, 160), fill=60)
    draw.text((70, 115), "Revenue", fill=255, font=ImageFont.load_default(28))
    ink = ink_of(dark_on_light(np.asarray(image)))
    assert ink[112:150, 70:180].mean() > 0.1
    assert ink[112:150, 300:780].mean() < 0.01


def test_slivers_have_no_rules():
    for size in ((1, 1), (2, 300), (300, 2), (5, 5)):
        assert lines_on(Image.new("L", size, 255))[0] == []
        assert shaded_areas(np.asarray(Image.new("L", size, 255)), UNIT) == []


def figure(text, x, baseline):
    return SeenWord(text, x, baseline - OVER * EM, x + 14 * len(text), baseline + UNDER * EM, 0.99, EM)


@pytest.mark.parametrize(("length", "text"), [(9, "-"), (14, "–"), (26, "—")])
def test_a_dash_in_a_column_of_figures_is_nil(length, text):
    image, draw = canvas()
    draw.rectangle((440, 192, 440 + length, 194), fill=0)
    words = [figure("Cash", 50, 200), figure("1,234", 430, 150)]
    [dash] = lone_dashes(ink_of(np.asarray(image)), words)
    assert dash.text == text
    assert dash.x0 == pytest.approx(440, abs=2)
    assert (dash.top, dash.bottom) == (words[0].top, words[0].bottom)


def test_marks_elsewhere_are_no_dashes():
    image, draw = canvas()
    draw.rectangle((700, 192, 712, 194), fill=0)  # in no column of figures
    draw.rectangle((440, 260, 452, 262), fill=0)  # on no row
    draw.rectangle((440, 199, 452, 201), fill=0)  # an underscore
    draw.rectangle((445, 190, 447, 196), fill=0)  # a speck
    draw.rectangle((470, 192, 480, 194), fill=0)  # touches a letter
    draw.rectangle((482, 180, 486, 200), fill=0)
    words = [figure("Cash", 50, 200), figure("12,345", 430, 150)]
    assert lone_dashes(ink_of(np.asarray(image)), words) == []
