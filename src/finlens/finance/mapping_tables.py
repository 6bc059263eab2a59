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
from finlens.finance.mapping_figures import said_by_figures
from finlens.finance.mapping_groups import Groups
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

    at = np.arange(len(queries))[:, None]
    tried = np.zeros((len(queries), len(vocabulary().concepts)), bool)
    groups = matcher.groups
    of_table = np.argpartition(-_mass(groups.table, found, likely), _OF_TABLE, axis=1)[:, :_OF_TABLE][groups.table]
    of_heads = np.argpartition(-_mass(groups.column, found, likely), _OF_HEADS, axis=1)[:, :_OF_HEADS][groups.column]
    tried[at, of_table] = tried[at, of_heads] = True
    _try_of_unit(tried, queries, of_table)
    tried[found.query, found.concept] = False
    more = matcher.features(*np.nonzero(tried))
    query, concept = np.concatenate([found.query, more.query]), np.concatenate([found.concept, more.concept])
    features, own = np.concatenate([found.features, more.features]), np.concatenate([likely, np.zeros(len(more.query))])
    order = np.lexsort((concept, query))
    return looked_around(Candidates(query[order], concept[order], features[order]), matcher, own[order])


def _try_of_unit(tried: Array, queries: Sequence[Query], of_table: Array) -> None:
    """Mark rates, terms and prices per share of what a table is about, for rows that are such.

    Args:
        tried: Q × C: marked here.
        queries: Rows.
        of_table: Q × ``_OF_TABLE``: the likeliest line items of each row's table.
    """
    import numpy as np

    section, _ = _sections()
    of_unit = np.array([concept.unit for concept in catalogue().values()])
    for at, query in enumerate(queries):
        if query.unit in ("percent", "years", "per share"):
            tried[at] |= (of_unit == query.unit) & np.isin(section, section[of_table[at]])


def looked_around(every: Candidates, matcher: Matcher, likely: Array) -> Candidates:
    """The candidates with what the other rows, and the same figures elsewhere, say of them: what was ``likely`` in the pass before."""
    import numpy as np

    of_figures = said_by_figures(matcher.links, every.query, every.concept, likely, len(vocabulary().concepts))
    features = every.features.copy()
    features[:, -TABLE_FEATURES:] = np.column_stack([*_of_others(matcher.groups, every, likely), *of_figures])
    return Candidates(every.query, every.concept, features)


def _of_others(groups: Groups, every: Candidates, likely: Array) -> tuple[Array, ...]:
    """For each candidate how likely the other rows of the table, the column, … are the same."""
    import numpy as np

    section, sections = _sections()
    query, concept = every.query, every.concept
    table = groups.table

    def share(group: Array, counted: Array) -> Array:
        """Of the other rows of the group that are counted, the mean likelihood of the same concept."""
        weighed = likely * counted[query]
        others = np.bincount(group, weights=counted)[group[query]] - counted[query]
        mass = _mass(group, every, weighed)[group[query], concept] - weighed
        of_each: Array = np.maximum(mass, 0) / np.maximum(others, 1)
        return of_each

    everyone = np.ones(len(table))
    of_section = _counted(table[query], section[concept], likely, sections, int(table.max()) + 1)
    own_section = _counted(query, section[concept], likely, sections, len(table))
    same_section = of_section[table[query], section[concept]] - own_section[query, section[concept]]
    return (
        same_section / np.maximum(np.bincount(table)[table[query]] - 1, 1),
        share(table, everyone),
        share(groups.column, everyone),
        share(table, groups.total),
        share(groups.block, everyone),
    )


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
