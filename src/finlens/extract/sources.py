"""A file that is open: how many pages it has, what it says about itself, and pictures of its pages for OCR."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from finlens.documents import Box
from finlens.errors import FileDamaged, LimitExceeded
from finlens.extract.files import Kind
from finlens.extract.limits import Limits
from finlens.extract.pdf_file import open_pdf
from finlens.extract.structured.attachments import Attachment, attachments_of

if TYPE_CHECKING:
    from PIL.Image import Image

_METADATA = ("title", "author", "subject", "keywords", "creator", "producer", "creationDate", "modDate")
_DEFAULT_DPI = 72.0
_LEAST_DPI = 96.0
_ICON = 100  # pixels: a smaller picture has no room for a line of text


class Source(Protocol):
    """What reading asks of an open file."""

    page_count: int
    metadata: dict[str, str]

    def attachments(self) -> tuple[Attachment, ...]:
        """The XML files inside of the file."""
        ...

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points, as a viewer shows it."""
        ...

    def has_detail(self, number: int) -> bool:
        """Whether the pictures of a page are fine enough to hold text: an icon is not."""
        ...

    def picture(self, number: int, *, dpi: int, clip: Box | None = None) -> tuple[Image, float]:
        """A picture of a page, or of a part of it, and how many pixels it has to the point (dpi is a wish)."""
        ...


class PdfSource:
    """A PDF, drawn by MuPDF."""

    def __init__(self, document: Any, limits: Limits) -> None:
        self._document = document
        self._limits = limits
        self.page_count: int = document.page_count
        said = document.metadata or {}
        self.metadata = {name: str(said[name]).strip() for name in _METADATA if said.get(name)}

    def attachments(self) -> tuple[Attachment, ...]:
        return attachments_of(self._document)

    def size(self, number: int) -> tuple[float, float]:
        rect = self._document[number - 1].rect
        return float(rect.width), float(rect.height)

    def has_text(self, number: int) -> bool:
        """Whether a page has a text layer."""
        return bool(self._document[number - 1].get_text("text", flags=0).strip())

    def has_detail(self, number: int) -> bool:
        pictures = self._document[number - 1].get_image_info()
        return any(max(info["width"], info["height"]) >= _ICON for info in pictures)

    def _useful_dpi(self, page: Any, wish: int) -> float:
        """No more than the pictures of a page have, where there is nothing but pictures on it."""
        pictures = page.get_image_info()
        if not pictures or page.get_text("text", flags=0).strip() or page.get_cdrawings():
            return wish
        finest = max(72 * info["width"] / max(1.0, info["bbox"][2] - info["bbox"][0]) for info in pictures)
        return float(min(wish, max(_LEAST_DPI, 1.25 * finest)))

    def picture(self, number: int, *, dpi: int, clip: Box | None = None) -> tuple[Image, float]:
        import pymupdf
        from PIL import Image

        page = self._document[number - 1]
        area = pymupdf.Rect(*clip) & page.rect if clip else page.rect
        zoom = self._useful_dpi(page, dpi) / 72
        if area.width * area.height * zoom * zoom > self._limits.max_pixels:
            zoom = math.sqrt(self._limits.max_pixels / (area.width * area.height))
        drawn = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), clip=area, colorspace=pymupdf.csGRAY, alpha=False, annots=True)
        return Image.frombuffer("L", (drawn.width, drawn.height), drawn.samples, "raw", "L", drawn.stride, 1), zoom


class ImageSource:
    """An image file; a TIFF may have several pages. Points are those of the image as it is stored."""

    def __init__(self, image: Any, path: Path, limits: Limits) -> None:
        self._image = image
        self._path = path
        self._limits = limits
        self.page_count: int = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        self.metadata: dict[str, str] = {"format": str(image.format)}

    def attachments(self) -> tuple[Attachment, ...]:
        return ()

    def size(self, number: int) -> tuple[float, float]:
        frame = self._frame(number)
        points = 72 / self.dpi(number)
        return frame.width * points, frame.height * points

    def dpi(self, number: int) -> float:
        """What the file says, where it can be true of a page; else 72, so that a point is a pixel."""
        said = self._frame(number).info.get("dpi")
        dpi = float(said[0]) if said and said[0] else _DEFAULT_DPI
        return dpi if 36 <= dpi <= 2400 else _DEFAULT_DPI

    def has_detail(self, number: int) -> bool:
        return bool(max(self._frame(number).size) >= _ICON)

    def exif_turn(self, number: int) -> int:
        """Degrees clockwise that a viewer turns the image by to show it upright."""
        return {3: 180, 6: 90, 8: 270}.get(self._frame(number).getexif().get(0x0112, 1), 0)

    def _frame(self, number: int) -> Any:
        if self._image.tell() != number - 1:
            self._image.seek(number - 1)
        if self._image.width * self._image.height > 4 * self._limits.max_pixels:
            raise LimitExceeded(
                f"{self._path.name} is too large a picture.",
                why=f"{self._image.width:,} × {self._image.height:,} pixels; the limit is {4 * self._limits.max_pixels:,}.",
                hint="Scale it down: 300 dots to the inch are enough.",
            )
        return self._image

    def picture(self, number: int, *, dpi: int, clip: Box | None = None) -> tuple[Image, float]:
        from PIL.Image import Resampling

        frame, scale = self._frame(number), self.dpi(number) / 72
        try:
            clear = "transparency" in frame.info or frame.mode in ("RGBA", "LA", "PA")
            whole = frame.convert("RGBA") if clear else frame.convert("L")
        except (OSError, ValueError, SyntaxError, MemoryError, EOFError) as exc:
            raise _damaged(self._path, exc) from exc
        if whole.mode == "RGBA":
            whole = _on_white(whole)
        if clip:
            whole = whole.crop(tuple(round(value * scale) for value in clip))
        if whole.width * whole.height > self._limits.max_pixels:
            less = math.sqrt(self._limits.max_pixels / (whole.width * whole.height))
            whole = whole.resize((max(1, int(whole.width * less)), max(1, int(whole.height * less))), Resampling.LANCZOS)
            scale *= less
        return whole, scale


def _on_white(image: Image) -> Image:
    from PIL.Image import new

    paper = new("RGBA", image.size, (255, 255, 255, 255))
    paper.alpha_composite(image)
    return paper.convert("L")


@contextmanager
def open_source(path: Path, kind: Kind, password: str | None, limits: Limits) -> Iterator[PdfSource | ImageSource]:
    """The file, open.

    Raises:
        InputError: it cannot be opened.
        LimitExceeded: a picture of too many pixels.
    """
    if kind == "pdf":
        with open_pdf(path, password) as document:
            yield PdfSource(document, limits)
        return
    from PIL import Image, UnidentifiedImageError

    try:
        # Our own limit on pixels is looked at before anything is unpacked.
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(file.read()))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as exc:
        raise _damaged(path, exc) from exc
    except Image.DecompressionBombError as exc:
        raise LimitExceeded(
            f"{path.name} is too large a picture.", why=str(exc), hint="Scale it down: 300 dots to the inch are enough."
        ) from exc
    with image, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on odd tags are no news to the user
        yield ImageSource(image, path, limits)


def _damaged(path: Path, exc: Exception) -> FileDamaged:
    return FileDamaged(
        f"{path.name} cannot be opened.", why=f"The image is cut off or damaged ({exc}).", hint="Open it in a viewer, or save it again."
    )
