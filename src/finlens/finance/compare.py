"""The same line over several documents: its figures side by side, and those that were printed otherwise before.

Lines are matched by concept first, then by the words of their labels; where both leave a choice, the section that they
stand in, the figures that both documents print, and the order of the lines decide. Figures are compared in whole units
to within the rounding of both, so that thousands in one report and millions in the next are no restatement.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from finlens.documents import Document, StatementKind
from finlens.finance.comparison import ComparedLine, ComparedStatement, Comparison, Restatement
from finlens.finance.line_matching import Row, merge, rows_of
from finlens.finance.spans import Span, in_order

KINDS: tuple[StatementKind, ...] = ("income", "balance sheet", "cash flow", "comprehensive income")
"""Statements of changes in equity are not compared: their lines have a figure for each component, not for each period."""


def compare(documents: Sequence[Document]) -> Comparison:
    """Lines of the primary statements over ``documents``, in the order of the last period that each reports.

    Figures that two documents print for the same line and period, and that differ by more than their rounding, are
    `Comparison.restatements`. Documents of the same last period (a report and its amendment) stay in the order given.
    """
    documents = sorted(documents, key=_last_end)
    notes: list[str] = []
    statements: list[ComparedStatement] = []
    restatements: list[Restatement] = []
    for kind in KINDS:
        rows: list[Row] = []
        without: list[str] = []
        for index, document in enumerate(documents):
            found = [statement for statement in document.statements if statement.kind == kind]
            if found:
                merge(rows, rows_of(index, found, notes, document.name))
            elif len(document.statements):
                without.append(document.name)
        spans = in_order(span for row in rows for span in row.figures)
        lines = tuple(ComparedLine(row.label, row.concept, tuple(tuple(row.at(span)) for span in spans)) for row in rows)
        if lines:
            statements.append(ComparedStatement(kind, tuple(spans), lines))
            restatements += _restatements(kind, spans, lines, notes)
            notes += [f"{name} has no {kind} statement that was found" for name in without]
    notes += [f"{document.name} has no primary statement that was found" for document in documents if not len(document.statements)]
    return Comparison(tuple(documents), tuple(statements), tuple(restatements), tuple(dict.fromkeys(notes)))


def _last_end(document: Document) -> datetime.date:
    ends = (f.period.end for s in document.statements for line in s.lines for f in line.facts if f.period and f.period.basis == "reported")
    return max((end for end in ends if end), default=datetime.date.min)


def _restatements(kind: StatementKind, spans: Sequence[Span], lines: Iterable[ComparedLine], notes: list[str]) -> Iterator[Restatement]:
    for line in lines:
        for span, printed in zip(spans, line.figures, strict=True):
            for before, after in pairwise(printed):
                units = sorted({one.fact.amount.unit for one in (before, after) if one.fact.amount.unit})
                if len(units) > 1:
                    notes.append(f"figures in {' and '.join(units)} stand side by side, and are not compared")
                    continue
                if before.same_as(after):
                    continue
                opposite = abs(before.absolute + after.absolute) <= before.rounding + after.rounding
                yield Restatement(kind, line.label, span, before, after, "sign" if opposite else "restated")
