"""camelot as a table finder, run in a process of its own.

Its pdfium backend needs no Ghostscript. Flavours: "lattice" for ruled tables, "stream" and "network" for borderless
ones, "hybrid" for both, "auto" to let camelot choose page by page.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from finlens.documents import Box, Table
from finlens.extract.base import RawPage
from finlens.extract.tables.boxes import FoundCell, FoundTable, tables_from_boxes
from finlens.extract.tables.outside import run
from finlens.extract.tables.upright import upright
from finlens.extras import require

Flavor = Literal["auto", "lattice", "stream", "network", "hybrid"]


class CamelotFinder:
    """Cells as camelot finds them, filled with the page's own words.

    Args:
        flavor: camelot's way of looking; see the module.
        timeout_s: Seconds after which camelot is stopped.
    """

    name = "camelot"

    def __init__(self, *, flavor: Flavor = "auto", timeout_s: float = 600.0) -> None:
        self.flavor = flavor
        self.timeout_s = timeout_s

    def find(self, path: Path, pages: Sequence[RawPage], *, password: str | None = None) -> list[Table]:
        """The tables of these pages, in reading order.

        Raises:
            InputError: the file cannot be opened.
            ExtraMissing: camelot is not installed.
            BackendFailed: camelot gave up on the file.
            LimitExceeded: it took longer than ``timeout_s``.
        """
        if not pages:
            return []
        require("camelot", extra="")
        with upright(path, pages, password) as (file, key):
            order = {"path": str(file), "pages": [page.number for page in pages], "password": key, "flavor": self.flavor}
            answer = run(
                [sys.executable, "-m", "finlens.extract.tables.camelot"],
                name="camelot",
                timeout_s=self.timeout_s,
                stdin=json.dumps(order).encode(),
            )
        heights = {page.number: page.height for page in pages}
        found = [
            FoundTable(number, [FoundCell(r, c, _flipped(box, heights[number]), rs, cs) for r, c, rs, cs, box in cells])
            for number, cells in json.loads(answer)
            if number in heights
        ]
        return tables_from_boxes(found, pages, self.name)


def _flipped(box: Sequence[float], height: float) -> Box:
    """Camelot counts from the bottom-left corner of the turned page."""
    x0, bottom, x1, top = box
    return Box(x0, height - top, x1, height - bottom)


def _cells(table: Any) -> list[tuple[int, int, int, int, list[float]]]:
    """Cells with the neighbours merged that no edge parts."""
    rows = table.cells
    taken: set[tuple[int, int]] = set()
    cells = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if (r, c) in taken:
                continue
            wide = 1
            while c + wide < len(row) and not row[c + wide - 1].right and not row[c + wide].left and (r, c + wide) not in taken:
                wide += 1
            tall = 1
            while r + tall < len(rows) and all(
                not rows[r + tall - 1][k].bottom and not rows[r + tall][k].top and (r + tall, k) not in taken for k in range(c, c + wide)
            ):
                tall += 1
            taken |= {(a, b) for a in range(r, r + tall) for b in range(c, c + wide)}
            last = rows[r + tall - 1][c + wide - 1]
            cells.append((r, c, tall, wide, [float(cell.x1), float(last.y1), float(last.x2), float(cell.y2)]))
    return cells


def main() -> None:
    """Read an order from standard input, write cells as JSON to standard output."""
    import warnings

    import camelot

    warnings.simplefilter("ignore")
    order = json.loads(sys.stdin.read())
    options = {} if order["flavor"] in ("stream", "network") else {"backend": "pdfium"}
    with contextlib.redirect_stdout(sys.stderr):
        tables = camelot.read_pdf(
            order["path"],
            pages=",".join(map(str, order["pages"])),
            password=order["password"],
            flavor=order["flavor"],
            suppress_stdout=True,
            **options,
        )
    sys.stdout.write(json.dumps([(int(table.page), _cells(table)) for table in tables]))


if __name__ == "__main__":
    main()
