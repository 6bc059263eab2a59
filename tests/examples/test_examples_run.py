"""The examples that the README points at do what it says."""

import contextlib
import io
import json
import runpy
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_script_that_asks_prints_the_value_its_working_and_its_place(capsys):
    runpy.run_path(str(EXAMPLES / "ask_a_report.py"))
    out = capsys.readouterr().out
    assert "184.9 ÷ 1,284.6 × 100 = 14.39" in out
    assert "page 7" in out
    assert "no figure for 1998" in out.splitlines()[-1]


def test_the_script_on_tables_prints_grids_and_facts(capsys):
    runpy.run_path(str(EXAMPLES / "tables_and_facts.py"))
    out = capsys.readouterr().out
    assert "| Total général de l’actif (I à III) | 280\u202f549 |" in out
    assert "4\u202f812 = 4812000 EUR" in out


def test_the_script_on_statements_names_the_figure_that_does_not_foot(capsys):
    runpy.run_path(str(EXAMPLES / "statements_and_checks.py"))
    out = capsys.readouterr().out
    assert "Total revenue 2023: 1,185.1 = 1185100000.0 USD, page 7" in out
    assert "equations, foots" in out
    assert "does not foot" in out.splitlines()[-1]
    assert "1,264.6" in out.splitlines()[-1]


@pytest.mark.needs("pandas")
def test_every_cell_of_the_notebook_runs(monkeypatch):
    monkeypatch.chdir(EXAMPLES)
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in json.loads(Path("notebook.ipynb").read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
    assert names["cell"].amount.absolute == 1284600000
    assert names["answer"].unit == "percent"
