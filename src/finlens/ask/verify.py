"""An answer looked at by someone who did not make it: each figure found again in the document, the program worked out again.

What is checked, in the order in which a careful reader would:

    places     each operand stands where its citation says, in that row and column
    figures    its printed text, read again, gives its value and sign; scale, unit and period are those of the cell
    program    worked out again from the operands, it gives the value, in the unit and scale that the answer says
    question   the periods, the unit and the scale that were asked for are those of the figures
    text       every number in the sentence is the value, a cited figure, a period, a page, or part of a line's name

`finlens.ask` gives no answer that fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finlens.ask.model import Answer, Citation, Operand
from finlens.ask.numbers_in_text import flat
from finlens.ask.question import Question
from finlens.ask.reckon import Unreadable, reckon
from finlens.ask.verify_text import text_slips
from finlens.ask.when import When, all_mentions, fit
from finlens.documents import Amount, Document, Fact, Period
from finlens.finance.amounts import parse_amount
from finlens.finance.words import plain

Part = Literal["place", "figure", "scale", "unit", "sign", "period", "program", "question", "text"]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SIX_DECIMALS = Decimal("0.0000005")
_PRICE = 100
_KEPT_UNIT = frozenset({"lookup", "sum", "difference"})


@dataclass(frozen=True, slots=True)
class Slip:
    """Something in an answer that the document, or the arithmetic, does not bear out."""

    part: Part
    why: str


def verify(answer: Answer, document: Document, question: Question | None = None) -> list[Slip]:
    """What is wrong with an answer; empty where all of it is borne out.

    Args:
        answer: With its program and citations, in finlens' own words.
        document: The interpreted document that it is about.
        question: As understood, to check what was asked for; None leaves that out.
    """
    if answer.refused:
        return []
    slips: list[Slip] = []
    operands = answer.program.operands if answer.program else ()
    facts: list[Fact] = []
    for operand in operands:
        slips += _operand_slips(operand, facts_at(operand.citation, document), document)
    slips += _column_slips(operands, document)
    for citation in answer.citations:
        found = facts_at(citation, document)
        facts += found[:1]
        if not found and citation is answer.citations[0] and not operands and not _is_said(citation, document):
            slips.append(Slip("place", f"“{citation.text[:60]}” does not stand on page {citation.page}"))
    slips += _program_slips(answer, question)
    if question is not None and operands:
        slips += _question_slips(answer, operands, question)
    slips += [Slip("text", why) for why in text_slips(answer, facts, question)]
    return slips


def facts_at(citation: Citation, document: Document) -> list[Fact]:
    """The document's figures at that place, of that row and column, printed so."""
    source, text, label = citation.source, citation.text, citation.row_label
    column = citation.column_label
    return [
        fact
        for fact in document.found_facts
        if fact.amount.raw == text
        and fact.source == source
        and fact.label == label
        and " › ".join(part for part in fact.column_path if part) == column
    ]


def _is_said(citation: Citation, document: Document) -> bool:
    """Whether the page says what is cited as its words."""
    page = next((page for page in document.pages if page.number == citation.page), None)
    if page is None:
        return False
    wanted = "".join(citation.text.split())
    if wanted in "".join(page.text.split()):
        return True
    cells = [cell.text for table in document.tables_on(citation.page) for cell in table.cells]
    return all(any(part.strip() in cell for cell in cells) for part in re.split(r"[|:]", citation.text) if part.strip())


def _operand_slips(operand: Operand, found: Sequence[Fact], document: Document) -> Iterable[Slip]:
    amount, name = operand.amount, f"{operand.name} (“{operand.label}”)"
    if amount.raw != operand.citation.text or not found:
        yield Slip("place", f"{name}: “{operand.citation.text}” does not stand in that row and column")
        return
    fact = found[0]
    if operand.label != fact.label:
        yield Slip("place", f"{name} stands in the row “{fact.label}”")
    yield from (Slip(part, f"{name}: {why}") for part, why in _figure_slips(amount, fact, document))
    if not any(_same_period(operand.period, one.period) for one in found) and not _period_is_told(operand.period, fact, document):
        yield Slip("period", f"{name} is not of {operand.period.raw if operand.period else 'no period'}")


def _figure_slips(amount: Amount, fact: Fact, document: Document) -> Iterable[tuple[Part, str]]:
    if amount.value != fact.amount.value or not _is_printed(amount):
        known = amount.value is not None and fact.amount.value is not None and abs(amount.value) == abs(fact.amount.value)
        yield ("sign" if known else "figure"), f"“{fact.amount.raw}” is not {amount.value}"
    if amount.scale != fact.amount.scale and not _takes_scale(fact, amount.scale, document):
        yield "scale", f"its scale is {fact.amount.scale:f}, not {amount.scale:f}"
    if amount.unit != fact.amount.unit:
        yield "unit", f"its unit is {fact.amount.unit}, not {amount.unit}"


