"""Reader of tables in text files: comma, semicolon, tab or bar between the cells, one article a row."""

from __future__ import annotations

import csv
import re
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

from pipeline.readers.article import Problem, too_long
from pipeline.readers.columns import columns_of_role
from pipeline.readers.dates import parse_date
from pipeline.readers.decoding import (
    MAX_LINE_BYTES,
    UNREADABLE,
    Encoding,
    Line,
    empty_file,
    encoding_of,
    guessed_encoding,
    not_utf8,
    open_bytes,
    read_lines,
    unreadable,
)
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.tables.blocks import Block, Record, in_blocks
from pipeline.readers.tables.dialect import HEAD_LINES, Dialect, cells_of, dialect_of
from pipeline.readers.tables.records import Item, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A cell that runs over more lines than this, where a line of it would be a row, has swallowed rows.
_LINES_HELD: Final = 5_000
_DIGITS: Final = re.compile(r"\d+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


class DelimitedReader:
    """Reads ``.csv``, ``.tsv``, ``.tab`` files and ``.txt`` files that hold a table."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the file in order, with the problems of its rows."""
        # A property of the whole process, and the only door the csv module has for long texts.
        csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))
        try:
            encoding = encoding_of(file.path)
            dialect = sniff(file.path, encoding)
            if dialect is None:
                yield empty_file(file.origin)
                return
            if not encoding.sure:
                yield guessed_encoding(file.origin, encoding)
            yield from _above(dialect, file)
            kind = f"table with {dialect.in_words}, {encoding.name}"
            any_item = False
            table = _Table(file.path, encoding, dialect, file.origin)
            for item in read_records(lambda: table.blocks(file), file, kind):
                any_item = any_item or not isinstance(item, Seen)
                yield item
            if not any_item:
                reason = "The file holds a line of column names and no row; add rows or remove the file."
                yield Problem(file.origin, 0, "no-rows", reason, used=False)
        except UNREADABLE as error:
            yield unreadable(file.origin, error)


def sniff(path: Path, encoding: Encoding | None = None) -> Dialect | None:
    """The dialect of a table in a text file; ``None`` for an empty file.

    Raises:
        OSError, EOFError, zlib.error: the file cannot be read.
    """
    with open_bytes(path) as file:
        lines = [line.text for line in islice(read_lines(file, encoding or encoding_of(path)), HEAD_LINES)]
    return dialect_of(lines)


