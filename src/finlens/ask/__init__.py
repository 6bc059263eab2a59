"""From a question to a checked answer; `finlens.ask.answer` tells the story from top to bottom.

The package can itself be called, so that ``finlens.ask(document, question)`` reads as it should:
docs/decisions/002-finlens-ask-is-a-package-and-a-function.md.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from finlens.ask.model import Answer
    from finlens.ask.several import Answers
    from finlens.documents import Document

    Source = Document | str | PathLike[str]


class _AskModule(ModuleType):
    """A package that answers when it is called."""

    @overload
    def __call__(
        self, document: Source, question: str, *, history: Sequence[tuple[str, str] | Answer] = ..., model: str = ...
    ) -> Answer: ...

    @overload
    def __call__(
        self,
        document: list[Source] | tuple[Source, ...],
        question: str,
        *,
        history: Sequence[tuple[str, str] | Answer] = ...,
        model: str = ...,
    ) -> Answers: ...

    def __call__(
        self,
        document: Source | list[Source] | tuple[Source, ...],
        question: str,
        *,
        history: Sequence[tuple[str, str] | Answer] = (),
        model: str = "none",
    ) -> Answer | Answers:
        """A checked answer, or a refusal that names the closest line; of several documents, all answers and what follows from them.

        Args:
            document: What `finlens.read` gave, or a path that is read first (uncached; `finlens.Workspace` caches); or a list of them,
                each of which is asked, and compared where the question compares: "which company had the higher gross margin?"
            question: In English or French.
            history: Earlier questions and answers of the same conversation, oldest first.
            model: Language model that may word the answer: the path of a .gguf file, or a name that ``finlens doctor`` lists
                ("smollm2" is the packaged one). Numbers never come from it, and wording takes seconds: none unless asked for.

        Raises:
            FinlensError: a file cannot be read, the question is unusable, or the model is.
        """
        from finlens.ask.answer import ask
        from finlens.ask.several import ask_several
        from finlens.documents import Document
        from finlens.extract.read import read
        from finlens.llm.backends import load_model

        if isinstance(document, list | tuple):
            documents = [one if isinstance(one, Document) else read(one) for one in document]
            return ask_several(documents, question, history=history, model=load_model(model))
        read_document = document if isinstance(document, Document) else read(document)
        return ask(read_document, question, history=history, model=load_model(model))


sys.modules[__name__].__class__ = _AskModule
