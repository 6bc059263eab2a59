"""What `finlens extract` says about a file to people: a headline, its tables, and what does not add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finlens.cli.account_view import show_account
from finlens.cli.invoice_view import show_invoice
from finlens.cli.output import clean, stdout
from finlens.cli.statements_view import show_statements
from finlens.cli.summary import FileSummary, count
from finlens.documents.names import plain_number

if TYPE_CHECKING:
    from finlens.documents import Verdict

_MOST_FAILING = 10
_VERDICTS: dict[Verdict, tuple[str, str]] = {"foots": ("yes", "green"), "does not foot": ("no", "bold red"), "nothing to check": ("", "")}
_LANGUAGES = {"en": "English", "fr": "French"}


def show(summary: FileSummary) -> None:
    """A headline, the list of tables, what does not add up, and what a reader should know."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from finlens.extract.structured.agreement import FRAUD

    console = stdout()
    console.print(Text.assemble((clean(summary.path), "bold"), ("  " + headline(summary), "")), soft_wrap=True)
    if summary.statements is not None:
        show_statements(summary.statements, console)
    elif summary.tables:
        grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
        grid.add_column("Page", justify="right", style="cyan", no_wrap=True)
        grid.add_column("Table", no_wrap=True)
        if summary.equations:
            grid.add_column("Foots", no_wrap=True)
        grid.add_column("Size", justify="right", no_wrap=True)
        grid.add_column("Found by", style="dim", no_wrap=True)
        room = max(20, console.width - 41)
        for table in summary.tables:
            name = f"{table.statement}  " if table.statement else ""
            title = Text.assemble((name, "bold"), _cut(clean(table.title), max(10, room - len(name))))
            shown = title if title.plain else Text("untitled", style="dim")
            verdict = [Text(*_VERDICTS[table.verdict])] if summary.equations else []
            grid.add_row(str(table.page), shown, *verdict, f"{table.rows} × {table.columns}", table.finder)
        console.print()
        console.print(grid)
    if summary.equations:
        _show_checks(summary)
    if summary.invoice:
        show_invoice(summary.invoice, console)
    for account in summary.accounts:
        show_account(account, console)
    for warning in summary.warnings[:10]:
        loud = warning.endswith(FRAUD)
        label, style = ("WARNING", "bold red") if loud else ("note", "yellow")
        console.print(Text(f"{label}: {clean(warning)}", style=style), soft_wrap=True)
    if len(summary.warnings) > 10:
        console.print(Text(f"note: … and {len(summary.warnings) - 10} more", style="yellow"))


def _show_checks(summary: FileSummary) -> None:
    """How many tables foot; for each equation that fails, what it comes to, and which figure is in doubt."""
    from rich.text import Text

    console = stdout()
    wrong = count(summary, "does not foot")
    right = count(summary, "foots")
    feet = "table foots" if right == 1 else "tables foot"
    line = f"{right} {feet}, {wrong} {'does' if wrong == 1 else 'do'} not ({summary.equations} equations)"
    console.print()
    console.print(Text(line, style="green" if not summary.failing else "yellow"), soft_wrap=True)
    for failed in summary.failing[:_MOST_FAILING]:
        figures = f"printed {plain_number(failed.printed)}, computed {plain_number(failed.computed)}"
        console.print(Text.assemble((f"  p. {failed.page}  ", "cyan"), f"{_cut(clean(failed.equation), 110)}: {figures}"), soft_wrap=True)
        for doubt in failed.doubts:
            proposal = "" if doubt.proposal is None else f", perhaps {plain_number(doubt.proposal)}"
            console.print(
                Text(f"         in doubt: {clean(doubt.printed)} on page {doubt.source.page}{proposal}", style="dim"), soft_wrap=True
            )
    if len(summary.failing) > _MOST_FAILING:
        console.print(
            Text(f"  … and {len(summary.failing) - _MOST_FAILING} more: --json or --format xlsx lists them", style="dim"), soft_wrap=True
        )


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def headline(summary: FileSummary) -> str:
    """The figures of a file on one line."""
    of = f" of {summary.page_count}" if summary.page_count > summary.pages else ""
    parts = [f"{summary.pages}{of} {'page' if summary.pages == 1 and not of else 'pages'}", f"{summary.words:,} words"]
    if summary.ocr_pages:
        parts.append(f"OCR on {_pages(summary.ocr_pages)}")
    if summary.empty_pages:
        parts.append(f"no text on {_pages(summary.empty_pages)}")
    parts.append(f"{len(summary.tables)} {'table' if len(summary.tables) == 1 else 'tables'}")
    if wrong := count(summary, "does not foot"):
        parts.append(f"{wrong} of them {'does' if wrong == 1 else 'do'} not foot")
    if summary.language:
        parts.append(_LANGUAGES.get(summary.language, summary.language))
    parts.append(f"{summary.seconds:.1f} s")
    return " · ".join(parts)


def _pages(numbers: tuple[int, ...]) -> str:
    shown = ", ".join(str(number) for number in numbers[:5])
    if len(numbers) > 5:
        return f"{len(numbers)} pages ({shown} …)"
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"
