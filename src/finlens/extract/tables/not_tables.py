"""What stands in rows and columns and is no table of figures: contents pages, the axes of charts, loosely set paragraphs."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from finlens.documents import Box
from finlens.extract.base import Fill
from finlens.extract.tables.lines import Chunk, TextLine, is_dated, is_year_head, parts
from finlens.extract.tables.numerals import Kind


def is_table(lines: Sequence[TextLine], row_indices: Sequence[int]) -> bool:
    """Whether the lines of a region are a table; ``row_indices`` says which of them carry figures."""
    rows = [lines[i] for i in row_indices]
    with_amount = [row for row in rows if any(chunk.amount for chunk in parts(row))]
    if not with_amount:
        return False
    heads = row_indices[0] > 0 or any(is_year_head(row) for row in rows)
    widest = max(sum(chunk.numeric for chunk in parts(row)) for row in with_amount)
    if len(with_amount) == 1:
        return heads and widest >= 2 and any(is_year_head(row) or len(parts(row)) >= 3 for row in lines if row is not with_amount[0])
    if widest == 1:
        labelled = sum(not parts(row)[0].numeric for row in with_amount)
        if labelled < 2 or (labelled < 3 and not heads):
            return False
    named = sum(not parts(row)[0].numeric or parts(row)[0].kinds[0] is Kind.YEAR or _runs_left(parts(row)[-1]) for row in with_amount)
    if named < 0.5 * len(with_amount) and not heads:
        return False
    return not (is_chart(with_amount) or is_running_text(with_amount))


def is_listing(lines: Sequence[TextLine], row_indices: Sequence[int]) -> bool:
    """Whether the figures of a region are page numbers: a contents page, the numbers of which measure nothing."""
    rows = [lines[i] for i in row_indices]
    return is_contents([row for row in rows if any(chunk.amount for chunk in parts(row))])


def _runs_left(chunk: Chunk) -> bool:
    """Whether a chunk is text of a script that runs from right to left, and so labels the figures left of it."""
    return not chunk.numeric and any(unicodedata.bidirectional(character) in ("R", "AL") for character in chunk.words[0].text[:4])


def is_running_text(rows: Sequence[TextLine]) -> bool:
    """Whether words run on right of the figures in most rows, or outnumber them, as they do in a loosely set paragraph."""
    running = words = figures = 0
    for row in rows:
        kept = parts(row)
        first = next(n for n, chunk in enumerate(kept) if chunk.numeric)
        figures += sum(chunk.numeric for chunk in kept)
        words += sum(not chunk.numeric and not is_dated(chunk) for chunk in kept[1:])
        running += any(len(chunk.words) >= 3 and not is_dated(chunk) for chunk in kept[first + 1 :] if not chunk.numeric)
    return running > 0.5 * len(rows) or words > 1.2 * figures


def is_chart(rows: Sequence[TextLine]) -> bool:
    """Whether figures climb in even steps along an edge: the axis of a chart."""
    down = [value for row in rows if (value := _leading_value(parts(row)[0])) is not None]
    if len(down) >= max(4, 0.6 * len(rows)) and climbs_evenly(down):
        return True
    return any(len(kept) >= 6 and climbs_evenly([_leading_value(chunk) for chunk in kept]) for kept in map(parts, rows))


def _leading_value(chunk: Chunk) -> float | None:
    return plain_value(chunk.text if chunk.numeric else chunk.words[0].text)


def plain_value(text: str) -> float | None:
    """A figure's value for comparing steps; None for years and for anything that is no plain figure."""
    bare = re.sub(r"[\s,%$€£]", "", text).replace("−", "-").replace("–", "-")
    return float(bare) if re.fullmatch(r"-?\d{1,12}(?:\.\d{1,6})?", bare) and not 1900 <= float(bare) <= 2100 else None


def climbs_evenly(values: Sequence[float | None]) -> bool:
    """Whether nearly all steps from value to value are the same, and more than one."""
    steps = Counter(round(b - a, 6) for a, b in itertools.pairwise(values) if a is not None and b is not None)
    if not steps:
        return False
    step, count = steps.most_common(1)[0]
    return count >= 3 and count >= 0.75 * (len(values) - 1) and step not in (0, 1, -1)


def is_bar_chart(box: Box, fills: Sequence[Fill]) -> bool:
    """Whether filled bars of different heights stand on one line within ``box``."""
    near = box.padded(4)
    feet: dict[int, set[int]] = {}
    for fill in fills:
        tall = fill.bottom - fill.top > 8 and fill.x1 - fill.x0 < 0.2 * box.width
        if tall and fill.grey < 0.97 and near.intersection(Box(fill.x0, fill.top, fill.x1, fill.bottom)):
            feet.setdefault(round(fill.bottom), set()).add(round(fill.top))
    return any(len(tops) >= 3 for tops in feet.values())


def is_contents(rows: Sequence[TextLine]) -> bool:
    """Whether the rows end in page numbers: small whole numbers that only grow, one a row."""
    if len(rows) < 4:
        return False
    ends = []
    for row in rows:
        kept = parts(row)
        if not kept[-1].numeric or sum(chunk.numeric for chunk in kept) > 2:
            return False
        digits = kept[-1].text.strip("-–— ")
        if digits.isdigit() and len(digits) <= 4:
            ends.append(int(digits))
    if len(ends) < 0.85 * len(rows):
        return False
    growing = sum(a <= b for a, b in itertools.pairwise(ends))
    leaders = sum(parts(row)[-1].after_leader for row in rows)
    return growing >= 0.9 * (len(ends) - 1) and (leaders * 2 > len(rows) or ends[-1] > ends[0] + 3)
