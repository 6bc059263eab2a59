"""What everything passes around: documents, pages, words, tables, cells, amounts, and where each was read."""

from finlens.documents.checks import At, Check, CheckKind, Doubt, Term, Verdict
from finlens.documents.geometry import Box, union
from finlens.documents.invoices import Account, Invoice, InvoiceLine, Party, TaxLine, Transaction
from finlens.documents.model import LISTING, Block, Cell, Document, Figure, Line, Page, Role, Table, TextFrom, Word
from finlens.documents.source import Origin, Source
from finlens.documents.statements import Note, Statement, StatementKind, StatementLine, Statements
from finlens.documents.values import Amount, Basis, Fact, Period

__all__ = [
    "LISTING",
    "Account",
    "Amount",
    "At",
    "Basis",
    "Block",
    "Box",
    "Cell",
    "Check",
    "CheckKind",
    "Document",
    "Doubt",
    "Fact",
    "Figure",
    "Invoice",
    "InvoiceLine",
    "Line",
    "Note",
    "Origin",
    "Page",
    "Party",
    "Period",
    "Role",
    "Source",
    "Statement",
    "StatementKind",
    "StatementLine",
    "Statements",
    "Table",
    "TaxLine",
    "Term",
    "TextFrom",
    "Transaction",
    "Verdict",
    "Word",
    "union",
]
