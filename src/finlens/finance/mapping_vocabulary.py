"""The catalogue as arrays: words of names with their weights, to compare many rows with all names at once."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from finlens.finance.concepts import catalogue
from finlens.finance.mapping_words import name_words

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_WEAK = {
    "total": 0.3,
    "net": 0.45,
    "less": 0.1,
    "consolidated": 0.1,
    "including": 0.2,
    "excluding": 0.4,
    "gain": 0.6,
    "loss": 0.5,
    "income": 0.8,
}
"""Words that many labels have beside what they mean."""


class Vocabulary(NamedTuple):
    """The catalogue as arrays."""

    concepts: tuple[str, ...]
    word: dict[str, int]
    weight: Array
    """V: how telling each word is; one more for words that no name has."""
    names: Array
    """N × W: words of each name, filled up with V."""
    weight_of_name: Array
    """N × W: their weights, 0 where filled up."""
    name_weight: Array
    """N: weights of a name's words together."""
    concept_of: Array
    """N: position of the concept that a name belongs to."""
    first_name: Array
    """C: position of each concept's first name; names of a concept stand together."""
    rank: Array
    """N: 0 for the usual name, up to 1."""
    postings: tuple[Array, ...]
    """V: names that have the word."""
    bag: Array
    """C × (V + 1): whether a concept's names or its section have a word."""


@cache
def vocabulary() -> Vocabulary:
    """The arrays of the catalogue; made once a process."""
    import numpy as np

    concepts = tuple(catalogue().values())
    names: list[tuple[str, ...]] = []
    concept_of: list[int] = []
    first_name: list[int] = []
    rank: list[float] = []
    for position, concept in enumerate(concepts):
        first_name.append(len(names))
        said: dict[tuple[str, ...], float] = {}
        for of_language in (concept.english, concept.french):
            for place, name in enumerate(of_language):
                key = name_words(name.rstrip("…"))
                if key:
                    said.setdefault(key, min(place / 10, 1.0))
        names.extend(said)
        rank.extend(said.values())
        concept_of.extend([position] * len(said))
    word: dict[str, int] = {}
    for parts in names:
        for part in parts:
            word.setdefault(part, len(word))
    sections = [name_words(concept.section) for concept in concepts]
    for section in sections:
        for part in section:
            word.setdefault(part, len(word))
    size = len(word)
    bag = np.zeros((len(concepts), size + 1), np.float32)
    for position, parts in zip(concept_of, names, strict=True):
        bag[position, [word[part] for part in parts]] = 1
    for position, section in enumerate(sections):
        bag[position, [word[part] for part in section]] = 1
    spread = bag[:, :size].sum(axis=0)
    weight = np.ones(size + 1, np.float32)
    weight[:size] = np.log((len(concepts) + 1) / (spread + 1)) / math.log(len(concepts) + 1)
    weight[size] = 0.75
    for part, less in _WEAK.items():
        if part in word:
            weight[word[part]] *= less
    widest = max(len(name) for name in names)
    table = np.full((len(names), widest), size, np.int32)
    postings: list[list[int]] = [[] for _ in range(size)]
    for number, parts in enumerate(names):
        table[number, : len(parts)] = [word[part] for part in parts]
        for part in parts:
            postings[word[part]].append(number)
    padded = np.append(weight[:size], 0.0).astype(np.float32)
    return Vocabulary(
        tuple(concept.name for concept in concepts),
        word,
        weight,
        table,
        padded[table],
        padded[table].sum(axis=1),
        np.array(concept_of, np.int32),
        np.array(first_name, np.int32),
        np.array(rank, np.float32),
        tuple(np.array(one, np.int32) for one in postings),
        bag,
    )
