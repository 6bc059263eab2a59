"""Wall time and peak memory, measured the same way for finlens and for the library beside it."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    seconds: float
    peak_mib: float
    stdout: str


def command(arguments: list[str], *, env: dict[str, str] | None = None) -> Run:
    """Run a command to its end; its wall seconds and the peak memory of its largest process."""
    began = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})
    stdout, stderr = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{arguments} failed with {process.returncode}:\n{stderr[-2000:]}")
    return Run(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, stdout)


def python(code: str, *arguments: str) -> Run:
    """Run code in a fresh interpreter, which prints its own peak memory on its last line."""
    epilogue = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    run = command([sys.executable, "-c", code + epilogue, *arguments])
    *lines, peak = run.stdout.strip().splitlines()
    return Run(run.seconds, int(peak) / 1024, "\n".join(lines))


def median(measure: Callable[[], float], runs: int) -> float:
    """The median of ``runs`` measurements after one warm-up."""
    measure()
    return statistics.median(measure() for _ in range(runs))


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
