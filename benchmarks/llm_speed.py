"""Tokens a second through finlens ÷ raw llama-cpp-python, and what grammar-constrained replies are worth.

    python -m benchmarks.llm_speed [--model FILE.gguf] [--rounds 5] [--threads 1] [--schema-prompts 200]

Same weights, prompts, threads and greedy decoding; the two take turns, so that a busy machine slows both. Each prompt
begins with another word, so that neither finds it in its cache.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import table
from finlens.extras import is_installed
from finlens.llm.cpu import spare_threads
from finlens.llm.llamacpp import LlamaCpp
from finlens.llm.models import packaged_path
from finlens.llm.xllamacpp import XLlamaCpp

CONTEXT, REPLY = 2048, 96
PARAGRAPH = (
    "The Group manages liquidity risk through committed credit facilities, which were not drawn at year end. Management reviews the "
    "maturity of borrowings every quarter and expects to renew the facilities before they expire. "
)
SCHEMA = {
    "type": "object",
    "properties": {
        "label": {"type": "string"},
        "amount": {"type": "number"},
        "year": {"type": "integer"},
        "kind": {"enum": ["asset", "debt"]},
    },
    "required": ["label", "amount", "year", "kind"],
    "additionalProperties": False,
}


def prompt(number: int, paragraphs: int) -> str:
    return f"Text {number}. {PARAGRAPH * paragraphs}\nTell the story of this company in detail."


def raw_llama(path: Path, threads: int) -> Callable[[str], tuple[str, int, int]]:
    import llama_cpp

    llama = llama_cpp.Llama(str(path), n_ctx=CONTEXT, n_threads=threads, n_threads_batch=threads, verbose=False)

    def generate(text: str) -> tuple[str, int, int]:
        reply = llama.create_chat_completion([{"role": "user", "content": text}], max_tokens=REPLY, temperature=0.0)
        return reply["choices"][0]["message"]["content"], reply["usage"]["prompt_tokens"], reply["usage"]["completion_tokens"]

    return generate


def through_finlens(model: LlamaCpp | XLlamaCpp) -> Callable[[str], tuple[str, int, int]]:
    def generate(text: str) -> tuple[str, int, int]:
        [reply] = model.generate([text], max_tokens=REPLY)
        return reply.text, reply.prompt_tokens, reply.completion_tokens

    return generate


def speeds(ways: dict[str, Callable[[str], tuple[str, int, int]]], rounds: int, paragraphs: int) -> dict[str, list[float]]:
    """Tokens (prompt and reply) a second of each way, one figure a round."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        order = list(ways) if number % 2 else list(reversed(ways))
        for name in order:
            began = time.perf_counter()
            _, read, written = ways[name](prompt(number, paragraphs))
            if number:  # the first round warms up
                found[name].append((read + written) / (time.perf_counter() - began))
    return found


def valid_json(model: LlamaCpp | XLlamaCpp, prompts: int) -> int:
    """How many of so many replies parse and hold exactly the fields of the schema, each of its type."""
    good = 0
    for number in range(prompts):
        line = "Revenue" if number % 2 else "Le chiffre d’affaires"
        text = f"{line} {number}: {number * 7919 % 100000 / 10} in {1990 + number % 40}. As JSON."
        [reply] = model.generate([text], max_tokens=80, json_schema=SCHEMA)
        found = json.loads(reply.text)
        typed = isinstance(found.get("label"), str) and isinstance(found.get("amount"), int | float) and isinstance(found.get("year"), int)
        good += typed and found.get("kind") in ("asset", "debt") and set(found) == set(SCHEMA["properties"])
    return good


def measured(path: Path, rounds: int, threads: int, schema_prompts: int) -> str:
    """Markdown tables: speeds beside the raw library, and how many replies to a schema are valid."""
    ours = LlamaCpp(path, context_tokens=CONTEXT, threads=threads)
    ways = {"raw llama-cpp-python": raw_llama(path, threads), "finlens llamacpp": through_finlens(ours)}
    models: dict[str, LlamaCpp | XLlamaCpp] = {"finlens llamacpp": ours}
    if is_installed("xllamacpp"):
        models["finlens xllamacpp"] = XLlamaCpp(path, context_tokens=CONTEXT, threads=threads)
        ways["finlens xllamacpp"] = through_finlens(models["finlens xllamacpp"])
    rows = []
    for kind, paragraphs in (("short prompt", 1), ("long prompt", 14)):
        found = speeds(ways, rounds, paragraphs)
        base = found["raw llama-cpp-python"]
        for name, values in found.items():
            ratio = statistics.median(own / raw for own, raw in zip(values, base, strict=True))
            rows.append([f"{name}, {kind}", f"{statistics.median(values):.1f}", f"{ratio:.2f}"])
    tables = [table([f"{path.stem}, {threads} thread(s)", "tokens/s, prompt and reply", "÷ raw"], rows)]
    if schema_prompts:
        counts = [[name, f"{valid_json(model, schema_prompts)}/{schema_prompts}"] for name, model in models.items()]
        tables.append(table(["JSON by schema", "parse and validate"], counts))
    return "\n\n".join(tables)


def report(data: Path | None, bench: Path | None) -> str:
    """The packaged model, as one section of `python -m benchmarks`; needs no data."""
    path = packaged_path()
    if path is None or not is_installed("llama_cpp"):
        return 'Needs pip install "finlens[llm]".'
    return measured(path, rounds=5, threads=spare_threads(), schema_prompts=40)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=packaged_path())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=spare_threads())
    parser.add_argument("--schema-prompts", type=int, default=0)
    options = parser.parse_args()
    if options.model is None:
        raise SystemExit('No model: pip install "finlens[llm]", or --model FILE.gguf')
    print(measured(options.model, options.rounds, options.threads, options.schema_prompts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
