"""Where a sum that holds elsewhere fails: whether a figure is wrong there, or the sum is not meant there.

One slip that mends it is evidence of its own. A sum that is off by anything else says little by itself: most such are
columns of another nature ("maximum value that may yet be purchased"), or a part that is left out there. So a failure
without a slip is shown only where the same lines add up in a crossing line of the same kind and size, and no other sum
over the lines of the table comes out.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from finlens.finance.identities.evidence import tolerance
from finlens.finance.identities.figures import STRONG, Line

Present = Sequence[tuple[Line, int]]
"""Lines that are printed in a crossing line, each with +1 or -1."""
_TELLING, _TELLING_ALONE, _TELLING_ROLLED, _TELLING_APART = 2.0, 2.0, 1.0, 5.0
"""Bits at which a slip is seen: where few others hold, in a single column, in one from a balance to the next, and in one of another
kind than those that hold."""
_FAR = 20
_SURE = 14.0
"""Bits at which a sum is so well borne out that a failure without a slip is no accident."""
_MOST_UNSURE = 4


@dataclass(slots=True)
class Trial:
    """A sum, and the crossing lines in which it holds."""

    total: Line
    lines: Sequence[Line]
    """All lines of its direction."""
    holds: Sequence[int]
    present: Mapping[int, Present]
    """By crossing line."""
    rank: float
    """How much labels say for it, in bits."""
    score: float
    """Bits of evidence for it."""
    rolls: bool
    """Whether it goes from what was to what has become of it."""
    signed: bool
    """Whether some of its lines are subtracted."""

    def shows_a_slip(self, place: int, near: float) -> bool:
        """Whether a failure that one slip would mend shows that slip.

        Args:
            place: The crossing line.
            near: How unlikely it is that a slip mends it by chance, in bits.
        """
        if not self.holds:
            return near >= (_TELLING_ROLLED if self.rolls else _TELLING_ALONE)
        if not any(self._alike(place, other) for other in self.holds):
            return self.rank >= STRONG and near >= _TELLING_APART
        if near < _TELLING and len(self.holds) < 3 and not any(self._of_a_size(place, other) for other in self.holds):
            return False  # a column of another nature
        return not self._optional_part_explains(place)

    def shows_more_than_a_slip(self, place: int, changes: Container[int]) -> bool:
        """Whether a failure that no slip would mend shows a wrong figure all the same.

        Args:
            place: The crossing line.
            changes: Crossing lines of changes, means and rates, which do not add up.
        """
        if self.score < _SURE or place in changes or not self.total.values[place]:
            return False  # a dash is printed where a sum is not given, too
        if not any(self._alike(place, other) and self._of_a_size(place, other) and self._as_full(place, other) for other in self.holds):
            return False
        return not (self._optional_part_explains(place) or self._another_sum_explains(place))

    def _alike(self, place: int, other: int) -> bool:
        """Whether two crossing lines print figures of one kind, to as many decimals."""
        return self.total.kinds[place] == self.total.kinds[other] and self._finest(place) == self._finest(other)

    def _finest(self, place: int) -> int:
        steps = (self.total.steps[place], *(line.steps[place] for line, _ in self.present[place]))
        return min((step for step in steps if step), default=0)

    def _of_a_size(self, place: int, other: int) -> bool:
        """Whether the totals of two crossing lines, or else the largest figures, are of one order: a slip moves one of the two."""
        totals = abs(self.total.values[place]), abs(self.total.values[other])
        largest = tuple(max(abs(line.values[at]) for line, _ in self.present[at]) for at in (place, other))
        return any(max(pair) < _FAR * min(pair) for pair in (totals, largest))

    def _as_full(self, place: int, other: int) -> bool:
        """Whether a crossing line prints two parts or more, and all that the other one does: a blank may be a figure not read."""
        here = {line.at for line, _ in self.present[place] if line.printed[place]}
        there = {line.at for line, _ in self.present[other] if line.values[other]}
        return len(there) > 1 and there <= here and sum(bool(line.values[place]) for line, _ in self.present[place]) > 1

    def _optional_part_explains(self, place: int) -> bool:
        """Whether the sum holds once a part that is nil wherever else it holds is left out, or turned where others are.

        Nothing says whether such a part belongs to the sum.
        """
        parts = self.present[place]
        unsure = [(line, sign) for line, sign in parts if line.values[place] and not any(line.values[other] for other in self.holds)]
        if not unsure or len(unsure) > _MOST_UNSURE:
            return bool(unsure)
        sums = {sum(sign * line.values[place] for line, sign in parts)}
        for line, sign in unsure:
            sums |= {one - sign * line.values[place] * times for one in sums for times in ((1, 2) if self.signed else (1,))}
        return any(abs(self.total.values[place] - one) <= tolerance(self.total, parts, place) for one in sums)

    def _another_sum_explains(self, place: int) -> bool:
        """Whether one line more or less of the table makes the sum come out there, or the total is one of its parts."""
        total, parts = self.total.values[place], self.present[place]
        off = abs(total - sum(sign * line.values[place] for line, sign in parts))
        slack = tolerance(self.total, parts, place)
        if any(line.values[place] and abs(total - sign * line.values[place]) <= slack for line, sign in parts):
            return True
        others = (abs(line.values[place]) for line in self.lines if line is not self.total)
        return any(value and abs(off - value * times) <= slack for value in others for times in (1, 2))


__all__ = ["Present", "Trial"]
