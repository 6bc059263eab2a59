"""Running headers and footers: lines that come back at the same place from page to page, page numbers included."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from finlens.documents import Role
from finlens.extract.lines import Segment

_MARGIN = 0.13
"""Share of the page's height, at the top and at the bottom, where running heads stand."""
_DEPTH = 4
"""Lines looked at from each edge."""
_DIGITS = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
_PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–—|]?\s*(?:[A-Z]{1,2}-)?\d{1,4}\s*(?:[-–—|]|(?:/|of|sur|de)\s*\d{1,4})?$", re.IGNORECASE)
_NEAR = 8.0  # points: the same place
_REACH = 6  # pages: odd and even pages have heads of their own, sections change them


def running_heads(pages: Sequence[tuple[float, Sequence[Segment]]]) -> list[dict[int, Role]]:
    """For each page (its height, its lines), which lines, by `id`, are "header" or "footer".

    A line is one when its text, digits aside, stands at the same height on two pages nearby (one, in a document of two
    or three pages). A lone page number at the very edge is one on its own.
    """
    seen: dict[tuple[Role, str], list[tuple[int, float]]] = defaultdict(list)
    edges: list[list[tuple[Role, str, Segment]]] = []
    for index, (height, lines) in enumerate(pages):
        found = list(_edge_lines(height, lines))
        edges.append(found)
        for role, key, line in found:
            seen[role, key].append((index, line.top if role == "header" else height - line.bottom))
    needed = 2 if len(pages) > 3 else 1
    marks: list[dict[int, Role]] = []
    for index, found in enumerate(edges):
        height = pages[index][0]
        mark: dict[int, Role] = {}
        for role, key, line in found:
            at = line.top if role == "header" else height - line.bottom
            others = {page for page, place in seen[role, key] if page != index and abs(page - index) <= _REACH and abs(place - at) <= _NEAR}
            alone = _PAGE_NUMBER.match(line.text) is not None and min(line.top, height - line.bottom) < 0.08 * height
            if len(others) >= needed or (alone and _is_outermost(line, found, role)):
                mark[id(line)] = role
        marks.append(mark)
    return marks


def _edge_lines(height: float, lines: Sequence[Segment]) -> list[tuple[Role, str, Segment]]:
    text = sorted((line for line in lines if line.unit < 0 and line.words), key=lambda s: s.middle)
    top = [line for line in text[: 2 * _DEPTH] if line.bottom < _MARGIN * height][:_DEPTH]
    bottom = [line for line in text[-2 * _DEPTH :] if line.top > (1 - _MARGIN) * height][-_DEPTH:]
    found: list[tuple[Role, str, Segment]] = [("header", _key(line), line) for line in top]
    return found + [("footer", _key(line), line) for line in bottom]


def _key(line: Segment) -> str:
    return _DIGITS.sub("#", line.text.lower())


def _is_outermost(line: Segment, found: list[tuple[Role, str, Segment]], role: Role) -> bool:
    same = [other for of_role, _, other in found if of_role == role]
    return line is (same[0] if role == "header" else same[-1])
