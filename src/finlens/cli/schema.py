"""``finlens schema``: the JSON Schema of what the other commands print."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from finlens.cli.errors import OK
from finlens.cli.output import print_json


class What(StrEnum):
    """The kinds of JSON that finlens writes."""

    document = "document"
    answer = "answer"
    answers = "answers"
    comparison = "comparison"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("schema", epilog="Example:  finlens schema answer > answer.schema.json")(schema)


def schema(
    what: Annotated[
        What,
        typer.Argument(help="Of a document (extract --format json), an answer or answers (ask --json), or a comparison (compare --json)."),
    ] = What.document,
) -> int:
    """Print the JSON Schema of finlens' JSON."""
    if what is What.document:
        from finlens.documents import codec

        print_json(codec.schema())
    elif what is What.comparison:
        from finlens.export import comparison

        print_json(comparison.schema())
    else:
        from finlens.ask import record

        print_json(record.schema() if what is What.answer else record.answers_schema())
    return OK
