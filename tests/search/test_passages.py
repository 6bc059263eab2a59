from finlens.documents import Document
from finlens.search.passages import PassageIndex, sentences


def test_a_paragraph_is_found_by_words_that_mean_the_same():
    document = Document.from_parts(
        paragraphs=[
            "The headcount was 5,100 at year end.",
            "Sales rose because of higher volumes in Europe.",
            "The auditor is elected each year.",
        ],
    )
    found = PassageIndex(document).search("How many employees are there?")
    assert found[0][0].text.startswith("The headcount")


def test_rows_of_tables_are_passages_with_their_table_and_row():
    document = Document.from_parts(tables=[[["", "2023", "2022"], ["Goodwill", "812", "797"], ["Inventories", "93", "88"]]])
    best, _ = PassageIndex(document).search("goodwill")[0]
    assert (best.kind, best.table, best.row) == ("row", 0, 1)
    assert best.text == "Goodwill | 812 | 797"


def test_a_long_paragraph_is_cut_between_sentences():
    sentence = "The plant in Lyon makes valves for water works. "
    document = Document.from_parts(paragraphs=[sentence * 60])
    passages = PassageIndex(document).passages
    assert len(passages) > 1
    assert all(passage.text.endswith(".") for passage in passages)


def test_sentences_keep_decimals_and_abbreviations_whole():
    assert sentences("Sales were $1.2 million in the U.S. market. Costs fell.") == [
        "Sales were $1.2 million in the U.S. market.",
        "Costs fell.",
    ]
