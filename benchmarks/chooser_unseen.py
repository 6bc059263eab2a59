"""The public question sets through their scorer, each page asked with a chooser that has not seen it.

    python -m benchmarks.chooser_unseen --data FOLDER --bench FOLDER [--only finqa,convfinqa,tatqa]

The packaged chooser is trained on these very sets, so that asking it about them says too much. See `benchmarks.chooser_training`.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import finlens
from benchmarks.chooser_examples import examples
from benchmarks.chooser_training import unseen
from benchmarks.scorer import load
from benchmarks.scores import SETS
from finlens.ask.choose import chooser
from finlens.ask.choose.model import Chooser


class _Pages:
    """Asks each page with the model that did not see it."""

    def __init__(self, models: Sequence[Chooser], hand_of: dict[str, int]) -> None:
        self.models, self.hand_of = models, hand_of
        self.made: dict[int, tuple[int, Any]] = {}
        self.from_parts, self.asked = finlens.Document.from_parts, finlens.ask
        self.model = models[0]

    def page(self, *, paragraphs: Sequence[str] = (), tables: Sequence[Any] = ()) -> Any:
        document = self.from_parts(paragraphs=paragraphs, tables=tables)
        self.made[id(document)] = (self.hand_of.get(str(list(tables[0])), 0), document)  # kept, so that no id comes again
        return document

    def ask(self, document: Any, question: str, **history: Any) -> Any:
        self.model = self.models[self.made[id(document)][0]]
        return self.asked(document, question, **history)


def report(data: Path | None, bench: Path | None, only: Sequence[str] = ("finqa", "convfinqa", "tatqa")) -> str:
    """What the scorer prints about each set."""
    if data is None or bench is None:
        return "Needs --data and --bench."
    pages = _Pages(*unseen(examples(data / "qa")))
    scorer = load(bench, "score_qa")
    said = io.StringIO()
    with (
        mock.patch.object(finlens.Document, "from_parts", pages.page),
        mock.patch.object(finlens, "ask", pages.ask),
        mock.patch.object(chooser, "chooser", lambda: pages.model),
        contextlib.redirect_stdout(said),
    ):
        for name in only:
            with mock.patch.object(sys, "argv", ["score_qa", name, str(data / SETS[name][0])]):
                scorer.main()
            print()
    return said.getvalue().strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--only", default="finqa,convfinqa,tatqa")
    options = parser.parse_args()
    print(report(options.data, options.bench, options.only.split(",")))


if __name__ == "__main__":
    main()
