"""Records of any format, with a value for each column, to articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import Article, Glance, Problem
from pipeline.readers.columns import SAMPLE, TEXT_NAMES, Columns, cell, choose
from pipeline.readers.dates import hangs_on_order, order_of
from pipeline.readers.decoding import UNREADABLE, unreadable
from pipeline.readers.reading import read_article
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.tables.blocks import Block, Record, glances

if TYPE_CHECKING:
    from collections.abc import Iterable

Item = Article | Glance | Problem | Seen

# Rows read again for the order of day and month, at most.
_DATES_READ: Final = 200_000


Rows = Callable[[], Iterator[Record | Problem | Block]]


def read_records(rows: Rows, file: SourceFile, kind: str, place: str = "") -> Iterator[Item]:
    """Articles of records.

    Args:
        rows: gives the records, each time from the first, those after the first :data:`SAMPLE` perhaps in blocks;
            problems among them are passed on.
        file: the file they are of.
        kind: what the file is, in words.
        place: the outlet it is named for; of the file's name if not given.
    """
    source = _until_damaged(rows(), file)
    first = list(islice(source, SAMPLE))
    sample = [item.values for item in first if isinstance(item, Record)]
    names = list(dict.fromkeys(name for values in sample for name in values))
    columns = choose(names, sample, file.choices.columns)
    yield Seen(f"{columns.dataset}, {kind}" if columns.dataset else kind, columns.uses(), guessed=columns.guessed)
    if not sample:
        yield from (item for item in _apart(chain(first, source)) if isinstance(item, Problem))
        return
    if "text" not in columns.used:
        yield from (item for item in first if isinstance(item, Problem))
        yield _no_text(columns, sum(isinstance(item, Record) for item in _apart(chain(first, source))), file)
        return
    reader = _Reader(rows, file, names, columns, _order_of_sample(columns, sample), place or file.place_outlet())
    for item in chain(first, source):
        if isinstance(item, Block):
            yield from glances(item, file, reader, reader.read)
        else:
            yield from reader.read(item)


@dataclass(slots=True)
class _Reader:
    """What is known of a file so far, by which its next record is read; ``order`` is None until it is asked for."""

    rows: Rows = field(repr=False)
    file: SourceFile = field(repr=False)
    names: list[str]
    columns: Columns
    order: str | None
    place: str

    def read(self, item: Record | Problem) -> Iterator[Item]:
        """The article of a record."""
        if isinstance(item, Problem):
            yield item
            return
        more = [name for name in item.values if name not in self.names]
        if more:  # a record far down with columns that none of the first has
            self.names += more
            self.columns = _with_more(self.columns, more)
            yield Seen(columns=dict.fromkeys(more, "kept"))
        values = self.columns.values(item.values)
        if self.order is None and hangs_on_order(values.get("published", "")):
            self.order = _order_of_all(_until_damaged(self.rows(), self.file), self.columns)
        yield from read_article(
            values,
            self.file.origin,
            item.row,
            own=self.columns.own_values(item.values),
            choices=self.file.choices,
            order=self.order or "",
            place=self.place,
            doubts=("partial-text",) if self.columns.partial else (),
        )


def _apart(items: Iterable[Record | Problem | Block]) -> Iterator[Record | Problem]:
    """Rows one by one."""
    for item in items:
        if isinstance(item, Block):
            yield from item.rows()
        else:
            yield item


def _until_damaged(rows: Iterator[Record | Problem | Block], file: SourceFile) -> Iterator[Record | Problem | Block]:
    """Records up to where the file is damaged, and that it is."""
    try:
        yield from rows
    except UNREADABLE as error:
        yield unreadable(file.origin, error)


def _with_more(columns: Columns, more: list[str]) -> Columns:
    return replace(columns, own_columns=(*columns.own_columns, *more))


def _order_of_sample(columns: Columns, sample: list[dict[str, str]]) -> str | None:
    """Whether the day or month stands first in the column of dates; None where its first rows do not tell."""
    return order_of(cell(row.get(name, "")) for name in _dates(columns) for row in sample) or None


def _order_of_all(rows: Iterator[Record | Problem | Block], columns: Columns) -> str:
    """The same from all rows, which are read again for it; empty where they do not tell either."""
    records = (item for item in islice(_apart(rows), _DATES_READ) if isinstance(item, Record))
    return order_of(cell(item.values.get(name, "")) for item in records for name in _dates(columns))


def _dates(columns: Columns) -> tuple[str, ...]:
    return columns.used.get("published", ())[:1]


def _no_text(columns: Columns, rows: int, file: SourceFile) -> Problem:
    if "url" in columns.used:
        reason = (
            f"These are {rows:,} addresses, not texts; save the pages and add them, or add a column named {TEXT_NAMES}."
        )
        return Problem(file.origin, 0, "addresses-only", reason, used=False)
    if any(len(name) > 60 for name in columns.uses()):
        reason = (
            "The first line does not name the columns; write their names above the rows: outlet, date, title, text."
        )
        return Problem(file.origin, 1, "bad-columns", reason, used=False)
    named = ", ".join([*columns.uses()][:12])
    reason = f"No column is named {TEXT_NAMES} (there are: {named[:300]}); name the columns in the first line."
    return Problem(file.origin, 1, "bad-columns", reason, used=False)
