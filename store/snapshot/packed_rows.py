"""What was found in each article of a large corpus, packed into a row of SQLite that is fetched by the article's id.

Tables lie in groups of twenty thousand rows that are read whole, so that the rows of one article cost as much as those
of a thousand. Here the rows that pages read by article (:data:`TABLES`) stand once more, as they were built: a table's
columns as JSON, compressed. The file is named after the snapshot and may be thrown away at any time; it begins as that
of the snapshot before, and only articles with another analysis key are packed anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zlib
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import pyarrow as pa

from store.schema import SORT_KEYS
from store.snapshot import delta_tables, manifest
from store.snapshot.verify import checksum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from store.snapshot.manifest import Manifest

# The tables, and where their rows lie in the order of articles.
TABLES: Final = {
    **dict.fromkeys(("passages", "quotes", "sentences")),
    **{name: copy for copy, name in delta_tables.ARTICLE_COPIES.items()},
}
PATTERN: Final = "packed-*.sqlite*"
_ROWS: Final = (
    "CREATE TABLE IF NOT EXISTS rows (article_id TEXT PRIMARY KEY, analysis_key TEXT NOT NULL, "
    f"{', '.join(f'{name} BLOB NOT NULL' for name in TABLES)})"
)
_PUT: Final = f"INSERT OR REPLACE INTO rows VALUES (?, ?{', ?' * len(TABLES)})"
# Articles packed at once, and asked for at once.
_PACKED: Final = 5_000
_ASKED: Final = 500
# Several articles to a page of the file.
_PAGE: Final = 16_384


def columns_of(table: str) -> list[str]:
    """The columns of a table's rows here: all but the text, which is cut from the article."""
    return [name for name in delta_tables.ALL[table].names if name != "text"]


def order_of(table: str) -> str:
    """SQL of the order of an article's rows."""
    return f'article_id, "{SORT_KEYS[table][-1]}"'


def source_of(table: str) -> str:
    """The view with a table's rows in the order of articles."""
    return TABLES[table] or table


