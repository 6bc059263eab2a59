"""What was given: a PDF, an image, XML, a web page, a report package, or something that finlens does not read, said in one sentence."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Literal

from finlens.errors import FileMissing, FileUnreadable, FileUnsupported, LimitExceeded
from finlens.extract.limits import Limits

Kind = Literal["pdf", "image", "xml", "html", "package"]

_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"BM", "BMP"), (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"), (b"II+\x00", "TIFF"), (b"MM\x00+", "TIFF"),
)  # fmt: skip
_OTHERS = (
    (
        b"PK\x03\x04",
        "an Office document, or a ZIP archive of another kind",
        "Print it to PDF first; a report package ends in .zip or .xbri.",
    ),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls)", "Print it to PDF first."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"%!PS", "PostScript", "Turn it into PDF with ps2pdf first."),
    (b"{\\rtf", "a rich-text document", "Print it to PDF first."),
)
_XML_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:CrossIndustry(?:Invoice|Document)|Invoice|CreditNote|xbrl)[\s>]")
_HTML_ROOT = re.compile(rb"<(?:[\w.-]+:)?html[\s>]")
_HEADER = b"%PDF-"
_SEARCHED = 1024  # bytes: where Acrobat looks for the header


def look_at(path: Path, limits: Limits) -> tuple[Kind, tuple[str, ...]]:
    """The kind of the file, and warnings about it.

    Raises:
        FileMissing: there is none.
        FileUnreadable: a directory, a device, or no permission.
        FileUnsupported: empty, or of a kind that finlens does not read.
        LimitExceeded: larger than ``limits.max_bytes``.
    """
    head, size = _head(path)
    if not size:
        raise FileUnsupported(f"{path.name} is empty.", why="The file has 0 bytes.", hint="Download or copy it again.")
    if size > limits.max_bytes:
        raise LimitExceeded(
            f"{path.name} is too large.",
            why=f"{size / 1e6:,.0f} MB, and the limit is {limits.max_bytes / 1e6:,.0f} MB.",
            hint="Split it into parts.",
        )
    named_pdf = path.suffix.lower() == ".pdf"
    image = _image_kind(head)
    if image and not (image == "BMP" and named_pdf):
        warnings = (f"{path.name} is a {image} image with the name of a PDF; it was read as an image.",) if named_pdf else ()
        return "image", warnings
    if _HEADER in head:
        return "pdf", ()
    if head.startswith(b"PK\x03\x04") and path.suffix.lower() in (".zip", ".xbri", ".xbr"):
        return "package", ()
    if _is_html(head, path.suffix.lower()):
        return "html", ()
    if _is_xml(head):
        return "xml", ()
    if named_pdf and not _is_text(head):
        return "pdf", (f"{path.name} has no PDF header.",)
    if named_pdf and (b" obj" in head or b"%PDF" in head):
        return "pdf", (f"{path.name} has no proper PDF header.",)
    raise _unsupported(path, head)


def _head(path: Path) -> tuple[bytes, int]:
    try:
        if path.is_dir():
            raise FileUnreadable(f"{path} is a directory.", why="finlens reads files.", hint=f"finlens extract {path}/*.pdf")
        if not path.exists():
            raise FileMissing(f"There is no file {path}.", why=f"Looked in {path.absolute().parent}.", hint=_nearest(path))
        if not path.is_file():
            raise FileUnreadable(f"{path} is no regular file.", why="It is a pipe or a device.", hint="Copy it into a file first.")
        with path.open("rb") as file:
            return file.read(_SEARCHED + len(_HEADER)), path.stat().st_size
    except PermissionError as exc:
        raise FileUnreadable(f"{path} cannot be read.", why="You have no permission to read it.", hint=f"chmod u+r {path}") from exc
    except (OSError, ValueError) as exc:  # ValueError: a null byte in the name
        raise FileUnreadable(f"{path} cannot be read.", why=str(exc), hint="Check the disk or the path.") from exc


def _nearest(path: Path) -> str:
    try:
        names = [entry.name for entry in path.absolute().parent.iterdir()]
    except OSError:
        return "Check the folder's name."
    near = difflib.get_close_matches(path.name, names, n=1)
    return f"Did you mean '{near[0]}'?" if near else "Check the path."


def _image_kind(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    return next((name for magic, name in _IMAGES if head.startswith(magic)), "")


def _is_html(head: bytes, suffix: str) -> bool:
    """A web page by its first tag, or by its name where a prolog of comments hides it."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not start.startswith(b"<"):
        return False
    return start.startswith((b"<!doctype html", b"<html")) or suffix in (".htm", ".html", ".xhtml") or _HTML_ROOT.search(start) is not None


def _is_xml(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        return True
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith(b"<?xml") or _XML_ROOT.match(start) is not None


def _is_text(head: bytes) -> bool:
    return not any(byte < 9 or 14 <= byte < 32 for byte in head[:512])


def _unsupported(path: Path, head: bytes) -> FileUnsupported:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    for magic, what, hint in _OTHERS:
        if start[: len(magic)].lower() == magic.lower():
            return FileUnsupported(f"{path.name} is not a PDF or an image.", why=f"It looks like {what}.", hint=hint)
    return FileUnsupported(
        f"{path.name} is not a PDF or an image.",
        why="It does not start like one.",
        hint="finlens reads PDF, PNG, JPEG, TIFF, WebP, BMP, XML invoices, and reports in (X)HTML or XBRL.",
    )
