"""The forms that a program may take, and the terms that they make of values.

Most questions over financial pages ask for one of a few computations: four forms cover 69 % of FinQA and fourteen 83 %
(Chen et al. 2021, counted by the authors of its later surveys). A form has one to three places for values, or takes a
set of them: a row, a stretch of a column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finlens.ask.choose.values import Value
from finlens.ask.compute import Constant, Figure, Operation, Term, average, difference, evaluate, relative_change, total

_HUNDRED = Constant(Decimal(100))


@dataclass(frozen=True, slots=True)
class Shape:
    """A form of program."""

    name: str
    operation: str
    """What `Program.operation` calls it."""
    places: int
    """How many values it takes; 0 for a set of two and more."""
    make: Callable[[Sequence[Value]], Term]
    unit: str | None = None
    """The unit of the result, where the form gives it."""
    either_way: bool = False
    """Whether the first two values may change places."""


def _fraction(value: Value) -> Term:
    """A value to multiply with: 3 % is 0.03."""
    return Operation("/", value.term, _HUNDRED) if value.unit == "percent" else value.term


def _product(values: Sequence[Value]) -> Term:
    first, second = values[0], values[1]
    if first.unit == "percent" and second.unit != "percent":
        first, second = second, first
    return Operation("*", first.term, _fraction(second))


def _largest(values: Sequence[Value]) -> Term:
    return max((value.term for value in values), key=evaluate)


def _smallest(values: Sequence[Value]) -> Term:
    return min((value.term for value in values), key=evaluate)


def _times(factor: int) -> Callable[[Sequence[Value]], Term]:
    return lambda values: Operation("*", values[0].term, Constant(Decimal(factor)))


def _divided(divisor: int) -> Callable[[Sequence[Value]], Term]:
    return lambda values: Operation("/", values[0].term, Constant(Decimal(divisor)))


def _over(factor: int) -> Callable[[Sequence[Value]], Term]:
    """For two amounts of which the document says no scale: millions over a count."""
    return lambda values: Operation("/", Operation("*", values[0].term, Constant(Decimal(factor))), values[1].term)


def _sum_over(sign: str) -> Callable[[Sequence[Value]], Term]:
    return lambda values: Operation("/", Operation("+" if sign == "+" else "-", values[0].term, values[1].term), values[2].term)


SHAPES: tuple[Shape, ...] = (
    Shape("a", "lookup", 1, lambda values: values[0].term),
    Shape("a/b", "ratio", 2, lambda values: Operation("/", values[0].term, values[1].term)),
    Shape("(a-b)/b", "percentage change", 2, lambda values: relative_change(values[0].term, values[1].term), "percent"),
    Shape("a-b", "difference", 2, lambda values: difference(values[0].term, values[1].term)),
    Shape("a+b", "sum", 2, lambda values: total([value.term for value in values]), either_way=True),
    Shape("a*b", "product", 2, _product),
    Shape("a-100", "percentage change", 1, lambda values: difference(values[0].term, _HUNDRED), "percent"),
    Shape("(a+b)/2", "average", 2, lambda values: average([value.term for value in values]), either_way=True),
    Shape("average", "average", 0, lambda values: average([value.term for value in values])),
    Shape("sum", "sum", 0, lambda values: total([value.term for value in values])),
    Shape("maximum", "maximum", 0, _largest),
    Shape("minimum", "minimum", 0, _smallest),
    Shape("a>b", "comparison", 2, lambda values: difference(values[0].term, values[1].term)),
    Shape(
        "a/(a+b)",
        "share",
        2,
        lambda values: Operation("/", values[0].term, Operation("+", values[0].term, values[1].term)),
    ),
    Shape("(a+b)/c", "ratio", 3, _sum_over("+"), either_way=True),
    Shape("(a-b)/c", "ratio", 3, _sum_over("-")),
    Shape("a*1000/b", "ratio", 2, _over(1000)),
    Shape("a*1000000/b", "ratio", 2, _over(1_000_000)),
    Shape("(a-b)%", "difference", 2, lambda values: difference(values[0].term, values[1].term), "percent"),
    Shape("(a-b)/a", "percentage change", 2, lambda values: relative_change(values[1].term, values[0].term), "percent"),
    Shape("a*1000", "conversion", 1, _times(1000)),
    Shape("a*1000000", "conversion", 1, _times(1_000_000)),
    Shape("a*100", "conversion", 1, _times(100)),
    Shape("a/1000", "conversion", 1, _divided(1000)),
    Shape("a/1000000", "conversion", 1, _divided(1_000_000)),
    Shape("a/100", "conversion", 1, _divided(100)),
)
"""In the order in which the model numbers them: a new one goes to the end, and the model is trained again."""
NUMBER_OF = {shape.name: number for number, shape in enumerate(SHAPES)}


def as_printed(value: Value) -> Value:
    """The value without its scale: for amounts beside others whose scale the document does not say."""
    if value.scale == 1 or not isinstance(value.term, Figure):
        return value
    return replace(value, term=Operation("/", value.term, Constant(Decimal(str(value.scale)))), scale=1.0)
