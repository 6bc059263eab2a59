"""Questions that a filing does not answer: how many are refused, by kind.

    python -m benchmarks.questions.unanswerable --data FOLDER [--show]

``--data`` holds edgar. The questions (unanswerable.jsonl) ask real filings for another year, another company, a segment or a line that
there is none of, a quarter of an annual report, a forecast; each was looked for in the filing's text by hand before it was written down.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

QUESTIONS = Path(__file__).with_name("unanswerable.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print the questions that are answered all the same")
    options = parser.parse_args()
    import finlens

    of_filing: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        of_filing[row["document"]].append(row)
    tally: dict[str, Counter[bool]] = defaultdict(Counter)
    for name, rows in of_filing.items():
        document = finlens.read(next((options.data / "edgar").glob(f"{name}*.pdf")))
        for row in rows:
            answer = finlens.ask(document, row["question"])
            tally[row["kind"]][answer.refused] += 1
            tally["all"][answer.refused] += 1
            if options.show and not answer.refused:
                print(f"[{name}, {row['kind']}] {row['question']} → {answer.text}")
    print("| unanswerable | n | refused % |\n|---|---|---|")
    for kind in sorted(tally, key=lambda kind: (kind == "all", kind)):
        counts = tally[kind]
        print(f"| {kind} | {counts.total()} | {100 * counts[True] / counts.total():.1f} |")


if __name__ == "__main__":
    main()
