"""Documents and tables as Markdown, HTML for notebooks, and pandas frames. Text of a document is always escaped."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING

from finlens.documents.model import Block, Cell, Document, Page, Table
from finlens.documents.names import name_of, pages_in_words, unit_in_words, unit_of_table
from finlens.documents.statements import Statement
from finlens.documents.values import Fact
from finlens.extras import require

if TYPE_CHECKING:
    import pandas

PREVIEW_TABLES = 20
"""A notebook shows so many tables of a document; the rest is counted."""


def spread(table: Table) -> list[list[Cell | None]]:
    """The grid with every spanning cell standing in each place that it covers."""
    grid: list[list[Cell | None]] = [[None] * table.column_count for _ in range(table.row_count)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                grid[row][column] = cell
    return grid


def table_to_pandas(table: Table) -> pandas.DataFrame:
    """See `Table.to_pandas`."""
    pd = require("pandas", extra="pandas")
    texts = [[cell.text if cell else "" for cell in row] for row in spread(table)]
    heads, body = texts[: table.header_rows], texts[table.header_rows :]
    if not heads:
        return pd.DataFrame(body)
    columns = [" › ".join(dict.fromkeys(row[i] for row in heads if row[i])) for i in range(table.column_count)]
    return pd.DataFrame(body, columns=columns)


def table_to_markdown(table: Table) -> str:
    """See `Table.to_markdown`."""
    grid = spread(table)
    if not grid:
        return ""
    heads = max(1, table.header_rows)
    # Markdown has one head row: further ones are joined into it, column by column.
    columns = range(table.column_count)
    head = [" ".join(dict.fromkeys(cell.text for row in grid[:heads] if (cell := row[i]))) for i in columns]
    lines = [_markdown_row(head), "|" + "|".join(" --- " if i == 0 else " ---: " for i in columns) + "|"]
    for number, row in enumerate(grid[heads:], heads):
        starts = [cell if cell and (cell.row, cell.column) == (number, i) else None for i, cell in enumerate(row)]
        lines.append(_markdown_row(["&emsp;" * cell.indent * (cell.column == 0) + cell.text if cell else "" for cell in starts]))
    return "\n".join(lines)


def _markdown_row(texts: list[str]) -> str:
    return "|" + "|".join(f" {_markdown_text(text)} " for text in texts) + "|"


def _markdown_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def table_to_html(table: Table) -> str:
    """An HTML table with spans, heads, and the page and box of each cell as its title."""
    rows: list[str] = []
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row in range(table.row_count):
        here, cells, column = sorted(by_row.get(row, ()), key=lambda c: c.column), [], 0
        covered = {
            column
            for cell in table.cells
            if cell.row < row < cell.row + cell.row_span
            for column in range(cell.column, cell.column + cell.column_span)
        }
        for cell in here:
            cells += ["<td></td>" for gap in range(column, cell.column) if gap not in covered]
            cells.append(_html_cell(cell))
            column = cell.column + cell.column_span
        cells += ["<td></td>" for gap in range(column, table.column_count) if gap not in covered]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    caption = f"<caption>{html.escape(table.caption)} <small>(page {table.page})</small></caption>"
    return f"<table>{caption}{''.join(rows)}</table>"


def _html_cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    style = f"text-align:{'left' if cell.column == 0 else 'right'};padding-left:{0.5 + cell.indent}em"
    place = f"page {cell.source.page}" + (f", box {', '.join(f'{v:.0f}' for v in cell.box)}" if cell.box else "")
    spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.row_span), ("colspan", cell.column_span)) if n > 1)
    return f'<{tag}{spans} style="{style}" title="{place}">{html.escape(cell.text)}</{tag}>'


def document_to_markdown(document: Document) -> str:
    """See `Document.to_markdown`."""
    return "\n\n".join(part for page in document.pages for part in page_parts(document, page)) + "\n"


def page_parts(document: Document, page: Page) -> Iterator[str]:
    """Markdown of a page's blocks and tables, in reading order."""
    waiting = [table for table in document.tables_on(page.number) if table.page == page.number]
    for block in page.blocks:
        if block.role in ("header", "footer"):
            continue
        if block.role == "table":
            # The words under a table are told by its grid, printed where the first of them stands.
            here = [t for t in waiting if t.box is None or block.box is None or t.box.intersection(block.box)]
            for table in here:
                waiting.remove(table)
                yield _captioned(document, table)
            continue
        yield _markdown_block(block)
    for table in waiting:
        yield _captioned(document, table)


