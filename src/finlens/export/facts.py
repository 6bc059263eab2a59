"""The figures of a document as one flat table, a row a figure: CSV for everyone, Parquet with its types for programs."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from finlens.documents import At, Document, Fact
from finlens.export.csv import as_text
from finlens.extras import require

Type = Literal["text", "texts", "decimal", "number", "whole", "date", "yes or no"]
Value = str | tuple[str, ...] | Decimal | float | int | datetime.date | bool | None
_DIGITS, _DECIMALS = 38, 10
"""Of the decimals in Parquet; a figure that needs more widens its column to 76 digits."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its name, what it holds, and what that means."""

    name: str
    type: Type
    means: str


COLUMNS: tuple[Column, ...] = (
    Column("document", "text", "name of the file"),
    Column("sha256", "text", "of the file"),
    Column("page", "whole", "1-based"),
    Column("x0", "number", "box in points from the page's top-left corner"),
    Column("top", "number", ""),
    Column("x1", "number", ""),
    Column("bottom", "number", ""),
    Column("statement", "text", "primary statement that prints the figure"),
    Column("label", "text", "of its row, or the words before it in prose"),
    Column("label_path", "texts", "outermost first"),
    Column("column_path", "texts", "heads over it, outermost first"),
    Column("raw", "text", "as printed"),
    Column("value", "decimal", "the printed number with its sign"),
    Column("scale", "decimal", "what the value is to be multiplied by"),
    Column("absolute", "decimal", "value × scale"),
    Column("unit", "text", "ISO 4217 code, USD/share, percent, shares …"),
    Column("decimals", "whole", "digits printed after the decimal mark"),
    Column("nil", "yes or no", "a dash that stands for nothing"),
    Column("period", "text", "as printed"),
    Column("year", "whole", "fiscal year"),
    Column("period_start", "date", "of a duration"),
    Column("period_end", "date", ""),
    Column("instant", "yes or no", ""),
    Column("months", "whole", "length of a duration"),
    Column("basis", "text", "reported, restated, pro forma or forecast"),
    Column("concept", "text", "line item in finlens' catalogue"),
    Column("concept_confidence", "number", "0 to 1"),
    Column("element", "text", "XBRL or CII element that the document tags it with"),
    Column("entity", "text", "company or segment, where the document says"),
    Column("confidence", "number", "of the reader: 1 for a text layer"),
    Column("doubt", "text", "why the figure is probably wrong"),
    Column("table", "whole", "from 1, in document order; empty for prose"),
    Column("row", "whole", "of the table, from 0"),
    Column("column", "whole", "of the table, from 0"),
    Column("context", "text", "title of its table, or its sentence"),
)


def fact_rows(document: Document) -> Iterator[tuple[Value, ...]]:
    """A row a figure, in document order, its values in the order of `COLUMNS`."""
    statements = {
        At(fact.table, fact.row, fact.column): statement.kind
        for statement in reversed(document.statements.found)
        for line in statement.lines
        for fact in line.facts
        if fact.table is not None and fact.row is not None and fact.column is not None
    }
    doubts = {At(index, c.row, c.column): c.doubt for index, table in enumerate(document.tables) for c in table.cells if c.doubt}
    for fact in document.found_facts:
        yield tuple(_row(document, fact, statements, doubts).values())


def _row(document: Document, fact: Fact, statements: dict[At, Any], doubts: dict[At, str]) -> dict[str, Value]:
    at = None if fact.table is None or fact.row is None or fact.column is None else At(fact.table, fact.row, fact.column)
    box, period, amount = fact.source.box, fact.period, fact.amount
    corners: tuple[float | None, ...] = (None,) * 4 if box is None else tuple(round(edge, 2) for edge in box)
    return {
        "document": document.name,
        "sha256": document.sha256,
        "page": fact.source.page,
        **dict(zip(("x0", "top", "x1", "bottom"), corners, strict=True)),
        "statement": statements.get(at) if at else None,
        "label": fact.label,
        "label_path": fact.label_path,
        "column_path": fact.column_path,
        "raw": amount.raw,
        "value": amount.value,
        "scale": amount.scale,
        "absolute": amount.absolute,
        "unit": amount.unit,
        "decimals": amount.decimals,
        "nil": amount.nil,
        "period": period.raw if period else None,
        "year": period.year if period else None,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "instant": period.instant if period else None,
        "months": period.months if period else None,
        "basis": period.basis if period else None,
        "concept": fact.concept,
        "concept_confidence": round(fact.concept_confidence, 4) if fact.concept else None,
        "element": fact.element or None,
        "entity": fact.entity,
        "confidence": round(fact.source.confidence, 4),
        "doubt": (doubts.get(at) if at else None) or None,
        "table": None if fact.table is None else fact.table + 1,
        "row": fact.row,
        "column": fact.column,
        "context": fact.context or None,
    }


def facts_to_csv(document: Document) -> bytes:
    """A head, then a line a figure; paths are joined by " › "."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows([_text(value) for value in row] for row in fact_rows(document))
    return stream.getvalue().encode()


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case str():
            return as_text(" ".join(value.split()))
        case tuple():
            return as_text(" › ".join(value))
    return str(value)


def facts_to_parquet(document: Document) -> bytes:
    """One Parquet file, typed: decimals exact, dates as dates, paths as lists.

    Raises:
        ExtraMissing: pyarrow is not installed.
    """
    pa = require("pyarrow", extra="parquet")
    parquet = require("pyarrow.parquet", extra="parquet")
    values = list(zip(*fact_rows(document), strict=True)) or [()] * len(COLUMNS)
    types = [_arrow_type(pa, column.type, held) for column, held in zip(COLUMNS, values, strict=True)]
    arrays = [pa.array(held, kind) for held, kind in zip(values, types, strict=True)]
    fields = [pa.field(c.name, kind, metadata={"means": c.means} if c.means else None) for c, kind in zip(COLUMNS, types, strict=True)]
    table = pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata={"format": "finlens.facts", "version": "1"}))
    sink = io.BytesIO()
    parquet.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def _arrow_type(pa: Any, type_: Type, values: tuple[Value, ...]) -> Any:
    match type_:
        case "text":
            return pa.string()
        case "texts":
            return pa.list_(pa.string())
        case "number":
            return pa.float64()
        case "whole":
            return pa.int32()
        case "date":
            return pa.date32()
        case "yes or no":
            return pa.bool_()
        case "decimal":
            numbers = [value for value in values if isinstance(value, Decimal)]
            decimals = max((-int(number.as_tuple().exponent) for number in numbers), default=0)
            before = max((number.adjusted() + 1 for number in numbers), default=0)
            if decimals <= _DECIMALS and before <= _DIGITS - _DECIMALS:
                return pa.decimal128(_DIGITS, _DECIMALS)
            if before + max(decimals, _DECIMALS) <= 2 * _DIGITS:
                return pa.decimal256(2 * _DIGITS, max(decimals, _DECIMALS))
            return pa.string()  # no fixed decimal holds all of these digits, and none of them may be lost
