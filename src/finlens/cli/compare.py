"""``finlens compare``: the same lines over several documents, and what was printed otherwise before."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from finlens.cli import options
from finlens.cli.errors import OK, SOME_FAILED, tell, trouble
from finlens.cli.output import clean, page_progress, print_bytes, print_json, stderr
from finlens.errors import FinlensError

if TYPE_CHECKING:
    from finlens.documents import Document
    from finlens.finance.comparison import Comparison
    from finlens.workspace import Workspace


class ComparisonFormat(StrEnum):
    """What ``--format`` takes."""

    xlsx = "xlsx"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "compare",
        short_help="Lay reports side by side; flag restatements.",
        epilog="Example:  finlens compare report-2023.pdf report-2024.pdf -o compared.xlsx",
    )(compare)


def compare(
    files: Annotated[list[str], typer.Argument(metavar="FILE FILE…", help="Reports to lay side by side; - is stdin.", show_default=False)],
    form: Annotated[
        ComparisonFormat | None,
        typer.Option("--format", "-f", help="A workbook, or CSV with a line a figure; by default what the name after -o ends in."),
    ] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="PATH", help="File to write.")] = None,
    password: options.Password = None,
    ocr: options.OcrChoice = None,
    as_json: options.AsJson = False,
    no_cache: options.NoCache = False,
    quiet: options.Quiet = False,
) -> int:
    """Compare the primary statements of several reports, line by line.

    Lines are matched by what they mean, then by their labels; the same line and period printed with another figure is
    flagged as a restatement. Reports are put in the order of the last period that they report.
    """
    from finlens import config
    from finlens.workspace import Workspace

    if len(files) < 2:
        raise typer.BadParameter("One file cannot be compared: name two or more.")
    form = _form(form, output, as_json=as_json)
    workspace = Workspace(config.load({"ocr": ocr and ocr.value, "cache": False if no_cache else None}))
    documents, failures = _read_all(workspace, files, password, quiet=quiet)
    if len(documents) < 2 and failures:
        raise failures[-1][1]  # too little is left to compare: its error is the command's
    for name, problem in failures:
        stderr().print(f"\n{clean(name)}", style="bold")
        tell(trouble(problem))
    from finlens.finance.compare import compare as compare_documents

    _deliver(compare_documents(documents), form, output, as_json=as_json, quiet=quiet)
    return SOME_FAILED if failures else OK


def _form(form: ComparisonFormat | None, output: str | None, *, as_json: bool) -> ComparisonFormat | None:
    to_stdout = output is None or output == options.STDIN
    if form is None and output is not None and not to_stdout:
        ending = Path(output).suffix.lower().lstrip(".")
        if ending not in list(ComparisonFormat):
            raise typer.BadParameter(f"'-o {output}' does not say in which format; add --format {'|'.join(ComparisonFormat)}.")
        return ComparisonFormat(ending)
    if to_stdout and form is ComparisonFormat.xlsx and sys.stdout.isatty():
        raise typer.BadParameter("A workbook cannot be shown in a terminal; name a file: -o compared.xlsx.")
    if to_stdout and form is not None and as_json:
        raise typer.BadParameter("--json prints on stdout too: name a file for the other format with -o.")
    return form


def _read_all(
    workspace: Workspace, files: list[str], password: str | None, *, quiet: bool
) -> tuple[list[Document], list[tuple[str, FinlensError]]]:
    from dataclasses import replace

    documents: list[Document] = []
    failures: list[tuple[str, FinlensError]] = []
    with ExitStack() as stack:
        for name in files:
            try:
                path = stack.enter_context(options.stdin_as_file()) if name == options.STDIN else Path(name)
                with page_progress(name, quiet=quiet) as on_page:
                    document = workspace.read(path, password=password, on_page=on_page)
            except FinlensError as exc:
                failures.append((name, exc))
                continue
            documents.append(replace(document, name="stdin") if name == options.STDIN else document)
    return documents, failures


def _deliver(comparison: Comparison, form: ComparisonFormat | None, output: str | None, *, as_json: bool, quiet: bool) -> None:
    from finlens.storage.files import write_whole

    if form is not None:
        content = _rendered(comparison, form)
        if output is None or output == options.STDIN:
            print_bytes(content)
        else:
            write_whole(Path(output), content)
            if not quiet and not as_json:
                stderr().print(f"{clean(output)}  ({len(comparison.restatements)} restatements)", style="dim", soft_wrap=True)
    if as_json:
        from finlens.export.comparison import comparison_record

        print_json(comparison_record(comparison))
    elif form is None:
        from finlens.cli.compare_view import show

        show(comparison)


def _rendered(comparison: Comparison, form: ComparisonFormat) -> bytes:
    if form is ComparisonFormat.csv:
        from finlens.export.comparison import comparison_to_csv

        return comparison_to_csv(comparison)
    from finlens.export.comparison_xlsx import comparison_to_xlsx

    return comparison_to_xlsx(comparison)
