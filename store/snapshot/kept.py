"""What readers make of a snapshot, kept in a file beside it, so that the next opening need not make it again.

A large corpus takes seconds to number, count and correct. The tables that come of it are written to a file of DuckDB's
own format, named after all they depend on: the snapshot, the corrections, the code, and the sum of its content. One
file is of the snapshot as it was built; where there are corrections, another begins as its copy, and only the rows that
they touch are changed. Files may be thrown away at any time, and nothing but the newest is left. Where they cannot be
written, or are damaged, tables are made in memory, as they are for a small corpus.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import duckdb

from store.snapshot import manifest
from store.snapshot.verify import AT_OPENING, checksum

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from store.snapshot.manifest import Manifest

# Articles from which on it is worth a file.
KEPT_FROM: Final = 5_000
PATTERN: Final = "reading-*.duckdb*"
# Seconds after which a file that nobody finished is nobody's.
_ABANDONED: Final = 3600
_TABLE: Final = re.compile(r"\s*CREATE TABLE (\w+) AS\s", re.ASCII)
_CHANGE: Final = re.compile(r"\s*(DELETE FROM|INSERT INTO|UPDATE) ", re.ASCII)
# Modules that decide what the tables are.
_CODE: Final = (
    "snapshot/views.py",
    "snapshot/derived_tables.py",
    "corrections/overlay.py",
    "corrections/recount.py",
    "corrections/effect.py",
)


def is_worth_it(current: Manifest) -> bool:
    """Whether a snapshot is large enough to keep something of it, and its files are known."""
    return current.counts.get("articles", 0) >= KEPT_FROM and bool(current.files)


class InMemory:
    """Makes tables where they are lost with the process."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run a statement that makes a view, or a table, of ``values`` where it has a ``?``."""
        self.connection.execute(sql, values or None)

    def change_rows(self, sql: str) -> None:
        """Run a statement that changes rows of a table made before."""
        self.connection.execute(sql)

    def work_out_again(self, name: str, sql: str) -> None:
        """Say that what is worked out when asked for is another now: it follows by itself."""

    def on_asking(self, name: str, sql: str) -> None:
        """Make what takes long and is seldom asked for."""
        self.execute(f"CREATE VIEW {name} AS {sql}")


class InFile(InMemory):
    """Makes tables in the attached database ``kept``, or finds them there; views are made either way."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, whole: bool) -> None:
        super().__init__(connection)
        self._whole = whole
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'kept'").fetchall()
        self._there = {name for (name,) in tables}

    def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run a statement; a table that is kept is not made again."""
        match = _TABLE.match(sql)
        if not match:
            self.connection.execute(sql)
            return
        name = match.group(1)
        if name not in self._there:
            self.connection.execute(f"CREATE TABLE kept.{name} AS {sql[match.end() :]}", values or None)
        self.connection.execute(f"CREATE VIEW {name} AS SELECT * FROM kept.{name}")

    def change_rows(self, sql: str) -> None:
        """Change rows of a table, unless the file holds the corrected ones already."""
        if not self._whole:
            self.connection.execute(_CHANGE.sub(r"\1 kept.", sql, count=1))

    def work_out_again(self, name: str, sql: str) -> None:
        """Work out anew what is kept."""
        self.change_rows(f"DELETE FROM {name}")
        self.change_rows(f"INSERT INTO {name} {sql}")

    def on_asking(self, name: str, sql: str) -> None:
        """Keep what takes long, whoever asks for it."""
        self.execute(f"CREATE TABLE {name} AS {sql}")


class Kept:
    """The file of one snapshot under some corrections; ``corrected`` is their mark, empty for none."""

    def __init__(self, path: Path, current: Manifest, corrected: str) -> None:
        facts = [
            *(str(current.snapshot), corrected, duckdb.__version__, *_sources()),
            *(f"{file} {sha}" for file, (_, sha) in sorted(current.files.items())),
        ]
        key = hashlib.sha256("\n".join(facts).encode()).hexdigest()[:20]
        self._path = path
        self._name = f"reading-{current.snapshot}-{key}"

    def found(self) -> Path | None:
        """The file, when it is there and whole."""
        for file in sorted(self._path.glob(f"{self._name}-*.duckdb")):
            with suppress(OSError):
                if file.stat().st_size > AT_OPENING or checksum(file).startswith(file.stem.rpartition("-")[2]):
                    return file
            remove(file)
        return None

    @contextmanager
    def made(self, connection: duckdb.DuckDBPyConnection, start: Path | None = None) -> Iterator[None]:
        """A database ``kept`` to make tables in, kept when all went well, and read from there on.

        It has the tables of the file ``start``, which stays.
        """
        beside = self._path / f"{self._name}.duckdb.{uuid4().hex}.part"
        try:
            if start:
                shutil.copyfile(start, beside)
            _attach(connection, beside, "")
            yield
            connection.execute("DETACH kept")
            _flush(beside)
            file = self._path / f"{self._name}-{checksum(beside)[:16]}.duckdb"
            beside.replace(file)
        except BaseException:
            remove(beside)
            raise
        remove_others(self._path, {file, start})
        attach(connection, file)


def _sources() -> list[str]:
    room = Path(__file__).parents[1]
    return [checksum(room / name) for name in _CODE]


def attach(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Read ``file`` as the database ``kept``; a duckdb.Error when it is none of ours."""
    _attach(connection, file, " (READ_ONLY)")
    views = connection.sql("SELECT 1 FROM duckdb_views() WHERE database_name = 'kept' AND NOT internal").fetchall()
    if views:
        connection.execute("DETACH kept")
        message = f"{file} holds more than tables"
        raise duckdb.InvalidInputException(message)


def _attach(connection: duckdb.DuckDBPyConnection, file: Path, how: str) -> None:
    quoted = str(file).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS kept{how}")


def _flush(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    manifest.flush_folder(file.parent)


def remove_others(path: Path, wanted: Collection[Path | None] = ()) -> None:
    """Remove all such files but ``wanted``, and those somebody is writing now."""
    for file in path.glob(PATTERN):
        with suppress(OSError):
            if file not in wanted and (file.suffix != ".part" or time.time() - file.stat().st_mtime > _ABANDONED):
                file.unlink()


def remove(file: Path) -> None:
    """Remove a file that is of no use; where that cannot be done it stays."""
    with suppress(OSError):
        file.unlink()
