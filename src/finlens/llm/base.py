"""The role of a language model: prompts in, text out, nothing decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, and what it cost."""

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0


class LanguageModel(Protocol):
    """A chat model that runs on this machine or on a server that the user named."""

    name: str

    def generate(self, prompts: Sequence[str], *, system: str = "", max_tokens: int = 256, seed: int = 0, json_schema: dict[str, Any] | None = None) -> list[Reply]:
        """One reply a prompt, greedy. With ``json_schema`` every reply parses and validates against it."""
        ...
