"""A document as one page to click in: pictures of its pages on the left, its tables on the right, no outside resource.

Everything that comes from the document is escaped, and a content security policy allows the page's own script and
style only (by hash), so that not even a mistake in the escaping would run what a document says.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from finlens.documents import Amount, Box, Cell, Document, Page, Table
from finlens.documents.names import unit_in_words
from finlens.export.pictures import PagePictures, open_pictures

DPI = 110
_QUALITY = 62
_PAGES_WITHOUT_TABLES = 20
"""So many pages are shown of a document in which no table was found."""


def document_to_html(document: Document, *, password: str | None = None, all_pages: bool = False) -> bytes:
    """A self-contained page: click a figure and its box lights up on the page's picture, and the other way round.

    Args:
        document: Read from a file that is still there.
        password: Opens the file again, where it is encrypted.
        all_pages: Show every page; otherwise those with tables.

    Raises:
        FileMissing: the document's file is gone, or it never had one.
    """
    shown = _pages(document, all_pages=all_pages)
    with open_pictures(document, password=password) as pictures:
        figures = "\n".join(_page(pictures, page, document) for page in shown)
    articles = "\n".join(_article(number, table) for number, table in enumerate(document.tables, 1))
    style, script = _resource("html.css"), _resource("html.js")
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    )
    name = html.escape(document.name)
    text = f"""<!DOCTYPE html>
<html lang="{html.escape(document.language or "en")}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="finlens">
<title>{name}</title>
<style>{style}</style>
</head>
<body>
<header><h1>{name}</h1><p>{_counts(document, len(shown))}</p>
<input id="search" type="search" placeholder="Find a table or a figure" aria-label="Find"></header>
<main>
<section id="pages">
{figures}
</section>
<section id="tables">
{articles or "<p>No tables were found.</p>"}
</section>
</main>
<footer id="place">Click a figure to see where it was read.</footer>
<script>{script}</script>
</body>
</html>
"""
    return text.encode()


def _pages(document: Document, *, all_pages: bool) -> list[Page]:
    if all_pages:
        return list(document.pages)
    with_tables = {page for table in document.tables for page, _ in table.places}
    return [page for page in document.pages if page.number in with_tables] or list(document.pages[:_PAGES_WITHOUT_TABLES])


def _counts(document: Document, shown: int) -> str:
    pages = f"{shown} of {len(document.pages)} pages shown" if shown < len(document.pages) else f"{shown} page{'s' * (shown != 1)}"
    return f"{pages} · {len(document.tables)} table{'s' * (len(document.tables) != 1)}"


def _page(pictures: PagePictures, page: Page, document: Document) -> str:
    picture, _ = pictures.draw(page.number, dpi=DPI)
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=_QUALITY, method=2)
    data = base64.b64encode(stream.getvalue()).decode()
    return (
        f'<figure class="page" id="p{page.number}">'
        f'<img alt="Page {page.number}" decoding="async" width="{picture.width}" height="{picture.height}"'
        f' src="data:image/webp;base64,{data}">'
        f'<svg viewBox="0 0 {page.width:.2f} {page.height:.2f}" preserveAspectRatio="none">{"".join(_drawn(document, page.number))}</svg>'
        f"<figcaption>{page.number}</figcaption></figure>"
    )


def _drawn(document: Document, page: int) -> Iterator[str]:
    """Outlines of the page's tables, and of their cells, as one path each."""
    for table in document.tables_on(page):
        boxes = [cell.box for cell in table.cells if cell.source.page == page and cell.box is not None]
        yield f'<path class="grid" d="{"".join(map(_outline, boxes))}"/>'
        yield "".join(
            f'<path class="outline" d="{_outline(box.padded(3))}"/>' for at, box in table.places if at == page and box is not None
        )


def _outline(box: Box) -> str:
    return f"M{box.x0:.1f} {box.top:.1f}H{box.x1:.1f}V{box.bottom:.1f}H{box.x0:.1f}Z"


def _article(number: int, table: Table) -> str:
    title = html.escape(" ".join(table.caption.split())) or f"Table {number}"
    pages = [page for page, _ in table.places]
    where = f"Page {pages[0]}" if len(pages) == 1 else f"Pages {pages[0]}–{pages[-1]}"
    notes = f'<p class="notes">{html.escape(table.notes)}</p>' if table.notes else ""
    return (
        f'<article id="t{number}" data-p="{table.page}"><h2><a href="#p{table.page}" data-page="{table.page}">{title}</a></h2>'
        f"<p>{where} · {table.row_count} × {table.column_count} · found by {html.escape(table.finder)}</p>"
        f'<div class="scroll"><table>{"".join(_rows(number, table))}</table></div>{notes}</article>'
    )


def _rows(number: int, table: Table) -> Iterator[str]:
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
            _cell(number, table, starts[row, column]) if (row, column) in starts else gap
            for column in range(table.column_count)
            if (row, column) not in covered
        )
        yield f"<tr>{''.join(cells)}</tr>"


def _cell(number: int, table: Table, cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    numeric = cell.amount is not None and not cell.header
    classes = [name for name, on in (("n", numeric), ("b", cell.bold), (f"i{min(cell.indent, 4)}", cell.indent > 0)) if on]
    attributes = [f'id="t{number}-{cell.row}-{cell.column}"']
    if classes:
        attributes.append(f'class="{" ".join(classes)}"')
    attributes += [f'{name}="{count}"' for name, count in (("rowspan", cell.row_span), ("colspan", cell.column_span)) if count > 1]
    if cell.box is not None:
        attributes.append(f'data-b="{" ".join(f"{edge:.1f}" for edge in cell.box)}"')
        if cell.source.page != table.page:
            attributes.append(f'data-p="{cell.source.page}"')
    if cell.amount is not None and not cell.header:
        attributes.append(f'data-v="{html.escape(_read_as(cell.amount))}"')
    if cell.source.confidence < 1:
        attributes.append(f'data-c="{cell.source.confidence:.0%}"')
    return f"<{tag} {' '.join(attributes)}>{html.escape(cell.text)}</{tag}>"


def _read_as(amount: Amount) -> str:
    if amount.value is None:
        return "no number"
    if amount.unit == "percent":
        return f"{amount.value:,f} %"
    return " ".join(filter(None, (f"{amount.value:,f}", unit_in_words(amount.unit, amount.scale))))


@cache
def _resource(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
