"""llama.cpp through llama-cpp-python: GGUF models on this machine's processor or graphics card."""

from __future__ import annotations

import atexit
import json
import os
import re
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from finlens.errors import BackendFailed, ModelUnusable
from finlens.extras import require
from finlens.llm.base import Reply
from finlens.llm.cpu import spare_threads
from finlens.llm.gguf import GgufHeader, check_chat_model, read_header
from finlens.llm.prompts import bounded, messages, overflow, unfinished

CHUNK = 64
"""Prompt tokens are evaluated in chunks of this size, counted from the start of the prompt, and reused by whole chunks.

Sums of floats depend on how many tokens are evaluated together. So a prompt whose beginning is still in memory gives
the very same reply as one that is evaluated afresh.
"""


@dataclass(frozen=True, slots=True)
class LlamaCpp:
    """A GGUF model. Making one only stores its arguments; the weights load at the first prompt.

    Equal models of one process share their weights. Replies are greedy: the same prompt gives the same text.
    """

    model_path: Path
    context_tokens: int = 4096
    threads: int | None = None
    """None: the physical cores less one."""
    gpu_layers: int = 0
    title: str = ""
    """What ``name`` says; the file's name without its ending where it is empty."""

    @property
    def name(self) -> str:
        return self.title or Path(self.model_path).stem

    def generate(
        self,
        prompts: Sequence[str],
        *,
        system: str = "",
        max_tokens: int = 256,
        seed: int = 0,
        stop: Sequence[str] = (),
        json_schema: dict[str, Any] | None = None,
    ) -> list[Reply]:
        """One reply a prompt; see `finlens.llm.base.LanguageModel`.

        Raises:
            ExtraMissing: llama-cpp-python is not installed.
            ModelUnusable: the file is missing, damaged, of an unknown architecture, or no chat model.
            LimitExceeded: a prompt does not fit into the context, or the context is longer than the model was trained for.
        """
        weights = self._weights()
        with weights.lock:
            return [
                weights.reply(prompt, system=system, max_tokens=max_tokens, seed=seed, stop=stop, json_schema=json_schema)
                for prompt in prompts
            ]

    def _weights(self) -> _Weights:
        path = Path(self.model_path)
        changed = path.stat().st_mtime_ns if path.exists() else 0
        with _loading:
            return _load(path, self.name, self.context_tokens, self.threads or spare_threads(), self.gpu_layers, changed, os.getpid())


_ANOTHER = "Another model: --model path/to/model.gguf; or none: --model none"
_CONTROL = re.compile(r"[\x00-\x1f]")
_loading = threading.Lock()
_log: deque[str] = deque(maxlen=40)


@lru_cache(maxsize=2)
def _load(path: Path, name: str, context_tokens: int, threads: int, gpu_layers: int, changed: int, process: int) -> _Weights:
    """The loaded model. ``changed`` and ``process`` are in the key only: a new file or a forked process loads anew."""
    header = read_header(path)
    check_chat_model(header, context_tokens)
    llama_cpp = require("llama_cpp", extra="llm")
    _silence(llama_cpp)
    _log.clear()
    try:
        llama = llama_cpp.Llama(
            model_path=str(path),
            n_ctx=context_tokens,
            n_batch=CHUNK,
            n_ubatch=CHUNK,
            n_threads=threads,
            n_threads_batch=threads,
            n_gpu_layers=gpu_layers,
            verbose=False,
        )
    except (ValueError, RuntimeError, OSError) as exc:
        said = next((line for line in reversed(_log) if "error" in line.lower()), "")
        raise ModelUnusable(
            f"llama.cpp cannot load {path.name}.",
            why=said or str(exc),
            hint=_ANOTHER,
        ) from exc
    return _Weights(llama_cpp, llama, name, header)


# llama-cpp-python frees a model with parts of the interpreter that are gone when the interpreter itself collects it.
atexit.register(_load.cache_clear)


@lru_cache(maxsize=1)
def _silence(llama_cpp: Any) -> Any:
    """Keep llama.cpp's log in memory instead of on stderr; the last error becomes the reason of ours.

    llama.cpp holds a bare pointer to the callback: the cache keeps it alive as long as the process.
    """

    @llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
    def keep(level: int, text: bytes, user_data: object) -> None:
        _log.append(text.decode("utf-8", errors="replace").strip())

    llama_cpp.llama_log_set(keep, None)
    return keep


