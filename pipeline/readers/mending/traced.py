"""A text under repair that knows, for each of its characters, which characters of the input it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

Edit = tuple[int, int, str]


class Traced:
    """A text and the way back from it: ``origin(start, end)`` are offsets in the text it was made with."""

    def __init__(self, text: str) -> None:
        self.text = text
        # First and one past the last input character of each character; none while nothing has moved.
        self._starts: NDArray[np.int32] | None = None
        self._ends: NDArray[np.int32] | None = None
        self._size = len(text)

    def edit(self, edits: Iterable[Edit]) -> bool:
        """Replace spans of the text, given in order and without overlap; whether any was given.

        Each character of a replacement stands for the whole span that it replaces.
        """
        pieces: list[str] = []
        starts: list[NDArray[np.int32]] = []
        ends: list[NDArray[np.int32]] = []
        old_starts, old_ends = self._way_back()
        done = 0
        for start, end, new in edits:
            pieces += (self.text[done:start], new)
            first = self._first(start, old_starts)
            last = int(old_ends[end - 1]) if end > start else first
            starts += (old_starts[done:start], np.full(len(new), first, dtype=np.int32))
            ends += (old_ends[done:start], np.full(len(new), last, dtype=np.int32))
            done = end
        if not pieces:
            return False
        self.text = "".join([*pieces, self.text[done:]])
        self._starts = np.concatenate([*starts, old_starts[done:]])
        self._ends = np.concatenate([*ends, old_ends[done:]])
        return True

    def substitute(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> int:
        """Replace every match that differs from its replacement; how many there were."""
        edits = []
        for match in pattern.finditer(self.text):
            replacement = new if isinstance(new, str) else new(match)
            if replacement != match[0]:
                edits.append((match.start(), match.end(), replacement))
        # Most patterns find nothing in most texts, and the way back is long.
        if edits:
            self.edit(edits)
        return len(edits)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where the span ``start`` to ``end`` of the text stands in the input."""
        if self._starts is None or self._ends is None:
            return start, end
        first = self._first(start, self._starts)
        return first, max(first, int(self._ends[end - 1])) if end > start else first

    def _way_back(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        if self._starts is None or self._ends is None:
            starts = np.arange(len(self.text), dtype=np.int32)
            return starts, starts + 1
        return self._starts, self._ends

    def _first(self, position: int, starts: NDArray[np.int32]) -> int:
        return int(starts[position]) if position < len(starts) else self._size
