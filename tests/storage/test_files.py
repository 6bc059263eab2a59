import os
import stat
from pathlib import Path

import pytest

from finlens.errors import OutputUnwritable
from finlens.storage.files import write_whole, written_whole


def test_a_file_appears_whole(tmp_path: Path):
    write_whole(tmp_path / "out.json", b"content")
    assert (tmp_path / "out.json").read_bytes() == b"content"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


@pytest.mark.parametrize("interruption", [ValueError, KeyboardInterrupt])
def test_an_interrupted_write_leaves_the_old_file_and_no_trace(tmp_path: Path, interruption):
    target = tmp_path / "out.json"
    target.write_bytes(b"old")
    with pytest.raises(interruption), written_whole(target) as stream:
        stream.write(b"half of the n")
        raise interruption
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_modes_follow_the_umask_and_an_existing_file_keeps_its_own(tmp_path: Path):
    old_mask = os.umask(0o027)
    try:
        write_whole(tmp_path / "new", b"")
        (tmp_path / "kept").touch(mode=0o600)
        write_whole(tmp_path / "kept", b"x")
    finally:
        os.umask(old_mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o600


def test_a_symbolic_link_stays_a_link(tmp_path: Path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("target", "why", "hint"),
    [
        ("nowhere/out.json", "Its folder does not exist.", "mkdir -p"),
        (".", "It is a folder.", "Name a file"),
        ("file/out.json", "A part of the path is a file", "another place"),
        ("x" * 300, "The name is too long.", "shorter"),
    ],
)
def test_a_refusal_says_why_and_what_to_do(tmp_path: Path, target: str, why: str, hint: str):
    (tmp_path / "file").touch()
    with pytest.raises(OutputUnwritable) as caught:
        write_whole(tmp_path / target, b"x")
    assert why in caught.value.why
    assert hint in caught.value.hint


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that Linux has")
def test_a_full_disk_is_told_as_one():
    with pytest.raises(OutputUnwritable) as caught:
        write_whole(Path("/dev/full"), b"x" * 100_000)
    assert caught.value.why == "The disk is full."
