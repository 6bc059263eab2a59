"""Page ranges as people type them: "1-5,9", "3-", "-4"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finlens.errors import NoSuchPage

_PART = re.compile(r"^(\d+)?\s*([-–])?\s*(\d+)?$")


def page_numbers(pages: str | Sequence[int] | None, count: int) -> list[int]:
    """The asked 1-based pages in the order of the document, each once; all of them for None.

    Raises:
        NoSuchPage: the range cannot be understood, or none of its pages is in the document.
    """
    if pages is None:
        return list(range(1, count + 1))
    asked = set(_parsed(pages, count) if isinstance(pages, str) else pages)
    outside = sorted(number for number in asked if not 1 <= number <= count)
    if outside or not asked:
        what = f"There is no page {outside[0]}." if outside else "No page was asked for."
        raise NoSuchPage(what, why=f"The document has {count:,} page{'s' * (count != 1)}.", hint=f"--pages 1-{count}")
    return sorted(asked)


def _parsed(text: str, count: int) -> list[int]:
    numbers: list[int] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = _PART.match(part)
        if not match or not (match[1] or match[3]) or len(part) > 20:
            raise NoSuchPage(f"'{text}' is no page range.", why=f"'{part}' is neither a page nor a range of pages.", hint="--pages 1-5,9")
        first = int(match[1] or 1)
        last = int(match[3] or count) if match[2] else first
        if first > last:
            raise NoSuchPage(
                f"'{part}' runs backwards.", why="A range goes from the lower page to the higher.", hint=f"--pages {last}-{first}"
            )
        # A range may end beyond the last page; one that starts there asks for something that is not.
        numbers += range(first, min(last, max(count, first)) + 1)
    return numbers
