"""Invoices and statements drawn for a test: text at places, as a program prints it."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import finlens


def pdf(*pages, size=10):
    """A PDF of pages, each a list of (x from the left, y from the top, text) in points; a text that starts with ">" ends at x."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for page in pages:
        for x, y, text, *more in page:
            canvas.setFont("Helvetica", more[0] if more else size)
            if text.startswith(">"):
                canvas.drawRightString(x, A4[1] - y, text[1:])
            else:
                canvas.drawString(x, A4[1] - y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(folder, *pages, size=10):
    """The document that finlens makes of such a PDF."""
    path = folder / "printed.pdf"
    path.write_bytes(pdf(*pages, size=size))
    return finlens.read(path, ocr="never")
