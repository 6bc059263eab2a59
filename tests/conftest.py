"""What every test may lean on: tools that may be missing, and a home of its own."""

import importlib.util
import os
import shutil

import pytest


def _is_there(tool: str) -> bool:
    return shutil.which(tool) is not None or importlib.util.find_spec(tool) is not None


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for tool in mark.args:
            if not _is_there(tool):
                if os.environ.get("CI"):
                    pytest.fail(f"{tool} is missing, and CI must run every test", pytrace=False)
                pytest.skip(f"needs {tool}, which is not on this machine")


@pytest.fixture(autouse=True)
def a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the caches and settings of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in list(os.environ):
        if name.startswith("FINLENS_"):
            monkeypatch.delenv(name)
