"""The notes to the statements: their headings, found because their numbers count up, and the tables under them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from finlens.documents import Document, Note

_HEADING = re.compile(
    r"\W*(?:(?P<word>notes?|annexe)\s*(?:n[°o]\s*)?(?P<number>\d{1,2})(?![\d,.]*\d)\s*[.:–—-]?|(?P<bare>\d{1,2})\s?[.):–—-])\s*"
    r"(?P<title>[A-Za-zÀ-ÿ«“\"(][^|]{2,110})?$",
    re.I,
)
_CONTINUED = re.compile(r"\((?:continued|suite)\)|[-–—]\s*(?:continued|suite)$", re.I)
_FEWEST = 3  # notes: two numbered lines are a list


class _Heading(NamedTuple):
    number: int
    title: str
    page: int
    top: float
    strong: bool
    """It says "Note"."""


def notes_of(document: Document) -> tuple[Note, ...]:
    """The notes with their tables (positions in ``document.tables``); nothing where no headings count up from one."""
    chain = _longest_chain(list(_headings(document)))
    if len(chain) < _FEWEST:
        return ()
    tables: defaultdict[int, list[int]] = defaultdict(list)
    for index, table in enumerate(document.tables):
        place = (table.page, table.box.top if table.box else 0.0)
        before = [number for number, heading in enumerate(chain) if (heading.page, heading.top) <= place]
        if before:
            tables[before[-1]].append(index)
    return tuple(Note(str(one.number), one.title, one.page, tuple(tables[at])) for at, one in enumerate(chain))


def _headings(document: Document) -> Iterator[_Heading]:
    for page in document.pages:
        for block in page.blocks:
            if block.role in ("table", "header", "footer") or not block.lines or block.box is None:
                continue
            first = block.lines[0]
            found = _HEADING.match(first.text)
            if found is None or _CONTINUED.search(first.text):
                continue
            strong = found["word"] is not None
            if not strong and not (block.role == "heading" or first.bold):
                continue
            title = (found["title"] or (block.lines[1].text if len(block.lines) > 1 else "")).strip(" .:–—-")
            if title:
                yield _Heading(int(found["number"] or found["bare"]), title, page.number, block.box.top, strong)


def _longest_chain(headings: Sequence[_Heading]) -> list[_Heading]:
    """The longest run 1, 2, 3, …; of two as long the one that says "Note", then the later one: a contents page comes first."""
    best: list[_Heading] = []
    for start, heading in enumerate(headings):
        if heading.number != 1:
            continue
        chain = [heading]
        for other in headings[start + 1 :]:
            if other.number == chain[-1].number + 1 and other.strong == heading.strong:
                chain.append(other)
        if (len(chain), heading.strong, start) > (len(best), bool(best) and best[0].strong, -1):
            best = chain
    return best
