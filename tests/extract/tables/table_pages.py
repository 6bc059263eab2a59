"""Pages drawn for tests: text at places, rules, bands; read back with the default reader."""

from collections.abc import Sequence
from pathlib import Path

import pymupdf

from finlens.documents import Table
from finlens.extract.base import RawPage
from finlens.extract.pymupdf import PyMuPDFReader
from finlens.extract.tables.aligned import AlignedFinder


class Drawing:
    """One PDF being drawn. ``text`` sets from the left edge, ``right`` up to a right edge, ``centre`` around a middle."""

    def __init__(self) -> None:
        self.document = pymupdf.open()
        self.page = self.document.new_page(width=612, height=792)

    def new_page(self) -> None:
        self.page = self.document.new_page(width=612, height=792)

    def text(self, x: float, y: float, words: str, size: float = 9, bold: bool = False) -> None:
        self.page.insert_text((x, y), words, fontsize=size, fontname="hebo" if bold else "helv")

    def right(self, x: float, y: float, words: str, size: float = 9, bold: bool = False) -> None:
        width = pymupdf.get_text_length(words, fontname="hebo" if bold else "helv", fontsize=size)
        self.text(x - width, y, words, size, bold)

    def centre(self, x: float, y: float, words: str, size: float = 9, bold: bool = False) -> None:
        width = pymupdf.get_text_length(words, fontname="hebo" if bold else "helv", fontsize=size)
        self.text(x - width / 2, y, words, size, bold)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.page.draw_line((x0, y0), (x1, y1), width=0.7)

    def band(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0.85) -> None:
        self.page.draw_rect(pymupdf.Rect(x0, y0, x1, y1), color=None, fill=(grey, grey, grey))

    def rows(self, y: float, rows: Sequence[Sequence[str]], *, left: float = 60, edges: Sequence[float], step: float = 14) -> float:
        """A label at ``left`` and figures up to each of ``edges``; returns the y after the last row."""
        for label, *figures in rows:
            self.text(left, y, label)
            for edge, figure in zip(edges, figures, strict=False):
                if figure:
                    self.right(edge, y, figure)
            y += step
        return y

    def save(self, folder: Path, name: str = "drawn.pdf") -> Path:
        path = folder / name
        self.document.save(path)
        return path


def pages_of(path: Path) -> list[RawPage]:
    return list(PyMuPDFReader().read(path))


def tables_of(drawing: Drawing, folder: Path) -> list[Table]:
    path = drawing.save(folder)
    return AlignedFinder().find(path, pages_of(path))


PROSE = (
    "Revenue grew by 12 percent in 2024 because volumes rose in all regions while prices",
    "held up, and the order book of 1,450 million at the year's end covers 9 months of the",
    "sales planned for 2025. Costs followed, as 340 people joined and energy cost 5 percent",
    "more than in 2023, so that the margin stayed at 14.2 percent of revenue, near to the",
    "14.5 percent of the year before and well above the 11.0 percent of our peers in 2024.",
)
