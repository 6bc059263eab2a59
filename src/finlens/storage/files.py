"""Files written whole or not at all, with the system's refusals put into words."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from finlens.errors import OutputUnwritable

_ADVICE = {
    errno.ENOSPC: ("the disk is full", "Free some space, or write elsewhere with -o."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space, or write elsewhere with -o."),
    errno.EACCES: ("permission denied", "Choose a folder that you may write to with -o."),
    errno.EPERM: ("permission denied", "Choose a folder that you may write to with -o."),
    errno.EROFS: ("the file system is read-only", "Choose a folder that you may write to with -o."),
    errno.ENOENT: ("its folder does not exist", "Make the folder first: mkdir -p {folder}"),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "Choose another place with -o."),
    errno.EISDIR: ("it is a folder", "Name a file in it with -o."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name with -o."),
    errno.EFBIG: ("the file would be larger than allowed", "Choose another place with -o."),
}


def unwritable(path: Path | str, exc: OSError) -> OutputUnwritable:
    """The error for a system refusal to write ``path``; raise it ``from exc``."""
    why, hint = _ADVICE.get(exc.errno or 0, (exc.strerror or str(exc), "Choose another place with -o."))
    return OutputUnwritable(f"Cannot write '{path}'.", why=f"{why[0].upper()}{why[1:]}.", hint=hint.format(folder=Path(path).parent))


@contextmanager
def written_whole(path: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A stream whose content appears at ``path`` when the block ends well, and leaves no trace when it doesn't.

    Written beside the target, flushed to the disk, then renamed over it. A device or pipe is written directly.

    Raises:
        OutputUnwritable: no space, no permission, no such folder; what stood at ``path`` stands there still.
    """
    try:
        if path.exists() and not path.is_file():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            with path.open("wb") as stream:
                yield stream
            return
        target = path.resolve()  # a symbolic link stays a link
        beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
        kept_mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else mode
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, kept_mode)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(target)
        except BaseException:  # Ctrl-C included: nothing half-written stays
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as exc:
        raise unwritable(path, exc) from exc


def write_whole(path: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Write ``content`` to ``path``, whole or not at all.

    Raises:
        OutputUnwritable: as `written_whole`.
    """
    with written_whole(path, mode=mode) as stream:
        stream.write(content)
