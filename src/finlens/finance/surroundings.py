"""The texts around a table that may give its scale, currency and dates: nearest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from finlens.documents import Block, Document, Page, Table
from finlens.finance.pieces import read_pieces
from finlens.finance.units import read_unit_note

_NEAR = 5  # blocks above a table
_FEW_LINES = 60.0  # points
# Page numbers, footnotes and "See accompanying notes" stand between the parts of one table.
_NO_TEXT = re.compile(
    r"[\W_]*(?:page\s*)?[\divxF-]{0,5}[\W_]*|\(\w{1,2}\).*|[*†‡¹²³].*|(?:the |see )?(?:accompanying|"
    r"notes? to).*|.{0,60}\(continued\).*|.{0,60}\(suite\).*",
    re.I | re.S,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Texts, the nearest first, and the heading that the table stands under."""

    near: tuple[str, ...]
    page: tuple[str, ...]
    heading: str = ""


def around(document: Document, table: Table, furniture: Collection[str] = (), last_heading: str = "") -> Surroundings:
    """What stands over ``table``: on its page, or anywhere where the document has no places."""
    page = next((page for page in document.pages if page.number == table.page), None)
    if page is None:
        return Surroundings((), (), last_heading)
    if table.box is None:
        # Without places any paragraph may speak of the table; one that introduces it ends with a colon.
        texts = [block.text for page in document.pages for block in page.blocks]
        leading = [text for text in texts if text.rstrip().endswith(":")]
        return Surroundings(tuple(leading + [text for text in texts if text not in leading]), (), last_heading)
    return _placed(document, table, page, furniture, last_heading)


def _placed(document: Document, table: Table, page: Page, furniture: Collection[str], last_heading: str) -> Surroundings:
    box = table.box
    assert box is not None
    floor = 0.0
    for other in document.tables_on(page.number):
        for number, place in other.places:
            if other is not table and number == page.number and place is not None and place.bottom <= box.top + 2:
                floor = max(floor, place.bottom)
    above = [
        block
        for block in page.blocks
        if block.box is not None and block.role not in ("table", "header", "footer") and block.box.bottom <= box.top + 4
    ]
    nearest = sorted(
        (block for block in above if block.box and block.box.top >= floor - 2), key=lambda block: -(block.box.bottom if block.box else 0)
    )
    nearest = [block for block in nearest if block.text not in furniture]
    near = [block.text for block in nearest[:_NEAR]]
    if not floor and len(near) < 2:
        near.extend(_end_of_page_before(document, page, furniture))
    heading = next((block.text for block in nearest if block.role == "heading"), "") or next(
        (block.text for block in reversed(above) if block.role == "heading"), last_heading
    )
    top = [
        block.text
        for block in page.blocks
        if block.role == "header" or (block.box is not None and block.box.top < 0.14 * page.height and block.role != "table")
    ]
    return Surroundings(tuple(near), tuple(top), heading)


def running_texts(document: Document) -> frozenset[str]:
    """Short texts that stand on three pages or more: running heads, whether they were marked as such or not."""
    seen: Counter[str] = Counter()
    for page in document.pages:
        seen.update({text for block in page.blocks if len(block.lines) <= 2 and len(text := block.text) < 80})
    # "(in millions)" over many a table is no running head.
    return frozenset(text for text, pages in seen.items() if pages >= 3 and read_unit_note(text).empty and read_pieces(text).empty)


def _says_nothing(block: Block, furniture: Collection[str]) -> bool:
    return block.text in furniture or block.role in ("header", "footer", "footnote", "table") or _NO_TEXT.fullmatch(block.text) is not None


def _end_of_page_before(document: Document, page: Page, furniture: Collection[str]) -> list[str]:
    """The last paragraph before the page: "… were as follows (in millions):"."""
    for back in (1, 2):
        before = next((other for other in document.pages if other.number == page.number - back), None)
        if before is None:
            return []
        bodies = [block for block in before.blocks if not _says_nothing(block, furniture)]
        if bodies:
            return [bodies[-1].text]
        if any(block.role == "table" for block in before.blocks):
            return []
    return []


def follows(document: Document, table: Table, previous: Table, furniture: Collection[str] = ()) -> bool:
    """Whether nothing but page furniture and footnotes stands between two tables: what is said over the first holds for both."""
    last, bottom = previous.places[-1]
    if table.box is None or bottom is None or not 0 <= table.page - last <= 1:
        return False
    repeated = {block.text for page in document.pages if page.number == last for block in page.blocks} if last < table.page else set()
    for page in document.pages:
        if not last <= page.number <= table.page:
            continue
        mark: Block | None = None  # "(1)" alone, with its text in a block beside it
        for block in page.blocks:
            if block.box is None or _says_nothing(block, furniture) or (page.number > last and block.text in repeated):
                mark = block if block.role == "footnote" or block.text.startswith(("(", "*")) else None
                continue
            if mark is not None and mark.box is not None and abs(mark.box.top - block.box.top) < 4:
                continue
            below = page.number > last or block.box.top >= bottom.bottom - 2
            above = page.number < table.page or block.box.bottom <= table.box.top + 4
            if below and above:
                return False
    return True


def close_below(table: Table, previous: Table) -> bool:
    """Whether a table begins a few lines under another: a long label between them has cut it in two."""
    last, bottom = previous.places[-1]
    return table.box is not None and bottom is not None and last == table.page and -2 <= table.box.top - bottom.bottom <= _FEW_LINES


def headings_before(document: Document) -> dict[int, str]:
    """For each page the last heading that stands on a page before it."""
    last, found = "", {}
    for page in document.pages:
        found[page.number] = last
        for block in page.blocks:
            if block.role == "heading":
                last = block.text
    return found
