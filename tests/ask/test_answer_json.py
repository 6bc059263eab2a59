"""Answers as JSON: what the schema says, with no number rounded."""

import json
from dataclasses import replace
from decimal import Decimal

from pydantic import TypeAdapter

from finlens.ask.model import Answer, Citation, Operand, Program, Step
from finlens.ask.record import AnswerRecord, answer_record, schema
from finlens.documents import Amount, Box, Period, Source

SOURCE = Source("ab" * 32, 45, Box(300.123, 220, 400, 240), "pymupdf")
CITATION = Citation(SOURCE, "1,496.5", "Revenue", "2024")
OPERAND = Operand("a", Amount("1,496.5", Decimal("1496.5"), Decimal(10**6), "USD", 1), "Revenue", Period("2024", year=2024), CITATION)
ANSWER = Answer(
    "What was revenue?",
    "Revenue was $1,496.5 million.",
    value=Decimal("1496.50000000000000000001"),
    unit="USD",
    scale=Decimal("1E+6"),
    citations=(CITATION,),
    program=Program("lookup", "a", (OPERAND,), "1,496.5"),
    confidence=0.9,
    steps=(Step("plan", "lookup of Revenue"),),
)


def test_no_digit_is_lost():
    record = json.loads(json.dumps(answer_record(ANSWER, name="report.pdf", sha256="ab" * 32)))
    assert record["value"] == "1496.50000000000000000001"
    assert record["scale"] == "1000000"
    assert record["program"]["operands"][0]["citation"]["box"] == [300.12, 220, 400, 240]
    assert (record["format"], record["version"]) == ("finlens.answer", 1)


def test_every_kind_of_answer_fits_the_schema():
    adapter = TypeAdapter(AnswerRecord)
    refusal = replace(ANSWER, refused=True, value=None, unit=None, program=None, citations=(), closest=CITATION)
    for answer in (ANSWER, refusal, replace(ANSWER, value=True), replace(ANSWER, value=None, spans=("a", "b"))):
        for steps in (False, True):
            adapter.validate_json(json.dumps(answer_record(answer, name="report.pdf", sha256="ab" * 32, steps=steps)), strict=False)


def test_the_schema_names_every_field_that_is_written():
    written = answer_record(ANSWER, name="report.pdf", sha256="ab" * 32, steps=True)
    assert set(written) == set(schema()["properties"])


def test_steps_are_told_only_when_asked_for():
    assert "steps" not in answer_record(ANSWER, name="report.pdf", sha256="ab" * 32)
    told = answer_record(ANSWER, name="report.pdf", sha256="ab" * 32, steps=True)
    assert told["steps"] == [{"name": "plan", "detail": "lookup of Revenue"}]
