"""Reading pages, or parts of them, from their pictures.

The picture is turned upright and straightened first; the words come back in the points of the upright page, and a
`Turn` says where that page lies on the one that a viewer shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Literal

from finlens.documents import Box, Origin, TextFrom, Word
from finlens.errors import BackendError
from finlens.extract.base import Fill, RawPage, Rule
from finlens.extract.legibility import NOTHING, Need, what_to_recognise
from finlens.extract.sources import ImageSource, Source
from finlens.extract.turned import Turn
from finlens.vision.base import SeenWord, WordRecogniser
from finlens.vision.images import lean, straightened
from finlens.vision.overlooked import lone_dashes
from finlens.vision.ruling import POINTS_AN_EM, Ruled, Shaded, dark_on_light, ink_of, ruled_lines, shaded_areas
from finlens.vision.signs import REACH, overlooked_signs

if TYPE_CHECKING:
    from PIL.Image import Image

OcrMode = Literal["auto", "always", "never"]

DPI = 200
"""A finer picture costs time and shows the engine nothing more: it looks at 2,000 pixels a side."""
_UPRIGHT_SHARE = 0.6  # of lines that are taller than wide: the page lies on its side
_DOUBT = 0.8  # mean confidence below which a page may be upside down
_PAPER_SHARE = 0.35  # of a picture's pixels that are nearly white (or of one tone), where it holds text


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page whose words are settled: where they are from, and how the page was turned to read them."""

    raw: RawPage
    text_from: TextFrom
    turn: Turn | None = None
    failure: BackendError | None = None
    """What OCR failed with, where the page needed it."""


def recognised(page: RawPage, source: Source, engine: WordRecogniser, need: Need) -> ReadPage:
    """The page with the words that OCR finds; words of the text layer stay where only regions were read."""
    only_pictures = not page.words and not page.outlines
    if need.whole and only_pictures and not source.has_detail(page.number):
        return ReadPage(page, "nothing")
    if need.whole:
        return _whole_page(page, source, engine)
    return _regions(page, source, engine, need.regions)


def need_of(page: RawPage, mode: OcrMode) -> Need:
    """What OCR has to look at under the given mode."""
    if mode == "never":
        return NOTHING
    return Need(whole=True, why="asked for") if mode == "always" else what_to_recognise(page)


def text_source(page: RawPage) -> TextFrom:
    """Where the words of a page that needs no OCR are from."""
    return "text layer" if page.words else "nothing"


def _whole_page(page: RawPage, source: Source, engine: WordRecogniser) -> ReadPage:
    picture, scale = source.picture(page.number, dpi=DPI)
    quarter = source.exif_turn(page.number) if isinstance(source, ImageSource) else 0
    upright = _turned(picture, quarter)
    leans = lean(upright)
    straight = straightened(upright, leans) if leans else upright
    seen = _look(engine, straight)
    if not quarter and _lies_on_side(seen):
        quarter, seen, leans = _best_quarter(picture, engine, (90, 270), (0, [], 0.0))
    elif not quarter and _is_unsure(seen):
        quarter, seen, leans = _best_quarter(picture, engine, (180,), (0, seen, leans))
    upright = _turned(picture, quarter)
    seen, ruled, shaded = _drawn(straightened(upright, leans) if leans else upright, seen)
    origin = Origin(page.origin.document, page.number, engine.name)
    words = [_word(word, origin, scale) for word in seen]
    turn = Turn.of(page.width, page.height, quarter=quarter, degrees=leans) if quarter or leans else None
    width, height = (page.height, page.width) if quarter in (90, 270) else (page.width, page.height)
    # Rules and fills of the file do not fit a page that was turned to be read.
    drawn = replace(page, rules=(), fills=(), curves=(), images=()) if turn else page
    if not drawn.rules and not drawn.fills:
        rules = tuple(Rule(*(side / scale for side in line)) for line in ruled)
        fills = tuple(Fill(a.x0 / scale, a.top / scale, a.x1 / scale, a.bottom / scale, a.grey) for a in shaded)
        drawn = replace(drawn, rules=rules, fills=fills)
    made = replace(drawn, words=words, width=width, height=height, origin=origin, invisible_words=0, unmapped_share=0.0)
    return ReadPage(made, "ocr" if words else "nothing", turn)


def _look(engine: WordRecogniser, picture: Image) -> list[SeenWord]:
    return signs_mended([mended(word) for word in engine.recognise([picture], dpi=DPI)[0]])


def _drawn(picture: Image, seen: list[SeenWord]) -> tuple[list[SeenWord], list[Ruled], list[Shaded]]:
    """The words with the dashes and signs that the engine overlooked, the lines ruled on the picture, and its shaded areas."""
    import numpy as np

    if not seen:
        return seen, [], []
    grey = np.asarray(picture.convert("L"))
    pixels_a_point = median(word.em for word in seen) / POINTS_AN_EM
    dark = dark_on_light(grey)
    ink = ink_of(dark)
    ruled, mask = ruled_lines(ink, pixels_a_point)
    free = ink & ~mask
    added = lone_dashes(free, seen) + overlooked_signs(dark, free, seen)
    return seen + added, ruled, shaded_areas(grey, pixels_a_point)


