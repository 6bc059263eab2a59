from finlens.search.bm25 import BM25
from finlens.search.synonyms import widened

TEXTS = [
    ["revenue", "growth", "2023"],
    ["cost", "of", "revenue"],
    ["goodwill", "impairment"],
    ["impairment", "of", "goodwill", "and", "other"],
]


def test_the_text_with_the_rarest_shared_words_comes_first():
    index = BM25(TEXTS)
    assert index.search({"goodwill": 1.0, "other": 1.0})[0][0] == 3
    assert [number for number, _ in index.search({"revenue": 1.0})] == [0, 1]


def test_a_word_that_stands_nowhere_finds_nothing():
    index = BM25(TEXTS)
    assert index.search({"dividend": 1.0}) == []
    assert index.rarity("dividend") == 0.0


def test_an_empty_index_answers_too():
    assert BM25([]).search({"revenue": 1.0}) == []


def test_synonyms_widen_a_query_at_a_lower_weight():
    weights = widened(["headcount"])
    assert weights["headcount"] == 1.0
    assert 0 < weights["employee"] < 1
