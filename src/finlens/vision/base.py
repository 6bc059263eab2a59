"""The role of an OCR engine: page pictures in, words out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image


class SeenWord(NamedTuple):
    """A word that an engine saw; pixels of the picture it was given, origin top-left.

    The box is as wide as the ink and about as high as the font, as readers of PDFs give it, whichever letters there are.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float  # 0 to 1
    size: float = 0.0  # of the font, in pixels; 0 where the engine does not know

    @property
    def em(self) -> float:
        """The font size, guessed from the box where it is not known."""
        return self.size or 0.95 * (self.bottom - self.top)


class WordRecogniser(Protocol):
    """An OCR engine."""

    name: str

    def recognise(self, images: Sequence[Image], *, dpi: int = 300) -> list[list[SeenWord]]:
        """The words of each picture, top to bottom. ``dpi`` is the resolution that the pictures were made at."""
        ...
