"""The commands that people type to look around answer at once, because nothing heavy is loaded for them."""

import subprocess
import sys
import time

import pytest

HEAVY = (
    "torch",
    "transformers",
    "pandas",
    "fastapi",
    "pymupdf",
    "numpy",
    "onnxruntime",
    "pdfplumber",
    "camelot",
    "openpyxl",
    "PIL",
    "llama_cpp",
)

LOADED = f"""
import contextlib, io, sys
{{run}}
print([name for name in {HEAVY!r} if name in sys.modules])
"""
QUIETLY = "from finlens.cli import main\nwith contextlib.redirect_stdout(io.StringIO()):\n    main({words!r})"


def loaded_by(run: str) -> str:
    return subprocess.run([sys.executable, "-c", LOADED.format(run=run)], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_finlens_loads_nothing_heavy():
    assert loaded_by("import finlens") == "[]"


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["extract", "--help"], ["ask", "--help"], ["cache", "show"], ["config", "show"]]
)
def test_looking_around_loads_nothing_heavy(words: list[str]):
    assert loaded_by(QUIETLY.format(words=words)) == "[]"


@pytest.mark.parametrize("words", [["--help"], ["--version"], []])
def test_help_and_version_answer_within_300_ms(words: list[str]):
    def seconds() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "finlens", *words], capture_output=True, check=True)
        return time.perf_counter() - start

    # The best of several: on a busy machine some runs wait for their turn.
    best = min(seconds() for _ in range(7))
    tries = 0
    while best >= 0.3 and tries < 40:
        best, tries = min(best, seconds()), tries + 1
    assert best < 0.3
