"""How soon finlens answers: start-up, and a second question on the same file."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.reading import long_filing
from benchmarks.timing import command, median, table

FINLENS = str(Path(sys.executable).with_name("finlens"))


def report(data: Path | None, bench: Path | None) -> str:
    """Wall time of --help and --version, process start included."""
    rows = []
    for option in ("--version", "--help"):
        seconds = median(lambda option=option: command([FINLENS, option]).seconds, 9)
        rows.append([f"`finlens {option}`", f"{1000 * seconds:.0f} ms", "≤ 300 ms"])
    return table(["command", "median wall", "goal"], rows)


def cached_ask(data: Path | None, bench: Path | None) -> str:
    """The first and the second question on one file, each a process of its own."""
    filing = long_filing(data)
    with tempfile.TemporaryDirectory() as home:
        ask = [FINLENS, "ask", "--doc", str(filing), "What was net income?"]
        env = {"XDG_CACHE_HOME": home, "FINLENS_CACHE_DIR": home}
        first = command(ask, env=env).seconds
        again = [command(ask, env=env).seconds for _ in range(5)]
    rows = [
        ["first `ask` (reads the file)", f"{first:.1f} s", "–"],
        ["second `ask` (cached)", f"{statistics.median(again):.2f} s", "≤ 1.5 s"],
    ]
    return f"{filing.name}\n\n" + table(["command", "wall", "goal"], rows)
