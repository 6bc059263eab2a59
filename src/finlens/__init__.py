"""Reads financial documents and answers questions about them, with every number checkable.

    import finlens

    document = finlens.read("report.pdf")
    answer = finlens.ask(document, "How much did revenue grow in 2023?")
    comparison = finlens.compare([document, finlens.read("report-before.pdf")])

Everything here loads at first use: ``import finlens`` itself costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from finlens.ask.model import Answer
    from finlens.ask.several import Answers
    from finlens.documents import Document
    from finlens.errors import FinlensError
    from finlens.extract.read import read
    from finlens.finance.compare import compare
    from finlens.workspace import Workspace

    __version__: str

    # At run time `finlens.ask` is the package of that name, which can be called: docs/decisions/002.
    @overload
    def ask(
        document: Document | str | PathLike[str],
        question: str,
        *,
        history: Sequence[tuple[str, str] | Answer] = (),
        model: str = "none",
    ) -> Answer: ...

    @overload
    def ask(
        document: list[Document | str | PathLike[str]] | tuple[Document | str | PathLike[str], ...],
        question: str,
        *,
        history: Sequence[tuple[str, str] | Answer] = (),
        model: str = "none",
    ) -> Answers: ...

    def ask(document: Any, question: str, *, history: Any = (), model: str = "none") -> Any: ...


__all__ = ["Answer", "Document", "FinlensError", "Workspace", "__version__", "ask", "compare", "read"]

_HOMES = {
    "Answer": "finlens.ask.model",
    "Document": "finlens.documents",
    "FinlensError": "finlens.errors",
    "Workspace": "finlens.workspace",
    "compare": "finlens.finance.compare",
    "read": "finlens.extract.read",
}


def __getattr__(name: str) -> Any:
    if name == "ask":
        return importlib.import_module("finlens.ask")
    if name == "__version__":
        from importlib.metadata import version

        return version("finlens")
    if name not in _HOMES:
        raise AttributeError(f"module 'finlens' has no attribute '{name}'")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
