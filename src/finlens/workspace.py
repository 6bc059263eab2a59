"""Where settings become work: the one place that picks concrete backends, and that keeps results.

workspace = Workspace()
document = workspace.read("report.pdf")     # the second time, from the cache
answer = workspace.ask(document, "What was net revenue in 2023?")
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from finlens import config
from finlens.config import Settings
from finlens.storage.cache import Cache

if TYPE_CHECKING:
    from finlens.ask.model import Answer
    from finlens.ask.several import Answers
    from finlens.documents import Document
    from finlens.llm.base import LanguageModel

_READING_PACKAGES = ("documents", "extract", "finance", "storage", "vision")


class Workspace:
    """Reads and answers with the settings in force, and remembers what it read.

    Args:
        settings: Those of the environment and the configuration files when None.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = config.load() if settings is None else settings
        self.cache = Cache(self.settings.cache_folder / "documents", max_bytes=self.settings.cache_max_mb * 1_000_000)

    def __repr__(self) -> str:
        return f"Workspace({self.settings!r})"

    def read(
        self,
        path: str | os.PathLike[str],
        *,
        pages: str | Sequence[int] | None = None,
        password: str | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> Document:
        """The document in the file; from the cache where the same bytes were read with the same options before.

        What a password opened is never cached: its owner encrypted it for a reason.

        Args:
            path: A PDF, an image, or the JSON of a document that was read before (``finlens extract --format json``).
            pages: 1-based numbers, or a range such as "1-3,7"; all when None.
            password: Of an encrypted PDF.
            on_page: Called with pages done and pages to do, for a progress bar.

        Raises:
            FinlensError: the file cannot be read; see `finlens.errors`.
        """
        from finlens.documents import Document
        from finlens.extract.files import look_at
        from finlens.extract.limits import Limits
        from finlens.extract.pdf_file import sha256_of

        file = Path(path)
        if file.suffix.lower() == ".json" and file.is_file():
            return Document.from_json(file.read_bytes())
        look_at(file, Limits())
        sha256 = sha256_of(file)
        keep = self.settings.cache and password is None
        key = self._key(sha256, pages) if keep else ""
        if keep and (known := self._recall(key)) is not None:
            return dataclasses.replace(known, name=file.name, path=str(file.absolute()))
        from finlens.extract.read import read

        document = read(
            file,
            pages=pages,
            password=password,
            ocr=self.settings.ocr,
            reader=self.settings.reader,
            tables=self.settings.tables,
            ocr_engine=self.settings.ocr_engine,
            on_page=on_page,
            jobs=self.settings.jobs,
        )
        if keep:
            from finlens.storage.documents import pack

            self.cache.put(key, pack(document))
        return document

    def ask(
        self,
        document: Document | str | os.PathLike[str],
        question: str,
        *,
        history: Sequence[tuple[str, str] | Answer] = (),
        pages: str | Sequence[int] | None = None,
        password: str | None = None,
    ) -> Answer:
        """A checked answer from a document or the file at a path, or a refusal that names the closest line.

        A model that the settings name words every answer. Unless they name one, the packaged model, where it is installed,
        words answers in words only.

        Raises:
            FinlensError: the file cannot be read, the question is unusable, or the model is.
        """
        from finlens.ask.answer import ask
        from finlens.documents import Document

        read_document = document if isinstance(document, Document) else self.read(document, pages=pages, password=password)
        if self.settings.model:
            return ask(read_document, question, history=history, model=self.model)
        answer = ask(read_document, question, history=history)
        if answer.refused or answer.program is not None:
            return answer  # our own sentence says a figure as well as a small model's, two seconds sooner
        from finlens.ask.wording import reword

        return answer if self.model is None else reword(answer, question, self.model)

    def ask_several(self, documents: Sequence[Document], question: str, *, history: Sequence[tuple[str, str] | Answer] = ()) -> Answers:
        """The answers of several documents to one question, and the comparison that it asks for.

        Raises:
            FinlensError: the question is unusable, or the model is.
        """
        from finlens.ask.several import ask_several

        return ask_several(documents, question, history=history, model=self.model if self.settings.model else None)

    def stored(self) -> list[Document]:
        """The documents that were read whole with the settings in force and are still kept, the last used first."""
        kept: dict[str, Document] = {}
        for key in self.cache.keys() if self.settings.cache else ():
            document = self._recall(key)
            if document is not None and document.sha256 not in kept and self._key(document.sha256, None) == key:
                kept[document.sha256] = document
        return list(kept.values())

    @cached_property
    def model(self) -> LanguageModel | None:
        """The language model that the settings name: the packaged one where it can run, unless they say otherwise.

        Raises:
            BackendUnknown: no model has that name.
            BackendError: it cannot be loaded.
        """
        from finlens.llm.backends import load_model

        return load_model(self.settings.model or None)

    def _key(self, sha256: str, pages: str | Sequence[int] | None) -> str:
        how = {name: getattr(self.settings, name) for name in ("reader", "tables", "ocr", "ocr_engine")}
        return Cache.key(sha256, reading_code(), json.dumps([how, pages if pages is None or isinstance(pages, str) else list(pages)]))

    def _recall(self, key: str) -> Document | None:
        from finlens.errors import FileDamaged
        from finlens.storage.documents import unpack

        content = self.cache.get(key)
        if content is None:
            return None
        try:
            return unpack(content)
        except FileDamaged:  # an entry of an interrupted experiment: read the file again
            self.cache.forget(key)
            return None


def reading_code() -> str:
    """A stamp of the code that reads documents: it changes with an upgrade of finlens and with every edit of a source.

    File times and sizes cost under a millisecond; asking importlib.metadata for a version costs thirty.
    """
    home = Path(__file__).parent
    stamps = []
    for package in _READING_PACKAGES:
        for folder, _, names in os.walk(home / package):
            for name in sorted(names):
                if name.endswith(".py"):
                    status = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - three times as quick as Path
                    stamps.append(f"{name}:{status.st_mtime_ns}:{status.st_size}")
    return Cache.key(*sorted(stamps))
