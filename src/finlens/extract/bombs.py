"""Decompression bombs: a look at the packed streams of a PDF before a library unpacks them.

Deflate packs at most 1,032 to 1, so a stream matters only when its size, times that for every filter, could pass the
limit. Those few are unpacked piece by piece and counted, never kept.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from finlens.errors import LimitExceeded
from finlens.extract.limits import Limits

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/(?:FlateDecode|Fl)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b|/ImageMask\b")
_DICTIONARY_REACH = 4_096
_HIGHEST_RATIO = 1_100
_TIGHT = 150
"""To 1: content written by a program packs 3 to 20; only repetition without end packs tighter than this."""
_MAX_TIGHT_CONTENT = 24 << 20  # bytes: ten million operators that paint the same again
_CHUNK = 1 << 20


def check_streams(path: Path, limits: Limits) -> None:
    """Look for streams that unpack to more than a machine should be asked for.

    Raises:
        LimitExceeded: there is one, or many that do so together.
    """
    if not path.stat().st_size:
        return
    total = 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for start, end, filters, picture in _packed(content, limits.max_inflated_bytes):
            size = _unpacked_size(content, start, end, filters, limits.max_inflated_bytes)
            tight = size > _TIGHT * (end - start)
            total += size if tight else 0
            too_much_paint = tight and not picture and size > _MAX_TIGHT_CONTENT
            if size >= limits.max_inflated_bytes or total >= limits.max_inflated_bytes or too_much_paint:
                raise LimitExceeded(
                    f"{path.name} would unpack to far more than it is.",
                    why=f"A stream of {end - start:,} bytes holds more than {size / 1e6:,.0f} MB: a decompression bomb, or a damaged file.",
                    hint="Print it to a new PDF where you trust its source.",
                )


def _packed(content: mmap.mmap, most: int) -> Iterator[tuple[int, int, int, bool]]:
    """Where each stream stands that could unpack to more than is safe: start, end, number of filters, whether a picture."""
    least = min(most, _MAX_TIGHT_CONTENT)
    for match in _STREAM.finditer(content):
        start = match.end()
        dictionary = content[max(0, match.start() - _DICTIONARY_REACH) : match.start()]
        dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
        filters = len(_FILTER.findall(dictionary))
        if not filters:
            continue
        end = content.find(b"endstream", start)
        end = len(content) if end < 0 else end
        if (end - start) * _HIGHEST_RATIO**filters >= least:
            yield start, end, filters, _PICTURE.search(dictionary) is not None


def _unpacked_size(content: mmap.mmap, start: int, end: int, filters: int, most: int) -> int:
    """Bytes that come out of the last filter, counted up to ``most``; what cannot be unpacked counts as nothing."""
    pieces = _pieces(content, start, end)
    for _ in range(filters):
        pieces = _inflated(pieces, most)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size >= most:
            break
    return size


def _pieces(content: mmap.mmap, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, _CHUNK):
        yield content[at : min(end, at + _CHUNK)]


def _inflated(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    unpack = zlib.decompressobj()
    given = 0
    for piece in pieces:
        rest = piece
        while rest and given < most and not unpack.eof:
            try:
                out = unpack.decompress(rest, _CHUNK)
            except zlib.error:
                return
            given += len(out)
            if out:
                yield out
            rest = unpack.unconsumed_tail
        if unpack.eof or given >= most:
            return
