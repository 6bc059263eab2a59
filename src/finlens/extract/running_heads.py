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
_LONE_NUMBER = re.compile(r"^(?:page\s*)?[-–—|]?\s*(\d{1,4})\s*[-–—|]?$", re.IGNORECASE)
_COUNTING = 3  # pages: page numbers nearby that count along
_APART = 0.5  # of a line's height: the least gap between a running head and the text
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
        marks.append(_apart_from_text(mark, pages[index][1]))
    for mark, number in zip(marks, _counting_lines([lines for _, lines in pages]), strict=True):
        if number is not None:
            mark[id(number)] = "footer"
    return marks


def _apart_from_text(mark: dict[int, Role], lines: Sequence[Segment]) -> dict[int, Role]:
    """Only the marked lines that reach from the edge of the page to a gap: text that happens to repeat runs on."""
    text = sorted((line for line in lines if line.words), key=lambda s: s.middle)
    kept: dict[int, Role] = {}
    sides: tuple[tuple[Role, list[Segment]], ...] = (("header", text), ("footer", text[::-1]))
    for role, inward in sides:
        edge: list[Segment] = []
        for line in inward:
            if mark.get(id(line)) != role:
                while edge and _gap(edge[-1], line) < _APART * line.height:
                    edge.pop()
                break
            edge.append(line)
        kept |= {id(line): role for line in edge}
    return kept


def _gap(line: Segment, other: Segment) -> float:
    return max(line.top, other.top) - min(line.bottom, other.bottom)


def _counting_lines(pages: Sequence[Sequence[Segment]]) -> list[Segment | None]:
    """The lone number under the text of each page that counts along with the pages, wherever the text ends."""
    lowest: list[tuple[Segment, int] | None] = []
    for lines in pages:
        last = max((line for line in lines if line.words), key=lambda s: s.bottom, default=None)
        match = _LONE_NUMBER.match(last.text) if last is not None and last.unit < 0 else None
        lowest.append((last, int(match[1])) if last is not None and match else None)
    found: list[Segment | None] = []
    for index, here in enumerate(lowest):
        around = [(other - index, lowest[other]) for other in range(max(0, index - _COUNTING), min(len(lowest), index + _COUNTING + 1))]
        along = sum(1 for away, there in around if here and there and away and 0 < (there[1] - here[1]) * away <= away * away)
        found.append(here[0] if here and along >= 2 else None)
    return found


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
