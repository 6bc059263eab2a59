"""French questions over French accounts: correct, wrong and refused, side by side.

    python -m benchmarks.questions.french [--show wrong,refused]

The accounts are set in PDF, read as any file is, and asked; the questions were written before an engine had seen them. A
number is correct within 0.1 % (or when both round to the same two decimals) with its scale, sign and unit; a figure
that stands in prose may also be given as the words that say it ("said").
"""

from __future__ import annotations

import argparse
import json
import tempfile
import unicodedata
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.questions.french_reports import REPORTS
from benchmarks.questions.paper import set_in_pdf

QUESTIONS = Path(__file__).with_name("french.jsonl")
COUNTS = ("personnes", "ans")


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def is_correct(answer: Any, row: dict[str, Any]) -> bool:
    """Whether an answer is the one that was written down beside the question."""
    wanted, unit = row["answer"], row["unit"]
    if unit == "bool":
        return isinstance(answer.value, bool) and answer.value == wanted
    if unit == "list":
        return Counter(map(_plain, answer.spans)) == Counter(map(_plain, wanted))
    if unit == "words":
        return _plain(wanted) in _plain(" ".join((answer.text, *answer.spans)))
    if answer.value is None or isinstance(answer.value, bool):
        return "said" in row and _plain(row["said"]) in _plain(" ".join(answer.spans or (answer.text,)))
    whole = answer.value * answer.scale
    if unit == "percent" and answer.unit == "ratio":
        whole, unit = whole * 100, "ratio"  # 0.1827 is 18.27 %
    if unit in ("percent", "ratio") and answer.unit != unit and not (unit == "ratio" and answer.unit is None):
        return False
    if unit not in ("percent", "ratio", *COUNTS) and answer.unit not in (unit, None):
        return False
    target = Decimal(wanted)
    return abs(whole - target) <= abs(target) / 1000 or round(whole, 2) == round(target, 2) != 0


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(bare.lower().split()).strip(" .")


def report(show: tuple[str, ...] = ()) -> str:
    """The table; with the rows of the outcomes in ``show`` before it."""
    import finlens

    tally: dict[str, Counter[str]] = defaultdict(Counter)
    shown: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        documents = {
            name: finlens.read(set_in_pdf(Path(folder) / f"{name}.pdf", sheets, title=company))
            for name, (company, sheets) in REPORTS.items()
        }
        for row in rows():
            history = [tuple(turn) for turn in row.get("history", ())]
            answer = finlens.ask(documents[row["document"]], row["question"], history=history)
            outcome = "refused" if answer.refused else "correct" if is_correct(answer, row) else "wrong"
            tally[row["kind"]][outcome] += 1
            tally["all"][outcome] += 1
            if outcome in show:
                shown.append(f"{outcome} [{row['document']}, {row['kind']}] {row['question']}\n    wanted {row['answer']}; {answer.text}")
    lines = ["| French questions | n | correct % | wrong % | refused % |", "|---|---|---|---|---|"]
    for kind, counts in tally.items():
        if kind != "all":
            lines.append(_line(kind, counts))
    return "\n".join([*shown, *lines, _line("all", tally["all"])])


def _line(kind: str, counts: Counter[str]) -> str:
    n = counts.total()
    return f"| {kind} | {n} | " + " | ".join(f"{100 * counts[outcome] / n:.1f}" for outcome in ("correct", "wrong", "refused")) + " |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", default="", help="outcomes whose questions are printed: wrong,refused")
    print(report(tuple(parser.parse_args().show.split(","))))
