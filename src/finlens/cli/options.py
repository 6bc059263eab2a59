"""Options that several commands share, said once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from finlens.errors import FileUnsupported

STDIN = "-"


class Ocr(StrEnum):
    """When to read a page from its picture."""

    auto = "auto"
    always = "always"
    never = "never"


Pages = Annotated[
    str | None,
    typer.Option("--pages", "-p", metavar="RANGE", help="Pages to read, such as 1-3,7 or 40- (1 is the first of the file)."),
]
Password = Annotated[
    str | None, typer.Option("--password", metavar="TEXT", envvar="FINLENS_PASSWORD", help="Password of an encrypted PDF.")
]
OcrChoice = Annotated[
    Ocr | None, typer.Option("--ocr", help="Read pages from their picture: where needed, always, or never.", show_default="auto")
]
Reader = Annotated[
    str | None,
    typer.Option("--reader", metavar="NAME", help="PDF library that gives the words; see finlens doctor.", show_default="pymupdf"),
]
Tables = Annotated[str | None, typer.Option("--tables", metavar="NAME", help="Table finder; auto picks by page.", show_default="auto")]
OcrEngine = Annotated[str | None, typer.Option("--ocr-engine", metavar="NAME", help="OCR engine.", show_default="auto")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep cached results.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print versioned JSON for programs.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No talk and no progress bar on stderr; errors still show.")]


@contextmanager
def stdin_as_file() -> Iterator[Path]:
    """The bytes on stdin as a private temporary file, gone when the block ends.

    Raises:
        FileUnsupported: nothing came.
    """
    import shutil
    import sys

    with tempfile.TemporaryDirectory(prefix="finlens-") as folder:
        path = Path(folder) / "stdin"
        if sys.stdin.isatty():
            raise FileUnsupported(
                "Nothing comes on stdin.", why="'-' reads a PDF from a pipe, and this is a terminal.", hint="finlens extract - < report.pdf"
            )
        with path.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
        if not path.stat().st_size:
            raise FileUnsupported("Nothing came on stdin.", why="The pipe ended after 0 bytes.", hint="finlens extract - < report.pdf")
        yield path
