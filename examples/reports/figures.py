"""What is true about a report: figures with their period, scale, unit and page, for tests to check answers against."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure. ``value`` is as printed, with its sign; times ``scale`` it is in whole ``unit``s."""

    label: str
    period: str
    """The fiscal year ("FY2024") of a flow, the date ("2024-06-30") of a balance."""
    value: str
    scale: str
    unit: str
    page: int
    shown: str
    """The characters as they stand on the page."""
    scanned: bool = False
    """Whether they stand there as a picture only."""

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def figure(
    label: str, period: str, shown: str, page: int, *, scale: int = 1, unit: str, comma: bool = False, scanned: bool = False
) -> Figure:
    """A figure from its printed text; ``comma`` where the comma is the decimal mark."""
    bare = "".join(sign for sign in shown if sign.isdigit() or sign in ",.")
    bare = bare.replace(",", ".") if comma else bare.replace(",", "")
    negative = shown.startswith(("(", "-", "\u2013"))
    return Figure(label, period, str(-Decimal(bare) if negative else Decimal(bare)), str(scale), unit, page, shown, scanned)