class PackedRows:
    """The file of one snapshot."""

    def __init__(self, path: Path, current: Manifest) -> None:
        # Files of one code can be begun from each other.
        self._code = checksum(Path(__file__))[:8]
        facts = [f"{file} {sha}" for file, (_, sha) in sorted(current.files.items())]
        key = hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]
        self._path = path
        self.file = path / f"packed-{current.snapshot}-{self._code}-{key}.sqlite"

    def make(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Pack the rows of the snapshot whose tables, as they were built, are the views of ``connection``.

        Raises:
            OSError, sqlite3.Error: the file cannot be written.
        """
        if not self.file.exists():
            beside = self.file.with_name(f"{self.file.name}.{uuid4().hex}.part")
            try:
                for start in self._path.glob(f"packed-*-{self._code}-*.sqlite"):
                    shutil.copyfile(start, beside)
                    break
                with closing(sqlite3.connect(beside, isolation_level=None)) as packed:
                    _bring_up_to_date(packed, connection)
                beside.replace(self.file)
                manifest.flush_folder(self._path)
            finally:
                _remove(beside)
        remove(self._path, but=self.file)

    def rows(self, table: str, article_ids: Sequence[str]) -> pa.Table | None:
        """Rows of some articles as they were built, in the order of ``article_ids`` and of the text.

        None when the file is not there, or not whole.
        """
        found = self.tables([table], article_ids)
        return found[table] if found else None

    def tables(self, tables: Sequence[str], article_ids: Sequence[str]) -> dict[str, pa.Table] | None:
        """The same of several tables, fetched at once."""
        try:
            found = list(self._packed(tables, article_ids))
            return {
                table: _unpacked(table, [(article_id, packed[place]) for article_id, packed in found])
                for place, table in enumerate(tables)
            }
        except (sqlite3.Error, zlib.error, ValueError, LookupError):
            return None

    def _packed(self, tables: Sequence[str], article_ids: Sequence[str]) -> Iterator[tuple[str, Sequence[bytes]]]:
        if not self.file.exists():
            raise sqlite3.OperationalError
        with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            for first in range(0, len(article_ids), _ASKED):
                some = article_ids[first : first + _ASKED]
                marks = ", ".join("?" * len(some))
                sql = f"SELECT article_id, {', '.join(tables)} FROM rows WHERE article_id IN ({marks})"
                found = {article_id: packed for article_id, *packed in connection.execute(sql, some)}
                yield from ((article_id, found[article_id]) for article_id in some if article_id in found)


def _unpacked(table: str, found: Sequence[tuple[str, bytes]]) -> pa.Table:
    columns = columns_of(table)[1:]
    of_articles: list[str] = []
    values: list[list[object]] = [[] for _ in columns]
    for article_id, packed in found:
        unpacked = json.loads(zlib.decompress(packed)) if packed else []
        for so_far, of_article in zip(values, unpacked, strict=bool(packed)):
            so_far.extend(of_article)
        of_articles += [article_id] * (len(unpacked[0]) if packed else 0)
    schema = delta_tables.ALL[table]
    typed = [_typed(column, schema.field(name).type) for name, column in zip(columns, values, strict=True)]
    return pa.table([pa.array(of_articles, pa.string()), *typed], names=["article_id", *columns])


def _bring_up_to_date(packed: sqlite3.Connection, connection: duckdb.DuckDBPyConnection) -> None:
    packed.execute(f"PRAGMA page_size = {_PAGE}")
    packed.execute("PRAGMA journal_mode = DELETE")
    packed.execute("PRAGMA secure_delete = ON")
    packed.execute(_ROWS)
    there = dict(packed.execute("SELECT article_id, analysis_key FROM rows"))
    keys = dict(connection.execute("SELECT article_id, coalesce(analysis_key, '') FROM article_keys").fetchall())
    packed.execute("BEGIN")
    packed.executemany("DELETE FROM rows WHERE article_id = ?", [(gone,) for gone in there.keys() - keys.keys()])
    packed.execute("COMMIT")
    wanted = sorted(article_id for article_id, key in keys.items() if there.get(article_id) != key)
    for first in range(0, len(wanted), _PACKED):
        some = wanted[first : first + _PACKED]
        of_tables = {name: _pack(name, connection, some) for name in TABLES}
        packed.execute("BEGIN")
        packed.executemany(
            _PUT, [(one, keys[one], *(of_table.get(one, b"") for of_table in of_tables.values())) for one in some]
        )
        packed.execute("COMMIT")


def _pack(table: str, connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> dict[str, bytes]:
    """The rows of some articles, sorted by id, packed by article."""
    columns = columns_of(table)
    selected = ", ".join(f'"{name}"' for name in columns)
    rows = connection.sql(
        f"SELECT {selected} FROM {source_of(table)} "
        # Bounds spare groups of the file that hold no such article.
        "WHERE article_id BETWEEN $first AND $last AND article_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) "
        f"ORDER BY {order_of(table)}",
        params={"first": article_ids[0], "last": article_ids[-1], "ids": list(article_ids)},
    ).to_arrow_table()
    values = [_plain(rows[name]) for name in columns[1:]]
    packed, start = {}, 0
    for article_id, count in Counter(rows["article_id"].to_pylist()).items():
        of_article = [column[start : start + count] for column in values]
        packed[article_id] = zlib.compress(json.dumps(of_article, separators=(",", ":"), ensure_ascii=False).encode())
        start += count
    return packed


def _plain(column: pa.ChunkedArray) -> list[object]:
    """Values as JSON has them; numbers with a point as the fewest digits that give them back."""
    values: list[object] = (column.cast(pa.string()) if column.type == pa.float32() else column).to_pylist()
    return values


def _typed(values: list[object], kind: pa.DataType) -> pa.Array:
    return pa.array(values, pa.string()).cast(kind) if kind == pa.float32() else pa.array(values, kind)


def remove(path: Path, but: Path | None = None) -> None:
    """Remove all such files of a corpus, but one."""
    for file in path.glob(PATTERN):
        if file != but:
            _remove(file)


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()
