"""The engines that read words out of pictures."""

from __future__ import annotations

from finlens.registry import Entry, Registry
from finlens.vision.base import WordRecogniser

WORD_RECOGNISERS: Registry[WordRecogniser] = Registry(
    "finlens.word_recognisers",
    "OCR engine",
    (
        Entry(
            "rapidocr",
            "finlens.vision.rapidocr:RapidOcr",
            "PP-OCR models inside the package; English and French (default)",
            needs=("rapidocr", "onnxruntime"),
        ),
        Entry(
            "tesseract",
            "finlens.vision.tesseract:TesseractOcr",
            "the tesseract program; quicker, loses more figures",
            programs=("tesseract",),
            program_hint="apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-fra",
        ),
    ),
)


def default_engine() -> str:
    """The engine that ``ocr_engine="auto"`` stands for: the first whose packages and programs are all there."""
    import shutil

    for entry in WORD_RECOGNISERS.entries():
        if not entry.missing_packages() and all(shutil.which(program) for program in entry.programs):
            return entry.name
    return "rapidocr"
