"""Where a value was read: the one-click check that finlens is for."""

from __future__ import annotations

from dataclasses import dataclass

from finlens.documents.geometry import Box


@dataclass(frozen=True, slots=True)
class Origin:
    """What all words of one page share: the document, the page and the reader that read it."""

    document: str  # SHA-256 of the file, hex
    page: int  # 1-based
    reader: str  # name of the backend, as `finlens doctor` lists it


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a document. ``box`` is None only where the document has no pages (parts, XML)."""

    document: str  # SHA-256 of the file, hex
    page: int  # 1-based
    box: Box | None
    reader: str
    confidence: float = 1.0  # 0 to 1; 1 for a text layer, the engine's own figure for OCR
