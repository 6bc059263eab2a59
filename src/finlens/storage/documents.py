"""Documents as the cache keeps them: JSON, with the words of each page on a line of their own, unpacked when looked at.

More than half of a report's JSON is words, which a question never looks at: it works on lines, tables and facts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, overload

from finlens.documents import Document, Origin, Word
from finlens.documents.codec import from_record, to_record
from finlens.errors import FileDamaged


def pack(document: Document) -> bytes:
    """The document as bytes for the cache."""
    record = to_record(document)
    words = [page["words"] for page in record["pages"]]
    for page in record["pages"]:
        page["words"] = []
    return b"\n".join(_line(part) for part in (record, [len(each) for each in words], *words))


def unpack(content: bytes) -> Document:
    """The document that `pack` packed.

    Raises:
        FileDamaged: these are not such bytes.
    """
    try:
        first, second, *lines = content.split(b"\n")
        record, counts = json.loads(first), json.loads(second)
        document = from_record(record)
        pages = tuple(
            replace(page, words=PackedWords(line, count, tuple(Origin(document.sha256, page.number, reader) for reader in kept["readers"])))
            for page, kept, line, count in zip(document.pages, record["pages"], lines, counts, strict=True)
        )
    except (ValueError, KeyError, TypeError, IndexError) as exc:
        raise FileDamaged("A cached document cannot be unpacked.", why=str(exc)[:200], hint="finlens cache clear") from exc
    return replace(document, pages=pages)


class PackedWords(Sequence[Word]):
    """The words of a page, unpacked at the first look; equal to the tuple of them."""

    __slots__ = ("_count", "_line", "_origins", "_words")

    def __init__(self, line: bytes, count: int, origins: tuple[Origin, ...]) -> None:
        self._line = line
        self._count = count
        self._origins = origins
        self._words: tuple[Word, ...] | None = None

    def unpacked(self) -> tuple[Word, ...]:
        """All of them."""
        if self._words is None:
            at = self._origins
            self._words = tuple([Word(w[0], w[1], w[2], w[3], w[4], at[w[8]], w[5], w[6], w[7]) for w in json.loads(self._line)])
        return self._words

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Word]:
        return iter(self.unpacked())

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, index: int | slice) -> Word | tuple[Word, ...]:
        return self.unpacked()[index]

    def __eq__(self, other: object) -> bool:
        return self.unpacked() == (other.unpacked() if isinstance(other, PackedWords) else other)

    def __hash__(self) -> int:
        return hash(self.unpacked())

    def __repr__(self) -> str:
        return f"PackedWords({self._count} words)"

    def __reduce__(self) -> tuple[Any, ...]:
        return (tuple, (self.unpacked(),))


def _line(part: Any) -> bytes:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()
