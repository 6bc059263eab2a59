"""Invoices and bank statements as they are printed: `with_invoices` is the door for a whole document."""

from __future__ import annotations

from finlens.documents import Document
from finlens.finance.invoices.is_invoice import may_be_invoice
from finlens.finance.invoices.statement_heads import may_be_statement


def with_invoices(document: Document) -> Document:
    """The document with the invoice or the accounts that are printed in it, and the facts and checks of these; others as they are."""
    if may_be_statement(document):
        from finlens.finance.invoices.accounts import with_accounts  # only statements and invoices pay for what reads them

        document = with_accounts(document)
    if document.accounts or not may_be_invoice(document):
        return document
    from finlens.finance.invoices.read import with_printed_invoice

    return with_printed_invoice(document)


__all__ = ["with_invoices"]
