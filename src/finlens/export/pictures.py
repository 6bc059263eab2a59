"""Pictures of a document's pages, in the document's own coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finlens.documents import Box, Document, Page
from finlens.errors import FileDamaged, FileMissing

if TYPE_CHECKING:
    from PIL.Image import Image

_MAX_SIDE = 4000
"""Pixels; a page of 200,000 points must not become a picture of gigabytes."""


class PagePictures:
    """Draws pages of one open file; made by `open_pictures`."""

    def __init__(self, document: Document, file: Any) -> None:
        self.document = document
        self._file = file

    def draw(self, number: int, *, dpi: float, clip: Box | None = None) -> tuple[Image, float]:
        """The picture of a page, or of the part in ``clip``, and how many of its pixels are a point.

        Raises:
            FileDamaged: the page cannot be drawn.
        """
        import pymupdf
        from PIL import Image

        page = self.document.page(number)
        region = clip or Box(0.0, 0.0, page.width, page.height)
        zoom = min(dpi / 72, _MAX_SIDE / max(region.width, region.height, 1.0))
        try:
            drawn = self._file[number - 1]
            # Pictures (PNG, TIFF …) are opened in a size of the library's own choosing: bring it to ours.
            across, down = page.width / drawn.rect.width, page.height / drawn.rect.height
            matrix = pymupdf.Matrix(zoom * across, zoom * down)
            inside = pymupdf.Rect(region.x0 / across, region.top / down, region.x1 / across, region.bottom / down)
            pixels = drawn.get_pixmap(matrix=matrix, clip=inside, alpha=False, annots=True)
        except (RuntimeError, ValueError, IndexError, ZeroDivisionError, pymupdf.mupdf.FzErrorBase) as exc:
            raise FileDamaged(
                f"Page {number} of {self.document.name} cannot be drawn.",
                why=str(exc)[:200] or "It is damaged.",
                hint="Use --format xlsx or json.",
            ) from exc
        return Image.frombytes("RGB" if pixels.n == 3 else "L", (pixels.width, pixels.height), pixels.samples), zoom


@contextmanager
def open_pictures(document: Document, *, password: str | None = None) -> Iterator[PagePictures]:
    """The pages of the file that the document was read from, ready to be drawn.

    Raises:
        FileMissing: the document does not come from a file, or the file is gone.
        FinlensError: the file cannot be opened.
    """
    if document.path is None or not Path(document.path).is_file():
        raise FileMissing(
            f"The file of '{document.name}' is not there to be drawn.",
            why=f"'{document.path}' is gone." if document.path else "The document was made from JSON or parts, not read from a file.",
            hint="Read the PDF itself: finlens extract FILE.pdf --format html -o FILE.html",
        )
    path = Path(document.path)
    with path.open("rb") as stream:
        is_pdf = b"%PDF-" in stream.read(1024)
    if is_pdf:
        from finlens.extract.pdf_file import open_pdf

        with open_pdf(path, password) as file:
            yield PagePictures(document, file)
        return
    import pymupdf

    try:
        file = pymupdf.open(stream=path.read_bytes())
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as exc:
        raise FileDamaged(f"{document.name} cannot be drawn.", why=str(exc)[:200], hint="Use --format xlsx or json.") from exc
    try:
        yield PagePictures(document, file)
    finally:
        file.close()


def whole(page: Page) -> Box:
    """The page as a box."""
    return Box(0.0, 0.0, page.width, page.height)
