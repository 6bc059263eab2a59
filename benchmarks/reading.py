"""Reading a long filing, and a scanned page, beside the raw libraries."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from benchmarks.timing import python, table

EXAMPLE = Path(__file__).parent.parent / "examples" / "annual-report-en.pdf"


def long_filing(data: Path | None) -> Path:
    """A 10-K of 150 pages or more where there is one, else the example report."""
    if data is None:
        return EXAMPLE
    import pymupdf

    for path in sorted((data / "qa" / "financebench" / "pdfs").glob("*10K.pdf")):
        with pymupdf.open(path) as pdf:
            if len(pdf) >= 150:
                return path
    return EXAMPLE


def words(data: Path | None, bench: Path | None) -> str:
    """Words with boxes, in one process, in turn: A B A B …"""
    import pymupdf

    from finlens.extract.pymupdf import PyMuPDFReader

    filing = long_filing(data)

    def raw() -> int:
        with pymupdf.open(filing) as pdf:
            return sum(len(page.get_text("words")) for page in pdf)

    def ours() -> int:
        return sum(len(page.words) for page in PyMuPDFReader().read(filing, drawings=False, looks=False))

    raw(), ours()
    pairs = []
    for _ in range(5):
        t0 = time.perf_counter()
        raw_count = raw()
        t1 = time.perf_counter()
        our_count = ours()
        pairs.append((t1 - t0, time.perf_counter() - t1))
    ratio = statistics.median(b / a for a, b in pairs)
    rows = [
        ['PyMuPDF `get_text("words")`', f"{raw_count:,}", f"{statistics.median(a for a, _ in pairs):.2f} s", "1"],
        [
            "finlens, words with boxes and sources",
            f"{our_count:,}",
            f"{statistics.median(b for _, b in pairs):.2f} s",
            f"**{ratio:.2f}** (goal ≤ 1.5)",
        ],
    ]
    return f"{filing.name}\n\n" + table(["what", "words", "median of 5", "ratio"], rows)


FINLENS_READ = """
import sys, time, pymupdf
from finlens.extract.read import read
began = time.perf_counter()
document = read(sys.argv[1])
print(time.perf_counter() - began, len(document.pages), len(document.tables))
"""

CAMELOT_STREAM = """
import sys, time, warnings, camelot
warnings.simplefilter("ignore")
began = time.perf_counter()
tables = camelot.read_pdf(sys.argv[1], flavor="stream", pages="all")
print(time.perf_counter() - began, 0, len(tables))
"""


def extract(data: Path | None, bench: Path | None) -> str:
    """The whole of a filing, default settings, beside camelot stream on all its pages; each in a process of its own."""
    filing, rows, seconds = long_filing(data), [], {}
    for name, code in (("finlens, everything", FINLENS_READ), ("camelot stream, tables only", CAMELOT_STREAM)):
        run = python(code, str(filing))
        taken, pages, tables = run.stdout.split()[-3:]
        seconds[name] = float(taken)
        rows.append([name, pages if pages != "0" else "same", tables, f"{float(taken):.1f} s", f"{run.peak_mib:.0f} MiB"])
    ours, theirs = seconds.values()
    goal = f"finlens ÷ camelot = **{ours / theirs:.3f}** (goal ≤ 0.25; ≤ 60 s; ≤ 1.5 GB)"
    return f"{filing.name}\n\n" + table(["what", "pages", "tables", "time", "peak memory"], rows) + f"\n\n{goal}"


def ocr(data: Path | None, bench: Path | None) -> str:
    """A page at 300 dpi without a text layer: our reading of it ÷ the engine alone on the same picture."""
    import tempfile

    import numpy as np
    import pymupdf
    import rapidocr

    import finlens

    with tempfile.TemporaryDirectory() as folder, pymupdf.open(EXAMPLE) as report:
        number = max(range(len(report)), key=lambda i: len(report[i].get_text("words")))
        picture = report[number].get_pixmap(dpi=300)
        scan = Path(folder) / "scan.png"
        picture.save(scan)
        pixels = np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.width, 3)[:, :, ::-1].copy()
        engine = rapidocr.RapidOCR(params={"Global.use_cls": False, "Global.log_level": "critical"})
        engine(pixels)
        finlens.read(scan)
        pairs = []
        for _ in range(3):
            t0 = time.perf_counter()
            engine(pixels)
            t1 = time.perf_counter()
            finlens.read(scan)
            pairs.append((t1 - t0, time.perf_counter() - t1))
    ratio = statistics.median(b / a for a, b in pairs)
    rows = [
        ["RapidOCR alone", f"{statistics.median(a for a, _ in pairs):.2f} s", "1"],
        ["finlens.read of the picture", f"{statistics.median(b for _, b in pairs):.2f} s", f"**{ratio:.2f}** (goal ≤ 1.15)"],
    ]
    return table(["what", "median of 3", "ratio"], rows)
