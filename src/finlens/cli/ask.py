"""``finlens ask``: a question about documents; an answer with its working and the places it was read."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from finlens.cli import options
from finlens.cli.errors import OK, SOME_FAILED, Trouble, tell, trouble
from finlens.cli.output import page_progress, print_json, stderr, stdout
from finlens.errors import FinlensError

if TYPE_CHECKING:
    from finlens.ask.model import Answer
    from finlens.documents import Document


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "ask",
        short_help="Answer a question, with pages and boxes.",
        epilog='Example:  finlens ask --doc report.pdf "How much did revenue grow in 2023?"',
    )(ask)


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In English or French.", show_default=False)],
    docs: Annotated[
        list[str],
        typer.Option("--doc", "-d", metavar="FILE", help="Document to ask; may be repeated; - reads a PDF from stdin.", show_default=False),
    ],
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="NAME",
            help="Language model that words the answer: a name, a .gguf file, or none. Numbers never come from it.",
            show_default="the packaged one, for answers in words",
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also show each step on the way to the answer.")] = False,
    crop: Annotated[
        Path | None,
        typer.Option(
            "--crop", metavar="FILE.png", help="Save a picture of the page where the answer stands, boxes drawn.", show_default=False
        ),
    ] = None,
    pages: options.Pages = None,
    password: options.Password = None,
    ocr: options.OcrChoice = None,
    as_json: options.AsJson = False,
    no_cache: options.NoCache = False,
    quiet: options.Quiet = False,
) -> int:
    """Answer a question from documents, with every number traced to its page and box.

    A refusal that names the closest line is an answer too: finlens does not guess.
    """
    from finlens import config
    from finlens.workspace import Workspace

    workspace = Workspace(config.load({"model": model, "ocr": ocr and ocr.value, "cache": False if no_cache else None}))
    if crop is not None and len(docs) > 1:
        raise typer.BadParameter("--crop needs a single --doc.")
    failures: list[tuple[str, Trouble]] = []
    records = []
    with ExitStack() as stack:
        for name in docs:
            path = stack.enter_context(options.stdin_as_file()) if name == options.STDIN else Path(name)
            try:
                with page_progress(name, quiet=quiet) as on_page:
                    document = workspace.read(path, pages=pages, password=password, on_page=on_page)
                answer = workspace.ask(document, question)
            except FinlensError as exc:
                if len(docs) == 1:
                    raise
                failures.append((name, trouble(exc)))
                continue
            if crop is not None:
                _save_crop(answer, document, crop, password, quiet=quiet or as_json)
            if as_json:
                records.append(_record(answer, document, name, explain=explain))
            else:
                _show(answer, document, name, explain=explain, among=len(docs))
    if as_json:
        print_json(records[0] if len(docs) == 1 else {"format": "finlens.answers", "version": 1, "answers": records})
    for name, problem in failures:
        stderr().print(f"\n{name}", style="bold")
        tell(problem)
    return SOME_FAILED if failures else OK


def _record(answer: Answer, document: Document, name: str, *, explain: bool) -> object:
    from finlens.ask.record import answer_record

    return answer_record(answer, name="stdin" if name == options.STDIN else document.name, sha256=document.sha256, steps=explain)


def _show(answer: Answer, document: Document, name: str, *, explain: bool, among: int) -> None:
    from finlens.cli.answer_view import show

    if among > 1:
        stdout().rule(name, align="left", style="dim")
    show(answer, document, explain=explain)


def _save_crop(answer: Answer, document: Document, target: Path, password: str | None, *, quiet: bool) -> None:
    from finlens.ask.show import answer_crop
    from finlens.storage.files import write_whole

    write_whole(target, answer_crop(answer, document, password=password))
    if not quiet:
        stderr().print(f"{target}  (the page with the boxes drawn)", style="dim")
