"""Processes of a test that is itself run in the background, where a shell tells programs not to heed Ctrl-C."""

import signal


def heeds_interrupts() -> None:
    """For ``preexec_fn``: Ctrl-C ends the process again, as it does from a terminal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
