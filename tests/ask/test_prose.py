from finlens.ask.prose import Sentences, figures_for
from finlens.ask.when import mentions
from finlens.documents import Document
from finlens.finance import interpret
from finlens.finance.words import words


def figures(text, asked, when="", *, percent=False):
    sentences = Sentences(interpret(Document.from_parts(paragraphs=[text])).facts())
    found = sentences.near(words(asked))
    chosen = figures_for(found[0], words(asked), mentions(when), percent=percent) if found else None
    return [fact.amount.raw for fact in chosen] if chosen else None


def test_the_only_figure_of_a_sentence_about_that_year():
    assert figures("We borrowed $72.3 million under our credit facilities during 2023.", "borrowed under credit facilities", "in 2023") == [
        "$72.3 million"
    ]


def test_respectively_pairs_figures_with_years():
    text = "Rent expense was $12 million, $14 million and $15 million in 2023, 2022 and 2021, respectively."
    assert figures(text, "rent expense", "in 2022") == ["$14 million"]
    assert figures(text, "rent expense", "in 2021 and 2023") == ["$15 million", "$12 million"]


def test_another_year_has_no_figure():
    assert figures("Rent expense was $12 million in 2023.", "rent expense", "in 2019") is None


def test_two_figures_that_nothing_tells_apart_give_none():
    assert figures("Charges of $3 million and $5 million were taken in 2023.", "charges taken", "in 2023") is None
