"""What the trained chooser makes of single pages, and what it never does."""

from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finlens.ask import answer as answering
from finlens.ask import chosen
from finlens.ask.answer import ask, index_of
from finlens.ask.choose.asked import asked
from finlens.ask.choose.candidates import candidates
from finlens.ask.choose.chooser import choose
from finlens.ask.choose.model import chooser
from finlens.ask.choose.shapes import NUMBER_OF, SHAPES
from finlens.ask.choose.trees import Trees
from finlens.ask.choose.values import document_values, of_question, shortlist
from finlens.ask.compute import evaluate, figures
from finlens.ask.plan import drafts
from finlens.ask.question import understand
from finlens.ask.resolver import Resolver
from finlens.documents import Document

PAGE = [
    ["(in millions)", "2012", "2011"],
    ["net sales", "5234", "4870"],
    ["cost of sales", "3100", "2955"],
    ["advertising", "212", "190"],
    ["total operating expenses", "1402", "1288"],
]
TEXT = [
    "the company repurchased 4.2 million shares during 2012 at an average price of $ 31.50 per share .",
    "at december 31 , 2012 , $ 120 million remained available under the credit facility of $ 400 million .",
]


@pytest.fixture(scope="module")
def page() -> Document:
    return Document.from_parts(paragraphs=TEXT, tables=[PAGE])


def best(page: Document, text: str):  # type: ignore[no-untyped-def]
    finder = index_of(page)
    question = understand(text)
    return choose(question, text, finder.values, drafts(question, Resolver(finder, question)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("what was the percent of advertising to the total operating expenses in 2012", 212 / 1402),
        ("what is the growth rate in net sales from 2011 to 2012?", 100 * (5234 - 4870) / 4870),
        ("in 2012 what was the ratio of the cost of sales to the net sales", 3100 / 5234),
        ("what was the change in advertising from 2011 to 2012?", 22),
    ],
)
def test_the_likeliest_program_is_the_one_that_was_asked_for(page: Document, text: str, value: float) -> None:
    choice = best(page, text)[0]
    assert choice.candidate.value == pytest.approx(value)
    assert choice.chance > 0.5


def test_a_question_that_the_page_does_not_answer_has_no_likely_program(page: Document) -> None:
    choices = best(page, "what percentage of restructuring accruals related to severance was paid in cash in 1998?")
    assert choices[0].chance < 0.3


def test_chances_fall_from_the_first_program_to_the_last(page: Document) -> None:
    chances = [choice.chance for choice in best(page, "what was the ratio of advertising to net sales?")]
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= chance < 1 for chance in chances)


def test_every_program_stands_on_a_figure_of_the_document(page: Document) -> None:
    choices = best(page, "assuming a rate of 5 % , what would the interest on the remaining credit facility be?")
    assert choices
    assert all(any(figures(choice.candidate.term)) for choice in choices)


@pytest.mark.parametrize(("chance", "says_so"), [(0.35, True), (0.95, False)])
def test_an_unsure_answer_says_so(page: Document, monkeypatch: pytest.MonkeyPatch, chance: float, says_so: bool) -> None:
    asked_for = "what was the percent of advertising to the total operating expenses in 2012"
    (first, *_) = best(page, asked_for)
    monkeypatch.setattr(chosen, "choose", lambda *_: [replace(first, chance=chance)])
    monkeypatch.setattr(chosen, "planned_for", lambda *_: [])
    monkeypatch.setattr(answering, "planned_for", lambda *_: [])
    answer = ask(page, asked_for)
    assert (answer.refused, answer.confidence) == (False, chance)
    assert any("Not sure" in warning for warning in answer.warnings) is says_so


def test_a_program_that_is_hardly_likely_is_no_answer(page: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for = "what was the percent of advertising to the total operating expenses in 2012"
    (first, *_) = best(page, asked_for)
    monkeypatch.setattr(chosen, "choose", lambda *_: [replace(first, chance=chosen.LEAST_CHANCE - 0.01)])
    monkeypatch.setattr(answering, "planned_for", lambda *_: [])
    assert ask(page, asked_for).refused


def test_a_conversation_goes_on_from_what_was_computed(page: Document) -> None:
    history = [("what were the net sales in 2012?", "5234"), ("and in 2011?", "4870")]
    answer = ask(page, "what is the difference between these?", history=history)
    assert not answer.refused
    assert abs(answer.value) == 364  # type: ignore[arg-type]


def test_the_packaged_weights_are_small_and_hold_arrays_only() -> None:
    content = files("finlens.ask.choose").joinpath("chooser.npz").read_bytes()
    assert len(content) < 20_000_000
    assert len(chooser().shapes.bias) == len(SHAPES) + 1


def test_trees_agree_with_their_splits() -> None:
    import numpy as np

    one = Trees(
        roots=np.array([0, 3]),
        feature=np.array([0, -1, -1, 1, -1, -1]),
        threshold=np.array([0.5, 0, 0, 2.0, 0, 0]),
        left=np.array([1, 1, 2, 4, 4, 5]),
        right=np.array([2, 1, 2, 5, 4, 5]),
        value=np.array([0, -1.0, 1.0, 0, 0.5, -0.5]),
        depth=1,
    )
    rows = np.array([[0.5, 2.0], [0.6, 2.0], [0.6, 3.0]])
    assert one.chances(rows) == pytest.approx([1 / (1 + np.exp(0.5)), 1 / (1 + np.exp(-1.5)), 1 / (1 + np.exp(-0.5))])


def test_a_long_report_is_cut_down_to_the_lines_that_share_words_with_the_question() -> None:
    rows = [
        ["", "2023", "2022"],
        *([f"item number {n}", str(n * 7 + 1), str(n * 5 + 2)] for n in range(400)),
        ["quarry royalties", "77", "66"],
    ]
    values = document_values(index_of(Document.from_parts(tables=[rows])).document.facts())
    assert len(values) > 800
    kept = shortlist(values, asked("how much were quarry royalties in 2023?", chooser().rarity))
    assert len(kept) < len(values)
    assert {77.0, 66.0} <= {value.number for value in kept}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_question_is_weighed_without_a_crash(text: str) -> None:
    finder = index_of(_PAGE)
    choose(understand(text), text, finder.values, [])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.0, 1.0, allow_subnormal=False), min_size=len(SHAPES) + 1, max_size=len(SHAPES) + 1))
def test_candidates_are_programs_that_come_out(weights: list[float]) -> None:
    import numpy as np

    heard = asked("what was the change in net sales from 2011 to 2012 at 3 %?", chooser().rarity)
    values = [*document_values(index_of(_PAGE).document.facts()), *of_question(heard)]
    chances = np.array(weights) / max(sum(weights), 1e-9)
    fits = {(shape, place): np.linspace(0, 1, len(values)) for shape in range(len(SHAPES)) for place in (0, 1)}
    for candidate in candidates(values, heard, chances, fits):
        assert float(evaluate(candidate.term)) == pytest.approx(candidate.value * float(_scale(candidate)), rel=1e-9, abs=1e-12)
        assert any(figures(candidate.term))


def _scale(candidate):  # type: ignore[no-untyped-def]
    from finlens.ask.compute import scale_of

    return 1 if candidate.unit in ("percent", "ratio") else scale_of(candidate.term)


_PAGE = Document.from_parts(paragraphs=TEXT, tables=[PAGE])


def test_shapes_are_numbered_by_their_place() -> None:
    assert [NUMBER_OF[shape.name] for shape in SHAPES] == list(range(len(SHAPES)))
