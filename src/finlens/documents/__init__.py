"""What everything passes around: documents, pages, words, tables, cells, amounts, and where each was read."""

from finlens.documents.geometry import Box, union
from finlens.documents.model import Block, Cell, Document, Figure, Line, Page, Role, Table, TextFrom, Word
from finlens.documents.source import Origin, Source
from finlens.documents.values import Amount, Basis, Fact, Period

__all__ = [
    "Amount",
    "Basis",
    "Block",
    "Box",
    "Cell",
    "Document",
    "Fact",
    "Figure",
    "Line",
    "Origin",
    "Page",
    "Period",
    "Role",
    "Source",
    "Table",
    "TextFrom",
    "Word",
    "union",
]
