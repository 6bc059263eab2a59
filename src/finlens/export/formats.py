"""The formats of ``finlens extract`` by name; each turns a document into bytes."""

from __future__ import annotations

from typing import Literal, get_args

from finlens.documents import Document

Format = Literal["json", "md", "csv", "facts", "parquet", "xlsx", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
BINARY: frozenset[Format] = frozenset({"xlsx", "parquet"})
"""Formats that a terminal cannot show."""


def render(document: Document, form: Format, *, password: str | None = None, pretty: bool = False) -> bytes:
    """The document as the bytes of a file.

    Args:
        document: What was read.
        form: One of `FORMATS`.
        password: Opens an encrypted PDF again, for the page pictures of ``html``.
        pretty: Indent ``json``.

    Raises:
        ExtraMissing: the format needs a package that is not installed.
    """
    match form:
        case "json":
            return (document.to_json(indent=2 if pretty else None) + "\n").encode()
        case "md":
            return document.to_markdown().encode()
        case "csv":
            from finlens.export.csv import document_to_csv

            return document_to_csv(document)
        case "facts":
            from finlens.export.facts import facts_to_csv

            return facts_to_csv(document)
        case "parquet":
            from finlens.export.facts import facts_to_parquet

            return facts_to_parquet(document)
        case "xlsx":
            from finlens.export.xlsx import document_to_xlsx

            return document_to_xlsx(document)
        case "html":
            from finlens.export.html import document_to_html

            return document_to_html(document, password=password)
