"""What `finlens extract` says about a file: for people a few lines and a table, for programs a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finlens.cli.errors import Trouble
from finlens.cli.invoice_view import InvoiceSummary, invoice_record, show_invoice, summarise_invoice
from finlens.cli.output import clean, stdout
from finlens.cli.statements_view import StatementSummary, show_statements, statement_record, summarise_statements

if TYPE_CHECKING:
    from finlens.documents import Box, Document

FORMAT = "finlens.extract"
VERSION = 1
_LANGUAGES = {"en": "English", "fr": "French"}


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One line of the list of tables."""

    page: int
    title: str
    rows: int
    columns: int
    finder: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class FileSummary:
    """One file as it was read; ``error`` where it could not be."""

    path: str
    sha256: str = ""
    pages: int = 0
    page_count: int = 0
    words: int = 0
    ocr_pages: tuple[int, ...] = ()
    empty_pages: tuple[int, ...] = ()
    facts: int = 0
    language: str = ""
    tables: tuple[FoundTable, ...] = ()
    invoice: InvoiceSummary | None = None
    statements: tuple[StatementSummary, ...] | None = None
    """None where they were not asked for."""
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    written: tuple[str, ...] = ()
    error: Trouble | None = None


def summarise(document: Document, path: str, *, seconds: float, written: tuple[str, ...] = (), statements: bool = False) -> FileSummary:
    """The document in figures; with its ``statements``, line by line, where they are asked for."""
    warnings = [*document.warnings, *(f"page {page.number}: {warning}" for page in document.pages for warning in page.warnings)]
    return FileSummary(
        path=path,
        sha256=document.sha256,
        pages=len(document.pages),
        page_count=document.page_count or len(document.pages),
        words=sum(len(page.words) for page in document.pages),
        ocr_pages=tuple(page.number for page in document.pages if page.text_from in ("ocr", "mixed")),
        empty_pages=tuple(page.number for page in document.pages if page.text_from == "nothing"),
        facts=len(document.found_facts),
        language=document.language,
        tables=tuple(
            FoundTable(t.page, " ".join(t.caption.split()), t.row_count, t.column_count, t.finder, t.box) for t in document.tables
        ),
        invoice=summarise_invoice(document),
        statements=summarise_statements(document) if statements else None,
        warnings=tuple(warnings),
        seconds=round(seconds, 3),
        written=written,
    )


def record(files: list[FileSummary]) -> dict[str, Any]:
    """The machine-readable summary of a run."""
    return {"format": FORMAT, "version": VERSION, "files": [_file_record(summary) for summary in files]}


def _file_record(summary: FileSummary) -> dict[str, Any]:
    if summary.error is not None:
        what, why, hint, code = summary.error
        return {"path": summary.path, "ok": False, "error": {"code": code, "what": what, "why": why, "hint": hint}}
    return {
        "path": summary.path,
        "ok": True,
        "sha256": summary.sha256,
        "pages": summary.pages,
        "page_count": summary.page_count,
        "words": summary.words,
        "ocr_pages": list(summary.ocr_pages),
        "empty_pages": list(summary.empty_pages),
        "facts": summary.facts,
        "language": summary.language,
        "tables": [
            {
                "page": t.page,
                "title": t.title,
                "rows": t.rows,
                "columns": t.columns,
                "finder": t.finder,
                "box": t.box and [round(v, 2) for v in t.box],
            }
            for t in summary.tables
        ],
        **({"invoice": invoice_record(summary.invoice)} if summary.invoice else {}),
        **({} if summary.statements is None else {"statements": [statement_record(one) for one in summary.statements]}),
        "warnings": list(summary.warnings),
        "seconds": summary.seconds,
        "written": list(summary.written),
    }


def show(summary: FileSummary) -> None:
    """A headline, the list of tables, and what a reader should know."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from finlens.extract.structured.agreement import FRAUD

    console = stdout()
    console.print(Text.assemble((clean(summary.path), "bold"), ("  " + headline(summary), "")), soft_wrap=True)
    if summary.statements is not None:
        show_statements(summary.statements, console)
    elif summary.tables:
        grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
        grid.add_column("Page", justify="right", style="cyan", no_wrap=True)
        grid.add_column("Table", no_wrap=True)
        grid.add_column("Size", justify="right", no_wrap=True)
        grid.add_column("Found by", style="dim", no_wrap=True)
        room = max(20, console.width - 32)
        for table in summary.tables:
            title = Text(_cut(clean(table.title), room)) if table.title else Text("untitled", style="dim")
            grid.add_row(str(table.page), title, f"{table.rows} × {table.columns}", table.finder)
        console.print()
        console.print(grid)
    if summary.invoice:
        show_invoice(summary.invoice, console)
    for warning in summary.warnings[:10]:
        loud = warning.endswith(FRAUD)
        label, style = ("WARNING", "bold red") if loud else ("note", "yellow")
        console.print(Text(f"{label}: {clean(warning)}", style=style), soft_wrap=True)
    if len(summary.warnings) > 10:
        console.print(Text(f"note: … and {len(summary.warnings) - 10} more", style="yellow"))


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def headline(summary: FileSummary) -> str:
    """The figures of a file on one line."""
    of = f" of {summary.page_count}" if summary.page_count > summary.pages else ""
    parts = [f"{summary.pages}{of} {'page' if summary.pages == 1 and not of else 'pages'}", f"{summary.words:,} words"]
    if summary.ocr_pages:
        parts.append(f"OCR on {_pages(summary.ocr_pages)}")
    if summary.empty_pages:
        parts.append(f"no text on {_pages(summary.empty_pages)}")
    parts.append(f"{len(summary.tables)} {'table' if len(summary.tables) == 1 else 'tables'}")
    if summary.language:
        parts.append(_LANGUAGES.get(summary.language, summary.language))
    parts.append(f"{summary.seconds:.1f} s")
    return " · ".join(parts)


def _pages(numbers: tuple[int, ...]) -> str:
    shown = ", ".join(str(number) for number in numbers[:5])
    if len(numbers) > 5:
        return f"{len(numbers)} pages ({shown} …)"
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"
