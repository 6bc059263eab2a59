"""Whether every number in an answer's sentence is one that the answer has: its value, a cited figure, a period, a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from finlens.ask.model import Answer, Operand, period_text
from finlens.ask.numbers_in_text import Mention, flat, numbers_in
from finlens.ask.question import Question
from finlens.ask.reckon import Unreadable, reckon
from finlens.ask.sentence import amount_text
from finlens.documents import Fact, Period
from finlens.finance.vocabulary import SCALES

_PAGES = re.compile(r",? \(?pages? (?P<pages>\d+(?:, \d+)*)\)?\.?$")
_PERIODS = re.compile(r"\(((?:FY|Q\d )\d{4}(?:(?:, | → )(?:FY|Q\d )\d{4})+)\)")
_SCALE_WORD = re.compile(r"\b[A-Z]{3} (thousands|millions|billions|milliers|milliards)\b")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_BEFORE = r"(?<![\w,.(-])"
_AFTER = r"(?!\w|[,.]\d)"


def text_slips(answer: Answer, facts: Sequence[Fact], question: Question | None) -> Iterable[str]:
    """What the sentence says that nothing backs.

    Args:
        answer: In finlens' own words.
        facts: The figures of the document that its citations name, found again.
        question: As understood: its language and rounding are those of the sentence.
    """
    text = flat(answer.text)
    pages = _PAGES.search(text)
    if pages:
        backing = answer.citations if facts else answer.citations[:1]  # of passages, the others were only looked at
        cited = {citation.page for citation in backing}
        for page in map(int, pages["pages"].split(", ")):
            if page not in cited:
                yield f"page {page} is not cited"
        text = text[: pages.start()]
    for listed in _PERIODS.findall(text):
        periods_told = re.split(r", | → ", listed)
        if len(set(periods_told)) < len(periods_told):
            yield f"it says a period twice: {listed}"
    if answer.value is None:
        yield from _of_words(answer, text, _periods(answer, facts), question)
        return
    if isinstance(answer.value, Decimal):
        told = flat(_told(answer, question))
        place = re.search(_BEFORE + re.escape(told) + _AFTER, text)
        if place is None:
            yield f"it does not say {told}"
            return
        text = text[: place.start()] + " ; " + text[place.end() :]
    periods = _periods(answer, facts)
    if isinstance(answer.value, Decimal):
        yield from _missing_periods(answer, text)
    scales = {amount.scale for amount in (*(operand.amount for operand in operands_of(answer)), *(fact.amount for fact in facts))}
    for word in _SCALE_WORD.findall(text):
        if SCALES[word.lower()] not in scales:
            yield f"no figure is in {word}"
    text = _without(text, _names(answer, facts, question))
    text = _without(text, [period_text(period) for period in periods] + [flat(period.raw) for period in periods])
    sides = _sides(answer)
    for mention in numbers_in(text):
        if not (_is_backed(mention, answer, facts, periods) or _is_a_side(mention, answer, sides)):
            yield f"'{mention.text.strip()}' is not a number of the answer"


def operands_of(answer: Answer) -> Sequence[Operand]:
    """The figures that the program computes with; none where there is no program."""
    return answer.program.operands if answer.program else ()


def _told(answer: Answer, question: Question | None) -> str:
    """The value as a sentence has to say it."""
    assert isinstance(answer.value, Decimal)
    french = question is not None and question.language == "fr"
    return amount_text(answer.value, answer.unit, answer.scale, french=french, decimals=question.decimals if question else None)


def _of_words(answer: Answer, text: str, periods: Sequence[Period], question: Question | None) -> Iterable[str]:
    """An answer in words says numbers of the cited passages, or of the cells and periods that it lists."""
    wordless = re.sub(r"\d", "", text).strip()
    for citation in answer.citations:
        cited = flat(citation.text).strip()
        if wordless == re.sub(r"\d", "", cited):
            if cited != text.strip():
                yield f"the cited text says “{cited[:80]}”"
            return
    said = " ".join(flat(part) for citation in answer.citations for part in (citation.text, citation.row_label, citation.column_label))
    backed = set(re.findall(r"\d[\d.,]*", said))
    text = _without(text, [period_text(period) for period in periods])
    known = {digits.strip(".,") for digits in backed} | {str(year) for year in _years_in(said)} | {str(period.year) for period in periods}
    known |= {str(when.year) for when in question.whens} if question is not None else set()
    for digits in re.findall(r"\d[\d.,]*", text):
        if digits.strip(".,") not in known:
            yield f"'{digits}' is not in the cited text"
    for span in answer.spans:
        if answer.program is None and flat(span) not in text and not answer.citations:
            yield f"“{span}” is not cited"


def _years_in(text: str) -> set[int]:
    """Years that a text says, in full or as two digits after a mark ("FY19", "'19")."""
    return {2000 + int(short) for short in re.findall(r"(?:FY|F|')\s?(\d\d)(?!\d)", text)}


def _names(answer: Answer, facts: Sequence[Fact], question: Question | None) -> list[str]:
    """Names of lines and heads, in which digits name something: "Notes due 2025"; of a figure in prose, the question's words."""
    operands = operands_of(answer)
    labels = [operand.label for operand in operands] + [
        part for fact in facts for part in (fact.label, *fact.label_path, *fact.column_path)
    ]
    labels += [part for citation in answer.citations for part in (citation.row_label, *citation.column_label.split(" › "))]
    labels += [measure.phrase for measure in question.measures] if question is not None else []
    clean = [" ".join(flat(label).split()).rstrip(" :") for label in labels]
    return [label for label in dict.fromkeys(clean) if _HAS_LETTER.search(label) and re.search(r"\d", label)]


