"""Spans of a text."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Span = tuple[int, int]


class Cover:
    """Spans that do not overlap, to be asked whether another would."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def __iter__(self) -> Iterator[Span]:
        """Its spans in order."""
        return iter(self._spans)

    def add(self, start: int, end: int) -> bool:
        """Take ``start:end`` if it is free, and say whether it was."""
        number = bisect_left(self._starts, end)
        if number and self._spans[number - 1][1] > start:
            return False
        self._starts.insert(number, start)
        self._spans.insert(number, (start, end))
        return True

    def holds(self, start: int, end: int) -> bool:
        """Whether anything in ``start:end`` is taken."""
        number = bisect_left(self._starts, end)
        return number > 0 and self._spans[number - 1][1] > start

    def within_one(self, start: int, end: int) -> bool:
        """Whether ``start:end`` lies in a single span."""
        number = bisect_left(self._starts, end)
        return number > 0 and self._spans[number - 1][0] <= start and end <= self._spans[number - 1][1]
