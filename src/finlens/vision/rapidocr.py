"""OCR with RapidOCR: PP-OCR models that lie inside of its wheel, run by ONNX Runtime on one thread a picture.

Two threads on one picture wait for each other more than they work; a page cut in two at a blank row, each half on a
thread of its own, takes half the time.

The engine finds lines; words are cut out of them where the recogniser saw blanks and where the ink leaves wide white,
at the edges of the ink. Its own line classifier is off: it turns good lines of scans upside down.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finlens.errors import BackendFailed, ModelUnusable
from finlens.extras import require
from finlens.vision.base import SeenWord
from finlens.vision.inked_lines import SeenLine, words_in
from finlens.vision.lettering import Letter

if TYPE_CHECKING:
    from PIL.Image import Image

_MIN_SCORE = 0.5
_WORTH_CUTTING = 1_000  # pixels
_BLANK_ROWS = 5
# Lines are looked for in a small copy and read from the picture itself, and short lines (most of a statement is
# figures) are not padded to the length of a sentence. Half the time of the library's own shapes, the same figures right.
_SIDE = 1_000  # pixels: the longer side of that copy, of half a page
_SHAPE = {
    "Global.max_side_len": 4_000,
    "Det.limit_type": "max",
    "Det.limit_side_len": _SIDE,
    "Rec.rec_img_shape": [3, 48, 160],
    "Rec.rec_batch_num": 3,  # the library's 6 takes a gigabyte for the lines of a dense page, and no less time
}


class RapidOcr:
    """The packaged engine. Weights load at the first picture; one engine may be used by several threads."""

    name = "rapidocr"

    def __init__(self, *, workers: int | None = None) -> None:
        """Make an engine.

        Args:
            workers: 2 reads the halves of a page side by side, 1 one after the other, with the same result; when None, by
                the number of processors, and 1 in a worker process, beside which others are at work.
        """
        self.workers = workers or (1 if parent_process() else min(2, os.cpu_count() or 1))
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"RapidOcr(workers={self.workers})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_make, (self.workers,))  # weights and locks do not cross process boundaries

    @cached_property
    def _engine(self) -> Any:
        rapidocr = require("rapidocr", extra="")
        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        models = Path(str(rapidocr.__file__)).parent / "models"
        try:
            # Paths to the packaged files: without them the library may go and look for models on the network.
            return rapidocr.RapidOCR(
                params={
                    "Global.log_level": "critical",
                    "Global.use_cls": False,
                    "Global.text_score": _MIN_SCORE,
                    "Det.model_path": str(_packaged(models, "det")),
                    "Rec.model_path": str(_packaged(models, "rec")),
                    **_SHAPE,
                    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                }
            )
        except (RuntimeError, ValueError, OSError, KeyError) as exc:
            raise ModelUnusable(
                "The packaged OCR models do not load.", why=str(exc), hint="pip install --force-reinstall rapidocr"
            ) from exc

    def recognise(self, images: Sequence[Image], *, dpi: int = 300) -> list[list[SeenWord]]:
        """The words of each picture, line by line from the top. ``dpi`` does not matter to this engine.

        Raises:
            BackendFailed: the engine gave up on a picture.
            ModelUnusable: its weights cannot be loaded.
        """
        with self._lock:
            return [self._recognise_one(image) for image in images]

    def _recognise_one(self, image: Image) -> list[SeenWord]:
        import numpy as np

        grey = np.asarray(image.convert("L"))
        cut = _blank_row(grey)  # whatever the number of workers: what is read must not depend on the machine
        if not cut:
            return words_in(grey, self._lines(grey))
        with ThreadPoolExecutor(self.workers) as pool:
            above, below = pool.map(self._lines, (grey[:cut], grey[cut:]))
        return words_in(grey, above + [line._replace(top=line.top + cut, bottom=line.bottom + cut) for line in below])

    def _lines(self, grey: Any) -> list[SeenLine]:
        import numpy as np

        try:
            seen = self._engine(
                np.ascontiguousarray(np.stack((grey, grey, grey), axis=-1)), return_word_box=True, return_single_char_box=True
            )
        except (RuntimeError, ValueError, TypeError, IndexError) as exc:
            raise BackendFailed(
                "OCR gave up on a picture.", why=f"{type(exc).__name__} in rapidocr.", hint="--ocr-engine tesseract"
            ) from exc
        return _lines_of(seen)


def _make(workers: int) -> RapidOcr:
    return RapidOcr(workers=workers)


def _blank_row(grey: Any) -> int:
    """A row of paper near the middle of a picture, where it can be cut without cutting a letter; 0 for none."""
    import numpy as np

    height, width = grey.shape
    if height < _WORTH_CUTTING or width < _WORTH_CUTTING // 2:
        return 0
    band = grey[int(0.35 * height) : int(0.65 * height)]
    spread = np.percentile(band, 98, axis=1) - band.min(axis=1)
    blank = spread < 50
    best, best_away, run = 0, height, 0
    for index, empty in enumerate(blank):
        run = run + 1 if empty else 0
        row = int(0.35 * height) + index - run // 2
        if run >= _BLANK_ROWS and abs(row - height // 2) < best_away:
            best, best_away = row, abs(row - height // 2)
    return best


def _packaged(models: Path, task: str) -> Path:
    found = sorted(models.glob(f"*_{task}_*.onnx"))
    if not found:
        raise ModelUnusable(
            "The OCR models are not in the rapidocr package.", why=f"{models} holds none for '{task}'.", hint="pip install -U rapidocr"
        )
    return found[-1]


def _lines_of(seen: Any) -> list[SeenLine]:
    """The engine's lines, each letter with the place where the engine saw it."""
    if seen.boxes is None or seen.txts is None:
        return []
    made = []
    cut = list(seen.word_results or ())
    for quad, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True):
        x0, x1 = float(quad[:, 0].min()), float(quad[:, 0].max())
        # Lines without letters are left out of the library's second list, so it is followed by content, not by place.
        if cut and "".join(letter for letter, _, _ in cut[0]) == "".join(text.split()):
            letters = [Letter(letter, sum(p[0] for p in box) / 4, float(sure)) for letter, sure, box in cut.pop(0)]
        else:
            each = (x1 - x0) / max(1, len(text))
            letters = [Letter(letter, x0 + (i + 0.5) * each, float(score)) for i, letter in enumerate(text) if not letter.isspace()]
        made.append(SeenLine(text, letters, x0, float(quad[:, 1].min()), x1, float(quad[:, 1].max()), float(score)))
    return made
