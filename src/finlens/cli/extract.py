"""``finlens extract``: files in; tables and text out, on the screen or as files."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from finlens.cli import options
from finlens.cli.errors import OK, SOME_FAILED, tell, trouble
from finlens.cli.orders import Format, Order, format_of, orders_of
from finlens.cli.output import clean, page_progress, print_bytes, print_json, progress, stderr
from finlens.cli.summary import FileSummary, record, summarise
from finlens.cli.summary_view import headline, show
from finlens.errors import FinlensError

if TYPE_CHECKING:
    from finlens.config import Settings
    from finlens.documents import Document


@dataclass(frozen=True, slots=True)
class Done:
    """One order, carried out."""

    summary: FileSummary
    content: bytes | None = None
    """The rendered document, where it goes to stdout."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "extract",
        short_help="Read files: words, tables, numbers.",
        epilog="Example:  finlens extract report.pdf --format xlsx -o report.xlsx",
    )(extract)


def extract(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="PDFs and images; - reads a PDF from stdin.", show_default=False)],
    form: Annotated[
        Format | None, typer.Option("--format", "-f", help="What to make; by default a summary, or what the name after -o ends in.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="PATH", help="File to write, or a folder for several files.")
    ] = None,
    statements: Annotated[
        bool, typer.Option("--statements", "-s", help="Show the primary statements: a line a row, a column a period.")
    ] = False,
    pages: options.Pages = None,
    password: options.Password = None,
    ocr: options.OcrChoice = None,
    reader: options.Reader = None,
    tables: options.Tables = None,
    ocr_engine: options.OcrEngine = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, max=64, help="Processes: for several files, or for the pages of one.", show_default="1"),
    ] = None,
    as_json: options.AsJson = False,
    no_cache: options.NoCache = False,
    quiet: options.Quiet = False,
) -> int:
    """Read files: words with their boxes, tables with their numbers.

    Pages without usable text are read by OCR. Results are cached by content.

    Formats: xlsx is a workbook, statements first, totals live; html a page to click in, the file beside its tables;
    csv the tables; facts one line a figure, as CSV; parquet the same figures, typed; json everything; md for reading.
    """
    from finlens import config

    flags = {
        "ocr": ocr and ocr.value,
        "reader": reader,
        "tables": tables,
        "ocr_engine": ocr_engine,
        "jobs": jobs,
        "cache": False if no_cache else None,
    }
    settings = config.load(flags)
    form = form or format_of(output)
    with ExitStack() as stack:
        orders = orders_of(files, form, output, as_json=as_json, stack=stack)
        shared = replace(settings, jobs=max(1, settings.jobs // len(orders)))  # what is left over reads pages of each file
        work = partial(carry_out, settings=shared, pages=pages, password=password, statements=statements)
        if len(orders) == 1:
            done = [_carry_out_one(work, orders[0], as_json=as_json, quiet=quiet)]
        else:
            done = _carry_out_all(work, orders, settings.jobs, as_json=as_json, quiet=quiet)
    summaries = [one.summary for one in done]
    if as_json:
        print_json(record(summaries))
    return SOME_FAILED if any(summary.error for summary in summaries) else OK


def carry_out(
    order: Order,
    *,
    settings: Settings,
    pages: str | None,
    password: str | None,
    statements: bool = False,
    on_page: Callable[[int, int], None] | None = None,
) -> Done:
    """Read one file and write or render what was asked for; also runs in worker processes.

    Raises:
        FinlensError: the file cannot be read, or the result not written.
    """
    from finlens.workspace import Workspace

    start = time.perf_counter()
    document = Workspace(settings).read(order.path, pages=pages, password=password, on_page=on_page)
    if order.shown_as == options.STDIN:
        document = replace(document, name="stdin")
    content, written = _rendered(document, order, password)
    seconds = time.perf_counter() - start
    return Done(summarise(document, order.shown_as, seconds=seconds, written=written, statements=statements), content)


def _rendered(document: Document, order: Order, password: str | None) -> tuple[bytes | None, tuple[str, ...]]:
    from finlens.export.formats import render
    from finlens.storage.files import unwritable, write_whole

    if order.form is None:
        return None, ()
    if order.target is None:
        return render(document, order.form.value, password=password, pretty=order.pretty), ()
    if not order.table_files:
        write_whole(order.target, render(document, order.form.value, password=password))
        return None, (str(order.target),)
    from finlens.export.csv import document_to_csv_files

    try:
        order.target.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise unwritable(order.target, exc) from exc
    written = []
    for name, content in document_to_csv_files(document, Path(order.shown_as).stem if order.shown_as != options.STDIN else "stdin").items():
        write_whole(order.target / name, content)
        written.append(str(order.target / name))
    return None, tuple(written)


def _carry_out_one(work: Callable[..., Done], order: Order, *, as_json: bool, quiet: bool) -> Done:
    """The only order, in this process; its error is the command's."""
    try:
        with page_progress(order.shown_as, quiet=quiet) as on_page:
            done = work(order, on_page=on_page)
    except FinlensError as exc:
        if as_json:
            print_json(record([_failed(order, exc).summary]))
        raise
    _deliver(done, as_json=as_json, quiet=quiet)
    return done


def _carry_out_all(work: Callable[[Order], Done], orders: list[Order], jobs: int, *, as_json: bool, quiet: bool) -> list[Done]:
    """Every order, in worker processes; what goes to stdout goes in the order of the command line."""
    from finlens.batch import each

    done: dict[int, Done] = {}
    delivered = 0
    headed = False

    def deliver(index: int) -> None:
        nonlocal headed
        one_table = orders[index].form is Format.facts and done[index].content is not None
        _deliver(done[index], as_json=as_json, quiet=quiet, below_head=one_table and headed)
        headed = headed or one_table

    with progress(quiet=quiet) as start:
        advance = start(f"{len(orders)} files", len(orders)) if start else None
        for index, result in each(partial(_attempt, work), orders, jobs=jobs):
            done[index] = _failed(orders[index], result) if isinstance(result, FinlensError) else result
            if advance:
                advance(len(done), len(orders))
            while delivered in done and not (advance and sys.stdout.isatty()):  # a bar and data on one screen would mix
                deliver(delivered)
                delivered += 1
    for index in range(delivered, len(orders)):
        deliver(index)
    failed = [one.summary for _, one in sorted(done.items()) if one.summary.error]
    if failed:
        stderr().print(f"{len(failed)} of {len(orders)} files failed:", style="bold red")
        for summary in failed:
            if summary.error:
                stderr().print(f"\n{clean(summary.path)}", style="bold")
                tell(summary.error)
    return [done[index] for index in sorted(done)]


def _attempt(work: Callable[[Order], Done], order: Order) -> Done:
    """The order carried out, or what went wrong: in a batch even what nobody foresaw stops one file only."""
    try:
        return work(order)
    except Exception as exc:  # noqa: BLE001
        return _failed(order, exc)


def _failed(order: Order, error: BaseException) -> Done:
    return Done(FileSummary(order.shown_as, error=trouble(error)))


def _deliver(done: Done, *, as_json: bool, quiet: bool, below_head: bool = False) -> None:
    """Print what belongs on stdout, and say on stderr what was written.

    With ``below_head`` the first line is left out: the head of a table that the files before have begun.
    """
    summary = done.summary
    if summary.error:
        return
    if done.content is not None:
        print_bytes(done.content.partition(b"\n")[2] if below_head else done.content)
    elif summary.written:
        if not quiet and not as_json:
            where = (
                summary.written[0] if len(summary.written) == 1 else f"{len(summary.written)} files in {Path(summary.written[0]).parent}"
            )
            stderr().print(f"{clean(where)}  ({clean(summary.path)}: {headline(summary)})", style="dim", soft_wrap=True)
    elif not as_json:
        show(summary)
