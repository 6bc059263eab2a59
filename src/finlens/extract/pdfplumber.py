"""An alternative reader: pdfplumber, which shows every character it takes. About 1.4 pages a second.

Its boxes are as exact as pdfminer's font metrics. It does not tell invisible text from printed text, and cannot say
which characters lack a meaning other than by pdfminer's own "(cid:12)".
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from finlens.documents import Box, Origin, Word
from finlens.errors import FileDamaged, PasswordRequired, PasswordWrong
from finlens.extract.base import Fill, RawPage, Rule
from finlens.extract.characters import NO_BREAK, clean, groups_digits, unmapped_share
from finlens.extract.pdf_file import pages_asked, sha256_of

_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_THIN = 3.0


class PdfplumberReader:
    """Words with size and weight, rules, fills, images; slow and thorough."""

    name = "pdfplumber"

    def read(
        self,
        path: Path,
        *,
        pages: Sequence[int] | None = None,
        password: str | None = None,
        drawings: bool = True,
        looks: bool = True,
    ) -> Iterator[RawPage]:
        """Yield pages as a viewer shows them. See `PageReader`.

        Raises:
            InputError: the file cannot be opened.
        """
        document_id = sha256_of(path)
        with _open(path, password) as document:
            try:
                count = len(document.pages)
            except _failures() as exc:
                raise _damaged(path, exc) from exc
            if not count:
                raise FileDamaged(f"{path.name} has no pages.", why="Its page tree is empty or broken.", hint="Try --reader pymupdf.")
            for number in pages_asked(pages, count):
                origin = Origin(document_id, number, self.name)
                page = document.pages[number - 1]
                try:
                    yield _read_page(page, number, origin, drawings=drawings)
                except _failures() as exc:
                    yield RawPage(number, 0.0, 0.0, origin, warnings=(f"page {number} cannot be read: {exc}",))
                page.close()  # pdfplumber keeps every character of a page otherwise


def _failures() -> tuple[type[Exception], ...]:
    """What pdfminer raises on damaged files: its own errors and those that it lets through."""
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    return (
        PSException,
        PdfminerException,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        RecursionError,
        OSError,
    )


def _open(path: Path, password: str | None) -> Any:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # else Python prints its warnings to stderr
    try:
        return pdfplumber.open(path, password=password or "", unicode_norm=None)
    except _failures() as exc:
        if isinstance(exc, PDFPasswordIncorrect) or any(isinstance(cause, PDFPasswordIncorrect) for cause in exc.args):
            if password is None:
                raise PasswordRequired(
                    f"{path.name} is encrypted.", why="It opens with a password only.", hint="Give it with --password."
                ) from exc
            raise PasswordWrong(
                f"The password does not open {path.name}.", why="Neither the user's nor the owner's.", hint="Check its spelling."
            ) from exc
        raise _damaged(path, exc) from exc


def _damaged(path: Path, exc: Exception) -> FileDamaged:
    return FileDamaged(
        f"{path.name} cannot be opened.", why=f"It is cut off or damaged ({type(exc).__name__}: {exc}).", hint="Try --reader pymupdf."
    )


def _read_page(page: Any, number: int, origin: Origin, *, drawings: bool) -> RawPage:
    x_off, y_off, right, bottom = (float(value) for value in page.cropbox)  # pdfplumber's page is the media box
    width, height = right - x_off, bottom - y_off

    def place(item: dict[str, Any]) -> Box:
        return Box(float(item["x0"]) - x_off, float(item["top"]) - y_off, float(item["x1"]) - x_off, float(item["bottom"]) - y_off)

    words = _words(page, origin, place, width, height)
    rules: list[Rule] = []
    fills: list[Fill] = []
    images: list[Box] = []
    outlines = 0
    if drawings:
        rules += [Rule(*place(line)) for line in page.lines if line["width"] < 1 or line["height"] < 1]
        for rect in (*page.rects, *filter(_is_rectangle, page.curves)):
            box = place(rect)
            if min(box.width, box.height) < _THIN:
                rules.append(Rule(*box))
                continue
            if rect.get("fill") and box.area < 0.8 * width * height:
                fills.append(Fill(*box, _grey(rect.get("non_stroking_color"))))
            if rect.get("stroke"):
                rules += [
                    Rule(box.x0, box.top, box.x1, box.top),
                    Rule(box.x0, box.bottom, box.x1, box.bottom),
                    Rule(box.x0, box.top, box.x0, box.bottom),
                    Rule(box.x1, box.top, box.x1, box.bottom),
                ]
        paper = Box(0.0, 0.0, width, height)
        seen = (place(image).intersection(paper) for image in page.images)
        images = [box for box in seen if box and min(box.width, box.height) >= 4]
        outlines = sum(1 for curve in page.curves if curve.get("fill") and not _is_rectangle(curve))
    share = unmapped_share(word.text for word in words)
    cleaned = [word._replace(text=text) for word in words if (text := clean(word.text))]
    return RawPage(
        number, width, height, origin, cleaned, tuple(rules), tuple(fills), tuple(images), int(page.rotation or 0), 0, share, outlines
    )


def _words(page: Any, origin: Origin, place: Any, width: float, height: float) -> list[Word]:
    words: list[Word] = []
    directions = _directions(page)
    # The "size" of a character that lies on its side is its own width, so it would part every letter from the next.
    lying = "char_dir_rotated" in directions
    options: dict[str, Any] = {"x_tolerance_ratio": 0.2, "extra_attrs": ["fontname"] if lying else ["fontname", "size"]}
    for found in page.dedupe_chars().extract_words(use_text_flow=not directions, **options, **directions):
        box: Box = place(found)
        if box.x1 < 0 or box.bottom < 0 or box.x0 > width or box.top > height:
            continue
        words.append(
            Word(
                str(found["text"]), *box, origin, 1.0, float(found.get("size", box.width)), bool(_BOLD_NAME.search(str(found["fontname"])))
            )
        )
    spaces = [(char["text"], place(char)) for char in page.chars if char["text"] and char["text"] in NO_BREAK]
    return _grouped(words, spaces) if spaces else words


def _is_rectangle(curve: dict[str, Any]) -> bool:
    """Whether a "curve" is only a rectangle that was drawn line by line."""
    corners = {(round(float(x)), round(float(y))) for x, y in curve["pts"]}
    return len(curve["pts"]) <= 6 and len(corners) == 4 and len({x for x, _ in corners}) == 2 and len({y for _, y in corners}) == 2


def _directions(page: Any) -> dict[str, str]:
    """How text that does not stand upright runs on this page, as pdfplumber wants to be told."""
    turned = next((char for char in page.chars if not char["upright"]), None)
    if turned is not None:
        down = turned["matrix"][1] < 0
        return {"char_dir_rotated": "ttb", "line_dir_rotated": "rtl"} if down else {"char_dir_rotated": "btt", "line_dir_rotated": "ltr"}
    upside_down = bool(page.chars) and all(char["matrix"][0] < 0 for char in page.chars)
    return {"char_dir": "rtl", "line_dir": "btt"} if upside_down else {}


def _grouped(words: list[Word], spaces: list[tuple[str, Box]]) -> list[Word]:
    """Digits of one number together again: pdfplumber cuts words at no-break spaces as at any other."""
    made: list[Word] = []
    for word in words:
        left = made[-1] if made else None
        if left and abs(left.top - word.top) < 1 and 0 <= word.x0 - left.x1 < 0.7 * word.size:
            between = [
                text for text, box in spaces if left.x1 - 0.5 <= box.x_middle <= word.x0 + 0.5 and left.top <= box.y_middle <= left.bottom
            ]
            if len(between) == 1 and groups_digits(left.text, between[0], word.text):
                made[-1] = left._replace(text=left.text + between[0] + word.text, x1=word.x1)
                continue
        made.append(word)
    return made


def _grey(colour: Any) -> float:
    if not isinstance(colour, (tuple, list)):
        return float(colour) if isinstance(colour, (int, float)) else 0.0
    if len(colour) == 3:
        return float(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
    return float(colour[0]) if len(colour) == 1 and isinstance(colour[0], (int, float)) else 0.0
