"""A comparison of documents as versioned JSON and as CSV, a line a figure."""

from __future__ import annotations

import csv
import io
from typing import Any, Literal, cast

from typing_extensions import TypedDict

from finlens.documents import StatementKind
from finlens.documents.codec import amount_record
from finlens.documents.records import AmountRecord, BoxRecord
from finlens.export.csv import as_text
from finlens.finance.comparison import Change, Comparison, Printed
from finlens.finance.spans import Span

FORMAT = "finlens.comparison"
VERSION = 1
_HEADS = (
    *("statement", "line", "concept", "period", "year", "period_end", "instant", "months"),
    *("document", "page", "x0", "top", "x1", "bottom", "label", "raw", "value", "scale", "absolute", "unit", "change"),
)


class ComparedDocumentRecord(TypedDict):
    """A document that was compared."""

    name: str
    sha256: str


class SpanRecord(TypedDict):
    """A column: an instant, or a stretch of so many months."""

    label: str
    year: int | None
    end: str | None
    instant: bool
    months: int | None


class PrintedRecord(TypedDict):
    """A figure as one document prints it; ``document`` is an index into ``documents``."""

    document: int
    page: int
    box: BoxRecord | None
    label: str
    amount: AmountRecord
    absolute: str


class ComparedLineRecord(TypedDict):
    """A line; ``figures`` has a list for each period of the statement, empty where no document prints one."""

    label: str
    concept: str | None
    figures: list[list[PrintedRecord]]


class ComparedStatementRecord(TypedDict):
    """A primary statement over all documents."""

    kind: StatementKind
    periods: list[SpanRecord]
    lines: list[ComparedLineRecord]


class RestatementRecord(TypedDict):
    """The same line and period with another figure; ``difference`` is after less before, in whole units."""

    kind: StatementKind
    label: str
    period: SpanRecord
    before: PrintedRecord
    after: PrintedRecord
    difference: str
    change: Change


class ComparisonRecord(TypedDict):
    """A finlens comparison, version 1. Numbers are strings, so that no reader rounds them."""

    format: Literal["finlens.comparison"]
    version: Literal[1]
    documents: list[ComparedDocumentRecord]
    statements: list[ComparedStatementRecord]
    restatements: list[RestatementRecord]
    notes: list[str]


def comparison_record(comparison: Comparison) -> ComparisonRecord:
    """The comparison as plain lists, strings and numbers."""
    return {
        "format": "finlens.comparison",
        "version": 1,
        "documents": [{"name": document.name, "sha256": document.sha256} for document in comparison.documents],
        "statements": [
            {
                "kind": statement.kind,
                "periods": [_span_record(span) for span in statement.spans],
                "lines": [
                    {
                        "label": line.label,
                        "concept": line.concept,
                        "figures": [[_printed_record(one) for one in printed] for printed in line.figures],
                    }
                    for line in statement.lines
                ],
            }
            for statement in comparison.statements
        ],
        "restatements": [
            {
                "kind": one.kind,
                "label": one.label,
                "period": _span_record(one.span),
                "before": _printed_record(one.before),
                "after": _printed_record(one.after),
                "difference": f"{one.difference:f}",
                "change": one.change,
            }
            for one in comparison.restatements
        ],
        "notes": list(comparison.notes),
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of `comparison_record`."""
    from pydantic import TypeAdapter

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **TypeAdapter(ComparisonRecord).json_schema()}


def _span_record(span: Span) -> SpanRecord:
    end = span.end.isoformat() if span.end else None
    return {"label": span.label, "year": span.year, "end": end, "instant": span.instant, "months": span.months}


def _printed_record(one: Printed) -> PrintedRecord:
    source = one.fact.source
    return {
        "document": one.document,
        "page": source.page,
        "box": None if source.box is None else cast(BoxRecord, tuple(round(edge, 2) for edge in source.box)),
        "label": one.fact.label,
        "amount": amount_record(one.fact.amount),
        "absolute": f"{one.absolute:f}",
    }


def comparison_to_csv(comparison: Comparison) -> bytes:
    """A head, then a line a figure; ``change`` says "restated" where a document before printed another one."""
    changed = {id(one.after): one.change for one in comparison.restatements}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_HEADS)
    for statement in comparison.statements:
        for line in statement.lines:
            for span, printed in zip(statement.spans, line.figures, strict=True):
                for one in printed:
                    writer.writerow(
                        [
                            *(statement.kind, as_text(line.label), line.concept or "", span.label, span.year or "", span.end or ""),
                            *(str(span.instant).lower(), span.months or "", as_text(comparison.documents[one.document].name)),
                            *_figure(one),
                            changed.get(id(one), ""),
                        ]
                    )
    return stream.getvalue().encode()


def _figure(one: Printed) -> list[object]:
    amount, source = one.fact.amount, one.fact.source
    corners = [""] * 4 if source.box is None else [f"{edge:.2f}" for edge in source.box]
    value = "" if amount.value is None else f"{amount.value:f}"
    return [
        source.page,
        *corners,
        as_text(one.fact.label),
        as_text(amount.raw),
        value,
        f"{amount.scale:f}",
        f"{one.absolute:f}",
        amount.unit,
    ]
