"""The default reader: PyMuPDF's text page, turned into `Word` tuples with as little work per word as Python allows.

Words and their boxes come from one call, font size and weight from a second one over the same text page, so that a
page is interpreted once. Drawings take one more interpretation: collecting them in the text page would be free, but
a fill between two glyphs then cuts the word that holds them.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Any

from finlens.documents import Box, Origin, Word
from finlens.extract.base import Fill, HiddenText, RawPage, Rule
from finlens.extract.characters import THIN_SPACES, clean, groups_digits, is_odd, unmapped_share
from finlens.extract.drawings import Turn, collect_drawings, image_boxes
from finlens.extract.hidden import suspects_of, take_out, told
from finlens.extract.pdf_file import collect_warnings, open_pdf, pages_asked, sha256_of

if TYPE_CHECKING:
    import pymupdf

# Keep white space as printed (a no-break space inside a number is no word break), clip to the page. Ligatures come
# apart, and a glyph of unknown meaning becomes U+FFFD, not its glyph number: a wrong digit would look like a right one.
_FLAGS = 2 | 64
_BOLD_FONT, _BOLD_CHARACTER, _PAINTED = 16, 8, 16 | 32
_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_THIN_SPACE = re.compile(f"[{THIN_SPACES}]")
_GROUPING_SPACE = re.compile(rf"\d[\u00a0{THIN_SPACES}]\d")
_BLOCK_AND_LINE = itemgetter(5, 6)
_BREAKS = re.compile(f"([\\s{THIN_SPACES}]+)")

_RawWord = tuple[float, float, float, float, str, int, int, int]
_Span = dict[str, Any]


class PyMuPDFReader:
    """Words with size and weight, rules, fills, images; exact boxes; about 200 pages a second."""

    name = "pymupdf"

    def read(
        self,
        path: Path,
        *,
        pages: Sequence[int] | None = None,
        password: str | None = None,
        drawings: bool = True,
        looks: bool = True,
    ) -> Iterator[RawPage]:
        """Yield pages as a viewer shows them. See `PageReader`; a page that cannot be read comes empty, with a warning.

        Raises:
            InputError: the file cannot be opened.
        """
        document_id = sha256_of(path)
        with open_pdf(path, password) as document:
            for number in pages_asked(pages, document.page_count):
                yield read_page(document, number, Origin(document_id, number, self.name), drawings=drawings, looks=looks)


def read_page(document: pymupdf.Document, number: int, origin: Origin, *, drawings: bool, looks: bool = True) -> RawPage:
    """One page of an open document."""
    import pymupdf

    failures = (RuntimeError, ValueError, IndexError, pymupdf.mupdf.FzErrorBase)
    rules: list[Rule] = []
    fills: list[Fill] = []
    curves: list[Box] = []
    images: list[Box] = []
    outlines = 0
    trouble: list[str] = []
    hidden: tuple[HiddenText, ...] = ()
    try:
        page = document[number - 1]
        width, height, rotation = float(page.rect.width), float(page.rect.height), int(page.rotation)
        turn = _turn(page) if rotation else None
        with _no_collection():
            words, spans, invisible, unmapped = _words(page, origin, turn, looks=looks)
    except failures as exc:
        return RawPage(number, 0.0, 0.0, origin, warnings=(f"page {number} cannot be read: {_first_line(exc)}", *collect_warnings()))
    if drawings:
        try:
            outlines = collect_drawings(page, turn, rules, fills, curves)
            images = image_boxes(page, turn, look_closely=2 * invisible >= len(words))
            words, hidden = take_out(page, words, suspects_of(spans, turn, fills), turn, fills, images)
            if hidden and 2 * invisible >= len(words):
                invisible = 0
        except failures as exc:
            trouble.append(f"the drawings of page {number} cannot be read: {_first_line(exc)}")
    return RawPage(
        number,
        width,
        height,
        origin,
        words,
        tuple(rules),
        tuple(fills),
        tuple(images),
        rotation,
        invisible,
        unmapped,
        outlines,
        tuple(curves),
        (*trouble, *(told(number, one) for one in hidden), *collect_warnings()),
        hidden,
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Words hold no cycles, and looking for some after every 700 of them costs a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _first_line(exc: BaseException) -> str:
    return (str(exc).splitlines() or [type(exc).__name__])[0][:200]


def _turn(page: pymupdf.Page) -> Turn:
    """From the library's coordinates, which ignore rotation, to the page as shown."""
    a, b, c, d, e, f = page.rotation_matrix

    def turn(x0: float, top: float, x1: float, bottom: float) -> Box:
        left, right = sorted((a * x0 + c * top + e, a * x1 + c * bottom + e))
        above, below = sorted((b * x0 + d * top + f, b * x1 + d * bottom + f))
        return Box(left, above, right, below)

    return turn


