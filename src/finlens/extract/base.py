"""The roles of extraction: who gives words, who gives tables. Each is one verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from finlens.documents import Box, Origin, Table, Word


class Rule(NamedTuple):
    """A drawn straight line, horizontal or vertical, or a filled rectangle thinner than 3 points."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


class Fill(NamedTuple):
    """A filled rectangle behind text: the band of a row, a shaded head."""

    x0: float
    top: float
    x1: float
    bottom: float
    grey: float  # 0 black … 1 white


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Words that stand together and are not seen by whoever looks at the page."""

    box: Box
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class RawPage:
    """What a reader sees on a page before anything is understood. Points, top-left origin, as a viewer shows it."""

    number: int
    width: float
    height: float
    origin: Origin
    words: Sequence[Word] = ()
    """In the order of the file, or, from OCR, of the engine."""
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    images: tuple[Box, ...] = ()
    rotation: int = 0
    invisible_words: int = 0
    """How many of the words are drawn invisibly, as scanners do over a picture."""
    unmapped_share: float = 0.0
    """Share of characters (0 to 1) with no Unicode meaning: a garbled text layer."""
    outlines: int = 0
    """How many filled curves the page draws: text that was turned into outlines has thousands."""
    curves: tuple[Box, ...] = ()
    """Boxes of curved shapes, as charts and logos have them; at most a few thousand."""
    warnings: tuple[str, ...] = ()
    """What the library complained of on this page."""
    hidden: tuple[HiddenText, ...] = ()
    """Text that is not seen and was left out of ``words``."""


class PageReader(Protocol):
    """A PDF library that gives the words of pages with their boxes."""

    name: str

    def read(
        self,
        path: Path,
        *,
        pages: Sequence[int] | None = None,
        password: str | None = None,
        drawings: bool = True,
        looks: bool = True,
    ) -> Iterator[RawPage]:
        """Yield the asked pages (1-based; all when None) in order.

        ``drawings``: also rules, fills and images. ``looks``: also sizes, weights and hidden words; a reader that has
        them at no cost may give them anyway.
        """
        ...


class TableFinder(Protocol):
    """A way to find tables on pages."""

    name: str

    def find(self, path: Path, pages: Sequence[RawPage], *, password: str | None = None) -> list[Table]:
        """The tables of these pages, in reading order. Finders that work from words alone never open ``path``."""
        ...
