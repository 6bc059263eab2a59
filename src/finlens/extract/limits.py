"""Limits: what one file may cost before finlens stops and says so."""

from __future__ import annotations

from dataclasses import dataclass

from finlens.errors import LimitExceeded


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults let through every report that a person would send, and stop what would take the machine."""

    max_bytes: int = 1 << 30
    """Of the file."""
    max_pages: int = 5_000
    """Read in one call; of a longer document, ask for a part."""
    max_pixels: int = 25_000_000
    """Of one page picture. Larger pages are drawn smaller."""
    max_inflated_bytes: int = 512 << 20
    """Of one compressed stream of a PDF, unpacked, and of all that are packed suspiciously tight."""
    seconds_per_page: float = 60.0
    """On average, looked at between pages: ten times what OCR takes of a dense one."""

    def check_pages(self, count: int, name: str) -> None:
        """Raise `LimitExceeded` where more pages are asked for than one call may read."""
        if count > self.max_pages:
            raise LimitExceeded(
                f"{name}: {count:,} pages are more than finlens reads at once.",
                why=f"The limit is {self.max_pages:,} pages.",
                hint=f"--pages 1-{self.max_pages}",
            )

    def check_time(self, spent: float, done: int, count: int, name: str) -> None:
        """Raise `LimitExceeded` where a document takes too long."""
        if spent > self.seconds_per_page * (done + 1):
            raise LimitExceeded(
                f"{name} takes too long: {done} of {count} pages in {spent:.0f} s.",
                why=f"The limit is {self.seconds_per_page:.0f} s a page on average.",
                hint=f"--pages 1-{max(1, done - 1)}, or --ocr never",
            )
