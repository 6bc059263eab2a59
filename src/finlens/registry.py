"""Backends by name, imported only when one is used.

Each package with interchangeable parts has a ``backends.py`` that fills one `Registry`: a catalogue to read, and
what ``finlens doctor`` prints. Third parties add theirs through the entry-point group of the same name:

    [project.entry-points."finlens.table_finders"]
    mine = "my_package.finder:MyFinder"
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Generic, TypeVar, cast

from finlens.errors import BackendUnknown
from finlens.extras import is_installed

Role = TypeVar("Role")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a catalogue: where the class is, and what must be there for it to work."""

    name: str
    target: str  # "package.module:Class"
    summary: str
    needs: tuple[str, ...] = ()  # Python packages
    extra: str = ""  # the extra of finlens that brings them; "" for the base install
    programs: tuple[str, ...] = ()  # programs on PATH
    program_hint: str = ""  # the command that installs the programs

    def missing_packages(self) -> tuple[str, ...]:
        return tuple(package for package in self.needs if not is_installed(package))


class Registry(Generic[Role]):
    """Names of one kind of backend, each with the class that does the work."""

    def __init__(self, group: str, kind: str, entries: tuple[Entry, ...]) -> None:
        self.group = group
        self.kind = kind
        self._entries = {entry.name: entry for entry in entries}
        self._joined = False

    def entries(self) -> Iterator[Entry]:
        """Every backend, our own first, then those that other packages bring."""
        if not self._joined:
            for point in entry_points(group=self.group):
                self._entries.setdefault(
                    point.name, Entry(point.name, point.value, f"from {point.dist.name if point.dist else 'a plug-in'}")
                )
            self._joined = True
        return iter(self._entries.values())

    def names(self) -> tuple[str, ...]:
        return tuple(entry.name for entry in self.entries())

    def entry(self, name: str) -> Entry:
        """The catalogue line of ``name``.

        Raises:
            BackendUnknown: nothing has that name; the nearest one is named.
        """
        names = self.names()
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            raise BackendUnknown(
                f"There is no {self.kind} called '{name}'.",
                why=f"Known: {', '.join(names)}.",
                hint=f"Did you mean '{near[0]}'?" if near else "finlens doctor lists what is ready.",
            )
        return self._entries[name]

    def load(self, name: str) -> type[Role]:
        """The class behind ``name``; make it with its own keyword arguments."""
        module, _, attribute = self.entry(name).target.partition(":")
        return cast("type[Role]", getattr(importlib.import_module(module), attribute))
