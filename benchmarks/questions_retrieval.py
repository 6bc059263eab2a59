"""How often the page that answers a question is among the first that finlens looks at.

`python -m benchmarks.questions_retrieval --data FOLDER` reads the filings of a question set (FOLDER/pdfs) and, for every
question of FOLDER/dev.jsonl, compares the pages of its evidence with two lists: those that the passage index gives for the
question's words alone, and those that the answer or the refusal cites.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import finlens
from benchmarks.timing import table as table_of
from finlens.ask.answer import index_of
from finlens.ask.places import telling_words
from finlens.ask.question import understand

DEPTHS = (1, 3, 5)


def looked_at(data: Path) -> Iterator[tuple[str, set[int], list[int], float]]:
    """(list, pages of the evidence, pages looked at, seconds) for each question and list."""
    questions: dict[str, list[dict[str, object]]] = defaultdict(list)
    for line in (data / "dev.jsonl").read_text().splitlines():
        row = json.loads(line)
        questions[row["doc_name"]].append(row)
    for name, rows in questions.items():
        document = finlens.read(data / "pdfs" / f"{name}.pdf")
        index = index_of(document)
        for row in rows:
            asked = str(row["question"])
            evidence = {page + 1 for page in row["evidence_pages_zero_indexed"]}  # type: ignore[attr-defined]
            began = time.perf_counter()
            places = index.passages.places(telling_words(understand(asked), index), limit=max(DEPTHS))
            yield "passages alone", evidence, [place.page for place in places], time.perf_counter() - began
            began = time.perf_counter()
            answer = finlens.ask(document, asked)
            kind = "cited by refusals" if answer.refused else "cited by answers"
            pages = [citation.page for citation in answer.citations]
            yield kind, evidence, pages, time.perf_counter() - began
            yield "cited", evidence, pages, time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    hits: dict[str, list[tuple[bool, ...]]] = defaultdict(list)
    seconds: dict[str, list[float]] = defaultdict(list)
    for kind, evidence, pages, took in looked_at(options.data):
        hits[kind].append(tuple(bool(evidence & set(pages[:depth])) for depth in DEPTHS))
        seconds[kind].append(took)
    rows = []
    for kind, found in hits.items():
        shares = [f"{100 * sum(each[at] for each in found) / len(found):.1f} %" for at in range(len(DEPTHS))]
        rows.append([kind, str(len(found)), *shares, f"{statistics.median(seconds[kind]):.3f}"])
    print(table_of(["pages", "questions", *(f"among the first {depth}" for depth in DEPTHS), "s (median)"], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
