"""The page to click in: complete in itself, and safe whatever a document says."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from finlens.documents import Box, Document
from finlens.errors import FileMissing
from finlens.export.html import document_to_html
from hand_made_balance_sheet import balance_sheet


class Outline(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_every_printed_cell_knows_its_box_on_the_page(document: Document):
    page = Outline(document_to_html(document).decode())
    cells = {a["id"]: a for tag in ("td", "th") for a in page.all(tag) if "data-b" in a}
    assert len(cells) == len(document.tables[0].cells)
    revenue = cells["t1-1-1"]
    assert revenue["data-b"] == "300.0 220.0 400.0 240.0"
    assert revenue["data-v"] == "1,496.5 USD millions"
    assert page.all("svg")[0]["viewbox"] == "0 0 595.00 842.00"


def test_it_loads_nothing_from_outside(document: Document):
    text = document_to_html(document).decode()
    page = Outline(text)
    sources = [a.get("src") or "" for _, a in page.tags if "src" in a]
    assert sources and all(source.startswith("data:image/webp;base64,") for source in sources)
    assert not [a for _, a in page.tags if (a.get("href") or "#")[0] != "#"]
    assert not re.search(r"url\(|@import|//(?!www\.w3\.org)[a-z0-9.-]+\.[a-z]{2,}", text)
    assert not page.all("link")


def test_what_a_document_says_is_never_markup(document: Document):
    nasty = '"><img src=x onerror=alert(1)>'
    cells = tuple(replace(cell, text=nasty) for cell in document.tables[0].cells)
    table = replace(document.tables[0], cells=cells, caption=nasty, notes=nasty, finder=nasty)
    page = Outline(document_to_html(replace(document, tables=(table,), name=nasty, language=nasty)).decode())
    assert len(page.all("img")) == 1  # the page's picture
    assert len(page.all("script")) == 1  # our own
    assert not [name for _, a in page.tags for name in a if name.startswith("on") or name == "style"]


def test_the_policy_allows_our_script_and_style_and_nothing_else(document: Document):
    (policy,) = [a["content"] for a in Outline(document_to_html(document).decode()).all("meta") if a.get("http-equiv")]
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.fixture
def statements(document: Document) -> Document:
    """The balance sheet with its equations, over the pages of a real file."""
    pages = tuple(replace(document.pages[0], number=number) for number in (1, 2))
    made = balance_sheet(document.path)
    tables = tuple(
        replace(
            table,
            places=((1, table.places[0][1]),),
            cells=tuple(replace(cell, source=replace(cell.source, page=1)) for cell in table.cells),
        )
        for table in made.tables
    )
    return replace(made, pages=pages, tables=tables)


def test_statements_come_first_in_the_list_and_among_the_tables(statements: Document):
    text = document_to_html(statements).decode()
    page = Outline(text)
    entries = [a["href"] for a in page.all("a") if a.get("title")]
    assert entries[0] == "#t2"
    assert [a["id"] for a in page.all("article")] == ["t2", "t1"]
    assert "<h2>Statements <small>1</small></h2>" in text


def test_totals_carry_the_verdict_and_equations_name_their_cells(statements: Document):
    page = Outline(document_to_html(statements).decode())
    cells = {a["id"]: a.get("class") for a in page.all("td")}
    assert cells["t2-5-1"] == "n ok"
    assert cells["t2-5-2"] == "n doubt bad"
    assert cells["t2-1-1"] == "n"
    equations = [a for a in page.all("li") if "data-cells" in a]
    assert len(equations) == 6
    assert (equations[0]["class"], equations[0]["data-cells"]) == ("bad", "t2-5-2 t2-3-2 t2-4-2")


def test_what_fails_is_said_in_words_with_the_proposal(statements: Document):
    text = document_to_html(statements).decode()
    assert "Total assets: off by 3,000,000" in text
    assert 'data-d="one equation fails by 3,000,000; 41 would mend it"' in text
    assert '<span class="badge bad">does not foot</span>' in text
    assert "2 tables · 0 foot · 1 do not" in text


def test_every_link_leads_to_something_on_the_page(statements: Document):
    page = Outline(document_to_html(statements).decode())
    names = {a["id"] for _, a in page.tags if "id" in a}
    targets = {(a.get("href") or "")[1:] for a in page.all("a")} | {
        name for a in page.all("li") for name in (a.get("data-cells") or "").split()
    }
    assert targets <= names


def test_pages_without_tables_are_shown_only_when_asked_for(document: Document):
    two = replace(document, pages=(*document.pages, replace(document.pages[0], number=2)))
    assert len(Outline(document_to_html(two).decode()).all("figure")) == 1
    with pytest.raises(Exception, match="Page 2"):  # the file has one page only: asking for page 2 draws it
        document_to_html(two, all_pages=True)


def test_without_the_file_there_is_nothing_to_draw(document: Document):
    with pytest.raises(FileMissing, match="not there to be drawn"):
        document_to_html(replace(document, path=None))
    with pytest.raises(FileMissing):
        document_to_html(replace(document, path=f"{document.path}.gone"))


def test_a_document_without_boxes_still_shows_its_tables(document: Document):
    cells = tuple(replace(cell, source=replace(cell.source, box=None)) for cell in document.tables[0].cells)
    table = replace(document.tables[0], cells=cells, places=((1, None),))
    assert "1,496.5" in document_to_html(replace(document, tables=(table,))).decode()


def test_boxes_outside_of_the_page_do_no_harm(document: Document):
    cell = replace(document.tables[0].cells[0], source=replace(document.tables[0].cells[0].source, box=Box(-50, -50, 9000, 9000)))
    assert document_to_html(replace(document, tables=(replace(document.tables[0], cells=(cell,)),)))
