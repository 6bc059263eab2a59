"""What works on this machine, what is missing, and the command that mends it: the facts behind ``finlens doctor``."""

from __future__ import annotations

import importlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from finlens.config import Settings
from finlens.registry import Entry, Registry
from finlens.storage.cache import Cache, Usage

_CATALOGUES = ("finlens.extract.backends", "finlens.extract.tables.backends", "finlens.vision.backends", "finlens.llm.backends")
_PACKAGES = (
    "pymupdf",
    "pypdf",
    "pdfplumber",
    "camelot-py",
    "tabula-py",
    "rapidocr",
    "onnxruntime",
    "pytesseract",
    "pandas",
    "llama-cpp-python",
)
_PROGRAM_TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class Health:
    """One backend: ready, or what is missing and what to type."""

    kind: str
    name: str
    summary: str
    ready: bool
    missing: str = ""
    mend: str = ""
    base: bool = False
    """Part of the base install: not ready means that the installation is broken."""


@dataclass(frozen=True, slots=True)
class CacheFacts:
    """Where results are kept."""

    folder: Path
    usage: Usage
    max_bytes: int
    writable: bool


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is to compute with."""

    system: str
    processor: str
    cores: int
    memory_bytes: int | None
    memory_free_bytes: int | None
    gpus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checkup:
    """Everything that ``finlens doctor`` tells."""

    finlens: str
    python: str
    backends: tuple[Health, ...]
    models: tuple[str, ...]
    packages: dict[str, str]
    programs: dict[str, str]
    cache: CacheFacts
    machine: Machine

    @property
    def healthy(self) -> bool:
        """Whether all of the base install works."""
        return all(backend.ready for backend in self.backends if backend.base)


def examine(settings: Settings) -> Checkup:
    """Look at everything that finlens can use on this machine; nothing is loaded that is slow to load."""
    return Checkup(
        finlens=version("finlens"),
        python=f"{platform.python_version()} ({sys.executable})",
        backends=tuple(_health(registry, entry) for registry in registries() for entry in registry.entries()),
        models=tuple(_models()),
        packages={name: found for name in _PACKAGES if (found := _package_version(name))},
        programs={name: found for name in ("tesseract", "java") if (found := _program_version(name))},
        cache=_cache(settings),
        machine=_machine(),
    )


def registries() -> Iterator[Registry[Any]]:
    """Every catalogue of backends."""
    for name in _CATALOGUES:
        yield from (value for value in vars(importlib.import_module(name)).values() if isinstance(value, Registry))


def _health(registry: Registry[Any], entry: Entry) -> Health:
    packages = entry.missing_packages()
    programs = tuple(program for program in entry.programs if shutil.which(program) is None)
    missing, mend = [], []
    if packages:
        missing.append(f"Python package{'s' * (len(packages) > 1)} {', '.join(packages)}")
        mend.append(f'pip install "finlens[{entry.extra}]"' if entry.extra else "pip install --force-reinstall finlens")
    if programs:
        missing.append(f"program{'s' * (len(programs) > 1)} {', '.join(programs)}")
        mend.append(entry.program_hint or f"install {', '.join(programs)}")
    if not missing and (broken := _import_problem(entry)):
        missing.append(broken)
        mend.append(f'pip install --force-reinstall "finlens[{entry.extra}]"' if entry.extra else "pip install --force-reinstall finlens")
    base = not entry.extra and not entry.programs and entry.target.startswith("finlens.")
    return Health(registry.kind, entry.name, entry.summary, not missing, " and ".join(missing), " && ".join(mend), base)


def _import_problem(entry: Entry) -> str:
    """Why the module of a backend does not import; its heavy libraries load later, at the first use."""
    module, _, attribute = entry.target.partition(":")
    try:
        return "" if hasattr(importlib.import_module(module), attribute) else f"{entry.target} is not there"
    except (ImportError, OSError) as exc:
        return f"{module} does not load: {exc}"


def _models() -> Iterator[str]:
    from finlens.llm.models import packaged, packaged_path

    if packaged_path() is not None:
        model = packaged()
        yield f"{model.name}  {model.architecture} {model.quantisation}, {model.size_bytes / 1e6:.0f} MB, {model.origin}"


def _package_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _program_version(name: str) -> str:
    """The first line of what the program says of itself; "" where it is not installed or does not run."""
    path = shutil.which(name)
    if path is None:
        return ""
    flag = "-version" if name == "java" else "--version"
    said = _said(path, flag)
    if name == "tesseract" and said:
        languages = [line for line in _said(path, "--list-langs").splitlines()[1:] if line]
        return f"{said.splitlines()[0]}, languages: {', '.join(languages) or 'none'}"
    return said.splitlines()[0] if said else ""


def _said(*command: str) -> str:
    try:
        ran = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_PROGRAM_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (ran.stdout or ran.stderr).strip()


def _cache(settings: Settings) -> CacheFacts:
    cache = Cache(settings.cache_folder / "documents", max_bytes=settings.cache_max_mb * 1_000_000)
    nearest = next((folder for folder in (cache.folder, *cache.folder.parents) if folder.exists()), Path("/"))
    return CacheFacts(cache.folder, cache.usage(), cache.max_bytes, os.access(nearest, os.W_OK | os.X_OK))


def _machine() -> Machine:
    memory = _memory()
    return Machine(
        platform.platform(), _processor(), os.cpu_count() or 1, memory.get("MemTotal"), memory.get("MemAvailable"), tuple(_gpus())
    )


def _memory() -> dict[str, int]:
    """Bytes by the kernel's own names; empty where there is no /proc."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return {}
    return {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines) if rest}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _gpus() -> list[str]:
    """Graphics cards that llama.cpp could use, as their driver names them."""
    if shutil.which("nvidia-smi"):
        return [
            line.strip()
            for line in _said("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader").splitlines()
            if line.strip()
        ]
    if sys.platform == "darwin" and platform.machine() == "arm64":
        return ["Apple graphics (Metal)"]
    return []
