"""pdfplumber as a table finder: cells between drawn lines. Good on fully ruled pages, blind on borderless ones."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from finlens.documents import Box, Table
from finlens.errors import BackendFailed, FinlensError
from finlens.extract.base import RawPage
from finlens.extract.tables.boxes import FoundCell, FoundTable, tables_from_boxes
from finlens.extract.tables.lattice import snapped
from finlens.extract.tables.upright import upright
from finlens.extras import require


class PdfplumberFinder:
    """Cells between lines, as `pdfplumber.Page.find_tables` finds them.

    Args:
        vertical: pdfplumber's ``vertical_strategy``: "lines", "lines_strict" or "text".
        horizontal: Its ``horizontal_strategy``.
    """

    name = "pdfplumber"

    def __init__(self, *, vertical: str = "lines", horizontal: str = "lines") -> None:
        self.vertical = vertical
        self.horizontal = horizontal

    def find(self, path: Path, pages: Sequence[RawPage], *, password: str | None = None) -> list[Table]:
        """The tables of these pages, in reading order.

        Raises:
            ExtraMissing: pdfplumber is not installed.
            BackendFailed: it cannot open the file or gives up on a page.
        """
        if not pages:
            return []
        library = require("pdfplumber", extra="")
        logging.getLogger("pdfminer").addHandler(logging.NullHandler())
        found: list[FoundTable] = []
        try:
            with (
                upright(path, pages, password) as (file, key),
                library.open(file, password=key or "", pages=[page.number for page in pages]) as document,
            ):
                for page in document.pages:
                    found += self._on_page(page)
                    page.close()
        except FinlensError:
            raise
        except Exception as exc:  # pdfminer lets KeyError, TypeError, AssertionError … through on damaged files
            raise BackendFailed(
                f"pdfplumber gave up on {path.name}.", why=f"{type(exc).__name__}: {exc}", hint="Use --tables aligned (the default)."
            ) from exc
        return tables_from_boxes(found, pages, self.name)

    def _on_page(self, page: Any) -> list[FoundTable]:
        left, top = float(page.bbox[0]), float(page.bbox[1])
        settings = {"vertical_strategy": self.vertical, "horizontal_strategy": self.horizontal}
        found = []
        for table in page.find_tables(settings):
            boxes = [Box(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells]
            found.append(FoundTable(page.page_number, cells_from_boxes(boxes)))
        return found


def cells_from_boxes(boxes: Sequence[Box]) -> list[FoundCell]:
    """Places in the grid, spans included, told from the cells' edges alone."""
    xs = snapped([box.x0 for box in boxes])
    ys = snapped([box.top for box in boxes])

    def nearest(values: Sequence[float], value: float) -> int:
        return min(range(len(values)), key=lambda n: abs(values[n] - value))

    return [
        FoundCell(
            nearest(ys, box.top),
            nearest(xs, box.x0),
            box,
            max(1, sum(box.top - 1 <= y < box.bottom - 3 for y in ys)),
            max(1, sum(box.x0 - 1 <= x < box.x1 - 3 for x in xs)),
        )
        for box in boxes
    ]
