# ruff: noqa: E501 (a sentence form is read as one line; broken up it could not be compared with its neighbours)
"""Arithmetic over line items, as definitions in questions and named ratios write it.

Grammar, loosest first: sums, products, then numbers, parentheses, functions and phrases. A phrase is everything between
two operators: "total current liabilities". ``average(x)``, ``change(x)`` and ``prior(x)`` reach into the period before,
and so do "average x between …" and "change in x between …"; ``optional(x)`` is nil where the document has no such line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finlens.finance.words import plain, words

Function = Literal["average", "change", "prior", "optional", "negative"]
_FUNCTIONS: tuple[Function, ...] = ("average", "change", "prior", "optional")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written in a definition."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Reference:
    """A line item, by the words that name it."""

    phrase: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of an expression that looks at another period, or forgives an absent line."""

    function: Function
    argument: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions and a sign."""

    operator: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression


Expression = Number | Reference | Call | Binary

_WORDED = (
    (re.compile(r"\bdivided by\b|\bdivise par\b|÷|\bdivided over\b"), " / "),
    (re.compile(r"\bmultiplied by\b|\btimes\b|\bmultiplie par\b|×"), " * "),
    (re.compile(r"\bplus\b"), " + "),
    (re.compile(r"\b(?:less|minus|moins)\b|−"), " - "),
    (re.compile(r"(?<=\d) x (?=[\d(a-z])"), " * "),
)
_FROM_WHERE = re.compile(
    r"[,\s]*\(?\b(?:as )?(?:from|in|on|per|dans|du) (?:the |la |le )?(?:consolidated )?(?:statements? of [a-z ]+?|[a-z& ]*statements?|balance sheets?|bilan|compte de resultat)\)?(?=\s*(?:[-+*/).,]|$))"
)
_ASIDE = re.compile(r"(?<=[a-z0-9%]) \([^()+*/]*\)")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w/.])|(?P<operator>[-+*/()](?=[\s(])|[*/()])|(?P<phrase>(?:(?!\s-\s|[-+](?=\s)|[*/()]|\s\+\s)[^\s])+))"
)
_BETWEEN = re.compile(r"\b(?:between|from|entre|over)\b.*$")
_YEAR = re.compile(r"\b(?:fy ?)?(?:(?:19|20)\d\d|fy ?\d\d)\b('s)?")


class NotAnExpression(ValueError):
    """The text is no arithmetic."""


def parse_expression(text: str, named: Mapping[tuple[str, ...], Expression] | None = None) -> Expression:
    """The expression that a definition writes.

    Args:
        text: "365 * (average inventory between FY2018 and FY2019) / (FY2019 COGS)", or a ratio's expression.
        named: Other definitions of the question by their comparable words; a phrase that names one stands for it.

    Raises:
        NotAnExpression: it cannot be read as arithmetic over phrases.
    """
    text = plain(text).replace("_", " ").strip(" .:;?")
    for pattern, operator in _WORDED:
        text = pattern.sub(operator, text)
    text = _ASIDE.sub("", _FROM_WHERE.sub("", text))
    parser = _Parser(list(_tokens(text)), named or {})
    found = parser.sum()
    if parser.at < len(parser.tokens):
        raise NotAnExpression(text)
    return found


def references(expression: Expression) -> Iterator[str]:
    """The phrases that an expression needs, in order of appearance."""
    if isinstance(expression, Reference):
        yield expression.phrase
    elif isinstance(expression, Call):
        yield from references(expression.argument)
    elif isinstance(expression, Binary):
        yield from references(expression.left)
        yield from references(expression.right)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """("number" | "operator" | "phrase", text) with words that stand together joined to one phrase."""
    phrase: list[str] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "phrase" or (kind == "number" and phrase):
            phrase.append(match.group().strip())
            continue
        if phrase:
            yield "phrase", " ".join(phrase)
            phrase = []
        yield kind, match.group().strip()
    if phrase:
        yield "phrase", " ".join(phrase)


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]], named: Mapping[tuple[str, ...], Expression]) -> None:
        self.tokens = tokens
        self.named = named
        self.at = 0

    def peek(self) -> str:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return text if kind == "operator" else ""

    def sum(self) -> Expression:
        left = self.product()
        while self.peek() in ("+", "-"):
            operator: Literal["+", "-"] = "+" if self.peek() == "+" else "-"
            self.at += 1
            left = Binary(operator, left, self.product())
        return left

    def product(self) -> Expression:
        left = self.atom()
        while self.peek() in ("*", "/"):
            operator: Literal["*", "/"] = "*" if self.peek() == "*" else "/"
            self.at += 1
            left = Binary(operator, left, self.atom())
        return left

    def atom(self) -> Expression:
        if self.at >= len(self.tokens):
            raise NotAnExpression("an operand is missing")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Number(Decimal(text))
        if kind == "phrase":
            function = next((function for function in _FUNCTIONS if text in (function, f"{function} of", f"{function} in")), None)
            if function and self.peek() == "(":
                return Call(function, self.atom())
            return self.phrase(text)
        if text == "-":
            return Call("negative", self.atom())
        if text == "(":
            inside = self.sum()
            if self.peek() != ")":
                raise NotAnExpression("a parenthesis is not closed")
            self.at += 1
            return inside
        raise NotAnExpression(f"'{text}' stands where an operand should")

    def phrase(self, text: str) -> Expression:
        known = self.named.get(words(text))
        if known is not None:
            return known
        for opening, function in (
            ("average ", "average"),
            ("avg ", "average"),
            ("moyenne ", "average"),
            ("change in ", "change"),
            ("variation ", "change"),
            ("prior year ", "prior"),
        ):
            if text.startswith(opening):
                rest = _BETWEEN.sub("", text[len(opening) :])
                return Call("change" if function == "change" else "average" if function == "average" else "prior", Reference(_named(rest)))
        return Reference(_named(text))


def _named(text: str) -> str:
    text = _YEAR.sub(" ", _BETWEEN.sub("", text) if " and " in text and _YEAR.search(text) else text)
    text = re.sub(r"^(?:the|of|in|year end|year-end|fiscal|ending|total of)\s+", "", " ".join(text.split()))
    if not words(text):
        raise NotAnExpression("an operand has no name")
    return text
