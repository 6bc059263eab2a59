"""The catalogue of language-model backends, and the one function that turns a name into a model."""

from __future__ import annotations

from pathlib import Path

from finlens.errors import BackendUnknown, ExtraMissing
from finlens.llm.base import LanguageModel
from finlens.llm.models import PACKAGED, ModelFile, from_file, packaged, packaged_path
from finlens.registry import Entry, Registry

NO_MODEL = "none"
CONTEXT_TOKENS = 4096
"""finlens' own prompts stay far below; a longer context only costs memory."""

language_models: Registry[LanguageModel] = Registry(
    "finlens.language_models",
    "language model",
    (
        Entry(
            "llamacpp",
            "finlens.llm.llamacpp:LlamaCpp",
            "llama.cpp: GGUF models, on the processor or a graphics card",
            ("llama_cpp",),
            "llm",
        ),
        Entry("xllamacpp", "finlens.llm.xllamacpp:XLlamaCpp", "llama.cpp as a ready-built wheel: no compiler", ("xllamacpp",), "llm-wheel"),
    ),
)


def load_model(name: str | None = None, *, context_tokens: int | None = None, threads: int | None = None) -> LanguageModel | None:
    """The model behind a name; cheap, because weights load at the first prompt.

    Args:
        name: "smollm2" (the packaged model), the path of a .gguf file, the name of a backend that another package brings,
            "none", or None: the packaged model where it can run, else no model at all.
        context_tokens: How much prompt and reply may take together; 4,096 or what the model was trained for, if that is less.
        threads: Physical cores less one where it is None.

    Raises:
        BackendUnknown: nothing has that name.
        ExtraMissing: the packages that run it are not installed.
        ModelUnusable: the file is missing, damaged, or no GGUF.
    """
    if name is None:
        name = PACKAGED if packaged_path() is not None and _engine() else NO_MODEL
    if name == NO_MODEL:
        return None
    if name == PACKAGED:
        return _llama_cpp(packaged(), context_tokens, threads)
    if name.endswith(".gguf") or Path(name).is_file():
        return _llama_cpp(from_file(Path(name).expanduser()), context_tokens, threads)
    ours = ("llamacpp", "xllamacpp")
    if name in ours or name not in language_models.names():
        others = [known for known in language_models.names() if known not in ours]
        raise BackendUnknown(
            f"There is no language model called '{name}'.",
            why=f"Known: {', '.join([PACKAGED, *others, NO_MODEL])}, or the path of a .gguf file.",
            hint="--model smollm2, --model path/to/model.gguf, or --model none",
        )
    return language_models.load(name)()


def _engine() -> str:
    """Which way of running llama.cpp is installed, the built-for-this-machine one first; "" where none is."""
    return next((name for name in ("llamacpp", "xllamacpp") if not language_models.entry(name).missing_packages()), "")


def _llama_cpp(model: ModelFile, context_tokens: int | None, threads: int | None) -> LanguageModel:
    context = context_tokens or min(CONTEXT_TOKENS, model.context_tokens or CONTEXT_TOKENS)
    match _engine():
        case "llamacpp":
            from finlens.llm.llamacpp import LlamaCpp

            return LlamaCpp(model.path, context_tokens=context, threads=threads, title=model.name)
        case "xllamacpp":
            from finlens.llm.xllamacpp import XLlamaCpp

            return XLlamaCpp(model.path, context_tokens=context, threads=threads, title=model.name)
    raise ExtraMissing(
        f"Nothing that can run {model.name} is installed.",
        why="It needs llama.cpp: the Python package llama-cpp-python (built on your machine) or xllamacpp (ready built).",
        hint='pip install "finlens[llm]", or without a compiler: pip install "finlens[llm-wheel]"',
    )
