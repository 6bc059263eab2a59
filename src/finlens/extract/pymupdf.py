"""The default reader: PyMuPDF's text page, turned into `Word` tuples with as little work per word as Python allows.

Words and their boxes come from one call, font size and weight from a second one over the same text page, so that a
page is interpreted once. Drawings take one more interpretation: collecting them in the text page would be free, but
a fill between two glyphs then cuts the word that holds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finlens.documents import Box, Origin, Word
from finlens.extract.base import Fill, RawPage, Rule
from finlens.extract.characters import THIN_SPACES, clean, groups_digits, is_odd, unmapped_share
from finlens.extract.pdf_file import collect_warnings, open_pdf, pages_asked, sha256_of

if TYPE_CHECKING:
    import pymupdf

# Keep white space as printed (a no-break space inside a number is no word break), clip to the page. Ligatures come
# apart, and a glyph of unknown meaning becomes U+FFFD, not its glyph number: a wrong digit would look like a right one.
_FLAGS = 2 | 64
_BOLD_FONT, _BOLD_CHARACTER, _PAINTED = 16, 8, 16 | 32
_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_THIN_SPACE = re.compile(f"[{THIN_SPACES}]")
_BREAKS = re.compile(f"([\\s{THIN_SPACES}]+)")
_THIN = 3.0
_WHITE = 0.97
MAX_CURVES = 2_000
MAX_DRAWINGS = 100_000
"""A page with more paths than this is a map or a plan: its rules say nothing about tables."""

_RawWord = tuple[float, float, float, float, str, int, int, int]
_Span = dict[str, Any]
_Turn = Callable[[float, float, float, float], Box]


class PyMuPDFReader:
    """Words with size and weight, rules, fills, images; exact boxes; about 200 pages a second."""

    name = "pymupdf"

    def read(
        self, path: Path, *, pages: Sequence[int] | None = None, password: str | None = None, drawings: bool = True
    ) -> Iterator[RawPage]:
        """Yield pages as a viewer shows them. See `PageReader`; a page that cannot be read comes empty, with a warning.

        Raises:
            InputError: the file cannot be opened.
        """
        document_id = sha256_of(path)
        with open_pdf(path, password) as document:
            for number in pages_asked(pages, document.page_count):
                yield read_page(document, number, Origin(document_id, number, self.name), drawings=drawings)


def read_page(document: pymupdf.Document, number: int, origin: Origin, *, drawings: bool) -> RawPage:
    """One page of an open document."""
    import pymupdf

    failures = (RuntimeError, ValueError, IndexError, pymupdf.mupdf.FzErrorBase)
    rules: list[Rule] = []
    fills: list[Fill] = []
    curves: list[Box] = []
    images: list[Box] = []
    outlines = 0
    trouble: list[str] = []
    try:
        page = document[number - 1]
        width, height, rotation = float(page.rect.width), float(page.rect.height), int(page.rotation)
        turn = _turn(page) if rotation else None
        words, invisible, unmapped = _words(page, origin, turn)
    except failures as exc:
        return RawPage(number, 0.0, 0.0, origin, warnings=(f"page {number} cannot be read: {_first_line(exc)}", *collect_warnings()))
    if drawings:
        try:
            outlines = _drawings(page, turn, rules, fills, curves)
            images = _images(page, turn, look_closely=not words)
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
        (*trouble, *collect_warnings()),
    )


def _first_line(exc: BaseException) -> str:
    return (str(exc).splitlines() or [type(exc).__name__])[0][:200]


def _turn(page: pymupdf.Page) -> _Turn:
    """From the library's coordinates, which ignore rotation, to the page as shown."""
    a, b, c, d, e, f = page.rotation_matrix

    def turn(x0: float, top: float, x1: float, bottom: float) -> Box:
        left, right = sorted((a * x0 + c * top + e, a * x1 + c * bottom + e))
        above, below = sorted((b * x0 + d * top + f, b * x1 + d * bottom + f))
        return Box(left, above, right, below)

    return turn


def _words(page: pymupdf.Page, origin: Origin, turn: _Turn | None) -> tuple[list[Word], int, float]:
    """The page's words in the order of the file, how many are invisible, and the share of unmapped characters."""
    text_page = page.get_textpage(flags=_FLAGS)
    raw: list[_RawWord] = text_page.extractWORDS()
    if not raw:
        return [], 0, 0.0
    joined = "".join([word[4] for word in raw])
    if _THIN_SPACE.search(joined):
        raw = text_page.extractWORDS(THIN_SPACES + "\u00a0")
    lines = {block["number"]: block["lines"] for block in text_page.extractDICT()["blocks"] if block["type"] == 0}
    words, invisible, doubled = _styled(raw, lines, origin)
    unmapped = 0.0
    if is_odd(joined):
        words = _cleaned(words)
        unmapped = unmapped_share(word.text for word in words)
    if doubled:
        words = _once(words)
    if turn:
        words = [word._replace(**turn(word.x0, word.top, word.x1, word.bottom)._asdict()) for word in words]
    return words, invisible, unmapped