def _turned(picture: Image, quarter: int) -> Image:
    from PIL.Image import Transpose

    if not quarter:
        return picture
    return picture.transpose({90: Transpose.ROTATE_270, 180: Transpose.ROTATE_180, 270: Transpose.ROTATE_90}[quarter])


def _lies_on_side(seen: Sequence[SeenWord]) -> bool:
    """Whether most words stand higher than they are wide."""
    long = [word for word in seen if len(word.text) >= 3]
    tall = sum(1 for word in long if word.bottom - word.top > 1.5 * (word.x1 - word.x0))
    return len(long) >= 4 and tall > _UPRIGHT_SHARE * len(long)


def _is_unsure(seen: Sequence[SeenWord]) -> bool:
    """Whether the engine doubts most of what it read, as it does on a page that is upside down."""
    long = [word for word in seen if len(word.text) >= 3]
    return len(long) >= 4 and sum(word.confidence for word in long) < _DOUBT * len(long)


_Reading = tuple[int, list[SeenWord], float]  # quarter turn, words, lean


def _best_quarter(picture: Image, engine: WordRecogniser, quarters: Sequence[int], best: _Reading) -> _Reading:
    """The turn that makes the engine surest of what it reads."""
    for quarter in quarters:
        upright = _turned(picture, quarter)
        leans = lean(upright)
        words = _look(engine, straightened(upright, leans) if leans else upright)
        if _certainty(words) > _certainty(best[1]):
            best = (quarter, words, leans)
    return best


def _certainty(words: Sequence[SeenWord]) -> float:
    return sum(word.confidence * len(word.text) for word in words)


def _word(word: SeenWord, origin: Origin, scale: float) -> Word:
    size = round(word.em / scale, 1)
    return Word(word.text, word.x0 / scale, word.top / scale, word.x1 / scale, word.bottom / scale, origin, word.confidence, size)


def _regions(page: RawPage, source: Source, engine: WordRecogniser, regions: Sequence[Box]) -> ReadPage:
    """Add the words of pictures to those of the text layer; what the layer has is not read twice."""
    origin = Origin(page.origin.document, page.number, engine.name)
    added: list[Word] = []
    for region in regions:
        picture, scale = source.picture(page.number, dpi=DPI, clip=region)
        if not has_paper(picture):
            continue
        for seen in _look(engine, picture):
            word = _word(seen, origin, scale)
            word = word._replace(x0=word.x0 + region.x0, x1=word.x1 + region.x0, top=word.top + region.top, bottom=word.bottom + region.top)
            if not any(word.box.covered_by(other.box) > 0.3 for other in page.words):
                added.append(word)
    if not added:
        return ReadPage(page, text_source(page))
    return ReadPage(replace(page, words=[*page.words, *added]), "mixed")


def has_paper(picture: Image) -> bool:
    """Whether a picture has an even background, as text, tables and charts have and photographs have not."""
    import numpy as np

    small = picture.convert("L")
    small.thumbnail((400, 400))
    counts = np.bincount(np.asarray(small).ravel(), minlength=256)
    near = np.convolve(counts, np.ones(9, dtype=np.int64), mode="same")
    share = float(near.max()) / max(1, int(counts.sum()))
    return _PAPER_SHARE <= share < 0.998


_DIGIT_LIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
_MISREAD = re.compile(r"(?<=\d)[OoIl](?=[\d.,])|(?<=\d[.,])[OoIl](?=\d)|(?<=[\d.,]{2})[OoIl](?=\)?$)")
_FIGURE = re.compile(r"^[(\-–−$€£]*[\dOoIl]{1,3}(?:[.,' ][\dOoIl]{3})*(?:[.,][\dOoIl]+)?[)%]*$")
_MARKS = str.maketrans({"（": "(", "）": ")", "，": ",", "％": "%", "：": ":", "；": ";", "＄": "$", "－": "-", "．": ".", "￥": "¥"})

_CHINESE_ONE = re.compile("[一ー]+")


def signs_mended(words: list[SeenWord]) -> list[SeenWord]:
    """An "S" alone before a figure is a dollar sign on a page that has such signs before its figures."""
    if sum(word.text == "$" for word in words) < 2:
        return words
    made = []
    for word in words:
        if word.text == "S":
            row = [other for other in words if other.x0 >= word.x1 and abs(other.bottom - word.bottom) < 0.4 * word.em]
            after = min(row, key=lambda other: other.x0, default=None)
            if after and after.x0 - word.x1 < REACH * word.em and re.match(r"\(?\d", after.text):
                word = word._replace(text="$")
        made.append(word)
    return made


def mended(word: SeenWord) -> SeenWord:
    """The word with full-width marks made plain, and letters inside of a figure made the digits that they look like.

    Only where all else is a digit or a mark: "1O5" becomes "105", "Q1" and "FY2O" stay as they were read.
    """
    text = word.text.translate(_MARKS)
    if _CHINESE_ONE.search(text) and not text.strip("一ー()%$€£ "):
        text = _CHINESE_ONE.sub("—", text)  # a long dash; nobody writes that number so
    if _FIGURE.match(text) and sum(character.isdigit() for character in text) >= 2:
        text = _MISREAD.sub(lambda match: match.group().translate(_DIGIT_LIKE), text)
    return word if text == word.text else word._replace(text=text)
