"""The words of each page, settled: what the reader gives, or OCR where that is missing or cannot be believed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from finlens.documents import Box, Origin
from finlens.errors import BackendError
from finlens.extract.backends import PAGE_READERS
from finlens.extract.base import RawPage
from finlens.extract.files import Kind
from finlens.extract.limits import Limits
from finlens.extract.ocr import OcrMode, ReadPage, need_of, recognised, text_source
from finlens.extract.sources import ImageSource, PdfSource, open_source
from finlens.vision.backends import WORD_RECOGNISERS, default_engine
from finlens.vision.base import WordRecogniser


@dataclass(frozen=True, slots=True)
class Opening:
    """All that another process needs to open the same file and read it the same way."""

    path: Path
    kind: Kind
    sha256: str
    password: str | None
    reader: str
    ocr: OcrMode
    ocr_engine: str
    limits: Limits

    @contextmanager
    def source(self) -> Iterator[PdfSource | ImageSource]:
        """The file, open; see `open_source` for what it raises."""
        with open_source(self.path, self.kind, self.password, self.limits) as source:
            yield source


def settled_pages(
    opening: Opening, source: PdfSource | ImageSource, numbers: Sequence[int], on_page: Callable[[int, int], None] | None = None
) -> list[ReadPage]:
    """These pages of an open file with their words settled.

    Args:
        opening: How the file is read.
        source: The file.
        numbers: 1-based pages.
        on_page: Called with (pages done, pages in all) after each page.

    Raises:
        LimitExceeded: a page, or the whole, takes more than it may.
        BackendError: the reader failed; or OCR did, where it was asked for by name or for every page.
    """
    raw = _paced(_raw_pages(opening, source, numbers), len(numbers), opening.limits, opening.path.name, on_page)
    return list(_settled(raw, source, opening.ocr, opening.ocr_engine))


def check_recognised(pages: Sequence[ReadPage]) -> None:
    """A document of which nothing could be read, because OCR failed, is no result: raise what it failed with."""
    failure = next((page.failure for page in reversed(pages) if page.failure), None)
    if failure and not any(page.raw.words for page in pages):
        raise failure


def _raw_pages(opening: Opening, source: PdfSource | ImageSource, numbers: Sequence[int]) -> Iterator[RawPage]:
    """The pages before OCR. Those of an image have no words, and one picture."""
    if opening.kind == "pdf":
        yield from PAGE_READERS.load(opening.reader)().read(opening.path, pages=numbers, password=opening.password)
        return
    for number in numbers:
        width, height = source.size(number)
        yield RawPage(number, width, height, Origin(opening.sha256, number, "image"), images=(Box(0.0, 0.0, width, height),))


def _paced(
    pages: Iterable[RawPage], count: int, limits: Limits, name: str, on_page: Callable[[int, int], None] | None
) -> Iterator[RawPage]:
    """The same pages, with the time looked at and progress told after each was dealt with."""
    started = time.monotonic()
    for done, page in enumerate(pages, 1):
        yield page
        if on_page:
            on_page(done, count)
        limits.check_time(time.monotonic() - started, done, count, name)


def _settled(pages: Iterable[RawPage], source: PdfSource | ImageSource, mode: OcrMode, engine_name: str) -> Iterator[ReadPage]:
    """Pages whose words are settled: by OCR where that is needed. The engine loads at the first page that needs it."""
    for page in pages:
        need = need_of(page, mode)
        settled = ReadPage(page, text_source(page))
        if need:
            try:
                settled = recognised(page, source, engine_of(engine_name), need)
            except BackendError as exc:
                if mode == "always" or engine_name != "auto":
                    raise
                warning = f"page {page.number}: {need.why}, and OCR failed ({exc.what}); its text is missing or may be wrong"
                settled = ReadPage(replace(page, warnings=(*page.warnings, warning)), text_source(page), failure=exc)
        yield settled


@lru_cache(maxsize=2)
def engine_of(name: str) -> WordRecogniser:
    """The engine of that name, made once in a process: its weights take half a second to load."""
    return WORD_RECOGNISERS.load(default_engine() if name == "auto" else name)()
