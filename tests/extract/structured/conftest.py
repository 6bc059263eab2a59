"""PDFs that print an invoice and carry its XML."""

import pymupdf
import pytest
from einvoices import PRINT


@pytest.fixture
def make_invoice(tmp_path):
    """``make_invoice(xml)``: a PDF with that XML attached that prints the invoice of ``cii()``, or the texts given."""

    def make(xml, *, texts=PRINT, name="factur-x.xml", associated=False):
        document = pymupdf.open()
        page = document.new_page()
        for x, y, text in texts:
            page.insert_text((x, y), text, fontsize=10)
        if associated:  # only in the catalogue's /AF list, as PDF/A-3 asks, and in no name tree
            stream, specification = document.get_new_xref(), document.get_new_xref()
            document.update_object(stream, "<</Type/EmbeddedFile>>")
            document.update_stream(stream, xml, new=True)
            document.update_object(specification, f"<</Type/Filespec/F({name})/UF({name})/EF<</F {stream} 0 R>>/AFRelationship/Data>>")
            document.xref_set_key(document.pdf_catalog(), "AF", f"[{specification} 0 R]")
        elif xml is not None:
            document.embfile_add(name, xml, filename=name)
        path = tmp_path / "invoice.pdf"
        document.save(path)
        return path

    return make
