"""One table of exit codes, and a page that explains every error."""

import re
from pathlib import Path

import pytest

from finlens import errors
from finlens.cli.errors import EXIT_CODES, exit_code, trouble
from finlens.errors import FileUnreadable, FinlensError

PAGE = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, FinlensError)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_has_its_place_on_the_page(kind: type[FinlensError]):
    assert re.search(rf"^##.*`{re.escape(kind.code)}`$", PAGE, re.MULTILINE)


def test_codes_are_stable_names_used_once():
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(codes)


def test_the_page_and_the_program_have_the_same_table():
    on_page = {int(code): meaning for code, meaning in re.findall(r"^\| (\d+) \| (.*) \|$", PAGE, re.MULTILINE)}
    assert on_page.keys() == EXIT_CODES.keys()
    for code, meaning in EXIT_CODES.items():
        assert on_page[code].replace(" (Ctrl-C, SIGTERM)", "") == meaning


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_ends_in_a_code_of_the_table(kind: type[FinlensError]):
    assert exit_code(kind("what")) in EXIT_CODES.keys() - {0, 3, 130}


def test_a_refusal_of_the_system_is_not_allowed():
    error = FileUnreadable("what")
    error.__cause__ = PermissionError()
    assert exit_code(error) == 4
    assert exit_code(FileUnreadable("what")) == 1


def test_running_out_of_memory_is_a_limit():
    assert exit_code(MemoryError()) == 5
    assert "--pages" in trouble(MemoryError()).hint


def test_what_nobody_foresaw_asks_to_be_reported():
    told = trouble(ZeroDivisionError("division by zero"))
    assert "ZeroDivisionError" in told.why
    assert "--debug" in told.hint