def _without(text: str, parts: Iterable[str]) -> str:
    for part in sorted({part for part in parts if part}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", " ; ", text, flags=re.IGNORECASE)
    return text


def _periods(answer: Answer, facts: Sequence[Fact]) -> list[Period]:
    operands = operands_of(answer)
    return [period for period in (*(operand.period for operand in operands), *(fact.period for fact in facts)) if period is not None]


def _missing_periods(answer: Answer, text: str) -> Iterable[str]:
    """The period of each figure is said; of a formula, the latest one."""
    assert answer.program is not None
    periods = [operand.period for operand in answer.program.operands if operand.period and period_text(operand.period)]
    if not periods:
        return
    if answer.program.definition or len({operand.label for operand in answer.program.operands}) > 1:
        durations = [period for period in periods if not period.instant]
        wanted = {period_text(max(durations or periods, key=lambda period: (period.year or 0, period.relative or 0)))}
    else:
        wanted = {period_text(period) for period in periods}
    for told in wanted:
        if flat(told).lower() not in text.lower():
            yield f"it does not say {told}"


def _is_backed(mention: Mention, answer: Answer, facts: Sequence[Fact], periods: Sequence[Period]) -> bool:
    if mention.kind == "word":
        return True  # a word of the line's name; values are said in digits
    if mention.kind in ("year", "date") and mention.value is not None:
        year = int(mention.value) // 10000 if mention.kind == "date" else int(mention.value)
        dates = {date.year for period in periods for date in (period.start, period.end) if date}
        if year in {period.year for period in periods} | dates:
            return True
    if mention.value is None or mention.absolute is None:
        return False
    operands = operands_of(answer)
    amounts = [operand.amount for operand in operands] + [fact.amount for fact in facts]
    half = Decimal(5).scaleb(int(mention.value.as_tuple().exponent) - 1) * (mention.scale or 1)
    return any(
        amount.value is not None
        and any(abs(mention.absolute - sign * amount.value * amount.scale) <= half for sign in _signs(amount.value))
        for amount in amounts
    )


def _sides(answer: Answer) -> list[Decimal]:
    """The two results that a yes or no compares, worked out from the program: what stands left and right of its last minus."""
    program = answer.program
    if not isinstance(answer.value, bool) or program is None:
        return []
    depth, cut = 0, -1
    for at, sign in enumerate(program.expression):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and program.expression[at : at + 3] == " - ":
            cut = at
    worth = {operand.name: operand.amount.value * operand.amount.scale for operand in program.operands if operand.amount.value is not None}
    parts = (program.expression[:cut].strip(), program.expression[cut + 3 :].strip()) if cut > 0 else ()
    try:
        return [reckon(part, worth) for part in parts]
    except Unreadable:
        return []


def _is_a_side(mention: Mention, answer: Answer, sides: Sequence[Decimal]) -> bool:
    """Whether a number is one of the results compared, as far as it is printed; in percent, or in its own or the figures' scale."""
    if mention.value is None or mention.kind == "word" or answer.program is None:
        return False
    scales = {mention.scale} if mention.scale else {Decimal(1), *(operand.amount.scale for operand in answer.program.operands)}
    half = Decimal(5).scaleb(int(mention.value.as_tuple().exponent) - 1)
    return any(abs(mention.value - side / scale) <= half for side in sides for scale in scales if scale)


def _signs(value: Decimal) -> tuple[int, ...]:
    """A cost in brackets may be told as a positive amount; a positive figure is told as it is."""
    return (1, -1) if value < 0 else (1,)
