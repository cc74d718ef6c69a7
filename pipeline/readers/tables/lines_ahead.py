"""Lines of an open file as bytes: one after another, or as many together as end where a block does.

Where a block ends hangs on the line it ends with and on how long it is, and not on how the file came in, so a line that
is added changes one block. Lines are told apart and looked at by numpy, a megabyte at a time.
"""

from __future__ import annotations

import io
from collections import deque
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

import numpy as np

from pipeline.readers.decoding import MAX_LINE_BYTES, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from pipeline.readers.decoding import RawLine

# One line in so many ends a block, and whatever line brings it to so many bytes; within a cell, to so many more.
_LINES: Final = 64
_MOST_BYTES: Final = 1 << 20
_MOST_IN_MARKS: Final = 4 << 20
_AT_ONCE: Final = 1 << 20
# So many bytes at the end of a line, with its length, decide whether it ends a block.
_LAST: Final = 8
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)  # an odd multiplier, of the fraction of the golden ratio


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that stand together: their bytes, None of a single one with too many; how many bytes and how many lines."""

    data: bytes | None
    size: int
    count: int

    def __iter__(self) -> Iterator[RawLine]:
        """One after another."""
        if self.data is None:
            yield None, self.size
        else:
            yield from ((line, len(line)) for line in io.BytesIO(self.data))


class LinesAhead:
    """Lines of a file that were not taken yet. What is found damaged is told to all who ask for more."""

    def __init__(self, opened: IO[bytes], mark: bytes = b"") -> None:
        """Take them from ``opened``; cells that may hold line breaks stand in ``mark``, a single byte, if any do."""
        self._opened, self._mark = opened, mark
        # Those that are taken from, and what was read after them: whole lines, or one that is too long.
        self._held, self._at = Lines(b"", 0, 0), 0
        self._read: deque[Lines] = deque()
        self._begun: list[bytes] = []  # parts of the line after all those
        self._size_begun = 0
        self._ended = False
        self._damage: Exception | None = None
        self._looked_at: _Ends | None = None

    def take(self) -> Lines | None:
        """The next line, None after the last.

        Raises:
            OSError, EOFError, zlib.error, UnicodeError: the file is damaged there.
        """
        if not self._more():
            return None
        data = self._held.data
        return self._taken(None if data is None else data.find(b"\n", self._at) + 1 or len(data), 1)

    def blocks(self) -> Iterator[Lines]:
        """The lines that are left, in blocks; others may take lines from between two.

        A block ends with a row where it can: not within a cell, as its marks tell. A line that is too long is a block.

        Raises:
            OSError, EOFError, zlib.error, UnicodeError: the file is damaged, once the lines before that were given.
        """
        while self._more():
            if self._held.data is None:
                yield self._taken(None, 1)
                continue
            while (last := self._ends().of_block(self._at)) is None and self._longer():
                pass
            ends = self._ends().lines
            last = len(ends) - 1 if last is None else last
            yield self._taken(int(ends[last]), last + 1 - int(np.searchsorted(ends, self._at, "right")))

    def _taken(self, end: int | None, count: int) -> Lines:
        """The next lines up to ``end``; all where that is None."""
        held, first = self._held, self._at
        if end is None or held.data is None:
            self._at = held.size
            return held
        self._at = end
        return Lines(held.data[first:end], end - first, count)

    def _ends(self) -> _Ends:
        if self._looked_at is None:
            self._looked_at = _Ends(self._held.data or b"", self._mark)
        return self._looked_at

    def _more(self) -> bool:
        """Whether any line is left."""
        if self._at < self._held.size:
            return True
        if not self._read:
            self._read_on()
        if self._read:
            self._held, self._at, self._looked_at = self._read.popleft(), 0, None
            return True
        if self._damage is not None:
            raise self._damage
        return False

    def _longer(self) -> bool:
        """Whether more lines could be put behind those held: not where one that is too long comes next."""
        if not self._read:
            self._read_on()
        if not self._read or self._read[0].data is None or self._held.data is None:
            return False
        data = self._held.data[self._at :] + (self._read.popleft().data or b"")
        self._held, self._at, self._looked_at = Lines(data, len(data), 0), 0, None
        return True

    def _read_on(self) -> None:
        """Read lines, until there are enough of them."""
        whole: list[bytes] = []
        size = 0
        while not self._ended and (size < _AT_ONCE or not (whole or self._read)):
            try:
                part = self._opened.read1(_AT_ONCE)  # type: ignore[attr-defined]  # loses nothing before the damage
            except UNREADABLE as error:
                self._damage, self._ended = error, True
                break
            size += len(part)
            self._ended = not part
            first = part.find(b"\n") + 1
            if not first and part:
                self._begin(part)
                continue
            if self._size_begun + first <= MAX_LINE_BYTES:
                whole += self._begun
                first = 0
            else:
                self._keep(whole)
                self._read.append(Lines(None, self._size_begun + first, 1))
            last = part.rfind(b"\n") + 1
            whole.append(part[first:last])
            self._begun, self._size_begun = [], 0
            self._begin(part[last:])
        self._keep(whole)

    def _begin(self, part: bytes) -> None:
        """Keep a part of a line that goes on, unless the line is too long already: then its size will do."""
        self._begun.append(part)
        self._size_begun += len(part)
        if self._size_begun > MAX_LINE_BYTES:
            self._begun.clear()

    def _keep(self, whole: list[bytes]) -> None:
        if data := b"".join(whole):
            self._read.append(Lines(data, len(data), 0))
        whole.clear()


class _Ends:
    """Where lines end, which of them could end a block, and how many marks there are before."""

    def __init__(self, data: bytes, mark: bytes) -> None:
        letters = np.frombuffer(data, np.uint8)
        ends = np.flatnonzero(letters == ord("\n")) + 1
        if not len(ends) or ends[-1] != len(data):
            ends = np.append(ends, len(data))
        self.lines: NDArray[np.int64] = ends
        self._may = np.flatnonzero(_mixed(letters, ends) % np.uint64(_LINES) == 0)
        marks = np.flatnonzero(letters == ord(mark)) if mark else np.empty(0, np.int64)
        self._marks = np.searchsorted(marks, ends)

    def of_block(self, start: int) -> int | None:
        """The number of the line that ends a block which begins at ``start``; None where it may go on."""
        first = int(np.searchsorted(self.lines, start, "right"))
        before = int(self._marks[first - 1]) if first else 0
        large = int(np.searchsorted(self.lines, start + _MOST_BYTES))
        for line in self._may[np.searchsorted(self._may, first) :].tolist():
            if line >= large:
                break
            if (self._marks[line] - before) % 2 == 0:
                return int(line)
        within = (self._marks[large:] - before) % 2 != 0
        ending = np.flatnonzero(~within | (self.lines[large:] >= start + _MOST_IN_MARKS))
        return large + int(ending[0]) if len(ending) else None


def _mixed(letters: NDArray[np.uint8], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A number for each line that hangs on how long it is and on its last bytes, and on no other line."""
    sizes = np.diff(ends, prepend=0)
    padded = np.concatenate([np.zeros(_LAST, np.uint8), letters])
    last = np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(padded, _LAST)[ends]).view("<u8")[:, 0]
    # Bytes of the line before stand lowest.
    missing = np.maximum(_LAST - sizes, 0).astype(np.uint64) * np.uint64(8)
    last = np.where(sizes < _LAST, last >> missing, last)
    mixed = (last ^ sizes.astype(np.uint64) * _MIX) * _MIX
    return np.asarray(mixed >> np.uint64(40), np.uint64)
