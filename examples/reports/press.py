"""The press: pages with running heads, prose in columns, headings, contents. Distances in points, y grows down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.colors import Color, black
from reportlab.pdfgen.canvas import Canvas

from reports.fonts import Faces, width

rl_config.useA85 = 0  # binary streams: a quarter smaller
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class House:
    """How one company's printed matter looks, and what stands on every page of it."""

    title: str
    company: str
    language: str
    size: tuple[float, float]
    faces: Faces
    ink: Color
    band: Color
    continued: str
    margin: float = 54
    prose_size: float = 10
    prose_leading: float = 13.4


@dataclass(slots=True)
class Anchor:
    """An entry of the contents page."""

    title: str
    level: int
    page: int


@dataclass(slots=True)
class Press:
    """A document while it is being set; ``y`` is where the next thing goes on the present page."""

    house: House
    target: BytesIO
    known: Sequence[Anchor] = ()
    """The anchors of an earlier pass: what the contents page prints."""
    anchors: list[Anchor] = field(default_factory=list)
    page: int = 0
    y: float = 0
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.target, pagesize=self.house.size, invariant=1, pageCompression=1, lang=self.house.language)
        self.canvas.setTitle(self.house.title)
        self.canvas.setAuthor(self.house.company)
        self.canvas.setSubject("An invented company: an example document of finlens")
        self.canvas.setCreator("examples/make_reports.py")

    # -- the page ------------------------------------------------------------------------------------------------

    @property
    def left(self) -> float:
        return self.house.margin

    @property
    def right(self) -> float:
        return self.house.size[0] - self.house.margin

    @property
    def bottom(self) -> float:
        return self.house.size[1] - 62

    def new_page(self, *, running: bool = True) -> None:
        """Start a page; the one before is finished."""
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.y = 84 if running else self.house.margin
        if not running:
            return
        faces, foot = self.house.faces, self.house.size[1] - 36
        self.rule(self.left, 52, self.right, 0.4)
        self.rule(self.left, foot - 14, self.right, 0.4)
        self.text(self.left, 46, self.house.company, faces.sans, 7.5)
        self.text(self.right, 46, self.house.title, faces.sans_italic, 7.5, align="right")
        if self.page % 2:
            self.text(self.right, foot, str(self.page), faces.sans_bold, 8.5, align="right")
        else:
            self.text(self.left, foot, str(self.page), faces.sans_bold, 8.5)

    def text(self, x: float, y: float, text: str, face: str, size: float, *, align: str = "left", color: Color = black) -> None:
        """One line of type with its baseline at ``y``."""
        self.canvas.setFont(face, size)
        self.canvas.setFillColor(color)
        draw = {"left": self.canvas.drawString, "right": self.canvas.drawRightString, "center": self.canvas.drawCentredString}[align]
        draw(x, self.house.size[1] - y, text)

    def rule(self, x0: float, y: float, x1: float, weight: float, color: Color = black) -> None:
        self.canvas.setStrokeColor(color)
        self.canvas.setLineWidth(weight)
        self.canvas.line(x0, self.house.size[1] - y, x1, self.house.size[1] - y)

    def upright(self, x: float, y0: float, y1: float, weight: float) -> None:
        self.canvas.setStrokeColor(black)
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, self.house.size[1] - y0, x, self.house.size[1] - y1)

    def fill(self, x0: float, y0: float, x1: float, y1: float, color: Color) -> None:
        self.canvas.setFillColor(color)
        self.canvas.rect(x0, self.house.size[1] - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    # -- headings and contents -----------------------------------------------------------------------------------

    def title(self, text: str, *, sub: str = "", level: int = 1, listed: bool = True) -> None:
        """A section's title, which the contents and the PDF's outline name if ``listed``; ``sub`` stands under it in italics."""
        faces = self.house.faces
        size, lead = ((19, 24), (11.5, 17))[level - 1]
        if listed:
            self.anchor(text, level)
        face = faces.text if level == 1 else faces.sans_bold
        for line in break_lines(text, face, size, self.right - self.left):
            self.text(self.left, self.y, line, face, size, color=self.house.ink)
            self.y += lead
        if sub:
            self.text(self.left, self.y - 5, sub, faces.sans_italic, 8)
            self.y += 11

    def anchor(self, text: str, level: int = 1) -> None:
        """Have the contents name this place without printing anything here."""
        self.anchors.append(Anchor(text, level, self.page))
        key = f"at{len(self.anchors)}"
        self.canvas.bookmarkHorizontal(key, 0, self.house.size[1] - self.y + 20)
        self.canvas.addOutlineEntry(text, key, level - 1, closed=level == 1)

    def contents(self) -> None:
        """The titles of the earlier pass with dotted leaders to their pages."""
        faces = self.house.faces
        for number, anchor in enumerate(self.known, start=1):
            face, size, indent = (faces.text_bold, 11, 0) if anchor.level == 1 else (faces.text, 10, 16)
            self.y += 20 if anchor.level == 1 else 14.5
            self.text(self.left + indent, self.y, anchor.title, face, size)
            self.text(self.right, self.y, str(anchor.page), face, size, align="right")
            start = self.left + indent + width(anchor.title, face, size) + 6
            self.leader(start, self.right - 22, self.y)
            top = self.house.size[1] - self.y
            self.canvas.linkRect("", f"at{number}", (self.left, top - 3, self.right, top + 9), thickness=0)

    def leader(self, x0: float, x1: float, y: float, size: float = 9) -> None:
        """Dots from ``x0`` to ``x1`` that stand under those of the other lines."""
        step = width(" .", self.house.faces.text, size)
        count = int((x1 - x0) / step)
        if count > 1:
            self.text(x1, y, " ." * count, self.house.faces.text, size, align="right")

    # -- prose ---------------------------------------------------------------------------------------------------

    def prose(self, paragraphs: Sequence[str], *, columns: int = 1, size: float | None = None) -> None:
        """Justified paragraphs in balanced columns; ``# `` starts a small heading, ``**`` turns bold on and off."""
        size = size or self.house.prose_size
        leading = round(size * self.house.prose_leading / self.house.prose_size, 1)
        gutter = 20
        measure = (self.right - self.left - gutter * (columns - 1)) / columns
        lines = [line for text in paragraphs for line in self._paragraph(text, size, measure)][:-1]
        # Between columns the lines stay on one grid, so a gap is a whole line there and half a line elsewhere.
        gap = leading if columns > 1 else leading * 0.5
        rows = -(-len(lines) // columns)
        while not _tidy(lines, rows, columns):
            rows += 1
        top = deepest = self.y
        for column in range(columns):
            y = top
            for line in lines[column * rows : (column + 1) * rows]:
                line.draw(self, self.left + column * (measure + gutter), y, measure)
                y += gap if line.gap else leading
            deepest = max(deepest, y)
        if deepest > self.bottom + leading:
            raise ValueError(f"page {self.page}: {rows} lines of prose do not fit under {top:.0f}")
        self.y = deepest + leading * 0.6

    def _paragraph(self, text: str, size: float, measure: float) -> list[Line]:
        faces = self.house.faces
        if text.startswith("# "):
            return [Line(text[2:].replace(SOFT_HYPHEN, ""), faces.sans_bold, size - 0.5, keep=True)]
        lines = break_lines(text, faces.text, size, measure, bold=faces.text_bold)
        made, bold = [], False
        for number, line in enumerate(lines):
            ends = number == len(lines) - 1
            lonely = len(lines) > 1 and ends
            made.append(
                Line(line, faces.text, size, faces.text_bold, bold, justify=not ends, keep=len(lines) > 1 and not number, widow=lonely)
            )
            bold ^= line.count("**") % 2 == 1
        return [*made, Line("", faces.text, size, gap=True)]

    def footnote(self, text: str, *, size: float = 7) -> None:
        """Small type, unjustified, under a table."""
        for line in break_lines(text, self.house.faces.sans, size, self.right - self.left):
            self.text(self.left, self.y, line, self.house.faces.sans, size)
            self.y += size + 2.2

    def save(self) -> None:
        self.canvas.save()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of prose."""

    text: str
    face: str
    size: float
    bold_face: str = ""
    bold: bool = False
    """Whether a run of bold is open where the line starts."""
    justify: bool = False
    keep: bool = False
    """A heading or the first line of a paragraph: it must not end a column."""
    widow: bool = False
    """The last line of a paragraph: it must not start a column."""
    gap: bool = False

    def draw(self, press: Press, x: float, y: float, measure: float) -> None:
        if not self.text:
            return
        words, bold = [], self.bold
        for word in self.text.split(" "):
            if word.startswith("**"):
                bold = True
            words.append((word.replace("**", ""), self.bold_face if bold else self.face))
            if "**" in word[2:] or (word.startswith("**") and word.count("**") == 2):
                bold = False
        natural = sum(width(word, face, self.size) for word, face in words)
        space = width(" ", self.face, self.size)
        if self.justify and len(words) > 1:
            space = (measure - natural) / (len(words) - 1)
        for word, face in words:
            press.text(x, y, word + " ", face, self.size)
            x += width(word, face, self.size) + space


def _tidy(lines: Sequence[Line], rows: int, columns: int) -> bool:
    """Whether columns of that many rows hold everything and none ends or starts with a line that should not stand alone."""
    if rows * columns < len(lines):
        return False
    return not any(lines[cut - 1].keep or lines[cut].gap or lines[cut].widow for cut in range(rows, len(lines), rows))


def break_lines(text: str, face: str, size: float, measure: float, *, bold: str = "") -> list[str]:
    """Break at ordinary spaces and, where a word would leave a hole, at its soft hyphens."""
    lines: list[str] = []
    line = ""
    heavy = bold or face
    room = measure
    for word in text.split(" "):
        trial = f"{line} {word}" if line else word
        if _breadth(trial, face, heavy, size) <= room:
            line = trial
            continue
        parts = word.split(SOFT_HYPHEN)
        for cut in range(len(parts) - 1, 0, -1):
            start = f"{line} {''.join(parts[:cut])}-".strip()
            if _breadth(start, face, heavy, size) <= room:
                lines.append(start)
                line = SOFT_HYPHEN.join(parts[cut:])
                break
        else:
            if line:
                lines.append(line)
            line = word
    return [line.replace(SOFT_HYPHEN, "") for line in [*lines, line]]


def _breadth(text: str, face: str, bold: str, size: float) -> float:
    """Width with the ``**`` marks and soft hyphens left out; text between marks counts as bold."""
    runs = text.replace(SOFT_HYPHEN, "").split("**")
    return sum(width(run, bold if number % 2 else face, size) for number, run in enumerate(runs))


def typeset(house: House, build: Callable[[Press], None]) -> tuple[bytes, list[Anchor]]:
    """Set a document twice, so that its contents page knows the pages; the bytes and the anchors."""
    draft = Press(house, BytesIO())
    build(draft)
    final = Press(house, BytesIO(), known=draft.anchors)
    build(final)
    if [(a.title, a.page) for a in final.anchors] != [(a.title, a.page) for a in draft.anchors]:
        raise ValueError("the second pass moved a title")
    final.save()
    return final.target.getvalue(), final.anchors