def _is_printed(amount: Amount) -> bool:
    """Whether the value is what the printed digits say, in either language's way to write them."""
    if amount.value is None or amount.nil:
        return True
    readings = [
        read for read in (parse_amount(amount.raw, locale="en"), parse_amount(amount.raw, locale="fr")) if read and read.value is not None
    ]
    if not readings:
        return (
            "".join(re.findall(r"\d", amount.raw)).lstrip("0").startswith("".join(re.findall(r"\d", f"{abs(amount.value):f}")).lstrip("0"))
        )
    return any(abs(read.value) == abs(amount.value) for read in readings if read.value is not None)


def _takes_scale(fact: Fact, scale: Decimal, document: Document) -> bool:
    """Whether a table that does not say its scale may be in that of the others: amounts of money, but no prices."""
    amount = fact.amount
    if amount.scale != 1 or fact.table is None or amount.unit not in (None, amount.currency):
        return False
    if amount.decimals == 2 and amount.value is not None and abs(amount.value) < _PRICE:
        return False
    return any(other.amount.scale == scale for other in document.found_facts if other.table is not None)


def _same_period(one: Period | None, other: Period | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.year, one.quarter, one.months, one.end, one.instant) == (other.year, other.quarter, other.months, other.end, other.instant)


def _period_is_told(period: Period | None, fact: Fact, document: Document) -> bool:
    """Whether a figure whose cell names no period may be of this one: its table, or the text beside it, says that year."""
    if period is None:
        return True
    if fact.period is not None or period.year is None:
        return False
    if fact.table is None:
        return str(period.year) in fact.context
    named = {when.year for when in all_mentions(plain(" ".join((*fact.column_path, fact.label)))) if when.year}
    if named:
        return period.year in named
    tables = document.tables[max(0, fact.table - 1) : fact.table + 1]
    texts = [table.caption for table in tables] + [cell.text for table in tables for cell in table.cells] + [fact.label, *fact.column_path]
    return any(str(period.year) in text or f"{period.year % 100:02d}" in text for text in texts)


def _column_slips(operands: Sequence[Operand], document: Document) -> Iterable[Slip]:
    """Two columns of one line that say no period of their own cannot both be of the same one."""
    seen: dict[tuple[str, int | None, int | None], Citation] = {}
    for operand in operands:
        if operand.period is None or any(fact.period for fact in facts_at(operand.citation, document)):
            continue
        key = (operand.label, operand.period.year, operand.period.quarter)
        if key in seen and seen[key] != operand.citation:
            yield Slip("period", f"two columns of “{operand.label}” are both taken for {operand.period.raw}")
        seen[key] = operand.citation


def _program_slips(answer: Answer, question: Question | None) -> Iterable[Slip]:
    program = answer.program
    if program is None or not isinstance(answer.value, Decimal):
        return
    worth = {operand.name: operand.amount.value * operand.amount.scale for operand in program.operands if operand.amount.value is not None}
    try:
        whole = reckon(program.expression, worth)
    except Unreadable as exc:
        yield Slip("program", str(exc))
        return
    decimals = question.decimals if question is not None else None
    near = _SIX_DECIMALS if decimals is None else Decimal(5).scaleb(-decimals - 1)
    factors = [Decimal(1)]
    if answer.unit == "percent" and not any(operand.amount.unit == "percent" for operand in program.operands):
        factors.append(Decimal(100))  # a ratio told in percent
    if question is not None and question.scale and answer.warnings:
        factors.append(question.scale)  # no figure says its scale, and a warning says that
    if not any(abs(answer.value - whole * factor / answer.scale) <= near for factor in factors):
        yield Slip("program", f"{program.expression} is {whole.normalize():f}, not {answer.value} × {answer.scale:f}")
    units = {operand.amount.unit for operand in program.operands}
    if program.operation in _KEPT_UNIT and not program.definition and len(units) == 1 and answer.unit is not None:
        (unit,) = units
        if unit is not None and answer.unit not in (unit, "percent" if unit == "ratio" else unit):
            yield Slip("unit", f"its figures are in {unit}, not in {answer.unit}")


def _question_slips(answer: Answer, operands: Sequence[Operand], question: Question) -> Iterable[Slip]:
    periods = [operand.period for operand in operands if operand.period]
    if periods and len(periods) == len(operands):
        for when in question.whens:
            if when.year and not question.ranged and not any(_fits(when, period) for period in periods):
                yield Slip("question", f"no figure is of {when.raw}")
    is_money = any(operand.amount.currency == answer.unit for operand in operands) if answer.unit else False
    if is_money and question.scale and answer.scale != question.scale:
        yield Slip("question", f"it was asked for in units of {question.scale:f}")


def _fits(when: When, period: Period) -> bool:
    """Whether a period may be called so; a figure that bears a date may be called by the year of it."""
    dates = {date.year for date in (period.start, period.end) if date}
    return (
        fit(when, period) > 0
        or (when.quarter is None and when.year in {period.year, *dates})
        or str(when.year) in _YEAR.findall(flat(period.raw))
    )
