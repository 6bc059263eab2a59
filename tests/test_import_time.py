"""The commands that people type to look around answer at once, because nothing heavy is loaded for them."""

import resource
import subprocess
import sys

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
    "xlsxwriter",
    "pyarrow",
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
def test_help_and_version_take_less_than_300_ms(words: list[str]):
    """Of the processor's time, the best of several: how long a busy machine lets a process wait says nothing about it."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "finlens", *words], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    seconds()  # the first run writes the byte code
    assert min(seconds() for _ in range(7)) < 0.3
