"""tabula-java as a table finder, run as `java -jar` with the archive that tabula-py brings.

Each page starts Java anew, about a second. A password is passed on the command line, where other users of the machine
can see it while Java runs: tabula knows no other way.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from finlens.documents import Box, Table
from finlens.errors import ExtraMissing, ToolMissing
from finlens.extract.base import RawPage
from finlens.extract.tables.boxes import FoundCell, FoundTable, tables_from_boxes
from finlens.extract.tables.outside import run
from finlens.extract.tables.upright import upright
from finlens.extras import require


class TabulaFinder:
    """Cells as tabula finds them, filled with the page's own words.

    Args:
        mode: "guess" lets tabula find the tables and choose how to cut them, "lattice" wants rules, "stream" ignores them.
        timeout_s: Seconds after which Java is stopped.
    """

    name = "tabula"

    def __init__(self, *, mode: Literal["guess", "lattice", "stream"] = "guess", timeout_s: float = 300.0) -> None:
        self.mode = mode
        self.timeout_s = timeout_s

    def find(self, path: Path, pages: Sequence[RawPage], *, password: str | None = None) -> list[Table]:
        """The tables of these pages, in reading order.

        Raises:
            InputError: the file cannot be opened.
            ExtraMissing: tabula-py, which brings the Java archive, is not installed.
            ToolMissing: there is no Java runtime on PATH.
            BackendFailed: tabula gave up on the file.
            LimitExceeded: it took longer than ``timeout_s``.
        """
        if not pages:
            return []
        archive = _archive()
        java = shutil.which("java")
        if java is None:
            raise ToolMissing(
                "tabula needs a Java runtime.", why="There is no 'java' on PATH.", hint="apt-get install default-jre-headless"
            )
        command = [java, "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-jar", str(archive), "--format", "JSON", "--silent"]
        command += {"guess": ["--guess"], "lattice": ["--lattice"], "stream": ["--stream", "--guess"]}[self.mode]
        until = time.monotonic() + self.timeout_s
        found: list[FoundTable] = []
        with upright(path, pages, password) as (file, key):
            if key:
                command += ["--password", key]
            for page in pages:  # tabula's JSON does not say which page a table stands on
                left_s = max(0.1, until - time.monotonic())
                answer = run([*command, "--pages", str(page.number), str(file)], name="tabula", timeout_s=left_s)
                found += [_found(table, page.number) for table in json.loads(answer or b"[]")]
        return tables_from_boxes(found, pages, self.name)


def _archive() -> Path:
    package = require("tabula", extra="tabula")
    archives = sorted(Path(str(package.__file__)).parent.glob("tabula-*.jar"))
    if not archives:
        raise ExtraMissing("tabula-py came without its Java archive.", why="No tabula-*.jar in it.", hint='pip install "finlens[tabula]"')
    return archives[-1]


def _found(table: dict[str, Any], page: int) -> FoundTable:
    cells = [
        FoundCell(r, c, Box(cell["left"], cell["top"], cell["left"] + cell["width"], cell["top"] + cell["height"]))
        for r, row in enumerate(table["data"])
        for c, cell in enumerate(row)
        if cell["width"] > 0 and cell["height"] > 0
    ]
    return FoundTable(page, cells)
