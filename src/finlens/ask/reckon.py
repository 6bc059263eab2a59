"""A program's expression, worked out anew from its letters: what `verify` compares an answer's value with.

It reads the expression as a person with a calculator would, and shares no code with `finlens.ask.compute`, which made it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, DecimalException

_TOKEN = re.compile(r"\s*(?:(?P<number>\d[\d,]*(?:\.\d+)?)|(?P<name>[a-z]+\d*)|(?P<sign>[-+*/^()−×÷]))")
_PLAIN = {"−": "-", "×": "*", "÷": "/"}


class Unreadable(ValueError):
    """The expression is none, names an operand that is not there, or has no value."""


def reckon(expression: str, operands: Mapping[str, Decimal]) -> Decimal:
    """The value of ``expression`` with each letter standing for its operand, in whole units.

    Args:
        expression: "(a - b) / b * 100", as `Program.expression` writes it; ``abs(a)`` is a figure without its sign.
        operands: What each letter is worth.

    Raises:
        Unreadable: it cannot be worked out.
    """
    reader = _Reader(expression, operands)
    try:
        value = reader.sum()
    except DecimalException as exc:
        raise Unreadable(f"{expression} has no value") from exc
    if reader.tokens:
        raise Unreadable(f"'{reader.tokens[0]}' is left over in {expression}")
    return value


class _Reader:
    """The tokens that are left, taken from the front."""

    def __init__(self, expression: str, operands: Mapping[str, Decimal]) -> None:
        self.operands = operands
        self.tokens: list[str] = []
        at = 0
        while at < len(expression.rstrip()):
            found = _TOKEN.match(expression, at)
            if found is None:
                raise Unreadable(f"'{expression[at:]}' is no arithmetic")
            self.tokens.append(_PLAIN.get(found.group().strip(), found.group().strip()))
            at = found.end()

    def take(self, *wanted: str) -> str:
        if self.tokens and (not wanted or self.tokens[0] in wanted):
            return self.tokens.pop(0)
        return ""

    def sum(self) -> Decimal:
        value = self.product()
        while sign := self.take("+", "-"):
            other = self.product()
            value = value + other if sign == "+" else value - other
        return value

    def product(self) -> Decimal:
        value = self.power()
        while sign := self.take("*", "/"):
            other = self.power()
            value = value * other if sign == "*" else value / other
        return value

    def power(self) -> Decimal:
        base = self.atom()
        return base ** self.power() if self.take("^") else base

    def atom(self) -> Decimal:
        part = self.take()
        if part == "(":
            value = self.sum()
            if not self.take(")"):
                raise Unreadable("a parenthesis is not closed")
            return value
        if part == "abs":
            return abs(self.atom())
        if part == "-":
            return -self.atom()
        if part[:1].isdigit():
            return Decimal(part.replace(",", ""))
        if part not in self.operands:
            raise Unreadable(f"no operand is called '{part}'")
        return self.operands[part]
