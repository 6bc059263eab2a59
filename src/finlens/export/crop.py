"""The part of a page where figures stand, as a PNG with their boxes drawn: the check that takes one look."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from finlens.documents import Box, Cell, Document, Table, union
from finlens.errors import FileMissing
from finlens.export.pictures import open_pictures, whole

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 150
_AROUND = 60.0  # points above and below what is marked
_FARTHEST_HEAD = 420.0  # points: column heads farther up than this are not drawn into the crop
_FIGURE = (255, 214, 10)
_LABEL = (64, 120, 255)


def crop(document: Document, page: int, figures: Sequence[Box], *, password: str | None = None, dpi: int = DPI) -> bytes:
    """A PNG as wide as the page around ``figures``, which are marked with the labels of their rows and columns."""
    labels = [box for figure in figures for box in _labels(document, page, figure)]
    sheet = whole(document.page(page))
    middle = union(figures)
    if middle is None:
        raise FileMissing("There is nothing to draw.", why="No box was given.", hint="Name at least one box.")
    seen = union([*figures, *(box for box in labels if middle.top - box.top < _FARTHEST_HEAD)]) or middle
    region = Box(sheet.x0, max(sheet.top, seen.top - _AROUND), sheet.x1, min(sheet.bottom, seen.bottom + _AROUND))
    with open_pictures(document, password=password) as pictures:
        picture, zoom = pictures.draw(page, dpi=dpi, clip=region)
    picture = picture.convert("RGB")
    for boxes, colour in ((labels, _LABEL), (figures, _FIGURE)):
        picture = _marked(picture, [_moved(box, region, zoom) for box in boxes], colour, zoom)
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _labels(document: Document, page: int, figure: Box) -> list[Box]:
    """The boxes of the row label and of the column heads of the cell that stands at ``figure``."""
    for table in document.tables_on(page):
        cell = next((c for c in table.cells if c.source.page == page and c.box is not None and _same_place(c.box, figure)), None)
        if cell is not None and cell.column > 0 and not cell.header:
            return [c.box for c in _labelling(table, cell) if c.source.page == page and c.box is not None]
    return []


def _labelling(table: Table, cell: Cell) -> list[Cell]:
    row = [c for c in table.cells if c.column == 0 and c.row <= cell.row < c.row + c.row_span]
    heads = [c for c in table.cells if c.header and c.row < cell.row and c.column <= cell.column < c.column + c.column_span]
    return [*row, *heads]


def _same_place(a: Box, b: Box) -> bool:
    return a.covered_by(b) > 0.8 or b.covered_by(a) > 0.8


def _moved(box: Box, region: Box, zoom: float) -> Box:
    return Box((box.x0 - region.x0) * zoom, (box.top - region.top) * zoom, (box.x1 - region.x0) * zoom, (box.bottom - region.top) * zoom)


def _marked(picture: Image, boxes: Sequence[Box], colour: tuple[int, int, int], zoom: float) -> Image:
    """The picture as if gone over with a highlighter: ink stays black, paper takes the colour."""
    from PIL import Image, ImageChops, ImageDraw

    paper = Image.new("RGB", picture.size, (255, 255, 255))
    brush = ImageDraw.Draw(paper)
    pale = tuple(255 - (255 - channel) // 3 for channel in colour)
    for box in boxes:
        brush.rounded_rectangle(tuple(box.padded(2 * zoom)), radius=2 * zoom, fill=pale, outline=colour, width=max(1, round(zoom * 0.8)))
    return ImageChops.multiply(picture, paper)
