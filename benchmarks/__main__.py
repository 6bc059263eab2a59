"""Every measured promise, as Markdown tables.

    python -m benchmarks --data FOLDER --bench FOLDER [--only tables,facts,speed,…]

``--data`` holds filings (edgar, edgar_tables, tables_eu, french, scans, einvoices, qa/financebench/pdfs), question sets
(qa/…) and malformed files (hostile); ``--bench`` the scorers (score_tables.py, score_ocr.py, score_qa.py). Without them
only what needs no such data is measured, on the reports in examples/. The sections, in their order:

"""

from __future__ import annotations

import argparse
import datetime
import importlib
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

# "module:function" is imported when its turn comes, for some need packages that others do without; "module set" is run as a
# program of its own on that set of --data.
SECTIONS = {
    "startup": "startup:report",
    "words": "reading:words",
    "extract": "reading:extract",
    "speed": "speed:report",
    "ask": "startup:cached_ask",
    "ocr": "reading:ocr",
    "tables": "filings:tables",
    "peers": "peers:report",
    "facts": "filings:facts",
    "tokens": "filings:tokens",
    "concepts": "concepts edgar",
    "identities": "identities edgar",
    "invoices": "invoices einvoices",
    "scans": "scanned_tables:numbers",
    "scanned_tables": "scanned_tables:report",
    "qa": "scores:questions",
    "unseen": "chooser_unseen:report",
    "retrieval": "questions_retrieval qa/financebench",
    "unanswerable": "questions.unanswerable .",
    "faults": "questions.faults .",
    "boxes": "questions.boxes .",
    "hostile": "scores:hostile",
    "llm": "llm_speed:report",
}


def section(name: str) -> Callable[[Path | None, Path | None], str]:
    if " " in SECTIONS[name]:
        return partial(program, *SECTIONS[name].split())
    module, function = SECTIONS[name].split(":")
    found: Callable[[Path | None, Path | None], str] = getattr(importlib.import_module(f"benchmarks.{module}"), function)
    return found


def program(module: str, documents: str, data: Path | None, bench: Path | None) -> str:
    """What ``python -m benchmarks.MODULE --data`` prints on a set of documents."""
    if data is None:
        return "Needs --data."
    run = subprocess.run([sys.executable, "-m", f"benchmarks.{module}", "--data", str(data / documents)], capture_output=True, text=True)
    return run.stdout.strip() or run.stderr[-2000:]


def main() -> int:
    parser = argparse.ArgumentParser(description=f"{__doc__}{', '.join(SECTIONS)}.", formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--only", default=",".join(SECTIONS))
    options = parser.parse_args()
    asked = options.only.split(",")
    if unknown := [name for name in asked if name not in SECTIONS]:
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip() or "unknown"
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    print(f"Measured {datetime.date.today()} at commit {commit}; {machine}.\n")
    for name in asked:
        print(f"### {name}\n", flush=True)
        print(section(name)(options.data, options.bench), flush=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
