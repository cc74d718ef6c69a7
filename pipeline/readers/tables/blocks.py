"""Rows of a large file some at a time, so that those which were read before are known again by their bytes.

Where a block ends hangs on the line it ends with and on how long it is, so a line that is added changes one block. Of a
block is kept a glance at each article, under a hash of the block's bytes and of all else that decides what is read.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from pipeline.readers import dates
from pipeline.readers.article import Article, Glance, Problem
from pipeline.readers.columns import SAMPLE
from pipeline.readers.decoding import UNREADABLE, Encoding, decoded, raw_lines
from pipeline.readers.reading import remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.readers.decoding import Line, RawLine
    from pipeline.readers.source_file import Seen, SourceFile

    Item = Article | Glance | Problem | Seen

# One line in so many ends a block, and whatever line brings it to so many bytes.
_LINES: Final = 64
_MOST_BYTES: Final = 1 << 20
# Problems that hang on more than the block: the day it is, and where in the file it stands.
_NOT_KEPT: Final = frozenset({"odd-date", "not-utf-8"})


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its line or number in the file, and its values by column name."""

    row: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a file that stand together, after ``number`` lines and ``offset`` bytes.

    ``told`` is a hash of what decides, of all of its file, what is read of it.
    """

    told: str
    lines: Sequence[RawLine]
    encoding: Encoding
    number: int
    offset: int
    read: Callable[[Line], Iterator[Record | Problem]]

    def rows(self) -> Iterator[Record | Problem]:
        """What is read of its lines."""
        for line in decoded(self.lines, self.encoding, self.number, self.offset):
            yield from self.read(line)

    @property
    def height(self) -> int:
        """How many lines it has for a reader, to whom CR alone ends a line as well."""
        if any(data is None or b"\r" in data for data, _ in self.lines):
            return sum(1 for _ in decoded(self.lines, self.encoding, self.number, self.offset))
        return len(self.lines)

    def digest(self) -> str:
        """A hash of its bytes; empty where there are too many."""
        hashed = hashlib.sha256()
        for data, _ in self.lines:
            if data is None:
                return ""
            hashed.update(data)
        return hashed.hexdigest()


def in_blocks(
    opened: IO[bytes], file: SourceFile, encoding: Encoding, read: Callable[[Line], Iterator[Record | Problem]]
) -> Iterator[Record | Problem | Block]:
    """Rows of an open file: the first one by one, as many as its columns are chosen by, the others in blocks."""
    said = file.choices
    # Dates of two digits hang on the year it is.
    told = _hash_of(
        file.origin, encoding, dates.today().year, sorted(said.columns.items()), said.dates,
        sorted(said.outlets.items()), sorted(said.removed.ids), sorted(said.removed.places),
    )  # fmt: skip
    raw = raw_lines(opened)
    number = offset = given = 0
    while given < SAMPLE and (line := next(raw, None)):
        first = Block(told, [line], encoding, number, offset, read)
        number, offset = number + first.height, offset + line[1]
        for row in first.rows():
            given += 1
            yield row
    for lines in _grouped(raw):
        block = Block(told, lines, encoding, number, offset, read)
        number, offset = number + block.height, offset + sum(size for _, size in lines)
        yield block


def _grouped(raw: Iterator[RawLine]) -> Iterator[Sequence[RawLine]]:
    waiting: list[RawLine] = []
    size = 0
    damage: Exception | None = None
    while damage is None:
        try:
            line = next(raw, None)
        except UNREADABLE as error:
            line, damage = None, error
        if line is None:
            break
        waiting.append(line)
        size += line[1]
        if size >= _MOST_BYTES or not zlib.crc32(line[0] or b"") % _LINES:
            yield waiting
            waiting, size = [], 0
    if waiting:
        yield waiting
    if damage:
        raise damage


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
    known = _unpacked(kept, file.origin, block.number) if kept else None
    if known is not None and not any(isinstance(item, Glance) and item.article_id in file.wanted for item in known):
        yield from known
        return
    packed: list[list[Any] | None] = []
    latest = 0
    for item in items:
        packed.append(_packed(item, file, block.number))
        if isinstance(item, Article) and item.published_to:
            latest = max(latest, item.published_to.toordinal())
        yield item
    whole = None not in packed and repr(decided_by) == decided
    if known is None and whole and latest <= dates.today().toordinal():
        memory.put(key, json.dumps([latest, packed], separators=(",", ":")))


def _hash_of(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _packed(item: Item, file: SourceFile, number: int) -> list[Any] | None:
    """A glance or a problem as JSON holds it, its row counted from the block's; None of what is not kept."""
    if isinstance(item, Article):
        seen = Glance.of(item, removed=file.choices.removed.holds(item))
        values = [seen.text_hash.hex(), seen.source, seen.language, seen.doubts, seen.told, seen.length, seen.removed]
        return [seen.origin_row - number, seen.article_id, *values]
    if isinstance(item, Problem) and item.code not in _NOT_KEPT and item.origin_row > number:
        return [item.origin_row - number, item.code, item.reason, item.used]
    return None


def _unpacked(kept: str, origin: str, number: int) -> list[Item] | None:
    """What was kept of a block; None where one of its days is to come, as this machine's clock has it now."""
    latest, packed = json.loads(kept)
    if latest > dates.today().toordinal():
        return None
    items: list[Item] = []
    for row, name, *values in packed:
        if len(values) == 2:
            items.append(Problem(origin, row + number, name, *values))
            continue
        text_hash, source, language, doubts, told, length, removed = values
        place = (origin, row + number, removed)
        items.append(Glance(name, bytes.fromhex(text_hash), source, language, tuple(doubts), told, length, *place))
    return items
