"""An alternative reader without compiled code: pypdf's text state, followed operator by operator.

Approximate where it must be. pypdf says where a string starts and how far it moves the pen; tops and
bottoms are taken from the font size, and where a font's codes are no characters a word inside of a string gets its
share of the width by its length. Text inside
of form objects and rotated text are left out. Rectangles and lines are read from the page's own content only.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from finlens.documents import Box, Origin, Word
from finlens.errors import BackendFailed, FileDamaged, PasswordRequired, PasswordWrong
from finlens.extract.base import Fill, RawPage, Rule
from finlens.extract.characters import NO_BREAK, clean, unmapped_share
from finlens.extract.pdf_file import pages_asked, sha256_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_ASCENT, _DESCENT = 0.8, 0.2  # of the font size: what most text fonts come near to
_GAP = 0.15  # of the font size: strings closer than this are one word
_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_PIECES = re.compile(rf"\S*?(?<![\d.,])\d{{1,3}}(?:[{NO_BREAK}]\d{{3}}(?!\d))+\S*|\S+")  # "1 234" of one number, or a word
_THIN = 3.0


class _Run(NamedTuple):
    """A piece without blanks of one string of a content stream: PDF coordinates, y up."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool
    joins: bool  # no blank before it in its string
    ends: bool  # a blank after it in its string


class PypdfReader:
    """Words with approximate boxes, size and weight; no compiled library; about 4 pages a second."""

    name = "pypdf"

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
        with path.open("rb") as file:
            reader = _open(file, path, password)
            try:
                count = len(reader.pages)
            except _failures() as exc:
                raise FileDamaged(
                    f"{path.name} cannot be opened.", why=f"pypdf finds no pages in it ({exc}).", hint="Try --reader pymupdf."
                ) from exc
            for number in pages_asked(pages, count):
                origin = Origin(document_id, number, self.name)
                try:
                    yield _read_page(reader.pages[number - 1], number, origin, drawings=drawings)
                except ImportError as exc:
                    raise BackendFailed(
                        "This version of pypdf does not give the places of words.", why=str(exc), hint="Use --reader pymupdf."
                    ) from exc
                except _failures() as exc:
                    yield RawPage(number, 0.0, 0.0, origin, warnings=(f"page {number} cannot be read: {exc}",))


def _failures() -> tuple[type[Exception], ...]:
    """What pypdf raises on damaged files: its own errors and those that it lets through."""
    from pypdf.errors import PyPdfError

    return (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        RecursionError,
        NotImplementedError,
        OSError,
    )


def _open(file: Any, path: Path, password: str | None) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # else Python prints its warnings to stderr
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            opened = reader.decrypt(password or "")
            if not opened and password is None:
                raise PasswordRequired(f"{path.name} is encrypted.", why="It opens with a password only.", hint="Give it with --password.")
            if not opened:
                raise PasswordWrong(
                    f"The password does not open {path.name}.", why="Neither the user's nor the owner's.", hint="Check its spelling."
                )
    except DependencyError as exc:
        raise BackendFailed(f"pypdf cannot decrypt {path.name}.", why=str(exc), hint="Use --reader pymupdf.") from exc
    except _failures() as exc:
        raise FileDamaged(f"{path.name} cannot be opened.", why=f"It is cut off or damaged ({exc}).", hint="Try --reader pymupdf.") from exc
    return reader


def _read_page(page: PageObject, number: int, origin: Origin, *, drawings: bool) -> RawPage:
    from pypdf.generic import ContentStream

    crop = page.cropbox
    left, right = sorted((float(crop.left), float(crop.right)))
    bottom, top = sorted((float(crop.bottom), float(crop.top)))
    scale = float(page.get("/UserUnit", 1.0))
    rotation = int(page.rotation or 0) % 360
    width, height = (right - left) * scale, (top - bottom) * scale

    def place(x0: float, y0: float, x1: float, y1: float) -> Box:
        """From PDF coordinates to the page as shown."""
        flat = Box((min(x0, x1) - left) * scale, (top - max(y0, y1)) * scale, (max(x0, x1) - left) * scale, (top - min(y0, y1)) * scale)
        if rotation == 90:
            return Box(height - flat.bottom, flat.x0, height - flat.top, flat.x1)
        if rotation == 180:
            return Box(width - flat.x1, height - flat.bottom, width - flat.x0, height - flat.top)
        if rotation == 270:
            return Box(flat.top, width - flat.x1, flat.bottom, width - flat.x0)
        return flat

    contents = page.get_contents()
    operations = ContentStream(contents, page.pdf, "bytes").operations if contents is not None else []
    words = []
    for run in _glued(_runs(page, operations)):
        box = place(run.x0, run.baseline - _DESCENT * run.size, run.x1, run.baseline + _ASCENT * run.size)
        words.append(Word(run.text, *box, origin, 1.0, run.size * scale, run.bold))
    rules: list[Rule] = []
    fills: list[Fill] = []
    if drawings:
        for x0, y0, x1, y1, grey in _areas(operations):
            box = place(x0, y0, x1, y1)
            if min(box.width, box.height) < _THIN:
                rules.append(Rule(*box))
            elif grey is not None and box.area < 0.8 * width * height:
                fills.append(Fill(*box, grey))
    if rotation in (90, 270):
        width, height = height, width
    share = unmapped_share(word.text for word in words)
    return RawPage(number, width, height, origin, words, tuple(rules), tuple(fills), (), rotation, 0, share, 0)


