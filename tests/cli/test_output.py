"""What a document says never steers the terminal that shows it."""

import os
import pty
import subprocess
import sys

import pytest

from finlens.cli.errors import Trouble, tell
from finlens.cli.output import clean

NASTY = "a\x1b[31mb\x07\x9b2Jc\u202ed\r\ne"


def test_control_and_direction_codes_are_dropped():
    assert clean(NASTY) == "a[31mb2Jcd  e"


def test_an_error_stays_three_lines_whatever_it_quotes(capfd: pytest.CaptureFixture[str]):
    tell(Trouble(NASTY, f"x\n{NASTY}", "y\nz"))
    err = capfd.readouterr().err
    assert len(err.splitlines()) == 3
    assert "\x1b" not in err


def printed_on_a_terminal(code: str) -> bytes:
    ours, theirs = pty.openpty()
    running = subprocess.Popen([sys.executable, "-c", code], stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    printed = b""
    try:
        while chunk := os.read(ours, 4096):
            printed += chunk
    except OSError:  # Linux ends a closed terminal so
        pass
    running.wait()
    os.close(ours)
    return printed


def test_text_on_a_terminal_keeps_its_lines_and_loses_its_codes():
    code = "from finlens.cli.output import print_bytes; print_bytes('a\\x1b[2Jb\\tc\\nd'.encode())"
    assert printed_on_a_terminal(code) == b"a[2Jb\tc\r\nd"


def test_text_in_a_pipe_stays_as_it_is():
    code = "from finlens.cli.output import print_bytes; print_bytes(b'a\\x1b[2Jb')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"a\x1b[2Jb"
