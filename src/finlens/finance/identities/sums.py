"""Which lines of a table are sums of which others, found from their order, their labels and arithmetic.

Lines are read from the first to the last, and those that no total has taken yet stay open. A line that is the sum of
the last open ones takes them; it may then be a part itself. So nested totals, income statements that subtract, cash
flows and roll-forwards are found alike, down the rows and across the columns, without a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finlens.finance.identities.figures import FAINT, LIKELY, STRONG, Line, is_mean, may_be_subtracted, rolls_forward, says_less
from finlens.finance.identities.plain_totals import failing_totals
from finlens.finance.identities.relations import BELIEVED, Parts, Relation, weigh

_MOST_PARTS = 60
_MOST_PARTS_OF_TOTAL = 600
_MOST_SIGNED = 9
_MOST_LESS = 3  # lines above a sum that may say "Less: …"
_YEAR_AT_END = re.compile(r"(?:19|20)\d\d$")
_CERTAIN = 45.0
"""Bits at which no longer sum is tried."""
_GUESSED = 3.0
"""Bits that it costs to choose where a sum begins."""
_FRESH = 6.0
"""Bits that it gives if the sum begins where a group of lines does."""
_WHOLE = 3.0
"""Bits more where what follows the group says that it is a total."""
_FLAWED = 8.0
"""Bits by which a relation that fails somewhere must be better than one that holds everywhere."""


def find_sums(lines: Sequence[Line], crossing: Sequence[Line], *, across: bool = False) -> list[Relation]:
    """The relations between lines of one direction.

    Totals below (or right of) their parts first; then those above, for lines that are no total yet.

    Args:
        lines: Rows, or columns.
        crossing: Columns, or rows.
        across: Whether the lines are columns.
    """
    changes = frozenset(place for place, line in enumerate(crossing) if line.changes or is_mean(line.label))
    found = list(_Search(lines, across=across, changes=changes, signed=True).run(range(len(lines)), []))
    backwards = range(len(lines) - 1, -1, -1)
    found.extend(_Search(lines, across=across, changes=changes, signed=False).run(backwards, found))
    return found if across else [*found, *failing_totals(lines, found)]


class _Search:
    """One reading of the lines in one order."""

    def __init__(self, lines: Sequence[Line], *, across: bool, changes: frozenset[int], signed: bool) -> None:
        self.lines = lines
        self.across = across
        self.changes = changes
        self.signed = signed
        self.parts_of: dict[int, Parts] = {}

    def run(self, order: Sequence[int], before: Sequence[Relation]) -> Iterator[Relation]:
        """The relations in that order, but for those that are known before and totals that are explained."""
        known = {relation.lines for relation in before}
        totals = {relation.total for relation in before}
        stacks: dict[str, list[int]] = {}
        for place in order:
            kind = self.lines[place].kind
            stack = stacks.setdefault(kind, [])
            if len(stack) > 1 and place not in totals:
                relation = self._total_at(place, stack)
                if relation is not None and relation.lines not in known:
                    known.add(relation.lines)
                    self.parts_of[place] = relation.parts
                    stacks[kind] = stack = self._left_open(stack, {part for part, _ in relation.parts})
                    yield relation
            stack.append(place)

    def _left_open(self, stack: Sequence[int], taken: set[int]) -> list[int]:
        """Open lines but those that were taken, or whose parts were."""
        return [place for place in stack if place not in taken and not any(part in taken for part, _ in self.parts_of.get(place, ()))]

    def _total_at(self, place: int, stack: list[int]) -> Relation | None:
        """The best relation that makes the line the sum of the last open ones."""
        line = self.lines[place]
        filled = [at for at, value in enumerate(line.values) if value and line.printed[at]]
        probes = sorted(filled, key=lambda at: -abs(line.values[at]))[:2]  # where chance is least
        best: Relation | None = None
        for variant, open_lines in enumerate(self._variants(place, stack) if probes else ()):
            for relation in self._plain_sums(place, open_lines, probes, _GUESSED + 2 * min(variant, 3)):
                best = _better(best, relation)
            if best is not None and not best.slips and not best.fails:
                return best
        less = not self.across and any(says_less(self.lines[other].label) for other in stack[-_MOST_LESS:])
        if probes and self.signed and (self.across or line.rank >= FAINT or less):
            for relation in self._signed_sums(place, stack, probes):
                best = _better(best, relation)
        return best

    def _variants(self, place: int, stack: list[int]) -> Iterator[list[int]]:
        """The open lines; those of one year; every second or third; without totals; with one of the last totals replaced by its parts."""
        yield stack
        if not self.across and (year := _YEAR_AT_END.search(self.lines[place].label)):
            of_year = [other for other in stack if self.lines[other].label.endswith(year.group())]
            if 1 < len(of_year) < len(stack):
                yield of_year  # "Beauty 2025", "2024", "Grooming 2025", "2024", …
        if self.across:
            for stride in (2, 3, 4):
                if len(stack) >= 2 * stride:
                    yield stack[len(stack) % stride :: stride]  # "2024 2023" under each of several heads
            without = [place for place in stack if place not in self.parts_of]
            if 1 < len(without) < len(stack):
                yield without
        replaced = 0
        for position in range(len(stack) - 1, -1, -1):
            parts = self.parts_of.get(stack[position])
            if parts and all(sign > 0 for _, sign in parts):
                yield [*stack[:position], *sorted(part for part, _ in parts), *stack[position + 1 :]]
                replaced += 1
                if replaced == 2:
                    return

    def _plain_sums(self, place: int, open_lines: Sequence[int], probes: Sequence[int], guesses: float) -> Iterator[Relation]:
        """Sums of the last two, three, … open lines that come near in one of the probes."""
        line = self.lines[place]
        most = _MOST_PARTS_OF_TOTAL if line.rank >= STRONG else _MOST_PARTS
        alone = len(probes) == 1 and line.rank >= LIKELY
        sums = [0] * len(probes)
        slack = [line.steps[probe] for probe in probes]
        parts: list[tuple[int, int]] = []
        for count in range(1, min(most, len(open_lines)) + 1):
            place_of_part = open_lines[-count]
            part = self.lines[place_of_part]
            parts.append((place_of_part, 1))
            near = False
            for n, probe in enumerate(probes):
                sums[n] += part.values[probe]
                slack[n] += part.steps[probe]
                near = near or abs(line.values[probe] - sums[n]) * 2 <= slack[n]
            rolled = not near and rolls_forward(part.label, line.label)
            if count > 1 and (near or rolled or (alone and count <= 25)):
                fresh = 0.0
                if not self.across and self._begins_group(open_lines, len(open_lines) - count):
                    fresh = _FRESH + (_WHOLE if line.rank >= STRONG or rolls_forward(part.label, line.label) else 0.0)
                relation = self._weigh(place, tuple(reversed(parts)), guesses - fresh)
                if relation is not None:
                    yield relation
                    if relation.score > _CERTAIN and not relation.slips and not relation.fails:
                        return

    def _begins_group(self, open_lines: Sequence[int], first: int) -> bool:
        """Whether lines begin there: at the top, or after a sub-heading, an empty row, or a total and its parts."""
        place = open_lines[first]
        before = place - 1
        if first == 0 or before < 0 or open_lines[first - 1] != before:
            return True
        line, above = self.lines[place], self.lines[before]
        return abs(line.at - above.at) > 1 or line.indent > above.indent

    def _signed_sums(self, place: int, open_lines: Sequence[int], probes: Sequence[int]) -> Iterator[Relation]:
        """Sums in which some of the last open lines are subtracted, as an income statement prints its costs."""
        line = self.lines[place]
        tail = open_lines[-_MOST_SIGNED:]
        tried: set[tuple[int, int]] = set()
        for probe in probes:
            reach: dict[int, int] = {0: 0}  # sum -> which of the parts are subtracted in it
            slack = line.steps[probe]
            for count in range(1, len(tail) + 1):
                part = self.lines[tail[-count]]
                slack += part.steps[probe]
                if value := part.values[probe]:
                    grown: dict[int, int] = {}
                    for total, minus in reach.items():
                        grown.setdefault(total + value, minus)
                        grown.setdefault(total - value, minus | 1 << (count - 1))
                    reach = grown
                if count < 2:
                    continue
                step = max(line.steps[probe], 1)
                widest = min(slack // 2 // step, 4)
                for off in range(-widest, widest + 1):
                    minus = reach.get(line.values[probe] - off * step, 0)
                    if not minus or minus >> (count - 1) & 1 or (count, minus) in tried:
                        continue  # nobody begins a sum with what is subtracted
                    tried.add((count, minus))
                    if any(minus >> n & 1 and self._negative(tail[-n - 1]) for n in range(count)):
                        continue
                    parts = tuple((tail[-n], -1 if minus >> (n - 1) & 1 else 1) for n in range(count, 0, -1))
                    relation = self._weigh(place, parts, _GUESSED + count)
                    if relation is not None:
                        yield relation

    def _negative(self, place: int) -> bool:
        """Whether a line is negative wherever it is printed, so that it would be strange to subtract it."""
        line = self.lines[place]
        return not may_be_subtracted(line.label) and all(value < 0 for value in line.values if value)

    def _weigh(self, place: int, parts: Parts, guesses: float) -> Relation | None:
        return weigh(self.lines, place, parts, guesses, across=self.across, parts_of=self.parts_of, changes=self.changes)


def _better(one: Relation | None, other: Relation) -> Relation:
    return other if one is None or _worth(other) > _worth(one) else one


def _worth(relation: Relation) -> float:
    return relation.score - (_FLAWED if relation.slips or relation.fails else 0.0)


__all__ = ["BELIEVED", "find_sums"]
