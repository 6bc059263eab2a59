"""Tables out of pages: one verb, and a catalogue of ways to do it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from finlens.documents import Table
from finlens.extract.base import RawPage

__all__ = ["OUR_OWN", "find_tables"]

OUR_OWN = "aligned"
"""The finder that "auto" stands for."""


def find_tables(path: Path, pages: Sequence[RawPage], *, finder: str = "auto", password: str | None = None) -> list[Table]:
    """The tables of ``pages``, in reading order.

    Args:
        path: The file; opened only by finders that bring their own PDF library.
        pages: What a reader (or OCR) saw on each page.
        finder: A name of the catalogue, or "auto": our own finder, `OUR_OWN`, on every page. It reads ruled,
            banded and borderless tables alike and is ahead of the others on each kind by measurement, so nothing
            falls back to another one.
        password: Opens an encrypted file for finders that open it themselves.

    Raises:
        BackendUnknown: no finder has that name.
        ExtraMissing: the finder's package is not installed.
        ToolMissing: the finder's program is not installed.
        BackendFailed: the finder gave up on the file.
    """
    from finlens.extract.tables.backends import TABLE_FINDERS

    chosen = TABLE_FINDERS.load(OUR_OWN if finder == "auto" else finder)()
    return chosen.find(path, pages, password=password)
