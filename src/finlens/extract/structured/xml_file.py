"""An XML file by itself: an invoice without a PDF (XRechnung, Peppol, a Factur-X taken out of its PDF), an XBRL instance."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from finlens.documents import Block, Document, Fact, Line, Page
from finlens.errors import FileUnsupported
from finlens.extract.structured.attached import with_invoice
from finlens.extract.structured.einvoice import read_einvoice
from finlens.extract.structured.instance import document_of_instance, read_instance
from finlens.extract.structured.xml import MAX_BYTES, Node, local_name, parse_xml, prefixed, too_large


def read_xml_file(path: Path, sha256: str) -> Document:
    """The document that an XML file is; its one page lists the fields, and has no boxes.

    Raises:
        FileDamaged: the XML is not well-formed, or has a DTD.
        FileUnsupported: it is neither an invoice nor an XBRL instance.
        ExtraMissing: it is an XBRL instance, and ``finlens[xbrl]`` is not installed.
        LimitExceeded: it is larger than any.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise too_large(path.name, size)
    content = path.read_bytes()
    root, warnings = parse_xml(content, path.name)
    if local_name(root.tag) == "xbrl":
        return document_of_instance(read_instance(content, path.name), sha256, path.name, str(path.absolute()))
    read = read_einvoice(Node.root(root), sha256)
    if read is None:
        raise FileUnsupported(
            f"{path.name} is XML, but no invoice and no report.",
            why=f"Its root is <{prefixed(root.tag)[:80]}>.",
            hint="finlens reads CII (Factur-X, ZUGFeRD, XRechnung), UBL invoices and XBRL.",
        )
    listed = Document(sha256, path.name, (), warnings=warnings, path=str(path.absolute()), page_count=1, interpreted=True)
    document = with_invoice(listed, read)
    blocks = tuple(Block("body", (Line(_sentence(fact), None),)) for fact in read.facts)
    return replace(document, pages=(Page(1, 0.0, 0.0, blocks=blocks),))


def _sentence(fact: Fact) -> str:
    unit = {"percent": " %"}.get(fact.amount.unit or "", f" {fact.amount.unit}" if fact.amount.unit else "")
    return f"{' · '.join(fact.label_path)}: {fact.amount.raw}{unit}"
