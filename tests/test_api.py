"""The public face: three names to remember, and nothing loaded before it is used."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import finlens

EXAMPLES = Path(__file__).parents[1] / "examples"
INVOICE = EXAMPLES / "invoice-en.pdf"


def test_every_promised_name_is_there():
    for name in finlens.__all__:
        assert getattr(finlens, name) is not None
    assert set(dir(finlens)) >= set(finlens.__all__)
    with pytest.raises(AttributeError, match="no attribute 'raed'"):
        _ = finlens.raed


def test_read_and_ask_from_python():
    document = finlens.read(INVOICE)
    assert isinstance(document, finlens.Document)
    answer = finlens.ask(document, "What is the invoice total?")
    assert isinstance(answer, finlens.Answer)
    assert finlens.ask(INVOICE, "What is the invoice total?").text == answer.text


@pytest.mark.parametrize("first", ["import finlens.ask.answer", "from finlens.ask import model", "import finlens.workspace", "pass"])
def test_ask_is_a_function_whatever_was_imported_before(first: str):
    lines = (first, "import finlens", "print(callable(finlens.ask))", "import finlens.ask.answer", "print(callable(finlens.ask))")
    code = "\n".join(lines)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "True"]


def test_the_package_behind_ask_stays_a_package():
    assert importlib.import_module("finlens.ask.model").Answer is finlens.Answer
    assert importlib.reload(importlib.import_module("finlens.ask"))
    assert callable(finlens.ask)


def test_errors_have_one_root():
    with pytest.raises(finlens.FinlensError):
        finlens.read("no-such-file.pdf")
