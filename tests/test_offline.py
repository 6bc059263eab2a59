"""Nothing leaves the machine: extraction with OCR and questions work with no network, and do not even try one."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"

GUARD = """
import os, socket, sys

def _told(what):
    with open(os.environ["CONNECTIONS"], "a") as log:
        log.write(what + "\\n")
    raise OSError("a test forbids connections")

def _watch(event, arguments):
    # Audit hooks see every socket of the process, those of libraries written in C through Python's own module.
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        _told(f"{event} {arguments!r}")

sys.addaudithook(_watch)
"""


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Python process notes and refuses connections."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    paths = [str(tmp_path / "guard"), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "CONNECTIONS": str(tmp_path / "connections")}


def run(words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """finlens in a namespace without a network where the system lets us make one, and under guard everywhere."""
    command = [sys.executable, "-m", "finlens", *words]
    unshare = shutil.which("unshare")
    if unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0:
        command = [unshare, "-rn", *command]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_the_guard_sees_connections(guarded: dict[str, str]):
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=guarded).returncode != 0
    assert "socket" in Path(guarded["CONNECTIONS"]).read_text()


def test_extraction_with_ocr_opens_no_connection(guarded: dict[str, str]):
    ran = run(["extract", str(EXAMPLES / "invoice-en.pdf"), "--ocr", "always", "--json"], guarded)
    assert ran.returncode == 0, ran.stderr
    (file,) = json.loads(ran.stdout)["files"]
    assert file["ocr_pages"] == [1]
    assert file["words"] > 50
    assert not Path(guarded["CONNECTIONS"]).exists()


def test_a_batch_in_worker_processes_opens_no_connection(guarded: dict[str, str]):
    ran = run(["extract", str(EXAMPLES / "invoice-en.pdf"), str(EXAMPLES / "invoice-fr.pdf"), "-j", "2", "--json"], guarded)
    assert ran.returncode == 0, ran.stderr
    assert not Path(guarded["CONNECTIONS"]).exists()


@pytest.mark.parametrize("model", [[], ["--model", "none"]], ids=["with what is installed", "without a model"])
def test_a_question_opens_no_connection(guarded: dict[str, str], model: list[str]):
    ran = run(["ask", "--doc", str(EXAMPLES / "invoice-en.pdf"), "What is the invoice total?", "--json", *model], guarded)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["text"]
    assert not Path(guarded["CONNECTIONS"]).exists()


def test_doctor_opens_no_connection(guarded: dict[str, str]):
    run(["doctor", "--json"], guarded)
    assert not Path(guarded["CONNECTIONS"]).exists()
