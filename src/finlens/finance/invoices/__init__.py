"""Invoices and bank statements as they are printed: `with_invoices` is the door for a whole document."""

from __future__ import annotations

from finlens.documents import Document
from finlens.finance.invoices.is_invoice import may_be_invoice


def with_invoices(document: Document) -> Document:
    """The document with the invoice that it is, as it is printed, and the facts and checks of it; others come back as they are."""
    if not document.pages or not may_be_invoice(document):
        return document
    from finlens.finance.invoices.read import with_printed_invoice  # only invoices pay for what reads them

    return with_printed_invoice(document)


__all__ = ["with_invoices"]
