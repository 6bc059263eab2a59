"""The programs worth weighing: likely shapes over likely values, the likeliest first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from finlens.ask.choose.asked import Asked
from finlens.ask.choose.shapes import SHAPES, as_printed
from finlens.ask.choose.values import Value
from finlens.ask.compute import Term, Uncomputable, evaluate, figures, scale_of, unit_of

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_MOST_SHAPES = 7
_LEAST_SHAPE = 0.004
_MOST_VALUES = 14
_MOST_OF_A_SHAPE = 40
_MOST_ROWS = 4
_LONGEST_STRETCH = 14
_MOST = 90
_TINY = 1e-6
_HUGE = 1e15

Fits = Mapping[tuple[int, int], "Array"]
"""(shape, place) → for each value the chance that it stands there."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A program that the question may ask for."""

    shape: int
    chosen: tuple[int, ...]
    """Which values, in the order of the shape's places."""
    score: float
    """Sum of logarithms: the shape's chance, and each value's at its place."""
    term: Term
    value: float
    """In ``unit`` and in the scale of its figures, as an answer would tell it."""
    unit: str | None
    verdict: bool | None = None


def likely_shapes(chances: Array) -> list[int]:
    """The shapes to try, likeliest first."""
    order = sorted(range(len(SHAPES)), key=lambda shape: -float(chances[shape]))
    return [shape for shape in order[:_MOST_SHAPES] if chances[shape] > _LEAST_SHAPE]


def places_of(shape: int) -> range:
    """The places that the model knows a shape by: a set has one, and the third value of three is like either of the others."""
    return range(min(SHAPES[shape].places or 1, 2))


def candidates(values: Sequence[Value], question: Asked, chances: Array, fits: Fits) -> list[Candidate]:
    """Programs that come out, likeliest first, at most some ninety.

    Args:
        values: What programs may use.
        question: For the years of a stretch.
        chances: The chance of each shape.
        fits: See `Fits`, for the `likely_shapes`.
    """
    found: list[tuple[float, int, tuple[int, ...]]] = []
    for shape in likely_shapes(chances):
        start = math.log(float(chances[shape]) + _TINY)
        places = SHAPES[shape].places
        made = _sets(values, question, fits[shape, 0]) if places == 0 else _choices(shape, places, fits)
        best = sorted(((start + score, shape, chosen) for score, chosen in made), key=lambda item: (-item[0], item[2]))
        found += best if places == 0 else best[:_MOST_OF_A_SHAPE]
    found.sort(key=lambda item: (-item[0], item[1], item[2]))
    kept: list[Candidate] = []
    for score, shape, chosen in dict.fromkeys(found):
        kept += _computed(values, shape, chosen, score)
        if len(kept) >= _MOST:
            break
    return kept


def _log(chance: float) -> float:
    return math.log(float(chance) + _TINY)


def _best(fit: Array, most: int = _MOST_VALUES) -> list[int]:
    return sorted(range(len(fit)), key=lambda number: -float(fit[number]))[:most]


def _choices(shape: int, places: int, fits: Fits) -> Iterator[tuple[float, tuple[int, ...]]]:
    """One, two or three values that differ."""
    first = fits[shape, 0]
    if places == 1:
        yield from ((_log(first[one]), (one,)) for one in _best(first))
        return
    second = fits[shape, 1]
    both = (
        (_log(first[one]) + _log(second[other]), (one, other))
        for one in _best(first)
        for other in _best(second)
        if one != other and not (SHAPES[shape].either_way and one > other)
    )
    if places == 2:
        yield from both
        return
    either = first + second
    for score, pair in sorted(both, key=lambda item: -item[0])[:12]:
        yield from ((score + _log(either[third]), (*pair, third)) for third in _best(either, 12) if third not in pair)


def _sets(values: Sequence[Value], question: Asked, fit: Array) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Whole rows and parts of them, stretches of columns, and the likeliest few."""
    rows: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    columns: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, value in enumerate(values):
        if value.kind == "cell":
            rows[value.table, value.row].append(number)
            columns[value.table, value.column].append(number)

    def mean(chosen: Sequence[int], off: float = 0.0) -> tuple[float, tuple[int, ...]]:
        return _log(sum(float(fit[number]) for number in chosen) / len(chosen)) - off, tuple(chosen)

    top = _best(fit, 12)
    likely_rows = list(dict.fromkeys((values[number].table, values[number].row) for number in top if values[number].kind == "cell"))
    for row in likely_rows[:_MOST_ROWS]:
        yield from (mean(chosen) for chosen in _parts_of_row(rows[row], values, question) if len(chosen) > 1)
    for members in columns.values():
        in_order = sorted(members, key=lambda number: values[number].row)
        if 3 <= len(in_order) <= _LONGEST_STRETCH:
            stretches = (in_order[first:last] for first in range(len(in_order)) for last in range(first + 3, len(in_order) + 1))
            yield from (one for one in (mean(chosen, 0.2) for chosen in stretches) if one[0] > -3.0)
    document = [number for number in top if values[number].kind in ("cell", "prose")]
    for size in (3, 4):
        if len(document) >= size:
            yield mean(sorted(document[:size]), 1.0)
    for members in columns.values():
        likely = [number for number in document if number in members]
        for size in (2, 3, 4):
            if len(likely) >= size:
                yield mean(sorted(likely[:size]), 0.7)


def _parts_of_row(members: Sequence[int], values: Sequence[Value], question: Asked) -> Iterator[Sequence[int]]:
    yield members
    years = question.years
    if len(years) > 1:
        yield [number for number in members if (year := values[number].year) is not None and years[0] <= year <= years[-1]]
        yield [number for number in members if values[number].year in years]
    if len(members) > 3:
        yield members[:3]
        yield members[:-1]
    if len(members) > 2:
        yield members[:2]


def _unit(shape: int, way: Sequence[Value], made: Term) -> str | None:
    """The unit of a result; percentages stay percentages, also those that an earlier answer worked out."""
    figures_unit = unit_of(made)
    keeps = SHAPES[shape].operation in ("lookup", "difference", "sum", "average", "maximum", "minimum")
    return "percent" if keeps and all(value.unit == "percent" for value in way) else figures_unit


def _computed(values: Sequence[Value], shape: int, chosen: tuple[int, ...], score: float) -> Iterator[Candidate]:
    """The program computed; twice, where amounts of which one says no scale may be of one scale or of two."""
    taken = [values[number] for number in chosen]
    ways = [taken]
    scales = {value.scale for value in taken if value.kind in ("cell", "prose") and value.unit != "percent"}
    if len(scales) > 1 and 1.0 in scales:
        ways.append([as_printed(value) for value in taken])
    for way in ways:
        made = SHAPES[shape].make(way)
        try:
            unit = SHAPES[shape].unit or _unit(shape, way, made)
            value = evaluate(made)
        except (Uncomputable, ArithmeticError):
            continue
        if unit not in ("percent", "ratio"):
            value /= scale_of(made)
        if abs(value) < Decimal(_HUGE) and any(figures(made)):  # numbers of the question alone answer nothing
            verdict = value > 0 if SHAPES[shape].operation == "comparison" else None
            yield Candidate(shape, chosen, score, made, float(value), None if unit == "number" else unit, verdict)
