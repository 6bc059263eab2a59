"""The typefaces: those that matplotlib brings along, so that the same PDFs come out on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import matplotlib
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

NO_BREAK_SPACE, PLACEHOLDER = "\u00a0", "\ue0a0"


class PrintersFont(TTFont):
    """A TrueType font that keeps U+00A0 in the text layer, where reportlab would write an ordinary space."""

    def splitString(self, text, doc, encoding="utf-8"):  # noqa: N802 - reportlab's name
        chunks = super().splitString(text.replace(NO_BREAK_SPACE, PLACEHOLDER), doc, encoding)
        for subset in self.state[doc].subsets:
            # The subset's list becomes both its glyphs and its ToUnicode map.
            subset[:] = [ord(NO_BREAK_SPACE) if code == ord(PLACEHOLDER) else code for code in subset]
        return chunks


@dataclass(frozen=True, slots=True)
class Faces:
    """Registered font names: one family for prose, one for tables and heads."""

    text: str
    text_bold: str
    text_italic: str
    sans: str
    sans_bold: str
    sans_italic: str


ENGLISH = Faces("STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic", "Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
FRENCH = Faces("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique")


def register() -> None:
    """Make the faces known to reportlab."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for faces in (ENGLISH, FRENCH):
        for name in (faces.text, faces.text_bold, faces.text_italic, faces.sans, faces.sans_bold, faces.sans_italic):
            if (folder / f"{name}.ttf").exists():
                font = PrintersFont(name, str(folder / f"{name}.ttf"))
                font.face.charToGlyph[ord(PLACEHOLDER)] = font.face.charToGlyph[ord(" ")]
                pdfmetrics.registerFont(font)


def width(text: str, face: str, size: float) -> float:
    return pdfmetrics.stringWidth(text, face, size)
