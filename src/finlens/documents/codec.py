"""Documents as versioned JSON, and the JSON Schema of it.

Words are arrays, not objects: a 160-page report holds 90,000 of them. Coordinates are rounded to a hundredth of a
point. Fields at their default are left out. `DocumentRecord` is the whole format; `finlens schema` prints it.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import json
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from finlens.documents.checks import Check, Doubt
from finlens.documents.codec_meaning import Reader, Writer
from finlens.documents.geometry import Box
from finlens.documents.invoices import Account, Invoice
from finlens.documents.model import Block, Cell, Document, Figure, Line, Page, Table, Word
from finlens.documents.records import (
    AmountRecord,
    BlockRecord,
    BoxRecord,
    CellRecord,
    DocumentRecord,
    FactRecord,
    PageRecord,
    PeriodRecord,
    SourceRecord,
    TableRecord,
    WordRecord,
)
from finlens.documents.source import Origin, Source
from finlens.documents.statements import Statements
from finlens.documents.values import Amount, Fact, Period
from finlens.errors import FileDamaged

FORMAT = "finlens.document"
VERSION = 1


def schema() -> dict[str, Any]:
    """The JSON Schema of `to_json`'s output."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_adapter().json_schema()}


def to_json(document: Document, *, indent: int | None = None) -> str:
    """The document as one JSON object."""
    separators = (",", ":") if indent is None else None
    return json.dumps(to_record(document), ensure_ascii=False, indent=indent, separators=separators)


def from_json(text: str | bytes, *, trusted: bool = False) -> Document:
    """The document that `to_json` wrote. ``trusted`` leaves out the check against the schema: finlens' own cache.

    Raises:
        FileDamaged: no such JSON, or of another version.
    """
    try:
        record = json.loads(text)
        if not isinstance(record, dict) or record.get("format") != FORMAT or record.get("version") != VERSION:
            raise ValueError(f"not {FORMAT} version {VERSION}")
        return from_record(cast(DocumentRecord, record if trusted else _adapter().validate_python(record)))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, InvalidOperation) as exc:
        raise FileDamaged(
            "This is not a finlens document.",
            why=str(exc).splitlines()[0][:200],
            hint="finlens extract FILE.pdf --format json -o FILE.json",
        ) from exc


@functools.cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(DocumentRecord)


def to_record(document: Document) -> DocumentRecord:
    """The document as plain lists, strings and numbers."""
    return {
        "format": "finlens.document",
        "version": 1,
        "sha256": document.sha256,
        "name": document.name,
        "page_count": document.page_count,
        "language": document.language,
        "interpreted": document.interpreted,
        "metadata": dict(document.metadata),
        "warnings": list(document.warnings),
        "pages": [_page_record(page) for page in document.pages],
        "tables": [_table_record(table) for table in document.tables],
        "facts": [_fact_record(fact) for fact in document.found_facts],
        **_meaning_records(document),  # type: ignore[typeddict-item]
    }


def from_record(record: DocumentRecord) -> Document:
    """The document behind a record that has the right shape."""
    sha256 = record["sha256"]
    facts = tuple(_fact(fact, sha256) for fact in record["facts"])
    reader = Reader(facts, sha256)
    return Document(
        sha256=sha256,
        name=record["name"],
        pages=tuple(_page(page, sha256) for page in record["pages"]),
        tables=tuple(_table(table, sha256) for table in record["tables"]),
        metadata=dict(record["metadata"]),
        warnings=tuple(record["warnings"]),
        language=record["language"],
        page_count=record["page_count"],
        interpreted=record["interpreted"],
        found_facts=facts,
        **{name: reader.value(kind, record[name]) for name, kind in _MEANING.items() if name in record},  # type: ignore[literal-required]
    )


_MEANING: dict[str, Any] = {
    "statements": Statements,
    "checks": tuple[Check, ...],
    "doubts": tuple[Doubt, ...],
    "invoices": tuple[Invoice, ...],
    "accounts": tuple[Account, ...],
}
"""Fields of a document that refer to its facts."""


def _meaning_records(document: Document) -> dict[str, Any]:
    writer = Writer(document.found_facts)
    return {name: writer.record(value) for name in _MEANING if (value := getattr(document, name))}


