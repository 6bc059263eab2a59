"""Where tables are: runs of rows of figures that share their columns, with the heads above them.

The search runs from the figures outwards. A row is a line with a label and a figure, or with several figures; rows
join while no prose stands between them, the white stays within reason, and their figures stand under one another.
Then heads are gathered upwards and the last label's wrapped lines downwards.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from finlens.documents import Box
from finlens.extract.base import Rule
from finlens.extract.tables.lines import Chunk, TextLine, ends_date, is_bracketed, is_dated, is_row, is_year_head, parts, split_at_columns
from finlens.extract.tables.not_tables import is_listing, is_table

WIDEST_WHITE = 3.4
"""Ems of white that may stand between two rows of one table."""
MOST_LABEL_LINES = 8
"""Lines without figures that may stand between two rows of one table."""


@dataclass(slots=True)
class Region:
    """Consecutive lines of one table, not yet cut into columns."""

    lines: list[TextLine]
    rows: list[int] = field(default_factory=list)
    """Indices into ``lines`` of the rows with figures, heads of years included."""
    listing: bool = False
    """Whether the figures are page numbers, as on a contents page."""

    @property
    def x0(self) -> float:
        return min(chunk.x0 for line in self.lines for chunk in parts(line))

    @property
    def x1(self) -> float:
        return max(chunk.x1 for line in self.lines for chunk in parts(line))

    @property
    def box(self) -> Box:
        return Box(self.x0, min(line.top for line in self.lines), self.x1, max(line.bottom for line in self.lines))


def find_regions(lines: Sequence[TextLine], across: Sequence[Rule] = ()) -> list[Region]:
    """Regions from top to bottom; none holds a line of another."""
    spans: list[list[int]] = []
    current: list[int] = []
    cores: list[tuple[float, float]] = []
    for index, line in enumerate(lines):
        strong = is_row(line)
        weak = not strong and len(parts(line)) == 1 and parts(line)[0].numeric
        if weak and index == len(lines) - 1 and index and line.top - lines[index - 1].bottom > 0.6 * line.em:
            continue  # the page's number, wherever on the page it stands
        if not strong and not weak:
            continue
        here = [chunk.core for chunk in parts(line) if chunk.numeric]
        if current and _joins(lines, current, index, cores, here):
            current.append(index)
            cores += here
        elif strong:
            if current:
                spans.append(current)
            current, cores = [index], here
    if current:
        spans.append(current)
    regions, floor = [], 0
    for rows in spans:
        top = _head_start(lines, rows, floor, across)
        bottom = _last_line(lines, rows[-1])
        kept = [i for i in range(top, bottom + 1) if parts(lines[i])]
        region = Region([lines[i] for i in kept], [kept.index(i) for i in rows])
        if is_table(region.lines, region.rows):
            region.listing = is_listing(region.lines, region.rows)
            if region.listing:
                _add_list_heads(region, lines, kept[0], floor)
            regions.append(region)
            floor = bottom + 1
    return regions


def _add_list_heads(region: Region, lines: Sequence[TextLine], top: int, floor: int) -> None:
    """Take "Page" over the page numbers, and "PART I" over its first entry, into a contents list."""
    added: list[TextLine] = []
    for i in range(top - 1, floor - 1, -1):
        kept = parts(lines[i])
        if len(kept) != 1 or len(lines[i].chunks) != 1 or lines[i + 1].top - lines[i].bottom > 1.6 * lines[i].em or len(kept[0].words) > 2:
            break
        added.insert(0, lines[i])
        if kept[0].x1 > region.x1 - 3 * lines[i].em:  # the head of the page numbers is the first line of the list
            region.lines[:0] = added
            region.rows = [row + len(added) for row in region.rows]
            return


def _overlap(a: tuple[float, float], b: tuple[float, float]) -> float:
    return min(a[1], b[1]) - max(a[0], b[0])


def _joins(
    lines: Sequence[TextLine], rows: list[int], index: int, cores: list[tuple[float, float]], here: list[tuple[float, float]]
) -> bool:
    last, line = rows[-1], lines[index]
    if index - last - 1 > MOST_LABEL_LINES:
        return False
    em = line.em
    left = min(lines[i].x0 for i in (last, index))
    right = max(lines[i].x1 for i in (last, index))
    previous = lines[last]
    for i in range(last + 1, index + 1):
        between = lines[i]
        if i < index and any(
            chunk.prose and _overlap((chunk.x0, chunk.x1), (left, right)) > 0.3 * (right - left) for chunk in between.chunks
        ):
            return False
        if not parts(between):
            continue
        if between.top - previous.bottom > WIDEST_WHITE * em:
            return False
        previous = between
    near = cores[-400:]
    aligned = any(left < core[1] and core[0] < right for core in here for left, right in near)
    slots = _slots(near)
    if any(_crosses(chunk, slots) for chunk in parts(line)):
        return False
    if not aligned and line.top - lines[last].bottom > 1.2 * em:
        return False
    return not _new_heads(lines, rows, index, cores)


def _crosses(chunk: Chunk, slots: Sequence[tuple[float, float]]) -> bool:
    """Whether a run of text lies right across two columns: it is no entry of theirs."""
    return not chunk.numeric and len(chunk.words) >= 4 and sum(chunk.x0 < left and right < chunk.x1 for left, right in slots) >= 2


def _new_heads(lines: Sequence[TextLine], rows: list[int], index: int, cores: list[tuple[float, float]]) -> bool:
    """Whether another table's heads stand between the last row and this one, or are this one."""
    if not any(chunk.amount for i in rows[-30:] for chunk in parts(lines[i])):
        return False
    last = rows[-1]
    head = None
    for i in range(last + 1, index + 1):
        kept = parts(lines[i])
        over = [chunk for chunk in kept if any(_overlap((chunk.x0, chunk.x1), core) > 0 for core in cores[-200:])]
        if i == index:
            if is_year_head(lines[i]) and len(lines[i].figures) >= 2:
                head = i
        elif (len(over) >= 2 and not any(chunk.amount for chunk in kept)) or (i > last + 1 and _is_announced(lines[i - 1], kept)):
            head = i
        if head is not None:
            break
    if head is None:
        return False
    first_white = max(lines[i].top - lines[i - 1].bottom for i in range(last + 1, head + 1))
    usual = _usual_white(lines, rows)
    return first_white > max(usual * 1.8, usual + 0.6 * lines[index].em)


