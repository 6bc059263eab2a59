"""Tables and facts of born-digital documents through the given scorer, and whether every figure of a cell stands on its page.

python -m benchmarks.filings --data FOLDER --bench FOLDER [--only tables,facts,tokens]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from types import ModuleType

from benchmarks import scorer
from benchmarks.timing import table

TABLE_SETS, FACT_SETS = ("tables_eu", "edgar_tables"), ("french", "edgar")
_FIGURE = re.compile(r"\d[\d.,'’ \u00a0\u2009\u202f]*\d|\d")


def tables(data: Path | None, bench: Path | None) -> str:
    """Structure of tables; `benchmarks.peers` gives the same for other tools."""
    if data is None or bench is None:
        return "Needs --data and --bench."
    score = scorer.load(bench, "score_tables")
    rows = [[name, *scorer.figures(score.score_tables, data / name)[0]] for name in TABLE_SETS]
    whole = table(["set", "tables", "relation P / R / F1", "TEDS", "label→value P / R / F1", "seconds"], rows)
    return f"{whole}\n\n{over_pages(data / TABLE_SETS[1], score)}"


def over_pages(folder: Path, score: ModuleType) -> str:
    """Recall of label→value in tables of one page and of several; also without rows of which the truth puts two figures into one cell."""
    from finlens.extract.read import read

    found: Counter[tuple[bool, bool, str]] = Counter()
    for name, gold in json.loads((folder / "tables.json").read_text()).items():
        ours = [
            {"page": each.page, "cells": score.join_symbols([[c.row, c.column, c.row_span, c.column_span, c.text] for c in each.cells])}
            for each in read(folder / name).tables
        ]
        ours = [{**each, "cells": score.compact(each["cells"])} for each in ours if each["cells"]]
        wanted = [{**each, "cells": score.compact(each["cells"])} for each in gold]
        partner = score.pair(wanted, ours)
        for number, each in enumerate(wanted):
            several = len(each.get("pages", [each["page"]])) > 1
            places = Counter((cell[0], cell[1]) for cell in each["cells"])
            shared = {cell[0] for cell in each["cells"] if places[cell[0], cell[1]] > 1}
            read_values = score.labelled_values(ours[partner[number]]["cells"]) if number in partner else Counter()
            for apart in (False, True):
                values = score.labelled_values([cell for cell in each["cells"] if not (apart and cell[0] in shared)])
                found[several, apart, "all"] += sum(values.values())
                found[several, apart, "right"] += sum((values & read_values).values())
    rows = []
    for apart in (False, True):
        one, more = (found[several, apart, "right"] / found[several, apart, "all"] for several in (False, True))
        count = found[False, apart, "all"] + found[True, apart, "all"]
        said = "without rows that have two figures in one cell" if apart else "all"
        rows.append([said, f"{count:,}", f"{one:.3f}", f"{more:.3f}", f"{more / one:.3f}"])
    return table([f"{folder.name}, label→value recall", "values", "on one page", "over several pages", "ratio"], rows)


def facts(data: Path | None, bench: Path | None) -> str:
    """Every tagged figure: found, and its value, period and unit right."""
    if data is None or bench is None:
        return "Needs --data and --bench."
    score = scorer.load(bench, "score_tables")
    rows = [[name, *scorer.figures(score.score_facts, data / name)[0]] for name in FACT_SETS]
    return table(["set", "gold", "read", "located %", "value %", "period %", "unit %", "all %", "pages/s"], rows)


def tokens(data: Path | None, bench: Path | None) -> str:
    """Figures in cells that do not stand, digit for digit, in the text that PyMuPDF gives for the table's pages."""
    if data is None:
        return "Needs --data."
    import pymupdf

    from finlens.extract.read import read

    rows = []
    for name in (*TABLE_SETS, *FACT_SETS):
        count, foreign, example = 0, 0, ""
        for path in sorted((data / name).glob("*.pdf")):
            document = read(path)
            with pymupdf.open(path) as pdf:
                printed = {number: _digits(pdf[number - 1].get_text()) for each in document.tables for number, _ in each.places}
            for each in document.tables:
                for cell in each.cells:
                    text = printed[cell.source.page]
                    for figure in _FIGURE.findall(unicodedata.normalize("NFKC", cell.text)):
                        count += 1
                        if not text[_plain(figure)]:
                            foreign += 1
                            example = example or f"{path.name} p. {cell.source.page}: {figure}"
        rows.append([name, f"{count:,}", str(foreign), example or "–"])
    return table(["set", "figures in cells", "that do not stand on the page", "the first"], rows)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).rstrip(".,'’")


def _digits(text: str) -> Counter[str]:
    """The page's figures; groups of digits that blanks part count one by one and together."""
    found: Counter[str] = Counter()
    text = unicodedata.normalize("NFKC", text).replace("\n", " ")  # a date may be cut between two lines
    for figure in _FIGURE.findall(text):
        parts = figure.split()
        for start in range(len(parts)):
            for end in range(start + 1, min(len(parts), start + 6) + 1):
                found[_plain("".join(parts[start:end]))] += 1
    for figure in re.findall(r"\d[\d.,'’]*", text):
        found[_plain(figure)] += 1
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--only", default="tables,facts,tokens")
    options = parser.parse_args()
    ways = {"tables": tables, "facts": facts, "tokens": tokens}
    print("\n\n".join(ways[name](options.data, options.bench) for name in options.only.split(",")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
