"""What is the same for every backend: safe prompt text, and JSON schemas that end before the tokens do."""

from __future__ import annotations

import re
from typing import Any

from finlens.errors import LimitExceeded

MAX_ITEMS = 8
_CONTROL_MARK = re.compile(r"<(?=[|/]|\w+>|\uff5c)|\[(?=/?INST\])")


def defuse(text: str) -> str:
    """The text with chat control marks broken ("<|im_end|>" → "< |im_end|>"), so that a document cannot end its own quotation."""
    return _CONTROL_MARK.sub(lambda found: found.group() + " ", text)


def messages(prompt: str, system: str) -> list[dict[str, str]]:
    """One turn in the form that chat templates take."""
    turns = [{"role": "user", "content": defuse(prompt)}]
    return [{"role": "system", "content": defuse(system)}, *turns] if system else turns


def bounded(schema: dict[str, Any], max_tokens: int) -> dict[str, Any]:
    """The schema with a length on every open string and list, so that a model that loops still closes its JSON.

    What satisfies the result satisfies ``schema``. Free-form objects and recursive references stay open.
    """
    parts = schema.get("$defs", {})
    sizes = {items: _size(schema, items, parts) for items in range(1, MAX_ITEMS + 1)}
    items = max((n for n, (strings, fixed) in sizes.items() if fixed + 16 * strings <= max_tokens), default=1)
    strings, fixed = sizes[items]
    room = max(4, (max_tokens - fixed) // (2 * max(strings, 1)))  # a letter of an unusual alphabet takes two or three tokens
    limited: dict[str, Any] = _limit(schema, room, items)
    return limited


def _size(node: Any, items: int, parts: dict[str, Any], above: tuple[str, ...] = ()) -> tuple[int, int]:
    """How many open strings a reply may hold with lists of so many items, and a guess of the tokens that all else takes."""
    if not isinstance(node, dict):
        return 0, 0
    reference = str(node.get("$ref", "")).rpartition("/")[2]
    if reference:
        return (0, 0) if reference in above else _size(parts.get(reference), items, parts, (*above, reference))
    strings, fixed = (1, 4) if _is_open_string(node) else (0, 12)
    times = 1
    if node.get("type") == "array":
        times = int(node.get("maxItems", max(items, int(node.get("minItems", 0)))))
    for child in [*node.get("properties", {}).values(), *node.get("anyOf", []), node.get("items")]:
        child_strings, child_fixed = _size(child, items, parts, above)
        strings, fixed = strings + child_strings * times, fixed + child_fixed * times
    return strings, fixed + sum(len(name) // 2 + 4 for name in node.get("properties", {}))


def _is_open_string(node: dict[str, Any]) -> bool:
    return node.get("type") == "string" and not {"maxLength", "enum", "const", "pattern", "format"} & node.keys()


def _limit(node: Any, room: int, items: int) -> Any:
    if isinstance(node, list):
        return [_limit(child, room, items) for child in node]
    if not isinstance(node, dict):
        return node
    made = {key: value if key in ("enum", "const", "default", "examples") else _limit(value, room, items) for key, value in node.items()}
    if _is_open_string(made):
        made["maxLength"] = max(room, int(made.get("minLength", 0)))
    if made.get("type") == "array" and "maxItems" not in made:
        made["maxItems"] = max(items, int(made.get("minItems", 0)))
    return made


def overflow(name: str, prompt_tokens: int, max_tokens: int, context_tokens: int) -> LimitExceeded:
    """The error for a prompt that does not fit, with the size that would."""
    return LimitExceeded(
        f"The prompt does not fit into the context of {name}.",
        why=f"{prompt_tokens:,} tokens of prompt and {max_tokens:,} of reply; the context holds {context_tokens:,}.",
        hint="Ask about fewer pages (--pages), or load the model with a larger context.",
    )


def unfinished(name: str, max_tokens: int) -> LimitExceeded:
    """The error for JSON that was not closed in time: half of an object is never handed on."""
    return LimitExceeded(
        f"{name} did not finish its JSON within {max_tokens} tokens.",
        why="The schema leaves something open: a free-form object, a pattern, or a recursive reference.",
        hint="Raise max_tokens, or bound the schema (maxLength, maxItems).",
    )