def _words(page: pymupdf.Page, origin: Origin, turn: Turn | None, *, looks: bool) -> tuple[list[Word], list[_Span], int, float]:
    """The page's words in the order of the file, their runs, how many are invisible, and the share of unmapped characters."""
    text_page = page.get_textpage(flags=_FLAGS)
    raw: list[_RawWord] = text_page.extractWORDS()
    if not raw:
        return [], [], 0, 0.0
    joined = "".join([word[4] for word in raw])
    thin_spaces = _THIN_SPACE.search(joined) is not None
    if thin_spaces:
        raw = text_page.extractWORDS(THIN_SPACES + "\u00a0")
    blocks: dict[int, list[_Span]] = {}
    if looks or thin_spaces or "\u00a0" in text_page.extractText():
        blocks = {block["number"]: block["lines"] for block in text_page.extractDICT()["blocks"] if block["type"] == 0}
    spans = [span for lines in blocks.values() for line in lines for span in line["spans"]]
    grouped = _GROUPING_SPACE.search("".join([span["text"] for span in spans])) is not None
    words, invisible = _styled(raw, blocks, origin, grouped=grouped)
    unmapped = 0.0
    if is_odd(joined):
        words = _cleaned(words)
        unmapped = unmapped_share(word.text for word in words)
    if _is_doubled(spans) if blocks else len({(word[4], int(word[0] / 2), int(word[1] / 2)) for word in raw}) < len(raw):
        words = _once(words)
    if turn:
        words = [word._replace(**turn(word.x0, word.top, word.x1, word.bottom)._asdict()) for word in words]
    return words, spans, invisible, unmapped


def _styled(raw: list[_RawWord], blocks: dict[int, list[_Span]], origin: Origin, *, grouped: bool) -> tuple[list[Word], int]:
    """Words with size and weight, and how many are painted with no ink. ``grouped``: numbers may hold no-break spaces."""
    words: list[Word] = []
    make = tuple.__new__  # what Word(...) does, without the call of a Python function for each of a report's 300,000
    once = dict[float, float]().setdefault  # words of a line share edges, and of a report texts: a third less to keep
    invisible = 0
    size, bold, ink = 0.0, False, True
    for (block, line), group in groupby(raw, _BLOCK_AND_LINE):
        line_words = list(group)
        x0, top = line_words[0][:2]
        spans = _spans(blocks.get(block, ()), line, x0, top)
        first = len(words)
        if len(spans) > 1:
            for x0, top, x1, bottom, text, _, _, _ in line_words:
                size, bold, ink = _style(_span_at(spans, (x0 + x1) / 2, top, bottom))
                words.append(make(Word, (intern(text), x0, once(top, top), x1, once(bottom, bottom), origin, 1.0, size, bold)))
                invisible += not ink
        else:
            if spans:
                size, bold, ink = _style(spans[0])
            words += [
                make(Word, (intern(text), x0, once(top, top), x1, once(bottom, bottom), origin, 1.0, size, bold))
                for x0, top, x1, bottom, text, _, _, _ in line_words
            ]
            invisible += 0 if ink else len(line_words)
        if grouped:
            _join_groups(words, first, spans)
    return words, invisible


