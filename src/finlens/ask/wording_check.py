"""Whether a sentence that a model wrote says what the checked answer says, and nothing else.

The rule is strict on purpose: a good sentence that is thrown away costs nothing, because finlens' own stays; a bad one
that passes is a confident wrong answer. So every number must be the answer's (value, sign, scale, unit), every year its
period's, and every word must stem from the answer, the document's labels or the question, or be a neutral one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from finlens.ask.model import Answer
from finlens.ask.numbers_in_text import MONTH_NAMES, Mention, date_value, flat, numbers_in
from finlens.ask.plain_words import CHANGE_WORDS, NEGATIONS, content, direction, language_of, neutral_words, root, roots, word_places
from finlens.documents import Period

MAX_WORDS = 70
MAX_SENTENCES = 2
_CHANGES = frozenset({"difference", "percentage change", "growth", "change"})
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")
_SMALL_JOIN = r"(?:\s+(?:by|of|to|a|an|the|net|de|d'|du|par|was|is|were|at))*\s*\W?\s*"
_BRACKETED = re.compile(r"\([^)]*\)")
_BEFORE_BRACKET = re.compile(r"[^\W\d_]+ \(([^)]*)\)")
_LETTERS = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A figure that the sentence may say: the answer's value or an operand."""

    value: Decimal
    scale: Decimal
    unit: str | None
    years: frozenset[int]
    result: bool = False


def check_wording(text: str, answer: Answer) -> list[str]:
    """What is wrong with ``text`` as a wording of ``answer``; empty where nothing is."""
    problems = prose_problems(text, answer.question)
    text = flat(text)
    bare = _without_labels(text, answer)
    mentions = numbers_in(bare)
    own = numbers_in(answer.text)
    quantities = _quantities(answer)
    said: list[tuple[Mention, _Quantity]] = []
    for mention in mentions:
        meant = next((quantity for quantity in quantities if _same_size(mention, quantity, own)), None)
        if meant is not None:
            said.append((mention, meant))
            problems += _sign_problems(bare, mention, meant, _is_change(answer))
        elif not _known_aside(mention, answer, own):
            problems.append(f"'{mention.text.strip()}' is not a number of the answer")
    if isinstance(answer.value, Decimal) and not any(quantity.result for _, quantity in said):
        problems.append("the answer's value is missing")
    if sum(quantity.result for _, quantity in said) > 1:
        problems.append("it says the answer's value twice")
    problems += _pairing_problems(answer, mentions, said)
    problems += _direction_problems(bare, answer)
    problems += _label_problems(text, answer)
    return problems + _word_problems(bare, answer)


def prose_problems(text: str, question: str) -> list[str]:
    """What shows that a reply is no plain statement: empty, endless, repeating, a question, markup, an excuse."""
    found: list[str] = []
    stripped = text.strip()
    words = stripped.lower().split()
    sentences = sentences_of(stripped)
    if len(words) < 3:
        found.append("it says next to nothing")
    if len(words) > MAX_WORDS or len(sentences) > MAX_SENTENCES or "\n" in stripped:
        found.append("it is too long")
    if stripped.endswith("?") or stripped.rstrip(".?! ").lower() == question.strip().rstrip(".?! ").lower():
        found.append("it repeats the question")
    triples = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
    if len(set(sentences)) < len(sentences) or any(triples.count(triple) > 1 for triple in triples):
        found.append("it repeats itself")
    if re.search(r"<\|?|\|>|\*\*|^#|`|[{}\[\]]|https?:", stripped):
        found.append("it holds markup")
    if re.match(
        r"(?i)\W*(?:question|answer|sentence|checked|passage|réponse|phrase|system|user|assistant)\b\s*(?:sentence|vérifiée)?\s*:", stripped
    ):
        found.append("it quotes the prompt")
    return found


