"""Which figure is most likely wrong where equations fail, and what it should say.

Every figure of a failing equation is a suspect. The value that the equations ask of it is solved for in each of them;
a suspect is the likelier the more failing equations one slip (a digit, two swapped, the sign, a scale) of it would mend,
the fewer holding ones that would break, the better the mended value fits the figures beside it, and if that value is
printed elsewhere in the document. Where no slip does, any other value may: that is said, and never proposed.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finlens.documents import Amount, At, Check, Doubt, Fact
from finlens.documents.checks import Change
from finlens.finance.identities.equations import shortened
from finlens.finance.identities.evidence import changes_into

_FINE = 1000
"""Parts of a unit of the last digit, so that a lost decimal mark can be undone."""
_MOST_DOUBTS = 8  # of one table
_MOST_SUSPECTS = 400  # of one group of failing equations
_SURE = 0.75
_MENDED = 4.0
"""What an equation more that a changed figure mends or breaks makes it likelier or less likely to be the wrong one, in nats."""
_MORE_THAN_A_SLIP = 4.5
"""How much less likely it is that a figure is wrong by more than one slip, in nats."""
_FEW_DIGITS = 2
_MENDS: dict[Change, str] = {
    "digit": "One changed digit makes",
    "swap": "Two digits swapped back make",
    "sign": "One changed sign makes",
    "scale": "One changed scale makes",
}
_Span = tuple[Decimal, Decimal]
"""The least and the most that a figure may be for an equation to hold."""
_CONFUSED = frozenset(
    [*("83", "38", "80", "08", "60", "06", "86", "68", "17", "71"), *("56", "65", "39", "93", "89", "98", "27", "72", "49", "94")]
)
"""Pairs of digits that are read one for the other."""
_DIGITS_THAT_TELL = 4
_CLEARLY_READ = 0.9


@dataclass(slots=True)
class _Suspect:
    at: At
    fact: Fact
    mends: int
    """How many failing equations one change of it makes hold."""
    changes: list[tuple[Decimal, Change]]
    """Slips that mend as many, with what it should say in whole units; none where no slip mends any."""
    unbroken: bool
    """Whether so changed it breaks no equation that holds."""
    score: float


@dataclass(slots=True)
class _Mended:
    """What a figure might say instead, and what that does to its equations."""

    values: list[tuple[Decimal, Change | None]]
    """In whole units, each with the slip that it would be."""
    mends: int
    breaks: int

    @property
    def gain(self) -> float:
        return self.mends - self.breaks if self.values else -math.inf


_NOTHING = _Mended([], 0, 0)


def doubts_of(checks: Sequence[Check], facts: dict[At, Fact], printed: Counter[Decimal]) -> tuple[list[Doubt], set[int]]:
    """The figures that failing equations point at, one for each group of equations that one slip explains.

    Also the numbers of failing equations that the others speak against: whichever of their figures were changed to make
    them hold, one that holds would break. Such a sum is not meant.

    Args:
        checks: All equations of a document.
        facts: Its table figures by place.
        printed: How often each value (without its sign, in whole units) is printed in the document.
    """
    of_cell: defaultdict[At, list[int]] = defaultdict(list)
    for number, check in enumerate(checks):
        for term in check.figures:
            if term.at is not None:
                of_cell[term.at].append(number)
    failing = {number for number, check in enumerate(checks) if not check.holds}
    doubts: list[Doubt] = []
    refuted: set[int] = set()
    counted: Counter[int] = Counter()
    while failing:
        group = _group(failing, checks, of_cell)
        suspects = _suspects(group, checks, of_cell, facts, printed)
        if not suspects:
            failing -= group
            continue
        best = max(suspects, key=lambda suspect: suspect.score)
        explained = {number for number in group if number in of_cell[best.at]}
        if not _possible(suspects):
            refuted |= explained
            failing -= explained
            continue
        failing -= explained or group
        if counted[best.at.table] < _MOST_DOUBTS:
            counted[best.at.table] += 1
            doubts.append(_doubt(best, suspects, [checks[number] for number in sorted(explained)], facts))
    return doubts, refuted


def _possible(suspects: Sequence[_Suspect]) -> bool:
    """Whether one of the figures may be wrong without that an equation which holds would speak against it.

    More than a slip counts only where two equations ask for the same value, or no slip mends any of them.
    """
    slips = any(suspect.changes for suspect in suspects)
    return any(suspect.unbroken and (suspect.changes or suspect.mends > 1 or not slips) for suspect in suspects)


def _group(failing: set[int], checks: Sequence[Check], of_cell: dict[At, list[int]]) -> set[int]:
    """Failing equations that hang together by shared figures, from the first one."""
    first = min(failing)
    group, fresh = {first}, [first]
    while fresh and len(group) < _MOST_SUSPECTS:
        for term in checks[fresh.pop()].figures:
            for number in of_cell.get(term.at, ()) if term.at is not None else ():
                if number in failing and number not in group:
                    group.add(number)
                    fresh.append(number)
    return group


def _suspects(
    group: set[int], checks: Sequence[Check], of_cell: dict[At, list[int]], facts: dict[At, Fact], printed: Counter[Decimal]
) -> list[_Suspect]:
    places = dict.fromkeys(term.at for number in sorted(group) for term in checks[number].figures if term.at is not None)
    found: list[_Suspect] = []
    for at in list(places)[:_MOST_SUSPECTS]:
        fact = facts.get(at)
        if fact is not None and fact.amount.value is not None:
            found.append(_suspect(at, fact, group, checks, of_cell[at], facts, printed))
    return found


def _suspect(
    at: At,
    fact: Fact,
    group: set[int],
    checks: Sequence[Check],
    equations: Sequence[int],
    facts: dict[At, Fact],
    printed: Counter[Decimal],
) -> _Suspect:
    failing = [number for number in equations if number in group]
    ranges = {number: allowed(checks[number], at) for number in equations}
    spans = [span for number in failing if (span := ranges[number]) is not None]
    by_slip = _weighed([candidate for span in spans for candidate in _slips(fact, span)], ranges, group)
    wholly = _weighed([((low + high) / 2, None) for low, high in spans], ranges, group)
    score, best = -_MENDED * len(equations), _NOTHING
    for found, cost in ((by_slip, 0.0), (wholly, _MORE_THAN_A_SLIP)):
        if found.values and found.gain > best.gain:
            likely = max(_likelihood(at, fact, value, change, facts, printed) for value, change in found.values)
            if best is _NOTHING or _MENDED * found.gain - cost + likely > score:
                score, best = _MENDED * found.gain - cost + likely, found
    if fact.source.confidence < _CLEARLY_READ:
        score += 1.0
    slips = [(value, change) for value, change in best.values if change is not None]
    return _Suspect(at, fact, best.mends, slips, bool(best.values) and not best.breaks, score)


def _weighed(candidates: Iterable[tuple[Decimal, Change | None]], ranges: Mapping[int, _Span | None], group: set[int]) -> _Mended:
    """The values that mend the most equations of the group and break the fewest of the others."""
    best = _NOTHING
    for value, change in candidates:
        mends = sum(_within(span, value) for number, span in ranges.items() if number in group)
        breaks = sum(not _within(span, value) for number, span in ranges.items() if number not in group)
        if best is _NOTHING or mends - breaks > best.gain:
            best = _Mended([(value, change)], mends, breaks)
        elif mends - breaks == best.gain and (value, change) not in best.values:
            best.values.append((value, change))
    return best


def allowed(check: Check, at: At) -> tuple[Decimal, Decimal] | None:
    """Between which values (in whole units) the figure must lie for the equation to hold; None where it does not matter."""
    factor = Decimal(0)
    value = Decimal(0)
    if check.product:
        return _allowed_in_product(check, at)
    if check.kind == "change" and check.terms[1].at == at and check.terms[0].factor != 1:
        return _allowed_base(check)
    for term, sign in ((check.total, 1), *((term, -1) for term in check.terms)):
        if term.at == at:
            factor += sign * term.factor
            value = term.value
    if not factor:
        return None
    middle = value - check.difference / factor
    slack = abs(check.tolerance / factor)
    return middle - slack, middle + slack


def _allowed_in_product(check: Check, at: At) -> tuple[Decimal, Decimal] | None:
    if check.total.at == at:
        return check.computed - check.tolerance, check.computed + check.tolerance
    others = [term.factor * term.value for term in check.terms if term.at != at] + [term.factor for term in check.terms if term.at == at]
    product = math.prod(others, start=Decimal(1))
    if not product:
        return None
    middle, slack = check.total.factor * check.total.value / product, abs(check.tolerance / product)
    return middle - slack, middle + slack


def _allowed_base(check: Check) -> tuple[Decimal, Decimal] | None:
    """The figure that a percentage of change is of: after ÷ (1 + change)."""
    ends = [1 + (check.total.value + slack) / 100 for slack in (-check.tolerance, check.tolerance)]
    if min(ends) <= 0:
        return None
    low, high = sorted(check.terms[0].value / end for end in ends)
    return low, high


def _within(span: tuple[Decimal, Decimal] | None, value: Decimal) -> bool:
    return span is None or span[0] <= value <= span[1]


def _slips(fact: Fact, span: tuple[Decimal, Decimal]) -> list[tuple[Decimal, Change]]:
    amount = fact.amount
    value = amount.absolute
    if not value:
        return []
    step = _step(amount) / _FINE
    found = changes_into(int(value / step), math.ceil(span[0] / step), math.floor(span[1] / step), _FINE)
    return [(one * step, change) for one, change in found]


def _likelihood(at: At, fact: Fact, value: Decimal, change: Change | None, facts: dict[At, Fact], printed: Counter[Decimal]) -> float:
    """How much likelier the mended value is than the one that stands there, by everything but the equations; in nats."""
    now = fact.amount.absolute or Decimal(0)
    beside = [
        other.amount.absolute
        for column in range(at.column - 6, at.column + 7)
        if column != at.column
        and (other := facts.get(At(at.table, at.row, column))) is not None
        and other.amount.absolute
        and other.amount.unit == fact.amount.unit
    ]
    score = _fit(value, beside) - _fit(now, beside)
    step = _step(fact.amount)
    if len(str(abs(int(value / step)))) >= _DIGITS_THAT_TELL and printed[abs(value)]:
        score += 3.0
    if len(str(abs(int(now / step)))) >= _DIGITS_THAT_TELL and printed[abs(now)] > 1:
        score -= 2.0
    if change == "digit":
        was, now_digits = str(abs(int(value / step))), str(abs(int(now / step)))
        differing = [a + b for a, b in zip(was, now_digits, strict=False) if a != b]
        score += 0.5 if len(was) == len(now_digits) and differing and differing[0] in _CONFUSED else 0.0
        score -= 1.0 if len(was) != len(now_digits) else 0.0
    elif change == "swap":
        score -= 0.5
    elif change is None:
        score += _nearness(value, now, step)
    return score


def _nearness(value: Decimal, now: Decimal, step: Decimal) -> float:
    """How much likelier a figure is to be misprinted that much: of as many digits, two of them wrong, rather than any."""
    was, printed = (str(abs(int(one / step))) for one in (value, now))
    if (value < 0) != (now < 0) or len(was) != len(printed):
        return -1.0
    return 1.0 if sum(a != b for a, b in zip(was, printed, strict=True)) <= _FEW_DIGITS else 0.0


def _fit(value: Decimal, beside: Sequence[Decimal]) -> float:
    """How well a value goes with the others on its row: those of other years are mostly alike."""
    if not beside or not value:
        return 0.0
    near = min(abs(math.log(abs(float(value)) / abs(float(other)))) for other in beside)
    turned = all((value < 0) != (other < 0) for other in beside)
    return -min(near, 2.5) * 1.2 - (1.2 if turned else 0.0)


def _doubt(best: _Suspect, suspects: Sequence[_Suspect], failing: Sequence[Check], facts: dict[At, Fact]) -> Doubt:
    weights = [math.exp(max(-40.0, suspect.score - best.score)) for suspect in suspects]
    sure = 1.0 / sum(weights)
    amount = best.fact.amount
    proposal: Decimal | None = None
    change: Change | None = None
    mended = ""
    rounding = len(failing) == 1 and _may_be_rounding(failing[0], facts)
    if not rounding and len(best.changes) == 1 and best.unbroken and best.mends == len(failing) and sure >= _SURE:
        value, change = best.changes[0]
        proposal = _tidy(value / amount.scale, amount.decimals)
        mended = f"{_MENDS[change]} {'it' if len(failing) == 1 else 'all of them'} hold: {_shown(proposal)}"
    why = "; ".join(_failure(check) for check in failing[:3])
    if len(failing) > 3:
        why += f"; and {len(failing) - 3} more"
    if mended:
        why += f". {mended}"
    elif rounding:
        why += ". It may be rounding, but sums of such figures come out to the last digit elsewhere"
    elif not best.changes:
        why += f". No single slip explains {'it' if len(failing) == 1 else 'them'}"
        why += ", and another figure of the equation may be the wrong one" if len(weights) > 1 and sure < _SURE else ""
    elif len(weights) > 1 and sure < _SURE:
        why += ". Another figure of the equation may be the wrong one"
    return Doubt(best.fact.source, amount.raw, why, best.at, proposal, change)


def _may_be_rounding(check: Check, facts: dict[At, Fact]) -> bool:
    """Whether half a unit of the last digit of each figure would explain that a sum fails."""
    if check.product or check.kind not in ("sum", "cross-foot"):
        return False
    steps = [_step(facts[term.at].amount) for term in check.figures if term.at in facts and term.value]
    return abs(check.difference) <= sum(steps, start=Decimal(0)) / 2


def _step(amount: Amount) -> Decimal:
    """One unit of the last digit printed, in whole units."""
    return amount.scale.scaleb(-amount.decimals)


def _tidy(value: Decimal, decimals: int) -> Decimal:
    """The value with as many decimals as the cell prints, or as many as it needs."""
    rounded = round(value, decimals)
    return rounded if rounded == value else value.normalize()


def _failure(check: Check) -> str:
    printed = check.total.factor * check.total.value
    return f"{check.says} fails: {_shown(printed)} printed, {_shown(check.computed)} computed"


def _shown(value: Decimal) -> str:
    """The number with separators and no more than four decimals."""
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".")


def cell_notes(doubts: Iterable[Doubt]) -> dict[At, str]:
    """What each doubted cell says of itself."""
    notes: dict[At, str] = {}
    for doubt in doubts:
        if doubt.at is not None:
            notes[doubt.at] = doubt.why
    return notes


__all__ = ["allowed", "cell_notes", "doubts_of", "shortened"]
