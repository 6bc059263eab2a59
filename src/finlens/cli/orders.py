"""What the words after ``finlens extract`` order: a format and a place for each file."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import typer

from finlens.cli import options


class Format(StrEnum):
    """What ``--format`` takes."""

    json = "json"
    md = "md"
    csv = "csv"
    facts = "facts"
    parquet = "parquet"
    xlsx = "xlsx"
    html = "html"


_BINARY = {Format.xlsx: "A workbook", Format.parquet: "A Parquet file"}
_ENDINGS = {Format.csv: "", Format.facts: ".facts.csv"}
"""What a file in a folder ends in where that is not the format's name; ``csv`` makes a folder of files."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of one file; it crosses to worker processes."""

    path: Path
    shown_as: str
    form: Format | None
    target: Path | None
    """The file to write, or for ``csv`` into a folder, the folder."""
    table_files: bool = False
    """A CSV file a table."""
    pretty: bool = False


def format_of(output: str | None) -> Format | None:
    """The format that the name after ``-o`` ends in."""
    if output is None or output == options.STDIN:
        return None
    ending = Path(output).suffix.lower().lstrip(".")
    ending = {"markdown": "md", "htm": "html", "pq": "parquet"}.get(ending, ending)
    if Path(output).name.lower().endswith(_ENDINGS[Format.facts]):
        return Format.facts
    return Format(ending) if ending in list(Format) else None


def orders_of(files: list[str], form: Format | None, output: str | None, *, as_json: bool, stack: ExitStack) -> list[Order]:
    """One order a file; the same file name from two folders gets two targets."""
    if files.count(options.STDIN) > 1:
        raise typer.BadParameter("'-' can stand once: there is one stdin.")
    to_stdout = output is None or output == options.STDIN
    if not to_stdout and form is None:
        raise typer.BadParameter(f"'-o {output}' does not say in which format; add --format {'|'.join(Format)}.")
    if to_stdout and form in _BINARY and sys.stdout.isatty():
        raise typer.BadParameter(f"{_BINARY[form]} cannot be shown in a terminal; name a file: -o report.{form.value}.")
    if to_stdout and form in (*_BINARY, Format.html) and len(files) > 1:
        raise typer.BadParameter(f"Several files as {form.value} need a folder: -o folder/.")
    if to_stdout and form is not None and as_json:
        raise typer.BadParameter("--json prints the summary on stdout: name a file for the result with -o, or use --format json alone.")
    folder = _folder(files, output) if output is not None and not to_stdout else None
    orders: list[Order] = []
    taken: set[Path] = set()
    for name in files:
        path = stack.enter_context(options.stdin_as_file()) if name == options.STDIN else Path(name)
        target = None if to_stdout else _target(folder, Path(str(output)), "stdin" if name == options.STDIN else path.stem, form, taken)
        table_files = form is Format.csv and folder is not None
        orders.append(Order(path, name, form, target, table_files, pretty=to_stdout and form is Format.json and sys.stdout.isatty()))
    return orders


def _folder(files: list[str], output: str) -> Path | None:
    """The folder that ``-o`` names, made if need be; None where it names a file."""
    from finlens.storage.files import unwritable

    path = Path(output)
    if not (path.is_dir() or output.endswith(("/", "\\")) or len(files) > 1):
        return None
    if format_of(output) is not None and not path.is_dir():
        raise typer.BadParameter(f"Several files need a folder, and '{output}' is the name of a file: -o {path.with_suffix('')}/.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise unwritable(path, exc) from exc
    return path


def _target(folder: Path | None, output: Path, stem: str, form: Format | None, taken: set[Path]) -> Path:
    if folder is None:
        return output
    ending = "" if form is None else _ENDINGS.get(form, f".{form.value}")
    target, copy = folder / f"{stem}{ending}", 2
    while target in taken:
        target, copy = folder / f"{stem}-{copy}{ending}", copy + 1
    taken.add(target)
    return target
