"""Tables and documents print well, and a document's text never becomes markup."""

from dataclasses import replace

from finlens.documents import Block, Box, Cell, Document, Line, Page, Source, Statements, Table
from hand_made_balance_sheet import balance_sheet

SOURCE = Source("ab" * 32, 3, Box(1, 2, 3, 4), "pymupdf")


def a_table() -> Table:
    cells = (
        Cell(0, 1, "Year ended December 31,", SOURCE, column_span=2, header=True),
        Cell(1, 1, "2024", SOURCE, header=True),
        Cell(1, 2, "2023", SOURCE, header=True),
        Cell(2, 0, "Revenue", SOURCE),
        Cell(2, 1, "1,284", SOURCE),
        Cell(2, 2, "1,185", SOURCE),
        Cell(3, 0, "Europe | <b>", SOURCE, indent=1),
        Cell(3, 2, "(12)", SOURCE),
    )
    return Table(cells, ((3, SOURCE.box),), "test", caption="In millions")


def test_markdown_joins_the_levels_of_a_head_over_each_column():
    lines = a_table().to_markdown().splitlines()
    assert lines[0] == "|  | Year ended December 31, 2024 | Year ended December 31, 2023 |"
    assert lines[1] == "| --- | ---: | ---: |"
    assert lines[2] == "| Revenue | 1,284 | 1,185 |"


def test_markdown_escapes_what_would_break_the_row():
    assert a_table().to_markdown().splitlines()[3] == "| &emsp;Europe \\| &lt;b> |  | (12) |"


def test_html_says_where_each_cell_stands_and_escapes_its_text():
    html = a_table()._repr_html_()
    assert 'colspan="2"' in html
    assert 'title="page 3, box 1, 2, 3, 4"' in html
    assert "<b>" not in html


def test_a_frame_has_the_joined_heads_as_columns():
    frame = a_table().to_pandas()
    assert list(frame.columns) == ["", "Year ended December 31, › 2024", "Year ended December 31, › 2023"]
    assert frame.iloc[0].tolist() == ["Revenue", "1,284", "1,185"]


def test_a_document_prints_headings_and_tables_in_order_and_leaves_running_heads_out():
    def block(role, text, level=0, box=None):
        return Block(role, (Line(text, box),), level, box)

    blocks = (
        block("header", "ACME 2024"),
        block("heading", "Results", 1),
        block("body", "Revenue rose."),
        block("table", "Revenue 1,284", box=Box(1, 2, 3, 4)),
        block("footer", "12"),
    )
    document = Document("ab" * 32, "r.pdf", (Page(3, 100, 100, blocks=blocks),), (a_table(),), page_count=9)
    text = document.to_markdown()
    assert text.index("## Results") < text.index("Revenue rose.") < text.index("**In millions**")
    assert "ACME" not in text
    assert "1 of 9 pages" in document._repr_html_()


def test_a_hyphen_at_the_end_of_a_line_is_mended():
    assert Block("body", (Line("the consoli-", None), Line("dated accounts", None))).text == "the consolidated accounts"
    assert Block("body", (Line("long-", None), Line("Term", None))).text == "long- Term"


def test_markdown_says_under_each_title_the_statement_the_unit_the_page_and_the_verdict():
    document = balance_sheet()
    page = replace(document.pages[1], blocks=())
    text = replace(document, pages=(page,)).to_markdown()
    assert "**Consolidated balance sheets**\n\n*Balance sheet · USD millions · page 7 · does not foot*" in text


def test_in_a_notebook_a_statement_shows_its_lines_periods_and_pages():
    statements = balance_sheet().statements
    shown = statements.balance_sheet._repr_html_()
    assert "<th>2024</th><th>2023</th><th>2022</th><th>Page</th>" in shown
    assert '<span title="page 7, box 100, 100, 150, 110; USD millions">25</span>' in shown
    assert 'title="total_assets, sure to 100%"' in shown
    assert statements._repr_html_() == shown
    assert "No primary statement" in Statements()._repr_html_()


def test_what_a_statement_says_is_never_markup():
    nasty = "<img src=x>"
    (statement,) = balance_sheet().statements
    line = replace(statement.lines[0], label=nasty, facts=(replace(statement.lines[0].facts[0], column_path=(nasty,)),))
    assert "<img" not in replace(statement, title=nasty, lines=(line,))._repr_html_()
