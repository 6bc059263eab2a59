"""What a GGUF file says about itself, read without loading it.

A damaged file is told apart here, in a few milliseconds and in plain words, before a C++ library maps a gigabyte of it.
Layout: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass, field
from pathlib import Path

from finlens.errors import LimitExceeded, ModelUnusable

MAGIC = b"GGUF"
KNOWN_VERSIONS = (2, 3)
_STRING, _ARRAY = 8, 9
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_QUANTISATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L",
    14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 32: "BF16",
}  # fmt: skip
# Bytes a block and weights a block of each tensor type, for the check that the file is whole.
_BLOCKS = {
    0: (4, 1), 1: (2, 1), 2: (18, 32), 3: (20, 32), 6: (22, 32), 7: (24, 32), 8: (34, 32), 9: (36, 32), 10: (84, 256), 11: (110, 256),
    12: (144, 256), 13: (176, 256), 14: (210, 256), 15: (292, 256), 24: (1, 1), 25: (2, 1), 26: (4, 1), 27: (8, 1), 28: (8, 1), 30: (2, 1),
}  # fmt: skip

Scalar = int | float | bool | str


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """The head of a GGUF file: its metadata (arrays left out) and its size on disk."""

    path: Path
    size_bytes: int
    tensors: int
    metadata: dict[str, Scalar] = field(default_factory=dict)

    def _text(self, key: str) -> str:
        return str(self.metadata.get(key, ""))

    def _count(self, key: str, *, absent: int = 0) -> int:
        value = self.metadata.get(key, absent)
        return value if isinstance(value, int) else absent

    @property
    def architecture(self) -> str:
        return self._text("general.architecture")

    @property
    def name(self) -> str:
        return self._text("general.name") or self.path.stem

    @property
    def licence(self) -> str:
        """As the file states it ("apache-2.0"); "" where it does not."""
        return self._text("general.license")

    @property
    def quantisation(self) -> str:
        return _QUANTISATIONS.get(self._count("general.file_type", absent=-1), "")

    @property
    def context_tokens(self) -> int:
        """The longest context that the model was trained for; 0 where the file does not say."""
        return self._count(f"{self.architecture}.context_length")

    @property
    def chat_template(self) -> str:
        return self._text("tokenizer.chat_template")


class _Cursor:
    """Reads little-endian values and never past the end of the file."""

    def __init__(self, content: mmap.mmap) -> None:
        self.content = content
        self.size = len(content)
        self.at = 0

    def skip(self, count: int) -> int:
        """Step over ``count`` bytes; where they begin."""
        begin = self.at
        if count > self.size - begin:
            raise EOFError
        self.at = begin + count
        return begin

    def scalar(self, kind: int) -> Scalar:
        layout = _SCALARS[kind]
        value: Scalar = struct.unpack_from(layout, self.content, self.skip(struct.calcsize(layout)))[0]
        return value

    def count(self, kind: int = 10) -> int:
        return int(self.scalar(kind))

    def string(self) -> str:
        length = self.count()
        begin = self.skip(length)
        return self.content[begin : begin + length].decode("utf-8", errors="replace")

    def skip_array(self) -> None:
        kind, length = self.count(4), self.count()
        if kind in _SCALARS:
            self.skip(struct.calcsize(_SCALARS[kind]) * length)
        elif kind == _STRING:
            read, content, at = struct.Struct("<Q").unpack_from, self.content, self.at
            for _ in range(length):  # a vocabulary: hundreds of thousands of them, hence no call a string
                at += 8 + read(content, at)[0]
            self.at = at
            self.skip(0)
        elif kind == _ARRAY:
            for _ in range(length):
                self.skip_array()
        else:
            raise KeyError(kind)


def read_header(path: Path) -> GgufHeader:
    """What the file says about itself, once it is known to be whole.

    Raises:
        ModelUnusable: there is no such file, it cannot be read, it is no GGUF, or it is cut short or damaged.
    """
    if not path.is_file():
        why = "The path is a folder." if path.is_dir() else "No such file."
        raise ModelUnusable(
            f"There are no model weights at {path}.", why=why, hint="Give the path of a .gguf file: --model path/to/model.gguf"
        )
    try:
        with path.open("rb") as stream:
            if stream.read(4) != MAGIC:
                raise ModelUnusable(
                    f"{path.name} is not a GGUF model.",
                    why="It does not begin with the letters GGUF.",
                    hint="llama.cpp loads .gguf files; convert the weights first.",
                )
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return _parse(path, _Cursor(content))
    except OSError as exc:
        raise ModelUnusable(f"The model file {path.name} cannot be read.", why=str(exc), hint=f"Check the permissions of {path}.") from exc
    except (EOFError, KeyError, ValueError, OverflowError, RecursionError, struct.error) as exc:
        why = (
            "It ends too early: the download or copy was cut short."
            if isinstance(exc, EOFError | struct.error)
            else "Its header makes no sense."
        )
        raise _damaged(path, why) from exc


def check_chat_model(header: GgufHeader, context_tokens: int) -> None:
    """Refuse a model that follows no instructions, and a context that it was never trained for."""
    if not header.chat_template:
        raise ModelUnusable(
            f"{header.path.name} is not a chat model.",
            why="The file holds no chat template.",
            hint="Take the 'instruct' or 'chat' version of the model.",
        )
    if 0 < header.context_tokens < context_tokens:
        raise LimitExceeded(
            f"{header.path.name} cannot use a context of {context_tokens:,} tokens.",
            why=f"It was trained for {header.context_tokens:,}.",
            hint=f"Ask for at most {header.context_tokens}.",
        )


def _damaged(path: Path, why: str) -> ModelUnusable:
    return ModelUnusable(f"The model file {path.name} is damaged.", why=why, hint="Fetch the file again, or name another with --model.")


def _parse(path: Path, cursor: _Cursor) -> GgufHeader:
    cursor.skip(len(MAGIC))
    version = cursor.count(4)
    if version not in KNOWN_VERSIONS:
        raise _damaged(path, f"It claims to be GGUF version {version}; versions 2 and 3 are known.")
    tensors, pairs = cursor.count(), cursor.count()
    metadata: dict[str, Scalar] = {}
    for _ in range(pairs):
        key, kind = cursor.string(), cursor.count(4)
        if kind == _ARRAY:
            cursor.skip_array()
        else:
            metadata[key] = cursor.string() if kind == _STRING else cursor.scalar(kind)
    header = GgufHeader(path, cursor.size, tensors, metadata)
    if header.architecture == "" or tensors == 0:
        raise _damaged(path, "It holds no weights.")
    needed = _weights_end(cursor, tensors, header._count("general.alignment", absent=32))
    if needed > cursor.size:
        raise _damaged(path, f"It should be at least {needed:,} bytes and is {cursor.size:,}: the download or copy was cut short.")
    return header


def _weights_end(cursor: _Cursor, tensors: int, alignment: int) -> int:
    """Where the last tensor ends, as far as the types of the tensors are known."""
    ends = [0]
    for _ in range(tensors):
        cursor.string()
        weights = 1
        for _ in range(cursor.count(4)):
            weights *= cursor.count()
        block_bytes, block_weights = _BLOCKS.get(cursor.count(4), (0, 1))
        ends.append(cursor.count() + weights * block_bytes // block_weights)
    start = cursor.at
    return start + (-start % max(alignment, 1)) + max(ends)
