"""The last look at the likeliest line items of each row: a small net, for what a sum of weights cannot say.

"Research and development" in a table of the cost of stock awards is the cost of stock awards: there the label is a member, and
the title and the other rows name the item. In the income statement it is what its label says. Which of the two counts depends on the
rest, so the features are weighed together: one hidden layer beside a direct sum, some thousand weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finlens.finance.mapping_features import FEATURES, Candidates

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

TOP = 10
"""Line items of a row that are looked at again, the likeliest first."""
_RELATIVE = tuple(
    FEATURES.index(name)
    for name in (
        "label in name",
        "name in label",
        "label × everything",
        "name in label and above",
        "name in everything",
        "heads in name",
        "about in bag",
        "about like",
        "near in bag",
        "name in label, above, heads and near",
        "concept of the table",
        "concept of the column",
        "concept of the totals",
        "concept of the rows under the same head",
        "heads are name",
        "label near",
        "row near",
        "heads near",
        "about near",
        "over near",
        "topic near",
        "above near",
        "concept of the same figure in a statement",
        "concept of the sum",
    )
)
_IS_NAME = FEATURES.index("label is name")
INPUTS = len(FEATURES) + len(_RELATIVE) + 3
_FLOOR = 1e-4  # likelihoods below it are as one


@dataclass(frozen=True, slots=True)
class Net:
    """Weights of the last look."""

    direct: Array
    """I."""
    hidden: Array
    """I × H."""
    bias: Array
    """H."""
    out: Array
    """H."""
    none: Array
    """The weights of what speaks for "none": see `LastLook.none`."""


@dataclass(frozen=True, slots=True)
class LastLook:
    """The candidates that are left, those of one row together."""

    query: Array
    concept: Array
    inputs: Array
    """Candidates × I."""
    none: Array
    """Q × 4: likelihood of "none" in the pass before, that of the best candidate, and whether there is a name that is the label."""


def last_look(queries: int, found: Candidates, likely: Array) -> LastLook:
    """The likeliest candidates of each row, with how each compares to the best of its row.

    Args:
        queries: How many rows there are.
        found: Of the pass before.
        likely: What that pass thought of each.
    """
    import numpy as np

    order = np.lexsort((-likely, found.query))
    starts = np.flatnonzero(np.diff(found.query[order], prepend=-1))
    place = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    kept = order[place < TOP]
    query, features = found.query[kept], found.features[kept]
    highest = np.zeros((queries, len(_RELATIVE) + 2), np.float32)
    of_best = np.column_stack([features[:, _RELATIVE], features[:, _IS_NAME], likely[kept]]).astype(np.float32)
    first = np.flatnonzero(np.diff(query, prepend=-1))
    highest[query[first]] = np.maximum.reduceat(of_best, first, axis=0)
    none = 1 - np.bincount(found.query, weights=likely, minlength=queries)
    log_none = np.log(np.maximum(none, _FLOOR))
    inputs = np.column_stack(
        [
            features,
            features[:, _RELATIVE] - highest[query, : len(_RELATIVE)],
            highest[query, len(_RELATIVE)],
            np.log(np.maximum(likely[kept], _FLOOR)),
            none[query],
        ]
    ).astype(np.float32)
    of_none = np.column_stack([log_none, np.ones(queries), highest[:, len(_RELATIVE)], highest[:, -1]]).astype(np.float32)
    return LastLook(query, found.concept[kept], inputs, of_none)


def scores(look: LastLook, net: Net) -> tuple[Array, Array]:
    """What each candidate, and "none" of each row, is worth: the exponents of a softmax."""
    import numpy as np

    bent = np.tanh(look.inputs @ net.hidden + net.bias)
    return look.inputs @ net.direct + bent @ net.out, look.none @ net.none


def softmax(query: Array, worth: Array, none: Array) -> Array:
    """How likely each candidate is among those of its row and "none"."""
    import numpy as np

    highest = none.copy()
    np.maximum.at(highest, query, worth)
    powers = np.exp(worth - highest[query])
    whole = np.bincount(query, weights=powers, minlength=len(none)) + np.exp(none - highest)
    likely: Array = powers / whole[query]
    return likely


def net_of(weights: Sequence[float] | Array) -> Net:
    """A net from its weights in one row, as training has them."""
    import numpy as np

    flat = np.asarray(weights, np.float32)
    width = (len(flat) - INPUTS - 4) // (INPUTS + 2)
    direct, hidden, bias, out, none = np.split(flat, np.cumsum([INPUTS, INPUTS * width, width, width]))
    return Net(direct, hidden.reshape(INPUTS, width), bias, out, none)
