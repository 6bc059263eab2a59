"""A document and the XML attached to it made one: the XML's values stand first, each where it is printed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from finlens.documents import Check, Document, Source, Term
from finlens.errors import FinlensError
from finlens.extract.structured.agreement import compare
from finlens.extract.structured.arithmetic import checks_of_xml
from finlens.extract.structured.attachments import Attachment
from finlens.extract.structured.einvoice import read_einvoice
from finlens.extract.structured.fields import EInvoice
from finlens.extract.structured.instance import attach_instance, read_instance
from finlens.extract.structured.places import moved, places_of, put
from finlens.extract.structured.printed import Printed
from finlens.extract.structured.xml import Node, local_name, parse_xml


def with_attachments(document: Document, attachments: Iterable[Attachment]) -> Document:
    """The document with the invoices and the XBRL that are attached to it; warnings say what differs and what could not be read."""
    warnings: list[str] = []
    for attachment in attachments:
        if attachment.problem:
            warnings.append(f"The attachment {attachment.name} was not read: {attachment.problem}.")
            continue
        try:
            root, said = parse_xml(attachment.content, f"The attachment {attachment.name}")
        except FinlensError as exc:
            warnings.append(f"{exc.what} {exc.why}")
            continue
        if local_name(root.tag) == "xbrl":
            try:
                document = attach_instance(document, read_instance(attachment.content, attachment.name))
            except FinlensError as exc:
                warnings.append(f"The attachment {attachment.name} was not read: {exc.what} {exc.hint}")
            continue
        read = read_einvoice(Node.root(root), document.sha256)
        if read is not None:
            document = with_invoice(document, read)
            warnings += said
    return dataclasses.replace(document, warnings=(*document.warnings, *warnings)) if warnings else document


def with_invoice(document: Document, read: EInvoice) -> Document:
    """The document with an invoice from XML before those that were read from its pages, its facts first, and what was checked."""
    printed = Printed(document.pages)
    places = places_of(read.invoice, printed)
    as_printed = next((invoice for invoice in document.invoices if invoice.origin == "print"), None)
    by_ocr = any(page.text_from in ("ocr", "mixed") for page in document.pages)
    agreement = compare(read, places, printed, as_printed, by_ocr=by_ocr)
    placed = {id(fact): moved(fact, places.get(id(fact))) for fact in read.facts}
    sources = {id(fact.source): placed[id(fact)].source for fact in read.facts}
    checks = tuple(_with_sources(check, sources) for check in (*checks_of_xml(read), *agreement.checks))
    from_xml = sum(invoice.origin == "xml" for invoice in document.invoices)
    return dataclasses.replace(
        document,
        invoices=(*document.invoices[:from_xml], put(read.invoice, placed), *document.invoices[from_xml:]),
        found_facts=(*placed.values(), *document.found_facts),
        checks=(*checks, *document.checks),
        warnings=(*agreement.alarms, *document.warnings, *read.warnings, *agreement.remarks),
    )


def _with_sources(check: Check, sources: dict[int, Source]) -> Check:
    """The check with its figures standing where they are printed."""

    def moved_term(term: Term) -> Term:
        return dataclasses.replace(term, source=sources.get(id(term.source), term.source))

    return dataclasses.replace(check, total=moved_term(check.total), terms=tuple(moved_term(term) for term in check.terms))
