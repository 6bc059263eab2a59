"""The shapes of finlens' JSON: what `finlens schema` publishes, and what `codec` writes and reads.

Words are arrays, not objects: a 160-page report holds 90,000 of them. Fields at their default are left out.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # pydantic cannot use the one of Python 3.11

from finlens.documents.checks import Change, CheckKind
from finlens.documents.invoices import InvoiceKind
from finlens.documents.model import Role, TextFrom
from finlens.documents.statements import StatementKind
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
    doubt: NotRequired[str]


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
    concept: NotRequired[str]
    concept_confidence: NotRequired[float]
    element: NotRequired[str]


FactIndex = int
"""A place in the document's list of facts, from 0."""
AtRecord = tuple[int, int, int]
"""Index into ``tables``, row, column."""


class StatementLineRecord(TypedDict):
    """A row of a statement."""

    label: str
    path: list[str]
    facts: NotRequired[list[FactIndex]]
    concept: NotRequired[str]
    confidence: NotRequired[float]


class StatementRecord(TypedDict):
    """``tables`` are indices into the document's tables."""

    kind: StatementKind
    title: str
    tables: list[int]
    lines: list[StatementLineRecord]
    confidence: NotRequired[float]
    form: NotRequired[str]


class NoteRecord(TypedDict):
    """A note and its tables."""

    number: str
    title: str
    page: int
    tables: NotRequired[list[int]]


class StatementsRecord(TypedDict):
    """Primary statements and notes, in the order of the document."""

    found: NotRequired[list[StatementRecord]]
    notes: NotRequired[list[NoteRecord]]


class TermRecord(TypedDict):
    """``factor`` × ``value``, in whole units."""

    value: str
    source: SourceRecord
    label: NotRequired[str]
    at: NotRequired[AtRecord]
    factor: NotRequired[str]


class CheckRecord(TypedDict):
    """An equation: the total is the sum (or the product) of the terms, to within ``tolerance``."""

    kind: CheckKind
    total: TermRecord
    terms: list[TermRecord]
    tolerance: str
    product: NotRequired[bool]
    says: NotRequired[str]


class DoubtRecord(TypedDict):
    """A figure that is probably wrong, and what would mend it."""

    source: SourceRecord
    printed: str
    why: str
    at: NotRequired[AtRecord]
    proposal: NotRequired[str]
    change: NotRequired[Change]


class PartyRecord(TypedDict):
    """Fields are places in the document's list of facts."""

    name: NotRequired[FactIndex]
    address: NotRequired[FactIndex]
    vat_id: NotRequired[FactIndex]
    tax_number: NotRequired[FactIndex]


class InvoiceLineRecord(TypedDict):
    """Fields are places in the document's list of facts."""

    description: NotRequired[FactIndex]
    quantity: NotRequired[FactIndex]
    unit_price: NotRequired[FactIndex]
    net: NotRequired[FactIndex]
    tax_rate: NotRequired[FactIndex]


class TaxLineRecord(TypedDict):
    """Fields are places in the document's list of facts."""

    rate: NotRequired[FactIndex]
    base: NotRequired[FactIndex]
    tax: NotRequired[FactIndex]


class InvoiceRecord(TypedDict):
    """Every field is a place in the document's list of facts."""

    kind: NotRequired[InvoiceKind]
    origin: NotRequired[Literal["xml", "print"]]
    profile: NotRequired[str]
    number: NotRequired[FactIndex]
    issued: NotRequired[FactIndex]
    delivered: NotRequired[FactIndex]
    due_date: NotRequired[FactIndex]
    currency: NotRequired[FactIndex]
    seller: NotRequired[PartyRecord]
    buyer: NotRequired[PartyRecord]
    ibans: NotRequired[list[FactIndex]]
    lines: NotRequired[list[InvoiceLineRecord]]
    net: NotRequired[FactIndex]
    taxes: NotRequired[list[TaxLineRecord]]
    tax: NotRequired[FactIndex]
    gross: NotRequired[FactIndex]
    due: NotRequired[FactIndex]


class TransactionRecord(TypedDict):
    """A movement on an account; money out is negative."""

    date: FactIndex
    label: str
    amount: FactIndex
    balance: NotRequired[FactIndex]


class AccountRecord(TypedDict):
    """What a bank statement says of one account."""

    iban: NotRequired[FactIndex]
    opening: NotRequired[FactIndex]
    closing: NotRequired[FactIndex]
    transactions: NotRequired[list[TransactionRecord]]


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
    statements: NotRequired[StatementsRecord]
    checks: NotRequired[list[CheckRecord]]
    doubts: NotRequired[list[DoubtRecord]]
    invoices: NotRequired[list[InvoiceRecord]]
    accounts: NotRequired[list[AccountRecord]]
