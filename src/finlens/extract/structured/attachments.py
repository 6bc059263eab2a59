"""Files inside a PDF that may hold its figures: those that its name tree, its /AF entries and its paper clips name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from finlens.extract.structured.xml import MAX_BYTES

_MOST = 50  # attachments, and pages looked at for paper clips: an invoice has one, or a few papers beside it
_WANTED = (".xml", ".xbrl")
_KNOWN = re.compile(r"(?:factur-x|zugferd-invoice|xrechnung)\.xml", re.I)


class Attachment(NamedTuple):
    """A file inside of a file. ``content`` is empty where ``problem`` says why it was not taken."""

    name: str
    content: bytes
    problem: str = ""


def attachments_of(document: Any) -> tuple[Attachment, ...]:
    """The XML files attached to an open PyMuPDF document, invoices by their standard names first.

    What cannot be unpacked is in the list with its problem.
    """
    import pymupdf

    mupdf = pymupdf.mupdf
    found: dict[int, Attachment] = {}
    try:
        pdf = mupdf.pdf_document_from_fz_document(document.this)
        if not pdf.m_internal:
            return ()  # MuPDF took it for something else than a PDF, and crashes when asked for its names
        for specification in _specifications(mupdf, pdf, document.page_count):
            name = _name(mupdf, specification)
            stream = mupdf.pdf_dict_getp(specification, "EF/F")
            if not mupdf.pdf_is_stream(stream):
                stream = mupdf.pdf_dict_getp(specification, "EF/UF")
            number = mupdf.pdf_to_num(stream)
            if number in found or not name.lower().endswith(_WANTED) or not mupdf.pdf_is_stream(stream):
                continue
            found[number] = _attachment(mupdf, stream, name)
            if len(found) == _MOST:
                break
    except (mupdf.FzErrorBase, RuntimeError, ValueError) as exc:
        found[-1] = Attachment("an attachment", b"", _first_line(exc))
    return tuple(sorted(found.values(), key=lambda one: _KNOWN.fullmatch(one.name) is None))


def _specifications(mupdf: Any, pdf: Any, page_count: int) -> Iterator[Any]:
    """File specifications by every way that leads to one; the same may come twice."""
    tree = mupdf.pdf_load_name_tree(pdf, mupdf.pdf_new_name("EmbeddedFiles"))
    for at in range(min(mupdf.pdf_dict_len(tree), _MOST)):
        yield mupdf.pdf_dict_get_val(tree, at)
    yield from _listed(mupdf, mupdf.pdf_dict_getp(mupdf.pdf_trailer(pdf), "Root/AF"))
    for number in range(min(page_count, _MOST)):
        page = mupdf.pdf_lookup_page_obj(pdf, number)
        yield from _listed(mupdf, mupdf.pdf_dict_gets(page, "AF"))
        for mark in _listed(mupdf, mupdf.pdf_dict_gets(page, "Annots")):
            if mupdf.pdf_to_name(mupdf.pdf_dict_gets(mark, "Subtype")) == "FileAttachment":
                yield mupdf.pdf_dict_gets(mark, "FS")


def _listed(mupdf: Any, array: Any) -> Iterator[Any]:
    for at in range(min(mupdf.pdf_array_len(array), 20 * _MOST)):
        yield mupdf.pdf_array_get(array, at)


def _name(mupdf: Any, specification: Any) -> str:
    for key in ("UF", "F"):
        said = mupdf.pdf_dict_gets(specification, key)
        if mupdf.pdf_is_string(said):
            return str(mupdf.pdf_to_text_string(said)).replace("\\", "/").rpartition("/")[2]
    return ""


def _attachment(mupdf: Any, stream: Any, name: str) -> Attachment:
    try:
        buffer = mupdf.pdf_load_stream(stream)
        size = mupdf.fz_buffer_storage(buffer)[0]
        if size > MAX_BYTES:
            return Attachment(name, b"", f"it is {size / 1e6:,.0f} MB large")
        return Attachment(name, bytes(mupdf.fz_buffer_extract_copy(buffer)))
    except (mupdf.FzErrorBase, RuntimeError, ValueError) as exc:
        return Attachment(name, b"", _first_line(exc))


def _first_line(exc: Exception) -> str:
    return (str(exc).splitlines() or [type(exc).__name__])[0][:160]
