"""How many threads a model may take without choking the machine that it shares."""

from __future__ import annotations

import os
from pathlib import Path


def spare_threads() -> int:
    """Physical cores that this process may use, less one, and at least one.

    llama.cpp spins while it waits for its slowest thread: on a busy machine one thread too many costs far more than
    one too few, and two threads on one physical core gain nothing.
    """
    usable = _usable_cpus()
    siblings = [_read(Path(f"/sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list")) for number in usable]
    cores = len(set(siblings)) if siblings and all(siblings) else len(usable)
    return max(1, cores - 1)


def _usable_cpus() -> list[int]:
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
