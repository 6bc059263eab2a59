"""Opening a PDF: the checks that come before any page, and errors that say what to do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from finlens.errors import FileDamaged, NoSuchPage, PasswordRequired, PasswordWrong

if TYPE_CHECKING:
    import pymupdf

# MuPDF keeps its warnings in one buffer per process.
_WARNINGS_LOCK = threading.Lock()


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's bytes, hex: the identity of a document."""
    seen = path.stat()
    return _sha256(path, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=64)
def _sha256(path: Path, modified: int, size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pages_asked(pages: Sequence[int] | None, count: int) -> Sequence[int]:
    """The asked 1-based pages, all of them for None.

    Raises:
        NoSuchPage: one of them is not in the document.
    """
    if pages is None:
        return range(1, count + 1)
    for number in pages:
        if not 1 <= number <= count:
            raise NoSuchPage(
                f"There is no page {number}.", why=f"The document has {count} page{'s' * (count != 1)}.", hint=f"--pages 1-{count}"
            )
    return pages


@contextmanager
def open_pdf(path: Path, password: str | None = None) -> Iterator[pymupdf.Document]:
    """A PyMuPDF document of at least one page, decrypted, closed at the end.

    Raises:
        FileDamaged: no page can be had from it.
        PasswordRequired: it is encrypted and ``password`` is None.
        PasswordWrong: ``password`` does not open it.
    """
    import pymupdf

    _be_quiet()
    try:
        document = pymupdf.open(path, filetype="pdf")
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as exc:
        raise _damaged(path, exc) from exc
    try:
        _decrypt(document, path, password)
        try:
            count = document.page_count
        except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as exc:
            raise _damaged(path, exc) from exc
        if count < 1:
            raise FileDamaged(
                f"{path.name} has no pages.", why="It is a PDF whose page tree is empty or broken.", hint="Ask its sender for another copy."
            )
        yield document
    finally:
        document.close()


def _decrypt(document: pymupdf.Document, path: Path, password: str | None) -> None:
    if not document.needs_pass:
        return
    if password is None:
        raise PasswordRequired(
            f"{path.name} is encrypted.", why="It opens with a password only.", hint=f"finlens extract {path.name} --password …"
        )
    if not document.authenticate(password):
        raise PasswordWrong(
            f"The password does not open {path.name}.",
            why="Neither as the user's nor as the owner's password.",
            hint="Check it for blanks and capitals.",
        )


def _damaged(path: Path, exc: Exception) -> FileDamaged:
    why = (str(exc).splitlines() or [type(exc).__name__])[0]
    return FileDamaged(
        f"{path.name} cannot be opened.",
        why=f"It is cut off or damaged ({why[:160]}).",
        hint="Open it in a viewer, or print it to a new PDF.",
    )


def _be_quiet() -> None:
    """MuPDF writes to stderr by itself; here its words are collected instead."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)


def collect_warnings() -> tuple[str, ...]:
    """What MuPDF had to say since the last call, each thing once."""
    import pymupdf

    with _WARNINGS_LOCK:
        said = pymupdf.TOOLS.mupdf_warnings(reset=True)
    return tuple(dict.fromkeys(line for line in said.splitlines() if line.strip())) if said else ()
