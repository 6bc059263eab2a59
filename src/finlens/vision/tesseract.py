"""OCR with the tesseract program, where it is installed: five times quicker than PP-OCR and less sure of itself."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from typing import TYPE_CHECKING

from finlens.errors import BackendFailed, ToolMissing
from finlens.vision.base import SeenWord

if TYPE_CHECKING:
    from PIL.Image import Image

_WORD_LEVEL = "5"


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
        program = shutil.which("tesseract")
        if program is None:
            raise ToolMissing(
                "The tesseract program is not installed.",
                why="It is no Python package.",
                hint="apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-fra",
            )
        return [self._recognise_one(program, image, dpi) for image in images]

    def _recognise_one(self, program: str, image: Image, dpi: int) -> list[SeenWord]:
        picture = io.BytesIO()
        image.convert("L").save(picture, "PPM")
        arguments = [program, "stdin", "stdout", "-l", self.languages, "--psm", str(self.page_mode), "--dpi", str(dpi), "tsv"]
        try:
            done = subprocess.run(
                arguments,
                input=picture.getvalue(),
                capture_output=True,
                timeout=self.timeout_s,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired as exc:
            raise BackendFailed(
                "Tesseract took too long.", why=f"More than {self.timeout_s:.0f} s for one page.", hint="--ocr-engine rapidocr"
            ) from exc
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()
            if "language" in said or "traineddata" in said:
                raise ToolMissing(
                    f"Tesseract lacks a language of '{self.languages}'.",
                    why=said.splitlines()[0],
                    hint="apt-get install tesseract-ocr-eng tesseract-ocr-fra",
                )
            raise BackendFailed(
                "Tesseract failed on a picture.", why=said[-200:] or f"exit {done.returncode}", hint="--ocr-engine rapidocr"
            )
        return _words(done.stdout.decode("utf-8", "replace"))


def _words(table: str) -> list[SeenWord]:
    """The word lines of tesseract's table."""
    made = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").strip()
        if row["level"] == _WORD_LEVEL and text and float(row["conf"]) >= 0:
            left, top = float(row["left"]), float(row["top"])
            right, bottom = left + float(row["width"]), top + float(row["height"])
            made.append(SeenWord(text, left, top, right, bottom, float(row["conf"]) / 100))
    return made
