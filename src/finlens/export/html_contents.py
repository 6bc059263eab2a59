"""The list on the left of the page to click in: statements first, then what does not add up, then every other table."""

from __future__ import annotations

import html
from collections.abc import Iterable

from finlens.documents import Document
from finlens.documents.names import equation, plain_number
from finlens.export.html_tables import Findings, cell_id, in_order, title_of

_LONGEST = 90  # characters of an entry


def contents(found: Findings) -> str:
    """The entries, in groups under headings; a group without entries is left out."""
    document = found.document
    order = in_order(document)
    groups = (
        ("Statements", [_table(found, index, title_of(document, index, one)) for index, one in order if one is not None]),
        ("Does not add up", list(_failing(document))),
        ("In doubt", list(_doubted(document))),
        ("Tables", [_table(found, index, title_of(document, index, None)) for index, one in order if one is None]),
    )
    return "".join(f"<h2>{name} <small>{len(entries)}</small></h2><ul>{''.join(entries)}</ul>" for name, entries in groups if entries)


def _table(found: Findings, index: int, title: str) -> str:
    page = found.document.tables[index].page
    return _entry(f"t{index + 1}", found.mark(index), title, page)


def _failing(document: Document) -> Iterable[str]:
    for number, check in enumerate(document.checks, 1):
        if not check.holds:
            text = f"{check.total.label or check.kind}: off by {plain_number(abs(check.difference))}"
            yield _entry(f"k{number}", "bad", text, check.total.source.page, more=equation(check))


def _doubted(document: Document) -> Iterable[str]:
    for doubt in document.doubts:
        if doubt.at is not None:
            text = doubt.printed + (f": {plain_number(doubt.proposal)}?" if doubt.proposal is not None else "")
            yield _entry(cell_id(doubt.at), "doubt", text, doubt.source.page, more=doubt.why)


def _entry(target: str, mark: str, text: str, page: int, *, more: str = "") -> str:
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
    title = html.escape(more or text)
    return f'<li><a class="{mark}" href="#{target}" title="{title}">{html.escape(shown)} <small>p. {page}</small></a></li>'
