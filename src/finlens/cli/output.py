"""Everything the commands print: data to stdout, talk and progress to stderr, and no control codes from documents."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from finlens.storage.files import unwritable

if TYPE_CHECKING:
    from rich.console import Console

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDE = 160
"""Columns when the output is no terminal: a pipe has no width, and cut cells help nobody."""


@cache
def stdout() -> Console:
    """The console for data."""
    return _console(to_stderr=False)


@cache
def stderr() -> Console:
    """The console for talk, progress and errors."""
    return _console(to_stderr=True)


def _console(*, to_stderr: bool) -> Console:
    from rich.console import Console

    stream = sys.stderr if to_stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else _WIDE
    return Console(stderr=to_stderr, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def clean(text: str) -> str:
    """The text without control and direction codes: what a document says must not steer a terminal."""
    return _CONTROL.sub("", text.replace("\n", " ").replace("\r", " ").replace("\t", " "))


def print_json(record: Any) -> None:
    """One JSON value on stdout, indented for people, on one line for programs."""
    indent = 2 if sys.stdout.isatty() else None
    print_bytes((json.dumps(record, ensure_ascii=False, indent=indent) + "\n").encode())


def print_bytes(content: bytes) -> None:
    """Bytes to stdout as they are; on a terminal without control codes.

    Raises:
        OutputUnwritable: what stdout was redirected to takes no more.
    """
    if sys.stdout.isatty():  # a document must not steer the terminal that it is shown in
        content = _CONTROL.sub("", content.decode()).encode()
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise unwritable("stdout", exc) from exc


@contextmanager
def page_progress(label: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr that shows itself once work takes longer than a second; None where nobody watches."""
    with progress(quiet=quiet) as start:
        if start is None:
            yield None
            return
        advance: list[Callable[[int, int], None]] = []

        def on_page(done: int, of: int) -> None:
            if not advance:
                advance.append(start(label, of))
            advance[0](done, of)

        yield on_page


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int], Callable[[int, int], None]] | None]:
    """A function that starts a bar and returns the function that moves it; None where stderr is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    bars = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=stderr(),
        transient=True,
    )
    with bars:

        def start(label: str, of: int) -> Callable[[int, int], None]:
            task = bars.add_task(clean(label), total=of)
            return lambda done, of: bars.update(task, completed=done, total=of)

        yield start
