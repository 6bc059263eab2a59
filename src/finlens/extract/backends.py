"""The libraries that read words out of PDFs."""

from __future__ import annotations

from finlens.extract.base import PageReader
from finlens.registry import Entry, Registry

PAGE_READERS: Registry[PageReader] = Registry(
    "finlens.page_readers",
    "page reader",
    (
        Entry("pymupdf", "finlens.extract.pymupdf:PyMuPDFReader", "exact boxes, drawings, hidden text; fast (default)", needs=("pymupdf",)),
        Entry("pdfplumber", "finlens.extract.pdfplumber:PdfplumberReader", "exact boxes and drawings; slow", needs=("pdfplumber",)),
        Entry("pypdf", "finlens.extract.pypdf:PypdfReader", "approximate boxes; no compiled code", needs=("pypdf",)),
    ),
)