def _filled(**optional: Any) -> dict[str, Any]:
    """Only what says something: defaults, empty strings and empty lists are left out."""
    return {key: value for key, value in optional.items() if value is not None and value is not False and value != "" and value != []}


def _box_record(box: Box | None) -> BoxRecord | None:
    return None if box is None else (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


def _box(record: BoxRecord | None) -> Box | None:
    return None if record is None else Box(*record)


def _word_record(word: Word, reader: int) -> WordRecord:
    text, x0, top, x1, bottom, _, confidence, size, bold = word
    return (text, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2), round(confidence, 3), round(size, 2), bold, reader)


def _page_record(page: Page) -> PageRecord:
    readers: dict[str, int] = {}
    words = [_word_record(word, readers.setdefault(word.origin.reader, len(readers))) for word in page.words]
    record: PageRecord = {
        "number": page.number,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
        "text_from": page.text_from,
        "readers": list(readers),
        "words": words,
        "blocks": [_block_record(block) for block in page.blocks],
    }
    figures = [{"box": _box_record(f.box), "kind": f.kind, **_filled(caption=f.caption)} for f in page.figures]
    return cast(PageRecord, {**record, **_filled(rotation=page.rotation or None, figures=figures, warnings=list(page.warnings))})


def _page(record: PageRecord, sha256: str) -> Page:
    number = record["number"]
    origins = [Origin(sha256, number, reader) for reader in record["readers"]]
    return Page(
        number=number,
        width=record["width"],
        height=record["height"],
        words=tuple([Word(w[0], w[1], w[2], w[3], w[4], origins[w[8]], w[5], w[6], w[7]) for w in record["words"]]),
        blocks=tuple([_block(block) for block in record["blocks"]]),
        figures=tuple(Figure(number, Box(*f["box"]), f["kind"], f.get("caption", "")) for f in record.get("figures", ())),
        rotation=record.get("rotation", 0),
        text_from=record["text_from"],
        warnings=tuple(record.get("warnings", ())),
    )


def _block_record(block: Block) -> BlockRecord:
    lines = [
        {
            "text": line.text,
            **_filled(
                box=_box_record(line.box),
                words=(line.first, line.last) if line.last > line.first else None,
                size=round(line.size, 2) or None,
                bold=line.bold,
            ),
        }
        for line in block.lines
    ]
    return cast(BlockRecord, {"role": block.role, "lines": lines, **_filled(level=block.level or None, box=_box_record(block.box))})


def _block(record: BlockRecord) -> Block:
    lines = tuple(
        [
            Line(line["text"], _box(line.get("box")), *line.get("words", (0, 0)), size=line.get("size", 0.0), bold=line.get("bold", False))
            for line in record["lines"]
        ]
    )
    return Block(record["role"], lines, record.get("level", 0), _box(record.get("box")))


def _source_record(source: Source) -> SourceRecord:
    confidence = round(source.confidence, 3) if source.confidence != 1.0 else None
    return cast(SourceRecord, {"page": source.page, "reader": source.reader, **_filled(box=_box_record(source.box), confidence=confidence)})


def _source(record: SourceRecord, sha256: str) -> Source:
    return Source(sha256, record["page"], _box(record.get("box")), record["reader"], record.get("confidence", 1.0))


def _table_record(table: Table) -> TableRecord:
    unplaced = [(word.origin.page, word.origin.reader, _word_record(word, 0)) for word in table.unplaced]
    record = {
        "places": [(page, _box_record(box)) for page, box in table.places],
        "finder": table.finder,
        "cells": [_cell_record(cell) for cell in table.cells],
        **_filled(
            caption=table.caption,
            notes=table.notes,
            unplaced=unplaced,
            confidence=round(table.confidence, 3) if table.confidence != 1.0 else None,
        ),
    }
    return cast(TableRecord, record)


