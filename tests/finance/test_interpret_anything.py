"""No table, however odd, makes the interpretation fail, and nothing is read that is not printed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from finlens.documents import Document
from finlens.finance import interpret, parse_period, read_unit_note

TEXTS = [
    *("", "", "2019", "2018", "$", "(1,234)", "1 234,5", "12.5 %", "—", "–", "N/A", "(in millions)", "Total", "Revenue:", "December 31,"),
    *("Exercice N-1", "31/12/2023", "Three Months Ended March", "31", "Balance at January 1, 2024", "Earnings per share", "$ (", ")", "%"),
    *("(2)", "9.2", "Notes", "2026", "Thereafter", "0", "x"),
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(TEXTS), max_size=6), max_size=8),
    st.lists(st.sampled_from(["As of June 30, 2024 (in thousands):", "fiscal 2023 ended February 3, 2024", "En k€"]), max_size=2),
)
def test_any_grid_is_interpreted_and_every_fact_is_a_printed_cell(grid, paragraphs):
    document = interpret(Document.from_parts(tables=[grid], paragraphs=paragraphs))
    printed = {(cell.row, cell.column) for table in document.tables for cell in table.cells}
    assert all((fact.row, fact.column) in printed for fact in document.facts() if fact.table is not None)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789/.-,' NQHTS1FYén décembreJune()$€%", max_size=40))
def test_any_text_is_a_period_a_unit_note_or_neither(text):
    parse_period(text)
    read_unit_note(text)
