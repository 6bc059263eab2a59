"""The packaged weights: which shape a question asks for, which value fits a place, which program is right."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from finlens.ask.choose.candidates import Fits, likely_shapes, places_of
from finlens.ask.choose.trees import Trees
from finlens.ask.choose.wording_features import Wording, runs

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class RunsOfWords:
    """Which runs of words are known, and how rare each is."""

    place: Mapping[str, int]
    rarity: Array

    def of(self, found: Sequence[str]) -> tuple[list[int], list[float]]:
        """Where the known runs are, and how much each counts; their squares sum to one (tf-idf, sublinear)."""
        counts = Counter(place for run in found if (place := self.place.get(run)) is not None)
        places = list(counts)
        weights = [(1.0 + math.log(counts[place])) * float(self.rarity[place]) for place in places]
        length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
        return places, [weight / length for weight in weights]


@dataclass(frozen=True, slots=True)
class ShapeGuess:
    """A logistic regression over runs of words."""

    masked: RunsOfWords
    plain: RunsOfWords
    weights: Array
    """(runs, then circumstances) × shapes."""
    bias: Array

    def chances(self, said: Wording) -> Array:
        """The chance of each shape; the last one is for none of them."""
        import numpy as np

        masked, plain = runs(said)
        places, weights = self.masked.of(masked)
        others, more = self.plain.of(plain)
        offset = len(self.masked.place)
        rows = self.weights[[*places, *(offset + place for place in others)]]
        scores = np.array([*weights, *more], np.float32) @ rows.astype(np.float32) + self.bias
        scores = scores + np.array(said.more, np.float32) @ self.weights[offset + len(self.plain.place) :].astype(np.float32)
        chances: Array = np.exp(scores - scores.max())
        chances /= chances.sum()
        return chances


@dataclass(frozen=True, slots=True)
class Chooser:
    """All that was learnt."""

    rarity: Mapping[str, float]
    shapes: ShapeGuess
    fits: Trees
    programs: Trees
    raw: Array
    """What the trees say of the best program, ascending …"""
    chance: Array
    """… and how often it is right then (isotonic regression)."""

    def fit(self, known: Array, chances: Array) -> Fits:
        """For each likely shape and place the chance of each value.

        Args:
            known: The `value_features`.
            chances: Of each shape.
        """
        import numpy as np

        wanted = [(shape, place) for shape in likely_shapes(chances) for place in places_of(shape)]
        if not wanted or not len(known):
            return {}
        rows = np.vstack([np.hstack([known, np.full((len(known), 2), one, np.float32)]) for one in wanted])
        found = self.fits.chances(rows).reshape(len(wanted), len(known))
        return dict(zip(wanted, found, strict=True))

    def calibrated(self, raw: float) -> float:
        """How often a best program of which the trees say ``raw`` is right."""
        import numpy as np

        return float(np.interp(raw, self.raw, self.chance))


@cache
def chooser() -> Chooser:
    """The model that finlens ships; read once a process."""
    import numpy as np

    content = files("finlens.ask.choose").joinpath("chooser.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        return unpacked({name: stored[name] for name in stored.files})


def unpacked(arrays: Mapping[str, Array]) -> Chooser:
    """A model from the arrays that the training wrote."""
    words = str(arrays["words"]).split("\n")

    def known(name: str) -> RunsOfWords:
        return RunsOfWords({run: place for place, run in enumerate(str(arrays[f"{name}_runs"]).split("\n"))}, arrays[f"{name}_rarity"])

    return Chooser(
        dict(zip(words, (float(one) for one in arrays["rarity"]), strict=True)),
        ShapeGuess(known("masked"), known("plain"), arrays["shape_weights"], arrays["shape_bias"]),
        Trees.stored(arrays, "fits"),
        Trees.stored(arrays, "programs"),
        arrays["calibration_raw"],
        arrays["calibration_chance"],
    )