def sentences_of(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def _quantities(answer: Answer) -> list[_Quantity]:
    """The result first, so that a figure that is both counts as the result."""
    operands = answer.program.operands if answer.program else ()
    every_year = frozenset(year for operand in operands for year in _years(operand.period))
    made: list[_Quantity] = []
    if isinstance(answer.value, Decimal):
        made.append(_Quantity(answer.value, answer.scale, answer.unit, every_year, result=True))
    for operand in operands:
        if operand.amount.value is not None:
            years = frozenset(_years(operand.period))
            made.append(_Quantity(operand.amount.value, operand.amount.scale, operand.amount.unit, years))
    return made


def _same_size(mention: Mention, quantity: _Quantity, own: list[Mention]) -> bool:
    """Whether the mention is this figure, its sign left aside."""
    if mention.kind != "figure" or mention.value is None or mention.absolute is None:
        return False
    bare = mention.scale is None and mention.unit is None  # "2800" for $2.8 thousand could as well be anything else
    if abs(mention.absolute) == abs(quantity.value * quantity.scale) and not (bare and (quantity.unit or quantity.scale != 1)):
        return _same_unit(mention.unit, quantity.unit)
    written_so = any((mine.value, mine.scale, mine.unit) == (mention.value, mention.scale, mention.unit) for mine in own)
    # Its own sentence rounds; a model may say that figure, and may not round further.
    half_unit = Decimal(5).scaleb(int(mention.value.as_tuple().exponent) - 1)
    return written_so and abs(abs(mention.value) - abs(quantity.value)) <= half_unit


def _same_unit(said: str | None, meant: str | None) -> bool:
    if said is None:
        return meant not in ("percent", "points", "bps")
    if said == meant:
        return True
    if meant and "/" in meant:
        return said == meant.partition("/")[0]
    return said == "ratio" and meant is None


def _known_aside(mention: Mention, answer: Answer, own: list[Mention]) -> bool:
    """A number that is no figure of the answer but belongs to it: its year, its date, its page, or said by finlens itself."""
    periods = [operand.period for operand in answer.program.operands if operand.period] if answer.program else []
    if mention.kind == "page":
        return any(mention.value == citation.page for citation in answer.citations)
    if mention.kind == "year" and any(mention.value == year for period in periods for year in _years(period)):
        return True
    if mention.kind == "date":
        ends = [date for period in periods for date in (period.end, period.start) if date]
        if any(mention.value in (date_value(d.year, d.month, d.day), date_value(0, d.month, d.day)) for d in ends):
            return True
    printed = numbers_in(" · ".join(_column_heads(answer)))
    key = (mention.kind, mention.value, mention.scale, mention.unit) if mention.value is not None else (mention.kind, mention.text.lower())
    for mine in (*own, *printed):
        if mine.kind == "figure" and mine.value is not None and mine in printed:
            continue  # a head's loose figures ("Note 12") back nothing
        if key == ((mine.kind, mine.value, mine.scale, mine.unit) if mine.value is not None else (mine.kind, mine.text.lower())):
            return True
    return False


def _years(period: Period | None) -> set[int]:
    if period is None:
        return set()
    dates = [date.year for date in (period.end, period.start) if date]
    return {year for year in (period.year, *dates) if year}


def _column_heads(answer: Answer) -> list[str]:
    operands = answer.program.operands if answer.program else ()
    heads = [operand.citation.column_label for operand in operands] + [operand.period.raw for operand in operands if operand.period]
    return heads or [citation.column_label for citation in answer.citations[:1]]


def _row_labels(answer: Answer) -> list[str]:
    operands = answer.program.operands if answer.program else ()
    labels = [label for operand in operands for label in (operand.label, operand.citation.row_label)]
    return list(dict.fromkeys(flat(label).strip() for label in labels or [c.row_label for c in answer.citations[:1]] if label.strip()))


def _without_labels(text: str, answer: Answer) -> str:
    """The sentence with the line items' own names blanked: "Net loss" turns no sign, and "Notes due 2025" names no period."""
    for label in sorted(_row_labels(answer), key=len, reverse=True):
        if _LETTERS.search(label):
            text = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", lambda found: " " * len(found.group()), text, flags=re.IGNORECASE)
    return text


def _sign_problems(text: str, mention: Mention, quantity: _Quantity, change: bool) -> list[str]:
    assert mention.value is not None
    beside = re.search(rf"([^\W\d_]+){_SMALL_JOIN}$", text[: mention.start]), re.match(r"\s*([^\W\d_]+)", text[mention.end :])
    below = any(found is not None and direction(found.group(1)) < 0 for found in beside)
    if change and quantity.result:  # "a decrease in revenue of 5%": the word need not stand beside the number
        below = any(direction(word.text) < 0 for word in word_places(text))
    if mention.value < 0 and below:
        return [f"'{mention.text.strip()}' is negative twice"]
    if quantity.value != 0 and (mention.value < 0 or below) != (quantity.value < 0):
        return [f"'{mention.text.strip()}' has the wrong sign"]
    return []


def _pairing_problems(answer: Answer, mentions: list[Mention], said: list[tuple[Mention, _Quantity]]) -> list[str]:
    """Figures of several lines cannot be told apart in free prose; figures of several years stand nearest to theirs."""
    operands = answer.program.operands if answer.program else ()
    found: list[str] = []
    if len({operand.label for operand in operands}) > 1 and any(not quantity.result for _, quantity in said):
        found.append("it quotes figures of several lines")
    years = [mention for mention in mentions if mention.kind in ("year", "date") and mention.value]
    if len({year for _, quantity in said for year in quantity.years}) > 1:
        for mention, quantity in said:
            if (quantity.result and len(operands) > 1) or not years or not quantity.years:
                continue
            nearest = min(years, key=lambda year: (max(year.start - mention.end, mention.start - year.end), -year.start))
            if _year_of(nearest) not in quantity.years:
                found.append(f"'{mention.text.strip()}' stands beside another year")
    return found


def _year_of(mention: Mention) -> int:
    assert mention.value is not None
    return int(mention.value) // 10000 if mention.kind == "date" else int(mention.value)


def _is_change(answer: Answer) -> bool:
    return answer.program is not None and answer.program.operation in _CHANGES and isinstance(answer.value, Decimal)


def _direction_problems(text: str, answer: Answer) -> list[str]:
    """A rise must be a rise: words of direction agree with the sign of a change, and else only repeat finlens' own.

    Of a name like "Net additions (losses)" only a negative figure may be called by its second half.
    """
    sign = (answer.value > 0) - (answer.value < 0) if isinstance(answer.value, Decimal) else 0
    own = roots(answer.text)
    found = []
    for word in word_places(text):
        towards = direction(word.text)
        fits = towards == sign if _is_change(answer) else root(word.text) in own and (towards > 0 or sign < 0)
        if towards and not fits:
            found.append(f"'{word.text}' is not what the answer says")
    return found


def _label_problems(text: str, answer: Answer) -> list[str]:
    """A line item is named in full or not at all: "total current assets" must not become "total assets"."""
    said, asked = content(text), content(answer.question)
    names = {label: _short_names(label) for label in _row_labels(answer)}
    in_full = frozenset[str]().union(*(name for forms in names.values() for name in forms if name <= said))
    found = []
    for label, forms in names.items():
        common = frozenset[str]().union(*forms) & said
        if common and common not in forms and not common <= in_full and common != forms[0] & asked:
            found.append(f"it cuts the name '{label}' short")
    return found


def _short_names(label: str) -> list[frozenset[str]]:
    """The words of a label, and, of "Net income (loss)", also of "Net income" and of "Net loss"."""
    without = _BRACKETED.sub(" ", label)
    instead = _BEFORE_BRACKET.sub(r" \1 ", label)
    return [content(label), content(without), content(instead)]


def _word_problems(text: str, answer: Answer) -> list[str]:
    own = roots(" ".join([answer.text, *_row_labels(answer), *_column_heads(answer)]))
    asked = roots(answer.question) - NEGATIONS
    months = {name for period in _periods(answer) for date in (period.end, period.start) if date for name in MONTH_NAMES[date.month]}
    neutral = neutral_words(language_of(answer.text, answer.question)) | months | (CHANGE_WORDS if answer.program else frozenset())
    inside = bytearray(len(text))
    for mention in numbers_in(text):
        inside[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    unknown = [
        word.text
        for word in word_places(text)
        if not (inside[word.start] or direction(word.text) or root(word.text) in own | asked or word.text.lower() in neutral)
    ]
    return [f"it brings in words that nothing backs: {', '.join(dict.fromkeys(unknown))}"] if unknown else []


def _periods(answer: Answer) -> Iterable[Period]:
    return [operand.period for operand in answer.program.operands if operand.period] if answer.program else []
