"""The same work on many files, each in a process of its own pool, so that one bad file harms no other."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from types import FrameType
from typing import TypeVar

from finlens.errors import BackendFailed, FinlensError

_TIME_TO_UNWIND_S = 0.5

Item = TypeVar("Item")
Result = TypeVar("Result")


def each(work: Callable[[Item], Result], items: Sequence[Item], *, jobs: int = 1) -> Iterator[tuple[int, Result | FinlensError]]:
    """Yield the index and the result of each item as it is done; a `FinlensError` takes the place of a result.

    A process that dies (a crash in a library, out of memory) costs only the item that it died on: those that were
    under way with it are tried again, alone.

    Args:
        work: A module-level function, or a `functools.partial` of one.
        items: What to work on; picklable.
        jobs: Processes at a time.
    """
    suspects: list[int] = []
    yield from _run(work, items, deque(range(len(items))), max(1, min(jobs, len(items))), suspects)
    for index in suspects:
        died: list[int] = []
        yield from _run(work, items, deque([index]), 1, died)
        if died:
            yield (
                index,
                BackendFailed(
                    "Reading the file ended the process that read it.",
                    why="A library crashed on it, or the system ran out of memory.",
                    hint="Try another reader (--reader pypdf), or fewer pages (--pages 1-20).",
                ),
            )


def _run(
    work: Callable[[Item], Result], items: Sequence[Item], waiting: deque[int], jobs: int, suspects: list[int]
) -> Iterator[tuple[int, Result | FinlensError]]:
    """Work through ``waiting``; indices that were under way when a process died are added to ``suspects``."""
    while waiting:
        # Not fork: the libraries below hold threads and locks.
        pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=start_worker)
        under_way: dict[Future[Result], int] = {}
        try:
            while waiting or under_way:
                while waiting and len(under_way) < jobs:
                    index = waiting.popleft()
                    under_way[pool.submit(work, items[index])] = index
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    error = future.exception()
                    if isinstance(error, BrokenProcessPool):
                        raise error
                    index = under_way.pop(future)
                    if error is not None and not isinstance(error, FinlensError):
                        raise error
                    yield index, error if isinstance(error, FinlensError) else future.result()
        except BrokenProcessPool:
            suspects += sorted(under_way.values())
            if len(under_way) == 0:
                raise
        except BaseException:
            _end(pool)
            raise
        finally:
            pool.shutdown(wait=not waiting and not under_way, cancel_futures=True)


def start_worker() -> None:
    """What a worker process does first, so that it ends when the one that started it says so."""
    # Ctrl-C reaches the whole group: the parent decides. SIGTERM unwinds, so that no half-written file stays.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the pool's processes: a moment to remove temporary files, then for good."""
    workers = multiprocessing.active_children()
    for child in workers:
        child.terminate()
    deadline = time.monotonic() + _TIME_TO_UNWIND_S
    for child in workers:
        child.join(max(0.0, deadline - time.monotonic()))
        child.kill()  # a worker survives SystemExit: the executor takes it for a result
    pool.shutdown(wait=False, cancel_futures=True)
