"""What is known of each candidate program, as numbers: one row a program, one column a feature."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from finlens.ask.choose.asked import Asked
from finlens.ask.choose.candidates import Candidate, Fits
from finlens.ask.choose.shapes import SHAPES
from finlens.ask.choose.value_features import COLUMN, Circumstances
from finlens.ask.choose.values import Value
from finlens.ask.compute import Uncomputable, evaluate
from finlens.ask.drafts import Draft

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_NAMES = """
score behind rank shape shape_chance shape_surest other_chance
fit_first fit_second fit_least fit_most values_used of_prose of_question of_earlier
same_row same_column same_sentence columns_apart rows_apart kinds
first_is_later years_apart years_match years_covered years_strange years_asked
said_first said_second said_together said_more same_label words_not_asked
own_place_first own_place_second own_words_first own_words_second place_first place_second place_apart
same_unit percent_units magnitude_apart scales_apart
result_magnitude result_negative result_under_one asks_percent unit_percent
row_length total_first total_second
label_f_first label_f_second label_gap_first label_gap_second likeness_gap_first likeness_gap_second window_f_first window_f_second
year_place_first year_place_second turns_ago_first turns_ago_second
agrees_with_draft best_draft
"""
PROGRAM_FEATURES = tuple(_NAMES.split())
"""The columns, in order; the model is trained on exactly these."""
_COLUMN = {name: number for number, name in enumerate(PROGRAM_FEATURES)}
_NO_YEARS = 99.0


def program_features(
    found: Sequence[Candidate], values: Sequence[Value], known: Array, chances: Array, fits: Fits, by: Circumstances
) -> Array:
    """P × F: see `PROGRAM_FEATURES`.

    Args:
        found: Of `candidates`, likeliest first.
        values: What they choose among.
        known: The `value_features` of those.
        chances: The chance of each shape; the last one is for none of them.
        fits: The chance of each value at each place.
        by: The question and what the rules say.
    """
    import numpy as np

    table = np.zeros((len(found), len(PROGRAM_FEATURES)), np.float32)
    if not found:
        return table
    drafts = _told(by.drafts)
    in_row = Counter((value.table, value.row) for value in values if value.kind == "cell")
    for number, candidate in enumerate(found):
        taken = [values[chosen] for chosen in candidate.chosen]
        first, second = candidate.chosen[0], candidate.chosen[min(1, len(candidate.chosen) - 1)]
        features = {
            **_ranking(candidate, number, found[0].score, chances, fits),
            **_relations(values[first], values[second]),
            **_years(taken, by.question),
            **_words(taken, values[first], values[second], by.question),
            **_result(candidate, by.question),
            **_of_each(known[first], known[second]),
            "values_used": len(taken),
            "of_prose": sum(value.kind == "prose" for value in taken),
            "of_question": sum(value.kind == "question" for value in taken),
            "of_earlier": sum(value.kind == "earlier" for value in taken),
            "row_length": in_row[values[first].table, values[first].row] if values[first].kind == "cell" else 0,
            "agrees_with_draft": max((sure for told, sure in drafts if _near(candidate.value, told)), default=0.0),
            "best_draft": max((sure for _, sure in drafts), default=0.0),
        }
        for name, value in features.items():
            table[number, _COLUMN[name]] = value
    return table


def _told(drafts: Sequence[Draft]) -> list[tuple[float, float]]:
    """(value in whole units, how sure) of what the rules propose."""
    found = []
    for draft in drafts[:4]:
        if draft.term is None:
            continue
        try:
            found.append((evaluate(draft.term), draft.confidence))
        except (Uncomputable, ArithmeticError):
            continue
    return [
        (float(value / divisor), sure) for value, sure in found for divisor in (Decimal(1), Decimal(100), Decimal(1000), Decimal(10**6))
    ]


def _near(value: float, other: float) -> bool:
    return abs(value - other) <= 1e-6 * max(abs(other), 1e-9)


def _ranking(candidate: Candidate, rank: int, best: float, chances: Array, fits: Fits) -> dict[str, float]:
    shape = candidate.shape
    places = SHAPES[shape].places
    if places == 0:
        fit = [float(fits[shape, 0][chosen]) for chosen in candidate.chosen]
    else:
        fit = [float(fits[shape, min(place, 1)][chosen]) for place, chosen in enumerate(candidate.chosen)]
    return {
        "score": candidate.score,
        "behind": best - candidate.score,
        "rank": rank,
        "shape": shape,
        "shape_chance": math.log(float(chances[shape]) + 1e-6),
        "shape_surest": float(chances.max()),
        "other_chance": float(chances[-1]),
        "fit_first": fit[0],
        "fit_second": fit[min(1, len(fit) - 1)],
        "fit_least": min(fit),
        "fit_most": max(fit),
    }


def _relations(first: Value, second: Value) -> dict[str, float]:
    cells = first.kind == "cell" and second.kind == "cell" and first.table == second.table
    return {
        "same_row": cells and first.row == second.row,
        "same_column": cells and first.column == second.column,
        "same_sentence": first.kind == "prose" and second.kind == "prose" and first.place == second.place,
        "columns_apart": first.column - second.column if cells else _NO_YEARS,
        "rows_apart": first.row - second.row if cells else _NO_YEARS,
        "kinds": (first.kind == "cell") + 2 * (first.kind == "prose") + 4 * (second.kind == "cell") + 8 * (second.kind == "prose"),
        "same_unit": first.unit == second.unit,
        "percent_units": (first.unit == "percent") + 2 * (second.unit == "percent"),
        "magnitude_apart": math.log10((abs(first.number) + 1e-6) / (abs(second.number) + 1e-6)),
        "scales_apart": math.log10(first.scale / second.scale),
        "same_label": cells and first.label == second.label,
    }


def _years(taken: Sequence[Value], question: Asked) -> dict[str, float]:
    first, second = taken[0], taken[min(1, len(taken) - 1)]
    years = {value.year for value in taken if value.year}
    wanted = set(question.years)
    both = first.year is not None and second.year is not None
    return {
        "first_is_later": (first.year > second.year) - (first.year < second.year) if both else -9,  # type: ignore[operator]
        "years_apart": first.year - second.year if both else _NO_YEARS,  # type: ignore[operator]
        "years_match": (years == wanted) if wanted else -1,
        "years_covered": len(years & wanted) / len(wanted) if wanted else -1,
        "years_strange": len(years - wanted) if wanted else -1,
        "years_asked": len(wanted),
    }


def _words(taken: Sequence[Value], first: Value, second: Value, question: Asked) -> dict[str, float]:
    together = frozenset().union(*(value.said for value in taken))
    own, other = first.said - second.said, second.said - first.said
    said_first, said_second, said = question.share(first.said), question.share(second.said), question.share(together)
    return {
        "said_first": said_first,
        "said_second": said_second,
        "said_together": said,
        "said_more": said - max(said_first, said_second),
        "words_not_asked": len(together) - len(together & question.weight.keys()),
        **_places("first", own, question),
        **_places("second", other, question),
    }


def _places(which: str, said: frozenset[str], question: Asked) -> dict[str, float]:
    places = [question.place[word] for word in said if word in question.weight]
    return {
        f"own_place_{which}": sum(places) / len(places) / max(len(question.words), 1) if places else -1,
        f"own_words_{which}": len(places),
    }


def _result(candidate: Candidate, question: Asked) -> dict[str, float]:
    return {
        "result_magnitude": math.log10(abs(candidate.value) + 1e-6),
        "result_negative": candidate.value < 0,
        "result_under_one": abs(candidate.value) < 1,
        "asks_percent": question.in_percent,
        "unit_percent": candidate.unit == "percent",
    }


def _of_each(first: Array, second: Array) -> dict[str, float]:
    found = {"place_apart": float(first[COLUMN["place_mean"]] - second[COLUMN["place_mean"]])}
    for which, row in (("first", first), ("second", second)):
        found |= {
            f"place_{which}": float(row[COLUMN["place_mean"]]),
            f"total_{which}": float(row[COLUMN["says_total"]]),
            f"label_f_{which}": float(row[COLUMN["label_f"]]),
            f"label_gap_{which}": float(row[COLUMN["label_gap"]]),
            f"likeness_gap_{which}": float(row[COLUMN["likeness_gap"]]),
            f"window_f_{which}": float(row[COLUMN["window_f"]]),
            f"year_place_{which}": float(row[COLUMN["year_place"]]),
            f"turns_ago_{which}": float(row[COLUMN["answered_turns_ago"]] + row[COLUMN["turns_ago"]]),
        }
    return found
