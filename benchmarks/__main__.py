"""Every measured promise, as Markdown tables.

    python -m benchmarks --data FOLDER --bench FOLDER [--only startup,words,extract,ask,ocr,qa,hostile,llm]

``--data`` holds filings (qa/financebench/pdfs), question sets (qa/…) and malformed files (hostile); ``--bench`` the
scorers (score_qa.py). Without them only what needs no such data is measured, on the reports in examples/.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import subprocess
import sys
from pathlib import Path

from benchmarks import llm_speed, reading, scores, startup

SECTIONS = {
    "startup": startup.report,
    "words": reading.words,
    "extract": reading.extract,
    "ask": startup.cached_ask,
    "ocr": reading.ocr,
    "qa": scores.questions,
    "hostile": scores.hostile,
    "llm": llm_speed.report,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--only", default=",".join(SECTIONS))
    options = parser.parse_args()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip() or "unknown"
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    print(f"Measured {datetime.date.today()} at commit {commit}; {machine}.\n")
    for name in options.only.split(","):
        print(f"### {name}\n", flush=True)
        print(SECTIONS[name](options.data, options.bench), flush=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
