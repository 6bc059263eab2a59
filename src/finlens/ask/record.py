"""An answer as versioned JSON, and the JSON Schema of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NotRequired, cast

from typing_extensions import TypedDict

from finlens.ask.model import Answer, Circumstances, Citation, Operand, Program, Step
from finlens.documents.codec import amount_record, period_record
from finlens.documents.records import AmountRecord, BoxRecord, PeriodRecord

if TYPE_CHECKING:
    from finlens.ask.several import Answers

FORMAT = "finlens.answer"
VERSION = 1


class CitationRecord(TypedDict):
    """A place: 1-based page, box in points from the page's top-left corner (left, top, right, bottom)."""

    page: int
    box: BoxRecord | None
    text: str
    row_label: str
    column_label: str
    reader: str
    confidence: float


class OperandRecord(TypedDict):
    """A figure of the document that the program computes with."""

    name: str
    label: str
    amount: AmountRecord
    period: PeriodRecord | None
    citation: CitationRecord


class ProgramRecord(TypedDict):
    """The computation: ``expression`` over operand names, ``working`` with their figures."""

    operation: str
    expression: str
    working: str
    definition: str
    operands: list[OperandRecord]


class StepRecord(TypedDict):
    """One step of the way to the answer."""

    name: str
    detail: str
    fields: NotRequired[dict[str, str]]
    items: NotRequired[list[FoundRecord]]


class FoundRecord(TypedDict):
    """Something that a step looked at, best first: a line, a program, an operand."""

    text: str
    score: float | None
    page: int | None
    note: str
    chosen: bool


class CircumstancesRecord(TypedDict):
    """What the figures of an answer are; units as read ("USD millions"), bases such as "reported" and "restated"."""

    text: str
    periods: list[str]
    units: list[str]
    bases: list[str]
    pages: list[int]


class AnsweredRecord(TypedDict):
    """What the answer is about."""

    name: str
    sha256: str


class AnswerRecord(TypedDict):
    """A finlens answer, version 1. Numbers are strings, so that no reader rounds them; ``scale`` is not yet applied."""

    format: Literal["finlens.answer"]
    version: Literal[1]
    document: AnsweredRecord
    question: str
    text: str
    refused: bool
    value: str | bool | None
    unit: str | None
    scale: str
    spans: list[str]
    confidence: float
    citations: list[CitationRecord]
    program: ProgramRecord | None
    circumstances: NotRequired[CircumstancesRecord | None]
    closest: CitationRecord | None
    warnings: list[str]
    model: str | None
    steps: NotRequired[list[StepRecord]]


def answer_record(answer: Answer, *, name: str, sha256: str, steps: bool = False) -> AnswerRecord:
    """The answer as plain lists, strings and numbers.

    Args:
        answer: What `finlens.ask` gave.
        name: Of the document.
        sha256: Of the document.
        steps: Also the way to the answer.
    """
    value = answer.value
    record: AnswerRecord = {
        "format": "finlens.answer",
        "version": 1,
        "document": {"name": name, "sha256": sha256},
        "question": answer.question,
        "text": answer.text,
        "refused": answer.refused,
        "value": value if value is None or isinstance(value, bool) else f"{value:f}",
        "unit": answer.unit,
        "scale": f"{answer.scale:f}",
        "spans": list(answer.spans),
        "confidence": round(answer.confidence, 4),
        "citations": [_citation_record(citation) for citation in answer.citations],
        "program": None if answer.program is None else _program_record(answer.program),
        "circumstances": _circumstances_record(answer.circumstances),
        "closest": None if answer.closest is None else _citation_record(answer.closest),
        "warnings": list(answer.warnings),
        "model": answer.model,
    }
    if steps:
        record["steps"] = [_step_record(step) for step in answer.steps]
    return record


class ComparisonRecord(TypedDict):
    """What follows from the answers of several documents; ``kind`` "each" where nothing is compared."""

    kind: Literal["each", "change", "which", "is higher"]
    text: str
    refused: bool
    value: str | bool | None
    unit: str | None
    scale: str
    spans: list[str]
    confidence: float
    program: ProgramRecord | None
    warnings: list[str]


class AnswersRecord(TypedDict):
    """Answers of several documents to one question, version 1; ``left_out`` documents were not looked at."""

    format: Literal["finlens.answers"]
    version: Literal[1]
    question: str
    comparison: ComparisonRecord
    looked_at: list[str]
    left_out: int
    answers: list[AnswerRecord]


def answers_record(answers: Answers, *, steps: bool = False, left_out: int = 0) -> AnswersRecord:
    """The answers of several documents as plain lists, strings and numbers.

    Args:
        answers: What `finlens.ask` gave for a list of documents.
        steps: Also the way to each answer.
        left_out: How many documents were not looked at.
    """
    value = answers.value
    return {
        "format": "finlens.answers",
        "version": 1,
        "question": answers.question,
        "comparison": {
            "kind": answers.kind,
            "text": answers.text,
            "refused": answers.refused,
            "value": value if value is None or isinstance(value, bool) else f"{value:f}",
            "unit": answers.unit,
            "scale": f"{answers.scale:f}",
            "spans": list(answers.spans),
            "confidence": round(answers.confidence, 4),
            "program": None if answers.program is None else _program_record(answers.program),
            "warnings": list(answers.warnings),
        },
        "looked_at": [one.name for one in answers.asked],
        "left_out": left_out,
        "answers": [
            answer_record(one.answer, name=one.name, sha256=one.answer.document.sha256 if one.answer.document else "", steps=steps)
            for one in answers.asked
        ],
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of `answer_record`."""
    from pydantic import TypeAdapter

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **TypeAdapter(AnswerRecord).json_schema()}


def answers_schema() -> dict[str, Any]:
    """The JSON Schema of `answers_record`."""
    from pydantic import TypeAdapter

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **TypeAdapter(AnswersRecord).json_schema()}


def _circumstances_record(found: Circumstances | None) -> CircumstancesRecord | None:
    if found is None:
        return None
    return {
        "text": str(found),
        "periods": list(found.periods),
        "units": list(found.units),
        "bases": list(found.bases),
        "pages": list(found.pages),
    }


def _step_record(step: Step) -> StepRecord:
    record: StepRecord = {"name": step.name, "detail": step.detail}
    if step.fields:
        record["fields"] = dict(step.fields)
    if step.items:
        record["items"] = [
            {
                "text": item.text,
                "score": None if item.score is None else round(item.score, 3),
                "page": item.page,
                "note": item.note,
                "chosen": item.chosen,
            }
            for item in step.items
        ]
    return record


def _citation_record(citation: Citation) -> CitationRecord:
    box = citation.box
    return {
        "page": citation.page,
        "box": None if box is None else cast(BoxRecord, tuple(round(edge, 2) for edge in box)),
        "text": citation.text,
        "row_label": citation.row_label,
        "column_label": citation.column_label,
        "reader": citation.source.reader,
        "confidence": round(citation.source.confidence, 3),
    }


def _program_record(program: Program) -> ProgramRecord:
    return {
        "operation": program.operation,
        "expression": program.expression,
        "working": program.working,
        "definition": program.definition,
        "operands": [_operand_record(operand) for operand in program.operands],
    }


def _operand_record(operand: Operand) -> OperandRecord:
    return {
        "name": operand.name,
        "label": operand.label,
        "amount": amount_record(operand.amount),
        "period": None if operand.period is None else period_record(operand.period),
        "citation": _citation_record(operand.citation),
    }
