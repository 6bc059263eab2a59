"""What the figures themselves say about a row's name: the same figure elsewhere, and the sum that it is a part of.

"Total" under a table of countries is revenue because the income statement prints that very figure as revenue for that year, and
the countries are revenue because they add up to it. Nor can "Research and development" among the costs of stock awards be
the line of the income statement, which prints another figure for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from finlens.finance.mapping_queries import Query

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_TELLING = 1000
"""Printed numbers from here on are the same by chance hardly ever."""
_MOST_PLACES = 24  # of one figure: more are no evidence
_MOST_PARTS = 40


class Links(NamedTuple):
    """Pairs of queries that have to do with one another by their figures."""

    same: tuple[Array, Array]
    """That print the same figure for the same time in different tables."""
    sums: tuple[Array, Array]
    """A part, and the sum that it is a part of."""
    times: Array
    """Statements × times: 1 where a query of a statement has figures of a time."""
    printed: Array
    """Positions of the queries of statements, for the rows of ``times``."""
    of_query: Array
    """Q × times: whether a query has figures of a time."""


def links_of(queries: Sequence[Query]) -> Links:
    """How the figures of rows hang together."""
    import numpy as np

    whens: dict[Hashable, int] = {}
    for query in queries:
        for figure in query.figures:
            whens.setdefault(figure.when, len(whens))
    of_query = np.zeros((len(queries), len(whens)), np.float32)
    for at, query in enumerate(queries):
        of_query[at, [whens[figure.when] for figure in query.figures if figure.when is not None]] = 1
    printed = np.array([at for at, query in enumerate(queries) if query.statement is not None], np.int64)
    return Links(_pairs(_same(queries)), _pairs(_sums(queries)), of_query[printed], printed, of_query)


def _pairs(found: Iterator[tuple[int, int]]) -> tuple[Array, Array]:
    import numpy as np

    pairs = np.array(sorted(set(found)), np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _same(queries: Sequence[Query]) -> Iterator[tuple[int, int]]:
    places: defaultdict[Hashable, set[int]] = defaultdict(set)
    for at, query in enumerate(queries):
        for figure in query.figures:
            if figure.when is not None and figure.printed >= _TELLING:
                places[figure.amount, figure.when[0]].add(at)
    for found in places.values():
        if 1 < len(found) <= _MOST_PLACES:
            yield from ((one, other) for one in found for other in found if queries[one].table != queries[other].table)


def _sums(queries: Sequence[Query]) -> Iterator[tuple[int, int]]:
    """Parts with their sum, over each column: a row that is the sum of the last rows that no sum has taken yet."""
    columns: defaultdict[tuple[int, int], list[tuple[int, float, int]]] = defaultdict(list)
    for at, query in enumerate(queries):
        for figure in query.figures:
            columns[query.table, figure.column].append((figure.row, figure.signed, at))
    for column in columns.values():
        column.sort()
        open_rows: list[tuple[float, int]] = []
        for _, amount, at in column:
            parts = _parts(open_rows, amount)
            if parts:
                yield from ((part, at) for _, part in open_rows[-parts:])
                del open_rows[-parts:]
            open_rows.append((amount, at))


def _parts(open_rows: Sequence[tuple[float, int]], amount: float) -> int:
    """How many of the last open rows an amount is the sum of; 0 for none."""
    if not amount:
        return 0
    whole = 0.0
    for count, (part, _) in enumerate(reversed(open_rows[-_MOST_PARTS:]), start=1):
        whole += part
        if count > 1 and abs(whole - amount) < 1e-6 * abs(amount) + 0.001:
            return count
    return 0


def said_by_figures(links: Links, query: Array, concept: Array, likely: Array, concepts: int) -> tuple[Array, ...]:
    """For candidates what the figures say: columns.

    How likely the same figure elsewhere, and that of a statement, is the same concept; whether a statement prints another
    figure for the concept at the time; how likely the sum that the row is part of is that concept, and how likely its parts are.

    Args:
        links: Of the queries.
        query: Candidates: their query.
        concept: Candidates: their concept.
        likely: How likely each candidate was in the pass before.
        concepts: How many there are.
    """
    import numpy as np

    count = len(links.of_query)
    table = np.zeros((count, concepts), np.float32)
    table[query, concept] = likely
    is_printed = np.zeros(count, bool)
    is_printed[links.printed] = True

    def mean(pairs: tuple[Array, Array]) -> Array:
        """Of the queries that a candidate's is paired with, how likely they are its concept."""
        if not len(pairs[0]):
            return np.zeros(len(query), np.float32)
        order = np.argsort(pairs[0], kind="stable")
        first = np.flatnonzero(np.diff(pairs[0][order], prepend=-1))
        paired = pairs[0][order][first]
        place = np.full(count, len(paired))
        place[paired] = np.arange(len(paired))
        means = np.zeros((len(paired) + 1, concepts), np.float32)
        means[:-1] = np.add.reduceat(table[pairs[1][order]], first, axis=0)
        means[:-1] /= np.diff(first, append=len(order))[:, None]
        of_each: Array = means[place[query], concept]
        return of_each

    kept = is_printed[links.same[1]]
    in_statement = mean((links.same[0][kept], links.same[1][kept]))
    at_time = np.zeros((concepts, links.times.shape[1]), np.float32)
    for row, at in enumerate(links.printed):
        seen = np.flatnonzero(links.times[row])
        at_time[:, seen] = np.maximum(at_time[:, seen], table[at][:, None])
    shared = links.of_query / np.maximum(links.of_query.sum(axis=1, keepdims=True), 1)
    expected = np.einsum("ij,ij->i", shared[query], at_time[concept])
    other = np.where(is_printed[query], 0, np.maximum(expected - in_statement, 0))
    return mean(links.same), in_statement, other, mean(links.sums), mean((links.sums[1], links.sums[0]))