class _Weights:
    """A model in memory and what it remembers of the prompt before."""

    def __init__(self, llama_cpp: Any, llama: Any, name: str, header: GgufHeader) -> None:
        self.lock = threading.Lock()
        self._llama_cpp = llama_cpp
        self._llama = llama
        self._name = name
        self._evaluated = 0  # tokens of the last prompt; what follows them in memory was evaluated one by one
        vocabulary = llama._model
        formatter = require("llama_cpp.llama_chat_format", extra="llm").Jinja2ChatFormatter
        self._template = formatter(
            template=header.chat_template,
            eos_token=vocabulary.token_get_text(llama.token_eos()) if llama.token_eos() >= 0 else "",
            bos_token=vocabulary.token_get_text(llama.token_bos()) if llama.token_bos() >= 0 else "",
        )

    def reply(self, prompt: str, system: str, max_tokens: int, seed: int, stop: Sequence[str], json_schema: dict[str, Any] | None) -> Reply:
        tokens = self._tokens(prompt, system)
        if len(tokens) + max_tokens > self._llama.n_ctx():
            raise overflow(self._name, len(tokens), max_tokens, self._llama.n_ctx())
        grammar = None if json_schema is None else self._grammar(json_schema, max_tokens)
        kept = self._keep(tokens)
        self._llama.set_seed(seed)
        try:
            text, written, finished = self._write(tokens, max_tokens, [mark.encode() for mark in stop], grammar)
        except (RuntimeError, ValueError) as exc:
            self._evaluated = 0
            raise BackendFailed(f"llama.cpp gave up on a prompt for {self._name}.", why=str(exc), hint=_ANOTHER) from exc
        shown = text.decode("utf-8", errors="ignore").strip()
        if json_schema is not None:
            if not finished:
                raise unfinished(self._name, max_tokens)
            # The grammar lets control characters into strings, where JSON wants them escaped; it puts none elsewhere.
            shown = _CONTROL.sub(lambda found: json.dumps(found.group())[1:-1], shown)
        return Reply(shown, len(tokens), written, kept, truncated=not finished)

    def _tokens(self, prompt: str, system: str) -> list[int]:
        try:
            shown = self._template(messages=messages(prompt, system)).prompt
        except Exception as exc:  # a template is a program inside the model file and may raise anything
            raise ModelUnusable(f"The chat template of {self._name} does not work.", why=str(exc), hint=_ANOTHER) from exc
        tokens: list[int] = self._llama.tokenize(shown.encode("utf-8", errors="replace"), add_bos=False, special=True)
        return tokens

    def _keep(self, tokens: list[int]) -> int:
        """Forget all but the whole chunks that this prompt shares with the one before; how many tokens stay."""
        shared = 0
        for before, now in zip(self._llama.input_ids[: min(self._evaluated, self._llama.n_tokens)], tokens, strict=False):
            if before != now:
                break
            shared += 1
        kept = min(shared, len(tokens) - 1) // CHUNK * CHUNK
        self._llama.n_tokens = kept
        self._evaluated = len(tokens)
        return kept

    def _grammar(self, json_schema: dict[str, Any], max_tokens: int) -> Any:
        try:
            return self._llama_cpp.LlamaGrammar.from_json_schema(json.dumps(bounded(json_schema, max_tokens)), verbose=False)
        except (ValueError, KeyError, AssertionError, NotImplementedError, AttributeError, TypeError) as exc:
            raise BackendFailed(
                "The JSON schema cannot be turned into a grammar.", why=repr(exc), hint="Use types, enum, properties, items and anyOf."
            ) from exc

    def _write(self, tokens: list[int], max_tokens: int, stops: list[bytes], grammar: Any) -> tuple[bytes, int, bool]:
        """The reply, how many tokens it took, and whether the model ended it (or a stop text did) by itself."""
        vocabulary, written, text = self._llama._model.vocab, 0, b""
        if max_tokens <= 0:
            return text, written, False
        for token in self._llama.generate(tokens, temp=0.0, repeat_penalty=1.0, grammar=grammar):
            if self._llama_cpp.llama_vocab_is_eog(vocabulary, token):
                return text, written, True
            text += self._llama.detokenize([token], prev_tokens=[token])
            written += 1
            ends = [at for mark in stops if mark and (at := text.find(mark)) >= 0]
            if ends:
                return text[: min(ends)], written, True
            if written >= max_tokens:
                break
        return text, written, False
