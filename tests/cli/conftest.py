"""Every test of the command line has consoles of its own: a process makes them once, as wide as the terminal is then."""

from collections.abc import Iterator

import pytest

from finlens.cli import output


@pytest.fixture(autouse=True)
def consoles_of_its_own() -> Iterator[None]:
    def forget() -> None:
        output.stdout.cache_clear()
        output.stderr.cache_clear()

    forget()
    yield
    forget()
