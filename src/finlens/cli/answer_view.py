"""An answer on the screen: the words first, then the working, then where each figure stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from finlens.cli.output import clean, stdout
from finlens.documents.names import unit_in_words

if TYPE_CHECKING:
    from finlens.ask.model import Answer, Citation, Step
    from finlens.documents import Box, Document

_LONGEST_QUOTE = 300


def show(answer: Answer, document: Document, *, explain: bool) -> None:
    """Print the answer, its working and its places; with ``explain`` also the way to it."""
    console = stdout()
    console.print(Text(clean(answer.text), style="bold yellow" if answer.refused else "bold"))
    if answer.program is not None and answer.program.working and answer.program.operation != "lookup":
        console.print(Padding(Text(clean(answer.program.working), style="green"), (1, 0, 0, 2), expand=False))
        if answer.program.definition:
            console.print(Padding(Text(clean(answer.program.definition), style="dim"), (0, 0, 0, 2), expand=False))
    places = _places(answer)
    if places.row_count:
        console.print(Padding(places, (1, 0, 0, 2), expand=False))
    if answer.refused and answer.closest is not None:
        console.print(
            Padding(Text.assemble(("closest line: ", "dim"), _quoted(answer.closest), _where(answer.closest)), (1, 0, 0, 2), expand=False)
        )
    for warning in answer.warnings:
        console.print(Padding(Text(f"note: {clean(warning)}", style="yellow"), (0, 0, 0, 2), expand=False))
    if explain:
        _explain(answer)
    worded = f" · worded by {answer.model}" if answer.model else ""
    console.print(Padding(Text(f"{clean(document.name)}{worded}", style="dim"), (1, 0, 0, 2), expand=False))


def _places(answer: Answer) -> Table:
    """A line for each figure of the working, else for each citation: its labels, as printed, its page and box."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    operands = answer.program.operands if answer.program is not None else ()
    if operands:
        in_columns = any(operand.citation.column_label for operand in operands)
        table.add_column("", style="green")
        table.add_column("Row", overflow="fold")
        if in_columns:
            table.add_column("Column", overflow="fold")
        table.add_column("As printed", justify="right", no_wrap=True)
        table.add_column("Unit", overflow="fold")
        table.add_column("Page", justify="right", style="cyan", no_wrap=True)
        table.add_column("Box (points)", style="dim", no_wrap=True)
        for operand in operands:
            at = operand.citation
            unit = unit_in_words(operand.amount.unit, operand.amount.scale)
            labels = [at.row_label or operand.label, *([at.column_label] if in_columns else []), operand.amount.raw, unit]
            table.add_row(operand.name, *(Text(clean(label)) for label in labels), str(at.page), _corners(at.box))
    elif answer.citations and not answer.refused:
        table.add_column("Read there", overflow="fold")
        table.add_column("Page", justify="right", style="cyan", no_wrap=True)
        table.add_column("Box (points)", style="dim", no_wrap=True)
        for citation in answer.citations:
            table.add_row(_quoted(citation), str(citation.page), _corners(citation.box))
    return table


def _quoted(citation: Citation) -> Text:
    text = clean(citation.text)
    shown = f"{text[:_LONGEST_QUOTE]} …" if len(text) > _LONGEST_QUOTE else text
    labels = " · ".join(filter(None, (clean(citation.row_label), clean(citation.column_label))))
    return Text.assemble((f"{labels}: " if labels else ""), (shown, "italic"))


def _where(citation: Citation) -> Text:
    corners = _corners(citation.box)
    return Text(f"  (page {citation.page}{f', box {corners}' if corners else ''})", style="cyan")


def _corners(edges: Box | None) -> str:
    return "" if edges is None else " ".join(f"{edge:.0f}" for edge in edges)


_TITLES = {
    "understand": "What is asked",
    "find": "Lines that it may mean",
    "plan": "Programs that it may be",
    "compute": "Computation",
    "verify": "Checks",
    "recheck": "Looked at again",
    "search": "Passage",
    "compare": "Rows compared",
    "choose": "Choice of the model",
    "word": "Wording",
    "refuse": "Where finlens looked",
}


def _explain(answer: Answer) -> None:
    """Every step under its title: what it settled, then what it looked at."""
    for number, step in enumerate(answer.steps, start=1):
        title = Text.assemble((f"{number}  {_TITLES.get(step.name, step.name)}", "bold cyan"))
        stdout().print(Padding(title, (1, 0, 0, 2), expand=False))
        if not step.fields and not step.items:
            stdout().print(Padding(Text(clean(step.detail)), (0, 0, 0, 5), expand=False))
        if step.fields:
            stdout().print(Padding(_fields(step), (0, 0, 0, 5), expand=False))
        if step.items:
            stdout().print(Padding(_items(step), (0, 0, 0, 5), expand=False))
    stdout().print(Padding(Text.assemble(("confidence  ", "bold cyan"), f"{answer.confidence:.2f}"), (1, 0, 0, 2), expand=False))


def _fields(step: Step) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in step.fields:
        table.add_row(name, Text(clean(value)))
    return table


def _items(step: Step) -> Table:
    """The best first; a mark before the one that was taken, and no column that would be empty."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    chosen = any(item.chosen for item in step.items)
    scored = any(item.score is not None for item in step.items)
    placed = any(item.page is not None for item in step.items)
    if chosen:
        table.add_column(style="green", no_wrap=True)
    if scored:
        table.add_column(justify="right", style="green", no_wrap=True)
    table.add_column(overflow="fold")
    if placed:
        table.add_column(style="cyan", no_wrap=True)
    table.add_column(style="dim", overflow="fold")
    for item in step.items:
        score = "" if item.score is None else f"{item.score:.2f}"
        page = "" if item.page is None else f"page {item.page}"
        row: list[Text | str] = [*(["→" if item.chosen else ""] if chosen else []), *([score] if scored else []), Text(clean(item.text))]
        table.add_row(*row, *([page] if placed else []), Text(clean(item.note)))
    return table
