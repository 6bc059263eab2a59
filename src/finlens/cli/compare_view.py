"""A comparison on the screen: a table a statement, the latest periods first, then what was restated."""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text

from finlens.cli.output import clean, stdout
from finlens.documents.names import statement_name, unit_in_words
from finlens.finance.compare_view import restatement_words, text_in_line, unit_words
from finlens.finance.comparison import ComparedLine, ComparedStatement, Comparison, Printed
from finlens.finance.spans import Span

_LABEL = 30  # columns of the screen that labels have at least
_GAP = 3


def show(comparison: Comparison) -> None:
    """Print what lines up, then the restatements and what could not be compared."""
    console = stdout()
    console.print(Text(" · ".join(clean(document.name) for document in comparison.documents), style="bold"), soft_wrap=True)
    for statement in comparison.statements:
        console.print()
        console.print(_table(comparison, statement, console.width))
    restated = [one for one in comparison.restatements if one.change == "restated"]
    signs = len(comparison.restatements) - len(restated)
    console.print()
    if restated:
        console.print(Text(f"Restated: {len(restated)} {'figure' if len(restated) == 1 else 'figures'}", style="bold yellow"))
    elif comparison.statements:
        console.print(Text("No figure that two of the documents print was restated.", style="green"))
    for one in restated:
        console.print(Text(f"  {clean(restatement_words(comparison, one))}"), soft_wrap=True)
    if signs:
        console.print(Text(f"note: {signs} more are the same but for their sign (--json lists them)", style="dim"), soft_wrap=True)
    for note in comparison.notes:
        console.print(Text(f"note: {clean(note)}", style="yellow"), soft_wrap=True)


def _table(comparison: Comparison, statement: ComparedStatement, room: int) -> Table:
    """As many periods as the screen has room for, the latest first: a figure is never cut."""
    figures = [[_figure(comparison, line, printed) for printed in line.figures] for line in statement.lines]
    units = [unit_words(statement, line) for line in statement.lines]
    widths = [max(*map(len, _head(span)), *(len(row[n].plain) for row in figures)) + _GAP for n, span in enumerate(statement.spans)]
    room -= _GAP + max(map(len, units))
    shown = max(1, sum(1 for n in range(len(widths)) if _LABEL + sum(widths[: n + 1]) <= room))
    hidden = len(statement.spans) - shown
    more = f" · {hidden} more {'period' if hidden == 1 else 'periods'}: -o compared.xlsx has all" if hidden else ""
    title = Text.assemble((statement_name(statement.kind), "bold"), (f"  {unit_in_words(*statement.unit)}{more}", "dim"))
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), title=title, title_justify="left")
    grid.add_column("", overflow="ellipsis", no_wrap=True, max_width=max(_LABEL, min(60, room - sum(widths[:shown]))))
    for span, width in zip(statement.spans[:shown], widths, strict=False):
        grid.add_column("\n".join(_head(span)), justify="right", no_wrap=True, min_width=width - _GAP)
    if any(units):
        grid.add_column("", style="dim", no_wrap=True)
    for line, row, unit in zip(statement.lines, figures, units, strict=True):
        if any(text.plain for text in row[:shown]):
            grid.add_row(Text(clean(line.label)), *row[:shown], *([unit] if any(units) else []))
    return grid


def _figure(comparison: Comparison, line: ComparedLine, printed: tuple[Printed, ...]) -> Text:
    """What the last document prints, with a star where one before prints otherwise."""
    if not printed:
        return Text("")
    text = text_in_line(line, printed[-1])
    return Text(f"{text}*", style="bold yellow") if comparison.is_restated(printed) else Text(text)


def _head(span: Span) -> list[str]:
    """The label on two lines where it is long: "3 months", "to 30 Jun 2025"."""
    return span.label.replace(" to ", "\nto ", 1).split("\n")
