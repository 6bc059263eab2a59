"""A copy of a PDF in which turned or cropped pages are plain ones, for libraries that lose their way on those.

camelot scales a cropped page wrongly and turns a rotated one back; pdfplumber and tabula count from the uncropped edge.
On the copy, their coordinates are those that a viewer shows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from finlens.extract.base import RawPage
from finlens.extract.pdf_file import open_pdf


@contextmanager
def upright(path: Path, pages: Sequence[RawPage], password: str | None) -> Iterator[tuple[Path, str | None]]:
    """The file to give to the library, and its password: the file itself, or a copy that is deleted at the end.

    Raises:
        InputError: the file cannot be opened.
    """
    with open_pdf(path, password) as document:
        odd = [
            page
            for raw in pages
            if raw.number <= document.page_count and ((page := document[raw.number - 1]).rotation or page.cropbox != page.mediabox)
        ]
        if not odd:
            yield path, password
            return
        for page in odd:
            shown = page.cropbox
            page.set_cropbox(page.mediabox)
            height = page.mediabox.height
            left, bottom = page.mediabox.x0, page.mediabox.y0
            page.set_mediabox((left + shown.x0, bottom + height - shown.y1, left + shown.x1, bottom + height - shown.y0))
            page.remove_rotation()
        with tempfile.TemporaryDirectory(prefix="finlens-") as folder:  # readable by this user only
            copy = Path(folder) / "upright.pdf"
            document.save(copy, encryption=1)  # PDF_ENCRYPT_NONE
            yield copy, None