def _styled(raw: list[_RawWord], blocks: dict[int, list[_Span]], origin: Origin) -> tuple[list[Word], int, bool]:
    """Words with size and weight, how many are painted with no ink, and whether some text seems to be drawn twice."""
    words: list[Word] = []
    append, make = words.append, tuple.__new__
    seen: set[tuple[str, int, int]] = set()
    invisible, doubled = 0, False
    block = line = -1
    first = 0  # index in ``words`` of the line's first word
    spans: list[_Span] = []
    size, bold, ink = 0.0, False, True
    several = groups = False
    for x0, top, x1, bottom, text, of_block, of_line, _ in raw:
        if of_line != line or of_block != block:
            if groups:
                _join_groups(words, first, spans)
            block, line, first = of_block, of_line, len(words)
            spans = _spans(blocks.get(block, ()), line, x0, top)
            several, groups = len(spans) > 1, False
            for span in spans:
                text_of_span = span["text"]
                groups = groups or "\u00a0" in text_of_span or _THIN_SPACE.search(text_of_span) is not None
                left, above, _, _ = span["bbox"]
                key = (text_of_span, int(left / 2), int(above / 2))
                doubled = doubled or (key in seen and not text_of_span.isspace())
                seen.add(key)
            if spans:
                size, bold, ink = _style(spans[0])
        if several:
            middle = (x0 + x1) / 2
            for span in spans:
                left, above, right, below = span["bbox"]
                if left <= middle <= right and above <= bottom and below >= top:
                    size, bold, ink = _style(span)
                    break
        if not ink:
            invisible += 1
        append(make(Word, (text, x0, top, x1, bottom, origin, 1.0, size, bold)))
    if groups:
        _join_groups(words, first, spans)
    return words, invisible, doubled


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


def _drawings(page: pymupdf.Page, turn: _Turn | None, rules: list[Rule], fills: list[Fill], curves: list[Box]) -> int:
    """Add the page's rules, fills and curved shapes to the lists; how many filled curves it draws."""
    width, height = page.rect.width, page.rect.height
    outlines = 0
    paths = page.get_cdrawings()
    if len(paths) > MAX_DRAWINGS:
        return sum(1 for path in paths if "f" in path["type"])
    for path in paths:
        filled = "f" in path["type"] and path.get("fill") is not None and path.get("fill_opacity", 1.0) > 0
        stroked = "s" in path["type"] and path.get("color") is not None and path.get("stroke_opacity", 1.0) > 0
        half = (path.get("width") or 0.0) / 2 if stroked else 0.0
        grey = _grey(path["fill"]) if filled else 0.0
        stroked = stroked and _grey(path["color"]) < _WHITE
        bends = 0
        for item in path["items"]:
            kind = item[0]
            if kind == "l":
                if stroked:
                    (x0, y0), (x1, y1) = item[1], item[2]
                    _add_line(rules, turn, x0, y0, x1, y1, half)
            elif kind == "c":
                bends += 1
            else:
                box = item[1] if kind == "re" else _around(item[1])
                if filled:
                    _add_area(rules, fills, turn, box, grey, width * height)
                if stroked:
                    _add_sides(rules, turn, box, half)
        if filled and bends > 1:
            outlines += 1
        if bends and len(curves) < MAX_CURVES:
            curves.append(turn(*path["rect"]) if turn else Box(*path["rect"]))
        if filled and not bends and all(item[0] == "l" for item in path["items"]):
            _add_area(rules, fills, turn, path["rect"], grey, width * height, thin_only=len(path["items"]) > 4)
    return outlines


def _add_line(rules: list[Rule], turn: _Turn | None, x0: float, y0: float, x1: float, y1: float, half: float) -> None:
    """A stroked line, when it is level or upright and long enough to be seen."""
    if half > _THIN or (abs(x1 - x0) > 1 and abs(y1 - y0) > 1) or abs(x1 - x0) + abs(y1 - y0) < 1:
        return
    left, right, above, below = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if right - left >= below - above:
        above, below = (above + below) / 2 - half, (above + below) / 2 + half
    else:
        left, right = (left + right) / 2 - half, (left + right) / 2 + half
    rules.append(Rule(*turn(left, above, right, below)) if turn else Rule(left, above, right, below))


def _add_sides(rules: list[Rule], turn: _Turn | None, box: Sequence[float], half: float) -> None:
    """The four sides of a stroked rectangle."""
    x0, top, x1, bottom = box
    if min(x1 - x0, bottom - top) < 1:  # drawn around nothing: one rule
        _add_line(rules, turn, x0, top, x1, bottom, half)
        return
    for line in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
        _add_line(rules, turn, *line, half)


def _add_area(
    rules: list[Rule],
    fills: list[Fill],
    turn: _Turn | None,
    box: Sequence[float],
    grey: float,
    page_area: float,
    *,
    thin_only: bool = False,
) -> None:
    """A filled rectangle: a rule where it is thin, else a band, unless it is the paper itself."""
    x0, top, x1, bottom = turn(*box) if turn else box
    width, height = x1 - x0, bottom - top
    if min(width, height) < _THIN:
        if max(width, height) >= 1 and grey < _WHITE:
            rules.append(Rule(x0, top, x1, bottom))
    elif not thin_only and width * height < 0.8 * page_area:
        fills.append(Fill(x0, top, x1, bottom, grey))


def _grey(colour: Sequence[float]) -> float:
    """How light a colour is: 0 black to 1 white."""
    if len(colour) == 3:
        return float(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
    if len(colour) == 4:
        return float((1 - colour[3]) * (1 - sum(colour[:3]) / 3))
    return float(colour[0]) if colour else 0.0


def _around(quad: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    xs, ys = [point[0] for point in quad], [point[1] for point in quad]
    return min(xs), min(ys), max(xs), max(ys)


def _images(page: pymupdf.Page, turn: _Turn | None, *, look_closely: bool) -> list[Box]:
    """Where pictures stand, cut at the page's edge. Pictures written into the page itself are looked for only when asked."""
    if not look_closely and not page.get_images():
        return []
    paper = Box(0.0, 0.0, float(page.rect.width), float(page.rect.height))
    boxes = []
    for info in page.get_image_info():
        box = turn(*info["bbox"]) if turn else Box(*info["bbox"])
        seen = box.intersection(paper)
        if seen and min(seen.width, seen.height) >= 4:
            boxes.append(seen)
    return boxes
