"""Which line item each row of a document's tables is, and how sure that is.

A linear ranker over the features of `mapping_features`: a softmax over the line items that a row may be, and over "none of
them". It is asked twice: what it says of all rows of a table in the first pass ("these are deferred taxes") tells what
"Other" is in the second. The net of `mapping_net` looks at the likeliest once more. The weights stand in
``concept_ranker.json`` with what they were trained on; `benchmarks.concepts` trains and measures them, each company by a
ranker that has not seen it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from finlens.documents import Fact, StatementKind
from finlens.finance.embedding import WordVectors, word_vectors
from finlens.finance.mapping_features import FEATURES, Candidates, Matcher
from finlens.finance.mapping_net import INPUTS, Net, last_look, net_of, scores, softmax
from finlens.finance.mapping_queries import Others, Query, queries_of
from finlens.finance.mapping_tables import looked_around, second_look
from finlens.finance.mapping_vocabulary import vocabulary

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

NONE_FEATURES = ("none", "none in a statement", "label × everything of the best", "label in name of the best")
LEAST = 0.5
"""A concept less sure than this is not said: it is as likely another one, or none."""

_ROWS_AT_ONCE = 3000
"""Rows that speak for one another: those of a whole filing, as a note's figures are those of a statement; a longer report is cut."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """The weights of both passes, one for each of ``FEATURES``, then of ``NONE_FEATURES``; and the net of the last look."""

    first: Array
    second: Array
    last: Net
    usual: Array
    """C: how usual each concept is."""


class Named(NamedTuple):
    """What a row is."""

    concept: str
    confidence: float


@cache
def packaged_ranker() -> Ranker:
    """The ranker that finlens ships.

    Raises:
        ValueError: the weights belong to other features than those of this version.
    """
    import numpy as np

    record = json.loads(files("finlens.finance").joinpath("concept_ranker.json").read_bytes())
    if tuple(record["features"]) != (*FEATURES, *NONE_FEATURES) or record["inputs"] != INPUTS:
        raise ValueError("concept_ranker.json was trained on other features: run `nox -s concepts`")
    usual = np.array([record["usual"].get(name, 0.0) for name in vocabulary().concepts], np.float32)
    return Ranker(np.array(record["first"], np.float32), np.array(record["second"], np.float32), net_of(record["last"]), usual)


def name_rows(
    facts: Sequence[Fact], kinds: Mapping[int, StatementKind], about: Mapping[int, str], topics: Mapping[int, str], *, others: Others
) -> dict[int, Named]:
    """The line item of each figure that stands in a table, by its position in ``facts``, where it is sure enough.

    Args:
        facts: Of the document.
        kinds: Primary statements, by table.
        about: Title, heading and introduction of each table.
        topics: Title of the note, or heading, that each table stands under.
        others: Whether statements speak of noncontrolling interests.
    """
    queries = queries_of(facts, kinds, about, topics, others=others)
    if not queries:
        return {}
    named = rank(queries, packaged_ranker(), others=others, like=word_vectors())
    return {
        position: one
        for query, one in zip(queries, named, strict=True)
        if one is not None and one.confidence >= LEAST
        for position in query.facts
    }


def rank(queries: Sequence[Query], ranker: Ranker, *, others: Others, like: WordVectors | None) -> list[Named | None]:
    """The likeliest line item of each row, however unlikely; None for a row that shares no word with any.

    The rows of a table stand together. ``like`` is likeness by meaning, for a ranker that was trained with it; None for one without.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api="blas"):  # products so small take longer to share between cores than to do
        return [named for some in _whole_tables(queries) for named in _rank(some, ranker, others, like)]


def _whole_tables(queries: Sequence[Query]) -> Iterator[list[Query]]:
    """The rows in groups of some hundred; those of a table, which speak for one another, in one group."""
    group: list[Query] = []
    for _, table in groupby(queries, attrgetter("table")):
        group.extend(table)
        if len(group) >= _ROWS_AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def _rank(queries: Sequence[Query], ranker: Ranker, others: Others, like: WordVectors | None) -> list[Named | None]:
    import numpy as np

    matcher = Matcher(queries, ranker.usual, others=others, like=like)
    found = matcher.features(*matcher.near())
    if not len(found.query):
        return [None] * len(queries)
    again = second_look(queries, found, matcher, likelihoods(queries, found, ranker.first))
    likely = likelihoods(queries, again, ranker.second)
    look = last_look(len(queries), looked_around(again, matcher, likely), likely)
    likely = softmax(look.query, *scores(look, ranker.last))
    names = vocabulary().concepts
    named: list[Named | None] = [None] * len(queries)
    order = np.lexsort((likely, look.query))
    last = np.flatnonzero(np.diff(look.query[order], append=-1))  # the likeliest of each query comes last
    for at in order[last]:
        named[look.query[at]] = Named(names[look.concept[at]], float(likely[at]))
    return named


def likelihoods(queries: Sequence[Query], found: Candidates, weights: Array) -> Array:
    """How likely each candidate is: a softmax over those of its query and "none"."""
    width = len(FEATURES)
    worth = found.features @ weights[:width]
    none = none_features(queries, found) @ weights[width:]
    return softmax(found.query, worth, none)


def none_features(queries: Sequence[Query], found: Candidates) -> Array:
    """Q × 4: what speaks for a row being none of the line items."""
    import numpy as np

    columns = np.zeros((len(queries), len(NONE_FEATURES)), np.float32)
    columns[:, 0] = 1
    columns[:, 1] = [query.statement is not None for query in queries]
    for column, feature in ((2, "label × everything"), (3, "label in name")):
        np.maximum.at(columns[:, column], found.query, found.features[:, FEATURES.index(feature)])
    return columns
