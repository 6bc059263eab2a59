"""Heads over the columns: stacked lines joined, levels told apart, spanning heads given the columns that they cover."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from finlens.extract.base import Rule
from finlens.extract.tables.columns import columns_under, edges_of
from finlens.extract.tables.grid import Place
from finlens.extract.tables.lines import Chunk, TextLine, is_bracketed, is_dated, is_year_head, parts, piece_of, split_at_columns
from finlens.extract.tables.numerals import Kind
from finlens.extract.tables.regions import Region


@dataclass(slots=True)
class _Block:
    """Chunks that stand one under the other and say one head together."""

    chunks: list[Chunk]
    x0: float
    x1: float
    top: float
    bottom: float
    first: int = 0
    last: int = 0
    underline: tuple[float, float] | None = None
    level: int = 0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    def take(self, chunk: Chunk) -> None:
        self.chunks.append(chunk)
        self.x0, self.x1 = min(self.x0, chunk.x0), max(self.x1, chunk.x1)
        self.top, self.bottom = min(self.top, chunk.top), max(self.bottom, chunk.bottom)


def first_body_line(region: Region) -> int:
    """Index of the first line under the heads; 0 where there are none."""
    for n, index in enumerate(region.rows):
        line = region.lines[index]
        if is_year_head(line) or not any(chunk.amount and not _is_mark(chunk) for chunk in parts(line)):
            continue
        if n + 1 < len(region.rows) and is_year_head(region.lines[region.rows[n + 1]]) and _is_days(line):
            continue
        heads = [i for i in range(index) if _is_over_figures(region, i, region.rows[n:])]
        return heads[-1] + 1 if heads else 0
    return 0


def _is_mark(chunk: Chunk) -> bool:
    """Whether a chunk is the mark of a footnote on a line of its own within a head: "(1)"."""
    return re.fullmatch(r"\([1-9a-z]\)", chunk.text) is not None


def _is_days(line: TextLine) -> bool:
    """Whether all figures of a line are days of a month, cut off from it: "Nine Months Ended March" over "31"."""
    figures = [chunk.text for chunk in parts(line) if chunk.numeric]
    return all(text.isdigit() and 1 <= int(text) <= 31 for text in figures)


def _is_over_figures(region: Region, index: int, data: Sequence[int]) -> bool:
    """Whether a line has something over the columns of figures, so that it is a head and no label."""
    line = region.lines[index]
    if is_year_head(line) and index in region.rows:
        return True
    rows = [parts(region.lines[i]) for i in data]
    left = min(chunk.core[0] for kept in rows for n, chunk in enumerate(kept) if chunk.numeric and (n > 0 or chunk.amount))
    stub_right = max((kept[0].x1 for kept in rows if not kept[0].numeric), default=left)
    return any(
        (chunk.x1 > left - 0.5 * line.em and chunk.middle > left - 4 * line.em) or chunk.x0 > stub_right for chunk in parts(line)
    ) and (len(parts(line)) > 1 or parts(line)[0].x0 > region.x0 + 4 * line.em)


def head_places(lines: Sequence[TextLine], columns: Sequence[tuple[float, float]], rules: Sequence[Rule]) -> tuple[list[Place], int]:
    """The heads as places from row 0 on, and how many rows they take."""
    if not lines:
        return [], 0
    blocks = _blocks(lines, columns, rules)
    _find_underlines(blocks, rules, lines[0].em)
    for block in blocks:
        _cover(block, columns)
    _widen(blocks, columns)
    _spread_lone(blocks, columns, lines[0].em)
    return _levelled(blocks)


def _blocks(lines: Sequence[TextLine], columns: Sequence[tuple[float, float]], rules: Sequence[Rule]) -> list[_Block]:
    done: list[_Block] = []
    open_blocks: list[_Block] = []
    for line in lines:
        chunks = _rejoined([piece for chunk in parts(line) for piece in split_at_columns(chunk, columns, line.em)], columns, line.em)
        parted = [_split_by_below(block, chunks, rules, line.em) for block in open_blocks]
        spanning = [pieces[0].bottom for pieces in parted if len(pieces) == 1 and _heads_several(pieces[0], chunks)]
        open_blocks = [
            piece
            for block, pieces in zip(open_blocks, parted, strict=True)
            for piece in ([block] if any(abs(block.bottom - bottom) < 0.3 * line.em for bottom in spanning) else pieces)
        ]
        over: dict[int, list[_Block]] = {}
        under: dict[int, list[Chunk]] = {id(block): [] for block in open_blocks}
        for chunk in chunks:
            over[id(chunk)] = [b for b in open_blocks if min(b.x1, chunk.x1) - max(b.x0, chunk.x0) > 0.5]
            for block in over[id(chunk)]:
                under[id(block)].append(chunk)
        fresh: list[_Block] = []
        for chunk in chunks:
            above = over[id(chunk)]
            alone = len(above) == 1 and len(under[id(above[0])]) == 1
            if alone and _goes_on(above[0], chunk, line, rules) and not _opens_level(above[0], chunk, open_blocks, chunks):
                block = above[0]
                block.take(chunk)
            else:
                block = _Block([chunk], chunk.x0, chunk.x1, chunk.top, chunk.bottom)
                fresh.append(block)
        closed = {id(b) for new in fresh for b in open_blocks if min(b.x1, new.x1) - max(b.x0, new.x0) > 0.5}
        done += [b for b in open_blocks if id(b) in closed]
        open_blocks = [b for b in open_blocks if id(b) not in closed] + fresh
    return sorted(done + open_blocks, key=lambda b: (b.top, b.x0))


def _split_by_below(block: _Block, chunks: Sequence[Chunk], rules: Sequence[Rule], em: float) -> list[_Block]:
    """Heads that touch ("Noncontrolling Shareholders'") are parted where the next line has a word under each, centred or flush right."""
    below = [chunk for chunk in chunks if chunk.x0 < block.x1 and chunk.x1 > block.x0]
    last = block.chunks[-1]
    if len(block.chunks) != 1 or len(below) < 2 or len(last.words) < len(below):
        return [block]
    if any(
        rule.x0 < block.x0 and block.x1 < rule.x1 and block.bottom - 0.35 * em <= rule.top <= below[0].top + 0.35 * em for rule in rules
    ):
        return [block]  # one rule under all of it: it heads the columns together
    groups = _grouped_by_white(last, len(below)) or _grouped_by_place(last, below)
    if not all(groups):
        return [block]
    pieces = [piece_of([last.words[n] for n in group], [last.kinds[n] for n in group]) for group in groups]
    pairs = list(zip(pieces, below, strict=True))
    centred = all(abs(piece.middle - chunk.middle) < 0.6 * em for piece, chunk in pairs)
    if not centred and not all(abs(piece.x1 - chunk.x1) < 0.2 * em for piece, chunk in pairs):
        return [block]
    return [_Block([piece], piece.x0, piece.x1, piece.top, piece.bottom) for piece in pieces]


def _grouped_by_white(chunk: Chunk, count: int) -> list[list[int]]:
    """Which words go together where the widest whites part a line in ``count``; nothing where no white is wider than the rest."""
    gaps = sorted(((right.x0 - left.x1, n) for n, (left, right) in enumerate(itertools.pairwise(chunk.words), start=1)), reverse=True)
    if count > len(gaps) or gaps[count - 2][0] < 1.25 * max(gaps[count - 1][0], 0.1):
        return []
    cuts = [0, *sorted(n for _, n in gaps[: count - 1]), len(chunk.words)]
    return [list(range(a, b)) for a, b in itertools.pairwise(cuts)]


def _grouped_by_place(chunk: Chunk, below: Sequence[Chunk]) -> list[list[int]]:
    """Which words stand nearest to which of the heads below."""
    groups: list[list[int]] = [[] for _ in below]
    for n, word in enumerate(chunk.words):
        middle = (word.x0 + word.x1) / 2
        groups[min(range(len(below)), key=lambda k: abs(below[k].middle - middle))].append(n)
    return groups


def _heads_several(block: _Block, chunks: Sequence[Chunk]) -> bool:
    return sum(chunk.x0 < block.x1 and chunk.x1 > block.x0 for chunk in chunks) >= 2


def _rejoined(chunks: list[Chunk], columns: Sequence[tuple[float, float]], em: float) -> list[Chunk]:
    """Words of one head that stand far apart within one column ("Fraction   of") are one chunk again."""
    edges = edges_of(columns)
    kept: list[Chunk] = []
    for chunk in chunks:
        last = kept[-1] if kept else None
        near = last is not None and chunk.x0 - last.x1 < 2 * em and not (chunk.numeric or last.numeric)
        if last is not None and near and not any(last.x0 < edge < chunk.x1 for edge in edges):
            kept[-1] = piece_of(last.words + chunk.words, last.kinds + chunk.kinds)
        else:
            kept.append(chunk)
    return kept


def _goes_on(block: _Block, chunk: Chunk, line: TextLine, rules: Sequence[Rule]) -> bool:
    em = line.em
    above = block.chunks[-1]
    step = (chunk.top + chunk.bottom - above.top - above.bottom) / 2  # OCR's boxes are of any height: there the step counts
    if chunk.top - block.bottom > 0.9 * em and (chunk.words[0].size > 0 or step > 2.15 * em):
        return False
    low, high = block.chunks[-1].bottom - 0.35 * em, chunk.top + 0.35 * em
    if any(
        low <= rule.top <= high
        and min(rule.x1, chunk.x1) - max(rule.x0, chunk.x0) > 0.5 * (chunk.x1 - chunk.x0)
        and not _underlines(rule, above)
        for rule in rules
    ):
        return False
    last = block.chunks[-1]
    return (
        abs(last.middle - chunk.middle) <= 1.5 * em
        or abs(block.middle - chunk.middle) <= 1.5 * em
        or abs(last.x0 - chunk.x0) <= 1.0 * em
        or abs(last.x1 - chunk.x1) <= 1.0 * em
    )


def _underlines(rule: Rule, chunk: Chunk) -> bool:
    """Whether a rule is as wide as the words over it among the labels: underlined text, no edge of a cell."""
    return (
        abs(rule.x0 - chunk.x0) < 1.5 and abs(rule.x1 - chunk.x1) < 2.5 and -0.25 * (chunk.bottom - chunk.top) < rule.top - chunk.bottom < 1
    )


def _opens_level(block: _Block, chunk: Chunk, above: Sequence[_Block], line: Sequence[Chunk]) -> bool:
    """Whether a date stands over what it dates, "2024" over "Gross", "Depreciation" and "Net", rather than being continued."""
    dates = [b for b in above if all(_is_date(c) for c in b.chunks)]
    named = [c for c in line if not _is_date(c) and not any(ch.isdigit() for ch in c.text)]
    return block in dates and chunk in named and len(dates) >= 2 and len(named) > len(dates)


def _is_date(chunk: Chunk) -> bool:
    return (chunk.numeric and Kind.YEAR in chunk.kinds) or is_dated(chunk)


def _find_underlines(blocks: Sequence[_Block], rules: Sequence[Rule], em: float) -> None:
    """The rule just under a head is as wide as the columns that the head covers, unless its neighbours share the rule."""
    for block in blocks:
        best: Rule | None = None
        for rule in rules:
            inside = rule.x0 - 2 <= block.middle <= rule.x1 + 2 and rule.x1 - rule.x0 >= 0.8 * (block.x1 - block.x0)
            if inside and -0.35 * em <= rule.top - block.bottom <= 0.9 * em and (best is None or rule.x1 - rule.x0 < best.x1 - best.x0):
                best = rule
        if best is not None and not any(
            other is not block and other.top < block.bottom and other.bottom > block.top and best.x0 < other.middle < best.x1
            for other in blocks
        ):
            block.underline = (best.x0, best.x1)


def _cover(block: _Block, columns: Sequence[tuple[float, float]]) -> None:
    if block.underline:
        left, right = block.underline
        inside = [c for c, (a, b) in enumerate(columns) if left - 3 <= (a + b) / 2 <= right + 3]
        if inside and (len(inside) < len(columns) or len(columns) <= 2) and (inside[0] > 0 or len(inside) == 1):
            block.first, block.last = inside[0], inside[-1]
            return
    if block.x0 < columns[0][1] and block.x0 < columns[0][0] + 0.4 * (columns[0][1] - columns[0][0]):
        block.first = block.last = 0
        return
    block.first, block.last = columns_under(
        columns, block.x0, block.x1, first=1 if len(columns) > 1 and block.middle > columns[0][1] else 0
    )


def _widen(blocks: list[_Block], columns: Sequence[tuple[float, float]]) -> None:
    """A head centred over more columns than its words reach covers them all, where heads stand below each."""
    for block in blocks:
        if block.first == 0 or block.underline:
            continue
        below = [b for b in blocks if b.top >= block.bottom - 1 and b.first > 0]
        if not below:
            continue
        leaf = {c for b in below for c in range(b.first, b.last + 1)}
        taken = {c for b in blocks if b is not block and b.top < block.bottom and b.bottom > block.top for c in range(b.first, b.last + 1)}
        best = (block.first, block.last)
        best_off = abs((columns[best[0]][0] + columns[best[1]][1]) / 2 - block.middle)
        for first in range(1, block.first + 1):
            for last in range(block.last, len(columns)):
                covered = range(first, last + 1)
                if any(c in taken or c not in leaf for c in covered):
                    continue
                off = abs((columns[first][0] + columns[last][1]) / 2 - block.middle)
                if off < best_off - 4:
                    best, best_off = (first, last), off
        if best == (block.first, block.last):
            best = _reach(block, below, taken, leaf, columns)
        block.first, block.last = best


def _reach(
    block: _Block, below: Sequence[_Block], taken: set[int], leaf: set[int], columns: Sequence[tuple[float, float]]
) -> tuple[int, int]:
    """A date set flush with the last (or the first) of the columns that it is said of covers those beside it too."""
    first, last = block.first, block.last
    under = next((b for b in below if b.first == first and b.last == last), None)
    if first != last or under is None or not all(map(_is_date, block.chunks)) or all(map(_is_date, under.chunks)):
        return first, last
    flush_right, flush_left = abs(block.x1 - under.x1) < 1.5, abs(block.x0 - under.x0) < 1.5
    while flush_right and not flush_left and first > 1 and first - 1 in leaf and first - 1 not in taken:
        first -= 1
    while flush_left and not flush_right and last + 1 < len(columns) and last + 1 in leaf and last + 1 not in taken:
        last += 1
    return first, last


def _spread_lone(blocks: list[_Block], columns: Sequence[tuple[float, float]], em: float) -> None:
    """A head alone on its line and centred over all columns of figures, as a scale often is, covers them all."""
    if len(columns) < 3:
        return
    left, right = columns[1][0], columns[-1][1]
    for block in blocks:
        alone = not any(b is not block and b.first > 0 and b.top < block.bottom and b.bottom > block.top for b in blocks)
        if (
            block.first > 0
            and not block.underline
            and alone
            and (
                abs((left + right) / 2 - block.middle) < 2.5 * em
                or (is_bracketed(block.chunks[0]) and not any(abs((a + b) / 2 - block.middle) < em for a, b in columns[1:]))
            )
        ):
            block.first, block.last = 1, len(columns) - 1


def _levelled(blocks: list[_Block]) -> tuple[list[Place], int]:
    for n, block in enumerate(blocks):
        above = [
            b.level
            for b in blocks[:n]
            if b.bottom <= block.top + 0.4 * (block.bottom - block.top) and b.first <= block.last and block.first <= b.last
        ]
        block.level = max(above, default=-1) + 1
    depth = max(block.level for block in blocks) + 1
    floor = max(block.bottom for block in blocks)
    places = []
    for block in blocks:
        below = [b.level for b in blocks if b.level > block.level and b.first <= block.last and block.first <= b.last]
        row, span = block.level, 1
        if not below:
            at_foot = floor - block.bottom < 0.5 * (block.bottom - block.top) / len(block.chunks)
            row = _first_beside(block, blocks, depth) if at_foot else block.level
            span = depth - row
        elif min(below) > block.level + 1:
            row = min(below) - 1
        places.append(Place(row, block.first, [chunk.words for chunk in block.chunks], span, block.last - block.first + 1, header=True))
    return _merged(places), depth


def _first_beside(block: _Block, blocks: Sequence[_Block], depth: int) -> int:
    """The first row of a head of several lines at the foot of the heads: that of the highest head that stands beside its lines."""
    row = depth - 1
    while row > block.level and any(
        other.level == row - 1 and (other.top + other.bottom) / 2 >= block.top for other in blocks if _has_below(other, blocks)
    ):
        row -= 1
    return row


def _has_below(block: _Block, blocks: Sequence[_Block]) -> bool:
    """Whether a head stands over another one."""
    return any(other.level > block.level and other.first <= block.last and block.first <= other.last for other in blocks)


def _merged(places: list[Place]) -> list[Place]:
    """Two heads that fell into one cell are one."""
    kept: dict[tuple[int, int], Place] = {}
    for place in places:
        other = kept.get((place.row, place.column))
        if other is None:
            kept[place.row, place.column] = place
        else:
            other.lines += place.lines
            other.column_span = max(other.column_span, place.column_span)
    return list(kept.values())
