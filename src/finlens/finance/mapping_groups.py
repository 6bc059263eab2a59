"""Which rows stand together, and which labels stand in many tables."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from finlens.finance.mapping_queries import Query

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


class Groups(NamedTuple):
    """Which rows stand together: a number for each query."""

    table: Array
    column: Array
    block: Array
    """Rows under the same sub-heading."""
    total: Array
    """1 for a row that says that it is a total."""


def groups_of(queries: Sequence[Query]) -> Groups:
    """The groups of rows."""
    import numpy as np

    return Groups(
        _numbered([query.table for query in queries]),
        _numbered([(query.table, query.heads) for query in queries]),
        _numbered([(query.table, query.above) for query in queries]),
        np.array([query.total for query in queries], float),
    )


def _numbered(keys: Sequence[object]) -> Array:
    """Each key as a number from 0."""
    import numpy as np

    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys])


def elsewhere(queries: Sequence[Query]) -> Array:
    """Q: in how many other tables the label stands, as a row's or a column's: a member does ("Europe"), a line item hardly."""
    import numpy as np

    tables: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for query in queries:
        tables[query.label].add(query.table)
        tables[query.heads].add(query.table)
    return np.array([math.log1p(len(tables[query.label]) - 1) / 2 if query.label else 0 for query in queries], np.float32)
