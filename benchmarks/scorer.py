"""The scorers of `--bench FOLDER`, used as they are: a figure of ours and one of a peer come out of the same function."""

from __future__ import annotations

import contextlib
import importlib.util
import io
from pathlib import Path
from types import ModuleType
from typing import Any


def load(bench: Path, name: str) -> ModuleType:
    """The module ``name`` (``score_tables``, ``score_ocr`` …) of the folder of scorers."""
    spec = importlib.util.spec_from_file_location(name, bench / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{bench} holds no {name}.py.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(score: Any, folder: Path, limit: int = 0) -> tuple[list[str], list[dict[str, Any]]]:
    """What a scorer prints about a folder: the fields of the last row of its table, and its rows of detail."""
    rows: list[dict[str, Any]] = []
    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(io.StringIO()) as complained:
        score(folder, limit, rows)
    last = said.getvalue().strip().splitlines()[-1]
    fields = [field.strip().replace("**", "") for field in last.strip("| ").split("|")]
    errors = [line for line in complained.getvalue().splitlines() if "Error" in line]
    if errors:
        raise SystemExit("\n".join(errors))
    return fields, rows
