"""Which line item each row of a document's tables is, and how sure that is.

A linear ranker over the features of `mapping_features`: a softmax over the line items that a row may be, and over "none of
them". It is asked twice: what it says of all rows of a table in the first pass ("these are deferred taxes") tells what
"Other" is in the second. Its weights, some fifty a pass, stand in ``concept_ranker.json`` with what they were trained on;
`benchmarks.concepts` trains and measures them, each company by a ranker that has not seen it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from finlens.documents import Fact, StatementKind
from finlens.finance.concepts import catalogue
from finlens.finance.embedding import word_vectors
from finlens.finance.mapping_circumstances import Others
from finlens.finance.mapping_features import FEATURES, TABLE_FEATURES, Candidates, Matcher
from finlens.finance.mapping_queries import Query, queries_of
from finlens.finance.mapping_vocabulary import vocabulary

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

NONE_FEATURES = ("none", "none in a statement", "label × everything of the best", "label in name of the best")
_USUAL = FEATURES.index("usual")
_OF_TABLE, _OF_HEADS = 4, 2
"""Line items of a table, and of a column, that its other rows are tried with."""
LEAST = 0.4
"""A concept less sure than this is not said."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """The weights of both passes: one for each of ``FEATURES``, then of ``NONE_FEATURES``."""

    first: Array
    second: Array
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
    if tuple(record["features"]) != (*FEATURES, *NONE_FEATURES):
        raise ValueError("concept_ranker.json was trained on other features: run `nox -s concepts`")
    usual = np.array([record["usual"].get(name, 0.0) for name in vocabulary().concepts], np.float32)
    return Ranker(np.array(record["first"], np.float32), np.array(record["second"], np.float32), usual)


def name_rows(facts: Sequence[Fact], kinds: Mapping[int, StatementKind], about: Mapping[int, str], *, others: Others) -> dict[int, Named]:
    """The line item of each figure that stands in a table, by its position in ``facts``, where it is sure enough.

    Args:
        facts: Of the document.
        kinds: Primary statements, by table.
        about: Title, heading and introduction of each table.
        others: Whether statements speak of noncontrolling interests.
    """
    queries = queries_of(facts, kinds, about)
    if not queries:
        return {}
    named = rank(queries, packaged_ranker(), others=others)
    return {
        position: one
        for query, one in zip(queries, named, strict=True)
        if one is not None and one.confidence >= LEAST
        for position in query.facts
    }


def rank(queries: Sequence[Query], ranker: Ranker, *, others: Others) -> list[Named | None]:
    """The likeliest line item of each row, however unlikely; None for a row that shares no word with any."""
    import numpy as np

    matcher = Matcher(queries, ranker.usual, others=others, like=word_vectors())
    found = matcher.features(*matcher.near())
    if not len(found.query):
        return [None] * len(queries)
    again = second_look(queries, found, matcher, likelihoods(queries, found, ranker.first))
    likely = likelihoods(queries, again, ranker.second)
    names = vocabulary().concepts
    named: list[Named | None] = [None] * len(queries)
    order = np.lexsort((likely, again.query))
    last = np.flatnonzero(np.diff(again.query[order], append=-1))  # the likeliest of each query comes last
    for at in order[last]:
        named[again.query[at]] = Named(names[again.concept[at]], float(likely[at]))
    return named


def likelihoods(queries: Sequence[Query], found: Candidates, weights: Array) -> Array:
    """How likely each candidate is: a softmax over those of its query and "none"."""
    import numpy as np

    width = len(FEATURES)
    scores = found.features @ weights[:width]
    none = none_features(queries, found) @ weights[width:]
    highest = none.copy()
    np.maximum.at(highest, found.query, scores)
    powers = np.exp(scores - highest[found.query])
    whole = np.bincount(found.query, weights=powers, minlength=len(queries)) + np.exp(none - highest)
    likely: Array = powers / whole[found.query]
    return likely


def none_features(queries: Sequence[Query], found: Candidates) -> Array:
    """Q × 4: what speaks for a row being none of the line items."""
    import numpy as np

    columns = np.zeros((len(queries), len(NONE_FEATURES)), np.float32)
    columns[:, 0] = 1
    columns[:, 1] = [query.statement is not None for query in queries]
    for column, feature in ((2, "label × everything"), (3, "label in name")):
        np.maximum.at(columns[:, column], found.query, found.features[:, FEATURES.index(feature)])
    return columns


@cache
def _sections() -> tuple[Array, int]:
    """The section of each concept as a number, and how many there are."""
    import numpy as np

    _, numbers = np.unique([f"{concept.statement} {concept.section}" for concept in catalogue().values()], return_inverse=True)
    return numbers, int(numbers.max()) + 1


def second_look(queries: Sequence[Query], found: Candidates, matcher: Matcher, likely: Array) -> Candidates:
    """The candidates with what the other rows of the table say, and with the line items that the table is likely about."""
    import numpy as np

    size = len(vocabulary().concepts)
    section, sections = _sections()
    table = _numbered([query.table for query in queries])
    column = _numbered([(query.table, query.heads) for query in queries])
    tables, columns = int(table.max()) + 1, int(column.max()) + 1  # also those of rows that have no candidate
    of_table = _mass(table[found.query], found.concept, likely, size, rows=tables)
    of_column = _mass(column[found.query], found.concept, likely, size, rows=columns)
    of_section = _mass(table[found.query], section[found.concept], likely, sections, rows=tables)
    own_section = _mass(found.query, section[found.concept], likely, sections, rows=len(queries))
    at = np.arange(len(queries))
    tops = [
        np.repeat(at, most) * size + np.argpartition(-mass, most, axis=1)[:, :most][place].ravel()
        for mass, place, most in ((of_table, table, _OF_TABLE), (of_column, column, _OF_HEADS))
    ]
    old = found.query * size + found.concept
    new = np.setdiff1d(np.concatenate(tops), old)
    more = matcher.features(new // size, new % size)
    query, concept = np.concatenate([found.query, more.query]), np.concatenate([found.concept, more.concept])
    features, own = np.concatenate([found.features, more.features]), np.concatenate([likely, np.zeros(len(new))])
    order = np.lexsort((concept, query))
    query, concept, features, own = query[order], concept[order], features[order], own[order]
    rows, rows_of_column = np.bincount(table), np.bincount(column)
    others = np.maximum(rows[table[query]] - 1, 1)
    start = len(FEATURES) - TABLE_FEATURES
    features[:, start] = (of_section[table[query], section[concept]] - own_section[query, section[concept]]) / others
    features[:, start + 1] = (of_table[table[query], concept] - own) / others
    features[:, start + 2] = (of_column[column[query], concept] - own) / np.maximum(rows_of_column[column[query]] - 1, 1)
    return Candidates(query, concept, features)


def _mass(group: Array, of: Array, likely: Array, size: int, rows: int | None = None) -> Array:
    """Likelihoods added up: groups × size."""
    import numpy as np

    count = rows or int(group.max()) + 1
    return np.bincount(group * size + of, weights=likely, minlength=count * size).reshape(count, size)


def _numbered(keys: Sequence[object]) -> Array:
    """Each key as a number from 0."""
    import numpy as np

    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys])
