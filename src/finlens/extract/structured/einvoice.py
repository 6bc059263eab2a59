"""An electronic invoice: which syntax its XML is in, and its fields."""

from __future__ import annotations

from finlens.extract.structured.cii import ROOTS, read_cii
from finlens.extract.structured.fields import EInvoice, FactMaker
from finlens.extract.structured.ubl import NAMESPACES, read_ubl
from finlens.extract.structured.xml import Node, local_name


def read_einvoice(root: Node, sha256: str) -> EInvoice | None:
    """The invoice that the XML is, CII or UBL; None where it is no invoice.

    Args:
        root: Of the parsed XML.
        sha256: Of the document that its facts are to name as their source.
    """
    tag = root.element.tag
    if local_name(tag) in ROOTS:
        return read_cii(root, FactMaker(sha256))
    if tag.startswith("{") and tag[1:].partition("}")[0] in NAMESPACES:
        return read_ubl(root, FactMaker(sha256))
    return None