def _span_at(spans: list[_Span], middle: float, top: float, bottom: float) -> _Span:
    """The span that a word is in; the first one where none fits."""
    for span in spans:
        left, above, right, below = span["bbox"]
        if left <= middle <= right and above <= bottom and below >= top:
            return span
    return spans[0]


def _is_doubled(spans: list[_Span]) -> bool:
    """Whether some text seems to be drawn twice at one place."""
    texts = [span["text"] for span in spans]
    if len(set(texts)) == len(texts):
        return False
    seen: set[tuple[str, int, int]] = set()
    for span in spans:
        left, above, _, _ = span["bbox"]
        key = (span["text"], int(left / 2), int(above / 2))
        if key in seen and not key[0].isspace():
            return True
        seen.add(key)
    return False


def _spans(lines: Sequence[_Span], index: int, x0: float, top: float) -> list[_Span]:
    """The spans of the line that a word is on; lines outside of the page are counted by one call and not by the other."""
    if index < len(lines):
        left, above, right, below = lines[index]["bbox"]
        if left - 1 <= x0 <= right and above - 1 <= top <= below:
            return lines[index]["spans"]  # type: ignore[no-any-return]
    for line in lines:
        left, above, right, below = line["bbox"]
        if left - 1 <= x0 <= right and above - 1 <= top <= below:
            return line["spans"]  # type: ignore[no-any-return]
    return []


def _style(span: _Span) -> tuple[float, bool, bool]:
    """Size, weight, and whether it leaves ink. Text render mode 3 neither fills nor strokes."""
    marks = span["char_flags"]
    bold = span["flags"] & _BOLD_FONT or marks & _BOLD_CHARACTER or _BOLD_NAME.search(span["font"])
    return span["size"], bool(bold), bool(marks & _PAINTED) and span["alpha"] > 0


def _join_groups(words: list[Word], first: int, spans: list[_Span]) -> None:
    """Make "1", "234" one word again where a no-break space groups the digits of one number; changes ``words``."""
    parts = [part for part in _BREAKS.split("".join(span["text"] for span in spans)) if part]
    texts = [part for part in parts if not _BREAKS.fullmatch(part)]
    if texts != [word.text for word in words[first:]]:
        return
    made: list[Word] = []
    space = ""
    rest = iter(words[first:])
    for part in parts:
        if _BREAKS.fullmatch(part):
            space = part
            continue
        word = next(rest)
        if made and groups_digits(made[-1].text, space, part) and word.x0 - made[-1].x1 < 0.7 * (word.size or 10.0):
            left = made[-1]
            made[-1] = left._replace(
                text=left.text + space + part, x1=max(left.x1, word.x1), top=min(left.top, word.top), bottom=max(left.bottom, word.bottom)
            )
        else:
            made.append(word)
        space = ""
    words[first:] = made


def _cleaned(words: list[Word]) -> list[Word]:
    made = []
    for word in words:
        text = clean(word.text) if is_odd(word.text) else word.text
        if text:
            made.append(word if text is word.text else word._replace(text=text))
    return made


def _once(words: list[Word]) -> list[Word]:
    """Without the copies that some programs print over a word, a hair aside, to make it bold."""
    kept: list[Word] = []
    places: dict[tuple[str, int, int], tuple[float, float]] = {}
    for word in words:
        column, row = int(word.x0 / 2), int(word.top / 2)
        near = (places.get((word.text, x, y)) for x in (column - 1, column, column + 1) for y in (row - 1, row, row + 1))
        if any(place and abs(place[0] - word.x0) < 1 and abs(place[1] - word.top) < 1 for place in near):
            continue
        places[word.text, column, row] = (word.x0, word.top)
        kept.append(word)
    return kept
