"""A language model words the answer; finlens decides whether the words may stand.

The model comes last and decides nothing about figures: it is given the finished, checked sentence, and what it writes
is kept only if `check_wording` (figures) or `check_passage` (words of the document) finds no fault. Otherwise the answer
stays exactly as it was, with a step that says why. So an answer is never worse for having a model.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from finlens.ask.model import Answer, Citation, Step
from finlens.ask.numbers_in_text import numbers_in
from finlens.ask.passage_check import check_passage
from finlens.ask.plain_words import content, language_of
from finlens.ask.wording_check import check_wording
from finlens.errors import BackendError, LimitExceeded
from finlens.llm.base import LanguageModel
from finlens.llm.prompts import defuse

__all__ = ["check_passage", "check_wording", "numbers_in", "reword"]

MAX_REPLY_TOKENS = 96
MAX_PROMPT_WORDS = 300  # about 600 tokens in French, 400 in English
MAX_CANDIDATES = 4
_LEAST_WORDS = 5
_MOST_SPAN_WORDS = 12  # a longer one is a passage, of which the wording may leave something out
_NO_FENCE = str.maketrans({"«": '"', "»": '"'})
_SYSTEM = {
    "en": "You rewrite checked sentences of financial reports. You never add, drop or change a number, a name or a date.",
    "fr": "Tu reformules des phrases vérifiées de rapports financiers. Tu n'ajoutes, n'ôtes et ne changes aucun chiffre, nom ou date.",
}
_WORD_FIGURES = {
    "en": "Question: {question}\nChecked sentence: {text}\nAnswer the question in one plain sentence, with the same numbers:",
    "fr": "Question : {question}\nPhrase vérifiée : {text}\nRéponds à la question en une phrase simple, avec les mêmes chiffres :",
}
_WORD_PASSAGE = {
    "en": "Passage: «{text}»\nQuestion: {question}\nAnswer in one sentence, in the words of the passage:",
    "fr": "Passage : «{text}»\nQuestion : {question}\nRéponds en une phrase, avec les mots du passage :",
}
_CHOOSE = {
    "en": "{passages}\n\nQuestion: {question}\nWhich passage answers the question? Give its number.",
    "fr": "{passages}\n\nQuestion : {question}\nQuel passage répond à la question ? Donne son numéro.",
}


def reword(answer: Answer, question: str, model: LanguageModel) -> Answer:
    """The answer with its sentence worded by ``model`` where the wording holds, else the answer as it was.

    Value, unit, program and (for figures) citations never change; a step says what the model did. For an answer in words
    the model may also prefer another of the passages found, where the question's words favour none of them.
    A refusal and a yes or no are left alone: there a wording can only do harm. A model that fails leaves the answer as it
    was, with a warning.
    """
    if answer.refused or isinstance(answer.value, bool) or not answer.text.strip():
        return answer
    question = _cut(question, MAX_PROMPT_WORDS // 4)
    try:
        if isinstance(answer.value, Decimal):
            return _word_figures(answer, question, model)
        return _word_passage(_prefer_passage(answer, question, model), question, model) if answer.citations else answer
    except (BackendError, LimitExceeded) as exc:
        return replace(answer, warnings=(*answer.warnings, f"{model.name} could not word the answer: {exc} {exc.why}".strip()))


def _word_figures(answer: Answer, question: str, model: LanguageModel) -> Answer:
    language = language_of(answer.text, question)
    prompt = _WORD_FIGURES[language].format(question=question, text=_cut(_first_paragraph(answer.text), MAX_PROMPT_WORDS // 2))
    said = _ask(prompt, language, model)
    return _settled(answer, said, check_wording(said, answer), model)


def _word_passage(answer: Answer, question: str, model: LanguageModel) -> Answer:
    passage = answer.citations[0].text
    if len(passage.split()) < _LEAST_WORDS:  # a cell or a name says it best itself
        return answer
    language = language_of(passage, question)
    said = _ask(_WORD_PASSAGE[language].format(question=question, text=_fenced(passage, MAX_PROMPT_WORDS // 2)), language, model)
    problems = check_passage(said, passage, question)
    short = [span.lower() for span in answer.spans if len(span.split()) <= _MOST_SPAN_WORDS]
    if any(span in answer.text.lower() and span not in said.lower() for span in short):
        problems.append("it loses words that answer the question")
    return _settled(answer, said, problems, model)


def _prefer_passage(answer: Answer, question: str, model: LanguageModel) -> Answer:
    """The answer from the passage that the model picks, where the question's own words leave it open.

    Only passages that hold as many words of the question as the first one are offered, and the pick counts only if it is
    the same from the list and from the list begun one later: small models tend to pick by place, and in a list turned round the middle
    one keeps its place.
    """
    texts = {citation.text: citation for citation in answer.citations if len(citation.text.split()) >= _LEAST_WORDS}
    asked = content(question)
    least = len(asked & content(answer.citations[0].text))
    candidates = [citation for text, citation in texts.items() if len(asked & content(text)) >= least][:MAX_CANDIDATES]
    if len(candidates) < 2 or candidates[0] is not answer.citations[0]:
        return answer
    first, second = (_choose(order, question, model) for order in (candidates, candidates[1:] + candidates[:1]))
    if first is not second or first is candidates[0]:
        kept = "the first passage" if first is second else "no passage whichever way they are listed; the first stays"
        return replace(answer, steps=(*answer.steps, Step("choose", f"{model.name} prefers {kept}")))
    others = tuple(citation for citation in answer.citations if citation is not first)
    step = Step("choose", f"{model.name} prefers the passage on page {first.page}, whichever way they are listed")
    return replace(answer, text=first.text, spans=(first.text,), citations=(first, *others), model=model.name, steps=(*answer.steps, step))


def _choose(candidates: list[Citation], question: str, model: LanguageModel) -> Citation:
    room = (MAX_PROMPT_WORDS - 60) // len(candidates)
    passages = "\n\n".join(f"Passage {number}: «{_fenced(citation.text, room)}»" for number, citation in enumerate(candidates, start=1))
    language = language_of(passages, question)
    schema = {
        "type": "object",
        "properties": {"passage": {"type": "integer", "enum": list(range(1, len(candidates) + 1))}},
        "required": ["passage"],
        "additionalProperties": False,
    }
    [reply] = model.generate([_CHOOSE[language].format(passages=passages, question=question)], max_tokens=24, json_schema=schema)
    return candidates[int(json.loads(reply.text)["passage"]) - 1]


def _ask(prompt: str, language: str, model: LanguageModel) -> str:
    [reply] = model.generate([prompt], system=_SYSTEM[language], max_tokens=MAX_REPLY_TOKENS, stop=["\n\n"])
    return "" if reply.truncated else reply.text.strip().strip('"“”« »').strip()


def _settled(answer: Answer, said: str, problems: list[str], model: LanguageModel) -> Answer:
    if not said:
        problems = ["it did not finish"]
    if problems:
        return replace(answer, steps=(*answer.steps, Step("word", f"{model.name}'s wording was discarded: {'; '.join(problems)}")))
    return replace(
        answer, text=said, model=model.name, steps=(*answer.steps, Step("word", f"worded by {model.name}, checked against the working"))
    )


def _first_paragraph(text: str) -> str:
    return text.strip().partition("\n\n")[0]


def _fenced(text: str, words: int) -> str:
    """Text of the document as it may stand between the marks of a quotation: it cannot close them, nor open a turn of its own."""
    return defuse(_cut(text, words).translate(_NO_FENCE))


def _cut(text: str, words: int) -> str:
    """At most so many words, on one line."""
    return " ".join(text.split()[:words])
