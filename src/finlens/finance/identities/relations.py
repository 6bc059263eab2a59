"""A relation: one line of a table is a signed sum of others, and how far that is borne out in each crossing line.

"Total current assets = Cash + Receivables + Inventories" is one relation over rows, tried in every column of figures.
It is believed for what all columns say together, so that the one column in which it fails shows a wrong figure.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from finlens.finance.identities.evidence import bits_of, slip_bits, tolerance
from finlens.finance.identities.failures import Trial
from finlens.finance.identities.figures import LIKELY, STRONG, Line, rolls_forward

BELIEVED = 14.0
"""Bits of evidence at which a relation is believed: a chance of one in a million."""
UNEXPLAINED = 7.0
"""Bits that a crossing line takes away in which the sum is off by more than a slip."""
SLIP = 3.0
"""Bits that it costs to suppose a slip."""
_LOOSE_COST = 10.0
"""Bits more that it takes where only percentages and the like are added."""
_LOOSE = frozenset(["percent", "per share", "rate"])
"""Kinds of figures that add up in some columns (shares of a total) and not in others (rates of growth)."""

Parts = tuple[tuple[int, int], ...]
"""Places of lines, each with +1 or -1."""
_NONE: Mapping[int, Parts] = {}


@dataclass(slots=True)
class Relation:
    """``total`` is the sum of ``parts``, each with its sign; places are those of the crossing lines."""

    total: int
    parts: Parts
    """Place among the lines, and +1 or -1."""
    holds: list[int]
    slips: list[int]
    """Where it fails, and one changed digit, sign or scale of one figure would mend it."""
    fails: list[int]
    """Where it fails otherwise."""
    shown: list[int]
    """Those places of ``fails`` where all the same a figure is wrong, as far as can be told."""
    score: float
    present: dict[int, list[tuple[Line, int]]]
    """For each place where it holds, slips, or is shown to fail, the lines that are printed there."""

    @property
    def lines(self) -> frozenset[int]:
        return frozenset([self.total, *(place for place, _ in self.parts)])


def weigh(
    lines: Sequence[Line],
    total: int,
    parts: Parts,
    guesses: float,
    *,
    across: bool,
    parts_of: Mapping[int, Parts] = _NONE,
    changes: Container[int] = (),
) -> Relation | None:
    """The relation with what speaks for it, or None where too little does.

    Args:
        lines: All lines of the direction.
        total: Place of the line that may be a total.
        parts: Places and signs of those that it may be the sum of.
        guesses: Bits that were spent on choosing the parts and signs.
        across: Whether the lines are columns.
        parts_of: What is known of other totals: where one of them is blank, its parts count.
        changes: Places of crossing lines that print changes; percentages of change do not add up.
    """
    sum_line = lines[total]
    nested = any(place in parts_of for place, _ in parts)
    plain = [(lines[place], sign) for place, sign in parts]
    rank = sum_line.rank
    rolls = len(parts) > 1 and parts[0][1] > 0 and rolls_forward(lines[parts[0][0]].label, sum_line.label)
    found = _Tally(max(rank, STRONG) if rolls else rank, rolls)
    for place, printed in enumerate(sum_line.printed):
        if not printed:
            continue
        members = expanded(lines, parts, place, parts_of) if nested else plain
        if any(line.unknown[place] for line, _ in members):
            continue
        present = [(line, sign) for line, sign in members if line.printed[place]]
        kind = sum_line.kinds[place]
        if (
            not present
            or (kind == "percent" and place in changes)
            or any(line.kinds[place] != kind and line.values[place] for line, _ in present)
            or (across and any(0 < line.steps[place] < sum_line.steps[place] for line, _ in present))
        ):
            continue
        loose = (kind in _LOOSE and not _all_of_it(sum_line, place)) or (across and kind == "shares")
        found.add(sum_line, present, place, loose=loose, across=across)
    return found.relation(lines, total, parts, guesses, across=across, changes=changes)


def _all_of_it(total: Line, place: int) -> bool:
    """Whether a total says 100 %, there or in all other columns of percentages: then its parts must come to that."""
    if total.kinds[place] != "percent" or total.rank < LIKELY:
        return False
    others = [at for at, kind in enumerate(total.kinds) if kind == "percent" and at != place]
    return _says_all(total, place) or (bool(others) and all(_says_all(total, at) for at in others))


def _says_all(total: Line, place: int) -> bool:
    return total.values[place] // (total.steps[place] or 1) in (100, 1000, 10_000)


def expanded(lines: Sequence[Line], parts: Parts, place: int, parts_of: Mapping[int, Parts]) -> list[tuple[Line, int]]:
    """The lines of a sum in one crossing line; for a subtotal that is blank there, its own parts."""
    found: list[tuple[Line, int]] = []
    for part, sign in parts:
        line = lines[part]
        if part in parts_of and not line.printed[place] and not line.unknown[place]:
            found.extend((inner, sign * turned) for inner, turned in expanded(lines, parts_of[part], place, parts_of))
        else:
            found.append((line, sign))
    return found


@dataclass(slots=True)
class _Tally:
    """What each crossing line says of one relation."""

    rank: float
    """How much labels say for it, in bits."""
    rolls: bool = False
    """Whether it goes from what was to what has become of it."""
    holds: list[int] = field(default_factory=list)
    slips: list[int] = field(default_factory=list)
    fails: list[int] = field(default_factory=list)
    loose_slips: list[int] = field(default_factory=list)
    present: dict[int, list[tuple[Line, int]]] = field(default_factory=dict)
    near: dict[int, float] = field(default_factory=dict)
    loose_holds: int = 0
    evidence: float = 0.0
    slip_bits: float = 0.0
    seen: set[tuple[int, int]] = field(default_factory=set)

    def add(self, total: Line, present: list[tuple[Line, int]], place: int, *, loose: bool, across: bool) -> None:
        self.present[place] = present
        terms = [sign * line.values[place] for line, sign in present]
        off = total.values[place] - sum(terms)
        slack = tolerance(total, present, place)
        if abs(off) <= slack:
            step = max(total.steps[place], *(line.steps[place] for line, _ in present), 1)
            key = (total.values[place], max(terms, key=abs))
            if key not in self.seen:
                gain = bits_of(total.values[place], terms, step, abs(off))
                self.evidence += gain if self.rank >= LIKELY or sum(map(bool, terms)) > 1 else 0.0
                self.seen.add(key)
            self.holds.append(place)
            self.loose_holds += loose
            return
        if across and total.changes and abs(abs(total.values[place]) - abs(sum(terms))) <= slack:
            return  # "increase" of an outflow: whether it has a sign is a matter of taste
        near = slip_bits(total, present, place, alone=sum(total.printed) == 1)
        self.near[place] = near or 0.0
        if loose:
            if near is not None:
                self.loose_slips.append(place)
        elif near is None:
            self.fails.append(place)
        else:
            self.slips.append(place)
            self.slip_bits += near - SLIP

    def relation(
        self, lines: Sequence[Line], at: int, parts: Parts, guesses: float, *, across: bool, changes: Container[int]
    ) -> Relation | None:
        total, slips, fails, holds = lines[at], self.slips, self.fails, self.holds
        if len(slips) > max(1, len(holds) // 6) or len(fails) > max(1, len(holds) // 3):
            return None
        score = self.evidence + self.rank - guesses - UNEXPLAINED * len(fails) * (0.5 if across else 1.0)
        score += max(self.slip_bits, -SLIP * len(slips))
        if across and total.kind in _LOOSE and any(sign < 0 for _, sign in parts):
            return None
        only_loose = self.loose_holds == len(holds) and total.kind in _LOOSE and self.rank < STRONG
        if score < BELIEVED + (_LOOSE_COST if only_loose else 0.0) or not (self.evidence or self.slip_bits > 0 or self.rank >= STRONG):
            return None
        if self.loose_holds >= (1 if self.rank >= STRONG else 2) and len(self.loose_slips) == 1 and not fails:
            slips = [*slips, *self.loose_slips]
        trial = Trial(total, lines, holds, self.present, self.rank, score, self.rolls, any(sign < 0 for _, sign in parts))
        slips = [place for place in slips if trial.shows_a_slip(place, self.near[place])]
        shown = [place for place in fails if trial.shows_more_than_a_slip(place, changes)]
        return Relation(at, parts, holds, slips, fails, shown, score, {place: self.present[place] for place in (*holds, *slips, *shown)})
