"""Failures that a total has from the lines it is the sum of.

Sums down the columns carry over what is missing along the rows: "Investments measured at net asset value" have a total and stand at
no level of the hierarchy of fair values, so in the row of totals too the levels come to less than the total. Such a
failure is no wrong figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from finlens.finance.identities.figures import Line
from finlens.finance.identities.relations import Relation


def but_inherited(relation: Relation, lines: Sequence[Line], crossing: Sequence[Relation]) -> Relation:
    """The relation without the failures in totals of crossing lines that their parts together are off by as much.

    Args:
        relation: Between columns, or between rows.
        lines: All columns, or all rows.
        crossing: The relations of the other direction.
    """
    inherited = {
        place
        for place in (*relation.slips, *relation.shown)
        if (off := _off(relation, lines, place))
        and any(sums.total == place and sum(sign * _off(relation, lines, part) for part, sign in sums.parts) == off for sums in crossing)
    }
    if not inherited:
        return relation
    slips, shown = ([place for place in places if place not in inherited] for places in (relation.slips, relation.shown))
    return replace(relation, slips=slips, shown=shown)


def _off(relation: Relation, lines: Sequence[Line], place: int) -> int:
    """What the total is printed as less what its parts come to; nothing printed counts as nil."""
    return lines[relation.total].values[place] - sum(sign * lines[part].values[place] for part, sign in relation.parts)
