"""Questions made from a filing's own lines: enough answers, with programs and boxes, to test what checks them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

_NAME = re.compile(r"[A-Za-z][A-Za-z ,&'’()-]{7,60}")


def questions_of(document: Any, count: int, seed: int = 7) -> Iterator[str]:
    """Look-ups, changes, relative changes, sums and shares over lines of the filing's tables that name a line and a year."""
    chosen = random.Random(seed)
    lines: dict[tuple[int, int], list[Any]] = {}
    for fact in document.facts():
        whole = fact.period is not None and fact.period.year and fact.period.quarter is None and fact.period.months in (None, 12)
        if fact.table is not None and whole and fact.amount.value and _NAME.fullmatch(fact.label.strip()):
            lines.setdefault((fact.table, fact.row), []).append(fact)
    rows = [facts for facts in lines.values() if len({fact.period.year for fact in facts}) > 1]
    chosen.shuffle(rows)
    for facts in rows[:count]:
        label = facts[0].label.strip()
        first, last = sorted({fact.period.year for fact in facts})[-2:]
        yield chosen.choice(
            (
                f"What was {label} in {last}?",
                f"What was {label} in {first}?",
                f"What was the change in {label} from {first} to {last}?",
                f"What was the percentage change in {label} from {first} to {last}?",
                f"What was the average {label} for {first} and {last}?",
            )
        )
