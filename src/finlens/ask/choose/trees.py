"""Boosted trees, as arrays: all rows go down all trees at once, a level at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees, put through the logistic function."""

    roots: Array
    """T: the first node of each tree."""
    feature: Array
    """N: the column that a node looks at; -1 for a leaf."""
    threshold: Array
    """N: up to it a row goes left."""
    left: Array
    right: Array
    value: Array
    """N: what a leaf adds."""
    depth: int

    @classmethod
    def stored(cls, arrays: Mapping[str, Array], name: str) -> Trees:
        """The trees kept under ``name`` in the packaged weights."""
        parts = {part: arrays[f"{name}_{part}"] for part in ("roots", "feature", "threshold", "left", "right", "value")}
        return cls(**parts, depth=int(arrays[f"{name}_depth"]))

    def chances(self, rows: Array) -> Array:
        """R: for each of R × F rows how likely it is, from 0 to 1."""
        import numpy as np

        if not len(rows):
            return np.zeros(0, np.float32)
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        row = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            feature = self.feature[node]
            inner = feature >= 0
            goes_left = rows[row, np.maximum(feature, 0)] <= self.threshold[node]
            node = np.where(inner, np.where(goes_left, self.left[node], self.right[node]), node)
        chances: Array = 1.0 / (1.0 + np.exp(-self.value[node].sum(axis=1)))
        return chances
