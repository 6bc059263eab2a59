"""What `finlens extract` finds in a file, in figures, and the record of it for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finlens.cli.account_view import AccountSummary, account_record, summarise_accounts
from finlens.cli.errors import Trouble
from finlens.cli.invoice_view import InvoiceSummary, invoice_record, summarise_invoice
from finlens.cli.statements_view import StatementSummary, statement_record, summarise_statements
from finlens.documents.names import equation, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from finlens.documents import Box, CheckKind, Document, Doubt, Verdict

FORMAT = "finlens.extract"
VERSION = 1


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One line of the list of tables."""

    page: int
    title: str
    rows: int
    columns: int
    finder: str
    box: Box | None
    verdict: Verdict = "nothing to check"
    statement: str = ""
    """Name of the primary statement that it prints; "" for other tables."""


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """An equation that does not hold, and the figures that are in doubt because of it."""

    kind: CheckKind
    page: int
    equation: str
    printed: Decimal
    computed: Decimal
    doubts: tuple[Doubt, ...] = ()

    @property
    def difference(self) -> Decimal:
        return self.printed - self.computed


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
    accounts: tuple[AccountSummary, ...] = ()
    statements: tuple[StatementSummary, ...] | None = None
    """None where they were not asked for."""
    equations: int = 0
    """So many were checked."""
    failing: tuple[FailedCheck, ...] = ()
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
        tables=tuple(_tables(document)),
        equations=len(document.checks),
        failing=tuple(_failing(document)),
        invoice=summarise_invoice(document),
        accounts=summarise_accounts(document),
        statements=summarise_statements(document) if statements else None,
        warnings=tuple(warnings),
        seconds=round(seconds, 3),
        written=written,
    )


def _tables(document: Document) -> Iterator[FoundTable]:
    owner = {
        index: name_of(statement, document.language) for statement in reversed(document.statements.found) for index in statement.tables
    }
    for index, table in enumerate(document.tables):
        title, verdict = " ".join(table.caption.split()), document.verdict(index)
        size = (table.row_count, table.column_count)
        yield FoundTable(table.page, title, *size, table.finder, table.box, verdict, owner.get(index, ""))


def _failing(document: Document) -> Iterator[FailedCheck]:
    doubts = {doubt.at: doubt for doubt in document.doubts if doubt.at is not None}
    for check in document.checks:
        if not check.holds:
            printed = check.total.factor * check.total.value
            mentioned = tuple(doubts[term.at] for term in check.figures if term.at in doubts)
            yield FailedCheck(check.kind, check.total.source.page, equation(check), printed, check.computed, mentioned)


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
                "verdict": t.verdict,
                "statement": t.statement or None,
            }
            for t in summary.tables
        ],
        "checks": {
            "equations": summary.equations,
            "tables_that_foot": count(summary, "foots"),
            "tables_that_do_not_foot": count(summary, "does not foot"),
            "failing": [_failed_record(failed) for failed in summary.failing],
        },
        **({"invoice": invoice_record(summary.invoice)} if summary.invoice else {}),
        **({"accounts": [account_record(account) for account in summary.accounts]} if summary.accounts else {}),
        **({} if summary.statements is None else {"statements": [statement_record(one) for one in summary.statements]}),
        "warnings": list(summary.warnings),
        "seconds": summary.seconds,
        "written": list(summary.written),
    }


def _failed_record(failed: FailedCheck) -> dict[str, Any]:
    return {
        "kind": failed.kind,
        "page": failed.page,
        "equation": failed.equation,
        "printed": f"{failed.printed:f}",
        "computed": f"{failed.computed:f}",
        "difference": f"{failed.difference:f}",
        "doubts": [
            {
                "page": doubt.source.page,
                "box": doubt.source.box and [round(v, 2) for v in doubt.source.box],
                "printed": doubt.printed,
                "why": doubt.why,
                "proposal": None if doubt.proposal is None else f"{doubt.proposal:f}",
                "change": doubt.change,
            }
            for doubt in failed.doubts
        ],
    }


def count(summary: FileSummary, verdict: Verdict) -> int:
    """How many of its tables have that verdict."""
    return sum(table.verdict == verdict for table in summary.tables)
