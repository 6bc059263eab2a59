"""From lines to blocks: paragraphs, headings, list items, captions, footnotes.

What a line is is told by its looks (size, weight, capitals, a number or bullet in front, the gap above), never by its
words alone. Levels of headings are settled for the whole document, because a size means nothing on one page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from finlens.documents import Role, Word
from finlens.extract.lines import Segment, size_of

_BULLET = re.compile(r"^(?:[•●◦▪■□☐☒➢➤✓❑❖◆·*]|[-–—](?=\s)|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)](?=\s))")
_CAPTION = re.compile(r"^(?:figure|fig\.|chart|graph|exhibit|table|tableau|graphique|schéma|illustration)\s*[0-9IVX]+\b", re.IGNORECASE)
_NOTE_MARK = re.compile(r"^(?:\(\d{1,2}\)|\([a-z]\)|\*{1,3}|[†‡§¹²³⁴-⁹]|\d{1,2}\s(?=[A-ZÀ-Ü]))")
_NUMBERED = re.compile(
    r"^(?:(?:note|item|part|section|chapter|article|chapitre|partie|titre|annexe)\s+[0-9IVX]+[A-Z]?\b|\d{1,2}(?:\.\d{1,2})+\.?\s|\d{1,2}[.)]\s|[IVX]{1,4}\.\s)",
    re.IGNORECASE,
)
_DEPTH = re.compile(r"^(\d{1,2}(?:\.\d{1,2})+)")
_LETTERS = re.compile(r"[^\W\d_]")
MAX_LEVEL = 6
_LONGEST_HEADING = 160  # characters
_SAME_SIZE = 0.93


@dataclass(slots=True)
class Group:
    """Lines that belong together, and what they look like. ``looks`` orders headings; larger is more outward."""

    role: Role
    lines: list[Segment]
    page: int = 0
    looks: tuple[float, bool, bool] = (0.0, False, False)  # size, capitals, bold
    level: int = 0


def body_size(words: Iterable[Word]) -> float:
    """The size in which most characters of a document are set."""
    characters: defaultdict[float, int] = defaultdict(int)
    for word in words:
        characters[word[7] or size_of(word)] += len(word[0])
    sizes: Counter[float] = Counter()
    for size, count in characters.items():  # a few hundred, of a hundred thousand words
        sizes[round(2 * size) / 2] += count
    return sizes.most_common(1)[0][0] if sizes else 10.0


def group_lines(flow: Sequence[Segment], body: float) -> list[Group]:
    """The lines of one column as blocks, in order."""
    groups: list[Group] = []
    previous: Segment | None = None
    left = min((line.x0 for line in flow if line.unit < 0), default=0.0)
    right = max((line.x1 for line in flow if line.unit < 0), default=0.0)
    for line in flow:
        if line.unit >= 0:
            groups.append(Group("table", [line]))
            previous = None
            continue
        if previous is not None and groups and _continues(groups[-1].lines, previous, line, left, right):
            groups[-1].lines.append(line)
        else:
            groups.append(Group("body", [line]))
        previous = line
    for group in groups:
        if group.role != "table":
            _name(group, body)
    return groups


def _continues(so_far: list[Segment], previous: Segment, line: Segment, left: float, right: float) -> bool:
    """Whether ``line`` goes on with the block that ends in ``previous``."""
    size, before = _size(line), _size(previous)
    if abs(size - before) > 0.08 * max(size, before) or _is_bold(line) != _is_bold(previous):
        return False
    gap = line.top - previous.bottom
    usual = so_far[-1].top - so_far[-2].bottom if len(so_far) > 1 else 0.35 * previous.height
    if gap > max(usual, 0.0) + 0.45 * size or gap < -0.8 * line.height:
        return False
    beside = line.x0 > previous.x1 or line.x1 < previous.x0
    if beside or _BULLET.match(line.text) or _CAPTION.match(line.text):
        return False
    # An indented first line after a line that stopped short of the margin starts a paragraph.
    short = previous.x1 < right - 0.12 * (right - left)
    return not (short and line.x0 > previous.x0 + 0.8 * size and len(so_far) > 1)


def _name(group: Group, body: float) -> None:
    """Give the group its role."""
    text = " ".join(line.text for line in group.lines)
    size, bold = _size(group.lines[0]), all(_is_bold(line) for line in group.lines)
    letters = _LETTERS.findall(text, 0, _LONGEST_HEADING)
    capitals = len(letters) >= 4 and all(letter.isupper() for letter in letters)
    if _CAPTION.match(text) and len(group.lines) <= 3 and not _NUMBERED.match(text):
        group.role = "caption"
    elif _looks_like_heading(text, letters, len(group.lines), size, bold, capitals, body):
        group.role, group.looks = "heading", (round(2 * size) / 2, capitals, bold)
    elif size < 0.93 * body and _NOTE_MARK.match(text):
        group.role = "footnote"
    elif _BULLET.match(text) and len(letters) >= 2:
        group.role = "list"


def _looks_like_heading(text: str, letters: list[str], lines: int, size: float, bold: bool, capitals: bool, body: float) -> bool:
    if lines > 3 or len(text) > _LONGEST_HEADING or len(letters) < 3 or len(letters) < 0.5 * len(text.replace(" ", "")):
        return False
    if text.endswith((".", ";", ",")) and not _NUMBERED.match(text):
        return False
    if size >= 1.15 * body:
        return True
    if size < 0.85 * body or not (letters[0].isupper() or text[0].isdigit()):
        return False
    return bold or (capitals and lines <= 2) or (bool(_DEPTH.match(text)) and lines == 1 and len(text) < 80)


def _size(line: Segment) -> float:
    """The size of most of the line: a superscript does not count."""
    if len(line.words) == 1:
        return size_of(line.words[0])
    return sorted([word.size or size_of(word) for word in line.words])[len(line.words) // 2]


def _is_bold(line: Segment) -> bool:
    return sum([word.bold for word in line.words]) > 0.7 * len(line.words)


def settle_levels(groups: Iterable[Group]) -> None:
    """Rank the looks of all headings of a document, outermost first; numbering ("2.1.3") may only push a level down.

    Sizes read from a scan wobble and weights are unknown there: such headings take the rank nearest to their size.
    """
    headings = [group for group in groups if group.role == "heading"]
    printed = sorted({group.looks for group in headings if not _is_seen(group)}, reverse=True)
    ranks: dict[tuple[float, bool, bool], int] = {}
    rank, last = 0, (0.0, False, False)
    for looks in printed:
        if not ranks or looks[0] < _SAME_SIZE * last[0] or looks[1:] != last[1:]:
            rank, last = rank + 1, looks
        ranks[looks] = rank
    for group in headings:
        looks = group.looks
        if looks not in ranks:
            looks = min(ranks, key=lambda other: abs(other[0] - group.looks[0]), default=looks)
        depth = _DEPTH.match(group.lines[0].text)
        numbered = depth.group(1).count(".") + 1 if depth else 1
        group.level = min(MAX_LEVEL, max(ranks.get(looks, 1), numbered))


def _is_seen(group: Group) -> bool:
    """Whether the group was read by OCR."""
    return any(word.confidence < 1 for word in group.lines[0].words)
