"""Optional packages, imported where they are needed, with the command that installs a missing one."""

from __future__ import annotations

import importlib
import importlib.util
from types import ModuleType

from finlens.errors import ExtraMissing


def require(module: str, *, extra: str) -> ModuleType:
    """Import ``module``, or say which extra brings it.

    Raises:
        ExtraMissing: the package is not installed, or is installed but does not load on this machine.
    """
    try:
        return importlib.import_module(module)
    except ImportError as exc:
        installed = importlib.util.find_spec(module.partition(".")[0]) is not None
        raise ExtraMissing(
            f"The Python package '{module}' {'does not load' if installed else 'is not installed'}.",
            why=str(exc),
            hint=f'pip install "finlens[{extra}]"' if extra else f"pip install {module}",
        ) from exc


def is_installed(module: str) -> bool:
    """Whether ``module`` could be imported, found without importing it."""
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
