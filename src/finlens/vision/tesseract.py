"""OCR with the tesseract program, where it is installed: five times quicker than PP-OCR and less sure of itself."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from finlens.errors import BackendFailed, ToolMissing
from finlens.extras import require
from finlens.vision.base import SeenWord
from finlens.vision.lettering import level_of

if TYPE_CHECKING:
    from PIL.Image import Image

_WORD_LEVEL = 5
_INSTALL = "apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-fra"


class TesseractOcr:
    """The tesseract program, one thread a picture (more make it slower)."""

    name = "tesseract"

    def __init__(self, *, languages: str = "fra+eng", page_mode: int = 6, timeout_s: float = 120.0) -> None:
        """Make an engine.

        Args:
            languages: As tesseract names them. French first: alone it reads "M€" as "ME".
            page_mode: Tesseract's ``--psm``. 6 takes the page as one block, which keeps the figures of statements
                that 3 loses.
            timeout_s: For one picture.
        """
        self.languages = languages
        self.page_mode = page_mode
        self.timeout_s = timeout_s

    def __repr__(self) -> str:
        return f"TesseractOcr(languages={self.languages!r}, page_mode={self.page_mode})"

    def recognise(self, images: Sequence[Image], *, dpi: int = 300) -> list[list[SeenWord]]:
        """The words of each picture, in tesseract's order.

        Raises:
            ToolMissing: there is no tesseract program, or it lacks a language.
            BackendFailed: it failed on a picture, or took too long.
        """
        return [self._recognise_one(image, dpi) for image in images]

    def _recognise_one(self, image: Image, dpi: int) -> list[SeenWord]:
        pytesseract = require("pytesseract", extra="")
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # more threads make it three times slower
        try:
            table = pytesseract.image_to_data(
                image.convert("L"),
                lang=self.languages,
                config=f"--psm {self.page_mode} --dpi {dpi}",
                timeout=self.timeout_s,
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractNotFoundError as exc:
            raise ToolMissing("The tesseract program is not installed.", why="It is no Python package.", hint=_INSTALL) from exc
        except pytesseract.TesseractError as exc:
            said = str(exc.message).strip()
            if "language" in said or "traineddata" in said:
                raise ToolMissing(f"Tesseract lacks a language of '{self.languages}'.", why=said[:200], hint=_INSTALL) from exc
            raise BackendFailed("Tesseract failed on a picture.", why=said[-200:], hint="--ocr-engine rapidocr") from exc
        except RuntimeError as exc:  # how pytesseract says that time is up
            raise BackendFailed(
                "Tesseract took too long.", why=f"More than {self.timeout_s:.0f} s for one page.", hint="--ocr-engine rapidocr"
            ) from exc
        return _words(table)


def _words(table: dict[str, list[Any]]) -> list[SeenWord]:
    """The word rows of tesseract's table."""
    made = []
    columns = (table[name] for name in ("text", "level", "conf", "left", "top", "width", "height"))
    for text, level, confidence, left, top, width, height in zip(*columns, strict=True):
        if int(level) == _WORD_LEVEL and text.strip() and float(confidence) >= 0:
            level = level_of(text.strip(), top, top + height)
            above, below, size = (level.top, level.bottom, level.size) if level else (top, top + height, 0.0)
            made.append(SeenWord(text.strip(), left, above, left + width, below, float(confidence) / 100, size))
    return made
