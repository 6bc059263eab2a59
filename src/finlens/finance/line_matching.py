"""Which line of one document is which line of another.

Concept first, then the words of the labels; where both leave a choice, the section that lines stand in, the figures
that both documents print, and the totals between which they stand decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from finlens.documents import Fact, Statement, StatementLine
from finlens.finance.comparison import Printed
from finlens.finance.spans import Span, span_of
from finlens.finance.words import word_set

_ALIKE = 0.6  # share of words that two labels of one line have in common
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LEADERS = re.compile(r"[\s.·…_]{3,}$")
_FAR_APART = 0.2  # of the larger figure: two figures so different are no restatement of one line under two names


@dataclass(slots=True)
class Row:
    """A line while it is being matched."""

    label: str
    words: frozenset[str]
    section: frozenset[str]
    concept: str | None
    unit: str | None
    figures: dict[Span, list[Printed]] = field(default_factory=dict)

    def at(self, span: Span) -> list[Printed]:
        return next((printed for own, printed in self.figures.items() if own.same_time(span)), [])


def rows_of(document: int, statements: Iterable[Statement], notes: list[str], name: str) -> list[Row]:
    """The lines that have figures; statements that repeat a line of one before (the parent company alone) are left out."""
    rows: list[Row] = []
    seen: set[tuple[str, ...]] = set()
    unclear = 0
    for statement in statements:
        paths = {line.path for line in statement.lines if line.facts}
        if rows and len(paths & seen) > len(paths) / 3:
            continue
        seen |= paths
        flows = _flows_of_columns(statement) if statement.kind == "cash flow" else {}
        for line in statement.lines:
            row, left_out = _row_of(document, line, flows)
            unclear += left_out
            if row.figures:
                rows.append(row)
    if unclear:
        notes.append(f"{name}: {unclear} figures whose line and period are printed more than once, or whose period is not said")
    return rows


def _flows_of_columns(statement: Statement) -> dict[tuple[int | None, int | None], Span]:
    """The stretch of time of each column: the cash at its beginning and its end is shown in it, too."""
    counts: dict[tuple[int | None, int | None], Counter[Span]] = {}
    for line in statement.lines:
        for fact in line.facts:
            if (span := span_of(fact.period)) is not None and not span.instant:
                counts.setdefault((fact.table, fact.column), Counter())[span] += 1
    return {column: spans.most_common(1)[0][0] for column, spans in counts.items()}


def _row_of(document: int, line: StatementLine, flows: Mapping[tuple[int | None, int | None], Span]) -> tuple[Row, int]:
    """The line, and how many of its figures cannot be told apart or placed in time."""
    by_span: dict[Span, list[Fact]] = {}
    unclear = 0
    for fact in line.facts:
        span = span_of(fact.period)
        if span is not None and span.instant:
            span = flows.get((fact.table, fact.column), span)
        if fact.amount.value is None:
            continue
        if span is None:
            unclear += 1
            continue
        known = next((own for own in by_span if own.same_time(span)), span)
        by_span.setdefault(known, []).append(fact)
    figures: dict[Span, list[Printed]] = {}
    for span, facts in by_span.items():
        if len({fact.amount.absolute for fact in facts}) == 1:
            figures[span] = [Printed(document, facts[0])]
        else:
            unclear += len(facts)
    units = [fact.amount.unit for fact in line.facts if fact.amount.unit]
    unit = max(units, key=units.count) if units else None
    section = frozenset().union(*(_own_words(part) for part in line.path[:-1]))
    return Row(_LEADERS.sub("", line.label), _own_words(line.label), section, line.concept, unit, figures), unclear


def _own_words(label: str) -> frozenset[str]:
    """The words of a label that do not change from year to year: numbers and what is in brackets ("net of tax of $66") do."""
    bare, before = label, ""
    while bare != before:
        bare, before = _BRACKETS.sub(" ", bare), bare
    kept = frozenset(word for word in word_set(bare) if not word[0].isdigit())
    return kept or word_set(label)


def merge(rows: list[Row], added: list[Row]) -> None:
    """Join each added line to the row that it is, the likeliest pairs first; a new one comes after the line that it follows."""
    places = _places(added, rows), _places(rows, added)
    pairs = sorted(
        (
            (score - 0.15 * min(5, abs(places[0][a] - places[1][b])), a, b)
            for a, one in enumerate(added)
            for b, other in enumerate(rows)
            if (score := _likeness(one, other)) is not None
        ),
        key=lambda pair: -pair[0],
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, a, b in pairs:
        if a not in partner and b not in taken:
            partner[a] = b
            taken.add(b)
    known = list(rows)
    after: Row | None = None
    for a, one in enumerate(added):
        if a in partner:
            after = known[partner[a]]
            _join(after, one)
        else:
            rows.insert(0 if after is None else next(i for i, row in enumerate(rows) if row is after) + 1, one)
            after = one


def _places(rows: Sequence[Row], others: Sequence[Row]) -> list[int]:
    """For each row, how many lines come before it that both statements have once: what stands between two totals stays there."""
    mine, theirs = Counter(row.words for row in rows), Counter(row.words for row in others)
    before, places = 0, []
    for row in rows:
        places.append(before)
        before += mine[row.words] == 1 == theirs[row.words]
    return places


def _join(row: Row, one: Row) -> None:
    for span, printed in one.figures.items():
        own = next((own for own in row.figures if own.same_time(span)), span)
        row.figures.setdefault(own, []).extend(printed)
    row.label, row.words, row.section = one.label, one.words, one.section
    row.concept = one.concept or row.concept
    row.unit = row.unit or one.unit


def _likeness(one: Row, other: Row) -> float | None:
    """How likely both are the same line; None where they cannot be."""
    if one.unit and other.unit and one.unit != other.unit and not (len(one.unit) == len(other.unit) == 3):
        return None  # dollars per share are no dollars
    same_words = one.words == other.words and bool(one.words)
    alike = 1.0 if same_words else len(one.words & other.words) / max(1, len(one.words | other.words))
    same_concept = one.concept is not None and one.concept == other.concept
    if one.concept and other.concept and not same_concept and not same_words:
        return None
    shared = _apart(one, other)
    if same_concept:
        if alike < 0.5 and shared and min(shared) > _FAR_APART:
            return None  # two lines that were taken for one concept
        score = 2.0 + alike
    elif same_words:
        score = 2.5
    elif alike >= _ALIKE:
        score = 1.0 + alike
    elif len(shared) >= 2 and not any(shared):
        score = 1.0 + alike  # a line under a new name
    else:
        return None
    sections = len(one.section & other.section) / max(1, len(one.section | other.section))
    return score + 0.5 * sections + sum(0.75 * (1 - min(2.0, apart / _FAR_APART)) for apart in shared) / max(1, len(shared))


def _apart(one: Row, other: Row) -> list[float]:
    """For each period in which both print a figure: how far apart they are, 0 for the same, as a share of the larger one."""
    shared: list[float] = []
    for span, printed in one.figures.items():
        theirs = other.at(span)
        if not theirs:
            continue
        a, b = printed[-1], theirs[-1]
        larger = max(abs(a.absolute), abs(b.absolute))
        if larger:  # nothing in both tells nothing
            shared.append(0.0 if a.same_as(b) else float(abs(a.absolute - b.absolute) / larger))
    return shared
