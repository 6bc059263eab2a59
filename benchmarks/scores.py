"""Question sets and malformed files: what is right, what is wrong, what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SETS = {
    "tatqa": ["qa/tatqa/tatqa_dataset_dev.json"],
    "finqa": ["qa/finqa/finqa_dev.json"],
    "convfinqa": ["qa/convfinqa/convfinqa_dev_clean.json"],
    "financebench": ["qa/financebench/dev.jsonl", "--pdfs", "qa/financebench/pdfs"],
}


def questions(data: Path | None, bench: Path | None) -> str:
    """Each public question set through the given scorer, unabridged."""
    if data is None or bench is None:
        return "Needs --data and --bench."
    parts = []
    for kind, (path, *options) in SETS.items():
        arguments = [str(data / option) if not option.startswith("-") else option for option in options]
        run = subprocess.run(
            [sys.executable, str(bench / "score_qa.py"), kind, str(data / path), *arguments], capture_output=True, text=True
        )
        parts.append(run.stdout.strip() or run.stderr[-2000:])
    return "\n\n".join(parts)


def hostile(data: Path | None, bench: Path | None) -> str:
    """Malformed, fuzzed, encrypted and odd PDFs, each in a process with limits on time and memory."""
    if data is None:
        return "Needs --data."
    script = Path(__file__).with_name("hostile.py")
    run = subprocess.run([sys.executable, str(script), str(data / "hostile")], capture_output=True, text=True)
    return run.stdout.strip() or run.stderr[-2000:]
