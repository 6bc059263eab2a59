"""`finlens doctor`: every backend of every catalogue, and the command that mends what is missing."""

import json

import pytest

from finlens.cli import main
from finlens.config import Settings
from finlens.doctor import _health, examine, registries
from finlens.registry import Entry, Registry


def health(**fields: object):
    entry = Entry("x", **{"target": "finlens.registry:Registry", "summary": "", **fields})
    return _health(Registry("finlens.tests", "kind", (entry,)), entry)


def test_every_catalogue_is_examined():
    kinds = {registry.kind for registry in registries()}
    assert {"page reader", "table finder", "OCR engine", "language model"} <= kinds
    told = {(backend.kind, backend.name) for backend in examine(Settings()).backends}
    assert told == {(registry.kind, name) for registry in registries() for name in registry.names()}


def test_what_is_there_is_ready():
    assert health(needs=("json",), programs=("sh",)).ready


def test_a_missing_package_is_mended_by_its_extra():
    missing = health(needs=("no_such_package",), extra="llm")
    assert not missing.ready
    assert missing.missing == "Python package no_such_package"
    assert missing.mend == 'pip install "finlens[llm]"'


def test_a_missing_program_is_mended_by_its_own_command():
    missing = health(programs=("no-such-program",), program_hint="apt-get install it")
    assert (missing.ready, missing.mend) == (False, "apt-get install it")
    both = health(needs=("no_such_package",), extra="tabula", programs=("no-such-program",), program_hint="apt-get install it")
    assert both.mend == 'pip install "finlens[tabula]" && apt-get install it'


def test_a_backend_whose_module_does_not_load_is_not_ready():
    broken = health(target="finlens.no_such_module:Class")
    assert not broken.ready
    assert "no_such_module" in broken.missing


def test_the_base_install_is_whole():
    assert [backend.name for backend in examine(Settings()).backends if backend.base and not backend.ready] == []


def test_doctor_as_json_has_all_the_facts(capfd: pytest.CaptureFixture[str]):
    assert main(["doctor", "--json"]) == 0
    record = json.loads(capfd.readouterr().out)
    assert (record["format"], record["version"], record["healthy"]) == ("finlens.doctor", 1, True)
    assert record["machine"]["cores"] >= 1
    assert record["cache"]["writable"] is True
    assert "pymupdf" in record["packages"]


def test_doctor_for_people_names_every_backend(capfd: pytest.CaptureFixture[str]):
    assert main(["doctor"]) == 0
    out = capfd.readouterr().out
    for registry in registries():
        for name in registry.names():
            assert name in out
