"""Every command, found by walking the tree: it explains itself, by example."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from finlens.cli import main
from finlens.cli.app import app


def walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from walk(child, (*path, name))


TREE = list(walk(typer.main.get_command(app), ()))
IDS = [" ".join(("finlens", *path)) for path, _ in TREE]


def test_the_commands_are_those_that_the_readme_promises():
    names = {" ".join(path) for path, _ in TREE}
    assert {"extract", "ask", "compare", "doctor", "schema", "config show", "cache show", "cache clear"} <= names


@pytest.mark.parametrize(("path", "command"), TREE, ids=IDS)
def test_every_command_has_help_with_an_example(path: tuple[str, ...], command: Any, capsys: pytest.CaptureFixture[str]):
    assert main([*path, "--help"]) == 0
    printed = capsys.readouterr().out
    assert command.help
    assert "Example:" in printed
    assert f"finlens {' '.join(path)}".strip() in printed


@pytest.mark.parametrize(("path", "command"), TREE, ids=IDS)
def test_every_option_says_what_it_does(path: tuple[str, ...], command: Any):
    for parameter in command.params:
        assert getattr(parameter, "help", None) or parameter.name in ("help",), f"{parameter.name} of {' '.join(path)}"


@pytest.mark.parametrize(("path", "command"), TREE, ids=IDS)
def test_an_unknown_option_is_three_lines_and_exit_code_2(path: tuple[str, ...], command: Any, capfd: pytest.CaptureFixture[str]):
    assert main([*path, "--no-such-option"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert [line.split(":")[0].strip() for line in err.splitlines()] == ["error", "why", "next"]


def test_a_misspelt_command_is_suggested(capfd: pytest.CaptureFixture[str]):
    assert main(["extrcat", "x.pdf"]) == 2
    assert "extract" in capfd.readouterr().err
