"""Is the line item right that finlens gives a figure? Measured on filings whose figures carry their us-gaap element.

    python -m benchmarks.concepts --data FOLDER            # each company by a ranker that has not seen it
    python -m benchmarks.concepts --data FOLDER --train    # and write the weights, trained on all of them

FOLDER holds NAME.pdf with NAME.json: ``facts``, each with concept, value, dims, table and rects ([page, x0, y0, x1, y1]); the
company is what stands before the first "-" of NAME.

Counted are the tagged figures of tables that finlens located (its box covers half of the figure's) and whose element belongs
to a line item of the catalogue. Right: that item is the likeliest one. A figure with dimensions (a segment, a class of assets, a
column of equity) counts as any other: its item is that of its element, whatever the member. Some items are an element with a member,
and list it beside their own: property classes (PropertyPlantAndEquipmentGross), components of accumulated other comprehensive
income (StockholdersEquity), other revenue and revenue between segments (Revenues), and, for members that are segments, the profit
of a segment (operating, pre-tax or net income). "Said" are those sure enough to be written to the fact.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from benchmarks.concept_training import Filing, items_of, save, train
from finlens.documents import Box, Document
from finlens.finance.embedding import WordVectors, word_vectors
from finlens.finance.mapping import LEAST, Named, rank
from finlens.finance.mapping_queries import queries_of
from finlens.finance.notes import notes_of
from finlens.finance.statement_finder import StatementFinder, facts_by_table
from finlens.finance.statements import about_tables, others_in, topics_of

WEIGHTS = Path(__file__).parent.parent / "src/finlens/finance/concept_ranker.json"


class Tagged(NamedTuple):
    """A tagged figure, where finlens found it."""

    query: int
    element: str
    """"" for one that is not of us-gaap."""
    axes: str
    """That it has members on; "" for none."""
    primary: bool


def covered(box: Box, rect: list[float]) -> float:
    width, height = min(box.x1, rect[2]) - max(box.x0, rect[0]), min(box.bottom, rect[3]) - max(box.top, rect[1])
    return 0.0 if width <= 0 or height <= 0 else width * height / max((rect[2] - rect[0]) * (rect[3] - rect[1]), 1e-6)


def read(path: Path, cache: Path | None) -> Document:
    import finlens

    kept = cache / f"{path.stem}.pickle" if cache else None
    if kept and kept.exists():
        return pickle.loads(kept.read_bytes())
    document = finlens.read(path)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(document))
    return document


def prepare(path: Path, cache: Path | None, like: WordVectors | None) -> tuple[Filing, list[Tagged]]:
    """A filing as rows, and its tagged figures as positions of rows."""
    document = read(path, cache)
    facts = facts_by_table(document)
    finder = StatementFinder(document, facts)
    kinds = {table: found.kind for found in finder.find() for table in found.tables}
    others, topics = others_in(document, facts, kinds), topics_of(document, notes_of(document))
    queries = queries_of(document.found_facts, kinds, about_tables(document, finder), topics, others=others)
    query_of = {position: at for at, query in enumerate(queries) for position in query.facts}
    on_page = defaultdict(list)
    for position, fact in enumerate(document.found_facts):
        if fact.source.box is not None:
            on_page[fact.source.page].append((fact.source.box, position))
    tagged: list[Tagged] = []
    elements: defaultdict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for gold in json.loads(path.with_suffix(".json").read_text())["facts"]:
        if not gold["rects"] or "table" not in gold or gold.get("value") is None:
            continue
        page, *rect = gold["rects"][0]
        share, position = max(((covered(box, rect), at) for box, at in on_page[page]), default=(0.0, -1))
        if share < 0.5 or position not in query_of:
            continue
        prefix, _, name = gold["concept"].partition(":")
        axes = " ".join(sorted(gold["dims"]))
        element = name if prefix == "us-gaap" else ""
        tagged.append(Tagged(query_of[position], element, axes, document.found_facts[position].table in kinds))
        elements[query_of[position]][element, axes] += 1
    filing = Filing(path.stem, path.stem.partition("-")[0], queries, dict(elements), others, like)
    return filing, tagged


def count(named: list[Named | None], tagged: list[Tagged], totals: Counter[tuple[object, str]]) -> None:
    for one in tagged:
        guess, right = named[one.query], items_of(one.element, one.axes)
        correct = guess is not None and guess.concept in right
        if guess is not None:
            totals[min(int(guess.confidence * 10), 9), "n"] += 1
            totals[min(int(guess.confidence * 10), 9), "right"] += correct
        if not right:
            totals["uncovered", "n"] += 1
            totals["uncovered", "said"] += guess is not None and guess.confidence >= LEAST
            continue
        said = guess is not None and guess.confidence >= LEAST
        place = "primary statements" if one.primary else "other tables"
        for group in ("all tables", place, f"{place}, {'with' if one.axes else 'without'} dimensions"):
            totals[group, "n"] += 1
            totals[group, "right"] += correct
            totals[group, "said"] += said
            totals[group, "said right"] += said and correct


def table(totals: Counter[tuple[object, str]]) -> str:
    lines = ["| figures | n | right, top-1 % | said % | of those right % |", "|---|---|---|---|---|"]
    for group in (
        "primary statements",
        "primary statements, without dimensions",
        "primary statements, with dimensions",
        "other tables",
        "other tables, without dimensions",
        "other tables, with dimensions",
        "all tables",
    ):
        n, said = max(totals[group, "n"], 1), max(totals[group, "said"], 1)
        lines.append(
            f"| {group} | {totals[group, 'n']} | {100 * totals[group, 'right'] / n:.1f} | {100 * totals[group, 'said'] / n:.1f} "
            f"| {100 * totals[group, 'said right'] / said:.1f} |"
        )
    n = max(totals["uncovered", "n"], 1)
    share = 100 * totals["uncovered", "said"] / n
    lines.append(f"\nOf {totals['uncovered', 'n']} figures whose element no line item has, {share:.1f} % are given one.")
    lines += ["", "| confidence | n | right % |", "|---|---|---|"]
    for step in range(10):
        n = totals[step, "n"]
        lines.append(f"| {step / 10:.1f}–{step / 10 + 0.1:.1f} | {n} | {100 * totals[step, 'right'] / max(n, 1):.0f} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="keep the documents read here")
    parser.add_argument("--train", action="store_true", help="train on all companies and write the weights")
    parser.add_argument("--without-vectors", action="store_true", help="train and measure without likeness by meaning")
    parser.add_argument("--only-train", action="store_true", help="without measuring")
    options = parser.parse_args()
    like = None if options.without_vectors else word_vectors()
    prepared = [prepare(path, options.cache, like) for path in sorted(options.data.glob("*.pdf"))]
    companies = sorted({filing.company for filing, _ in prepared})
    if not options.only_train:
        totals: Counter[tuple[object, str]] = Counter()
        for company in companies:
            ranker = train([filing for filing, _ in prepared if filing.company != company])
            for filing, tagged in prepared:
                if filing.company == company:
                    count(rank(filing.queries, ranker, others=filing.others, like=like), tagged, totals)
        print(f"{len(prepared)} filings of {len(companies)} companies, each company by a ranker that has not seen it:\n")
        print(table(totals))
    if (options.train or options.only_train) and not options.without_vectors:
        save(
            train([filing for filing, _ in prepared]), f"{len(prepared)} SEC filings of {len(companies)} companies, 2024 and 2025", WEIGHTS
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
