"""The pages of one document, read by several processes: each takes every nth page.

A process settles the words of its pages, hears which words are furniture of the whole document, finds the tables of its
pages, and sends all of it back in one piece. What comes of it is what one process makes.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from finlens.batch import start_worker
from finlens.errors import BackendFailed
from finlens.extract.ocr import OcrMode, ReadPage
from finlens.extract.settle import Opening, settled_pages
from finlens.extract.sources import PdfSource, Source
from finlens.extract.tables.aligned import grids_of
from finlens.extract.tables.furniture import WordKey, furniture_in, margin_words
from finlens.extract.tables.grid import Grid

_MANY_PAGES = 500
"""Of text: what goes on in one process after the pages are read takes more than half of the time, so a few hundred gain nothing."""
_LOOKED_AT = 12
_TIME_TO_END_S = 0.5


def is_worth_it(source: Source, numbers: Sequence[int], ocr: OcrMode) -> bool:
    """Whether several processes would read these pages sooner than one: many of them, or some that need OCR."""
    if multiprocessing.current_process().daemon:
        return False  # it may start no processes of its own
    if len(numbers) < 2 or len(numbers) >= _MANY_PAGES or not isinstance(source, PdfSource) or ocr == "always":
        return len(numbers) >= 2
    looked_at = numbers[:: max(1, len(numbers) // _LOOKED_AT)]
    return ocr == "auto" and sum(not source.has_text(number) for number in looked_at) >= 2


def read_together(
    opening: Opening, numbers: Sequence[int], jobs: int, on_page: Callable[[int, int], None] | None, *, find: bool
) -> tuple[list[ReadPage], list[Grid]]:
    """The pages, settled, in the order of ``numbers``, and the grids on them where ``find`` asks for our own finder.

    Raises:
        FinlensError: what a process met, as one process alone would raise it.
        BackendFailed: a process died.
    """
    shares = [share for k in range(jobs) if (share := list(numbers[k::jobs]))]
    context = multiprocessing.get_context("spawn")  # not fork: the libraries below hold threads and locks
    crew: list[tuple[BaseProcess, Connection]] = []
    try:
        for share in shares:
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, opening, share, find), daemon=True)
            process.start()
            theirs.close()
            crew.append((process, ours))
        found = _conversation([pipe for _, pipe in crew], len(numbers), on_page)
    finally:
        for worker, pipe in crew:
            pipe.close()
            worker.terminate()
        for worker, _ in crew:
            worker.join(_TIME_TO_END_S)
            worker.kill()
            worker.join()
    place = {number: index for index, number in enumerate(numbers)}
    pages = sorted((page for share, _ in found for page in share), key=lambda page: place[page.raw.number])
    grids = [grid for _, part in found for grid in part]
    return pages, sorted(grids, key=lambda grid: place[grid.page.number])  # stable: those of one page stay in order


_Share = tuple[list[ReadPage], list[Grid]]


def _conversation(pipes: list[Connection], count: int, on_page: Callable[[int, int], None] | None) -> list[_Share]:
    """Hear all processes to the end; what each found, in the order of the pipes."""
    done = pages = 0
    found: dict[Connection, _Share] = {}
    seen: Counter[WordKey] = Counter()
    heard: list[Connection] = []
    while len(found) < len(pipes):
        for ready in wait([pipe for pipe in pipes if pipe not in found]):
            pipe = next(each for each in pipes if each is ready)
            kind, said = _hear(pipe)
            if kind == "page":
                done += 1
                if on_page:
                    on_page(done, count)
            elif kind == "settled":
                pages += said[0]
                seen.update(said[1])
                heard.append(pipe)
                if len(heard) == len(pipes):
                    known = furniture_in(seen, pages)
                    for each in pipes:
                        each.send(known)
            elif kind == "found":
                found[pipe] = said
            else:
                raise said
    return [found[pipe] for pipe in pipes]


def _hear(pipe: Connection) -> tuple[str, Any]:
    try:
        return pipe.recv()  # type: ignore[no-any-return]
    except (EOFError, OSError) as exc:
        raise BackendFailed(
            "Reading the file ended a process that read it.",
            why="A library crashed on it, or the system ran out of memory.",
            hint="Read it in one process (-j 1), or fewer pages (--pages 1-20).",
        ) from exc


def _work(pipe: Connection, opening: Opening, numbers: list[int], find: bool) -> None:
    """One process of the crew, from beginning to end."""
    start_worker()
    gc.set_threshold(100_000)  # words hold no cycles: see `finlens.extract.read`
    # PyMuPDF imports its layout models where they are installed: half a second for what finlens does not use.
    sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]
    try:
        pipe.send(("found", _share(pipe, opening, numbers, find)))
    except (EOFError, BrokenPipeError):
        return  # whoever asked has gone
    except Exception as exc:  # noqa: BLE001 - raised again by whoever asked, as if it had read the pages itself
        pipe.send(("failed", exc))


def _share(pipe: Connection, opening: Opening, numbers: list[int], find: bool) -> _Share:
    with opening.source() as source:
        pages = settled_pages(opening, source, numbers, lambda done, count: pipe.send(("page", done)))
    pipe.send(("settled", (len(pages), margin_words([page.raw for page in pages]))))
    known = pipe.recv()
    return pages, [grid for page in pages for grid in grids_of(page.raw, known)] if find else []
