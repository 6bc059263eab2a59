"""Totals of one figure: what is labelled a total and stands right under a list in a single column is the sum of the list.

Nothing but the label and the place says so where the figures do not add up, so the list must be whole: it begins at the
top of the table or after a sub-heading, has no totals of its own, and no one of its lines more or less makes the sum come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finlens.finance.identities.evidence import tolerance
from finlens.finance.identities.figures import FAINT, STRONG, Line, is_mean
from finlens.finance.identities.relations import BELIEVED, Parts, Relation


def failing_totals(lines: Sequence[Line], found: Sequence[Relation]) -> Iterator[Relation]:
    """Totals of one figure that are not the sum of the list above them.

    Args:
        lines: The rows of a table.
        found: The sums that were found in it.
    """
    explained = {place for relation in found for place in (relation.total, *(part for part, _ in relation.parts))}
    for at, total in enumerate(lines):
        if total.rank < STRONG or at in explained or sum(total.printed) != 1 or is_mean(total.label):
            continue
        place = total.printed.index(True)
        first = at
        while first and _listed(lines[first - 1], lines[first], total, place):
            first -= 1
        whole = first == 0 or lines[first].at - lines[first - 1].at > 1
        parts: Parts = tuple((part, 1) for part in range(first, at))
        if len(parts) > 1 and whole and total.values[place] and _fails([lines[part] for part, _ in parts], total, place):
            yield Relation(at, parts, [], [], [place], [place], BELIEVED, {place: [(lines[part], 1) for part, _ in parts]})


def _listed(line: Line, below: Line, total: Line, place: int) -> bool:
    """Whether a line belongs to the list that goes on below it: right above, with one figure of the kind of the total's."""
    return (
        below.at - line.at == 1
        and line.rank < FAINT
        and line.printed[place]
        and sum(line.printed) == 1
        and line.kinds[place] == total.kinds[place]
        and line.steps[place] in (0, total.steps[place])
    )


def _fails(parts: Sequence[Line], total: Line, place: int) -> bool:
    """Whether the list does not come to its total, whichever one of its lines is left out or taken away."""
    values = [line.values[place] for line in parts]
    off = abs(total.values[place] - sum(values))
    slack = tolerance(total, [(line, 1) for line in parts], place)
    return off > slack and all(abs(off - abs(value) * times) > slack for value in values for times in (1, 2) if value)


__all__ = ["failing_totals"]
