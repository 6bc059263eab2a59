"""``finlens config``: the settings in force and where each came from."""

from __future__ import annotations

from typing import Annotated

import typer

from finlens.cli import options
from finlens.cli.errors import OK
from finlens.cli.output import print_json, stdout


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        help="Settings: flag beats environment beats project file beats user file.",
        short_help="Show the settings in force.",
        no_args_is_help=True,
    )
    group.command("show", epilog="Example:  finlens config show --origin")(show)
    app.add_typer(group, name="config", epilog="Example:  finlens config show --origin")


def show(
    origin: Annotated[bool, typer.Option("--origin", help="Also say which file, variable or default decided.")] = False,
    as_json: options.AsJson = False,
) -> int:
    """Print every setting that is in force in this folder."""
    from finlens import config

    settings = config.origins()
    if as_json:
        listed = {s.name: {"value": s.value, "origin": s.origin, "summary": s.summary} for s in settings}
        print_json({"format": "finlens.config", "version": 1, "settings": listed, "user_file": str(config.user_file())})
        return OK
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    for setting in settings:
        decided = f"# {setting.origin}" if origin else f"# {setting.summary}"
        table.add_row(Text(f"{setting.name} = {_toml(setting.value)}"), Text(decided, style="dim"))
    stdout().print(table)
    if origin:
        user, project = config.user_file(), config.project_file()
        stdout().print(f"\nuser file     {user}{'' if config.is_there(user) else '  (not there)'}", style="dim", soft_wrap=True)
        stdout().print(f"project file  {project or 'finlens.toml here or in a folder above  (not there)'}", style="dim", soft_wrap=True)
    return OK


def _toml(value: str | int | bool) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
