"""llama.cpp through xllamacpp: a wheel that is ready built, for machines without a compiler.

The wheel carries llama.cpp's server and calls into it directly, but the server also listens. It is made to listen on a
socket inside a private folder (on Windows: on this machine only, behind a random key), so that nobody else can ask it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from finlens.errors import BackendFailed, LimitExceeded, ModelUnusable
from finlens.extras import require
from finlens.llm.base import Reply
from finlens.llm.cpu import spare_threads
from finlens.llm.gguf import check_chat_model, read_header
from finlens.llm.prompts import bounded, messages, overflow, unfinished


@dataclass(frozen=True, slots=True)
class XLlamaCpp:
    """A GGUF model. Making one only stores its arguments; the weights load at the first prompt.

    Equal models of one process share their weights. Replies are greedy, and every prompt is evaluated afresh: the same
    prompt gives the same text.
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
            ExtraMissing: xllamacpp is not installed.
            ModelUnusable: the file is missing, damaged, of an unknown architecture, or no chat model.
            LimitExceeded: a prompt does not fit into the context, or the context is longer than the model was trained for.
        """
        request: dict[str, Any] = {"max_tokens": max_tokens, "temperature": 0.0, "seed": seed, "cache_prompt": False}
        if stop:
            request["stop"] = list(stop)
        if json_schema is not None:
            schema = {"name": "reply", "strict": True, "schema": bounded(json_schema, max_tokens)}
            request["response_format"] = {"type": "json_schema", "json_schema": schema}
        server = self._server()
        return [self._reply(server, request | {"messages": messages(prompt, system)}) for prompt in prompts]

    def _server(self) -> Any:
        path = Path(self.model_path)
        changed = path.stat().st_mtime_ns if path.exists() else 0
        with _loading:
            return _load(path, self.context_tokens, self.threads or spare_threads(), self.gpu_layers, changed, os.getpid())

    def _reply(self, server: Any, request: dict[str, Any]) -> Reply:
        wanted: int = request["max_tokens"]
        got = server.handle_chat_completions(request)
        if "error" in got:
            raise self._failure(got["error"], wanted)
        used, choice = got["usage"], got["choices"][0]
        prompt_tokens, written = int(used["prompt_tokens"]), int(used["completion_tokens"])
        if prompt_tokens + wanted > self.context_tokens:
            raise overflow(self.name, prompt_tokens, wanted, self.context_tokens)
        truncated = choice["finish_reason"] == "length"
        if truncated and "response_format" in request:
            raise unfinished(self.name, wanted)
        return Reply((choice["message"]["content"] or "").strip(), prompt_tokens, written, truncated=truncated)

    def _failure(self, error: dict[str, Any], wanted: int) -> BackendFailed | LimitExceeded:
        if error.get("type") == "exceed_context_size_error":
            return overflow(self.name, int(error.get("n_prompt_tokens", 0)), wanted, self.context_tokens)
        return BackendFailed(
            f"llama.cpp gave up on a prompt for {self.name}.", why=str(error.get("message", error)), hint="Try another --model."
        )


_loading = threading.Lock()


@lru_cache(maxsize=2)
def _load(path: Path, context_tokens: int, threads: int, gpu_layers: int, changed: int, process: int) -> Any:
    """The loaded model. ``changed`` and ``process`` are in the key only: a new file or a forked process loads anew."""
    check_chat_model(read_header(path), context_tokens)
    xllamacpp = require("xllamacpp", extra="llm-wheel")
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx, params.n_parallel, params.ctx_shift = context_tokens, 1, False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.n_gpu_layers, params.fit_params = gpu_layers, False
    params.cache_ram_mib = 0  # the server's default keeps up to 8 GB of old prompts
    params.offline, params.ui, params.endpoint_slots, params.verbosity = True, False, False, -1
    with _private_address() as (host, key):
        params.hostnames, params.api_keys = [host], [key]
        try:
            return xllamacpp.Server(params)
        except RuntimeError as exc:
            raise ModelUnusable(
                f"llama.cpp cannot load {path.name}.", why=str(exc), hint="Another model: --model path/to/model.gguf; or none: --model none"
            ) from exc


@contextlib.contextmanager
def _private_address() -> Iterator[tuple[str, str]]:
    """Where the server listens, and the key that it asks for; on POSIX the socket has no name any more when this ends."""
    key = secrets.token_urlsafe(32)
    if sys.platform == "win32":
        yield "127.0.0.1", key
        return
    with tempfile.TemporaryDirectory(prefix="finlens-") as folder:
        yield str(Path(folder) / "llm.sock"), key
