"""``finlens doctor``: what works on this machine, and the command that mends what does not."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import typer

from finlens.cli import options
from finlens.cli.errors import FAILURE, OK
from finlens.cli.output import print_json, stdout

if TYPE_CHECKING:
    from finlens.doctor import Checkup


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", short_help="Check what works here, and what is missing.", epilog="Example:  finlens doctor --json")(doctor)


def doctor(as_json: options.AsJson = False) -> int:
    """Check every backend: ready, or what is missing and what to type.

    Exit code 1 where a part of the base install does not work; optional parts may be missing.
    """
    from finlens import config
    from finlens.doctor import examine

    checkup = examine(config.load())
    if as_json:
        print_json(_record(checkup))
    else:
        _show(checkup)
    return OK if checkup.healthy else FAILURE


def _record(checkup: Checkup) -> dict[str, Any]:
    cache, machine = checkup.cache, checkup.machine
    return {
        "format": "finlens.doctor",
        "version": 1,
        "healthy": checkup.healthy,
        "finlens": checkup.finlens,
        "python": checkup.python,
        "backends": [
            {"kind": b.kind, "name": b.name, "summary": b.summary, "ready": b.ready, "missing": b.missing, "mend": b.mend, "base": b.base}
            for b in checkup.backends
        ],
        "models": list(checkup.models),
        "packages": checkup.packages,
        "programs": checkup.programs,
        "cache": {
            "folder": str(cache.folder),
            "entries": cache.usage.entries,
            "bytes": cache.usage.bytes,
            "max_bytes": cache.max_bytes,
            "writable": cache.writable,
        },
        "machine": {
            "system": machine.system,
            "processor": machine.processor,
            "cores": machine.cores,
            "memory_bytes": machine.memory_bytes,
            "memory_free_bytes": machine.memory_free_bytes,
            "gpus": list(machine.gpus),
        },
    }


def _show(checkup: Checkup) -> None:
    from rich.table import Table
    from rich.text import Text

    console = stdout()
    for kind, backends in groupby(checkup.backends, key=lambda backend: backend.kind):
        console.print(Text(f"{kind[0].upper()}{kind[1:]}s", style="bold"))
        grid = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        grid.add_column(width=2)
        grid.add_column(style="bold", no_wrap=True, min_width=12)
        grid.add_column(overflow="fold")
        for backend in backends:
            if backend.ready:
                grid.add_row(Text("✓", style="green"), Text(backend.name), Text(backend.summary, style="dim"))
            else:
                mend = Text.assemble((f"missing: {backend.missing}", "yellow"), "\n", (backend.mend, "bold"))
                grid.add_row(Text("✗", style="bold red" if backend.base else "yellow"), Text(backend.name), mend)
        console.print(grid)
        console.print()
    facts = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    facts.add_column(style="bold", no_wrap=True, min_width=14)
    facts.add_column(overflow="fold")
    for name, text in _facts(checkup):
        facts.add_row(name, Text(text))
    console.print(facts)


def _facts(checkup: Checkup) -> list[tuple[str, str]]:
    cache, machine = checkup.cache, checkup.machine
    entries = f"{cache.usage.entries} document{'s' * (cache.usage.entries != 1)}"
    kept = f"{entries}, {cache.usage.bytes / 1e6:,.1f} of {cache.max_bytes / 1e6:,.0f} MB"
    memory = "not known"
    if machine.memory_bytes:
        memory = f"{machine.memory_bytes / 2**30:.1f} GiB, {(machine.memory_free_bytes or 0) / 2**30:.1f} GiB free"
    return [
        ("finlens", checkup.finlens),
        ("Python", checkup.python),
        ("Models", "\n".join(checkup.models) or 'none (pip install "finlens[llm]"); answers about numbers need none'),
        ("Packages", ", ".join(f"{name} {found}" for name, found in checkup.packages.items())),
        ("Programs", "\n".join(checkup.programs.values()) or "none of the optional ones"),
        ("Cache", f"{cache.folder}\n{kept}{'' if cache.writable else '  (cannot be written: results are not kept)'}"),
        ("System", machine.system),
        ("Processor", f"{machine.processor}, {machine.cores} cores"),
        ("Memory", memory),
        ("Graphics", ", ".join(machine.gpus) or "none that llama.cpp could use"),
    ]
