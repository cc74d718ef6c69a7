"""Rows of a large file some at a time, so that those which were read before are known again by their bytes.

Of a block is kept a glance at each article, under a hash of the block's bytes and of all else that decides what is
read. A row that goes on beyond the end of its block is read to its end, and that block is not kept.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final

from pipeline.readers import dates
from pipeline.readers.article import Article, Glance, Problem
from pipeline.readers.columns import SAMPLE
from pipeline.readers.decoding import Encoding, decoded
from pipeline.readers.reading import remembered
from pipeline.readers.source_file import Seen
from pipeline.readers.tables.lines_ahead import LinesAhead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.readers.decoding import Line
    from pipeline.readers.source_file import SourceFile
    from pipeline.readers.tables.lines_ahead import Lines

    Item = Article | Glance | Problem | Seen

# Problems that hang on more than the bytes: the day it is, where in the file they stand, the disk, the reader.
_NOT_KEPT: Final = frozenset({"odd-date", "not-utf-8", "unreadable-file", "reader-failed"})


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its line or number in the file, and its values by column name."""

    row: int
    values: dict[str, str]


@dataclass
class Block:
    """Lines of a file that stand together, after ``number`` lines and ``offset`` bytes.

    ``told`` is a hash of what decides, of all of its file, what is read of it; ``read`` makes rows of lines, of which
    it asks for more by :meth:`take`; ``ahead`` are the lines after it; it ``overran`` where its last row went there.
    """

    told: str
    own: Lines
    encoding: Encoding
    number: int
    offset: int
    read: Callable[[Block], Iterator[Record | Problem]]
    ahead: LinesAhead
    overran: bool = False
    _lines: Iterator[Line] = field(default_factory=lambda: iter(()), repr=False)
    _after: tuple[int, int] | None = None

    def rows(self) -> Iterator[Record | Problem]:
        """What is read of its lines."""
        self._lines = decoded(self.own, self.encoding, self.number, self.offset)
        return self.read(self)

    def take(self, *, further: bool = False) -> Line | None:
        """The next of its lines, None after the last, unless a row goes on ``further``."""
        line = next(self._lines, None)
        if line is not None or not further:
            return line
        # Also where the file ends: with lines after it, a block of these bytes would be read in another way.
        self.overran = True
        raw = self.ahead.take()
        if raw is None:
            return None
        number, offset = self.after
        further_lines = list(decoded(raw, self.encoding, number, offset))
        self._after = number + len(further_lines), offset + raw.size
        self._lines = iter(further_lines)
        return next(self._lines)

    @property
    def after(self) -> tuple[int, int]:
        """How many lines and bytes of the file end with it. For a reader, CR alone ends a line as well."""
        if self._after is None:
            height, data = self.own.count, self.own.data
            if data is None or data.count(b"\r") != data.count(b"\r\n"):
                height = sum(1 for _ in decoded(self.own, self.encoding, offset=1))
            self._after = self.number + height, self.offset + self.own.size
        return self._after

    def digest(self) -> str:
        """A hash of its bytes; empty where there are too many."""
        return hashlib.sha256(self.own.data).hexdigest() if self.own.data is not None else ""


def in_blocks(
    opened: IO[bytes],
    file: SourceFile,
    encoding: Encoding,
    read: Callable[[Block], Iterator[Record | Problem]],
    *,
    decided_by: object = None,
    mark: bytes = b"",
) -> Iterator[Record | Problem | Block]:
    """Rows of an open file: the first one by one, as many as its columns are chosen by, the others in blocks.

    Args:
        opened: the file.
        file: what is known of it.
        encoding: how its bytes are text, of those in which a byte of its own ends a line.
        read: makes rows of a block's lines.
        decided_by: what decides what is read of a line besides the file's encoding, by its ``repr``.
        mark: what stands around cells that may hold line breaks, if any do.
    """
    # Dates of two digits hang on the year it is.
    told = _hash_of(file.origin, encoding, dates.today().year, file.choices.told, decided_by)
    ahead = LinesAhead(opened, mark)
    number = offset = given = 0
    while given < SAMPLE and (line := ahead.take()):
        first = Block(told, line, encoding, number, offset, read, ahead)
        for row in first.rows():
            given += 1
            yield row
        number, offset = first.after
    for lines in ahead.blocks():
        block = Block(told, lines, encoding, number, offset, read, ahead)
        yield block
        number, offset = block.after


def glances(
    block: Block, file: SourceFile, decided_by: object, read: Callable[[Record | Problem], Iterable[Item]]
) -> Iterator[Item]:
    """What is read of a block: glances at its articles where they are remembered and none of them is wanted.

    Args:
        block: the rows.
        file: their file, and who is wanted of it.
        decided_by: all that decides what is read besides the block, by its ``repr``; asked for before and after, since
            reading may change it.
        read: reads a row.
    """
    items = (item for row in block.rows() for item in read(row))
    memory, digest = remembered(), block.digest()
    if memory is None or not digest or file.wanted is None:
        yield from items
        return
    decided = repr(decided_by)
    key = _hash_of(block.told, decided, digest)
    kept = memory.get(key)
    known = unpacked(kept, file.origin, block.number) if kept else None
    if known is not None and not any(isinstance(item, Glance) and item.article_id in file.wanted for item in known):
        yield from known
        return
    seen: list[list[Any] | None] = []
    latest = 0
    for item in items:
        seen.append(packed(item, file, block.number))
        if isinstance(item, Article) and item.published_to:
            latest = max(latest, item.published_to.toordinal())
        yield item
    whole = None not in seen and repr(decided_by) == decided and not block.overran
    if known is None and whole and latest <= dates.today().toordinal():
        memory.put(key, json.dumps([latest, seen], separators=(",", ":")))


def _hash_of(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def packed(item: Item, file: SourceFile, number: int) -> list[Any] | None:
    """What is read as JSON holds it, an article by a glance, rows counted from ``number``; None of what is not kept."""
    if isinstance(item, Seen):
        return [item.kind, item.columns, item.rows, item.guessed]
    if isinstance(item, Article):
        seen = Glance.of(item, removed=file.choices.removed.holds(item))
        values = [seen.text_hash.hex(), seen.source, seen.language, seen.doubts, seen.told, seen.length, seen.removed]
        return [seen.origin_row - number, seen.article_id, *values]
    if isinstance(item, Problem) and item.code not in _NOT_KEPT and item.origin_row > number:
        return [item.origin_row - number, item.code, item.reason, item.used]
    return None


def unpacked(kept: str, origin: str, number: int) -> list[Item] | None:
    """What was :func:`packed`; None where one of its days is to come, as this machine's clock has it now."""
    latest, packed = json.loads(kept)
    if latest > dates.today().toordinal():
        return None
    items: list[Item] = []
    for row, name, *values in packed:
        if isinstance(row, str):
            rows, guessed = values
            items.append(Seen(row, name, rows, tuple(guessed)))
            continue
        if len(values) == 2:
            items.append(Problem(origin, row + number, name, *values))
            continue
        text_hash, source, language, doubts, told, length, removed = values
        place = (origin, row + number, removed)
        items.append(Glance(name, bytes.fromhex(text_hash), source, language, tuple(doubts), told, length, *place))
    return items
