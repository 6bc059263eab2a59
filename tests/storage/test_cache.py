import os
import stat
import time
from pathlib import Path

import pytest

from finlens.storage.cache import Cache


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache" / "documents", max_bytes=1_000_000)


def only_file(cache: Cache) -> Path:
    (path,) = [path for path in cache.folder.rglob("*") if path.is_file()]
    return path


def test_what_was_put_comes_back(cache: Cache):
    assert cache.get(Cache.key("a")) is None
    assert cache.put(Cache.key("a"), b"content" * 1000)
    assert cache.get(Cache.key("a")) == b"content" * 1000
    assert cache.get(Cache.key("b")) is None


def test_keys_differ_when_any_part_does_and_parts_do_not_run_together():
    assert Cache.key("ab", "c") != Cache.key("a", "bc") != Cache.key("a", "b", "c")


def test_only_the_owner_can_read_it(cache: Cache):
    old_mask = os.umask(0)
    try:
        cache.put(Cache.key("a"), b"secret")
    finally:
        os.umask(old_mask)
    path = only_file(cache)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == stat.S_IMODE(cache.folder.stat().st_mode) == 0o700


def test_a_folder_that_others_could_read_is_closed(cache: Cache):
    cache.folder.mkdir(parents=True, mode=0o755)
    cache.put(Cache.key("a"), b"secret")
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b"not zlib", lambda b: b[:20] + b"\xff" + b[21:]])
def test_a_damaged_entry_counts_as_absent_and_is_written_again(cache: Cache, damage):
    content = bytes(range(256)) * 50
    cache.put(Cache.key("a"), content)
    path = only_file(cache)
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get(Cache.key("a")) is None
    assert cache.put(Cache.key("a"), content)
    assert cache.get(Cache.key("a")) == content


def test_the_least_recently_used_goes_first(tmp_path: Path):
    cache = Cache(tmp_path, max_bytes=10_000)
    for name in ("old", "used", "new"):
        cache.put(Cache.key(name), os.urandom(3000))
    now = time.time()
    for name, age in (("old", 300), ("used", 400), ("new", 100)):
        os.utime(cache._path(Cache.key(name)), (now - age, now - age))
    assert cache.get(Cache.key("used")) is not None  # reading it makes it recent
    cache.put(Cache.key("newest"), os.urandom(3000))
    assert cache.get(Cache.key("old")) is None
    assert cache.get(Cache.key("used")) is not None
    assert cache.get(Cache.key("newest")) is not None
    assert cache.usage().bytes <= 10_000


def test_an_entry_over_the_cap_is_not_kept(tmp_path: Path):
    cache = Cache(tmp_path, max_bytes=1000)
    assert not cache.put(Cache.key("a"), os.urandom(2000))
    assert cache.usage().entries == 0


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "documents", max_bytes=1000)
    assert not cache.put(Cache.key("a"), b"x")
    assert cache.get(Cache.key("a")) is None
    assert cache.usage().entries == 0


def test_clear_deletes_everything_and_says_how_much(cache: Cache):
    for name in "abc":
        cache.put(Cache.key(name), os.urandom(100))
    before = cache.usage()
    assert cache.clear() == before
    assert before.entries == 3
    assert cache.usage().entries == 0


def test_no_temporary_file_stays(cache: Cache):
    cache.put(Cache.key("a"), b"x")
    assert only_file(cache).suffix == ".z"
