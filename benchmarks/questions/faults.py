"""Answers with one thing altered: does finlens' own check notice?

    python -m benchmarks.questions.faults --data FOLDER [--count 4000] [--seed 7] [--show]

``--data`` holds qa/tatqa and edgar. Every answer that finlens gives there is altered in one place at a time: a digit, the scale, the
sign or the period, in the value, in the sentence, or in an operand; in an operand also with value and sentence following suit,
as a misread figure would make them. Printed: how many alterations `verify` catches, and how many answers it takes back unaltered.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.questions.generated import questions_of
from finlens.ask.question import understand
from finlens.ask.reckon import reckon
from finlens.ask.sentence import amount_text, period_text
from finlens.ask.verify import verify

Altered = Iterator[tuple[str, str, Any]]
"""(kind, place, answer)"""
OTHER_SCALES = {"thousand": "million", "million": "billion", "billion": "million", "milliers": "millions", "millions": "milliards"}


def alterations(answer: Any, question: Any, chance: random.Random) -> Altered:
    """The answer with one thing altered, in every way that there is for it."""
    yield from _in_text(answer, chance)
    if not isinstance(answer.value, Decimal):
        return
    yield "digit", "value", replace(answer, value=_other_digit(answer.value, chance))
    if answer.unit not in ("percent", "ratio", "days"):
        yield "scale", "value", replace(answer, scale=_other_scale(answer.scale, chance))
    if answer.value:
        yield "sign", "value", replace(answer, value=-answer.value)
    for at, operand in enumerate(answer.program.operands):
        amount = operand.amount
        if not amount.value:
            continue
        changes = [
            ("digit", replace(operand, amount=replace(amount, value=_other_digit(amount.value, chance)))),
            ("scale", replace(operand, amount=replace(amount, scale=_other_scale(amount.scale, chance)))),
            ("sign", replace(operand, amount=replace(amount, value=-amount.value))),
        ]
        if operand.period is not None and operand.period.year:
            period = replace(operand.period, year=operand.period.year + chance.choice((-1, 1)))
            changes.append(("period", replace(operand, period=period)))
        for kind, changed in changes:
            operands = (*answer.program.operands[:at], changed, *answer.program.operands[at + 1 :])
            alone = replace(answer, program=replace(answer.program, operands=operands))
            yield kind, "operand", alone
            followed = _followed(answer, alone, operand, changed, question)
            if followed is not None:
                yield kind, "operand, value and text", followed


def _followed(answer: Any, altered: Any, before: Any, after: Any, question: Any) -> Any:
    """The altered answer as a misread figure would make it: value and sentence agree with the operand."""
    french = question.language == "fr"
    worth = {operand.name: operand.amount.value * operand.amount.scale for operand in altered.program.operands}
    old = {operand.name: operand.amount.value * operand.amount.scale for operand in answer.program.operands}
    try:
        was, now = reckon(answer.program.expression, old), reckon(answer.program.expression, worth)
    except (ValueError, ArithmeticError):
        return None
    value = answer.value if was == now else (answer.value * now / was if was else now / answer.scale)
    value = round(value, question.decimals if question.decimals is not None else 6)
    if question.decimals is None:
        value = value.normalize() + 0 if value != value.to_integral_value() else value.quantize(Decimal(1))
    told = amount_text(answer.value, answer.unit, answer.scale, french=french, decimals=question.decimals)
    text = answer.text.replace(told, amount_text(value, answer.unit, answer.scale, french=french, decimals=question.decimals))
    if before.period is not None and after.period != before.period:
        text = text.replace(period_text(before.period), period_text(after.period))
    return replace(altered, value=value, text=text)


def _in_text(answer: Any, chance: random.Random) -> Altered:
    text = answer.text
    digits = [found.start() for found in re.finditer(r"\d", text)]
    if digits:
        at = chance.choice(digits)
        yield "digit", "text", replace(answer, text=text[:at] + _other(text[at], chance) + text[at + 1 :])
    scale = re.search(r"(?<= )(thousand|million|billion|milliers|millions)\b", text)
    if scale and answer.value is not None:
        yield "scale", "text", replace(answer, text=text[: scale.start()] + OTHER_SCALES[scale.group()] + text[scale.end() :])
    figure = re.search(r": (?:[A-Z]{3} )?(-?)(?=\d)", text)
    if figure and isinstance(answer.value, Decimal) and answer.value:
        sign = "" if figure.group(1) else "-"
        yield "sign", "text", replace(answer, text=text[: figure.start(1)] + sign + text[figure.end(1) :])
    years = list(re.finditer(r"(?<=FY)(?:19|20)\d\d|(?<=Q\d )(?:19|20)\d\d", text))
    if years and isinstance(answer.value, Decimal):
        year = chance.choice(years)
        yield (
            "period",
            "text",
            replace(answer, text=f"{text[: year.start()]}{int(year.group()) + chance.choice((-1, 1))}{text[year.end() :]}"),
        )


def _other(digit: str, chance: random.Random) -> str:
    return chance.choice([other for other in "0123456789" if other != digit])


def _other_digit(value: Decimal, chance: random.Random) -> Decimal:
    text = f"{value:f}"
    places = [at for at, char in enumerate(text) if char.isdigit()]
    at = chance.choice(places)
    return Decimal(text[:at] + _other(text[at], chance) + text[at + 1 :])


def _other_scale(scale: Decimal, chance: random.Random) -> Decimal:
    return scale * 1000 if scale == 1 else chance.choice((scale / 1000, scale * 1000))


def answers(data: Path, ask: Callable[[Any, str], Any]) -> Iterator[tuple[Any, Any, Any]]:
    """(answer, interpreted document, understood question) over the question set and the filings."""
    import finlens
    from finlens.finance import interpret

    for page in json.loads((data / "qa/tatqa/tatqa_dataset_dev.json").read_text()):
        texts = [part["text"] for part in sorted(page["paragraphs"], key=lambda part: part["order"])]
        document = interpret(finlens.Document.from_parts(paragraphs=texts, tables=[page["table"]["table"]]))
        for question in page["questions"]:
            yield ask(document, question["question"]), document, understand(question["question"])
    for path in sorted((data / "edgar").glob("*.pdf"))[:6]:
        document = finlens.read(path)
        for asked in questions_of(document, 60):
            yield ask(document, asked), document, understand(asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, default=4000, help="alterations, drawn evenly from all")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", action="store_true", help="print what was not caught")
    options = parser.parse_args()
    import finlens

    chance = random.Random(options.seed)
    made: list[tuple[str, str, Any, Any, Any]] = []
    given = taken_back = 0
    for answer, document, question in answers(options.data, finlens.ask):
        if answer.refused:
            taken_back += any(step.name == "recheck" for step in answer.steps)
            continue
        given += 1
        made += [(kind, place, altered, document, question) for kind, place, altered in alterations(answer, question, chance)]
    drawn = chance.sample(made, min(options.count, len(made)))
    tally: dict[tuple[str, str], Counter[bool]] = {}
    for kind, place, altered, document, question in drawn:
        caught = bool(verify(altered, document, question))
        tally.setdefault((place, kind), Counter())[caught] += 1
        if options.show and not caught:
            print(f"missed [{kind}, {place}] {altered.question} → {altered.text}; {altered.value} × {altered.scale}")
    print("| altered | what | n | caught % |\n|---|---|---|---|")
    for (place, kind), counts in sorted(tally.items()):
        print(f"| {place} | {kind} | {counts.total()} | {100 * counts[True] / counts.total():.2f} |")
    whole = sum((counts for counts in tally.values()), Counter[bool]())
    print(f"| all | | {whole.total()} | {100 * whole[True] / whole.total():.2f} |")
    print(f"answers given and altered: {given}; taken back by the check without any alteration: {taken_back}")


if __name__ == "__main__":
    main()
