"""Questions whose answer is words: the periods of a table, the rows that stand out, or the passage that says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finlens.ask.finder import Finder
from finlens.ask.model import Answer, Citation, Step
from finlens.ask.question import Question
from finlens.finance.words import plain, words
from finlens.search.passages import Passage, sentences


def answer_in_words(question: Question, asked: str, finder: Finder, steps: Sequence[Step]) -> Answer | None:
    return None
