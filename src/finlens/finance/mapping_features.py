"""How well each line item of the catalogue fits a row: numbers that a linear ranker weighs.

Labels are compared with every name of the catalogue by their words, rare words counting more; only the items that share
words with the label, with the heads of its column or with the title of its table are looked at more closely.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finlens.finance.embedding import Likeness
from finlens.finance.mapping_circumstances import circumstances, outside_statements
from finlens.finance.mapping_figures import links_of
from finlens.finance.mapping_groups import elsewhere, groups_of
from finlens.finance.mapping_queries import Others, Query
from finlens.finance.mapping_vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_LABEL_CANDIDATES, _ROW_CANDIDATES, _HEAD_CANDIDATES, _ABOUT_CANDIDATES = 18, 8, 8, 10
_FULL = 0.999
_PAIRS_AT_ONCE = 8192
"""Pairs of a row and a concept that are compared together: the arrays of that many stay in a processor's cache."""
_LABEL, _ABOVE, _HEADS, _ABOUT, _NEAR, _TOPIC = 1, 2, 4, 8, 16, 32

FEATURES = (
    "label in name",
    "name in label",
    "label is name",
    "name in label and above",
    "name in label, above and heads",
    "name in everything",
    "label × everything",
    "label and heads in name",
    "heads in name",
    "name in heads",
    "heads are name",
    "heads × everything",
    "no heads",
    "all of label and name",
    "usual name",
    "label like",
    "all like",
    "about like",
    "about in bag",
    "above in bag",
    "unit fits",
    "unit differs",
    "time fits",
    "time differs",
    "in its statement",
    "in another statement",
    "a note's line in a statement",
    "a note's line in a note",
    "section fits",
    "section differs",
    "both total",
    "equity's line in equity",
    "a balance in equity",
    "income of all where others share it",
    "income of the parent where others share it",
    "equity of all where others share it",
    "equity of the parent where others share it",
    "the others' line where the label says so",
    "the others' line where it does not",
    "the parent's line where the label says so",
    "another line where the label says the parent's",
    "usual",
    "no label",
    "label known",
    "about in bag, label unknown",
    "name in all, label unknown",
    "like, label unknown",
    "near in bag",
    "near in bag, label unknown",
    "name in near",
    "name in label, above, heads and near",
    "topic in bag",
    "topic like",
    "name in label, above, heads and topic",
    "equity's line outside statements",
    "comprehensive income's line outside statements",
    "cash flow's line outside statements",
    "label near",
    "row near",
    "heads near",
    "about near",
    "over near",
    "topic near",
    "above near",
    "label elsewhere",
    "of an entity",
    "label elsewhere × label near",
    "of an entity × label near",
    "section of the table",
    "concept of the table",
    "concept of the column",
    "concept of the totals",
    "concept of the rows under the same head",
    "concept of the same figure",
    "concept of the same figure in a statement",
    "another figure in a statement",
    "concept of the sum",
    "concept of the parts",
)
"""The last ten are what the other rows of the table, and the same figures elsewhere, say: zero in the first pass."""
TABLE_FEATURES = 10


@dataclass(frozen=True, slots=True)
class Candidates:
    """Line items that a row may be, for many rows: parallel arrays, those of one row together."""

    query: Array
    concept: Array
    features: Array
    """How well each fits: a column for each of ``FEATURES``."""


class _Words:
    """One view of all queries: how much its words weigh together, and which of them names have."""

    def __init__(self, texts: Sequence[tuple[str, ...]], known: Vocabulary, seen: Array | None = None, bit: int = 0) -> None:
        """With ``seen`` (queries × words) each word's ``bit`` is set there."""
        import numpy as np

        size = len(known.word)
        of_text: dict[tuple[str, ...], tuple[list[int], float]] = {}
        self.texts: list[tuple[str, ...]] = []
        """Each text once."""
        self.place = np.zeros(len(texts), np.int32)
        """Of each query's text in ``texts``."""
        places: dict[tuple[str, ...], int] = {}
        for row, text in enumerate(texts):
            if text not in of_text:
                numbers = [known.word.get(part, size) for part in text]
                of_text[text] = [number for number in numbers if number < size], float(known.weight[numbers].sum(dtype=np.float64))
                places[text] = len(self.texts)
                self.texts.append(text)
            self.place[row] = places[text]
        self.numbers = [of_text[text][0] for text in self.texts]
        self.weights = np.array([of_text[text][1] for text in self.texts], np.float32)
        self.weight = self.weights[self.place]
        if seen is not None:
            rows = np.repeat(np.arange(len(texts)), [len(self.numbers[place]) for place in self.place])
            seen[rows, [number for place in self.place for number in self.numbers[place]]] |= bit


