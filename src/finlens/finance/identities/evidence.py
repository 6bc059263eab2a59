"""How far a sum over figures may be believed: rounding, chance, and changes that a slip of the pen or of OCR makes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from finlens.documents.checks import Change
from finlens.finance.identities.figures import Line, may_be_subtracted

_MOSTLY_EXACT = 1.0
"""Bits that it costs to suppose that a slip moved a sum that came out to the last digit, as most do."""


def change_between(read: int, right: int) -> Change | None:
    """The single slip that makes ``read`` out of ``right``; else None.

    One digit, the sign, a power of ten, a lost or doubled group; or two digits side by side that changed places, which
    is the slip that typists make most.
    """
    if read == right or not right or not read:
        return None
    if read == -right:
        return "sign"
    if (read < 0) != (right < 0):
        return None
    a, b = str(abs(read)), str(abs(right))
    if len(a) == len(b):
        at = next(place for place, (x, y) in enumerate(zip(a, b, strict=True)) if x != y)
        if a[at + 1 :] == b[at + 1 :]:
            return "digit"
        return "swap" if a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :] else None
    long, short = (a, b) if len(a) > len(b) else (b, a)
    missing = len(long) - len(short)
    if missing <= 6 and long == short + "0" * missing:
        return "scale"
    if len(long) > 3 and (int(long) % 1000 == int(short) or (len(long) > 6 and int(long) % 1_000_000 == int(short))):
        return "scale"  # the first group, or two, lost: 62,049 read as 049
    if missing in (1, 3) and _without(long, short, missing):
        return "digit" if missing == 1 else "scale"
    return None


def _without(long: str, short: str, missing: int) -> bool:
    """Whether ``short`` is ``long`` less one run of that many digits; three digits are lost as a group only."""
    starts = range(len(long) - missing + 1) if missing == 1 else range(len(long) % 3, len(long) - missing + 1, 3)
    return any(long[:start] + long[start + missing :] == short for start in starts)


def changes_into(read: int, low: int, high: int, step: int, most: int = 24) -> list[tuple[int, Change]]:
    """The values between ``low`` and ``high`` that one slip turns into ``read``; all are whole numbers of ``step``.

    Args:
        read: The figure as it stands.
        low: The least that the equations allow.
        high: The most.
        step: One unit of its last digit.
        most: Values tried at most, from the middle out.
    """
    if step <= 0:
        return []
    first, last = -(-low // step), high // step
    if last - first >= most:
        middle = (first + last) // 2
        first, last = middle - most // 2, middle + most // 2
    printed = read // step
    found = [(value * step, change) for value in range(first, last + 1) if (change := change_between(printed, value))]
    if read % step == 0 and not found:
        # A decimal mark lost or gained moves the last digit: 12.3 read as 123.
        for power in (10, 100, 1000):
            exact = read // power if read % power == 0 else None
            if exact is not None and low <= exact <= high:
                found.append((exact, "scale"))
    return found


def bits_of(total: int, parts: list[int], step: int, off: int) -> float:
    """How unlikely it is, in bits, that unrelated figures come as near as this.

    The second largest part decides: that 5,003 = 5,000 + 3 says no more than that two figures differ by 3; and zeros at
    the end of every figure say nothing, so that 1,000 = 500 + 500 is worth little. A total of one part is worth half:
    figures are printed twice for other reasons too.
    """
    sizes = sorted((abs(part) for part in parts if part), reverse=True)
    if not sizes or not total:
        return 0.0
    if not off:
        coarser = step * 10
        while coarser <= sizes[0] and not total % coarser and not any(size % coarser for size in sizes):
            step, coarser = coarser, coarser * 10
    if len(sizes) == 1:
        return 0.5 * max(0.0, math.log2((abs(total) / step + 1) / (2 * off / step + 1)))
    size = min(abs(total), sizes[1])
    return max(0.0, math.log2((size / step + 1) / (2 * off / step + 1)))


def tolerance(total: Line, parts: Sequence[tuple[Line, int]], place: int) -> int:
    """The most that rounding explains: half a unit of the last digit of each figure, but of the parts together no more than 2.6
    standard deviations.

    Rounding errors are spread evenly over a unit, with a variance of a twelfth; in a sum of thirty they cancel for the most part.
    """
    steps = [line.steps[place] for line, _ in parts]
    twice = min(sum(steps), math.isqrt(sum(step * step for step in steps) * 27 // 12))
    return max(total.steps[place] + twice, max(steps, default=0) * 2 if len(steps) > 1 else 0) // 2


def slip_bits(total: Line, parts: Sequence[tuple[Line, int]], place: int, *, alone: bool) -> float | None:
    """How unlikely it is that one slip mends the sum by chance, in bits; None where none does.

    Args:
        total: What may be the sum.
        parts: Lines that are printed there, with their signs.
        place: The crossing line.
        alone: Whether the total has no other figure. Then a positive part that should be negative is no slip: it may be
            meant to be subtracted, and nothing tells.
    """
    rounded = _slip_bits_within(total, parts, place, tolerance(total, parts, place), alone=alone)
    if rounded is None:
        return None
    exact = _slip_bits_within(total, parts, place, 0, alone=alone)
    return max(rounded, (exact or _MOSTLY_EXACT) - _MOSTLY_EXACT)


def _slip_bits_within(total: Line, parts: Sequence[tuple[Line, int]], place: int, slack: int, *, alone: bool) -> float | None:
    off = total.values[place] - sum(sign * line.values[place] for line, sign in parts)
    kinds: set[Change] = set()
    figures = digits = largest = 0
    step = max(total.steps[place], *(line.steps[place] for line, _ in parts), 1)
    for line, change in ((total, -off), *((line, sign * off) for line, sign in parts)):
        value, unit = line.values[place], line.steps[place]
        if not value or not unit:
            continue
        figures += 1
        digits += len(str(abs(value // unit)))
        largest = max(largest, abs(value))
        ways = {kind for _, kind in changes_into(value, value + change - slack, value + change + slack, unit)}
        if alone and "sign" in ways and line is not total and (value > 0 or may_be_subtracted(line.label)):
            ways.discard("sign")
        kinds |= ways
    if not kinds:
        return None
    choices = figures if "sign" in kinds else 30 * figures if "scale" in kinds else 10 * digits
    return max(0.0, math.log2((largest / step + 1) / (choices * (2 * slack / step + 1))))
