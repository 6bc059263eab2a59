"""Units and scales in words, as heads of a statement say them."""

from __future__ import annotations

from decimal import Decimal

_SCALES = {
    Decimal(100): "hundreds",
    Decimal(1000): "thousands",
    Decimal(100_000): "lakhs",
    Decimal(10**6): "millions",
    Decimal(10**7): "crores",
    Decimal(10**9): "billions",
    Decimal(10**12): "trillions",
}


def scale_in_words(scale: Decimal) -> str:
    """The word "millions" for 1000000; "" for 1."""
    if scale == 1:
        return ""
    return _SCALES.get(scale, f"× {scale:f}")


def unit_in_words(unit: str | None, scale: Decimal = Decimal(1)) -> str:
    """The words "USD millions", "percent", "USD per share"; "" where neither is said."""
    return " ".join(filter(None, ((unit or "").replace("/", " per "), scale_in_words(scale))))
