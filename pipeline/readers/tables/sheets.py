"""Readers of spreadsheets, Parquet and Feather files and SQLite databases: one article a row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.feather import read_table
from python_calamine import CalamineError, CalamineWorkbook

from pipeline.readers.article import Problem
from pipeline.readers.columns import has_article_columns, says_nothing
from pipeline.readers.decoding import unreadable
from pipeline.readers.safety import archive_fault
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.tables.blocks import Record
from pipeline.readers.tables.nested import flat
from pipeline.readers.tables.records import Item, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD_ROWS: Final = 40
_MOST_BYTES: Final = 500 << 20
_BATCH: Final = 500


class SpreadsheetReader:
    """Reads ``.xlsx``, ``.xls`` and ``.ods``: every sheet with a header that names columns of articles."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the sheet in order."""
        if fault := archive_fault(file.path):
            yield Problem(file.origin, 0, "unsafe-archive", fault, used=False)
            return
        if file.path.stat().st_size > _MOST_BYTES:
            reason = f"The workbook is larger than {_MOST_BYTES >> 20} MB; save it as CSV or Parquet."
            yield Problem(file.origin, 0, "too-large", reason, used=False)
            return
        try:
            with file.path.open("rb") as opened:
                book = CalamineWorkbook.from_filelike(opened)
            sheets = [
                (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
            ]
        except (CalamineError, OSError, ValueError) as error:
            yield unreadable(file.origin, error)
            return
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
                raise
            yield unreadable(file.origin, ValueError("it is damaged"))
            return
        yield from _read_sheets(sheets, file)


def _read_sheets(sheets: list[tuple[str, list[list[Any]]]], file: SourceFile) -> Iterator[Item]:
    filled = [(name, rows) for name, rows in sheets if any(any(map(_text, row)) for row in rows)]
    headed = [(name, rows, at) for name, rows in filled if (at := _header(rows)) is not None]
    if not headed:
        yield Seen("workbook")
        reason = (
            "No sheet has a line that names its columns, such as outlet, date, title and text; add one above the rows."
            if filled
            else "The workbook is empty; fill it or remove it."
        )
        yield Problem(file.origin, 0, "bad-columns" if filled else "empty-file", reason, used=False)
        return
    others = [name for name, _ in filled if name not in {name for name, _, _ in headed}]
    if others:
        reason = (
            f"Sheets without names of columns such as text and outlet were not read: {', '.join(others)[:300]}. If one "
            "holds articles, name its columns."
        )
        yield Problem(file.origin, 0, "sheets-not-read", reason, used=True)
    for name, rows, at in headed:
        yield from _read_sheet(rows, at, file, name if len(headed) > 1 and not says_nothing(name) else "")


def _read_sheet(rows: list[list[Any]], at: int, file: SourceFile, place: str) -> Iterator[Item]:
    above = sum(any(map(_text, row)) for row in rows[:at])
    if above:
        reason = (
            f"{above} lines stand above the names of the columns and were not read. Check that they are no articles."
        )
        yield Problem(file.origin, 1, "lines-above-header", reason, used=True)
    header = [_text(value) for value in rows[at]]

    def records() -> Iterator[Record | Problem]:
        for number, row in enumerate(rows[at + 1 :], at + 2):
            cells = [_text(value) for value in row]
            if any(value.strip() for value in cells):
                yield Record(number, dict(zip(header, cells, strict=False)))

    if not any(any(map(_text, row)) for row in rows[at + 1 :]):
        reason = "The sheet holds a line of column names and no row; add rows or remove the file."
        yield Problem(file.origin, 0, "no-rows", reason, used=False)
        return
    yield from read_records(records, file, "workbook", place)


def _header(rows: list[list[Any]]) -> int | None:
    return next(
        (number for number, row in enumerate(rows[:_HEAD_ROWS]) if has_article_columns(filter(None, map(_text, row)))),
        None,
    )


def _text(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


class ParquetReader:
    """Reads ``.parquet`` files."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the file in order."""
        try:
            with pq.ParquetFile(file.path) as opened:
                rows = opened.metadata.num_rows
            if not rows:
                yield Problem(file.origin, 0, "no-rows", "The table has no row; fill it or remove it.", used=False)
                return
            yield from read_records(lambda: _parquet_rows(file), file, "Parquet")
        except (pa.ArrowException, OSError, ValueError) as error:
            yield unreadable(file.origin, error)


class FeatherReader:
    """Reads ``.feather`` and ``.arrow`` files."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the file in order."""
        try:
            table = read_table(str(file.path), memory_map=True)
            if not table.num_rows:
                yield Problem(file.origin, 0, "no-rows", "The table has no row; fill it or remove it.", used=False)
                return
            yield from read_records(lambda: _rows(table.to_batches(max_chunksize=_BATCH)), file, "Feather")
        except (pa.ArrowException, OSError, ValueError) as error:
            yield unreadable(file.origin, error)


def _parquet_rows(file: SourceFile) -> Iterator[Record | Problem]:
    with pq.ParquetFile(file.path) as opened:
        yield from _rows(opened.iter_batches(batch_size=_BATCH))


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[Record | Problem]:
    number = 0
    for batch in batches:
        for row in batch.to_pylist():
            number += 1
            yield Record(
                number, flat({name: _plain(value) for name, value in row.items() if not name.startswith("__")})
            )


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, date | datetime):
        return _text(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value


class SqliteReader:
    """Reads SQLite databases such as NELA-GT's: the table whose columns are most those of articles."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the table in order of its rows."""
        try:
            with closing(self._open(file)) as database:
                tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
                columns = {
                    name: [row[1] for row in database.execute(f"PRAGMA table_info({_quoted(name)})")] for name in tables
                }
                fit = [name for name in tables if has_article_columns(columns[name])]
                counts = {name: database.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0] for name in fit}
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            # What sqlite3 says of a damaged schema holds bytes of it, which may be no text.
            yield unreadable(file.origin, error)
            return
        if not fit or not max(counts.values()):
            reason = (
                f"No table of the database holds articles (there are: {', '.join(tables)[:300]}); name its columns."
            )
            yield Problem(file.origin, 0, "bad-columns", reason, used=False)
            return
        table = max(fit, key=lambda name: counts[name])
        others = [name for name in tables if name != table and not name.startswith("sqlite_")]
        if others:
            reason = f"Of the database the table {table} was read, and not {', '.join(others)[:300]}."
            yield Problem(file.origin, 0, "tables-not-read", f"{reason} Export those to files of their own.", used=True)

        def rows() -> Iterator[Record | Problem]:
            with closing(self._open(file)) as database:
                stored = database.execute(f"SELECT * FROM {_quoted(table)}")
                for number, row in enumerate(stored, 1):
                    yield Record(
                        number, flat({name: _plain(value) for name, value in zip(columns[table], row, strict=True)})
                    )

        try:
            yield from read_records(rows, file, f"SQLite table {table}")
        except (sqlite3.Error, UnicodeDecodeError) as error:
            yield unreadable(file.origin, error)

    def _open(self, file: SourceFile) -> sqlite3.Connection:
        return sqlite3.connect(f"{file.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
