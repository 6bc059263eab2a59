"""XBRL instances: files of facts without a page, by themselves, or attached to the PDF that prints them."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from decimal import Decimal
from typing import Any

from finlens.documents import Block, Document, Line, Page
from finlens.extract.structured.html_pages import HtmlPages
from finlens.extract.structured.tagged import Calendar, amount_of, with_tagged_facts
from finlens.extract.structured.xbrl import TaggedFact, read_xbrl
from finlens.extras import require


def read_instance(content: bytes, name: str) -> list[TaggedFact]:
    """The facts of an instance that `xml.parse_xml` has found harmless.

    Raises:
        ExtraMissing: ``finlens[xbrl]`` is not installed.
        BackendFailed: Arelle gives up on it.
    """
    etree = require("lxml.etree", extra="xbrl")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    tree: Any = etree.ElementTree(etree.fromstring(content, parser))
    for number, node in enumerate(tree.getroot().iter("{*}*")):
        if node.get("contextRef") and not node.get("id"):
            node.set("id", f"finlens-{number}")
    return read_xbrl(tree, name)


def document_of_instance(facts: list[TaggedFact], sha256: str, name: str, path: str) -> Document:
    """An instance by itself: its one page lists the facts, and has no boxes."""
    document = with_tagged_facts(Document(sha256, name, (), path=path, page_count=1, interpreted=True), facts, HtmlPages([], [], {}, {}))
    blocks = []
    for fact in document.found_facts:
        unit = f" {fact.amount.unit}" if fact.amount.unit else ""
        value = f"{fact.amount.absolute:f}{unit}" if fact.amount.absolute is not None else fact.amount.raw
        of = f" ({fact.entity})" if fact.entity else ""
        blocks.append(Block("body", (Line(f"{fact.label}{of}, {fact.period.raw if fact.period else 'undated'}: {value}", None),)))
    return dataclasses.replace(document, pages=(Page(1, 0.0, 0.0, blocks=tuple(blocks)),))


def attach_instance(document: Document, facts: list[TaggedFact]) -> Document:
    """A document with the facts of an instance; each stands on the cell that prints it where there is one only."""
    calendar = Calendar.of(facts)
    by_value: dict[Decimal, list[tuple[int, int, int, int | None]]] = defaultdict(list)
    for printed in document.found_facts:
        if printed.table is not None and printed.row is not None and printed.column is not None and printed.amount.absolute:
            year = printed.period.year if printed.period else None
            by_value[abs(printed.amount.absolute)].append((printed.table, printed.row, printed.column, year))
    cell_of: dict[str, tuple[int, int, int]] = {}
    for fact in facts:
        amount, period = amount_of(fact), calendar.period(fact)
        if not amount.absolute or fact.dimensions:
            continue
        fitting = [where[:3] for where in by_value.get(abs(amount.absolute), []) if period is None or where[3] in (None, period.year)]
        if len(fitting) == 1:
            cell_of[fact.anchor] = fitting[0]
    return with_tagged_facts(document, facts, HtmlPages([], [], cell_of, {}))