class Matcher:
    """Compares rows of a document with the catalogue.

    Args:
        queries: Rows.
        usual: C: how usual each concept is.
        others: Whether statements speak of noncontrolling interests.
        like: Likeness of texts by meaning, from `finance.embedding`; None for none.
    """

    def __init__(self, queries: Sequence[Query], usual: Array, *, others: Others, like: Any = None) -> None:
        import numpy as np

        self._queries, self._usual, self._others, self._like = queries, usual, others, like
        self._likenesses: list[Likeness] | None = None
        self._known = vocabulary()
        self._seen = np.zeros((len(queries), len(self._known.word) + 1), np.uint8)
        """Q × (V + 1): in which views of a query a word stands, a bit each."""
        self._label = _Words([query.label for query in queries], self._known, self._seen, _LABEL)
        self._above = _Words([query.above for query in queries], self._known, self._seen, _ABOVE)
        self._heads = _Words([query.heads for query in queries], self._known, self._seen, _HEADS)
        self._about = _Words([query.about for query in queries], self._known, self._seen, _ABOUT)
        self._near = _Words([query.near for query in queries], self._known, self._seen, _NEAR)
        self._topic = _Words([query.topic for query in queries], self._known, self._seen, _TOPIC)
        self._row = _Words([(*q.label, *(word for word in q.above if word not in q.label)) for q in queries], self._known)
        self._about_shares, self._above_shares = self._shares(self._about), self._shares(self._above)
        self._near_shares, self._topic_shares = self._shares(self._near), self._shares(self._topic)
        self._close = [
            (view, self._closeness(view, short=short))
            for view, short in (
                (self._label, True),
                (self._row, True),
                (self._heads, True),
                (self._about, False),
                (self._near, False),
                (self._topic, False),
                (self._above, True),
            )
        ]
        self.groups, self.links = groups_of(queries), links_of(queries)
        self._elsewhere = elsewhere(queries)
        self._entity = np.array([query.entity for query in queries], np.float32)

    def near(self) -> tuple[Array, Array]:
        """Pairs of a query and a concept: those whose names are nearest to its label, its heads, its title."""
        import numpy as np

        most = (_LABEL_CANDIDATES, _ROW_CANDIDATES, _HEAD_CANDIDATES, _ABOUT_CANDIDATES)
        near = np.zeros((len(self._queries), len(self._known.concepts)), bool)
        for (view, best), many in zip(self._close, most, strict=False):
            near[self._nearest(view, best, many)] = True
        query, concept = np.nonzero(near)
        return query, concept

    def _closeness(self, view: _Words, *, short: bool) -> Array:
        """Texts × C: how near each text is to the nearest name: as long as a ``short`` text, or anywhere in a long one."""
        import numpy as np

        known = self._known
        shared = np.zeros((len(known.names), len(view.texts)), np.float32)  # names first: the best of a concept's is then one pass
        holders: defaultdict[int, list[int]] = defaultdict(list)
        for place, numbers in enumerate(view.numbers):
            for number in numbers:
                holders[number].append(place)
        for number, places in holders.items():
            shared[known.postings[number][:, None], places] += known.weight[number]
        if short:
            likeness = 2 * shared / (view.weights[None, :] + known.name_weight[:, None] + 0.3)
        else:
            likeness = shared / (known.name_weight[:, None] + 0.8)
        return np.ascontiguousarray(np.maximum.reduceat(likeness, known.first_name, axis=0).T)

    def _nearest(self, view: _Words, best: Array, most: int) -> tuple[Array, Array]:
        """For each query the ``most`` concepts nearest to one view of it."""
        import numpy as np

        top = np.argpartition(-best, most, axis=1)[:, :most]
        query = np.repeat(np.arange(len(view.place)), most)
        concept = top[view.place].ravel()
        likely = best[view.place[query], concept] > 0
        return query[likely], concept[likely]

    def features(self, query_at: Array, concept_at: Array) -> Candidates:
        """How well each pair fits. Pairs of one query stand together."""
        import numpy as np

        starts = range(0, len(query_at), _PAIRS_AT_ONCE)
        blocks = [self._features(query_at[at : at + _PAIRS_AT_ONCE], concept_at[at : at + _PAIRS_AT_ONCE]) for at in starts]
        return Candidates(query_at, concept_at, np.concatenate([np.zeros((0, len(FEATURES)), np.float32), *blocks]))

    def _features(self, query_at: Array, concept_at: Array) -> Array:
        import numpy as np

        known = self._known
        counts = np.diff(np.append(known.first_name, len(known.names)))[concept_at]
        pair = np.repeat(np.arange(len(query_at)), counts)
        first = np.cumsum(counts) - counts
        name = known.first_name[concept_at][pair] + (np.arange(len(pair)) - first[pair])
        of_query = query_at[pair]
        parts = known.names[name]
        seen = self._seen[of_query[:, None], parts]
        weights = known.weight_of_name[name]

        def inside(bits: int) -> Array:
            added: Array = np.einsum("ij,ij->i", (seen & bits) > 0, weights)
            return added

        whole = np.maximum(known.name_weight[name], 1e-6)
        in_label, in_heads = inside(_LABEL), inside(_HEADS)
        label_weight, heads_weight = self._label.weight[of_query], self._heads.weight[of_query]
        label_in_name = in_label / np.maximum(label_weight, 1e-6)
        heads_in_name = in_heads / np.maximum(heads_weight, 1e-6)
        name_in_all = inside(_LABEL | _ABOVE | _HEADS | _ABOUT) / whole
        both = np.minimum(inside(_LABEL | _HEADS) / np.maximum(label_weight + heads_weight, 1e-6), 1)
        fit = label_in_name * (0.6 * in_label / whole + 0.4 * name_in_all) + (0.45 * both + 0.3 * heads_in_name) * name_in_all
        fit -= 0.002 * known.rank[name]
        best = _first_of_best(fit, pair, first)
        seen, weights, whole, rank = seen[best], weights[best], whole[best], known.rank[name[best]]
        label_in, label_of, heads_in, heads_of = label_in_name[best], in_label[best] / whole, heads_in_name[best], in_heads[best] / whole
        everything = name_in_all[best]
        label_known = self._known_share(self._label)[query_at]
        about_in_bag = _of_pairs(self._about_shares, self._about, query_at, concept_at)
        near_in_bag = _of_pairs(self._near_shares, self._near, query_at, concept_at)
        like = self._likeness(query_at, concept_at)
        close = [best[view.place[query_at], concept_at] for view, best in self._close]
        in_others, entity = self._elsewhere[query_at], self._entity[query_at]
        columns = [
            label_in,
            label_of,
            (label_in > _FULL) & (label_of > _FULL),
            inside(_LABEL | _ABOVE) / whole,
            inside(_LABEL | _ABOVE | _HEADS) / whole,
            everything,
            label_in * everything,
            both[best],
            heads_in,
            heads_of,
            (heads_in > _FULL) & (heads_of > _FULL),
            heads_in * everything,
            heads_weight[best] <= 0,
            (label_in > _FULL) & (everything > _FULL),
            1 - rank,
            *like[:3],
            about_in_bag,
            _of_pairs(self._above_shares, self._above, query_at, concept_at),
            *circumstances(self._queries, query_at, concept_at, others=self._others),
            self._usual[concept_at],
            label_weight[best] <= 0,
            label_known,
            (1 - label_known) * about_in_bag,
            (1 - label_known) * everything,
            (1 - label_known) * like[1],
            near_in_bag,
            (1 - label_known) * near_in_bag,
            inside(_NEAR) / whole,
            inside(_LABEL | _ABOVE | _HEADS | _NEAR) / whole,
            _of_pairs(self._topic_shares, self._topic, query_at, concept_at),
            like[3],
            inside(_LABEL | _ABOVE | _HEADS | _TOPIC) / whole,
            *outside_statements(self._queries, query_at, concept_at),
            *close,
            in_others,
            entity,
            in_others * close[0],
            entity * close[0],
        ]
        table = np.zeros((len(query_at), len(FEATURES)), np.float32)
        for number, column in enumerate(columns):
            table[:, number] = column
        return table

    def _shares(self, view: _Words) -> Array:
        """Texts × C: which share of a text's words the concept's names and section have between them."""
        import numpy as np

        has = np.zeros((len(view.texts), self._seen.shape[1]), np.float32)
        for place, numbers in enumerate(view.numbers):
            has[place, numbers] = self._known.weight[numbers]
        shares: Array = has @ self._known.bag.T / np.maximum(view.weights, 0.5)[:, None]
        return shares

    def _known_share(self, view: _Words) -> Array:
        """Which share of a text's words any name has."""
        import numpy as np

        inside = np.array([float(self._known.weight[numbers].sum()) for numbers in view.numbers], np.float32)
        return (inside / np.maximum(view.weights, 1e-6))[view.place]

    def _likeness(self, query_at: Array, concept_at: Array) -> tuple[Array, ...]:
        """How like the label, the whole row, what it is about, and the topic of its note are to the concept, by meaning."""
        import numpy as np

        if self._like is None:
            nothing = np.zeros(len(query_at), np.float32)
            return nothing, nothing, nothing, nothing
        if self._likenesses is None:
            views = (
                [query.label for query in self._queries],
                [(*query.label, *query.above, *query.heads) for query in self._queries],
                [(*query.about, *query.above) for query in self._queries],
                [query.topic for query in self._queries],
            )
            self._likenesses = [self._like.of(view) for view in views]
        return tuple(one.likeness[one.place[query_at], concept_at] for one in self._likenesses)


def _of_pairs(of_texts: Array, view: _Words, query_at: Array, concept_at: Array) -> Array:
    """What each text of a view is to each concept, for pairs of a query and a concept."""
    found: Array = of_texts[view.place[query_at], concept_at]
    return found


def _first_of_best(values: Array, group: Array, first: Array) -> Array:
    """For each group of neighbours the position of its highest value."""
    import numpy as np

    highest = np.maximum.reduceat(values, first)
    positions = np.where(values >= highest[group], np.arange(len(values)), len(values))
    return np.minimum.reduceat(positions, first)
