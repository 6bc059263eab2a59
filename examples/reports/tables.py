"""Tables as statements are printed: figures ranged right with hanging brackets, heads that repeat over pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reports.fonts import width
from reports.press import Press, break_lines

# What hangs to the right of the figures' edge: a closing bracket, a percent sign, a footnote mark after the figure.
HANGING = re.compile(r"^(?P<figure>[(+-]?[^()%]*?)(?P<tail>\)?[ \u00a0\u202f]?%?)(?P<mark>\(\d\)|\*)?$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures (ranged right) or of words (``align`` left or center)."""

    head: str
    width: float
    align: str = "right"
    sign: str = ""
    """"$": printed on rows that ask for it, in a narrow column of its own left of the figures."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table. ``kind``: item, section (a bold label), total (ruled above), grand (and ruled twice below), space."""

    label: str
    values: tuple[str, ...] = ()
    kind: str = "item"
    indent: int = 0
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. ``style``: ruled, plain (no rules but the totals'), banded, boxed (a full grid)."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    stub: str = ""
    """Head over the labels; the scale often stands there."""
    spans: Sequence[tuple[int, int, str]] = ()
    """Heads over several columns: first, last, text."""
    style: str = "ruled"
    size: float = 8
    leading: float = 11.6
    indent: float = 9
    leaders: bool = False


def draw(press: Press, table: Table, *, caption: str = "", scale: str = "") -> None:
    """Set the table at the press's place, over as many pages as it takes, with its head on each."""
    _Setter(press, table).run(caption, scale)


class _Setter:
    def __init__(self, press: Press, table: Table) -> None:
        self.press, self.table = press, table
        self.faces = press.house.faces
        self.edges: list[float] = []  # right edge of each column's figures
        self.head_top = 0.0
        self.hang: list[float] = []  # room right of it for brackets and percent signs
        x = press.right - sum(column.width for column in table.columns)
        self.label_width = x - press.left - 6
        for number, column in enumerate(table.columns):
            x += column.width
            tails = [
                width(_split(row.values[number])[1], self.faces.sans_bold, table.size) for row in table.rows if number < len(row.values)
            ]
            self.hang.append(max([3.0, *tails]) + 1)
            self.edges.append(x - self.hang[-1])
        self.figures = [
            max((width(_split(row.values[n])[0], self.faces.sans_bold, table.size) for row in table.rows if n < len(row.values)), default=0)
            for n in range(len(table.columns))
        ]

    @property
    def above(self) -> float:
        """From a row's top to its baseline: the type stands in the middle of the leading."""
        return (self.table.leading + 0.72 * self.table.size) / 2

    def run(self, caption: str, scale: str) -> None:
        press, table = self.press, self.table
        self.caption(caption, scale)
        self.head()
        band = False
        for row in table.rows:
            labels = break_lines(row.label, self.face(row), table.size, self.label_width - row.indent * table.indent - 4)
            height = len(labels) * table.leading + (4 if row.kind == "grand" else 0)
            if press.y + height - table.leading > press.bottom:
                self.foot()
                press.new_page()
                self.caption(f"{caption} ({press.house.continued})" if caption else "", scale)
                self.head()
                band = False
            self.row(row, labels, band)
            band = not band
        self.foot()
        press.y += 12

    def face(self, row: Row) -> str:
        return self.faces.sans_bold if row.kind in ("section", "grand", "total") else self.faces.sans

    def caption(self, caption: str, scale: str) -> None:
        if caption:
            for line in break_lines(caption, self.faces.sans_bold, 9.5, self.press.right - self.press.left):
                self.press.text(self.press.left, self.press.y, line, self.faces.sans_bold, 9.5, color=self.press.house.ink)
                self.press.y += 12
            self.press.y += 2
        if scale:
            self.press.text(self.press.left, self.press.y - 2, scale, self.faces.sans_italic, 7.5)
            self.press.y += 12

    def head(self) -> None:
        press, table = self.press, self.table
        top, size = press.y, table.size - 0.5
        heads = [column.head.split("\n") for column in table.columns]
        deep = max((len(lines) for lines in heads), default=1)
        self.head_top = top - size - 2
        height = (deep + (1 if table.spans else 0)) * (size + 2.2) + 6
        if table.style in ("banded", "boxed"):
            press.fill(press.left, top - size - 2, press.right, top - size - 2 + height, press.house.band)
        if table.style in ("ruled", "boxed"):
            press.rule(press.left, top - size - 2, press.right, 0.9, press.house.ink)
        y = top
        for first, last, text in table.spans:
            x0, x1 = self.edges[first] - table.columns[first].width + self.hang[first] + 8, self.edges[last] + self.hang[last]
            press.text((x0 + x1) / 2, y, text, self.faces.sans_bold, size, align="center")
            press.rule(x0, y + 2.6, x1, 0.4)
        if table.spans:
            y += size + 3.4
        base = y + (deep - 1) * (size + 2.2)
        press.text(press.left + (3 if table.style in ("banded", "boxed") else 0), base, table.stub, self.faces.sans_italic, size)
        for number, lines in enumerate(heads):
            for back, line in enumerate(reversed(lines)):
                x, align = self.place(number)
                press.text(x, base - back * (size + 2.2), line, self.faces.sans_bold, size, align=align)
        press.y = base + 4
        if table.style != "plain":
            press.rule(press.left, press.y, press.right, 0.5, press.house.ink)
        press.y += self.above + (0 if table.style in ("banded", "boxed") else 1.3)

    def place(self, number: int) -> tuple[float, str]:
        """Where a column's text hangs, and how."""
        column, edge = self.table.columns[number], self.edges[number]
        if column.align == "right":
            return edge, "right"
        left = edge + self.hang[number] - column.width + 4
        return (left, "left") if column.align == "left" else (left + column.width / 2 - 4, "center")

    def row(self, row: Row, labels: list[str], band: bool) -> None:
        press, table = self.press, self.table
        if row.kind == "space":
            press.y += table.leading * 0.5
            return
        face, size = self.face(row), table.size
        top = press.y - self.above
        if table.style == "banded" and band and row.kind in ("item", "section"):
            press.fill(press.left, top, press.right, top + len(labels) * table.leading, press.house.band)
        if table.style == "boxed":
            press.rule(press.left, top, press.right, 0.25)
        inset = 3 if table.style in ("banded", "boxed") else 0
        for number, label in enumerate(labels):
            hanging = 8 if number else 0
            press.text(press.left + inset + row.indent * table.indent + hanging, press.y, label, face, size)
            if number < len(labels) - 1:
                press.y += table.leading
        start = press.left + inset + row.indent * table.indent + width(labels[-1], face, size) + 5
        if table.leaders and row.values:
            press.leader(start, self.edges[0] - max(self.figures[0], 24) - 14, press.y, size - 1)
        for number, value in enumerate(row.values):
            self.cell(number, value, row, face)
        press.y += table.leading + (4 if row.kind == "grand" else 1 if row.kind == "total" else 0)

    def cell(self, number: int, value: str, row: Row, face: str) -> None:
        press, table, column = self.press, self.table, self.table.columns[number]
        x, align = self.place(number)
        if align != "right":
            press.text(x, press.y, value, face, table.size, align=align)
            return
        figure, tail, mark = _split(value)
        if figure:
            start = x - self.figures[number] - (9 if column.sign else 2)
            if row.kind in ("total", "grand"):
                press.rule(start, press.y - table.size - 0.4, x + 3, 0.4)
            if row.kind == "grand":
                press.rule(start, press.y + 2.6, x + 3, 0.4)
                press.rule(start, press.y + 4.2, x + 3, 0.4)
            if row.sign and column.sign:
                press.text(start, press.y, column.sign, face, table.size)
        # One run of type, so that a reader of the text layer gets the bracket with its figure.
        press.text(x - width(figure, face, table.size), press.y, figure + tail, face, table.size)
        if mark:
            press.text(x + width(tail, face, table.size), press.y - 2.4, mark, self.faces.sans, table.size * 0.62)

    def foot(self) -> None:
        press, table = self.press, self.table
        end = press.y - self.above
        if table.style in ("ruled", "banded"):
            press.rule(press.left, end + 1.5, press.right, 0.9, press.house.ink)
        if table.style == "boxed":
            press.rule(press.left, end, press.right, 0.5)
            inner = (edge + hang + 2 - column.width for edge, hang, column in zip(self.edges, self.hang, table.columns, strict=True))
            for x in (press.left, *inner, press.right):
                press.upright(x, self.head_top, end, 0.25)


def _split(value: str) -> tuple[str, str, str]:
    """The figure, what hangs right of it, and its footnote mark."""
    found = HANGING.match(value)
    return (found["figure"], found["tail"], found["mark"] or "") if found else (value, "", "")
