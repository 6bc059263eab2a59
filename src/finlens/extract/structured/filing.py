"""A web page or a report package as a document: tables from the HTML, facts from the inline XBRL in it.

path → bytes, out of the package where it is one → a tree without entities → pages and tables → what the print means →
the tagged facts, each on the cell that it is printed in → one document
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from finlens.documents import Document
from finlens.errors import FileDamaged, FileUnsupported, FinlensError, LimitExceeded
from finlens.extract.limits import Limits
from finlens.extract.ranges import page_numbers
from finlens.extract.structured.html_pages import only_pages, read_pages, without_places
from finlens.extract.structured.package import report_in
from finlens.extract.structured.tagged import with_tagged_facts
from finlens.extract.structured.xbrl import INLINE, TaggedFact, read_xbrl
from finlens.extras import require
from finlens.finance import interpret

READER = "html"
_DEFAULT_LIMITS = Limits()
MAX_BYTES = 256 << 20  # ESEF reports carry their pictures in base 64
_ENTITY = re.compile(rb"<!ENTITY|<\0!\0E\0N\0T\0I\0T\0Y|\0<\0!\0E\0N\0T\0I\0T\0Y")


def read_filing(
    path: Path, sha256: str, *, packed: bool = False, pages: str | Sequence[int] | None = None, limits: Limits = _DEFAULT_LIMITS
) -> Document:
    """The document that an HTML file, or the report of a ZIP package, is.

    Args:
        path: The file.
        sha256: Of it.
        packed: Whether it is a ZIP package.
        pages: 1-based pages, where the file breaks them; all when None.
        limits: What the file may cost.

    Raises:
        ExtraMissing: ``finlens[xbrl]`` is not installed.
        FileDamaged: it cannot be parsed, or declares entities.
        FileUnsupported: there is no text in it, or no report in the package.
        NoSuchPage: it has no such page.
        LimitExceeded: it is too large, or unpacks to too much.
    """
    warnings: list[str] = []
    if packed:
        content, name, said = report_in(path, MAX_BYTES)
        warnings += said
    else:
        content, name = path.read_bytes(), path.name
    if len(content) > MAX_BYTES:
        raise LimitExceeded(
            f"{name} is too large.", why=f"{len(content) / 1e6:,.0f} MB, and the limit is {MAX_BYTES / 1e6:,.0f} MB.", hint="Split it."
        )
    tree, facts = _tree_and_facts(content, name, warnings)
    body = tree.find(".//{*}body")
    read = read_pages(tree.getroot() if body is None else body, sha256, READER)
    if not read.pages:
        raise FileUnsupported(
            f"{name} has no text.", why="It is a web page without anything to read.", hint="Save the page as it is shown."
        )
    count = len(read.pages)
    numbers = page_numbers(pages, count)
    limits.check_pages(len(numbers), name)
    if len(numbers) < count:
        read = only_pages(read, numbers)
    title = tree.findtext(".//{*}title")
    document = Document(
        sha256,
        path.name,
        tuple(read.pages),
        tuple(read.tables),
        metadata={"title": " ".join(title.split())} if title and title.strip() else {},
        warnings=tuple(warnings),
        path=str(path.absolute()),
        page_count=count,
    )
    document = without_places(interpret(document))
    return with_tagged_facts(document, facts, read) if facts else document


def _tree_and_facts(content: bytes, name: str, warnings: list[str]) -> tuple[Any, list[TaggedFact]]:
    """The parsed file, every tagged fact in it with an ``id``, and the facts; problems become warnings."""
    etree = require("lxml.etree", extra="xbrl")
    if _ENTITY.search(content):
        raise FileDamaged(
            f"{name} was not read.",
            why="It declares entities, which no report needs and attacks are made of.",
            hint="Ask its sender for a copy without a DOCTYPE.",
        )
    options = {"no_network": True, "huge_tree": True, "remove_comments": True, "remove_pis": True}
    try:
        tree = etree.ElementTree(etree.fromstring(content, etree.XMLParser(resolve_entities=False, load_dtd=False, **options)))
    except (etree.XMLSyntaxError, ValueError) as exc:
        tree = _loose(etree, content, name, options)
        if b"inlineXBRL" in content:
            warnings.append(f"{name} is no well-formed XHTML ({_first_line(exc)}), so its XBRL was not read.")
        return tree, []
    tags = [node for space in INLINE for kind in ("nonFraction", "nonNumeric", "fraction") for node in tree.iter(f"{{{space}}}{kind}")]
    if not tags:
        return tree, []
    for number, node in enumerate(tags):
        if not node.get("id"):
            node.set("id", f"finlens-{number}")
    try:
        return tree, read_xbrl(tree, name)
    except FinlensError as exc:
        warnings.append(f"{exc.what} {exc.why}")
        return tree, []


def _loose(etree: Any, content: bytes, name: str, options: dict[str, bool]) -> Any:
    """The tree of a page that is no XML, as browsers read it."""
    try:
        root = etree.fromstring(content, etree.HTMLParser(**options))
    except (etree.XMLSyntaxError, etree.ParserError, ValueError) as exc:
        raise FileDamaged(f"{name} cannot be read.", why=_first_line(exc), hint="Save the page again, or print it to PDF.") from exc
    if root is None:
        raise FileUnsupported(
            f"{name} has no text.", why="It is a web page without anything to read.", hint="Save the page as it is shown."
        )
    return etree.ElementTree(root)


def _first_line(exc: Exception) -> str:
    return (str(exc).splitlines() or [type(exc).__name__])[0][:160]
