"""How long the whole of reading takes: beside pdfplumber, over processes, and in memory as pages grow in number.

python -m benchmarks.speed --data FOLDER [--only beside,jobs]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.reading import long_filing
from benchmarks.timing import python, table

LONG = 2_000
"""Pages that the document of many filings has at least."""

READ = """
import sys, time
sys.modules["pymupdf.layout"] = None  # as the command does
from finlens.extract.read import read
if __name__ == "__main__":
    began = time.perf_counter()
    document = read(sys.argv[1], jobs=int(sys.argv[2]))
    words = sum(len(page.words) for page in document.pages)
    print(time.perf_counter() - began, len(document.pages), words, len(document.tables), len(document.facts()))
"""


def beside(data: Path | None) -> str:
    """Words, tables, facts, statements and checks of a filing ÷ pdfplumber's `find_tables` on the same pages, one process, in turn."""
    import pdfplumber

    from finlens.extract.read import read

    filing = long_filing(data)
    read(filing, pages="1-3")  # imports
    ours, theirs = [], []
    for _ in range(2):
        began = time.perf_counter()
        document = read(filing)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        with pdfplumber.open(filing) as pdf:
            found = 0
            for page in pdf.pages:
                found += len(page.find_tables())
                page.close()
        theirs.append(time.perf_counter() - began)
        del pdf
    pages = len(document.pages)
    ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
    rows = [
        ["pdfplumber `find_tables`", str(found), "–", f"{min(theirs):.1f} s", f"{pages / min(theirs):.1f}", "1"],
        [
            "finlens, everything",
            str(len(document.tables)),
            str(len(document.facts())),
            f"{min(ours):.1f} s",
            f"{pages / min(ours):.1f}",
            f"**{ratio:.1f}** (goal ≥ 5, aim 20)",
        ],
    ]
    return f"{filing.name}, {pages} pages\n\n" + table(["what", "tables", "facts", "best of 2", "pages/s", "ratio"], rows)


def many_filings(data: Path, target: Path) -> Path:
    """The filings of the folder, one after the other, until there are pages enough."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    while len(writer.pages) < LONG:
        for path in sorted((data / "edgar").glob("*.pdf")):
            for page in PdfReader(path).pages:
                writer.add_page(page)
    writer.write(target)
    return target


def jobs_and_memory(data: Path | None) -> str:
    """A filing and a document of some 2,000 pages, in one process and in two."""
    if data is None:
        return "Needs --data."
    rows, peaks = [], []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "read_it.py"  # a file: processes that are started import it
        script.write_text(READ + "    import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n")
        for path in (long_filing(data), many_filings(data, Path(folder) / "many.pdf")):
            for jobs in (1, 2):
                run = python(f"import runpy, sys; runpy.run_path({str(script)!r}, run_name='__main__')", str(path), str(jobs))
                seconds, pages, words, tables, facts = run.stdout.splitlines()[0].split()
                peaks.append((int(pages), run.peak_mib))
                rows.append([path.name, pages, words, tables, facts, str(jobs), f"{float(seconds):.1f} s", f"{run.peak_mib:.0f} MiB"])
    (few, low), _, (many, high), _ = peaks
    each = 1024 * (high - low) / (many - few)
    head = ["file", "pages", "words", "tables", "facts", "processes", "time", "peak memory (of the parent)"]
    return table(head, rows) + f"\n\n{each:.0f} KiB more for each page."


def report(data: Path | None, bench: Path | None) -> str:
    """Both tables."""
    return beside(data) + "\n\n" + jobs_and_memory(data)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--only", default="beside,jobs")
    options = parser.parse_args()
    ways = {"beside": beside, "jobs": jobs_and_memory}
    print("\n\n".join(ways[name](options.data) for name in options.only.split(",")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
