"""Periods as columns that several documents share: the year of one report is the comparative year of the next."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from finlens.documents import Period

_SAME_END = datetime.timedelta(days=6)  # 52- and 53-week years end on a weekday: one report says so, another rounds to the month
_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Span:
    """An instant or a stretch of time; at least one of ``year`` and ``end`` is known."""

    year: int | None
    end: datetime.date | None
    instant: bool
    months: int | None

    def same_time(self, other: Span) -> bool:
        """Whether both are the same time, as far as each says."""
        if self.instant != other.instant:
            return False
        if not self.instant and (self.months or _YEAR) != (other.months or _YEAR):
            return False
        if self.end and other.end:
            return abs(self.end - other.end) <= _SAME_END
        # Of quarters the year alone is not enough.
        return self.year is not None and self.year == other.year and (self.instant or (self.months or _YEAR) == _YEAR)

    @property
    def label(self) -> str:
        """The words "2024", "31 Dec 2024", "3 months to 30 Jun 2025"."""
        day = f"{self.end:%d %b %Y}".lstrip("0") if self.end else str(self.year)
        if self.instant:
            return day
        if (self.months or _YEAR) == _YEAR:
            return str(self.year) if self.year else f"year to {day}"
        return f"{self.months} months to {day}"


def span_of(period: Period | None) -> Span | None:
    """The time of a figure; None where it is not known, or is none of a report's own (a forecast, pro forma figures)."""
    if period is None or (period.year is None and period.end is None) or period.basis not in ("reported", "restated"):
        return None
    return Span(period.year, period.end, period.instant, period.months)


def in_order(spans: Iterable[Span]) -> list[Span]:
    """Each time once: stretches before instants, the latest first, longer ones before shorter ones of the same end."""
    kept: list[Span] = []
    for span in spans:
        same = next((index for index, own in enumerate(kept) if own.same_time(span)), None)
        if same is None:
            kept.append(span)
        elif kept[same].end is None and span.end is not None:
            kept[same] = span
    return sorted(
        kept, key=lambda span: (not span.instant, span.end or datetime.date(span.year or 1, 12, 31), span.months or _YEAR), reverse=True
    )
