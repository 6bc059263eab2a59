"""The ``finlens`` command: parse, call the workspace, print."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; see `finlens.cli.errors.EXIT_CODES`."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words in (["--version"], ["-V"]):  # the quick way: no command-line library is loaded
        import finlens

        print(f"finlens {finlens.__version__}")  # noqa: T201
        return 0
    from finlens.cli.app import run

    if arguments is None:
        _hasten()
    code = run(words)
    if arguments is None:
        gc.freeze()  # at its end the interpreter looks for cycles once more, for a quarter of a second on a long report
    return code


def _hasten() -> None:
    """Settings of a process that reads and ends: only the command's own, never those of a program that imports finlens."""
    # PyMuPDF imports its layout models where they are installed: half a second for what finlens does not use.
    sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]
