"""The picture of the place: the figure marked yellow, its row label and column head blue."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from finlens.ask.model import Answer, Citation, Operand, Program
from finlens.ask.show import answer_crop
from finlens.documents import Box, Document
from finlens.errors import FileMissing
from finlens.export.crop import crop

REVENUE = Box(300, 220, 400, 240)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def colours_in(picture: Image.Image, box: Box, *, top: float, dpi: int) -> set[tuple[int, ...]]:
    zoom = dpi / 72
    part = picture.crop((int(box.x0 * zoom), int((box.top - top) * zoom), int(box.x1 * zoom), int((box.bottom - top) * zoom)))
    return {colour for count, colour in part.getcolors(1_000_000) if count > 50}


def is_yellow(colour: tuple[int, ...]) -> bool:
    return colour[0] > 230 and colour[1] > 200 and colour[2] < 200


def is_blue(colour: tuple[int, ...]) -> bool:
    return colour[2] > 230 and colour[0] < 210


def test_the_figure_its_label_and_its_head_are_marked_and_others_are_not(document: Document):
    picture = opened(crop(document, 1, [REVENUE], dpi=72))
    top = 200 - 60  # the head of the column, and 60 points above it
    assert picture.width == 595
    assert any(map(is_yellow, colours_in(picture, REVENUE, top=top, dpi=72)))
    assert any(map(is_blue, colours_in(picture, Box(72, 220, 298, 240), top=top, dpi=72)))
    assert any(map(is_blue, colours_in(picture, Box(300, 200, 400, 218), top=top, dpi=72)))
    assert not any(map(is_yellow, colours_in(picture, Box(404, 244, 496, 276), top=top, dpi=72)))


def test_the_resolution_is_what_was_asked_for(document: Document):
    assert opened(crop(document, 1, [REVENUE], dpi=144)).width == 1190


def answer_from(document: Document) -> Answer:
    cell = next(cell for cell in document.tables[0].cells if cell.text == "1,496.5")
    citation = Citation(cell.source, cell.text, "Revenue", "2024")
    assert cell.amount is not None
    operand = Operand("a", cell.amount, "Revenue", None, citation)
    program = Program("lookup", "a", (operand,), "1,496.5")
    return Answer("What was revenue in 2024?", "1,496.5", value=cell.amount.value, citations=(citation,), program=program)


def test_an_answer_is_cropped_around_its_operands(document: Document):
    picture = opened(answer_crop(answer_from(document), document, dpi=72))
    assert any(map(is_yellow, colours_in(picture, REVENUE, top=140, dpi=72)))


def test_a_refusal_shows_the_closest_line(document: Document):
    answer = answer_from(document)
    refusal = replace(answer, refused=True, value=None, program=None, citations=(), closest=answer.citations[0])
    assert opened(answer_crop(refusal, document, dpi=72)).width == 595


def test_an_answer_without_a_place_has_no_picture(document: Document):
    with pytest.raises(FileMissing, match="nothing to draw"):
        answer_crop(Answer("?", "no", refused=True), document)


def test_in_a_notebook_an_answer_shows_its_working_and_the_page_behind_it(document: Document) -> None:
    shown = replace(answer_from(document), document=document)._repr_html_()
    assert "1,496.5" in shown
    assert "data:image/png;base64," in shown


def test_in_a_notebook_an_answer_whose_file_is_gone_says_so_and_stays(document: Document, tmp_path: Path) -> None:
    moved = replace(document, path=str(tmp_path / "gone.pdf"))
    shown = replace(answer_from(document), document=moved)._repr_html_()
    assert "1,496.5" in shown
    assert "No picture of the page" in shown