def _runs(page: PageObject, operations: Sequence[tuple[Any, bytes]]) -> Iterator[_Run]:
    """Follow the text state and yield what each shown string that stands upright is made of."""
    from pypdf._text_extraction._layout_mode._fixed_width_page import resolve_font
    from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager

    fonts = page._layout_mode_fonts()
    state = TextStateManager()
    depth = 0
    for operands, operator in operations:
        shown: Sequence[Any] = ()
        if operator == b"q":
            state.add_q()
            depth += 1
        elif operator == b"Q":
            if depth:
                state.remove_q()
                depth -= 1
        elif operator == b"cm":
            state.add_cm(*operands)
        elif operator in (b"BT", b"ET"):
            state.reset_tm()
        elif operator == b"Tf" and len(operands) > 1:
            state.set_font(resolve_font(fonts, operands[0]), float(operands[1]))
        elif operator in (b"Td", b"TD", b"Tm", b"T*", b"'", b'"'):
            state.reset_trm()
            if operator == b"Tm":
                state.reset_tm()
            elif operator == b"TD":
                state.set_state_param(b"TL", -float(operands[1]))
            moved = operator in (b"T*", b"'", b'"')
            state.add_tm([0, -state.TL] if moved else list(operands))
            shown = operands[-1:] if operator in (b"'", b'"') else ()
        elif operator == b"Tj":
            shown = operands[:1]
        elif operator == b"TJ":
            shown = operands[0]
        else:
            state.set_state_param(operator, operands)
        for item in shown:
            if state.font is None:
                continue
            if isinstance(item, (int, float)):
                state.add_trm(state.text_state_params("").displacement_matrix(td_offset=item))
                continue
            at = state.text_state_params(item)
            state.add_trm(at.displacement_matrix())
            if not at.rotated and at.text:
                yield from _pieces(at)


def _pieces(at: Any) -> Iterator[_Run]:
    """The words and parts of words of one shown string."""
    raw, text = at._raw_chars, at.text
    stretch = at.transform[0]

    def pen(index: int) -> float:
        if len(raw) == len(text):
            return float(at.tx + at.word_tx(raw[:index]) * stretch)
        return float(at.tx + (at.displaced_tx - at.tx) * index / len(text))

    bold = bool(_BOLD_NAME.search(at.font.name))
    for match in _PIECES.finditer(text):
        start, end = match.span()
        yield _Run(match.group(), pen(start), pen(end), at.ty, at.font_height, bold, start == 0, end < len(text))


def _glued(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Words: pieces that touch put together, since kerning cuts words into strings."""
    current: _Run | None = None
    for run in runs:
        touches = (
            current is not None
            and run.joins
            and not current.ends
            and abs(run.baseline - current.baseline) < 0.1 * run.size
            and -run.size < run.x0 - current.x1 < _GAP * run.size
        )
        if current is not None and touches:
            current = current._replace(text=current.text + run.text, x1=max(current.x1, run.x1), ends=run.ends)
            continue
        if current is not None:
            yield from _cleaned(current)
        current = run
    if current is not None:
        yield from _cleaned(current)


def _cleaned(run: _Run) -> Iterator[_Run]:
    text = clean(run.text).strip()
    if text:
        yield run._replace(text=text)


def _areas(operations: Sequence[tuple[Any, bytes]]) -> Iterator[tuple[float, float, float, float, float | None]]:
    """Rectangles and straight lines of the page's own content: corners, and the grey of a fill (None: stroked)."""
    from pypdf._text_extraction import mult

    stack: list[tuple[list[float], float]] = []
    matrix, grey = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], 0.0
    pending: list[tuple[float, float, float, float]] = []
    pen = (0.0, 0.0)
    for operands, operator in operations:
        numbers = (
            [float(value) for value in operands] if operator in _NUMERIC and all(isinstance(v, (int, float)) for v in operands) else []
        )
        if operator == b"q":
            stack.append((matrix, grey))
        elif operator == b"Q" and stack:
            matrix, grey = stack.pop()
        elif operator == b"cm" and len(numbers) == 6:
            matrix = mult(numbers, matrix)
        elif operator == b"g" and numbers:
            grey = numbers[0]
        elif operator in (b"rg", b"sc", b"scn") and len(numbers) == 3:
            grey = 0.299 * numbers[0] + 0.587 * numbers[1] + 0.114 * numbers[2]
        elif operator == b"re" and len(numbers) == 4:
            x, y, w, h = numbers
            pending.append((*_moved(matrix, x, y), *_moved(matrix, x + w, y + h)))
        elif operator == b"m" and len(numbers) == 2:
            pen = (numbers[0], numbers[1])
        elif operator == b"l" and len(numbers) == 2:
            pending.append((*_moved(matrix, *pen), *_moved(matrix, *numbers)))
            pen = (numbers[0], numbers[1])
        elif operator in (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"):
            yield from ((*box, grey) for box in pending)
            pending = []
        elif operator in (b"S", b"s"):
            yield from ((*box, None) for box in pending if abs(box[2] - box[0]) < 1 or abs(box[3] - box[1]) < 1)
            pending = []
        elif operator == b"n":
            pending = []


_NUMERIC = frozenset((b"cm", b"g", b"rg", b"sc", b"scn", b"re", b"m", b"l"))


def _moved(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
