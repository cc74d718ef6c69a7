"""Reading a store: one snapshot, whatever is built meanwhile."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import duckdb

from store import corrections
from store.corrections import overlay
from store.corrections.effect import Effect, effect
from store.errors import StoreError
from store.filter import DIMENSIONS, Filter
from store.numbers import Numbers
from store.schema import VOICES
from store.search import index
from store.search.question import understood
from store.search.word_forms import candidates
from store.snapshot import delta_tables, kept, manifest, packed_rows, views
from store.snapshot.packed_rows import PackedRows
from store.snapshot.verify import AT_OPENING, damages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd
    import pyarrow as pa

    from store.snapshot.manifest import Manifest
    from store.snapshot.verify import Damage

_SEARCHES_KEPT: Final = 64


def _damaged(path: Path, broken: Sequence[Damage]) -> str:
    first = broken[0]
    what = "the search index" if not first.table else f"table {first.table}"
    others = f", and {len(broken) - 1} more" if len(broken) > 1 else ""
    return (
        f"Files of the corpus at {path} are damaged or gone: {first.file} of {what} ({first.what}){others}. Build the "
        "corpus again: what is broken is made anew from what is cached, and corrections are kept."
    )


def _name_tables(connection: duckdb.DuckDBPyConnection, path: Path, current: Manifest) -> None:
    """Views of the tables as they were built."""
    for name in {**current.tables, **delta_tables.ARTICLE_COPIES}:
        stored_name = delta_tables.table_with_rows_of(name, current.tables)
        files = [str(path / file) for file in current.files_of(stored_name)]
        if not current.files:
            files = delta_tables.files(path, stored_name, current.tables[stored_name])
        source = delta_tables.source_sql(stored_name, files)
        connection.execute(f'CREATE VIEW "{views.RENAMED.get(name, name)}" AS SELECT * FROM {source}')


class Store:
    """One snapshot of a corpus, for reading. Safe to share between threads. Use :meth:`open`."""

    def __init__(self, path: Path, current: Manifest) -> None:
        self.path = path
        self.snapshot = current.snapshot
        self.versions: dict[str, str] = {**current.versions, "schema": str(current.schema)}
        self.rows: dict[str, int] = dict(current.counts)
        self.corrections = corrections.read(path)
        self.effect = Effect()
        self._corrected = bool(self.corrections.in_effect())
        self._search = path / current.search
        self._files = [path / file for file in current.files]
        self._lock = threading.Lock()
        self._searches: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._kept: Path | None = None
        self._packed = PackedRows(path, current) if kept.is_worth_it(current) else None
        self._connection = self._opened(current)
        self.numbers = Numbers(self)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The snapshot of the store at ``path`` that is current now.

        Raises:
            StoreMissing: nothing was built there.
            SchemaMismatch: it was built by a version whose tables differ.
        """
        folder = Path(path).expanduser().absolute()
        while True:
            current = manifest.read(folder)
            broken = damages(folder, current, most=AT_OPENING)
            if not broken:
                return cls(folder, current)
            # Built again, and again, since the manifest was read: the files of the newest snapshot are there.
            if manifest.read(folder).snapshot == current.snapshot:
                raise StoreError(_damaged(folder, broken))

    @classmethod
    def prepare(cls, path: str | Path) -> None:
        """Make what the first who opens a large corpus would wait for; a small one needs nothing.

        Where the disk has no room for it, whoever opens the corpus makes it in memory.
        """
        folder = Path(path).expanduser().absolute()
        current = manifest.read(folder)
        if not kept.is_worth_it(current):
            return
        with closing(cls(folder, current)), closing(delta_tables.connect()) as connection:
            _name_tables(connection, folder, current)
            with suppress(OSError, sqlite3.Error, duckdb.Error):
                PackedRows(folder, current).make(connection)

    @property
    def edition(self) -> tuple[int, str]:
        """What answers depend on: the snapshot, and the corrections laid over it."""
        return self.snapshot, self.corrections.digest

    @staticmethod
    def current_edition(path: str | Path) -> tuple[int, str] | None:
        """The edition a store opened now would have, None when there is no snapshot; reads two small files."""
        folder = Path(path).expanduser().absolute()
        snapshot = Store.current_snapshot(folder)
        return None if snapshot is None else (snapshot, corrections.digest(folder))

    @staticmethod
    def current_snapshot(path: str | Path) -> int | None:
        """Number of the newest snapshot at ``path``, None when there is none; reads one small file."""
        try:
            newest = manifest.read_any(Path(path).expanduser().absolute())
        except StoreError:
            return None
        return newest.snapshot if newest else None

    def _opened(self, current: Manifest) -> duckdb.DuckDBPyConnection:
        """A connection that has all views and tables, those of a large corpus from the file that keeps them."""
        if kept.is_worth_it(current):
            try:
                return self._from_file(current)
            except (OSError, duckdb.Error, StoreError):
                # It can be neither read nor written: what is in it is made in memory.
                self._kept = None
        connection = delta_tables.connect()
        self._make_views(connection, kept.InMemory(connection), current)
        self._correct(kept.InMemory(connection))
        return connection

    def _from_file(self, current: Manifest) -> duckdb.DuckDBPyConnection:
        built = kept.Kept(self.path, current, "")
        corrected = self._corrected
        file = kept.Kept(self.path, current, self.corrections.digest) if corrected else built
        if path := file.found():
            connection = delta_tables.connect()
            try:
                kept.attach(connection, path)
                maker = kept.InFile(connection, whole=True)
                self._make_views(connection, maker, current)
                self._correct(maker)
            except (StoreError, duckdb.Error):
                kept.remove(path)
            else:
                self._kept = path
                return connection
        start = built.found() if corrected else None
        if corrected and start is None:
            with closing(delta_tables.connect()) as connection, built.made(connection):
                self._make_views(connection, kept.InFile(connection, whole=False), current)
            start = built.found()
        connection = delta_tables.connect()
        with file.made(connection, start):
            maker = kept.InFile(connection, whole=False)
            self._make_views(connection, maker, current)
            self._correct(maker)
        self._kept = file.found()
        return connection

    def _make_views(self, connection: duckdb.DuckDBPyConnection, maker: kept.InMemory, current: Manifest) -> None:
        """Views of the tables as they were built, and the tables made of them."""
        with self._told_when_damaged():
            _name_tables(connection, self.path, current)
            for statement in views.STATEMENTS:
                maker.execute(statement)
            for name, sql in views.ON_ASKING.items():
                maker.on_asking(name, sql)

    def _correct(self, maker: kept.InMemory) -> None:
        """Lay the corrections over that."""
        in_effect = self.corrections.in_effect()
        if in_effect:
            self.effect = effect(in_effect)
            with self._told_when_damaged():
                overlay.apply(maker, self.effect)

    @contextmanager
    def _told_when_damaged(self) -> Iterator[None]:
        try:
            yield
        except (OSError, duckdb.Error) as error:
            message = f"Tables of the corpus at {self.path} are missing or damaged ({error}). Build the corpus again."
            raise StoreError(message) from error
        except Exception as error:  # delta-rs has no common class of errors
            message = f"Tables of the corpus at {self.path} cannot be opened ({error}). Build the corpus again."
            raise StoreError(message) from error

    def _cursor(self, given: Mapping[str, pa.Table] | None) -> duckdb.DuckDBPyConnection:
        """A connection of its own, which knows tables that are ``given`` by their names."""
        with self._lock:
            cursor = self._connection.cursor()
        for name, rows in (given or {}).items():
            cursor.register(name, rows)
        return cursor

    @contextmanager
    def _told_when_gone(self) -> Iterator[None]:
        try:
            yield
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            if all(file.is_file() for file in self._files):
                if self._kept is None or not isinstance(error, duckdb.IOException):
                    raise
                kept.remove(self._kept)
                message = f"{self._kept} was damaged and has been removed. Start Framelens again: it is made anew."
                raise StoreError(message) from error
            message = f"Files of the corpus at {self.path} are gone: it was built again. Reload the page."
            raise StoreError(message) from error

    def query(
        self,
        sql: str,
        parameters: Sequence[object] | Mapping[str, object] = (),
        given: Mapping[str, pa.Table] | None = None,
    ) -> pd.DataFrame:
        """The rows of an SQL query; ``parameters`` are bound to ``?`` or, as a mapping, to ``$name``.

        Tables that are ``given`` can be asked by their names.

        Views are named like the tables, and besides: ``headers`` (articles without text), ``presence`` (who is named or
        quoted in which article) and ``lineage`` (every entity with what it lies in, itself among them).
        """
        with self._told_when_gone():
            return self._cursor(given).execute(sql, parameters or None).df()

    def rows_of(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """The rows of an SQL query as tuples: quicker than a DataFrame when there are few."""
        with self._told_when_gone():
            return self._cursor(None).execute(sql, parameters or None).fetchall()

    def arrow(
        self,
        sql: str,
        parameters: Sequence[object] | Mapping[str, object] = (),
        given: Mapping[str, pa.Table] | None = None,
    ) -> pa.Table:
        """The rows of an SQL query as an Arrow table."""
        with self._told_when_gone():
            return self._cursor(given).sql(sql, params=parameters or None).to_arrow_table()

    def rows_in(self, table: str, article_ids: Iterable[str]) -> pa.Table:
        """Rows of a table of ``packed_rows.TABLES`` that some articles have, in the order of ids and of the text.

        All columns but ``text``, which is cut from the article.
        """
        ids = sorted(set(article_ids))
        return self._as_now(table, ids, self._packed.rows(table, ids) if self._packed else None)

    def rows_in_article(self, article_id: str) -> dict[str, pa.Table]:
        """The same of all these tables and one article: quicker than to ask one after the other."""
        as_built = self._packed.tables(tuple(packed_rows.TABLES), [article_id]) if self._packed else None
        return {
            table: self._as_now(table, [article_id], as_built[table] if as_built else None)
            for table in packed_rows.TABLES
        }

    def _as_now(self, table: str, ids: Sequence[str], as_built: pa.Table | None) -> pa.Table:
        """Rows with corrections laid over those ``as_built``; without these they are asked of the database."""
        columns = ", ".join(f'"{name}"' for name in packed_rows.columns_of(table))
        order = packed_rows.order_of(table)
        if as_built is None:
            sql = f"FROM {packed_rows.source_of(table)} WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))"
            return self.arrow(f"SELECT {columns} {sql} ORDER BY {order}", {"ids": ids})
        if not self._corrected:
            return as_built
        corrected = overlay.laid_over(table, "as_built", self.effect)
        return self.arrow(f"SELECT {columns} FROM ({corrected}) ORDER BY {order}", given={"as_built": as_built})

    def search(self, text: str) -> tuple[str, ...]:
        """Ids of the articles that answer ``text``, sorted; what can be asked is in :mod:`store.search.question`."""
        with self._lock:
            if text in self._searches:
                self._searches.move_to_end(text)
                return self._searches[text]
        documents = index.find(self._search, understood(text))
        ids: tuple[str, ...] = ()
        if documents:
            rows = self.rows_of(
                "SELECT article_id FROM headers WHERE (article_id, title) IN "
                "(SELECT (unnest(CAST($ids AS VARCHAR[])), unnest(CAST($titles AS VARCHAR[])))) ORDER BY article_id",
                {"ids": [row[0] for row in documents], "titles": [row[1] for row in documents]},
            )
            ids = tuple(row[0] for row in rows)
        with self._lock:
            self._searches[text] = ids
            while len(self._searches) > _SEARCHES_KEPT:
                self._searches.popitem(last=False)
        return ids

    def texts(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Texts of articles by id, those that were kept to be fetched one by one."""
        return index.texts(self._search, article_ids)

    def other_forms(self, word: str) -> list[str]:
        """Other forms of an English word, such as its plural, that stand in the articles; sorted."""
        return index.used(self._search, candidates(word))

    def without_unknown(self, chosen: Filter) -> tuple[Filter, list[str]]:
        """``chosen`` without values this corpus does not have, and a notice for each that was dropped."""
        notices: list[str] = []
        values_kept: dict[str, tuple[str, ...]] = {}
        for name, dimension in DIMENSIONS.items():
            values: tuple[str, ...] = getattr(chosen, name)
            if not values:
                continue
            # An address of before a merge goes on to lead to whom it meant.
            values = tuple(dict.fromkeys(self.effect.now(value) or value for value in values))
            values_there = set(VOICES) if name == "voices" else self._there(dimension.column, values)
            values_kept[name] = tuple(value for value in values if value in values_there)
            notices += [
                f"This corpus has no {dimension.noun} “{value}”; it was left out of the filter."
                for value in values
                if value not in values_there
            ]
        return chosen.but(**values_kept), notices

    def _there(self, column: str, values: Sequence[str]) -> set[str]:
        table = "headers" if column in {"source", "administration", "story_id", "language"} else "entities"
        if column == "own":
            column, table = "value", "(SELECT DISTINCT unnest(own) AS value FROM headers)"
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IN (SELECT unnest(CAST($values AS VARCHAR[])))"
        return {str(row[0]) for row in self.rows_of(sql, {"values": list(values)})}

    def close(self) -> None:
        """Let go of files and memory."""
        self._connection.close()
