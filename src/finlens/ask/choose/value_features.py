"""What is known of each value with regard to a question, as numbers: one row a value, one column a feature."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finlens.ask.choose.asked import LIGHT, Asked, weight_of
from finlens.ask.choose.values import Earlier, Value
from finlens.ask.compute import Figure, figures
from finlens.ask.drafts import Draft
from finlens.finance.embedding import word_vectors

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_FAR = 15.0
"""Words to the nearest one that is asked for, where there is none."""

_NAMES = """
is_cell is_prose is_question is_earlier
label_recall label_precision label_f label_is_best label_gap label_rank head_recall head_precision said_recall
sentence_recall sentence_gap left_recall right_recall window_f words_before words_after
label_likeness sentence_likeness likeness_gap
year_asked year_place year_last_asked year_first_asked years_asked year_unknown year_latest year_before_latest years_nearby
is_percent is_money is_unitless asks_percent magnitude is_whole like_a_year is_negative is_small
row_place column is_last_row alone_in_row says_total total_asked
place_first place_mean place_last before_cut after_cut has_cut
equals_number_of_question times_in_document month_asked values
turns_ago row_of_earlier column_of_earlier answered_turns_ago
in_best_draft in_a_draft in_first_phrase in_second_phrase phrases
"""
VALUE_FEATURES = tuple(_NAMES.split())
"""The columns, in order; the model is trained on exactly these."""
COLUMN = {name: number for number, name in enumerate(VALUE_FEATURES)}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a value is looked at with: the question, how rare words are, the conversation, and what the rules would say."""

    question: Asked
    rarity: Mapping[str, float]
    earlier: Sequence[Earlier] = ()
    drafts: Sequence[Draft] = ()
    phrases: Sequence[frozenset[str]] = ()
    """Words of each thing that the rules found the question to ask about."""


def value_features(values: Sequence[Value], by: Circumstances) -> Array:
    """V × F: see `VALUE_FEATURES`."""
    import numpy as np

    table = np.zeros((len(values), len(VALUE_FEATURES)), np.float32)
    if not values:
        return table
    surroundings = _Surroundings(values, by)
    for number, value in enumerate(values):
        for name, known in surroundings.of(number, value).items():
            table[number, COLUMN[name]] = known
    return table


