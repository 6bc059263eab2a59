"""Other table finders on the same documents, through the same scorer as finlens.

    python -m benchmarks.peers --data FOLDER --bench FOLDER [--sets tables_eu,edgar_tables] [--tools finlens,pdfplumber,…] [--limit N]

Each adapter gives a peer's tables as the scorer wants them: the page, and cells [row, column, row span, column span, text];
spans as far as the peer tells them. Peers run as their documentation says, with their defaults; a peer that fails on a
document has found nothing there.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks import scorer
from benchmarks.timing import table
from finlens.extract.read import read as read_ours

SETS = ("tables_eu", "edgar_tables")
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PeerTable:
    """A table as a peer found it; the names are those that the scorer asks finlens for."""

    page: int
    box: Box
    cells: list[SimpleNamespace]


def cell(row: int, column: int, text: str, row_span: int = 1, column_span: int = 1) -> SimpleNamespace:
    return SimpleNamespace(row=row, column=column, row_span=row_span, column_span=column_span, text=text)


def of_grid(page: int, box: Box, rows: Sequence[Sequence[str | None]]) -> PeerTable:
    """A table of strings; None is a place that a cell to the left or above spans."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is not None:
                wide = next((n for n, other in enumerate(row[c + 1 :]) if other is not None), len(row) - c - 1)
                cells.append(cell(r, c, " ".join(text.split()), 1, 1 + wide))
    return PeerTable(page, box, cells)


def finlens(path: Path) -> list[Any]:
    return list(read_ours(path).tables)


def pdfplumber(path: Path) -> Iterator[PeerTable]:
    import pdfplumber as library

    with library.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for found in page.find_tables():
                yield of_grid(number, found.bbox, found.extract())
            page.close()


def pymupdf4llm(path: Path) -> Iterator[PeerTable]:
    """Its JSON with PyMuPDF's layout models, as `pymupdf4llm.to_json` gives it."""
    import json

    import pymupdf.layout  # noqa: F401 - its import switches the layout models on
    import pymupdf4llm as library

    for page in json.loads(library.to_json(str(path), use_ocr=False))["pages"]:
        for box in page["boxes"]:
            if box.get("table"):
                found = box["table"]
                yield of_grid(page["page_number"], tuple(found["bbox"]), found["extract"])


def camelot(flavor: str) -> Callable[[Path], Iterator[PeerTable]]:
    def tables(path: Path) -> Iterator[PeerTable]:
        import camelot as library

        for found in library.read_pdf(str(path), flavor=flavor, pages="all", suppress_stdout=True):
            x0, y0, x1, y1 = found._bbox
            yield of_grid(int(found.page), (x0, y0, x1, y1), found.df.astype(str).to_numpy().tolist())

    return tables


def pdftotext(path: Path) -> Iterator[PeerTable]:
    """`pdftotext -layout`, cut at runs of three blanks and more; lines without such a run end a table."""
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    for number, page in enumerate(text.split("\f"), 1):
        rows: list[list[tuple[int, int, str]]] = []
        for line in [*page.splitlines(), ""]:
            parts = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\S+(?: {1,2}\S+)*", line)]
            if len(parts) >= 2:
                rows.append(parts)
            elif rows and (line.strip() or len(rows) > 1):
                if not line.strip():
                    continue
                yield from _columns(number, rows)
                rows = []
        yield from _columns(number, rows)


def _columns(page: int, rows: list[list[tuple[int, int, str]]]) -> Iterator[PeerTable]:
    if len(rows) < 2:
        return
    slots: list[list[int]] = []
    for start, end, _ in sorted(part for row in rows for part in row):
        if slots and start < slots[-1][1]:
            slots[-1][1] = max(slots[-1][1], end)
        else:
            slots.append([start, end])
    cells = []
    for r, row in enumerate(rows):
        for start, _, text in row:
            cells.append(cell(r, next(c for c, (left, right) in enumerate(slots) if left <= start < right), text))
    yield PeerTable(page, (0.0, 0.0, 0.0, 0.0), cells)


TOOLS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "finlens": (finlens, "finlens"),
    "pymupdf4llm": (pymupdf4llm, "pymupdf4llm"),
    "camelot auto": (camelot("auto"), "camelot"),
    "camelot hybrid": (camelot("hybrid"), "camelot"),
    "camelot lattice": (camelot("lattice"), "camelot"),
    "camelot stream": (camelot("stream"), "camelot"),
    "pdfplumber": (pdfplumber, "pdfplumber"),
    "pdftotext -layout": (pdftotext, "pdftotext"),
}


def is_there(name: str) -> bool:
    package = TOOLS[name][1]
    return shutil.which(package) is not None if package == "pdftotext" else find_spec(package) is not None


def measure(data: Path, bench: Path, name: str, tool: str, limit: int) -> list[str]:
    """The scorer's figures for one tool: it believes that it asks finlens."""
    module = scorer.load(bench, "score_tables")
    failed: list[str] = []

    def read(path: Path) -> SimpleNamespace:
        try:
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore")
                return SimpleNamespace(tables=list(TOOLS[tool][0](Path(path))))
        except Exception as exc:
            failed.append(f"{Path(path).name}: {type(exc).__name__}")
            return SimpleNamespace(tables=[])

    before = sys.modules.get("finlens")
    sys.modules["finlens"] = SimpleNamespace(read=read)  # type: ignore[assignment]
    try:
        fields, _ = scorer.figures(module.score_tables, data / name, limit)
    finally:
        if before is None:
            del sys.modules["finlens"]
        else:
            sys.modules["finlens"] = before
    return [f"{name}, {tool}", *fields, ", ".join(failed) or "–"]


def report(data: Path | None, bench: Path | None, sets: Sequence[str] = SETS, tools: Sequence[str] = (), limit: int = 0) -> str:
    """One row a tool and set."""
    if data is None or bench is None:
        return "Needs --data and --bench."
    absent = [tool for tool in tools or TOOLS if not is_there(tool)]
    rows = [measure(data, bench, name, tool, limit) for name in sets for tool in tools or TOOLS if tool not in absent]
    head = ["set, tool", "tables", "relation P / R / F1", "TEDS", "label→value P / R / F1", "seconds", "failed on"]
    return table(head, rows) + (f"\n\nNot installed: {', '.join(absent)}." if absent else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--tools", default="", help=", ".join(TOOLS))
    parser.add_argument("--limit", type=int, default=0, help="documents of each set")
    options = parser.parse_args()
    tools = [tool.strip() for tool in options.tools.split(",") if tool.strip()]
    print(report(options.data, options.bench, options.sets.split(","), tools, options.limit))
    return 0


if __name__ == "__main__":
    sys.exit(main())
