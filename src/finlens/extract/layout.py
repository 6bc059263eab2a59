"""Layout: the words of each page in reading order, as headings, paragraphs, lists, running heads, and figures beside them.

Words inside of a found table become one block with the role "table", so that whoever wants text alone can leave it out.
"""

from __future__ import annotations

from collections.abc import Sequence

from finlens.documents import Block, Box, Line, Page, Role, Table, TextFrom, Word, union
from finlens.extract.base import RawPage
from finlens.extract.blocks import Group, body_size, group_lines, settle_levels
from finlens.extract.figures import find_figures
from finlens.extract.lines import Segment, joined, rows, segments, size_of
from finlens.extract.reading_order import reading_order
from finlens.extract.running_heads import running_heads

MAX_WORDS = 20_000
"""A page with more words than this is left in the order of its rows: it is no page to be read."""


def lay_out(pages: Sequence[RawPage], tables: Sequence[Table], text_from: Sequence[TextFrom]) -> list[Page]:
    """Pages with words in reading order, blocks over them and figures; ``text_from`` says for each where its words are from."""
    boxes: dict[int, list[Box]] = {}
    for table in tables:
        for number, box in table.places:
            if box is not None:
                boxes.setdefault(number, []).append(box)
    parts = [_parts(page, boxes.get(page.number, [])) for page in pages]
    heads = running_heads([(page.height, found) for page, found in zip(pages, parts, strict=True)])
    body = body_size(word for page in pages for word in page.words)
    grouped = [_groups(found, marks, body, page.number) for page, found, marks in zip(pages, parts, heads, strict=True)]
    settle_levels(group for groups in grouped for group in groups)
    return [_page(page, groups, boxes.get(page.number, []), source) for page, groups, source in zip(pages, grouped, text_from, strict=True)]


def _parts(page: RawPage, tables: Sequence[Box]) -> list[Segment]:
    """The page's segments; each table with its words is one."""
    inside: list[list[Word]] = [[] for _ in tables]
    outside: list[Word] = [] if tables else list(page.words)
    for word in page.words if tables else ():
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for index, box in enumerate(tables):
            if box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1:
                inside[index].append(word)
                break
        else:
            outside.append(word)
    units = [Segment(*box, words, index) for index, (box, words) in enumerate(zip(tables, inside, strict=True)) if words]
    if len(outside) > MAX_WORDS:
        return [*units, *(Segment(*_around(row), row) for row in rows(outside))]
    return [*units, *(segments(outside) if outside else ())]


def _groups(parts: list[Segment], marks: dict[int, Role], body: float, number: int) -> list[Group]:
    """The page's blocks in reading order: header, text, footer."""
    edges: dict[Role, list[Segment]] = {"header": [], "footer": []}
    for part in parts:
        role = marks.get(id(part))
        if role:
            edges[role].append(part)
    text = [part for part in parts if id(part) not in marks]
    groups = [Group("header", [line]) for line in joined(edges["header"])]
    for flow in reading_order(text):
        groups += group_lines(flow, body)
    groups += [Group("footer", [line]) for line in joined(edges["footer"])]
    for group in groups:
        group.page = number
    return groups


def _page(page: RawPage, groups: list[Group], tables: list[Box], text_from: TextFrom) -> Page:
    words: list[Word] = []
    blocks: list[Block] = []
    for group in groups:
        lines: list[Line] = []
        for segment in group.lines:
            for row in rows(segment.words) if segment.unit >= 0 else [segment.words]:
                first = len(words)
                words += row
                lines.append(
                    Line(
                        " ".join([word.text for word in row]),
                        _around(row),
                        first,
                        len(words),
                        size_of(row[0]),
                        all(word.bold for word in row),
                    )
                )
        blocks.append(Block(group.role, tuple(lines), group.level, union(line.box for line in lines if line.box)))
    figures = find_figures(page, tables, blocks)
    return Page(page.number, page.width, page.height, words, tuple(blocks), tuple(figures), page.rotation, text_from, page.warnings)


def _around(words: Sequence[Word]) -> Box:
    return Box(min([w[1] for w in words]), min([w[2] for w in words]), max([w[3] for w in words]), max([w[4] for w in words]))
