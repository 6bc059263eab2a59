"""``finlens ask``: a question about documents; an answer with its working and the places it was read."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from finlens.cli import options
from finlens.cli.errors import OK, SOME_FAILED, Trouble, tell, trouble
from finlens.cli.output import page_progress, print_json, stderr
from finlens.errors import FileMissing, FinlensError

if TYPE_CHECKING:
    from finlens.ask.model import Answer
    from finlens.ask.several import Answers
    from finlens.documents import Document
    from finlens.workspace import Workspace


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
        list[str] | None,
        typer.Option(
            "--doc",
            "-d",
            metavar="FILE",
            help="Document to ask; may be repeated to compare; - reads a PDF from stdin.",
            show_default="everything that was read before and is kept",
        ),
    ] = None,
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

    A refusal that names the closest line is an answer too: finlens does not guess. Several documents are each asked, and compared
    where the question compares them: "How did revenue change between a.pdf and b.pdf?", "Which company had the higher gross margin?"
    """
    from finlens import config
    from finlens.workspace import Workspace

    workspace = Workspace(config.load({"model": model, "ocr": ocr and ocr.value, "cache": False if no_cache else None}))
    if crop is not None and len(docs or ()) != 1:
        raise typer.BadParameter("--crop needs a single --doc.")
    failures: list[tuple[str, Trouble]] = []
    left_out = 0
    if docs:
        documents = _read(workspace, docs, failures, pages=pages, password=password, quiet=quiet)
    else:
        documents, left_out = _stored(workspace, question)
    if len(docs or ()) == 1:
        answer = workspace.ask(documents[0], question)
        if crop is not None:
            _save_crop(answer, documents[0], crop, password, quiet=quiet or as_json)
        _tell(answer, documents[0], explain=explain, as_json=as_json)
    else:
        answers = workspace.ask_several(documents, question)
        _tell_several(answers, explain=explain, as_json=as_json, left_out=left_out)
    for name, problem in failures:
        stderr().print(f"\n{name}", style="bold")
        tell(problem)
    return SOME_FAILED if failures else OK


def _read(
    workspace: Workspace, docs: list[str], failures: list[tuple[str, Trouble]], *, pages: str | None, password: str | None, quiet: bool
) -> list[Document]:
    """The documents; those that cannot be read are added to ``failures``, unless there is only one."""
    documents: list[Document] = []
    with ExitStack() as stack:
        for name in docs:
            path = stack.enter_context(options.stdin_as_file()) if name == options.STDIN else Path(name)
            try:
                with page_progress(name, quiet=quiet) as on_page:
                    document = workspace.read(path, pages=pages, password=password, on_page=on_page)
            except FinlensError as exc:
                if len(docs) == 1:
                    raise
                failures.append((name, trouble(exc)))
                continue
            documents.append(replace(document, name="stdin") if name == options.STDIN else document)
    return documents


def _stored(workspace: Workspace, question: str) -> tuple[list[Document], int]:
    """The kept documents that the question may be about, and how many others there are.

    Raises:
        FileMissing: nothing is kept.
    """
    from finlens.ask.several import about

    kept = workspace.stored()
    if not kept:
        raise FileMissing(
            "There is no document to ask.",
            why="No --doc was given, and no document that was read whole is kept.",
            hint='finlens ask --doc FILE "What was revenue in 2023?"',
        )
    return about(kept, question)


def _tell(answer: Answer, document: Document, *, explain: bool, as_json: bool) -> None:
    if as_json:
        from finlens.ask.record import answer_record

        print_json(answer_record(answer, name=document.name, sha256=document.sha256, steps=explain))
    else:
        from finlens.cli.answer_view import show

        show(answer, document, explain=explain)


def _tell_several(answers: Answers, *, explain: bool, as_json: bool, left_out: int) -> None:
    if as_json:
        from finlens.ask.record import answers_record

        print_json(answers_record(answers, steps=explain, left_out=left_out))
    else:
        from finlens.cli.answers_view import show_several

        show_several(answers, explain=explain, left_out=left_out)


def _save_crop(answer: Answer, document: Document, target: Path, password: str | None, *, quiet: bool) -> None:
    from finlens.ask.show import answer_crop
    from finlens.storage.files import write_whole

    write_whole(target, answer_crop(answer, document, password=password))
    if not quiet:
        stderr().print(f"{target}  (the page with the boxes drawn)", style="dim")
