"""Text that a PDF holds and a reader does not see: no ink, too small, the paper's colour, or something painted over it.

Such text is a way to put words into a program's mouth, so it takes no part in tables, figures or answers; it stays readable,
as a doubt with its place. The layer of words that a scanner lays over its picture is no such text: it says what is seen.

What the text page tells (colour, opacity, size) makes suspects; where colour is not enough, the page is drawn and looked at.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finlens.documents import Box, Doubt, Source, Word
from finlens.documents.checks import HIDDEN_TEXT
from finlens.extract.base import Fill, HiddenText, RawPage
from finlens.extract.drawings import Turn

if TYPE_CHECKING:
    import pymupdf

_PAINTED = 16 | 32  # filled or stroked; text render mode 3 is neither
_FAINT = 26  # of 255: a tenth of full ink
_TINY = 2.0  # points
_LIGHT = 225  # of 255: on paper, less is seen well enough
_SAME_GREY, _DARK = 0.04, 0.5
_ZOOM = 2.0
_SEEN = 14  # of 255: darkest against lightest spot of a word's box
_LAYER = 0.5  # share of a page that a picture covers where words without ink are a scanner's
_COVERS = ("fill-path", "fill-image", "fill-shade")
_LEAST_HIGH = 2.0  # points: a thinner one is a rule
_MOSTLY = 0.6  # share of a run of text that something must cover
_QUOTED = 120  # characters of it in a warning
_BAND, _MOST_BANDS = 24.0, 200


@dataclass(frozen=True, slots=True)
class Suspect:
    """A run of text that may be hidden, as shown on the page; ``sure`` where no look at the page is needed."""

    box: Box
    text: str
    why: str
    sure: bool
    light: bool = False


def suspects_of(spans: Iterable[dict[str, Any]], turn: Turn | None, fills: Sequence[Fill]) -> list[Suspect]:
    """The runs of text that may be hidden by how they are painted.

    Args:
        spans: Of PyMuPDF's text page, with colour, opacity, size and marks.
        turn: From the library's coordinates to the page as shown.
        fills: What the page paints in one colour.
    """
    greys = sorted({round(fill.grey, 2) for fill in fills if fill.grey < _LIGHT / 255})
    alike: dict[int, bool] = {}
    found = []
    for span in spans:
        why, sure = "", True
        colour = span["color"]
        if span["alpha"] < _FAINT or not span["char_flags"] & _PAINTED:
            why = "no ink"
        elif span["size"] < _TINY:
            why = "too small to be read"
        else:
            sure = False
            if colour not in alike:
                grey = _grey(colour)
                alike[colour] = grey >= _LIGHT / 255 or any(abs(grey - other) < _SAME_GREY for other in greys)
            if alike[colour]:
                why = "in the colour of what is behind it"
        if why and any(character.isalnum() for character in span["text"]):
            found.append(
                Suspect(turn(*span["bbox"]) if turn else Box(*span["bbox"]), span["text"], why, sure, _grey(colour) >= _LIGHT / 255)
            )
    return found


def told(page: int, hidden: HiddenText) -> str:
    """The warning about a hidden text: where, why, and how it begins."""
    return f"hidden text on page {page}, {hidden.why}, is left out: “{textwrap.shorten(hidden.text, _QUOTED, placeholder=' …')}”"


def doubts_of(page: RawPage) -> Iterable[Doubt]:
    """The hidden texts of a page as the document keeps them: readable, marked, with their places."""
    for hidden in page.hidden:
        yield Doubt(Source(page.origin.document, page.number, hidden.box, page.origin.reader), hidden.text, f"{HIDDEN_TEXT} ({hidden.why})")


def _grey(colour: int) -> float:
    return (0.299 * (colour >> 16 & 255) + 0.587 * (colour >> 8 & 255) + 0.114 * (colour & 255)) / 255


def take_out(
    page: pymupdf.Page,
    words: Sequence[Word],
    suspects: Sequence[Suspect],
    turn: Turn | None,
    fills: Sequence[Fill],
    images: Sequence[Box],
) -> tuple[list[Word], tuple[HiddenText, ...]]:
    """The words that are seen, and the texts that are not."""
    area = float(page.rect.width * page.rect.height)
    is_scan = sum(image.area for image in images) > _LAYER * area
    hidden: dict[int, str] = {}
    look: dict[int, str] = {}
    for suspect in suspects:
        for at in _within(suspect, words):
            if suspect.sure and not (is_scan and suspect.why == "no ink"):
                hidden[at] = suspect.why
            elif not suspect.sure and not (suspect.light and _on_dark(words[at], fills)):
                look[at] = suspect.why
    for at, sure in _covered(page, words, turn, fills, () if is_scan else images).items():
        (hidden if sure else look).setdefault(at, "under something painted over it")
    unseen = [at for at in look if at not in hidden]
    hidden |= {at: look[at] for at in _without_contrast(page, words, unseen)}
    if not hidden:
        return list(words), ()
    return [word for at, word in enumerate(words) if at not in hidden], tuple(_together(words, hidden))


def _within(suspect: Suspect, words: Sequence[Word]) -> list[int]:
    x0, top, x1, bottom = suspect.box
    return [
        at
        for at, word in enumerate(words)
        if x0 - 0.5 <= (word.x0 + word.x1) / 2 <= x1 + 0.5 and top - 0.5 <= (word.top + word.bottom) / 2 <= bottom + 0.5
        if word.text in suspect.text or not suspect.text.isascii()
    ]


def _on_dark(word: Word, fills: Sequence[Fill]) -> bool:
    """Whether light text stands on dark fills and nothing else, as heads of tables do: seen, without a look."""
    behind = [
        fill.grey for fill in fills if fill.x0 <= word.x0 and fill.x1 >= word.x1 and fill.top <= word.top and fill.bottom >= word.bottom
    ]
    return bool(behind) and max(behind) < _DARK


def _covered(page: pymupdf.Page, words: Sequence[Word], turn: Turn | None, fills: Sequence[Fill], images: Sequence[Box]) -> dict[int, bool]:
    """Words over which something is painted later: by index, and whether that needs no look (a picture without a mask)."""
    if not fills and not images:
        return {}
    bands: dict[int, list[tuple[str, Box]]] = defaultdict(list)  # what is painted later, by strips of the page
    over: list[tuple[Box, Box, bool]] = []
    for kind, edges in reversed(page.get_bboxlog()):
        x0, top, x1, bottom = edges
        if kind in _COVERS:
            if bottom - top >= _LEAST_HIGH and x1 - x0 >= _LEAST_HIGH:
                for band in range(int(top // _BAND), min(int(bottom // _BAND), _MOST_BANDS) + 1):
                    bands[band].append((kind, Box(x0, top, x1, bottom)))
        elif bands and kind.endswith("-text"):
            middle = (top + bottom) / 2
            later = [
                (what, box)
                for what, box in bands.get(int(middle // _BAND), ())
                if box.top <= middle <= box.bottom
                and _share(box.x0, box.x1, x0, x1) > _MOSTLY
                and _share(box.top, box.bottom, top, bottom) > _MOSTLY
            ]
            over += [(Box(*edges), box, what == "fill-image") for what, box in later]
    if not over:
        return {}
    opaque = not any(image[1] for image in page.get_images())  # a picture with a mask may let through what is behind it
    found: dict[int, bool] = {}
    for text, cover, by_image in over:
        drawn, painted = (turn(*text), turn(*cover)) if turn else (text, cover)
        for at, word in enumerate(words):
            x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
            if drawn.holds_point(x, y) and painted.holds_point(x, y):
                found[at] = found.get(at, False) or (by_image and opaque)
    return found


def _share(low: float, high: float, first: float, last: float) -> float:
    """How much of the stretch from ``first`` to ``last`` lies between ``low`` and ``high``."""
    return (min(high, last) - max(low, first)) / max(last - first, 0.1)


def _without_contrast(page: pymupdf.Page, words: Sequence[Word], at: Sequence[int]) -> list[int]:
    """Which of these words leave no trace on the page as drawn."""
    if not at:
        return []
    import pymupdf

    boxes = [words[number].box for number in at]
    clip = pymupdf.Rect(
        min(box.x0 for box in boxes) - 1,
        min(box.top for box in boxes) - 1,
        max(box.x1 for box in boxes) + 1,
        max(box.bottom for box in boxes) + 1,
    )
    picture = page.get_pixmap(matrix=pymupdf.Matrix(_ZOOM, _ZOOM), colorspace=pymupdf.csGRAY, clip=clip, alpha=False)
    samples, stride, left, top = picture.samples_mv, picture.stride, picture.x, picture.y
    unseen = []
    for number, box in zip(at, boxes, strict=True):
        x0, x1 = (max(0, min(picture.width, round(x * _ZOOM) - left)) for x in (box.x0, box.x1))
        y0, y1 = (
            max(0, min(picture.height, round(y * _ZOOM) - top)) for y in (box.top + box.height * 0.15, box.bottom - box.height * 0.15)
        )
        spots = b"".join(bytes(samples[y * stride + x0 : y * stride + x1]) for y in range(y0, y1))
        if spots and max(spots) - min(spots) < _SEEN:
            unseen.append(number)
    return unseen


def _together(words: Sequence[Word], hidden: dict[int, str]) -> Iterable[HiddenText]:
    """Hidden words one after another in the file, as one text."""
    run: list[int] = []
    for at in [*sorted(hidden), -1]:
        if run and (at != run[-1] + 1 or hidden[at] != hidden[run[-1]]):
            boxes = [words[number].box for number in run]
            yield HiddenText(
                Box(
                    min(box.x0 for box in boxes),
                    min(box.top for box in boxes),
                    max(box.x1 for box in boxes),
                    max(box.bottom for box in boxes),
                ),
                " ".join(words[number].text for number in run),
                hidden[run[0]],
            )
            run = []
        run.append(at)
