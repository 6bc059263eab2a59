"""Relations between lines as equations over printed figures, said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from finlens.documents import At, Check, Fact, Term
from finlens.documents.checks import CheckKind
from finlens.finance.identities.evidence import tolerance
from finlens.finance.identities.figures import Figures, Line
from finlens.finance.identities.relations import Relation

_ONE, _MINUS = Decimal(1), Decimal(-1)
_MADE_TO_ADD_UP = frozenset(["amount", "shares", "count"])
_MOST_NAMES = 6
_LONGEST_NAME = 60


def sums_as_checks(figures: Figures, relations: Iterable[Relation], *, across: bool, exact: bool) -> Iterator[Check]:
    """One equation for each crossing line in which a relation holds, or fails so that it shows a wrong figure.

    Args:
        figures: The table.
        relations: What was found in it.
        across: Whether they are between columns.
        exact: Whether its figures were made to add up, so that rounding explains nothing.
    """
    lines, crossing = (figures.columns, figures.rows) if across else (figures.rows, figures.columns)
    for relation in relations:
        total = lines[relation.total]
        parts = [(lines[place], sign) for place, sign in relation.parts]
        words = in_words(total.label, [(_name(figures, line, across), sign) for line, sign in parts])
        for place in sorted([*relation.holds, *relation.slips, *relation.shown]):
            other = crossing[place].at
            present = relation.present[place]
            terms = tuple(_term(figures, line, other, sign, across) for line, sign in present)
            where = crossing[place].label
            coarser = any(line.steps[place] > total.steps[place] > 0 for line, _ in present)
            strict = exact and total.kinds[place] in _MADE_TO_ADD_UP and not coarser
            yield Check(
                kind="cross-foot" if across else "sum",
                total=_term(figures, total, other, 1, across),
                terms=terms,
                tolerance=Decimal(0) if strict else figures.whole(tolerance(total, present, place)),
                says=f"{words} ({shortened(where)})" if where else words,
            )


def _name(figures: Figures, line: Line, across: bool) -> str:
    """What a line is called: its label, or what it stands under, or its place in the table."""
    if line.label.strip():
        return line.label
    if not across:
        above = [fact.label_path for (row, _), fact in figures.facts.items() if row == line.at]
        heading = next((part for path in above[:1] for part in reversed(path) if part.strip()), "")
        return f"{heading}, row {line.at + 1}" if heading else f"row {line.at + 1}"
    return f"column {line.at + 1}"


def _term(figures: Figures, line: Line, other: int, sign: int, across: bool) -> Term:
    row, column = (other, line.at) if across else (line.at, other)
    return term_of(figures.facts[row, column], _ONE if sign > 0 else _MINUS, line.label)


def term_of(fact: Fact, factor: Decimal = _ONE, label: str = "") -> Term:
    """A fact's figure as a term of an equation; nothing printed for it counts as nil."""
    at = None if fact.table is None or fact.row is None or fact.column is None else At(fact.table, fact.row, fact.column)
    return Term(fact.amount.absolute or Decimal(0), fact.source, label or fact.label, at, factor)


def exact_and_not(lines: Sequence[Line], relations: Iterable[Relation]) -> tuple[int, int]:
    """How many sums of two figures or more come out to the last digit, and how many only within rounding."""
    exact = rounded = 0
    for relation in relations:
        total = lines[relation.total]
        for place in relation.holds:
            present = relation.present[place]
            if total.kinds[place] in _MADE_TO_ADD_UP and sum(bool(line.values[place]) for line, _ in present) > 1:
                off = total.values[place] - sum(sign * line.values[place] for line, sign in present)
                exact, rounded = (exact + 1, rounded) if not off else (exact, rounded + 1)
    return exact, rounded


def in_words(total: str, parts: Sequence[tuple[str, int]]) -> str:
    """The sum in words, "Gross profit = Net sales - Cost of sales"; of many parts the first few and how many more."""
    named = parts if len(parts) <= _MOST_NAMES else parts[: _MOST_NAMES - 1]
    pieces: list[str] = []
    for label, sign in named:
        mark = ("- " if sign < 0 else "+ ") if pieces else ("-" if sign < 0 else "")
        pieces.append(mark + shortened(label))
    if len(named) < len(parts):
        pieces.append(f"+ {len(parts) - len(named)} more")
    return f"{shortened(total) or 'Total'} = {' '.join(pieces)}"


def shortened(label: str) -> str:
    """A label of a row, or the heads of a column, short enough to stand in a sentence."""
    label = " ".join(label.replace(" › ", ", ").replace(",,", ",").split())
    return label if len(label) <= _LONGEST_NAME else label[: _LONGEST_NAME - 1].rstrip() + "…"


__all__ = ["CheckKind", "in_words", "shortened", "sums_as_checks", "term_of"]
