"""Text and looks of HTML elements, as filings write them: everything in ``style`` attributes."""

from __future__ import annotations

import re
from typing import Any

from finlens.finance.vocabulary import word_set

_STYLE = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)\s*(pt|px|em|rem|in|%)?")
_POINTS = {"pt": 1.0, "px": 0.75, "em": 10.0, "rem": 10.0, "in": 72.0}
_INLINE_XBRL = "inlineXBRL}"
_BLOCKS = word_set(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol "
    "p pre section table tbody td tfoot th thead tr ul"
)
_UNSEEN = frozenset(["head", "script", "style", "title", "meta", "link", "template", "noscript"])


def name_of(element: Any) -> str:
    """Local name in lower case; "" for comments and processing instructions."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def style_of(element: Any) -> dict[str, str]:
    said = element.get("style")
    return {name.lower(): value.strip().lower() for name, value in _STYLE.findall(said)} if said else {}


def is_hidden(element: Any) -> bool:
    """Whether a viewer shows nothing of the element: its own style, scripts, the header of inline XBRL."""
    if name_of(element) in _UNSEEN or not isinstance(element.tag, str):
        return True
    if _INLINE_XBRL in element.tag and name_of(element) in ("header", "hidden", "references", "resources"):
        return True
    style = style_of(element)
    return style.get("display") == "none" or style.get("visibility") == "hidden"


def is_block(element: Any) -> bool:
    return name_of(element) in _BLOCKS and _INLINE_XBRL not in element.tag


def text_of(element: Any) -> str:
    """What a viewer shows of the element, on one line."""
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(element, True)]  # an element to enter, or the text after one
    while stack:
        node, enter = stack.pop()
        if not enter:
            parts.append(node.tail or "")
            continue
        if is_hidden(node) and node is not element:
            continue
        if name_of(node) == "br" or (is_block(node) and node is not element):
            parts.append(" ")
        parts.append(node.text or "")
        for child in reversed(node):
            stack.append((child, False))
            stack.append((child, True))
    return " ".join("".join(parts).split())


def anchors_in(element: Any) -> list[str]:
    """``id`` of each tagged fact inside of the element, in order."""
    return [
        node.get("id")
        for node in element.iter()
        if isinstance(node.tag, str)
        and _INLINE_XBRL in node.tag
        and name_of(node) in ("nonfraction", "nonnumeric", "fraction")
        and node.get("id")
    ]


def is_bold(element: Any) -> bool:
    """Whether the element, or all that is in it, is bold."""
    node = element
    for _ in range(6):
        if name_of(node) in ("b", "strong", "th") or style_of(node).get("font-weight", "") in (
            "bold",
            "bolder",
            "600",
            "700",
            "800",
            "900",
        ):
            return True
        children = [child for child in node if isinstance(child.tag, str) and not is_hidden(child)]
        if len(children) != 1 or (node.text or "").strip():
            return False
        node = children[0]
    return False


def left_padding(element: Any) -> float:
    """Points from the cell's edge to its first letter: padding and text indents of it and of what is just inside, and hard spaces."""
    total, node = 0.0, element
    for _ in range(4):
        style = style_of(node)
        for name in ("padding-left", "margin-left", "text-indent"):
            total += _points(style.get(name, ""))
        if "padding" in style and "padding-left" not in style:
            sides = style["padding"].split()
            total += _points(sides[3] if len(sides) == 4 else sides[1] if len(sides) > 1 else sides[0])
        text = node.text or ""
        if text.strip():
            total += 3.0 * (len(text) - len(text.lstrip("\u00a0")))
            break
        children = [child for child in node if isinstance(child.tag, str)]
        if not children:
            break
        node = children[0]
    return round(total)


def _points(said: str) -> float:
    found = _LENGTH.match(said)
    return float(found[1]) * _POINTS.get(found[2] or "px", 0.0) if found else 0.0


def breaks_page(element: Any) -> tuple[bool, bool]:
    """Whether a new page begins before the element, and after it."""
    style = style_of(element)
    before = {style.get("page-break-before"), style.get("break-before")} & {"always", "page", "left", "right"}
    after = {style.get("page-break-after"), style.get("break-after")} & {"always", "page", "left", "right"}
    return bool(before), bool(after)
