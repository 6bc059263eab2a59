"""The shapes of finlens' JSON: what `finlens schema` publishes, and what `codec` writes and reads.

Words are arrays, not objects: a 160-page report holds 90,000 of them. Fields at their default are left out.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # pydantic cannot use the one of Python 3.11

from finlens.documents.model import Role, TextFrom
from finlens.documents.values import Basis

BoxRecord = tuple[float, float, float, float]
WordRecord = tuple[str, float, float, float, float, float, float, bool, int]


class AmountRecord(TypedDict):
    """Decimals are strings, so that no reader rounds them."""

    raw: str
    value: str | None
    scale: NotRequired[str]
    unit: NotRequired[str]
    decimals: NotRequired[int]
    nil: NotRequired[bool]
    marks: NotRequired[list[str]]


class PeriodRecord(TypedDict):
    """Dates are ISO 8601."""

    raw: str
    year: NotRequired[int]
    end: NotRequired[str]
    start: NotRequired[str]
    instant: NotRequired[bool]
    months: NotRequired[int]
    quarter: NotRequired[int]
    basis: NotRequired[Basis]
    relative: NotRequired[int]


class SourceRecord(TypedDict):
    """The document's hash stands once, at the top."""

    page: int
    reader: str
    box: NotRequired[BoxRecord]
    confidence: NotRequired[float]


class LineRecord(TypedDict):
    """``words`` is the slice of the page's words."""

    text: str
    box: NotRequired[BoxRecord]
    words: NotRequired[tuple[int, int]]
    size: NotRequired[float]
    bold: NotRequired[bool]


class BlockRecord(TypedDict):
    """A paragraph, heading, list item, running head or table text."""

    role: Role
    lines: list[LineRecord]
    level: NotRequired[int]
    box: NotRequired[BoxRecord]


class FigureRecord(TypedDict):
    """A picture or a chart."""

    box: BoxRecord
    kind: Literal["image", "chart"]
    caption: NotRequired[str]


class PageRecord(TypedDict):
    """``words``: [text, x0, top, x1, bottom, confidence, font size, bold, index into ``readers``]."""

    number: int
    width: float
    height: float
    rotation: NotRequired[int]
    text_from: TextFrom
    readers: list[str]
    words: list[WordRecord]
    blocks: list[BlockRecord]
    figures: NotRequired[list[FigureRecord]]
    warnings: NotRequired[list[str]]


class CellRecord(TypedDict):
    """One cell of a grid; rows and columns count from 0."""

    row: int
    column: int
    text: str
    source: SourceRecord
    row_span: NotRequired[int]
    column_span: NotRequired[int]
    header: NotRequired[bool]
    indent: NotRequired[int]
    bold: NotRequired[bool]
    amount: NotRequired[AmountRecord]


class TableRecord(TypedDict):
    """``places``: page and box, one for each page that the table runs over."""

    places: list[tuple[int, BoxRecord | None]]
    finder: str
    cells: list[CellRecord]
    caption: NotRequired[str]
    notes: NotRequired[str]
    unplaced: NotRequired[list[tuple[int, str, WordRecord]]]
    confidence: NotRequired[float]


class FactRecord(TypedDict):
    """A figure with its labels; ``table`` is an index into ``tables``."""

    label: str
    label_path: list[str]
    column_path: list[str]
    amount: AmountRecord
    source: SourceRecord
    period: NotRequired[PeriodRecord]
    table: NotRequired[int]
    row: NotRequired[int]
    column: NotRequired[int]
    entity: NotRequired[str]
    context: NotRequired[str]


class DocumentRecord(TypedDict):
    """A finlens document, version 1."""

    format: Literal["finlens.document"]
    version: Literal[1]
    sha256: str
    name: str
    page_count: int
    language: str
    interpreted: bool
    metadata: dict[str, str]
    warnings: list[str]
    pages: list[PageRecord]
    tables: list[TableRecord]
    facts: list[FactRecord]
