"""What was already worked out, kept in the user's own cache folder: private, whole, and bounded in size.

An entry is zlib-compressed bytes under a hex key. zlib carries its own checksum, so an entry that was cut short or
damaged fails to unpack, counts as absent, and is written again.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from finlens.errors import OutputUnwritable
from finlens.storage.files import write_whole

_SUFFIX = ".z"
_KEPT_AFTER_EVICTION = 0.8
"""Evicting a little more than needed means that the next entries need no eviction."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a cache holds on the disk."""

    entries: int
    bytes: int


class Cache:
    """Bytes by key in a folder that only its owner can read, least recently used out first."""

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        self.folder = folder
        self.max_bytes = max_bytes

    def __repr__(self) -> str:
        return f"Cache({str(self.folder)!r}, max_bytes={self.max_bytes})"

    @staticmethod
    def key(*parts: str) -> str:
        """A key that differs when any part does."""
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def get(self, key: str) -> bytes | None:
        """What was put there, or None where nothing usable is."""
        path = self._path(key)
        try:
            content = zlib.decompress(path.read_bytes())
            os.utime(path)  # recently used
        except (OSError, zlib.error):
            return None
        return content

    def put(self, key: str, content: bytes) -> bool:
        """Keep ``content``; False where the folder cannot be written or the entry alone is over the size cap.

        A cache that is full, read-only or gone only costs time, so this never raises.
        """
        packed = zlib.compress(content, 1)
        if len(packed) > self.max_bytes:
            return False
        path = self._path(key)
        try:
            for folder in (self.folder, path.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if folder.stat().st_mode & 0o077:
                    folder.chmod(0o700)
            self._make_room(len(packed))
            write_whole(path, packed, mode=0o600)
        except (OSError, OutputUnwritable):
            return False
        return True

    def keys(self) -> list[str]:
        """The keys of all entries, the last used first."""
        newest = sorted(self._entries(), key=lambda entry: -entry[2])
        return [path.name.removesuffix(_SUFFIX) for path, _, _ in newest]

    def forget(self, key: str) -> None:
        """Drop one entry, for one whose content turned out to be unusable."""
        with suppress(OSError):
            self._path(key).unlink()

    def clear(self) -> Usage:
        """Delete every entry; says how much that was."""
        gone = [size for path, size, _ in self._entries() if _unlink(path)]
        return Usage(len(gone), sum(gone))

    def usage(self) -> Usage:
        """How many entries there are, and their size on the disk."""
        sizes = [size for _, size, _ in self._entries()]
        return Usage(len(sizes), sum(sizes))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_SUFFIX}"

    def _entries(self) -> Iterator[tuple[Path, int, float]]:
        """Path, size and time of last use."""
        for path in self.folder.glob(f"??/*{_SUFFIX}"):
            with suppress(OSError):  # another process may have evicted it meanwhile
                status = path.stat()
                yield path, status.st_size, status.st_mtime

    def _make_room(self, needed: int) -> None:
        entries = list(self._entries())
        total = sum(size for _, size, _ in entries) + needed
        if total <= self.max_bytes:
            return
        for path, size, _ in sorted(entries, key=lambda entry: entry[2]):
            if total <= max(needed, self.max_bytes * _KEPT_AFTER_EVICTION):
                break
            total -= size if _unlink(path) else 0


def _unlink(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
