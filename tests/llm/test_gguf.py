"""A model file is told whole from damaged before anything loads it."""

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finlens.errors import LimitExceeded, ModelUnusable
from finlens.llm.gguf import check_chat_model, read_header


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def pair(key: str, kind: int, value: bytes) -> bytes:
    return text(key) + struct.pack("<I", kind) + value


def gguf(*, template: str = "{{ messages }}", weights: int = 128, version: int = 3) -> bytes:
    """The smallest honest GGUF: six keys, an array, and one tensor of 32 floats."""
    pairs = [
        pair("general.architecture", 8, text("llama")),
        pair("general.name", 8, text("Tiny")),
        pair("general.license", 8, text("mit")),
        pair("general.file_type", 4, struct.pack("<I", 7)),
        pair("llama.context_length", 4, struct.pack("<I", 2048)),
        pair("tokenizer.chat_template", 8, text(template)),
        pair("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 2) + text("a") + text("bé")),
    ]
    head = b"GGUF" + struct.pack("<IQQ", version, 1, len(pairs)) + b"".join(pairs)
    head += text("w") + struct.pack("<IQIQ", 1, 32, 0, 0)
    return head + b"\0" * (-len(head) % 32) + b"\1" * weights


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tiny.gguf"


def test_a_file_says_what_it_is(file):
    file.write_bytes(gguf())
    header = read_header(file)
    assert (header.name, header.architecture, header.licence, header.quantisation) == ("Tiny", "llama", "mit", "Q8_0")
    assert (header.context_tokens, header.tensors, header.size_bytes) == (2048, 1, file.stat().st_size)


def test_every_shorter_copy_is_damaged(file):
    whole = gguf()
    for length in range(4, len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(ModelUnusable, match="damaged"):
            read_header(file)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_file_with_flipped_bytes_is_read_or_refused_but_never_a_crash(tmp_path_factory, data):
    content = bytearray(gguf())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    file = tmp_path_factory.mktemp("gguf") / "flipped.gguf"
    file.write_bytes(content)
    try:
        header = read_header(file)
    except ModelUnusable:
        return
    assert isinstance(header.context_tokens, int)
    assert isinstance(header.quantisation, str)


@pytest.mark.parametrize("content", [b"", b"PK\3\4 a zip", b"%PDF-1.7"])
def test_another_kind_of_file_is_no_gguf(file, content):
    file.write_bytes(content)
    with pytest.raises(ModelUnusable, match="not a GGUF"):
        read_header(file)


def test_an_unknown_version_is_named(file):
    file.write_bytes(gguf(version=77))
    with pytest.raises(ModelUnusable) as caught:
        read_header(file)
    assert "77" in caught.value.why


def test_a_folder_is_no_model(tmp_path):
    with pytest.raises(ModelUnusable) as caught:
        read_header(tmp_path)
    assert caught.value.why == "The path is a folder."


def test_a_model_that_follows_no_instructions_is_refused(file):
    file.write_bytes(gguf(template=""))
    with pytest.raises(ModelUnusable, match="not a chat model"):
        check_chat_model(read_header(file), 512)


def test_a_context_beyond_the_training_is_refused(file):
    file.write_bytes(gguf())
    with pytest.raises(LimitExceeded, match="4,096"):
        check_chat_model(read_header(file), 4096)
