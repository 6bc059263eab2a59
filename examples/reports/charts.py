"""A bar chart drawn as vectors, with its figures printed over the bars."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import Color, white

from reports.press import Press


def bars(
    press: Press,
    title: str,
    names: Sequence[str],
    values: Sequence[int],
    shown: Sequence[str],
    *,
    x: float,
    width: float,
    height: float,
    step: int,
    ticks: Sequence[str],
    color: Color,
) -> None:
    """Bars from the press's place down; ``step`` is the value between two grid lines, ``ticks`` their names from 0 up."""
    faces = press.house.faces
    press.text(x, press.y, title, faces.sans_bold, 8.5, color=press.house.ink)
    top, base = press.y + 16, press.y + 16 + height
    left, ceiling = x + 34, step * (len(ticks) - 1)
    for number, tick in enumerate(ticks):
        y = base - height * number / (len(ticks) - 1)
        press.rule(left, y, x + width, 0.25 if number else 0.7)
        press.text(left - 5, y + 2.5, tick, faces.sans, 7, align="right")
    slot = (x + width - left) / len(values)
    for number, (name, value, label) in enumerate(zip(names, values, shown, strict=True)):
        middle = left + slot * (number + 0.5)
        crown = base - (base - top) * value / ceiling
        press.fill(middle - slot * 0.29, crown, middle + slot * 0.29, base, color if number == len(values) - 1 else press.house.band)
        # A grid line must not run through the figure.
        press.fill(middle - slot * 0.36, crown - 11, middle + slot * 0.36, crown - 2.5, white)
        press.text(middle, crown - 4, label, faces.sans_bold if number == len(values) - 1 else faces.sans, 7.5, align="center")
        press.text(middle, base + 11, name, faces.sans, 7.5, align="center")