def _is_announced(above: TextLine, kept: Sequence[Chunk]) -> bool:
    """Whether a line is a date alone, right of a line that announces a table: "… were as follows:"."""
    return len(kept) == 1 and is_dated(kept[0]) and above.text.endswith(":") and kept[0].x0 > (above.words[0].x0 + above.words[-1].x1) / 2


def _usual_white(lines: Sequence[TextLine], rows: list[int]) -> float:
    whites = sorted(lines[b].top - lines[b - 1].bottom for b in rows[-20:] if b > rows[0])
    return max(0.0, whites[len(whites) // 2]) if whites else lines[rows[0]].em


def _head_start(lines: Sequence[TextLine], rows: list[int], floor: int, across: Sequence[Rule]) -> int:
    """The first line of the heads above ``rows``; labels between head and rows come along."""
    cores = [chunk.core for i in rows for chunk in parts(lines[i]) if chunk.numeric]
    slots = _slots(cores)
    entries = _slots(cores + [(chunk.x0, chunk.x1) for i in rows for chunk in parts(lines[i])[1:] if not chunk.numeric])
    zone_left, zone_right = _figure_zone(lines, rows)
    stub_left = min(parts(lines[i])[0].x0 for i in rows)
    top, below, below_index, waiting = rows[0], lines[rows[0]], rows[0], 0
    for i in range(rows[0] - 1, floor - 1, -1):
        line = lines[i]
        kept = parts(line)
        if any(chunk.prose and chunk.x1 > stub_left and chunk.x0 < zone_right for chunk in line.chunks):
            break
        if not kept:
            continue
        white = (below.top - line.bottom) / max(line.em, below.em)
        if white > 3.2:
            break
        over = [piece for c in kept for piece in split_at_columns(c, slots, line.em)]
        over = [c for c in over if c.middle > zone_left - 4 * line.em and c.x1 > zone_left - line.em and c.x0 < zone_right + 3 * line.em]
        inside = [c for c in over if any(_overlap((c.x0 - line.em, c.x1 + line.em), slot) > 0 for slot in entries)]
        tight = waiting == 0 or len(over) >= 2 or lines[top].y - line.y < 1.7 * line.em or any(is_dated(c) or is_bracketed(c) for c in over)
        whole = len(inside) >= 2 or (len(over) == 1 and bool(inside) and white <= 2.2)
        running = any(
            _crosses(c, slots) and not is_dated(c) and not is_bracketed(c) and not _has_underline(c, across, zone_left) for c in over
        ) and not (len(over) == 1 and top == below_index and _is_centred(over[0], parts(lines[top]), line.em))
        if len(over) == len(kept) >= 2 and white < 0.6 and top == below_index and i < rows[0] - 1:
            running = False  # the first line of heads that touch: nothing on it stands among the labels
        if whole and tight and not running and not _is_sentence(line, stub_left):
            top, waiting = i, 0
            entries = _slots(entries + [(c.x0, c.x1) for c in inside if sum(_overlap((c.x0, c.x1), slot) > 0 for slot in entries) <= 1])
        elif white <= 2.2 and len(kept) == 1 and kept[0].x0 < zone_left and len(kept[0].words) <= 14 and kept[0].x1 < zone_right:
            waiting += 1
            if waiting > 5:
                break
        else:
            break
        below, below_index = line, i
    if top == rows[0]:  # no heads: labels that belong to the first row still do
        i = rows[0] - 1
        while i >= floor and rows[0] - i <= 3 and len(parts(lines[i])) == 1 and len(lines[i].chunks) == 1:
            chunk, gap = parts(lines[i])[0], lines[i + 1].top - lines[i].bottom
            if chunk.x0 < zone_left and chunk.x1 < zone_right and gap < lines[i].em and chunk.text.endswith(":"):
                top = i
            elif not (gap < 0.1 * lines[i].em and chunk.x1 < zone_left):
                break
            else:
                top = i
            i -= 1
    return top


def _is_sentence(line: TextLine, stub_left: float) -> bool:
    """Whether a line starts where labels do and goes on without a wide white: text, however loosely it is set."""
    words = line.words
    if len(words) < 8 or words[0].x0 > stub_left + line.em:
        return False
    return max(b.x0 - a.x1 for a, b in itertools.pairwise(words)) < 1.2 * line.em


def _is_centred(chunk: Chunk, below: Sequence[Chunk], em: float) -> bool:
    """Whether a chunk stands centred over one head of the line below, as its first line."""
    return any(abs(chunk.middle - other.middle) < 0.5 * em and chunk.x1 - chunk.x0 < 2.5 * (other.x1 - other.x0) for other in below)


def _slots(cores: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Extents of the columns of figures, as far as their figures overlap."""
    slots: list[tuple[float, float]] = []
    for left, right in sorted(cores):
        if slots and left < slots[-1][1]:
            slots[-1] = (slots[-1][0], max(slots[-1][1], right))
        else:
            slots.append((left, right))
    return slots


def _has_underline(chunk: Chunk, across: Sequence[Rule], zone_left: float) -> bool:
    """Whether a rule that leaves the labels free is drawn just under a head."""
    em = chunk.bottom - chunk.top
    return any(
        -0.3 * em < rule.top - chunk.bottom < 0.8 * em
        and rule.x0 <= chunk.x0 + em
        and rule.x1 >= chunk.x1 - em
        and rule.x0 > zone_left - 6 * em
        for rule in across
    )


def _figure_zone(lines: Sequence[TextLine], rows: list[int]) -> tuple[float, float]:
    """Left and right of the columns of figures, sign included; a stub of years is no such column."""
    chunks = [chunk for i in rows for n, chunk in enumerate(parts(lines[i])) if chunk.numeric and (n > 0 or chunk.amount)]
    chunks = chunks or [chunk for i in rows for chunk in parts(lines[i]) if chunk.numeric]
    lefts = sorted(chunk.x0 for chunk in chunks)
    return lefts[len(lefts) // 50], max(chunk.x1 for chunk in chunks)


def _last_line(lines: Sequence[TextLine], row: int) -> int:
    """The last line of the label that starts in the last row, where it wraps below its figures."""
    last = row
    for i in range(row + 1, min(row + 4, len(lines))):
        kept = parts(lines[i])
        if len(kept) != 1 or len(lines[i].chunks) != 1:
            break
        first = parts(lines[row])[0]
        if kept[0].numeric and not ends_date(first, kept[0]):
            break
        gap = lines[i].top - lines[last].bottom
        overlaps = gap < -0.15 * lines[i].em
        if not overlaps and not (
            gap < 0.45 * lines[i].em and kept[0].text[:1].islower() and not first.numeric and kept[0].x1 < lines[row].x1
        ):
            break
        if not first.numeric and kept[0].x0 < first.x0 - lines[i].em:
            break
        last = i
    return last
