"""The catalogue of table finders. Third parties add theirs through the entry-point group ``finlens.table_finders``."""

from __future__ import annotations

from finlens.extract.base import TableFinder
from finlens.registry import Entry, Registry

TABLE_FINDERS: Registry[TableFinder] = Registry(
    "finlens.table_finders",
    "table finder",
    (
        Entry("aligned", "finlens.extract.tables.aligned:AlignedFinder", "ours: alignment of figures, rules and shading; works on OCR too"),
        Entry(
            "pdfplumber",
            "finlens.extract.tables.pdfplumber:PdfplumberFinder",
            "drawn lines, as pdfplumber sees them",
            needs=("pdfplumber",),
        ),
        Entry("camelot", "finlens.extract.tables.camelot:CamelotFinder", "camelot: lattice, stream, network, hybrid", needs=("camelot",)),
        Entry(
            "tabula",
            "finlens.extract.tables.tabula:TabulaFinder",
            "tabula-java in a process of its own",
            needs=("tabula",),
            extra="tabula",
            programs=("java",),
            program_hint="apt-get install default-jre-headless (or https://adoptium.net)",
        ),
    ),
)
