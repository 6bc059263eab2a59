"""Pages that were turned or straightened to be read: everything is found upright, then put back where it stands.

A scan may lie on its side or lean. Lines, tables and reading order only exist on an upright page, while a box has to
fit the page as a viewer shows it. So such a page is read in upright coordinates, and its boxes are mapped at the end.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from finlens.documents import Block, Box, Cell, Figure, Line, Page, Table, Word


@dataclass(frozen=True, slots=True)
class Turn:
    """An affine map from the upright page to the page as shown: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    """Of the page as shown, points."""
    height: float

    @classmethod
    def of(cls, width: float, height: float, *, quarter: int, degrees: float) -> Turn:
        """The turn of a page that was first turned clockwise by ``quarter`` (0, 90, 180, 270) to be upright, then back by its lean.

        Args:
            width: Of the page as shown, points.
            height: Of the page as shown, points.
            quarter: Degrees clockwise that make the page upright.
            degrees: How far the lines of the upright page lean clockwise.
        """
        up_width, up_height = (height, width) if quarter in (90, 270) else (width, height)
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        x, y = up_width / 2, up_height / 2
        # From straight to leaning: clockwise, in coordinates where y grows down.
        a, b, c, d = cos, sin, -sin, cos
        e, f = x - a * x - c * y, y - b * x - d * y
        if quarter == 90:  # upright (u, v) was at (v, height − u)
            a, b, c, d, e, f = b, -a, d, -c, f, height - e
        elif quarter == 180:
            a, b, c, d, e, f = -a, -b, -c, -d, width - e, height - f
        elif quarter == 270:
            a, b, c, d, e, f = -b, a, -d, c, width - f, e
        return cls(a, b, c, d, e, f, width, height)

    def box(self, box: Box) -> Box:
        """Around the middle of the turned box, with the sides that it had: the lean of one word is less than a hair."""
        x, y = self.a * box.x_middle + self.c * box.y_middle + self.e, self.b * box.x_middle + self.d * box.y_middle + self.f
        wide, high = (box.height, box.width) if abs(self.b) > abs(self.a) else (box.width, box.height)
        return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)

    def around(self, box: Box) -> Box:
        """Around all four corners of the turned box: for what is as wide as the page."""
        xs = [self.a * x + self.c * y + self.e for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        ys = [self.b * x + self.d * y + self.f for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        return Box(max(0.0, min(xs)), max(0.0, min(ys)), min(self.width, max(xs)), min(self.height, max(ys)))


def pages_put_back(pages: Sequence[Page], turns: Mapping[int, Turn]) -> list[Page]:
    """Pages with their boxes as shown."""
    return [_page(page, turns[page.number]) if page.number in turns else page for page in pages]


def tables_put_back(tables: Sequence[Table], turns: Mapping[int, Turn]) -> list[Table]:
    """Tables with their boxes as shown."""
    return [_table(table, turns) if any(page in turns for page, _ in table.places) else table for table in tables]


def _page(page: Page, turn: Turn) -> Page:
    def line(item: Line) -> Line:
        return replace(item, box=turn.around(item.box)) if item.box else item

    def block(item: Block) -> Block:
        return replace(item, lines=tuple(line(each) for each in item.lines), box=turn.around(item.box) if item.box else None)

    return replace(
        page,
        width=turn.width,
        height=turn.height,
        words=[_word(word, turn) for word in page.words],
        blocks=tuple(block(each) for each in page.blocks),
        figures=tuple(Figure(each.page, turn.around(each.box), each.kind, each.caption) for each in page.figures),
    )


def _word(word: Word, turn: Turn) -> Word:
    box = turn.box(word.box)
    return word._replace(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)


def _table(table: Table, turns: Mapping[int, Turn]) -> Table:
    def cell(item: Cell) -> Cell:
        turn = turns.get(item.source.page)
        if turn is None or item.source.box is None:
            return item
        return replace(item, source=replace(item.source, box=turn.box(item.source.box)))

    return replace(
        table,
        cells=tuple(cell(each) for each in table.cells),
        places=tuple((page, turns[page].around(box) if box and page in turns else box) for page, box in table.places),
        unplaced=tuple(_word(word, turns[word.origin.page]) if word.origin.page in turns else word for word in table.unplaced),
    )
