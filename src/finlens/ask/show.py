"""An answer to look at: the crop of its page, and what a notebook shows."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING

from finlens.ask.model import Answer, Citation, Operand
from finlens.documents import Document
from finlens.documents.names import unit_in_words
from finlens.errors import FileMissing, FinlensError
from finlens.export.crop import DPI, crop

if TYPE_CHECKING:
    from finlens.ask.several import Answers


_MOST_PICTURES = 6
"""Pages that an answer in a notebook shows at most."""


def answer_crop(answer: Answer, document: Document, *, password: str | None = None, dpi: int = DPI) -> bytes:
    """A PNG of the region around the answer's best citation; every figure of the working on that page is marked.

    Figures are marked yellow, the labels of their rows and the heads of their columns blue.

    Raises:
        FileMissing: the answer cites no box, or the document's file is gone.
    """
    cited = _cited(answer)
    if not cited:
        raise FileMissing(
            "There is nothing to draw.",
            why="The answer cites no place on a page.",
            hint="finlens ask --doc FILE.pdf QUESTION --explain",
        )
    page = cited[0].page
    figures = [citation.box for citation in cited if citation.page == page and citation.box is not None]
    return crop(document, page, figures, password=password, dpi=dpi)


def answer_to_html(answer: Answer) -> str:
    """The sentence, its working, a row per operand, and behind each the crop of its page, where the document's file is at hand."""
    parts = [f"<p><b>{html.escape(answer.text)}</b></p>"]
    if answer.program is not None:
        parts.append(f"<p><code>{html.escape(answer.program.working)}</code></p>")
        if answer.program.definition:
            parts.append(f"<p><small>{html.escape(answer.program.definition)}</small></p>")
        heads = "".join(f"<th>{head}</th>" for head in ("", "Row", "Column", "As printed", "Unit", "Page"))
        rows = "".join(_operand_row(operand) for operand in answer.program.operands)
        parts.append(f"<table><tr>{heads}</tr>{rows}</table>")
    parts += [f"<p>⚠ {html.escape(warning)}</p>" for warning in answer.warnings]
    if answer.document is not None and answer.document.path is not None:
        try:
            parts += _pictures(answer, answer.document)
        except FinlensError as error:  # the file was moved or is encrypted: the working stands without its picture
            parts.append(f"<p><small>No picture of the page: {html.escape(str(error))}</small></p>")
    return "".join(parts)


def _pictures(answer: Answer, document: Document) -> list[str]:
    """A crop of each page that a figure of the working stands on, the figures marked; all but the first behind a click."""
    operands = answer.program.operands if answer.program is not None else ()
    pages = list(dict.fromkeys(operand.citation.page for operand in operands if operand.citation.box is not None))
    if not pages:
        pages = [citation.page for citation in _cited(answer)[:1]]
    parts: list[str] = []
    for number, page in enumerate(pages[:_MOST_PICTURES]):
        here = [operand for operand in operands if operand.citation.page == page]
        boxes = [operand.citation.box for operand in here if operand.citation.box is not None]
        boxes = boxes or [citation.box for citation in _cited(answer) if citation.page == page and citation.box is not None]
        picture = base64.b64encode(crop(document, page, list(dict.fromkeys(boxes)))).decode()
        names = ", ".join(operand.name for operand in here)
        title = html.escape(f"Page {page}{f': {names}' if names else ''}")
        shown = " open" if number == 0 else ""
        parts.append(
            f'<details{shown}><summary>{title}</summary><img src="data:image/png;base64,{picture}" style="max-width:100%"></details>'
        )
    return parts


def answers_to_html(answers: Answers) -> str:
    """What follows from several documents, the computation, then each document's own answer with its picture."""
    parts = ["".join(f"<p><b>{html.escape(line)}</b></p>" for line in answers.text.split("\n"))]
    if answers.kind != "each" and answers.program is not None:
        parts.append(f"<p><code>{html.escape(answers.program.working)}</code></p>")
    parts += [f"<p>⚠ {html.escape(warning)}</p>" for warning in answers.warnings]
    for one in answers.asked:
        parts.append(f"<h4>{html.escape(one.name)}</h4>{answer_to_html(one.answer)}")
    return "".join(parts)


def _operand_row(operand: Operand) -> str:
    cited = operand.citation
    unit = unit_in_words(operand.amount.unit, operand.amount.scale)
    texts = (operand.name, cited.row_label, cited.column_label, operand.amount.raw, unit, str(cited.page))
    return "<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in texts) + "</tr>"


def _cited(answer: Answer) -> list[Citation]:
    """Places with a box: the operands of the working, then the other citations, then the closest line of a refusal."""
    operands = [operand.citation for operand in answer.program.operands] if answer.program is not None else []
    every = [*operands, *answer.citations] or ([answer.closest] if answer.closest is not None else [])
    return [citation for citation in every if citation.box is not None]
