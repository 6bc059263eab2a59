"""Figures as they are printed, and sums that are checked as they are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

NARROW, NO_BREAK = "\u202f", "\u00a0"
Years = Sequence[int]


def half_up(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percent(part: int, whole: int, places: int = 1) -> Decimal:
    return half_up(Decimal(100) * part / whole, places)


def growth(now: int, before: int, places: int = 1) -> Decimal:
    return percent(now - before, before, places)


def en(value: int | Decimal, places: int = 0, *, nil: str = "\u2013") -> str:
    """``(1,234.5)``; nil is an en-dash."""
    amount = Decimal(value)
    if not amount:
        return nil
    text = f"{abs(amount):,.{places}f}"
    return f"({text})" if amount < 0 else text


def millions(tenths: int) -> str:
    """Tenths of a million as statements in millions print them."""
    return en(Decimal(tenths) / 10, 1)


def fr(value: int | Decimal, places: int = 0, *, space: str = NARROW, brackets: bool = True, nil: str = "\u2013") -> str:
    """``(1 234,5)`` or, without brackets, ``-1 234,5``; nil is a dash."""
    amount = Decimal(value)
    if not amount:
        return nil
    text = f"{abs(amount):,.{places}f}".replace(",", space).replace(".", ",")
    if amount > 0:
        return text
    return f"({text})" if brackets else f"-{text}"


def add(*rows: Years) -> tuple[int, ...]:
    """Column sums."""
    return tuple(sum(column) for column in zip(*rows, strict=True))


def minus(row: Years) -> tuple[int, ...]:
    return tuple(-value for value in row)


def total(lines: Mapping[str, Years], keys: Iterable[str]) -> tuple[int, ...]:
    return add(*(lines[key] for key in keys))


def spread(amount: int, weights: Sequence[float], least: int = 1) -> list[int]:
    """Whole parts of ``amount`` in proportion to the weights, each at least ``least``, which sum to it exactly."""
    room = amount - least * len(weights)
    parts = [least + int(room * weight / sum(weights)) for weight in weights]
    parts[max(range(len(parts)), key=parts.__getitem__)] += amount - sum(parts)
    return parts
