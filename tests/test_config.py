from pathlib import Path

import pytest

from finlens import config
from finlens.errors import ConfigInvalid


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "finlens.toml"


def write_user_file(text: str) -> None:
    config.user_file().parent.mkdir(parents=True)
    config.user_file().write_text(text)


def origin_of(name: str, **flags: object) -> tuple[object, str]:
    (found,) = [setting for setting in config.origins(flags) if setting.name == name]
    return found.value, found.origin


def test_without_any_layer_the_defaults_hold(project: Path):
    assert config.load() == config.Settings()
    assert all(setting.origin == "default" for setting in config.origins())


def test_flag_beats_environment_beats_project_beats_user(project: Path, monkeypatch: pytest.MonkeyPatch):
    write_user_file('reader = "a"\njobs = 2')
    assert origin_of("reader") == ("a", str(config.user_file()))
    project.write_text('reader = "b"')
    assert origin_of("reader") == ("b", str(project))
    assert config.load().jobs == 2
    monkeypatch.setenv("FINLENS_READER", "c")
    assert origin_of("reader") == ("c", "environment FINLENS_READER")
    assert origin_of("reader", reader="d") == ("d", "flag")
    assert config.load({"reader": "d"}).reader == "d"
    assert config.load({"reader": None}).reader == "c"


def test_a_project_file_is_found_from_a_folder_below(project: Path, monkeypatch: pytest.MonkeyPatch):
    project.write_text("jobs = 3")
    (project.parent / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(project.parent / "a" / "b")
    assert config.load().jobs == 3


def test_variables_come_in_the_right_types(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FINLENS_CACHE", "false")
    monkeypatch.setenv("FINLENS_JOBS", "4")
    assert config.load().cache is False
    assert config.load().jobs == 4


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ('raeder = "x"', "There is no setting 'raeder'.", "Did you mean 'reader'?"),
        ('ocr = "sometimes"', "The setting 'ocr' cannot be 'sometimes'.", "finlens config show --origin"),
        ("jobs = [1]", "The setting 'jobs' cannot be [1].", "finlens config show --origin"),
        ("jobs = ", "Cannot read the settings", "Mend or remove the file."),
    ],
)
def test_an_unusable_setting_is_named_with_the_file_it_stands_in(project: Path, text: str, what: str, hint: str):
    project.write_text(text)
    with pytest.raises(ConfigInvalid) as caught:
        config.load()
    assert what in caught.value.what
    assert str(project) in caught.value.why + caught.value.what
    assert caught.value.hint == hint