class _Surroundings:
    """What all values of a question share: the best of each likeness, the table's extent, the years."""

    def __init__(self, values: Sequence[Value], by: Circumstances) -> None:
        asked = by.question
        self.by, self.values = by, values
        self.recall = [asked.share(frozenset(value.label)) for value in values]
        self.precision = [_precision(value.label, asked, by.rarity) for value in values]
        self.f = [_f(recall, precision) for recall, precision in zip(self.recall, self.precision, strict=True)]
        self.in_sentence = [asked.share(frozenset(value.sentence)) for value in values]
        cells = [number for number, value in enumerate(values) if value.kind == "cell"]
        self.best_f = max((self.f[number] for number in cells), default=0.0)
        self.best_sentence = max(self.in_sentence, default=0.0)
        self.rank = {f: rank for rank, f in enumerate(sorted({self.f[number] for number in cells}, reverse=True))}
        self.latest = max((value.year for value in values if value.year and value.kind == "cell"), default=None)
        self.rows = 1 + max((value.row for value in values if value.kind == "cell"), default=0)
        self.in_row = Counter((value.table, value.row) for value in values if value.kind == "cell")
        self.equal = Counter(round(value.number, 6) for value in values)
        self._likeness()
        self._conversation()
        self._rules()

    def _likeness(self) -> None:
        content = tuple(word for word in self.by.question.words if word in self.by.question.weight)
        texts = [
            content,
            *(value.label or (*value.left, *value.right) for value in self.values),
            *(value.sentence for value in self.values),
        ]
        unit = word_vectors().of_texts(texts)
        like = unit[1:] @ unit[0]
        self.by_label, self.by_sentence = like[: len(self.values)], like[len(self.values) :]
        self.best_like = float(self.by_label.max())

    def _conversation(self) -> None:
        rows, columns, self.answered = set(), set(), dict[int, int]()
        used = frozenset().union(*(one.facts for one in self.by.earlier)) if self.by.earlier else frozenset()
        for number, value in enumerate(self.values):
            if isinstance(value.term, Figure) and id(value.term.fact) in used:
                rows.add((value.table, value.row))
                columns.add((value.table, value.column))
                asked_for = [one.turns_ago for one in self.by.earlier if one.is_lookup and id(value.term.fact) in one.facts]
                if asked_for:
                    self.answered[number] = min(asked_for)
        self.earlier_rows, self.earlier_columns = rows, columns

    def _rules(self) -> None:
        self.in_drafts: defaultdict[int, float] = defaultdict(float)
        self.in_best: dict[int, float] = {}
        for place, draft in enumerate(self.by.drafts[:4]):
            if draft.term is None:
                continue
            for figure in figures(draft.term):
                key = id(figure.fact)
                self.in_drafts[key] = max(self.in_drafts[key], draft.confidence)
                if place == 0:
                    self.in_best[key] = draft.confidence

    def of(self, number: int, value: Value) -> dict[str, float]:
        """The features of one value."""
        return {
            **self._kind(value),
            **self._words(number, value),
            **self._time(value),
            **self._standing(number, value),
            **self._order(value),
            **self._before(number, value),
        }

    def _kind(self, value: Value) -> dict[str, float]:
        unit = value.unit
        return {
            "is_cell": value.kind == "cell",
            "is_prose": value.kind == "prose",
            "is_question": value.kind == "question",
            "is_earlier": value.kind == "earlier",
            "is_percent": unit == "percent",
            "is_money": unit is not None and len(unit) == 3 and unit.isupper(),
            "is_unitless": unit is None,
            "asks_percent": self.by.question.in_percent,
            "magnitude": math.log10(abs(value.number) + 1e-3),
            "is_whole": value.number.is_integer(),
            "like_a_year": value.kind == "prose" and unit is None and 1980 <= value.number <= 2040 and value.number.is_integer(),
            "is_negative": value.number < 0,
            "is_small": abs(value.number) < 100,
            "equals_number_of_question": any(abs(abs(value.number) - said) < 1e-9 for said, _, _ in self.by.question.numbers),
            "times_in_document": self.equal[round(value.number, 6)],
            "values": len(self.values),
        }

    def _words(self, number: int, value: Value) -> dict[str, float]:
        asked = self.by.question
        around = (*value.left, *value.right)
        near = _f(asked.share(frozenset(around)), _precision(around, asked, self.by.rarity))
        is_cell = value.kind == "cell"
        return {
            "label_recall": self.recall[number],
            "label_precision": self.precision[number],
            "label_f": self.f[number],
            "label_is_best": is_cell and self.best_f > 0 and self.f[number] >= self.best_f - 1e-9,
            "label_gap": self.best_f - self.f[number] if is_cell else self.best_f,
            "label_rank": self.rank[self.f[number]] if is_cell else -1,
            "head_recall": asked.share(frozenset(value.head)),
            "head_precision": _precision(value.head, asked, self.by.rarity) if value.head else -1,
            "said_recall": asked.share(value.said),
            "sentence_recall": self.in_sentence[number],
            "sentence_gap": self.best_sentence - self.in_sentence[number],
            "left_recall": asked.share(frozenset(value.left)),
            "right_recall": asked.share(frozenset(value.right)),
            "window_f": near,
            "words_before": _distance(reversed(value.left), asked),
            "words_after": _distance(value.right, asked),
            "label_likeness": float(self.by_label[number]),
            "sentence_likeness": float(self.by_sentence[number]),
            "likeness_gap": self.best_like - float(self.by_label[number]),
            "says_total": "total" in value.label,
            "total_asked": ("total" in value.label) + 2 * ("total" in asked.place),
        }

    def _time(self, value: Value) -> dict[str, float]:
        years, year = self.by.question.years, value.year
        nearby = -2
        if value.kind == "prose":
            nearby = 1 if value.nearby & set(years) else -1 if value.nearby else 0
        return {
            "year_asked": (year in years) if year and years else -1,
            "year_place": years.index(year) if year in years else -1,
            "year_last_asked": bool(years) and year == years[-1],
            "year_first_asked": bool(years) and year == years[0],
            "years_asked": len(years),
            "year_unknown": year is None,
            "year_latest": year is not None and year == self.latest,
            "year_before_latest": year is not None and self.latest is not None and year == self.latest - 1,
            "years_nearby": nearby,
            "month_asked": (value.month in self.by.question.months) if self.by.question.months and value.month else -1,
        }

    def _standing(self, number: int, value: Value) -> dict[str, float]:
        if value.kind != "cell":
            return {}
        return {
            "row_place": value.row / self.rows,
            "column": value.column,
            "is_last_row": value.row == self.rows - 1,
            "alone_in_row": self.in_row[value.table, value.row] == 1,
        }

    def _order(self, value: Value) -> dict[str, float]:
        asked = self.by.question
        said = value.label or (*value.left, *value.right)
        places = [asked.place[word] for word in set(said) if word in asked.weight and word not in LIGHT]
        length = max(len(asked.words), 1)
        known: dict[str, float] = {
            "place_first": min(places) / length if places else -1,
            "place_mean": sum(places) / len(places) / length if places else -1,
            "place_last": max(places) / length if places else -1,
        }
        if asked.cut is not None:
            before = sum(place < asked.cut for place in places)
            known.update(before_cut=before, after_cut=len(places) - before, has_cut=1)
        return known

    def _before(self, number: int, value: Value) -> dict[str, float]:
        key = id(value.term.fact) if isinstance(value.term, Figure) else 0
        said = frozenset((*value.label, *value.left))
        phrases = [len(said & phrase) / len(phrase) for phrase in self.by.phrases if phrase]
        return {
            "turns_ago": value.turns_ago,
            "row_of_earlier": value.kind == "cell" and (value.table, value.row) in self.earlier_rows,
            "column_of_earlier": value.kind == "cell" and (value.table, value.column) in self.earlier_columns,
            "answered_turns_ago": self.answered.get(number, 0),
            "in_best_draft": self.in_best.get(key, 0.0),
            "in_a_draft": self.in_drafts.get(key, 0.0),
            "in_first_phrase": phrases[0] if phrases else -1,
            "in_second_phrase": phrases[1] if len(phrases) > 1 else -1,
            "phrases": len(phrases),
        }


def _precision(said: Sequence[str], asked: Asked, rarity: Mapping[str, float]) -> float:
    """How much of what is said is asked for."""
    weights = {word: weight_of(word, rarity) for word in said}
    whole = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in asked.weight) / whole if whole else 0.0


def _f(recall: float, precision: float) -> float:
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _distance(said: Iterable[str], asked: Asked) -> float:
    """Words to the first telling one that is asked for."""
    return next((float(far) for far, word in enumerate(said) if word in asked.weight and word not in LIGHT), _FAR)
