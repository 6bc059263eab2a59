"""A document as one page to click in: pictures of its pages on the left, its tables on the right, no outside resource.

A figure under the pointer lights up on both sides, with the equations that it is part of.

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

from finlens.documents import Box, Document, Page
from finlens.export.html_contents import contents
from finlens.export.html_tables import article, findings, in_order
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
    found = findings(document)
    articles = "\n".join(article(found, index, statement) for index, statement in in_order(document))
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
<nav id="contents" aria-label="Contents">{contents(found)}</nav>
<section id="pages" tabindex="0" aria-label="Pages">
{figures}
</section>
<section id="tables" tabindex="0" aria-label="Tables">
{articles or "<p>No tables were found.</p>"}
</section>
</main>
<footer><div id="place">Point at a figure to see where it was read; click to keep it.</div>
<div id="keys"><kbd>←↑↓→</kbd> cell <kbd>n</kbd> <kbd>p</kbd> table <kbd>f</kbd> next that fails <kbd>/</kbd> find</div></footer>
<div id="tip" hidden></div>
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
    verdicts = [document.verdict(index) for index in range(len(document.tables))]
    said = [pages, f"{len(document.tables)} table{'s' * (len(document.tables) != 1)}"]
    said += [f"{verdicts.count('foots')} foot", f"{verdicts.count('does not foot')} do not"] if document.checks else []
    return " · ".join(said)


def _page(pictures: PagePictures, page: Page, document: Document) -> str:
    picture, _ = pictures.draw(page.number, dpi=DPI)
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=_QUALITY, method=2)
    data = base64.b64encode(stream.getvalue()).decode()
    return (
        f'<figure class="page" id="p{page.number}">'
        f'<img alt="Page {page.number}" decoding="sync" width="{picture.width}" height="{picture.height}"'
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


@cache
def _resource(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
