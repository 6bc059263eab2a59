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
    cached_tokens: int = 0
    """Tokens of the prompt that were not computed again: the model still had them from the prompt before."""
    truncated: bool = False
    """The reply was cut at ``max_tokens``; never so with a JSON schema."""


class LanguageModel(Protocol):
    """A chat model that runs on this machine or on a server that the user named."""

    @property
    def name(self) -> str: ...

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
        """One reply a prompt, greedy, without the ``stop`` text that ended it.

        With ``json_schema`` every reply parses and validates against it.

        Raises:
            LimitExceeded: a prompt and ``max_tokens`` do not fit into the model's context; nothing is cut silently.
        """
        ...
