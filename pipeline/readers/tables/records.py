"""Records of any format, with a value for each column, to articles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import Article, Problem
from pipeline.readers.columns import SAMPLE, TEXT_NAMES, Columns, cell, choose
from pipeline.readers.dates import hangs_on_order, order_of
from pipeline.readers.decoding import UNREADABLE, unreadable
from pipeline.readers.reading import read_article
from pipeline.readers.source_file import Seen, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Item = Article | Problem | Seen

# Rows read again for the order of day and month, at most.
_DATES_READ: Final = 200_000


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its line or number in the file, and its values by column name."""

    row: int
    values: dict[str, str]


def read_records(
    rows: Callable[[], Iterator[Record | Problem]], file: SourceFile, kind: str, place: str = ""
) -> Iterator[Item]:
    """Articles of records.

    Args:
        rows: gives the records, each time from the first; problems among them are passed on.
        file: the file they are of.
        kind: what the file is, in words.
        place: the outlet it is named for; of the file's name if not given.
    """
    source = _until_damaged(rows(), file)
    first = list(islice(source, SAMPLE))
    sample = [item.values for item in first if isinstance(item, Record)]
    names = list(dict.fromkeys(name for values in sample for name in values))
    columns = choose(names, sample, file.choices.columns)
    yield Seen(f"{columns.dataset}, {kind}" if columns.dataset else kind, columns.uses())
    if not sample:
        yield from (item for item in chain(first, source) if isinstance(item, Problem))
        return
    if "text" not in columns.used:
        yield from (item for item in first if isinstance(item, Problem))
        yield _no_text(columns, sum(isinstance(item, Record) for item in chain(first, source)), file)
        return
    order = _order_of_sample(columns, sample)
    place = place or file.place_outlet()
    doubts = ("partial-text",) if columns.partial else ()
    for item in chain(first, source):
        if isinstance(item, Problem):
            yield item
            continue
        more = [name for name in item.values if name not in names]
        if more:  # a record far down with columns that none of the first has
            names += more
            columns = _with_more(columns, more)
            yield Seen(columns=dict.fromkeys(more, "kept"))
        values = columns.values(item.values)
        if order is None and hangs_on_order(values.get("published", "")):
            order = _order_of_all(_until_damaged(rows(), file), columns)
        yield from read_article(
            values,
            file.origin,
            item.row,
            own=columns.own_values(item.values),
            choices=file.choices,
            order=order or "",
            place=place,
            doubts=doubts,
        )


def _until_damaged(rows: Iterator[Record | Problem], file: SourceFile) -> Iterator[Record | Problem]:
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


def _order_of_all(rows: Iterator[Record | Problem], columns: Columns) -> str:
    """The same from all rows, which are read again for it; empty where they do not tell either."""
    records = (item for item in islice(rows, _DATES_READ) if isinstance(item, Record))
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