def _table(record: TableRecord, sha256: str) -> Table:
    return Table(
        cells=tuple([_cell(cell, sha256) for cell in record["cells"]]),
        places=tuple((page, _box(box)) for page, box in record["places"]),
        finder=record["finder"],
        caption=record.get("caption", ""),
        notes=record.get("notes", ""),
        unplaced=tuple(
            Word(w[0], w[1], w[2], w[3], w[4], Origin(sha256, page, reader), w[5], w[6], w[7])
            for page, reader, w in record.get("unplaced", ())
        ),
        confidence=record.get("confidence", 1.0),
    )


def _cell_record(cell: Cell) -> CellRecord:
    record = {
        "row": cell.row,
        "column": cell.column,
        "text": cell.text,
        "source": _source_record(cell.source),
        **_filled(
            row_span=cell.row_span if cell.row_span != 1 else None,
            column_span=cell.column_span if cell.column_span != 1 else None,
            header=cell.header,
            indent=cell.indent or None,
            bold=cell.bold,
            amount=None if cell.amount is None else amount_record(cell.amount),
            doubt=cell.doubt,
        ),
    }
    return cast(CellRecord, record)


def _cell(record: CellRecord, sha256: str) -> Cell:
    amount = record.get("amount")
    return Cell(
        record["row"],
        record["column"],
        record["text"],
        _source(record["source"], sha256),
        row_span=record.get("row_span", 1),
        column_span=record.get("column_span", 1),
        header=record.get("header", False),
        indent=record.get("indent", 0),
        bold=record.get("bold", False),
        amount=None if amount is None else _amount(amount),
        doubt=record.get("doubt", ""),
    )


def amount_record(amount: Amount) -> AmountRecord:
    """An amount as JSON; decimals as strings."""
    optional = _filled(
        scale=str(amount.scale) if amount.scale != 1 else None,
        unit=amount.unit,
        decimals=amount.decimals or None,
        nil=amount.nil,
        marks=list(amount.marks),
    )
    return cast(AmountRecord, {"raw": amount.raw, "value": None if amount.value is None else str(amount.value), **optional})


def _amount(record: AmountRecord) -> Amount:
    value = record["value"]
    return Amount(
        record["raw"],
        None if value is None else Decimal(value),
        Decimal(record.get("scale", "1")),
        record.get("unit"),
        record.get("decimals", 0),
        record.get("nil", False),
        tuple(record.get("marks", ())),
    )


def period_record(period: Period) -> PeriodRecord:
    """A period as JSON; dates as ISO 8601."""
    fields = {f.name: getattr(period, f.name) for f in dataclasses.fields(period)}
    fields |= {name: fields[name].isoformat() for name in ("start", "end") if fields[name] is not None}
    if fields["basis"] == "reported":
        del fields["basis"]
    return cast(PeriodRecord, {"raw": fields.pop("raw"), **_filled(**fields)})


def _period(record: PeriodRecord) -> Period:
    fields: dict[str, Any] = dict(record)
    for name in ("start", "end"):
        if name in fields:
            fields[name] = datetime.date.fromisoformat(fields[name])
    return Period(**fields)


def _fact_record(fact: Fact) -> FactRecord:
    record = {
        "label": fact.label,
        "label_path": list(fact.label_path),
        "column_path": list(fact.column_path),
        "amount": amount_record(fact.amount),
        "source": _source_record(fact.source),
        **_filled(
            period=None if fact.period is None else period_record(fact.period),
            table=fact.table,
            row=fact.row,
            column=fact.column,
            entity=fact.entity,
            context=fact.context,
            concept=fact.concept,
            concept_confidence=round(fact.concept_confidence, 3) or None,
            element=fact.element,
        ),
    }
    return cast(FactRecord, record)


def _fact(record: FactRecord, sha256: str) -> Fact:
    period = record.get("period")
    return Fact(
        label=record["label"],
        label_path=tuple(record["label_path"]),
        column_path=tuple(record["column_path"]),
        amount=_amount(record["amount"]),
        period=None if period is None else _period(period),
        source=_source(record["source"], sha256),
        table=record.get("table"),
        row=record.get("row"),
        column=record.get("column"),
        entity=record.get("entity"),
        context=record.get("context", ""),
        concept=record.get("concept"),
        concept_confidence=record.get("concept_confidence", 0.0),
        element=record.get("element", ""),
    )
