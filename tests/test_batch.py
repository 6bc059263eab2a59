"""Many files in worker processes: one that kills its process harms no other."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from finlens.batch import each
from finlens.errors import BackendFailed, FileDamaged, FinlensError
from interrupts import heeds_interrupts


def double(number: int) -> int:
    return 2 * number


def fail_on_odd(number: int) -> int:
    if number % 2:
        raise FileDamaged(f"{number} is odd.", why="It cannot be halved.", hint="Give an even one.")
    return number


def crash_on_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGSEGV)
    return number


def programming_error(number: int) -> int:
    raise ZeroDivisionError


def test_every_item_has_its_result():
    assert sorted(each(double, [1, 2, 3, 4, 5], jobs=2)) == [(0, 2), (1, 4), (2, 6), (3, 8), (4, 10)]


def test_an_error_takes_the_place_of_a_result_and_keeps_its_words():
    results = dict(each(fail_on_odd, [1, 2, 3], jobs=2))
    assert results[1] == 2
    for index in (0, 2):
        error = results[index]
        assert isinstance(error, FileDamaged)
        assert (error.why, error.hint) == ("It cannot be halved.", "Give an even one.")


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_a_process_that_dies_costs_only_the_item_it_died_on(jobs: int):
    results = dict(each(crash_on_three, [1, 2, 3, 4, 5, 6], jobs=jobs))
    died = results.pop(2)
    assert isinstance(died, BackendFailed)
    assert results == {0: 1, 1: 2, 3: 4, 4: 5, 5: 6}


def test_a_mistake_in_our_own_code_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        list(each(programming_error, [1, 2]))


def test_no_items_is_no_work():
    assert list(each(double, [])) == []


SLEEPERS = """
import sys, time
from finlens.batch import each
def work(path):
    open(path, "w").write("started")
    time.sleep(60)
if __name__ == "__main__":
    try:
        list(each(work, sys.argv[1:], jobs=2))
    except KeyboardInterrupt:
        sys.exit(130)
"""


def ends_within(group: int, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_ctrl_c_ends_the_workers_at_once(tmp_path: Path):
    (tmp_path / "sleepers.py").write_text(SLEEPERS)
    marks = [tmp_path / "a", tmp_path / "b"]
    running = subprocess.Popen([sys.executable, tmp_path / "sleepers.py", *marks], start_new_session=True, preexec_fn=heeds_interrupts)
    deadline = time.monotonic() + 30
    while not all(mark.exists() for mark in marks) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the whole group
    assert running.wait(timeout=20) == 130
    assert ends_within(running.pid, seconds=5)


def test_errors_cross_processes_whole():
    import pickle

    error = pickle.loads(pickle.dumps(FileDamaged("what", why="why", hint="hint")))
    assert isinstance(error, FinlensError)
    assert (error.what, error.why, error.hint) == ("what", "why", "hint")
