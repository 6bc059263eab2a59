"""Running a table library in a process of its own, so that it can be stopped and cannot take the caller down with it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from finlens.errors import BackendFailed, LimitExceeded


def run(command: Sequence[str], *, name: str, timeout_s: float, stdin: bytes = b"") -> bytes:
    """What ``command`` writes to its standard output.

    Raises:
        LimitExceeded: it did not finish within ``timeout_s`` and was stopped.
        BackendFailed: it could not be started, or ended with an error; the last line it wrote says why.
    """
    try:
        done = subprocess.run(list(command), input=stdin, capture_output=True, timeout=timeout_s, check=False)
    except subprocess.TimeoutExpired as exc:
        raise LimitExceeded(
            f"{name} was stopped after {timeout_s:g} s.",
            why="It did not finish with these pages.",
            hint="Give fewer pages (--pages), or use --tables aligned (the default).",
        ) from exc
    except OSError as exc:
        raise BackendFailed(f"{name} could not be started.", why=str(exc), hint="finlens doctor shows what is missing.") from exc
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"]
        raise BackendFailed(f"{name} gave up.", why=said[-1][:300], hint="Use --tables aligned (the default).")
    return done.stdout
