"""The programs of question sets, read into one form: which shape it is, and which numbers stand at its places."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "exp": "^", "greater": ">"}
_SETS = {"average", "sum", "max", "min"}
_SHAPES = {
    "a": "a",
    "(a/b)": "a/b",
    "((a/b)*100)": "a/b",
    "(a/(b/100))": "a/b",
    "((a-b)/b)": "(a-b)/b",
    "(((a-b)/b)*100)": "(a-b)/b",
    "((a/b)-1)": "(a-b)/b",
    "((a/b)-c)": "(a-b)/b",
    "(a-b)": "a-b",
    "((a-100)-(b-100))": "a-b",
    "(a+b)": "a+b",
    "(a*b)": "a*b",
    "((a*b)/100)": "a*b",
    "((a*b)/1e+06)": "a*b",
    "((a-100)/100)": "a-100",
    "(a-100)": "a-100",
    "((a/100)-1)": "a-100",
    "mean2": "(a+b)/2",
    "mean": "average",
    "average": "average",
    "sum": "sum",
    "max": "maximum",
    "min": "minimum",
    "(a>b)": "a>b",
    "(a/(b+a))": "a/(a+b)",
    "(a/(a+b))": "a/(a+b)",
    "((a+b)/c)": "(a+b)/c",
    "((a-b)/c)": "(a-b)/c",
    "((a*1000)/b)": "a*1000/b",
    "((a*1e+06)/b)": "a*1000000/b",
    "(((a-100)/100)-((b-100)/100))": "(a-b)%",
    "((a-b)/a)": "(a-b)/a",
    "(((a-b)/a)*100)": "(a-b)/a",
    "(a*1000)": "a*1000",
    "(a*1e+06)": "a*1000000",
    "(a*100)": "a*100",
    "(a/1000)": "a/1000",
    "(a/1e+06)": "a/1000000",
    "(a/100)": "a/100",
}
"""Written forms, and the shape of `finlens.ask.choose.shapes` that computes the same."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the document."""

    value: float


@dataclass(frozen=True, slots=True)
class Plain:
    """A constant of the program."""

    value: float


@dataclass(frozen=True, slots=True)
class Past:
    """The answer to an earlier question."""

    turns_ago: int


@dataclass(frozen=True, slots=True)
class Step:
    """An operation over others."""

    sign: str
    parts: tuple[Gold, ...]


Gold = Number | Plain | Past | Step


def of_steps(program: str, rows: Sequence[Sequence[str]], numbers_of_row: dict[int, list[float]]) -> Gold | None:
    """A program as FinQA writes it: "subtract(5829, 5735), divide(#0, 5735)"; None for one that cannot be read.

    Args:
        program: The steps.
        rows: The table, for ``table_average(row label, none)``.
        numbers_of_row: What finlens reads in each of its rows.
    """
    if (alone := _number(program)) is not None:
        return alone
    steps: list[Gold] = []
    for name, inside in re.findall(r"([a-z_]+)\(((?:[^()]|\([^()]*\))*)\)", program):
        if name.startswith("table_"):
            label = inside.rsplit(",", 1)[0].strip().lower()
            row = next((number for number, cells in enumerate(rows) if cells and cells[0].strip().lower() == label), None)
            if row is None or not numbers_of_row.get(row):
                return None
            steps.append(Step(name.removeprefix("table_"), tuple(Number(value) for value in numbers_of_row[row])))
            continue
        parts: list[Gold | None] = []
        for part in (one.strip() for one in inside.split(",")):
            if part.startswith("#"):
                parts.append(steps[int(part[1:])] if int(part[1:]) < len(steps) else None)
            else:
                parts.append(_number(part))
        if name not in _SIGNS or len(parts) != 2 or any(part is None for part in parts):
            return None
        steps.append(Step(_SIGNS[name], tuple(part for part in parts if part is not None)))
    return steps[-1] if steps else None


def of_derivation(text: str) -> Gold | None:
    """A computation as TAT-QA writes it: "(933,054-$784,469)/$784,469"; figures in brackets are negative."""
    text = re.sub(r"[$£€%\s]", "", text).translate(str.maketrans("[]–−×x÷", "()--**/"))
    text = re.sub(r"(?<=\d),(?=\d{3})|million|billion|thousand", "", text)
    text = re.sub(r"\((\d+(?:\.\d+)?)\)", r"(-\1)", text)
    try:
        return _of_tree(ast.parse(text, mode="eval").body)
    except SyntaxError:
        return None


