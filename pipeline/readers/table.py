"""Reader of CSV tables: one article a row."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import Article, Problem, read_article, too_long
from pipeline.readers.columns import TEXT_NAMES, columns_of, values_of
from pipeline.readers.decoding import (
    MAX_LINE_BYTES,
    UNREADABLE,
    Line,
    empty_file,
    not_utf8,
    open_bytes,
    read_lines,
    unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DELIMITERS: Final = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the line it starts on, its values by column name, and a problem instead of them."""

    line: int
    values: dict[str, str]
    problem: Problem | None = None


def read_rows(path: Path) -> Iterator[Row]:
    """Rows of a CSV file one at a time; the first is the header by its names, and the only one if it has a problem.

    Comma, semicolon or tab separate the columns, whichever the header uses most.

    Raises:
        OSError, EOFError, zlib.error: the file cannot be read.
    """
    # A property of the whole process, and the only door the csv module has for long texts.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))
    with open_bytes(path) as file:
        watched = _Watched(read_lines(file))
        header_line = next((text for text in watched if text.strip()), "")
        if not header_line:
            return
        delimiter = max(_DELIMITERS, key=header_line.count)
        origin, line = path.as_posix(), watched.number
        try:
            header = next(csv.reader([header_line], delimiter=delimiter), [])
        except csv.Error as error:
            yield Row(line, {}, _bad_row(origin, line, error))
            return
        if watched.bad_byte is not None:
            yield Row(line, {}, not_utf8(origin, line, watched.bad_byte))
            return
        yield Row(line, {name: name for name in header})
        yield from _rows_below(header, watched, delimiter, origin)


def _bad_row(origin: str, line: int, error: csv.Error) -> Problem:
    reason = f"The row is not CSV ({error}); put texts in quotation marks and double those within them."
    return Problem(origin, line, "bad-row", reason, used=False)


def _rows_below(header: list[str], watched: _Watched, delimiter: str, origin: str) -> Iterator[Row]:
    reader = csv.reader(watched, delimiter=delimiter, strict=True)
    while True:
        line = watched.start_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, {}, _bad_row(origin, line, error))
            continue
        if watched.bad_byte is not None:
            yield Row(line, {}, not_utf8(origin, line, watched.bad_byte))
        elif watched.cut:
            yield Row(line, {}, too_long(origin, line))
        elif any(cell.strip() for cell in cells):
            yield Row(line, dict(zip(header, cells, strict=False)))


class _Watched:
    """Texts of lines, which remembers what was wrong with those of the current row."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self.number = 0
        self.bad_byte: int | None = None
        self.cut = False

    def start_row(self) -> int:
        """Forget the row before; the number of the line that comes next."""
        self.bad_byte, self.cut = None, False
        return self.number + 1

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number = line.number
            self.cut |= line.cut
            if self.bad_byte is None:
                self.bad_byte = line.bad_byte
            yield line.text


class TableReader:
    """Reads ``.csv`` files with a header. An article without a source gets the name of the file as its source."""

    suffixes = (".csv", ".csv.gz")

    def read(self, path: Path) -> Iterator[Article | Problem]:
        """Articles of the file in order, with the problems of its rows."""
        origin = path.as_posix()
        try:
            rows = read_rows(path)
            header = next(rows, None)
            if header is None:
                yield empty_file(origin)
                return
            if header.problem:
                yield header.problem
                return
            if "text" not in columns_of(header.values):
                reason = f"No column is named {TEXT_NAMES}; name the columns in the first line."
                yield Problem(origin, 1, "bad-columns", reason, used=False)
                return
            for row in rows:
                if row.problem:
                    yield row.problem
                    continue
                values = values_of(row.values)
                values["source"] = values["source"].strip() or path.name.split(".")[0]
                yield from read_article(values, origin, row.line)
        except UNREADABLE as error:
            yield unreadable(origin, error)
