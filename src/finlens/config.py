"""Settings, and where each came from: flag beats environment beats project file beats user file beats default.

Read at the edges only (the workspace and the faces); everything below takes plain arguments. Why these are four small
layers over one dataclass and not a settings library: docs/decisions/003-settings.md.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from finlens.errors import ConfigInvalid

Ocr = Literal["auto", "always", "never"]
PREFIX = "FINLENS_"
PROJECT_FILE = "finlens.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, each field a flag, a variable ``FINLENS_<NAME>`` and a key of finlens.toml."""

    reader: str = field(default="pymupdf", metadata={"summary": "PDF library that gives the words"})
    tables: str = field(default="auto", metadata={"summary": "table finder; auto picks by page"})
    ocr: Ocr = field(default="auto", metadata={"summary": "read pages from their picture: auto, always or never"})
    ocr_engine: str = field(default="auto", metadata={"summary": "OCR engine; auto picks what is installed"})
    model: str = field(default="", metadata={"summary": "language model that may word answers: name, .gguf file or none"})
    jobs: int = field(default=1, metadata={"summary": "processes for several files, or for the pages of a long one"})
    cache: bool = field(default=True, metadata={"summary": "keep results, so that the next command on the same file is quick"})
    cache_dir: str = field(default="", metadata={"summary": "folder of the cache; empty for the system's own place"})
    cache_max_mb: int = field(default=2000, metadata={"summary": "size cap of the cache in megabytes"})

    @property
    def cache_folder(self) -> Path:
        """Where results are kept."""
        return Path(self.cache_dir).expanduser() if self.cache_dir else default_cache_folder()


@dataclass(frozen=True, slots=True)
class Layer:
    """One place that settings come from, and what it says."""

    origin: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """One setting: its value, and the place that decided it."""

    name: str
    value: Any
    origin: str
    summary: str


def load(flags: Mapping[str, Any] | None = None) -> Settings:
    """The settings in force here; a flag of None was not given.

    Raises:
        ConfigInvalid: an unknown name or an unusable value, with the place that it stands in.
    """
    merged: dict[str, Any] = {}
    for layer in reversed(_layers(flags)):
        merged |= _checked(layer)
    return Settings(**merged)


def origins(flags: Mapping[str, Any] | None = None) -> list[Origin]:
    """Every setting with the place that decided it, for ``finlens config show --origin``.

    Raises:
        ConfigInvalid: as `load`.
    """
    checked = [(layer.origin, _checked(layer)) for layer in _layers(flags)]
    found = []
    for setting in dataclasses.fields(Settings):
        value, origin = next(((v[setting.name], o) for o, v in checked if setting.name in v), (setting.default, "default"))
        found.append(Origin(setting.name, value, origin, setting.metadata["summary"]))
    return found


def user_file() -> Path:
    """The user's own configuration file; it need not exist."""
    from platformdirs import user_config_path

    return user_config_path("finlens", appauthor=False) / PROJECT_FILE


def project_file() -> Path | None:
    """The nearest finlens.toml in this folder or one above it."""
    try:
        here = Path.cwd()
    except OSError:  # the folder was deleted under us
        return None
    return next((folder / PROJECT_FILE for folder in (here, *here.parents) if is_there(folder / PROJECT_FILE)), None)


def is_there(path: Path) -> bool:
    """Whether there is a file that we may know of: a folder that is closed to us holds none."""
    try:
        return path.is_file()
    except OSError:
        return False


def default_cache_folder() -> Path:
    """The cache's place on this system."""
    from platformdirs import user_cache_path

    return user_cache_path("finlens", appauthor=False)


def _layers(flags: Mapping[str, Any] | None) -> list[Layer]:
    """From the strongest to the weakest."""
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    return [Layer("flag", given), *_environment(), *_files()]


def _environment() -> Iterator[Layer]:
    for setting in dataclasses.fields(Settings):
        variable = f"{PREFIX}{setting.name.upper()}"
        if variable in os.environ:
            yield Layer(f"environment {variable}", {setting.name: os.environ[variable]})


def _files() -> Iterator[Layer]:
    project, user = project_file(), user_file()
    if project is not None:
        yield Layer(str(project), _toml(project))
    if user != project and is_there(user):
        yield Layer(str(user), _toml(user))


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise ConfigInvalid(f"Cannot read the settings in '{path}'.", why=f"{exc}.", hint="Mend or remove the file.") from exc


def _checked(layer: Layer) -> dict[str, Any]:
    """The layer's values in the types of `Settings`."""
    if not layer.values:
        return {}
    names = [setting.name for setting in dataclasses.fields(Settings)]
    for name in layer.values:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            raise ConfigInvalid(
                f"There is no setting '{name}'.",
                why=f"It stands in {layer.origin}.",
                hint=f"Did you mean '{near[0]}'?" if near else "finlens config show lists all settings.",
            )
    from pydantic import ValidationError  # a tenth of a second, spent only by those who set something

    try:
        checked = _adapter().validate_python(dict(layer.values))
    except ValidationError as exc:
        problem = exc.errors()[0]
        name = str(problem["loc"][0]) if problem["loc"] else "?"
        raise ConfigInvalid(
            f"The setting '{name}' cannot be {layer.values.get(name)!r}.",
            why=f"{problem['msg']} (from {layer.origin}).",
            hint="finlens config show --origin",
        ) from exc
    return {name: getattr(checked, name) for name in layer.values}


@lru_cache(maxsize=1)
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Settings)