def _of_tree(node: ast.expr) -> Gold | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Number(float(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _of_tree(node.operand)
        return Number(-inner.value) if isinstance(inner, Number) else None
    sign = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}.get(type(node.op)) if isinstance(node, ast.BinOp) else None
    if sign is None or not isinstance(node, ast.BinOp):
        return None
    left, right = _of_tree(node.left), _of_tree(node.right)
    if left is None or right is None:
        return None
    counts = isinstance(right, Number) and right.value in (1, 2, 3, 4, 5, 6, 100, 365)
    if isinstance(right, Number) and counts and (sign == "/" or (sign == "-" and isinstance(left, Step) and left.sign == "/")):
        right = Plain(right.value)
    return Step(sign, (left, right))


def _number(text: str) -> Gold | None:
    text = text.strip().replace(",", "")
    if text.startswith("const_"):
        digits = text.removeprefix("const_").lower()
        return Plain(-float(digits[1:]) if digits.startswith("m") else float(digits))
    if not re.fullmatch(r"-?\d*\.?\d+%?", text):
        return None
    return Number(float(text.rstrip("%")))


def value_of(gold: Gold) -> float | bool | None:
    """What it comes to; None for a division by nil and for earlier answers."""
    if isinstance(gold, Number | Plain):
        return gold.value
    if isinstance(gold, Past):
        return None
    parts = [value_of(part) for part in gold.parts]
    if any(part is None for part in parts):
        return None
    numbers = [float(part) for part in parts if part is not None]
    try:
        return _COMPUTED[gold.sign](numbers)
    except (ZeroDivisionError, OverflowError):
        return None


_COMPUTED = {
    "+": lambda parts: parts[0] + parts[1],
    "-": lambda parts: parts[0] - parts[1],
    "*": lambda parts: parts[0] * parts[1],
    "/": lambda parts: parts[0] / parts[1],
    "^": lambda parts: parts[0] ** parts[1],
    ">": lambda parts: parts[0] > parts[1],
    "average": lambda parts: sum(parts) / len(parts),
    "sum": sum,
    "max": max,
    "min": min,
}


def numbers_in(gold: Gold) -> Iterator[float]:
    """The document's numbers, without their signs."""
    if isinstance(gold, Number):
        yield abs(gold.value)
    elif isinstance(gold, Step):
        for part in gold.parts:
            yield from numbers_in(part)


def with_past(gold: Gold, earlier: Sequence[tuple[Gold, int]]) -> Gold:
    """The program with what earlier questions computed as one operand each: (program, turns ago)."""
    for program, turns_ago in earlier:
        if gold == program and isinstance(gold, Step):
            return Past(turns_ago)
    if isinstance(gold, Step):
        return Step(gold.sign, tuple(with_past(part, earlier) for part in gold.parts))
    return gold


def shape_of(gold: Gold) -> str | None:
    """The name of its shape; None for a form that finlens does not try."""
    return _SHAPES.get(_written(gold, {}))


def operands_of(gold: Gold) -> list[Number | Past]:
    """Its numbers and earlier answers, each once, in order of appearance."""
    found: list[Number | Past] = []

    def walk(one: Gold) -> None:
        if isinstance(one, Number | Past):
            if one not in found:
                found.append(one)
        elif isinstance(one, Step):
            for part in one.parts:
                walk(part)

    walk(gold)
    return found


def _written(gold: Gold, letters: dict[Gold, str]) -> str:
    if isinstance(gold, Number | Past):
        return letters.setdefault(gold, chr(ord("a") + min(len(letters), 25)))
    if isinstance(gold, Plain):
        return f"{gold.value:g}"
    if gold.sign in _SETS:
        return gold.sign
    if gold.sign == "+":
        parts = _summands(gold)
        if len(parts) > 2 and all(isinstance(part, Number | Past) for part in parts):
            return "sum"
    if gold.sign == "/" and isinstance(gold.parts[1], Plain):
        parts = _summands(gold.parts[0])
        if len(parts) > 1 and all(isinstance(part, Number | Past) for part in parts) and gold.parts[1].value == len(parts):
            return "mean2" if len(parts) == 2 else "mean"
    return f"({_written(gold.parts[0], letters)}{gold.sign}{_written(gold.parts[1], letters)})"


def _summands(gold: Gold) -> list[Gold]:
    if isinstance(gold, Step) and gold.sign == "+":
        return [one for part in gold.parts for one in _summands(part)]
    return [gold]
