"""How things go wrong in a terminal: three lines on stderr, and one table of exit codes."""

from __future__ import annotations

import sys
from typing import NamedTuple

from finlens.errors import (
    BackendUnknown,
    ConfigInvalid,
    FileUnreadable,
    FinlensError,
    LimitExceeded,
    NoSuchPage,
    PasswordRequired,
    PasswordWrong,
    QuestionUnusable,
)

OK = 0
FAILURE = 1
USAGE = 2
SOME_FAILED = 3
NOT_ALLOWED = 4
LIMIT = 5
INTERRUPTED = 130

EXIT_CODES = {
    OK: "done; a refusal to answer is an answer",
    FAILURE: "failed: the file, a backend, or the place to write to",
    USAGE: "the command line, a setting, a page range or a question that cannot be used",
    SOME_FAILED: "several files were given and some failed; the others are done",
    NOT_ALLOWED: "not allowed: a password is needed or wrong, or the system denies access",
    LIMIT: "a limit on pages, pixels, bytes, memory or seconds was reached",
    INTERRUPTED: "interrupted; nothing half-written is left",
}

_BY_KIND: tuple[tuple[type[FinlensError], int], ...] = (
    (PasswordRequired, NOT_ALLOWED),
    (PasswordWrong, NOT_ALLOWED),
    (LimitExceeded, LIMIT),
    (NoSuchPage, USAGE),
    (QuestionUnusable, USAGE),
    (BackendUnknown, USAGE),
    (ConfigInvalid, USAGE),
)


class Trouble(NamedTuple):
    """An error as it is told: what happened, why, and what to type next."""

    what: str
    why: str
    hint: str
    code: str = "finlens"


def exit_code(error: BaseException) -> int:
    """The process's exit code for an error."""
    if isinstance(error, MemoryError):
        return LIMIT
    for kind, code in _BY_KIND:
        if isinstance(error, kind):
            return code
    if isinstance(error, FileUnreadable) and isinstance(error.__cause__, PermissionError):
        return NOT_ALLOWED
    return FAILURE


def trouble(error: BaseException) -> Trouble:
    """The three lines of any error; one that finlens did not foresee asks to be reported."""
    if isinstance(error, FinlensError):
        return Trouble(error.what, error.why or f"The error's code is {error.code}.", error.hint or "finlens doctor", error.code)
    if isinstance(error, MemoryError):
        return Trouble(
            "The memory of this machine is used up.",
            "The document is too large to be read at once.",
            "Read fewer pages: --pages 1-50",
            "limit",
        )
    return Trouble(
        "finlens failed in a way that nobody foresaw.",
        f"{type(error).__name__}: {error}",
        "Run the same command with --debug, and report what it prints.",
        "unforeseen",
    )


def tell(problem: Trouble) -> None:
    """Print the three lines to stderr."""
    from finlens.cli.output import clean, stderr

    console = stderr()
    for head, text, style in (("error", problem.what, "bold red"), ("  why", problem.why, "dim"), (" next", problem.hint, "bold")):
        line = " ".join(clean(text).split())
        console.print(f"[{style}]{head}:[/] ", end="", markup=True, highlight=False)
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    sys.stderr.flush()
