"""The primary statements of a document, its notes, and the line item of every row: `with_statements` is the one door.

The types stand in `finlens.documents.statements`, because documents carry them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from finlens.documents import Document, Fact, Note, Statement, StatementKind, StatementLine, Statements
from finlens.finance.mapping import name_rows
from finlens.finance.mapping_queries import Others
from finlens.finance.notes import notes_of
from finlens.finance.statement_finder import FoundStatement, StatementFinder, facts_by_table
from finlens.finance.surroundings import headings_before

_OTHERS = re.compile(r"noncontrolling|non-controlling|minorit", re.I)
_NEAREST_TEXTS, _CHARACTERS = 3, 300
_SAME_LINES = 0.6  # share of its lines that a second table repeats when it is the same statement for other periods


def with_statements(document: Document) -> Document:
    """The document with its statements and notes, and with a concept on every figure of a table that is known by name.

    An invoice or a bank statement has none of them, and comes back as it is.
    """
    facts = facts_by_table(document)
    if not facts or document.invoices or document.accounts:
        return document
    finder = StatementFinder(document, facts)
    found = finder.find()
    kinds = {table: one.kind for one in found for table in one.tables}
    notes = notes_of(document)
    about, topics = about_tables(document, finder), topics_of(document, notes)
    named = name_rows(document.found_facts, kinds, about, topics, others=others_in(document, facts, kinds))
    renamed = tuple(
        replace(fact, concept=named[position].concept, concept_confidence=round(named[position].confidence, 3))
        if position in named
        else fact
        for position, fact in enumerate(document.found_facts)
    )
    document = replace(document, found_facts=renamed)
    facts = facts_by_table(document)
    statements = tuple(_statement(document, one, facts) for one in found)
    return replace(document, statements=Statements(statements, notes))


def others_in(document: Document, facts: Mapping[int, Sequence[Fact]], kinds: Mapping[int, StatementKind]) -> Others:
    """Whether the income statement, and the equity of the others, speak of noncontrolling interests."""
    speaking = {
        kind
        for table, kind in kinds.items()
        if any(_OTHERS.search(fact.label) for fact in facts[table])
        or any(cell.header and _OTHERS.search(" ".join(cell.text.split())) for cell in document.tables[table].cells)
    }
    return Others("income" in speaking, bool(speaking & {"balance sheet", "equity"}))


def about_tables(document: Document, finder: StatementFinder) -> dict[int, str]:
    """What is printed over each table, a line each: the ends of the texts nearest to it, and the heading that it stands under."""
    headings = headings_before(document)
    return {
        index: "\n".join(
            " ".join(text.split())
            for text in (*(text[-_CHARACTERS:] for text in finder.over[index][:_NEAREST_TEXTS]), headings.get(table.page, ""))
        )
        for index, table in enumerate(document.tables)
    }


def topics_of(document: Document, notes: Sequence[Note]) -> dict[int, str]:
    """What each table is a part of: the title of its note, or the last heading over it."""
    topics: dict[int, str] = {}
    before = headings_before(document)
    for page in document.pages:
        headings = [(block.box.top, block.text) for block in page.blocks if block.role == "heading" and block.box is not None]
        for index, table in enumerate(document.tables):
            if table.page == page.number and table.box is not None:
                over = [text for top, text in headings if top <= table.box.top]
                topics[index] = over[-1] if over else before.get(page.number, "")
    topics.update({table: note.title for note in notes for table in note.tables})
    return topics


def _statement(document: Document, found: FoundStatement, facts: Mapping[int, Sequence[Fact]]) -> Statement:
    lines: list[StatementLine] = []
    for table in found.tables:
        lines = _joined(lines, _lines(document, table, facts[table]))
    title = found.title.text or found.kind.capitalize()
    return Statement(found.kind, title, found.tables, tuple(lines), found.confidence, found.title.form)


def _lines(document: Document, table: int, facts: Sequence[Fact]) -> list[StatementLine]:
    """Rows of a table with figures, and the sub-headings between them."""
    rows: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        rows[fact.row or 0].append(fact)
    grid = document.tables[table]
    last = max(rows)
    headings = {
        cell.row: " ".join(cell.text.split())
        for cell in reversed(grid.cells)
        if cell.row not in rows and not cell.header and cell.row < last and cell.amount is None and cell.text.strip()
    }
    lines: list[StatementLine] = []
    for row in sorted({*rows, *headings}):
        if row in rows:
            of_row = sorted(rows[row], key=lambda fact: fact.column or 0)
            surest = max(of_row, key=lambda fact: fact.concept_confidence)
            lines.append(StatementLine(of_row[0].label, of_row[0].label_path, tuple(of_row), surest.concept, surest.concept_confidence))
            continue
        path = rows[next(later for later in sorted(rows) if later > row)][0].label_path
        if headings[row] in path[:-1]:  # a head, or a word of a wrapped label, is in no path
            lines.append(StatementLine(headings[row], path[: path.index(headings[row]) + 1]))
    return lines


def _joined(lines: list[StatementLine], more: list[StatementLine]) -> list[StatementLine]:
    """Lines of two parts of a statement: one after the other, or as one where the second prints the same lines for other periods."""
    known = {line.path for line in lines}
    with_figures = [line for line in more if line.facts]
    if not with_figures or sum(line.path in known for line in with_figures) < _SAME_LINES * len(with_figures):
        return [*lines, *more]
    left = defaultdict(list)
    for line in more:
        left[line.path].append(line)
    joined = []
    for line in lines:
        other = left[line.path].pop(0) if left[line.path] else None
        joined.append(replace(line, facts=(*line.facts, *other.facts)) if other else line)
    return [*joined, *(line for of_path in left.values() for line in of_path)]
