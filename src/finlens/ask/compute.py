"""Terms: arithmetic over figures of the document, exact, with units that must agree, and printed as a person checks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

from finlens.documents import Fact

Sign = Literal["+", "-", "*", "/", "^"]
_SYMBOL = {"+": "+", "-": "−", "*": "×", "/": "÷", "^": "^"}
_LOOSENESS = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
_TIES = {"+": False, "*": False, "-": True, "/": True, "^": True}


class Uncomputable(ValueError):
    """The figures do not go together: a division by nil, or units that cannot be added."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the document; as a magnitude where a statement prints a cost in brackets but people speak of it as positive."""

    fact: Fact
    magnitude: bool = False

    @property
    def printed(self) -> Decimal:
        assert self.fact.amount.value is not None
        return abs(self.fact.amount.value) if self.magnitude else self.fact.amount.value


@dataclass(frozen=True, slots=True)
class Constant:
    """A plain number of the program: 100, 365, the count of an average."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Operation:
    """Two terms and a sign."""

    sign: Sign
    left: Term
    right: Term


Term = Figure | Constant | Operation


def figures(term: Term) -> Iterator[Figure]:
    """The figures of a term, left to right, each place once."""
    if isinstance(term, Figure):
        yield term
    elif isinstance(term, Operation):
        yield from figures(term.left)
        yield from figures(term.right)


def evaluate(term: Term) -> Decimal:
    """The value in whole units, exact to 28 digits.

    Raises:
        Uncomputable: a division by nil.
    """
    if isinstance(term, Constant):
        return term.value
    if isinstance(term, Figure):
        return term.printed * term.fact.amount.scale
    left, right = evaluate(term.left), evaluate(term.right)
    with localcontext() as context:
        context.prec = 28
        if term.sign == "+":
            return left + right
        if term.sign == "-":
            return left - right
        if term.sign == "*":
            return left * right
        if term.sign == "^":
            if left <= 0:
                raise Uncomputable("a root of a figure that is not positive")
            return (left.ln() * right).exp()
        if right == 0:
            raise Uncomputable("the base is nil")
        return left / right


def unit_of(term: Term) -> str | None:
    """The unit of the value: that of its figures, "ratio" for one unit over the same.

    Raises:
        Uncomputable: amounts of different units are added.
    """
    if isinstance(term, Constant):
        return "number"
    if isinstance(term, Figure):
        return term.fact.amount.unit
    left, right = unit_of(term.left), unit_of(term.right)
    if term.sign in ("+", "-"):
        if "number" in (left, right):  # 1 − payout: a plain number joins a ratio only
            other = right if left == "number" else left
            if other in ("number", "ratio", None):
                return other
        if left is not None and right is not None and left != right:
            raise Uncomputable(f"{left} and {right} cannot be added")
        return left if left is not None else right
    if term.sign == "*":
        return right if left == "number" else left
    if term.sign == "^":
        return left
    if right == "number":
        return left
    if "percent" in (left, right) and left != right:
        raise Uncomputable("a percentage and an amount make no ratio")
    if left == right or left is None or right is None:
        return "ratio"
    if right == "shares":
        return f"{left}/share"
    return "ratio"


def is_percentage(term: Term) -> bool:
    """Whether a term is a ratio times one hundred."""
    return isinstance(term, Operation) and term.sign == "*" and term.right == Constant(Decimal(100)) and unit_of(term) == "ratio"


def scale_of(term: Term) -> Decimal:
    """The scale that a value of this term is best told in: that of its first scaled figure, and none for an amount per share."""
    if isinstance(term, Operation) and _is_a_rate(term):
        return Decimal(1)
    return next((figure.fact.amount.scale for figure in figures(term) if figure.fact.amount.scale != 1), Decimal(1))


def _is_a_rate(term: Operation) -> bool:
    try:
        return "/" in (unit_of(term) or "")
    except Uncomputable:
        return False


def names(term: Term) -> dict[Figure, str]:
    """A letter for each distinct figure, in order of appearance."""
    given: dict[Figure, str] = {}
    for figure in figures(term):
        if figure not in given:
            number = len(given)
            given[figure] = chr(ord("a") + number) if number < 26 else f"a{number - 25}"
    return given


def expression(term: Term, given: dict[Figure, str]) -> str:
    """The term over operand names: "(a - b) / b * 100"; "abs(a)" for a cost in brackets that counts as positive."""

    def name(figure: Figure) -> str:
        turned = figure.magnitude and (figure.fact.amount.value or 0) < 0
        return f"abs({given[figure]})" if turned else given[figure]

    return _written(term, name, {sign: sign for sign in _SYMBOL})


def working(term: Term) -> str:
    """The term over figures, in one scale: "(1,496.5 − 1,202.9) ÷ 1,202.9 × 100"."""
    scales = {figure.fact.amount.scale for figure in figures(term) if figure.fact.amount.unit != "percent"}
    one_scale = len(scales) <= 1

    def show(figure: Figure) -> str:
        value = figure.printed if one_scale else figure.printed * figure.fact.amount.scale
        text = shown(value, None)
        return f"({text})" if value < 0 else text

    return _written(term, show, _SYMBOL)


def _written(term: Term, show: object, symbols: dict[str, str]) -> str:
    assert callable(show)
    if isinstance(term, Constant):
        return shown(term.value, None)
    if isinstance(term, Figure):
        return str(show(term))

    def side(part: Term, *, right: bool) -> str:
        text = _written(part, show, symbols)
        if isinstance(part, Operation):
            looser = _LOOSENESS[part.sign] < _LOOSENESS[term.sign]
            tied = right and _TIES[term.sign] and _LOOSENESS[part.sign] == _LOOSENESS[term.sign]
            if looser or tied:
                return f"({text})"
        return text

    return f"{side(term.left, right=False)} {symbols[term.sign]} {side(term.right, right=True)}"


def shown(value: Decimal, decimals: int | None, *, french: bool = False) -> str:
    """A number with separators; ``decimals`` None keeps what it has, up to four."""
    if decimals is None:
        exponent = value.normalize().as_tuple().exponent
        decimals = min(4, max(0, -exponent if isinstance(exponent, int) else 0))
    text = f"{rounded(value, decimals):,.{decimals}f}"
    return text.replace(",", "\u202f").replace(".", ",") if french else text


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half away from zero, as accountants round."""
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def difference(new: Term, old: Term) -> Term:
    return Operation("-", new, old)


def relative_change(new: Term, old: Term) -> Term:
    return Operation("*", Operation("/", Operation("-", new, old), old), Constant(Decimal(100)))


def share(part: Term, whole: Term) -> Term:
    return Operation("*", Operation("/", part, whole), Constant(Decimal(100)))


def yearly_growth(new: Term, old: Term, years: int) -> Term:
    """((new ÷ old) to the power 1/years − 1) × 100."""
    root = Operation("^", Operation("/", new, old), Operation("/", Constant(Decimal(1)), Constant(Decimal(years))))
    return Operation("*", Operation("-", root, Constant(Decimal(1))), Constant(Decimal(100)))


def total(terms: list[Term]) -> Term:
    whole = terms[0]
    for term in terms[1:]:
        whole = Operation("+", whole, term)
    return whole


def average(terms: list[Term]) -> Term:
    return Operation("/", total(terms), Constant(Decimal(len(terms)))) if len(terms) > 1 else terms[0]