def _captioned(document: Document, table: Table) -> str:
    """The table under its title, and a line that says which statement it is, its unit, its pages and whether it foots."""
    index = next(number for number, each in enumerate(document.tables) if each is table)
    named = [name_of(statement, document.language) for statement in document.statements if index in statement.tables]
    verdict = document.verdict(index)
    said = [*named, unit_of_table(table), pages_in_words(table), "" if verdict == "nothing to check" else verdict]
    title = f"**{_markdown_text(table.caption)}**\n\n" if table.caption else ""
    return f"{title}*{' · '.join(filter(None, said))}*\n\n{table_to_markdown(table)}"


def _markdown_block(block: Block) -> str:
    text = block.text.replace("<", "&lt;")
    if block.role == "heading":
        return f"{'#' * min(6, block.level + 1)} {text}"
    if block.role == "list":
        return text if text[:2] in ("- ", "* ") else f"- {text.lstrip('•·–-▪◦* ')}"
    if block.role == "caption":
        return f"*{text}*"
    return text


def statement_to_html(statement: Statement) -> str:
    """What a notebook shows of a statement: its lines down, its periods across, the page of each line, the place of each figure."""
    columns = list(dict.fromkeys(_column(fact) for line in statement.lines for fact in line.facts))
    heads = "".join(f"<th>{html.escape(column)}</th>" for column in columns)
    rows = []
    for line in statement.lines:
        figures: dict[str, list[Fact]] = {}
        for fact in line.facts:
            figures.setdefault(_column(fact), []).append(fact)
        cells = "".join(f"<td{_ALIGNED}>{'<br>'.join(map(_figure, figures.get(column, ())))}</td>" for column in columns)
        pages = ", ".join(dict.fromkeys(str(fact.source.page) for fact in line.facts))
        concept = f' title="{html.escape(line.concept)}, sure to {line.confidence:.0%}"' if line.concept else ""
        style = f"text-align:left;padding-left:{0.5 + max(0, len(line.path) - 1)}em;font-weight:{'normal' if line.facts else 'bold'}"
        rows.append(f'<tr><th style="{style}"{concept}>{html.escape(line.label)}</th>{cells}<td{_ALIGNED}>{pages}</td></tr>')
    title = html.escape(" ".join(statement.title.split()))
    caption = f"<caption><b>{html.escape(name_of(statement))}</b> <small>{title}</small></caption>"
    return f"<table>{caption}<tr><th></th>{heads}<th>Page</th></tr>{''.join(rows)}</table>"


_ALIGNED = ' style="text-align:right"'


def _column(fact: Fact) -> str:
    """What a figure's column is called: its heads as printed, else its period."""
    return " › ".join(fact.column_path) or (fact.period.raw if fact.period else "")


def _figure(fact: Fact) -> str:
    box = f", box {', '.join(f'{edge:.0f}' for edge in fact.source.box)}" if fact.source.box else ""
    unit = unit_in_words(fact.amount.unit, fact.amount.scale)
    place = html.escape(f"page {fact.source.page}{box}{'; ' + unit if unit else ''}")
    return f'<span title="{place}">{html.escape(fact.amount.raw)}</span>'


def document_to_html(document: Document) -> str:
    """What a notebook shows: a line about the document, then its first tables."""
    of = f" of {document.page_count}" if document.page_count > len(document.pages) else ""
    counts = f"{len(document.pages)}{of} pages, {len(document.tables)} tables, {len(document.found_facts)} figures"
    head = f"<p><b>{html.escape(document.name)}</b>: {counts}</p>"
    more = len(document.tables) - PREVIEW_TABLES
    tail = f"<p>… and {more} more tables</p>" if more > 0 else ""
    warnings = "".join(f"<p>⚠ {html.escape(warning)}</p>" for warning in document.warnings)
    return head + warnings + "".join(table_to_html(table) for table in document.tables[:PREVIEW_TABLES]) + tail
