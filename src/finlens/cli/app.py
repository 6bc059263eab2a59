"""The command tree, and the one place where an exception becomes an exit code."""

from __future__ import annotations

import difflib
import errno
import gc
import os
import re
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import Any

import typer

from finlens.cli import ask as ask_command
from finlens.cli import cache, compare, config, doctor, extract, schema
from finlens.cli.errors import INTERRUPTED, OK, USAGE, Trouble, exit_code, tell, trouble
from finlens.storage.files import unwritable

# Typer brings its own copy of click in some releases and imports click in others: reach its errors through Typer.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""How a write to stdout fails that was redirected to a full disk; files are written through `finlens.storage`."""

app = typer.Typer(
    name="finlens",
    help="Read financial documents and answer questions about them, with every number checkable.",
    epilog='Example:  finlens ask --doc report.pdf "What was revenue in 2023?"',
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        import finlens

        typer.echo(f"finlens {finlens.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", "-V", help="Print the version.", callback=_show_version, is_eager=True),
    debug: bool = typer.Option(False, "--debug", help="Show a traceback when something fails (anywhere on the line)."),
) -> None:
    """Nothing of its own: the commands do the work."""


extract.register(app)
ask_command.register(app)
compare.register(app)
doctor.register(app)
schema.register(app)
config.register(app)
cache.register(app)


def run(words: Sequence[str]) -> int:
    """Run the command line ``words`` and return the exit code."""
    arguments, debug = _without_debug(words)
    # A report is a million small objects without cycles: looking for cycles after every 700 doubles the time to load one.
    gc.set_threshold(200_000, 20, 100)
    old_handler = _unwind_on_terminate()
    try:
        result = typer.main.get_command(app).main(arguments, prog_name="finlens", standalone_mode=False)
        sys.stdout.flush()
        if result == INTERRUPTED:  # Typer turns Ctrl-C into an exit code of its own
            raise KeyboardInterrupt
        return result if isinstance(result, int) else OK
    except _UsageError as exc:
        if type(exc).__name__ == "NoArgsIsHelpError":  # a group of commands alone on the line
            typer.echo(str(exc))
            return OK
        tell(_usage_trouble(exc))
        return USAGE
    except (BrokenPipeError, SystemExit) as exc:
        if not _is_broken_pipe(exc):  # shell completion ends so
            return exc.code if isinstance(exc, SystemExit) and isinstance(exc.code, int) else OK
        _silence_stdout()  # the reader of our output has seen enough
        return OK
    except (KeyboardInterrupt, typer.Abort):
        tell(
            Trouble(
                "Interrupted.",
                "Stopped on request; nothing half-written is left.",
                "Run the same command again: files that were done come from the cache.",
            )
        )
        return INTERRUPTED
    except Exception as exc:  # the last resort: whatever it is, people get three lines
        if debug:
            raise
        if isinstance(exc, OSError) and exc.filename is None and exc.errno in _NO_ROOM:
            _silence_stdout()
            exc = unwritable("stdout", exc)
        tell(trouble(exc))
        return exit_code(exc)
    finally:
        if old_handler is not None:
            signal.signal(signal.SIGTERM, old_handler)


def _near_commands(context: Any, message: str) -> list[str]:
    """Commands that look like the one that is not there; older releases of Typer do not look."""
    wrong = re.match(r"No such command '([^']+)'", message)
    known = getattr(getattr(context, "command", None), "commands", {})
    return difflib.get_close_matches(wrong[1], known, n=1) if wrong else []


def _without_debug(words: Sequence[str]) -> tuple[list[str], bool]:
    """``--debug`` counts wherever it stands before ``--``."""
    end = list(words).index("--") if "--" in words else len(words)
    debug = "--debug" in words[:end] or os.environ.get("FINLENS_DEBUG", "") not in ("", "0")
    return [word for word in words[:end] if word != "--debug"] + list(words[end:]), debug


def _is_broken_pipe(exc: BaseException | None) -> bool:
    """Whether it began with a closed pipe; Typer and Rich turn that into SystemExit."""
    while exc is not None and not isinstance(exc, BrokenPipeError):
        exc = exc.__context__
    return exc is not None


def _silence_stdout() -> None:
    """Nothing more may be flushed into a closed pipe or a full disk, not even by the interpreter when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _unwind_on_terminate() -> Any:
    """Make SIGTERM unwind like Ctrl-C; returns the handler to put back, None where a thread may not set one."""
    if threading.current_thread() is not threading.main_thread():
        return None
    return signal.signal(signal.SIGTERM, _terminate)


def _terminate(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt  # temporary files go, worker processes end


def _usage_trouble(exc: BaseException) -> Trouble:
    context = getattr(exc, "ctx", None)
    command = context.command_path if context is not None else "finlens"
    message = str(getattr(exc, "format_message", lambda: exc)())
    near = list(getattr(exc, "possibilities", None) or ()) or _near_commands(context, message)
    hint = f"Did you mean '{near[0]}'?  {command} --help" if near else f"{command} --help"
    return Trouble(message, f"The command line of '{command}' cannot be used as it stands.", hint, "usage")
