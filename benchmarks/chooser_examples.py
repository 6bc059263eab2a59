"""Questions with known programs, as the chooser sees them: for its training and for measuring it on what it has not seen."""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import finlens
from benchmarks import gold_programs as gold
from finlens.ask.answer import index_of
from finlens.ask.choose.chooser import earlier_of
from finlens.ask.choose.values import Earlier, Value, document_values
from finlens.ask.chosen import planned_for
from finlens.ask.conversation import follow
from finlens.ask.drafts import Draft
from finlens.ask.question import Question, understand
from finlens.ask.resolver import Resolver
from finlens.finance.words import words


@dataclass(slots=True)
class Context:
    """A page of a report: sentences and a table."""

    number: int
    values: tuple[Value, ...]
    paragraphs: list[str]
    rows: list[list[str]]
    document: finlens.Document | None
    group: int = -1
    """Contexts of one page share it, whichever set they are of."""


@dataclass(slots=True)
class Example:
    """A question about a context, and what it should come to."""

    collection: str
    context: Context
    text: str
    question: Question
    drafts: list[Draft]
    earlier: tuple[Earlier, ...]
    program: gold.Gold | None
    """With earlier answers as one operand each; None for a question that the context does not answer."""
    value: float | bool | None
    whole: gold.Gold | None
    """The program without those."""


def examples(folder: Path, *, strangers: float = 0.25, limit: int = 0) -> list[Example]:
    """The questions of FinQA, ConvFinQA and TAT-QA that have a program, and some that their page does not answer.

    Args:
        folder: With finqa/, convfinqa/ and tatqa/.
        strangers: Share of the questions that are asked once more of another page, and of their own without a line that they need.
        limit: Of each set; 0 for all.
    """
    found: list[Example] = []
    contexts: list[Context] = []
    for read in (_finqa, _convfinqa, _tatqa):
        for context, asked in read(folder, limit):
            context.number = len(contexts)
            contexts.append(context)
            found += [example for one in asked if (example := _example(context, *one)) is not None]
    _group(contexts)
    found += [*_asked_of_others(found, contexts, strangers), *_with_a_line_taken_out(found, strangers)]
    for context in contexts:
        context.document = None
    return found


def _context(paragraphs: Sequence[str], rows: list[list[str]]) -> Context:
    document = finlens.Document.from_parts(paragraphs=list(paragraphs), tables=[rows])
    return Context(-1, document_values(index_of(document).document.facts()), list(paragraphs), rows, document)


def _example(context: Context, collection: str, text: str, history: list[Turn], program: gold.Gold | None, value: Any) -> Example | None:
    if program is None or context.document is None:
        return None
    past = [(one, len(history) - place) for place, (_, _, one) in enumerate(history) if one is not None]
    question, planned, earlier = _by_rules(context, text, [(asked, answer) for asked, answer, _ in history])
    return Example(collection, context, text, question, planned, earlier, gold.with_past(program, past[::-1]), value, program)


def _by_rules(context: Context, text: str, history: list[tuple[str, str]]) -> tuple[Question, list[Draft], tuple[Earlier, ...]]:
    """What `finlens.ask` knows of a question before it chooses."""
    assert context.document is not None
    finder = index_of(context.document)
    followed = follow(text, history, finder)
    question = understand(followed.text)
    return question, planned_for(question, followed, Resolver(finder, question)), earlier_of(followed.turns)


# ── the sets ───────────────────────────────────────────────────────────────

Turn = tuple[str, str, gold.Gold | None]
"""Question, answer as given, program."""
_Asked = tuple[str, str, list[Turn], gold.Gold | None, Any]


def _numbers_of_row(values: Sequence[Value]) -> dict[int, list[float]]:
    found: defaultdict[int, list[float]] = defaultdict(list)
    for value in values:
        if value.kind == "cell":
            found[value.row].append(value.number)
    return found


def _finqa(folder: Path, limit: int) -> Iterator[tuple[Context, list[_Asked]]]:
    for row in json.loads((folder / "finqa/finqa_dev.json").read_text())[: limit or None]:
        context = _context(row.get("text_full") or row["retrieved"], row["table"])
        program = gold.of_steps(row["program"], context.rows, _numbers_of_row(context.values))
        answer = row["exe_ans_recomputed"] if row.get("exe_ans_recomputed") is not None else row["exe_ans"]
        yield context, [("finqa", row["question"], [], program, _truth(answer))]