def rows_of(path: Path, origin: str) -> tuple[Dialect | None, Iterator[Record | Problem]]:
    """The dialect and the rows of a table."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))
    encoding = encoding_of(path)
    dialect = sniff(path, encoding)
    return dialect, _Table(path, encoding, dialect, origin).rows() if dialect else iter(())


def _above(dialect: Dialect, file: SourceFile) -> Iterator[Item]:
    if dialect.header > 0 and not (dialect.header == 1 and dialect.told_by_first_line):
        stand = "1 line stands" if dialect.header == 1 else f"{dialect.header} lines stand"
        reason = f"{stand} above the names of the columns and were not read. Check that they are no articles."
        yield Problem(file.origin, 1, "lines-above-header", reason, used=True)


class Take(Protocol):
    """Gives one line after another, None after the last: also one after those it has, if a row goes on further."""

    def __call__(self, *, further: bool) -> Line | None:
        """The next line."""
        ...


class _Table:
    """Rows of a delimited file; what was wrong with a row is told with how many rows it cost."""

    def __init__(self, path: Path, encoding: Encoding, dialect: Dialect, origin: str) -> None:
        self._path, self._encoding, self._dialect, self._origin = path, encoding, dialect, origin
        self._names = _distinct_names(dialect.names)
        self._date = next((i for i, name in enumerate(dialect.names) if columns_of_role("published", name)), None)

    def rows(self) -> Iterator[Record | Problem]:
        """Records, each with the line it begins on, and problems."""
        with open_bytes(self._path) as opened:
            lines = iter(read_lines(opened, self._encoding))
            for _ in range(self._dialect.header + 1):
                next(lines, None)
            yield from self._records(lambda *, further: next(lines, None))  # noqa: ARG005  all are at hand

    def blocks(self, file: SourceFile) -> Iterator[Record | Problem | Block]:
        """The same in blocks, where a glance at articles of the ``file`` will do."""
        if file.wanted is None or not self._encoding.by_lines:
            yield from self.rows()
            return
        above = self._dialect.header + 1

        def read(block: Block) -> Iterator[Record | Problem]:
            nonlocal above
            while above and block.take() is not None:
                above -= 1
            yield from self._records(block.take)

        with open_bytes(self._path) as opened:
            yield from in_blocks(opened, file, self._encoding, read, decided_by=self._dialect, mark=b'"')

    def _records(self, take: Take) -> Iterator[Record | Problem]:
        """Rows of the lines that ``take`` gives; it is told whether a row, or one broken over lines, goes on."""
        waiting: deque[Line] = deque()
        short: list[tuple[int, list[str]]] = []
        while True:
            row_lines: list[Line] = []
            cells, fault = self._next_row(take, waiting, row_lines, goes_on=bool(short))
            if not row_lines:
                break
            first = row_lines[0].number
            if any(line.cut for line in row_lines):
                yield too_long(self._origin, first)
                continue
            for line in row_lines:
                if line.bad_byte is not None:
                    yield not_utf8(self._origin, line.number, line.bad_byte)
            if fault or (len(row_lines) > 1 and self._swallowed(cells, row_lines)):
                yield from self._with_stray_mark(row_lines, fault)
                # Whatever the stray mark swallowed is read again, line by line.
                waiting.extendleft(reversed(row_lines[1:]))
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) < len(self._names) and (
                short or len(cells) < len(self._names) - 1 or not self._has_text(cells)
            ):
                short.append((first, cells))
                yield from self._joined(short)
                continue
            yield from self._broken(short)
            yield from self._whole(first, cells)
        yield from self._broken(short)

    def _next_row(
        self, take: Take, waiting: deque[Line], row_lines: list[Line], *, goes_on: bool
    ) -> tuple[list[str], str]:
        """Cells of the next row, and why it is none; ``row_lines`` gets its lines. It may be a part of one before."""

        def texts() -> Iterator[str]:
            while len(row_lines) < _LINES_HELD or not waiting:
                line = waiting.popleft() if waiting else take(further=goes_on or bool(row_lines))
                if line is None:
                    return
                row_lines.append(line)
                yield line.text

        reader = csv.reader(texts(), delimiter=self._dialect.delimiter, escapechar=self._dialect.escape, strict=True)
        try:
            return next(reader), ""
        except StopIteration:
            return [], "" if not row_lines else "no row"
        except csv.Error as error:
            return [], str(error)

    def _swallowed(self, cells: list[str], row_lines: list[Line]) -> bool:
        """Whether a row over several lines holds rows that a stray quotation mark swallowed.

        A row has as many cells as the table and a date written like that of the row at hand: not "in May, 2019, she".
        """
        if len(cells) > len(self._names):
            return True
        if self._date is None or len(self._names) < 2:
            return False
        written = _shape(cells[self._date]) if self._date < len(cells) else ""
        for line in row_lines[1:]:
            # The end of a cell has one mark, whatever commas stand in its last line.
            if line.text.count(self._dialect.delimiter) < len(self._names) - 1 or line.text.count('"') % 2:
                continue
            try:
                inner = cells_of(line.text.strip("\r\n"), self._dialect.delimiter)
            except csv.Error:
                continue
            date = inner[self._date] if len(inner) == len(self._names) else ""
            if date and (not written or _shape(date) == written) and parse_date(date).edtf:
                return True
        return False

    def _with_stray_mark(self, row_lines: list[Line], fault: str) -> Iterator[Record | Problem]:
        """The first line of ``row_lines`` with its marks as letters, if it is a whole row so; else what it cost."""
        over = len(row_lines) - 1
        lines = f"the {over:,} lines" if over > 1 else "the line"
        swallowed = f" A quotation mark in it had swallowed {lines} below, which were read again." if over else ""
        line = row_lines[0].text.strip("\r\n")
        plain = next(csv.reader([line], delimiter=self._dialect.delimiter, quoting=csv.QUOTE_NONE), [])
        rest = next(csv.reader([row_lines[1].text], delimiter=self._dialect.delimiter), []) if over else self._names
        if len(plain) == len(self._names) == len(rest):
            reason = (
                "The row has a stray quotation mark, which was taken for a letter; put texts in quotation marks and "
                f"double those within them. It cost no row.{swallowed}"
            )
            yield Problem(self._origin, row_lines[0].number, "stray-mark", reason, used=True)
            yield Record(row_lines[0].number, dict(zip(self._names, plain, strict=True)))
            return
        why = f" ({fault})" if fault and fault != "no row" else ""
        reason = (
            f"The row is not CSV{why}; put texts in quotation marks and double those within them. "
            f"It cost this 1 row.{swallowed}"
        )
        yield Problem(self._origin, row_lines[0].number, "bad-row", reason, used=False)

    def _has_text(self, cells: list[str]) -> bool:
        return any(
            columns_of_role("text", name) and value.strip() for name, value in zip(self._names, cells, strict=False)
        )

    def _whole(self, line: int, cells: list[str]) -> Iterator[Record | Problem]:
        extra = [cell for cell in cells[len(self._names) :] if cell.strip()]
        if extra:
            reason = (
                f"The row has {len(cells)} cells and the header {len(self._names)}: those beyond it were not used. "
                "Put texts that hold commas in quotation marks."
            )
            yield Problem(self._origin, line, "extra-cells", reason, used=True)
        yield Record(line, dict(zip(self._names, cells, strict=False)))

    def _joined(self, short: list[tuple[int, list[str]]]) -> Iterator[Record | Problem]:
        """A row broken over lines, once its pieces make a whole one."""
        cells = list(short[0][1])
        for _, more in short[1:]:
            cells = [*cells[:-1], cells[-1].rstrip("\r\n") + "\n" + more[0], *more[1:]] if more else cells
        if len(cells) < len(self._names) and len(short) < 200:
            return
        rows, short[:] = list(short), []
        if len(cells) == len(self._names) and len(rows) > 1:
            reason = f"The row is broken over {len(rows)} lines and was joined; put its text in quotation marks."
            yield Problem(self._origin, rows[0][0], "broken-row", reason, used=True)
            yield Record(rows[0][0], dict(zip(self._names, cells, strict=True)))
        else:
            yield from self._broken(rows)

    def _broken(self, short: list[tuple[int, list[str]]]) -> Iterator[Record | Problem]:
        """Rows with too few cells that do not make a whole one: each with a text is read as it is."""
        for line, cells in short:
            if self._has_text(cells):
                reason = (
                    f"The row has {len(cells)} of {len(self._names)} cells; the others were taken for empty. Check it."
                )
                yield Problem(self._origin, line, "short-row", reason, used=True)
                yield Record(line, dict(zip(self._names, cells, strict=False)))
            else:
                reason = (
                    f"The row has {len(cells)} of {len(self._names)} cells and no text: it cost 1 row. "
                    "If it is the rest of a text, put the text in quotation marks."
                )
                yield Problem(self._origin, line, "short-row", reason, used=False)
        short.clear()


def _shape(date: str) -> str:
    """How a date is written: "9-9-9" of "2019-03-04"."""
    return _LETTERS.sub("a", _DIGITS.sub("9", date.strip()))


def _distinct_names(names: tuple[str, ...]) -> list[str]:
    """Column names, a number after those that come twice."""
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return distinct


__all__ = ["DelimitedReader", "rows_of", "sniff"]
