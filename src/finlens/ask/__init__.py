"""From a question to a checked answer; `finlens.ask.answer` tells the story from top to bottom.

The package can itself be called, so that ``finlens.ask(document, question)`` reads as it should:
docs/decisions/002-finlens-ask-is-a-package-and-a-function.md.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from finlens.ask.model import Answer
    from finlens.documents import Document


class _AskModule(ModuleType):
    """A package that answers when it is called."""

    def __call__(
        self,
        document: Document | str | PathLike[str],
        question: str,
        *,
        history: Sequence[tuple[str, str] | Answer] = (),
        model: str = "none",
    ) -> Answer:
        """A checked answer, or a refusal that names the closest line.

        Args:
            document: What `finlens.read` gave, or a path that is read first (uncached; `finlens.Workspace` caches).
            question: In English or French.
            history: Earlier questions and answers of the same conversation, oldest first.
            model: Language model that may word the answer: the path of a .gguf file, or a name that ``finlens doctor`` lists
                ("smollm2" is the packaged one). Numbers never come from it, and wording takes seconds: none unless asked for.

        Raises:
            FinlensError: the file cannot be read, the question is unusable, or the model is.
        """
        from finlens.ask.answer import ask
        from finlens.documents import Document
        from finlens.extract.read import read
        from finlens.llm.backends import load_model

        read_document = document if isinstance(document, Document) else read(document)
        return ask(read_document, question, history=history, model=load_model(model))


sys.modules[__name__].__class__ = _AskModule
