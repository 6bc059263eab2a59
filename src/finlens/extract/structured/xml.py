"""XML from strangers: parsed by defusedxml, with nothing fetched, nothing expanded, and an end to its size.

A business document has no use for a DTD, so that one is refused: with it go external entities, entities that expand into
billions, and every look at another file. `Node` walks what is left by local names, because the same invoice comes in
namespaces of three decades, and says where each value stood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from finlens.errors import FileDamaged, FinlensError, LimitExceeded

MAX_BYTES = 64 << 20  # an XRechnung may carry 20 MB of scans in base 64
_MAX_ELEMENTS = 400_000  # ten thousand invoice lines
_MAX_DEPTH = 100
_CHUNK = 1 << 16
_PREFIXES = (
    ("CrossIndustryInvoice:", "rsm"),
    ("CrossIndustryDocument:", "rsm"),
    ("ReusableAggregateBusinessInformationEntity:", "ram"),
    ("UnqualifiedDataType:", "udt"),
    ("QualifiedDataType:", "qdt"),
    ("CommonAggregateComponents-", "cac"),
    ("CommonBasicComponents-", "cbc"),
)


class _Bounded(TreeBuilder):
    """Builds the tree, and stops where it grows as no business document does."""

    def __init__(self) -> None:
        super().__init__()
        self._count = self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._count += 1
        self._depth += 1
        if self._count > _MAX_ELEMENTS or self._depth > _MAX_DEPTH:
            raise _Overgrown
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


class _Overgrown(Exception):
    pass


def parse_xml(content: bytes, name: str) -> tuple[Element, tuple[str, ...]]:
    """The root of the tree, and warnings about how it had to be read.

    Args:
        content: The file; its own declaration says the encoding.
        name: What messages call it.

    Raises:
        FileDamaged: not well-formed, or with a DTD.
        LimitExceeded: larger, deeper or of more elements than business documents are.
    """
    if len(content) > MAX_BYTES:
        raise too_large(name, len(content))
    try:
        return _tree(content, name), ()
    except ParseError as exc:
        if "encoding" not in str(exc) and "invalid token" not in str(exc):
            raise _damaged(name, exc) from exc
        try:  # the commonest lie of an XML declaration: UTF-8 said, Windows written
            tree = _tree(content, name, "cp1252")
        except (ParseError, LookupError, FinlensError):
            raise _damaged(name, exc) from exc
        return tree, (f"{name} is not in the encoding that it says; it was read as Windows-1252.",)


def _tree(content: bytes, name: str, encoding: str | None = None) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser: Any = DefusedXMLParser(target=_Bounded(), encoding=encoding, forbid_dtd=True)
    try:
        for at in range(0, len(content), _CHUNK):
            parser.feed(content[at : at + _CHUNK])
        root: Element = parser.close()
    except _Overgrown:
        raise LimitExceeded(
            f"{name} is no business document.",
            why=f"Its XML has more than {_MAX_ELEMENTS:,} elements, or nests them more than {_MAX_DEPTH} deep.",
            hint="Ask its sender for another copy.",
        ) from None
    except DefusedXmlException as exc:
        raise FileDamaged(
            f"{name} was not read.",
            why="Its XML declares a DTD or entities, which no invoice or report needs and attacks are made of.",
            hint="Ask its sender for a copy without a DOCTYPE.",
        ) from exc
    except (ValueError, LookupError) as exc:  # an encoding that Python does not know
        raise _damaged(name, exc) from exc
    return root


def too_large(name: str, size: int) -> LimitExceeded:
    return LimitExceeded(
        f"{name} is too large for XML.", why=f"{size / 1e6:,.0f} MB, and the limit is {MAX_BYTES / 1e6:,.0f} MB.", hint="Split it."
    )


def _damaged(name: str, exc: Exception) -> FileDamaged:
    return FileDamaged(f"{name} is damaged.", why=f"Its XML is not well-formed ({exc}).", hint="Ask its sender for another copy.")


def local_name(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def prefixed(tag: str) -> str:
    """A tag with the prefix that its standard writes: "ram:GrandTotalAmount"."""
    namespace, _, name = tag.rpartition("}")
    prefix = next((short for part, short in _PREFIXES if part in namespace), "")
    return f"{prefix}:{name}" if prefix else name


@dataclass(frozen=True, slots=True)
class Node:
    """An element and its path from the root, as XPath writes it: "/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:ID"."""

    element: Element
    path: str

    @classmethod
    def root(cls, element: Element) -> Node:
        return cls(element, f"/{prefixed(element.tag)}")

    @property
    def text(self) -> str:
        """Its own text, white space at its ends left out."""
        return (self.element.text or "").strip()

    def attribute(self, name: str) -> str:
        return self.element.get(name, "").strip()

    def all(self, way: str) -> list[Node]:
        """The elements at the end of a way of local names, in document order; ``a|b`` is either."""
        found = [self]
        for step in way.split("/"):
            names = step.split("|")
            found = [child for node in found for child in node._children(names)]
        return found

    def first(self, *ways: str) -> Node | None:
        """The first element with text on the first of these ways that has one."""
        for way in ways:
            for node in self.all(way):
                if node.text:
                    return node
        return None

    def said(self, *ways: str) -> str:
        """The text of `first`, "" where there is none."""
        node = self.first(*ways)
        return node.text if node else ""

    def _children(self, names: list[str]) -> Iterator[Node]:
        children = [child for child in self.element if local_name(child.tag) in names]
        of_tag, seen = Counter(child.tag for child in children), Counter[str]()
        for child in children:
            seen[child.tag] += 1
            place = f"[{seen[child.tag]}]" if of_tag[child.tag] > 1 else ""
            yield Node(child, f"{self.path}/{prefixed(child.tag)}{place}")
