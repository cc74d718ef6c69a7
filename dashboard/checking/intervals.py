"""Intervals drawn as HTML: a dot and a capped line on a plain axis, raw hollow and thin, corrected solid and thick."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dashboard.markup.html import Html, join, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.checks.estimates import Interval


def axis(intervals: Sequence[Interval], least: float, most: float, step: float = 0.1) -> tuple[float, float]:
    """Ends of an axis that holds some intervals, on multiples of ``step`` between ``least`` and ``most``."""
    bounds = [part for interval in intervals for part in interval if not math.isnan(part)] or [least, most]
    low = max(least, math.floor(min(bounds) / step + 1e-9) * step)
    high = min(most, math.ceil(max(bounds) / step - 1e-9) * step)
    return (low, high) if high - low >= 2 * step else (max(least, low - step), min(most, high + step))


def _place(value: float, ends: tuple[float, float]) -> float:
    return 100 * min(1.0, max(0.0, (value - ends[0]) / (ends[1] - ends[0])))


def drawn(
    interval: Interval, ends: tuple[float, float], label: str, *, raw: bool = False, lines: Sequence[float] = ()
) -> Html:
    """One interval; ``lines`` are values with a line of their own, such as zero."""
    marks = [tag("u", style=f"left:{_place(value, ends):.1f}%") for value in lines]
    if not math.isnan(interval.low):
        low, high = _place(interval.low, ends), _place(interval.high, ends)
        marks.append(tag("i", style=f"left:{low:.1f}%;width:{high - low:.1f}%"))
    if not math.isnan(interval.value):
        marks.append(tag("b", style=f"left:{_place(interval.value, ends):.1f}%"))
    return tag("div", *marks, class_="fl-ci raw" if raw else "fl-ci", role="img", aria_label=label)


def ticks(ends: tuple[float, float], values: Sequence[float], labels: Sequence[str]) -> Html:
    """The numbers under an axis, each at its place."""
    spans = []
    for value, label in zip(values, labels, strict=True):
        place = _place(value, ends)
        shift = "0" if place < 4 else "-100%" if place > 96 else "-50%"
        spans.append(tag("span", label, style=f"left:{place:.1f}%;transform:translateX({shift})"))
    return tag("div", *spans, class_="fl-axis")


def steps(ends: tuple[float, float], step: float) -> list[float]:
    """Round values on an axis, at most five, none beside another where its number would run into the next."""
    while (ends[1] - ends[0]) / step > 4.5:
        step *= 2
    first = math.ceil(ends[0] / step - 1e-9)
    last = math.floor(ends[1] / step + 1e-9)
    return [place * step for place in range(first, last + 1)]


def rows(*lines: tuple[object, Html, object]) -> Html:
    """Lines of label, interval and numbers as one grid."""
    return tag(
        "div",
        join(*(tag("div", cell) if not _is_div(cell) else cell for line in lines for cell in line)),
        class_="fl-intervals",
    )


def _is_div(cell: object) -> bool:
    return isinstance(cell, Html) and cell.startswith("<div")
