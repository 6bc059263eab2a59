"""Statements, checks, invoices and accounts as JSON: small frozen dataclasses, written field by field.

A `Fact` is written as its place in the document's list of facts, so that it stands in the JSON once. Fields at their
default are left out; decimals are strings, dates ISO 8601. The shapes are those of `records`.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from finlens.documents.geometry import Box
from finlens.documents.source import Source
from finlens.documents.values import Fact


class Writer:
    """Turns what refers to facts into records. ``facts`` are those that the document lists."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = facts
        self._by_identity = {id(fact): number for number, fact in enumerate(facts)}
        self._by_value: dict[Fact, int] | None = None

    def record(self, value: Any) -> Any:
        """The value as plain lists, strings and numbers.

        Raises:
            ValueError: it refers to a fact that the document does not list.
        """
        match value:
            case Fact():
                return self._number(value)
            case Decimal():
                return str(value)
            case Source(box=box):
                sure = {} if value.confidence == 1.0 else {"confidence": round(value.confidence, 3)}
                where = {} if box is None else {"box": [round(side, 2) for side in box]}
                return {"page": value.page, "reader": value.reader, **where, **sure}
            case tuple() if hasattr(value, "_fields"):
                return list(value)
            case tuple():
                return [self.record(item) for item in value]
            case _ if dataclasses.is_dataclass(value):
                return {
                    field.name: self.record(held)
                    for field in dataclasses.fields(value)
                    if (held := getattr(value, field.name)) != field.default or field.default is dataclasses.MISSING
                }
            case _:
                return value

    def _number(self, fact: Fact) -> int:
        number = self._by_identity.get(id(fact))
        if number is None:
            if self._by_value is None:
                self._by_value = {fact: number for number, fact in enumerate(self._facts)}
            number = self._by_value.get(fact)
        if number is None:
            raise ValueError(f"the fact {fact.label!r} is not among the document's facts")
        return number


class Reader:
    """Turns records back into what they were written from."""

    def __init__(self, facts: Sequence[Fact], sha256: str) -> None:
        self._facts = facts
        self._sha256 = sha256

    def value(self, kind: Any, record: Any) -> Any:
        """A value of the type ``kind``.

        Raises:
            ValueError, TypeError, KeyError, IndexError: the record has another shape.
        """
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin in (typing.Union, types.UnionType):
            chosen = next(argument for argument in arguments if argument is not type(None))
            return None if record is None else self.value(chosen, record)
        if kind is Fact:
            return self._facts[record]
        if kind is Decimal:
            return Decimal(record)
        if kind is Source:
            box = record.get("box")
            return Source(self._sha256, record["page"], Box(*box) if box else None, record["reader"], record.get("confidence", 1.0))
        if origin is tuple:
            return tuple(self.value(arguments[0], item) for item in record)
        if isinstance(kind, type) and hasattr(kind, "_fields"):
            return kind(*record)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            kinds = _kinds_of(kind)
            return kind(**{name: self.value(kinds[name], held) for name, held in record.items()})
        return record


@cache
def _kinds_of(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
