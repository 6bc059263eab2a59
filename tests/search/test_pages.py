from finlens.documents import Block, Box, Document, Line, Page
from finlens.finance import interpret
from finlens.finance.words import words
from finlens.search.passages import PassageIndex

PAGES = (
    ("Risk factors", "Competition is strong in each of our markets, and revenue may fall."),
    ("Leadership", "Ms. Moreau is our chief executive officer; before she led a chain of shops."),
    ("Segments", "Net sales of pumps rose.", "Net sales of valves fell.", "Net sales by segment follow."),
    ("Properties", "We own a plant in Lyon."),
)


def document():
    pages = []
    for number, (heading, *paragraphs) in enumerate(PAGES, start=1):
        texts = [("heading", heading), *(("body", text) for text in paragraphs)]
        blocks = (Block(role, (Line(text, Box(50, 50, 500, 70)),), box=Box(50, 50, 500, 70)) for role, text in texts)
        pages.append(Page(number, 595.0, 842.0, blocks=tuple(blocks)))
    return Document("ab" * 32, "small.pdf", tuple(pages), (), page_count=len(pages))


def test_the_best_passage_of_each_page_comes_best_page_first():
    found = PassageIndex(document()).places(words("net sales of segments"), limit=3)
    assert found[0].page == 3
    assert len({passage.page for passage in found}) == len(found)


def test_an_acronym_finds_the_page_that_spells_it_out():
    assert PassageIndex(document()).places(words("new CEO"), limit=1)[0].page == 2


def test_a_passage_knows_the_heading_that_it_stands_under():
    found = PassageIndex(document()).places(words("plant in Lyon"), limit=1)[0]
    assert (found.section, found.page) == ("Properties", 4)


def test_a_row_knows_its_table_and_what_its_figures_are_in():
    tables = [[["(in millions)", "2023"], ["Goodwill", "$ 812"]]]
    index = PassageIndex(interpret(Document.from_parts(tables=tables)))
    assert index.places(words("goodwill"), limit=1)[0].scale == "USD millions"


def test_words_that_no_page_has_find_nothing():
    assert PassageIndex(document()).places(words("xylophone"), limit=3) == []
