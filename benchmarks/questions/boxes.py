"""Cited boxes cut out of the PDF again: does the text in each contain the figure that the answer cites?

    python -m benchmarks.questions.boxes --data FOLDER [--filings 6] [--show]

``--data`` holds edgar, and qa/financebench (dev.jsonl, pdfs). The box of every cell that a program computes with is cropped with PyMuPDF
alone, finlens' readers left out, and the cited figure is looked for in what is there.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.questions.generated import questions_of

_ROOM = 1.0  # points beside the box: glyphs reach a little beyond their advance


def digits(text: str) -> str:
    """The digits of a text and nothing else."""
    return re.sub(r"[^\d]", "", text)


def questions(data: Path, filings: int) -> Iterator[tuple[Path, list[str]]]:
    """(PDF, what it is asked)."""
    asked: dict[str, list[str]] = {}
    for line in (data / "qa/financebench/dev.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["question_type"] == "metrics-generated":
            asked.setdefault(row["doc_name"], []).append(row["question"])
    for name, texts in asked.items():
        yield data / "qa/financebench/pdfs" / f"{name}.pdf", texts
    for path in sorted((data / "edgar").glob("*.pdf"))[:filings]:
        yield path, []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--filings", type=int, default=6, help="how many filings get generated questions")
    parser.add_argument("--show", action="store_true", help="print what is not found")
    options = parser.parse_args()
    import pymupdf

    import finlens

    tally: dict[str, Counter[str]] = {"FinanceBench metrics": Counter(), "generated": Counter()}
    for path, texts in questions(options.data, options.filings):
        document = finlens.read(path)
        kind = "FinanceBench metrics" if texts else "generated"
        pages = pymupdf.open(path)
        for text in texts or questions_of(document, 80):
            answer = finlens.ask(document, text)
            for operand in answer.program.operands if answer.program else ():
                found = found_in(pages, operand.citation)
                tally[kind][found] += 1
                if options.show and found == "missing":
                    print(f"[{path.name}] page {operand.citation.page} {operand.citation.box}: {operand.citation.text!r} ({text})")
        pages.close()
    print("| cited boxes | n | contain the figure % | and no other digit % |\n|---|---|---|---|")
    for kind, counts in [*tally.items(), ("all", sum(tally.values(), Counter[str]()))]:
        n = max(counts.total(), 1)
        print(f"| {kind} | {counts.total()} | {100 * (n - counts['missing']) / n:.2f} | {100 * counts['alone'] / n:.2f} |")


def found_in(pages: Any, citation: Any) -> str:
    """ "alone" where the box holds the figure and no other digit, "among others", or "missing"."""
    import pymupdf

    if citation.box is None:
        return "missing"
    page = pages[citation.page - 1]
    x0, top, x1, bottom = citation.box
    box = pymupdf.Rect(x0 - _ROOM, top - _ROOM, x1 + _ROOM, bottom + _ROOM)
    printed = page.get_text("text", clip=box * page.derotation_matrix)
    wanted, there = digits(citation.text), digits(printed)
    if wanted == there and printed.strip():
        return "alone"
    return "among others" if wanted and wanted in there else "missing"


if __name__ == "__main__":
    main()
