"""Answers of several documents on the screen: what follows from them first, then what each document says, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from finlens.ask.sentence import amount_text
from finlens.cli.answer_view import show
from finlens.cli.output import clean, stdout

if TYPE_CHECKING:
    from finlens.ask.model import Answer
    from finlens.ask.several import Answers


def show_several(answers: Answers, *, explain: bool, left_out: int = 0) -> None:
    """Print the conclusion, a line for each document, and with ``explain`` the way to each answer.

    Args:
        answers: Of the documents.
        explain: Also each document's answer with all its steps.
        left_out: How many documents were not looked at.
    """
    console = stdout()
    if answers.kind != "each" or answers.refused:
        for line in answers.text.split("\n"):
            console.print(Text(clean(line), style="bold yellow" if answers.refused else "bold"))
        if answers.program is not None:
            console.print(Padding(Text(clean(answers.program.working), style="green"), (1, 0, 0, 2), expand=False))
    console.print(Padding(_each(answers), (1, 0, 0, 2), expand=False))
    for warning in answers.warnings:
        console.print(Padding(Text(f"note: {clean(warning)}", style="yellow"), (0, 0, 0, 2), expand=False))
    if explain:
        for one in answers.asked:
            if one.answer.document is not None:
                console.rule(Text(clean(one.name)), align="left", style="dim")
                show(one.answer, one.answer.document, explain=True)
    looked_at = f"{len(answers.asked)} document{'s' if len(answers.asked) != 1 else ''} looked at"
    others = f"; {left_out} other{'s' if left_out != 1 else ''} not" if left_out else ""
    console.print(Padding(Text(looked_at + others, style="dim"), (1, 0, 0, 2), expand=False))


def _each(answers: Answers) -> Table:
    """Document, what it says, of when, and on which pages."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Document", overflow="fold")
    table.add_column("Answer", overflow="fold")
    table.add_column("Period", no_wrap=True)
    table.add_column("Page", justify="right", style="cyan", no_wrap=True)
    for one in answers.asked:
        found = one.answer.circumstances
        pages = found.pages if found else tuple(dict.fromkeys(citation.page for citation in one.answer.citations[:1]))
        periods = ", ".join(found.periods) if found else ""
        style = "yellow" if one.answer.refused else ""
        table.add_row(Text(clean(one.name)), Text(clean(_said(one.answer)), style=style), periods, ", ".join(map(str, pages)))
    return table


def _said(answer: Answer) -> str:
    """The value alone where there is one; the columns beside say the rest."""
    if answer.refused or answer.value is None or isinstance(answer.value, bool) or answer.program is None:
        return answer.text
    label = answer.text.split(" (", 1)[0].split(":", 1)[0].strip()
    return f"{label}: {amount_text(answer.value, answer.unit, answer.scale)}"
