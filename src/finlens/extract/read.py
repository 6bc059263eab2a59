"""Reading a document: the story of extraction from top to bottom.

path → what kind of file is it, and may it be opened → the words and drawings of each page → OCR where the text
layer is missing or cannot be believed → tables → layout → Document → what its numbers mean
→ the XML that is attached to it, checked against what is printed
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from finlens.documents import Document, Page, Table
from finlens.errors import FileDamaged
from finlens.extract.base import RawPage
from finlens.extract.bombs import check_streams
from finlens.extract.crew import is_worth_it, read_together
from finlens.extract.files import look_at
from finlens.extract.hidden import doubts_of
from finlens.extract.layout import lay_out
from finlens.extract.limits import Limits
from finlens.extract.ocr import OcrMode, ReadPage
from finlens.extract.pdf_file import sha256_of
from finlens.extract.ranges import page_numbers
from finlens.extract.settle import Opening, check_recognised, settled_pages
from finlens.extract.structured.attached import with_attachments
from finlens.extract.structured.filing import read_filing
from finlens.extract.structured.xml_file import read_xml_file
from finlens.extract.tables import OUR_OWN, find_tables
from finlens.extract.tables.aligned import tables_of
from finlens.extract.tables.grid import Grid
from finlens.extract.turned import pages_put_back, tables_put_back
from finlens.finance import interpret

_MAX_WARNINGS = 50
_DEFAULT_LIMITS = Limits()


@contextmanager
def _few_collections() -> Iterator[None]:
    """A report is a million small objects without a cycle: looking for cycles among them costs a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], 500_000), *before[1:])
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
    jobs: int = 1,
) -> Document:
    """Read a PDF, an image (PNG, JPEG, TIFF, WebP, BMP), the XML of an invoice, or a report in XHTML or XBRL into a `Document`.

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
        jobs: Processes that share the pages, where that is worth starting them: scans, or a long report. A script that
            asks for more than one needs the guard ``if __name__ == "__main__":`` that Python's multiprocessing asks for.

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
    if kind == "xml":
        page_numbers(pages, 1)
        return read_xml_file(file, sha256)
    if kind in ("html", "package"):
        return read_filing(file, sha256, packed=kind == "package", pages=pages, limits=limits)
    opening = Opening(file, kind, sha256, password, reader, ocr, ocr_engine, limits)
    own_finder = tables in ("auto", OUR_OWN)
    grids: list[Grid] | None = None
    with opening.source() as source:
        numbers = page_numbers(pages, source.page_count)
        limits.check_pages(len(numbers), file.name)
        if jobs > 1 and is_worth_it(source, numbers, ocr):
            settled, grids = read_together(opening, numbers, jobs, on_page, find=own_finder)
        else:
            settled = settled_pages(opening, source, numbers, on_page)
        page_count, metadata, attachments = source.page_count, source.metadata, source.attachments()
    check_recognised(settled)
    _check_readable(settled, file)
    if own_finder and grids is not None:
        found = tables_of(grids)
    else:
        found = _find_tables(file, [page.raw for page in settled], tables, password)
    laid_out = lay_out([page.raw for page in settled], found, [page.text_from for page in settled])
    turns = {page.raw.number: page.turn for page in settled if page.turn}
    unseen = tuple(doubt for page in settled for doubt in doubts_of(page.raw))
    document = Document(
        sha256=sha256,
        name=file.name,
        pages=tuple(pages_put_back(laid_out, turns)),
        tables=tuple(tables_put_back(found, turns)),
        metadata=metadata,
        warnings=tuple(_warnings(warnings, laid_out)),
        path=str(file.absolute()),
        page_count=page_count,
        doubts=unseen,
    )
    del settled, grids, found, laid_out  # rules, fills and half-made tables of a long report take as much as the document
    return with_attachments(interpret(document), attachments)


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
