"""Reading a document: the story of extraction from top to bottom.

path → what kind of file is it, and may it be opened → the words and drawings of each page → OCR where the text
layer is missing or cannot be believed → tables → layout → Document → what its numbers mean
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from finlens.documents import Box, Document, Origin, Page, Table
from finlens.errors import BackendError, FileDamaged
from finlens.extract.backends import PAGE_READERS
from finlens.extract.base import RawPage
from finlens.extract.bombs import check_streams
from finlens.extract.files import Kind, look_at
from finlens.extract.layout import lay_out
from finlens.extract.limits import Limits
from finlens.extract.ocr import OcrMode, ReadPage, need_of, recognised, text_source
from finlens.extract.pdf_file import sha256_of
from finlens.extract.ranges import page_numbers
from finlens.extract.sources import ImageSource, PdfSource, open_source
from finlens.extract.tables import find_tables
from finlens.extract.turned import pages_put_back, tables_put_back
from finlens.finance import interpret
from finlens.vision.backends import WORD_RECOGNISERS, default_engine
from finlens.vision.base import WordRecogniser

_MAX_WARNINGS = 50
_DEFAULT_LIMITS = Limits()


@contextmanager
def _few_collections() -> Iterator[None]:
    """A report is a million small objects without a cycle: looking for cycles among them costs a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], 100_000), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_few_collections()
def read(
    path: str | os.PathLike[str],
    *,
    pages: str | Sequence[int] | None = None,
    password: str | None = None,
    ocr: OcrMode = "auto",
    reader: str = "pymupdf",
    tables: str = "auto",
    ocr_engine: str = "auto",
    limits: Limits = _DEFAULT_LIMITS,
    on_page: Callable[[int, int], None] | None = None,
) -> Document:
    """Read a PDF or an image (PNG, JPEG, TIFF, WebP, BMP) into a `Document`.

    Args:
        path: The file.
        pages: 1-based pages, as "1-5,9", or a sequence of numbers; all when None.
        password: For an encrypted PDF.
        ocr: "auto" reads from the picture what has no text layer, or one that cannot be believed; "always" every
            page; "never" none.
        reader: The library that gives the words of a PDF: see `finlens doctor`.
        tables: The way to find tables; "auto" picks by page, "none" looks for none.
        ocr_engine: The engine that reads pictures; "auto" is the packaged one.
        limits: What the file may cost.
        on_page: Called with (pages done, pages in all) after each page.

    Raises:
        InputError: the file cannot be read, or has no such page.
        LimitExceeded: the file would cost more than ``limits`` allow.
        BackendError: a reader, finder or engine is unknown, not installed, or failed.
    """
    file = Path(path)
    kind, warnings = look_at(file, limits)
    if kind == "pdf":
        check_streams(file, limits)
    sha256 = sha256_of(file)
    with open_source(file, kind, password, limits) as source:
        numbers = page_numbers(pages, source.page_count)
        limits.check_pages(len(numbers), file.name)
        raw = _raw_pages(file, kind, source, numbers, sha256, reader, password)
        settled = list(_settled(_paced(raw, len(numbers), limits, file.name, on_page), source, ocr, ocr_engine))
        page_count, metadata = source.page_count, source.metadata
    _check_readable(settled, file)
    found = _find_tables(file, [page.raw for page in settled], tables, password)
    laid_out = lay_out([page.raw for page in settled], found, [page.text_from for page in settled])
    turns = {page.raw.number: page.turn for page in settled if page.turn}
    document = Document(
        sha256=sha256,
        name=file.name,
        pages=tuple(pages_put_back(laid_out, turns)),
        tables=tuple(tables_put_back(found, turns)),
        metadata=metadata,
        warnings=tuple(_warnings(warnings, laid_out)),
        path=str(file.absolute()),
        page_count=page_count,
    )
    return interpret(document)


def _raw_pages(
    path: Path, kind: Kind, source: PdfSource | ImageSource, numbers: Sequence[int], sha256: str, reader: str, password: str | None
) -> Iterator[RawPage]:
    """The pages before OCR. Those of an image have no words, and one picture."""
    if kind == "pdf":
        yield from PAGE_READERS.load(reader)().read(path, pages=numbers, password=password)
        return
    for number in numbers:
        width, height = source.size(number)
        yield RawPage(number, width, height, Origin(sha256, number, "image"), images=(Box(0.0, 0.0, width, height),))


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
    failure: BackendError | None = None
    some_words = False
    for page in pages:
        need = need_of(page, mode)
        settled = ReadPage(page, text_source(page))
        if need:
            try:
                settled = recognised(page, source, engine_of(engine_name), need)
            except BackendError as exc:
                if mode == "always" or engine_name != "auto":
                    raise
                failure = exc
                warning = f"page {page.number}: {need.why}, and OCR failed ({exc.what}); its text is missing or may be wrong"
                settled = ReadPage(replace(page, warnings=(*page.warnings, warning)), text_source(page))
        some_words = some_words or bool(settled.raw.words)
        yield settled
    if failure and not some_words:
        raise failure  # a document of which nothing could be read is no result


@lru_cache(maxsize=2)
def engine_of(name: str) -> WordRecogniser:
    """The engine of that name, made once in a process: its weights take half a second to load."""
    return WORD_RECOGNISERS.load(default_engine() if name == "auto" else name)()


def _check_readable(pages: Sequence[ReadPage], path: Path) -> None:
    """A document of which no page could be opened is damaged, whatever the library makes of it."""
    if pages and all(page.raw.width <= 0 for page in pages):
        why = next((warning for page in pages for warning in page.raw.warnings), "No page can be drawn.")
        raise FileDamaged(
            f"{path.name} cannot be read.",
            why=f"Not one of its pages opens ({why}).",
            hint="Open it in a viewer, or print it to a new PDF.",
        )


def _find_tables(path: Path, pages: Sequence[RawPage], finder: str, password: str | None) -> list[Table]:
    return [] if finder == "none" else find_tables(path, pages, finder=finder, password=password)


def _warnings(first: Iterable[str], pages: Iterable[Page]) -> Iterator[str]:
    """What the user should know of, each thing once, and not endlessly."""
    said = dict.fromkeys([*first, *(warning for page in pages for warning in page.warnings)])
    for count, warning in enumerate(said):
        if count == _MAX_WARNINGS:
            yield f"and {len(said) - count} more warnings"
            return
        yield warning
