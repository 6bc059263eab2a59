"""The right side of the page to click in: each table with its equations, every cell with its place and what was read."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

from finlens.documents import Amount, At, Cell, Check, Document, Fact, Statement
from finlens.documents.names import check_in_words, doubt_in_words, name_of, pages_in_words, unit_in_words, unit_of_table
from finlens.finance.spans import span_of

_MARKS = {"foots": "ok", "does not foot": "bad", "nothing to check": "none"}


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of a document's cells beside their text; made by `findings`."""

    document: Document
    facts: dict[At, Fact]
    totals: dict[At, bool]
    """For the total of each equation: whether all of its equations hold."""
    doubts: dict[At, str]
    checks: dict[int, list[tuple[int, Check]]] = field(default_factory=dict)
    """For each table, the equations whose total, or else whose first figure, stands in it, with their numbers."""

    def mark(self, table: int) -> str:
        """The class that shows the verdict on a table: "ok", "bad" or "none"."""
        return _MARKS[self.document.verdict(table)]


def findings(document: Document) -> Findings:
    """The document's facts, equations and doubts by cell."""
    facts = {
        At(f.table, f.row, f.column): f for f in document.found_facts if f.table is not None and f.row is not None and f.column is not None
    }
    totals: dict[At, bool] = {}
    checks: dict[int, list[tuple[int, Check]]] = {}
    for number, check in enumerate(document.checks, 1):
        home = next((term.at for term in check.figures if term.at is not None), None)
        if home is not None:
            checks.setdefault(home.table, []).append((number, check))
        if check.total.at is not None:
            totals[check.total.at] = totals.get(check.total.at, True) and check.holds
    doubts = {At(index, c.row, c.column): c.doubt for index, table in enumerate(document.tables) for c in table.cells if c.doubt}
    doubts |= {doubt.at: doubt_in_words(doubt) for doubt in document.doubts if doubt.at is not None}
    return Findings(document, facts, totals, doubts, checks)


def in_order(document: Document) -> list[tuple[int, Statement | None]]:
    """Indices of all tables, those of the statements first, each with its statement."""
    owner: dict[int, Statement] = {}
    for statement in document.statements:
        for index in statement.tables:
            if 0 <= index < len(document.tables):
                owner.setdefault(index, statement)
    return [*owner.items(), *((index, None) for index in range(len(document.tables)) if index not in owner)]


def title_of(document: Document, index: int, statement: Statement | None) -> str:
    """What a table is called: the statement that it is, else its title, else its number."""
    caption = " ".join(document.tables[index].caption.split())
    if statement is None:
        return caption or f"Table {index + 1}"
    return name_of(statement, document.language)


def article(found: Findings, index: int, statement: Statement | None) -> str:
    """A table as HTML, under its title, its verdict and its unit, above its equations and notes."""
    table, number = found.document.tables[index], index + 1
    caption = " ".join(table.caption.split())
    said = [caption if statement is not None else "", unit_of_table(table), pages_in_words(table)]
    said += [f"{table.row_count} × {table.column_count}", f"found by {table.finder}"]
    verdict = found.document.verdict(index)
    badge = "" if verdict == "nothing to check" else f' <span class="badge {_MARKS[verdict]}">{verdict}</span>'
    notes = f'<p class="notes">{html.escape(table.notes)}</p>' if table.notes else ""
    return (
        f'<article id="t{number}" data-p="{table.page}"><h2><a href="#p{table.page}" data-page="{table.page}">'
        f"{html.escape(title_of(found.document, index, statement))}</a>{badge}</h2>"
        f"<p>{html.escape(' · '.join(filter(None, said)))}</p>"
        f'<div class="scroll"><table>{"".join(_rows(found, index))}</table></div>{_equations(found, index)}{notes}</article>'
    )


def _equations(found: Findings, index: int) -> str:
    """The equations of a table, those that fail open to the eye."""
    checks = sorted(found.checks.get(index, ()), key=lambda each: each[1].holds)
    if not checks:
        return ""
    failing = sum(not check.holds for _, check in checks)
    count = f"{len(checks)} equation{'s' * (len(checks) != 1)}" + (
        f", {failing} {'do' if failing != 1 else 'does'} not hold" * (failing > 0)
    )
    items = "".join(
        f'<li id="k{number}" class="{"ok" if check.holds else "bad"}" tabindex="0" data-cells="{" ".join(map(cell_id, _places(check)))}">'
        f"{html.escape(check_in_words(check))}</li>"
        for number, check in checks
    )
    return f'<details class="checks"{" open" * (failing > 0)}><summary>{count}</summary><ul>{items}</ul></details>'


def _places(check: Check) -> list[At]:
    return list(dict.fromkeys(term.at for term in check.figures if term.at is not None))


def cell_id(at: At) -> str:
    """The name of a cell in the page: of the second table's first cell "t2-0-0"."""
    return f"t{at.table + 1}-{at.row}-{at.column}"


def _rows(found: Findings, index: int) -> Iterator[str]:
    table = found.document.tables[index]
    starts = {(cell.row, cell.column): cell for cell in table.cells}
    covered = {
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    } - set(starts)
    for row in range(table.row_count):
        gap = "<th></th>" if row < table.header_rows else "<td></td>"
        cells = (
            _cell(found, index, starts[row, column]) if (row, column) in starts else gap
            for column in range(table.column_count)
            if (row, column) not in covered
        )
        yield f"<tr>{''.join(cells)}</tr>"


def _cell(found: Findings, index: int, cell: Cell) -> str:
    tag, at = "th" if cell.header else "td", At(index, cell.row, cell.column)
    numeric = cell.amount is not None and not cell.header
    total, doubt = found.totals.get(at), found.doubts.get(at, "")
    shown = (("n", numeric), ("b", cell.bold), (f"i{min(cell.indent, 4)}", cell.indent > 0), ("doubt", bool(doubt)))
    classes = [name for name, on in (*shown, ("ok", total is True), ("bad", total is False)) if on]
    attributes = [f'id="{cell_id(at)}"']
    if classes:
        attributes.append(f'class="{" ".join(classes)}"')
    attributes += [f'{name}="{count}"' for name, count in (("rowspan", cell.row_span), ("colspan", cell.column_span)) if count > 1]
    if cell.box is not None:
        attributes.append(f'data-b="{" ".join(f"{edge:.1f}" for edge in cell.box)}"')
        if cell.source.page != found.document.tables[index].page:
            attributes.append(f'data-p="{cell.source.page}"')
    if cell.amount is not None and not cell.header:
        attributes.append(f'data-v="{html.escape(_read_as(cell.amount))}"')
        attributes += [f'data-f="{html.escape(_meaning(fact))}"' for fact in filter(None, (found.facts.get(at),)) if _meaning(fact)]
    if doubt:
        attributes.append(f'data-d="{html.escape(doubt)}"')
    if cell.source.confidence < 1:
        attributes.append(f'data-c="{cell.source.confidence:.0%}"')
    return f"<{tag} {' '.join(attributes)}>{html.escape(cell.text)}</{tag}>"


def _meaning(fact: Fact) -> str:
    """The concept and the period of a figure, as far as they are known."""
    span = span_of(fact.period)
    return " · ".join(filter(None, ((fact.concept or "").replace("_", " "), span.label if span else "")))


def _read_as(amount: Amount) -> str:
    if amount.value is None:
        return "no number"
    if amount.unit == "percent":
        return f"{amount.value:,f} %"
    return " ".join(filter(None, (f"{amount.value:,f}", unit_in_words(amount.unit, amount.scale))))
