"""Backends are found by name, and a slip of the pen is helped."""

import pickle

import pytest

from finlens.errors import BackendUnknown, ExtraMissing, FinlensError, LimitExceeded
from finlens.extras import is_installed, require
from finlens.registry import Entry, Registry

REGISTRY: Registry[object] = Registry(
    "finlens.nothing", "toy", (Entry("json", "json:JSONDecoder", "decodes", needs=("json", "no_such_pkg")),)
)


def test_a_backend_is_imported_only_when_it_is_loaded():
    assert REGISTRY.load("json").__name__ == "JSONDecoder"


def test_a_near_miss_is_suggested():
    with pytest.raises(BackendUnknown) as caught:
        REGISTRY.load("jsn")
    assert "json" in caught.value.hint


def test_a_catalogue_line_knows_which_packages_are_missing():
    assert REGISTRY.entry("json").missing_packages() == ("no_such_pkg",)


def test_a_missing_package_names_the_command_that_brings_it():
    with pytest.raises(ExtraMissing) as caught:
        require("no_such_pkg_at_all", extra="llm")
    assert caught.value.hint == 'pip install "finlens[llm]"'
    assert not is_installed("no_such_pkg_at_all.sub")


def test_an_error_crosses_a_process_boundary_whole():
    error = pickle.loads(pickle.dumps(LimitExceeded("too long", why="9,000 pages", hint="--pages 1-50")))
    assert (str(error), error.why, error.hint) == ("too long", "9,000 pages", "--pages 1-50")


def test_every_error_has_a_code_of_its_own():
    def tree(kind: type[FinlensError]) -> list[type[FinlensError]]:
        return [kind, *(below for child in kind.__subclasses__() for below in tree(child))]

    codes = [kind.code for kind in tree(FinlensError)]
    assert len(codes) == len(set(codes))
