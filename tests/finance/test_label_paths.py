"""The path of a label holds the lines that it stands under, and no line that it sums."""

from finlens.documents import Cell, Document, Source, Table
from finlens.finance import interpret


def paths_of(rows):
    source = Source("0" * 64, 1, None, "parts")
    cells = [Cell(0, 1, "December 31, 2024", source, header=True)]
    for row, (indent, label, figure) in enumerate(rows, 1):
        cells.append(Cell(row, 0, label, source, indent=indent))
        if figure:
            cells.append(Cell(row, 1, figure, source))
    table = Table(tuple(cells), ((1, None),), "parts")
    document = interpret(Document("0" * 64, "parts", Document.from_parts(paragraphs=["x"]).pages, (table,)))
    return {fact.label: fact.label_path for fact in document.facts()}


def test_indents_give_the_path_and_a_total_set_in_farther_is_no_part_of_the_last_line():
    found = paths_of(
        [
            (0, "Assets", ""),
            (1, "Current assets:", ""),
            (2, "Cash", "$1,016"),
            (2, "Inventories", "769"),
            (3, "Total current assets", "1,785"),
            (1, "Goodwill", "40"),
            (0, "Total assets", "$1,825"),
        ]
    )
    assert found["Cash"] == ("Assets", "Current assets:", "Cash")
    assert found["Total current assets"] == ("Assets", "Current assets:", "Total current assets")
    assert found["Goodwill"] == ("Assets", "Goodwill")