def _convfinqa(folder: Path, limit: int) -> Iterator[tuple[Context, list[_Asked]]]:
    content = json.loads((folder / "convfinqa/convfinqa_dev_clean.json").read_text())
    rows = next(iter(content.values())) if isinstance(content, dict) else content
    for row in rows[: limit or None]:
        report, talk, table = row["doc"], row["dialogue"], row["doc"]["table"]
        if isinstance(table, dict):
            labels = list(dict.fromkeys(label for column in table.values() for label in column))
            table = [["", *table], *([label, *(str(column.get(label, "")) for column in table.values())] for label in labels)]
        before, after = report["pre_text"], report["post_text"]
        context = _context([before, after] if isinstance(before, str) else [*before, *after], table)
        numbers = _numbers_of_row(context.values)
        programs = [gold.of_steps(program, context.rows, numbers) for program in talk["turn_program"]]
        turns = list(zip(talk["conv_questions"], map(str, talk["conv_answers"]), programs, strict=True))
        yield (
            context,
            [
                ("convfinqa", text, turns[:place], program, _truth(talk["executed_answers"][place]))
                for place, (text, _, program) in enumerate(turns)
            ],
        )


def _tatqa(folder: Path, limit: int) -> Iterator[tuple[Context, list[_Asked]]]:
    for page in json.loads((folder / "tatqa/tatqa_dataset_dev.json").read_text())[: limit or None]:
        paragraphs = [one["text"] for one in sorted(page["paragraphs"], key=lambda one: one["order"])]
        context = _context(paragraphs, page["table"]["table"])
        asked: list[_Asked] = []
        for one in page["questions"]:
            program = _of_tatqa(one)
            asked.append(("tatqa", one["question"], [], program, gold.value_of(program) if program else None))
        yield context, asked


def _of_tatqa(one: dict[str, Any]) -> gold.Gold | None:
    if one["answer_type"] == "arithmetic":
        return gold.of_derivation(one["derivation"])
    if one["answer_type"] != "span":
        return None
    answer = one["answer"][0] if isinstance(one["answer"], list) else one["answer"]
    found = re.fullmatch(r"\(?-?[$€£]?\s*-?\(?(\d[\d,]*\.?\d*)\)?%?(?: (?:million|billion|thousand|years|months))?", str(answer).strip())
    return gold.Number(float(found[1].replace(",", ""))) if found and not re.fullmatch(r"(?:19|20)\d\d", found[1]) else None


def _truth(answer: object) -> float | bool | None:
    text = str(answer).strip().lower()
    if text in ("yes", "true"):
        return True
    if text in ("no", "false"):
        return False
    try:
        return float(text)
    except ValueError:
        return None


# ── what must not be learnt from ───────────────────────────────────────────


def _group(contexts: Sequence[Context]) -> None:
    """Contexts that share three numbers are of one page: a model must not see some of them and be measured on others."""
    parent = list(range(len(contexts)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    holders: defaultdict[float, list[int]] = defaultdict(list)
    numbers = [
        {
            abs(value.number)
            for value in context.values
            if value.kind == "cell" and abs(value.number) >= 100 and not 1990 <= value.number <= 2030
        }
        for context in contexts
    ]
    for place, held in enumerate(numbers):
        for number in held:
            holders[number].append(place)
    for place, held in enumerate(numbers):
        shared = Counter(other for number in held if len(holders[number]) < 60 for other in holders[number] if other != place)
        for other, count in shared.items():
            if count >= 3:
                parent[root(place)] = root(other)
    for place, context in enumerate(contexts):
        context.group = root(place)


def _asked_of_others(found: Sequence[Example], contexts: Sequence[Context], share: float) -> list[Example]:
    """Questions asked of a page that does not answer them; the same ones each time."""
    chance = random.Random(7)
    made = []
    for example in found:
        if example.earlier or chance.random() >= share:
            continue
        other = chance.choice(contexts)
        if other.group == example.context.group or other.document is None:
            continue
        question, planned, _ = _by_rules(other, example.text, [])
        made.append(Example(example.collection, other, example.text, question, planned, (), None, None, None))
    return made


def _with_a_line_taken_out(found: Sequence[Example], share: float) -> list[Example]:
    """Questions asked of their own page, from which the rows and sentences of one figure that they need are gone."""
    chance = random.Random(8)
    made = []
    for example in found:
        if example.earlier or example.program is None or chance.random() >= share:
            continue
        number = chance.choice(sorted(set(gold.numbers_in(example.program))) or [0.0])
        holders = [value for value in example.context.values if abs(abs(value.number) - number) < 1e-6]
        rows = {value.row for value in holders if value.kind == "cell"}
        sentences = {" ".join(value.sentence) for value in holders if value.kind == "prose"}
        if not holders or 0 in rows:
            continue
        kept = [text for text in example.context.paragraphs if not any(one in " ".join(words(text)) for one in sentences)]
        context = _context(kept, [row for place, row in enumerate(example.context.rows) if place not in rows])
        if any(abs(abs(value.number) - number) < 1e-6 for value in context.values):
            continue
        context.number, context.group = example.context.number, example.context.group
        question, planned, _ = _by_rules(context, example.text, [])
        context.document = None
        made.append(Example(example.collection, context, example.text, question, planned, (), None, None, None))
    return made
