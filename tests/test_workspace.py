"""The workspace: settings in force, results kept by content."""

from dataclasses import replace
from pathlib import Path

import pytest

from finlens.config import Settings
from finlens.errors import FileMissing
from finlens.workspace import Workspace

EXAMPLES = Path(__file__).parents[1] / "examples"
INVOICE = EXAMPLES / "invoice-en.pdf"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(Settings(cache_dir=str(tmp_path)))


def test_the_second_reading_is_the_first_one_kept(workspace: Workspace):
    first = workspace.read(INVOICE)
    second = workspace.read(INVOICE)
    assert workspace.cache.usage().entries == 1
    assert second.to_json() == first.to_json()
    assert (second.name, second.path) == (first.name, first.path)
    assert second.interpreted


def test_other_pages_or_options_are_another_result(workspace: Workspace):
    workspace.read(INVOICE)
    workspace.read(INVOICE, pages="1")
    Workspace(replace(workspace.settings, tables="none")).read(INVOICE)
    assert workspace.cache.usage().entries == 3


def test_settings_that_do_not_change_the_reading_share_a_result(workspace: Workspace):
    workspace.read(INVOICE)
    other = Workspace(replace(workspace.settings, jobs=4, model="none"))
    other.read(INVOICE)
    assert workspace.cache.usage().entries == 1


def test_without_a_cache_nothing_is_written(tmp_path: Path):
    Workspace(Settings(cache_dir=str(tmp_path / "cache"), cache=False)).read(INVOICE)
    assert not (tmp_path / "cache").exists()


def test_a_damaged_entry_is_read_anew_and_replaced(workspace: Workspace):
    first = workspace.read(INVOICE)
    (entry,) = [path for path in workspace.cache.folder.rglob("*") if path.is_file()]
    for damage in (entry.read_bytes()[:-40], b""):
        entry.write_bytes(damage)
        assert workspace.read(INVOICE).to_json() == first.to_json()
        assert entry.stat().st_size > 1000


def test_a_file_that_changed_is_read_anew(workspace: Workspace, tmp_path: Path):
    path = tmp_path / "report.pdf"
    path.write_bytes(INVOICE.read_bytes())
    first = workspace.read(path)
    path.write_bytes((EXAMPLES / "invoice-fr.pdf").read_bytes())
    assert workspace.read(path).sha256 != first.sha256


def test_a_missing_file_is_said_before_anything_is_loaded(workspace: Workspace):
    with pytest.raises(FileMissing):
        workspace.read("no-such-file.pdf")


def test_a_question_to_a_path_reads_it_through_the_cache(workspace: Workspace):
    assert workspace.ask(INVOICE, "What is the invoice total?").text
    assert workspace.cache.usage().entries == 1


def test_what_was_read_whole_can_be_asked_again_without_its_file(workspace: Workspace):
    assert workspace.stored() == []
    workspace.read(INVOICE)
    workspace.read(INVOICE, pages="1")
    assert [document.name for document in workspace.stored()] == ["invoice-en.pdf"]


def test_what_other_settings_read_is_not_asked(workspace: Workspace):
    Workspace(replace(workspace.settings, tables="none")).read(INVOICE)
    assert workspace.stored() == []
