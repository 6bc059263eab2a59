"""Two tables set beside each other: a second column of labels, with figures on both sides of it, under the same heads."""

from __future__ import annotations

from collections.abc import Sequence

from finlens.extract.tables.columns import place_chunks
from finlens.extract.tables.lines import Chunk, TextLine, is_dated, parts
from finlens.extract.tables.regions import Region


def parted(region: Region, columns: Sequence[tuple[float, float]], start: int) -> list[list[TextLine]]:
    """The lines of each table beside the other; an empty list where the region is one table.

    Args:
        region: Lines that share baselines.
        columns: Its columns, labels of both tables among them.
        start: Index of the first line under the heads.
    """
    if len(columns) < 4:
        return []
    entries: list[list[Chunk]] = [[] for _ in columns]
    for line in region.lines[start:]:
        for column, chunk in place_chunks(line, columns):
            entries[column].append(chunk)
    for middle in range(2, len(columns) - 1):
        if _are_labels(entries[middle], len(entries[0])) and _are_figures(entries[middle - 1]) and _are_figures(entries[middle + 1]):
            left, right = columns[middle - 1][1], columns[middle][0]
            heads = region.lines[:start]
            if right > left + 1.5 * region.lines[start].em and _same_heads(heads, columns, middle):
                gutter = (left + right) / 2
                return [_side(region.lines, -1e9, gutter), _side(region.lines, gutter, 1e9)]
    return []


def _are_labels(chunks: Sequence[Chunk], rows: int) -> bool:
    if len(chunks) < max(2, 0.4 * rows) or any(chunk.numeric for chunk in chunks):
        return False
    texts = {chunk.text for chunk in chunks}
    edges = sorted(chunk.x0 for chunk in chunks)
    aligned = sum(abs(x - edges[len(edges) // 4]) < 2 for x in edges)
    wordy = sum(len(chunk.text) >= 4 and not is_dated(chunk) for chunk in chunks)
    return len(texts) >= 0.8 * len(chunks) and wordy >= 0.8 * len(chunks) and aligned >= 0.5 * len(chunks)


def _are_figures(chunks: Sequence[Chunk]) -> bool:
    return len(chunks) >= 2 and sum(chunk.numeric for chunk in chunks) >= 0.8 * len(chunks)


def _same_heads(heads: Sequence[TextLine], columns: Sequence[tuple[float, float]], middle: int) -> bool:
    """Whether what stands over the figures on the right stands over those on the left too."""
    over = [
        {chunk.text for line in heads for chunk in parts(line) if a - 5 < chunk.middle < b + 5} for a, b in (columns[0], columns[middle])
    ]
    if over[0] and over[0] == over[1]:
        return False  # one long list that goes on in the next column
    edge = columns[middle][1]
    left = [chunk.text for line in heads for chunk in parts(line) if columns[1][0] - 40 < chunk.middle < columns[middle][0]]
    right = [chunk.text for line in heads for chunk in parts(line) if chunk.middle > edge]
    return (bool(right) and set(right) <= set(left)) or not heads


def _side(lines: Sequence[TextLine], low: float, high: float) -> list[TextLine]:
    kept = []
    for line in lines:
        chunks = [chunk for chunk in parts(line) if low <= chunk.middle < high]
        if chunks:
            words = [word for chunk in chunks for word in chunk.words]
            kept.append(TextLine(words, min(c.top for c in chunks), max(c.bottom for c in chunks), line.em, chunks))
    return kept
