"""What the rows of a table say of one another: the second look of `finance.mapping`.

"Other" among deferred taxes is a deferred tax; a member is what the total of its column is. So after a first pass over all
rows each candidate is given how likely it is for the other rows: of its table, its column, its sub-heading, the totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from finlens.finance.concepts import catalogue
from finlens.finance.mapping_features import TABLE_FEATURES, Candidates, Matcher
from finlens.finance.mapping_queries import Query
from finlens.finance.mapping_vocabulary import vocabulary

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_OF_TABLE, _OF_HEADS = 4, 2
"""Line items of a table, and of a column, that its other rows are tried with."""


def second_look(queries: Sequence[Query], found: Candidates, matcher: Matcher, likely: Array) -> Candidates:
    """The candidates with what the other rows of the table say, and with the line items that the table is likely about."""
    import numpy as np

    table = _numbered([query.table for query in queries])
    column = _numbered([(query.table, query.heads) for query in queries])
    at = np.arange(len(queries))[:, None]
    tried = np.zeros((len(queries), len(vocabulary().concepts)), bool)
    for place, most in ((table, _OF_TABLE), (column, _OF_HEADS)):
        tried[at, np.argpartition(-_mass(place, found, likely), most, axis=1)[:, :most][place]] = True
    tried[found.query, found.concept] = False
    more = matcher.features(*np.nonzero(tried))
    query, concept = np.concatenate([found.query, more.query]), np.concatenate([found.concept, more.concept])
    features, own = np.concatenate([found.features, more.features]), np.concatenate([likely, np.zeros(len(more.query))])
    order = np.lexsort((concept, query))
    every = Candidates(query[order], concept[order], features[order])
    every.features[:, -TABLE_FEATURES:] = _of_others(queries, every, own[order], table, column)
    return every


def _of_others(queries: Sequence[Query], every: Candidates, likely: Array, table: Array, column: Array) -> Array:
    """For each candidate how likely the other rows of the table, the column, … are the same: the last features of ``FEATURES``."""
    import numpy as np

    section, sections = _sections()
    query, concept = every.query, every.concept
    block = _numbered([(one.table, one.above) for one in queries])
    total = np.array([one.total for one in queries], float)

    def share(group: Array, counted: Array) -> Array:
        """Of the other rows of the group that are counted, the mean likelihood of the same concept."""
        weighed = likely * counted[query]
        others = np.bincount(group, weights=counted)[group[query]] - counted[query]
        mass = _mass(group, every, weighed)[group[query], concept] - weighed
        of_each: Array = np.maximum(mass, 0) / np.maximum(others, 1)
        return of_each

    everyone = np.ones(len(queries))
    of_section = _counted(table[query], section[concept], likely, sections, int(table.max()) + 1)
    own_section = _counted(query, section[concept], likely, sections, len(queries))
    same_section = of_section[table[query], section[concept]] - own_section[query, section[concept]]
    columns = (
        same_section / np.maximum(np.bincount(table)[table[query]] - 1, 1),
        share(table, everyone),
        share(column, everyone),
        share(table, total),
        share(block, everyone),
    )
    return np.column_stack(columns)


@cache
def _sections() -> tuple[Array, int]:
    """The section of each concept as a number, and how many there are."""
    import numpy as np

    _, numbers = np.unique([f"{concept.statement} {concept.section}" for concept in catalogue().values()], return_inverse=True)
    return numbers, int(numbers.max()) + 1


def _mass(group: Array, found: Candidates, likely: Array) -> Array:
    """Likelihoods of each concept added up over the rows of each group: groups × concepts."""
    return _counted(group[found.query], found.concept, likely, len(vocabulary().concepts), int(group.max()) + 1)


def _counted(group: Array, of: Array, weights: Array, size: int, rows: int) -> Array:
    import numpy as np

    return np.bincount(group * size + of, weights=weights, minlength=rows * size).reshape(rows, size)


def _numbered(keys: Sequence[object]) -> Array:
    """Each key as a number from 0."""
    import numpy as np

    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys])
