"""Likeness of labels and names by meaning, from word vectors that ship with finlens: see docs/word-vectors.md.

A text's vector is the mean of its words' vectors, rare words counting more. Looking words up costs nothing beside a
language model, and nothing but numpy is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from finlens.finance.mapping_vocabulary import vocabulary

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_UNSEEN = 0.75
"""Weight of a word that no name has."""


class Likeness(NamedTuple):
    """How like texts are to concepts; a text that many rows share is there once."""

    place: Array
    """Q: which row of ``likeness`` a text has."""
    likeness: Array
    """Different texts × C: from -1 to 1."""


class WordVectors:
    """Words as points in a space in which words of one meaning are near."""

    def __init__(self, stems: Sequence[str], vectors: Array) -> None:
        """``vectors`` has a row of int8 for each stem."""
        import numpy as np

        self._place = {stem: number for number, stem in enumerate(stems)}
        self._vectors = vectors.astype(np.float32) / 127
        known = vocabulary()
        self._weight = {word: float(known.weight[number]) for word, number in known.word.items()}
        words = list(known.word)
        names = [tuple(words[number] for number in name if number < len(words)) for name in known.names]
        self._names = self.of_texts(names)

    def of_texts(self, texts: Sequence[tuple[str, ...]], weigh: Callable[[str], float] | None = None) -> Array:
        """A unit vector for each text; zero for one of which no word is known.

        Args:
            texts: As comparable words.
            weigh: How much a word counts; as it does among the names of line items where not given.
        """
        import numpy as np

        rows, places, weights = [], [], []
        for row, text in enumerate(texts):
            for word in text:
                place = self._place.get(word)
                if place is not None:
                    rows.append(row)
                    places.append(place)
                    weights.append(weigh(word) if weigh else self._weight.get(word, _UNSEEN))
        found = np.zeros((len(texts), self._vectors.shape[1]), np.float32)
        if rows:
            np.add.at(found, np.array(rows), self._vectors[places] * np.array(weights, np.float32)[:, None])
        length = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Array = found / np.maximum(length, 1e-6)
        return unit

    @property
    def words(self) -> Mapping[str, Array]:
        """The point of each word that is known."""
        return {word: self._vectors[place] for word, place in self._place.items()}

    def of(self, texts: Sequence[tuple[str, ...]]) -> Likeness:
        """How like each text is to the likest name of each concept."""
        import numpy as np

        places: dict[tuple[str, ...], int] = {}
        place = np.array([places.setdefault(text, len(places)) for text in texts], np.int32)
        likeness = np.maximum.reduceat(self._names @ self.of_texts(list(places)).T, vocabulary().first_name, axis=0)
        return Likeness(place, np.ascontiguousarray(likeness.T))


@cache
def word_vectors() -> WordVectors:
    """The vectors that finlens ships; read once a process."""
    import numpy as np

    content = files("finlens.finance").joinpath("word_vectors.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        return WordVectors(str(stored["stems"]).split("\n"), stored["vectors"])
