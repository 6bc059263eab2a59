"""``finlens cache``: what is kept of documents that were read, and how to be rid of it."""

from __future__ import annotations

import typer

from finlens.cli import options
from finlens.cli.errors import OK
from finlens.cli.output import print_json, stdout


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        help="Results that are kept so that the next command on the same file is quick.",
        short_help="Show or clear the kept results.",
        no_args_is_help=True,
    )
    group.command("show", epilog="Example:  finlens cache show")(show)
    group.command("clear", epilog="Example:  finlens cache clear")(clear)
    app.add_typer(group, name="cache", epilog="Example:  finlens cache show")


def show(as_json: options.AsJson = False) -> int:
    """Print where the cache is and how much it holds."""
    from finlens.workspace import Workspace

    workspace = Workspace()
    usage, cap = workspace.cache.usage(), workspace.cache.max_bytes
    if as_json:
        print_json(
            {
                "format": "finlens.cache",
                "version": 1,
                "folder": str(workspace.cache.folder),
                "entries": usage.entries,
                "bytes": usage.bytes,
                "max_bytes": cap,
            }
        )
    else:
        stdout().print(f"{workspace.cache.folder}\n{_amount(usage.entries, usage.bytes)}, at most {cap / 1e6:,.0f} MB", soft_wrap=True)
    return OK


def clear(as_json: options.AsJson = False) -> int:
    """Delete every cached result."""
    from finlens.workspace import Workspace

    gone = Workspace().cache.clear()
    if as_json:
        print_json({"format": "finlens.cache-cleared", "version": 1, "entries": gone.entries, "bytes": gone.bytes})
    else:
        stdout().print(f"Deleted {_amount(gone.entries, gone.bytes)}.")
    return OK


def _amount(entries: int, size: int) -> str:
    return f"{entries} {'document' if entries == 1 else 'documents'}, {size / 1e6:,.1f} MB"
