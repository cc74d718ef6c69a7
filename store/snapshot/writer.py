"""Writing a store: stage what changed, then make it the next snapshot in one step.

A build stages rows as plain Parquet files in ``building/``; nothing a reader uses is touched. ``commit`` then

1. writes each changed table as a new Delta version (older versions stay readable),
2. adds new articles to a copy of the search index, which readers narrow to the articles of their own snapshot,
3. replaces ``manifest.json``: this is the commit, and the only step that readers notice,
4. removes files that neither this snapshot nor the one before uses.

Killed before 3, the old snapshot stands; the next :meth:`Writer.open` throws the staged files away, sets tables back
to the versions the manifest names, and rows left in the index are of articles nobody asks for, until they are added
after all. Killed after 3, the new snapshot stands and the next commit removes what 4 left.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from store.search.index import IndexWriter, documents
from store.snapshot import delta_tables, derived_tables, manifest, packed_rows
from store.snapshot.compared_words import article_words
from store.snapshot.lock import BuildLock
from store.snapshot.manifest import Manifest
from store.snapshot.mending import Base, begin_logs_anew, remove_unused, sound_base
from store.snapshot.verify import measured

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    import duckdb

# With more files than this a table is written anew in one sorted piece.
MOST_FILES: Final = 24
# Columns of articles that depend on the other articles of the corpus.
AMENDABLE: Final = ("story_id", "duplicate_of")


class Writer:
    """A build of the store at ``path``. Use :meth:`open`, in a ``with`` block."""

    def __init__(self, path: Path, versions: Mapping[str, str], lock: BuildLock) -> None:
        self.path = path
        self.versions = dict(versions)
        self._lock = lock
        self._scratch = path / "building"
        self._begin()

    @classmethod
    def open(cls, path: str | Path, *, versions: Mapping[str, str]) -> Self:
        """Take the lock of the store at ``path`` (made when missing) and undo what a killed build left.

        Raises:
            BuildRunning: a live process is building there.
            StoreError: the folder or its manifest cannot be used.
        """
        folder = delta_tables.check_path(Path(path))
        folder.mkdir(parents=True, exist_ok=True)
        lock = BuildLock(folder)
        try:
            return cls(folder, versions, lock)
        except BaseException:
            lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Throw away what was not committed and let the next builder in."""
        self._disconnect()
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._lock.release()

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        """A database for what is staged, begun by whoever asks first: most writers end with their first snapshot."""
        return delta_tables.connect(self._scratch / "spill")

    def _disconnect(self) -> None:
        if connection := self.__dict__.pop("_connection", None):
            connection.close()

    def _begin(self, base: Base | None = None) -> None:
        """Begin with the last snapshot, or with what is known to be whole of it."""
        notice = manifest.mend(self.path)
        last = manifest.read_any(self.path)
        self._number = last.snapshot if last else 0
        self._old = last
        base = base or sound_base(self.path, last)
        self._base, self._base_files, self._without_log = base.tables, base.files, base.without_log
        self._index_is_whole = base.index
        self.notices: list[str] = [*([notice] if notice else []), *base.notices]
        self._mends = bool(base.notices) or (last is not None and not last.files)
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._scratch.mkdir()
        self._new_files: dict[str, list[str]] = {}
        self._removed: set[str] = set()
        self._live: dict[str, int] = {}
        self._shards = 0
        self._staged: dict[str, list[Path]] = {name: [] for name in delta_tables.BY_ARTICLE}
        self._rewritten: dict[str, pa.Table] = {}
        self._amendments: pa.Table | None = None

    def _base_sql(self, name: str) -> str:
        name = delta_tables.table_with_rows_of(name, self._base)
        return delta_tables.source_sql(name, self._base_files.get(name, []))

    def article_keys(self) -> pa.Table:
        """The articles of the current snapshot: article_id, source, origin, origin_row, analysis_key, in that order."""
        return self._connection.sql(
            "SELECT article_id, source, origin, origin_row, coalesce(analysis_key, '') AS analysis_key "
            f"FROM {self._base_sql('articles')} LEFT JOIN {self._base_sql('article_keys')} USING (article_id) "
            "ORDER BY article_id"
        ).to_arrow_table()

    def replace(self, removed: set[str], added: Mapping[str, pa.Table]) -> None:
        """Stage a shard: take out the articles ``removed``, put in those of ``added["articles"]`` with their rows.

        ``added`` maps names of ``delta_tables.GIVEN`` to their rows; a missing table has none, another name raises a
        ValueError. An article that is in the store already, or was staged before, is replaced. Call it as often as
        memory asks for.
        """
        unknown = set(added) - set(delta_tables.GIVEN)
        if unknown:
            message = f"no table by article is called {', '.join(sorted(unknown))}"
            raise ValueError(message)
        self._removed |= removed
        for article_id in removed:
            self._live.pop(article_id, None)
        if "articles" not in added or not added["articles"].num_rows:
            return
        schemas = delta_tables.ALL
        shard = {name: rows.select(schemas[name].names).cast(schemas[name]) for name, rows in added.items()}
        empty = delta_tables.ALL["passages"].empty_table()
        shard["article_words"] = article_words(shard["articles"], shard.get("passages", empty))
        self._shards += 1
        self._live.update(dict.fromkeys(shard["articles"]["article_id"].to_pylist(), self._shards))
        filled = {name: rows for name, rows in shard.items() if rows.num_rows}
        for name, rows in (filled | self._derived(shard)).items():
            self._stage(name, rows)
        self._reached("staged")

    def _derived(self, shard: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        for name in ("mentions", "quotes", "portrayals", "passages"):
            self._connection.register(f"shard_{name}", shard.get(name, delta_tables.ALL[name].empty_table()))
        relations = {
            "presence": derived_tables.presence("shard_mentions", "shard_quotes", "shard_passages"),
            "article_speakers": derived_tables.article_speakers("shard_quotes", "shard_passages"),
            "quote_mentions": derived_tables.quote_mentions("shard_mentions", "shard_quotes"),
            **{copy: f"shard_{name}" for copy, name in delta_tables.ARTICLE_COPIES.items()},
        }
        return {
            name: self._connection.sql(f"SELECT {delta_tables.columns_sql(name)} FROM {relation}")
            .to_arrow_table()
            .cast(delta_tables.ALL[name])
            for name, relation in relations.items()
        }

    def _stage(self, name: str, rows: pa.Table) -> None:
        file = self._scratch / f"{name}-{self._shards}.parquet"
        pq.write_table(rows.append_column("shard", pa.array([self._shards] * rows.num_rows, pa.int32())), file)
        self._staged[name].append(file)

    def rewrite(self, name: str, rows: pa.Table) -> None:
        """Replace all rows of a table of the corpus as a whole, such as ``problems``; another raises a ValueError."""
        if name not in delta_tables.WHOLE:
            message = f"{name} cannot be rewritten; replace its articles"
            raise ValueError(message)
        self._rewritten[name] = rows.select(delta_tables.ALL[name].names).cast(delta_tables.ALL[name])

    def current(self, name: str, among: Collection[str] | None = None) -> pa.Table:
        """Rows of a table of the corpus as a whole, as the current snapshot has it; ``among`` narrows it to stories."""
        wanted = "true"
        if among is not None:
            self._connection.register("wanted", pa.table({"story_id": pa.array(sorted(among), pa.string())}))
            wanted = "story_id IN (SELECT story_id FROM wanted)"
        columns = delta_tables.columns_sql(name)
        return self._connection.sql(f"SELECT {columns} FROM {self._base_sql(name)} WHERE {wanted}").to_arrow_table()

    def coming(
        self,
        name: str,
        columns: Sequence[str],
        among: Collection[str] | None = None,
        cut: Mapping[str, int] | None = None,
    ) -> pa.Table:
        """Columns of a table by article as the next commit will have it, in stored order.

        ``among`` narrows it to the rows of some articles; None means all. ``cut`` says how many characters of a column
        are given, where not all of them.
        """
        shortened = {c: f'substring("{c}", 1, {int(most)}) AS "{c}"' for c, most in (cut or {}).items()}
        selected = ", ".join(shortened.get(column, f'"{column}"') for column in columns)
        wanted = "true"
        if among is not None:
            self._connection.register("among", pa.table({"article_id": pa.array(sorted(among), pa.string())}))
            wanted = "article_id IN (SELECT article_id FROM among)"
        keys = ", ".join(f'"{key}" NULLS FIRST' for key in delta_tables.ORDER[name])
        sql = f"SELECT {selected} FROM {self._coming_sql(name)} WHERE {wanted} ORDER BY {keys}"
        return self._connection.sql(sql).to_arrow_table()

    def _coming_sql(self, name: str) -> str:
        self._register((self._removed | set(self._live)) & self._ids_of_base())
        columns = delta_tables.columns_sql(name)
        return (
            f"(SELECT {columns} FROM {self._base_sql(name)} WHERE article_id NOT IN (SELECT article_id FROM gone) "
            f"UNION ALL SELECT {columns} FROM {self._staged_sql(name)})"
        )

    def hashes(self, before: str = "") -> list[tuple[str, str]]:
        """Id of each article of the next commit, in the order of files, and SHA-256 of ``before`` with its text."""
        sql = f"SELECT article_id, sha256(concat(?, text)) FROM {self._coming_sql('articles')} ORDER BY origin, "
        return self._connection.execute(f"{sql} origin_row", [before]).fetchall()

    def holds(self, name: str) -> bool:
        """Whether the current snapshot has the table at all: one made before the table was thought of has not."""
        return name in self._base

    def amend(self, rows: pa.Table) -> None:
        """Set columns of articles that depend on the whole corpus: ``article_id`` and any of ``AMENDABLE``.

        Holds for staged articles and for those of the snapshot; articles not given keep what they have.
        Other columns raise a ValueError.
        """
        wrong = set(rows.column_names) - {"article_id", *AMENDABLE}
        if wrong or "article_id" not in rows.column_names:
            message = f"amend takes article_id and any of {', '.join(AMENDABLE)}"
            raise ValueError(message)
        self._amendments = rows

    def commit(self, *, forget: bool = False) -> int:
        """Make what was staged the next snapshot and give its number; the current one when nothing changed.

        With ``forget`` nothing keeps what was taken out: no snapshot before, no log of a table, no search index.
        """
        base_ids = self._ids_of_base()
        gone = (self._removed | set(self._live)) & base_ids
        self._register(gone)
        amended = self._amended_in_base()
        rewritten = {name for name in delta_tables.WHOLE if self._differs(name)}
        if self._base and not (gone or self._live or amended or rewritten or self._mends):
            return self._number
        if forget:
            self._without_log |= begin_logs_anew(self.path, self._base)
            packed_rows.remove(self.path)
        written = dict(self._base)
        for name in delta_tables.BY_ARTICLE:
            self._write_by_article(name, written, gone=bool(gone), amended=amended)
            self._reached(f"wrote {name}")
        for name in delta_tables.WHOLE:
            if name in rewritten or name not in written or name in self._without_log:
                relation = self._base_sql(name)
                if name in self._rewritten:
                    self._connection.register(f"{name}_given", self._rewritten[name])
                    relation = f"{name}_given"
                written[name] = self._write(name, relation, overwrite=True)
        written["entities"] = self._write_entities()
        self._reached("wrote entities")
        search = self._update_search(forget=forget)
        self._reached("searchable")
        new = Manifest(
            snapshot=self._number + 1,
            tables=written,
            search=search,
            versions=self.versions,
            counts=self._counts(written),
            previous=self._old.without_previous() if self._old and not forget else None,
            files=measured(self.path, [*self._relative(written), search], self._old),
        )
        manifest.write(self.path, new)
        self._reached("committed")
        self._disconnect()
        # What was just written is whole: it is not read again.
        self._begin(Base(written, {name: self._files_now(name) for name in written}, index=True))
        remove_unused(self.path, new)
        return new.snapshot

    def _reached(self, step: str) -> None:
        """A step is done. Tests end a build here."""

    def _sql(self, sql: str) -> list[tuple[object, ...]]:
        return self._connection.sql(sql).fetchall()

    def _ids_of_base(self) -> set[str]:
        return {str(row[0]) for row in self._sql(f"SELECT article_id FROM {self._base_sql('articles')}")}

    def _register(self, gone: set[str]) -> None:
        self._connection.register("gone", pa.table({"article_id": pa.array(sorted(gone), pa.string())}))
        live = [pa.array(list(self._live), pa.string()), pa.array(list(self._live.values()), pa.int32())]
        self._connection.register("live", pa.table(live, ["article_id", "shard"]))
        if self._amendments is not None:
            self._connection.register("amendments", self._amendments)

    def _amended_in_base(self) -> bool:
        if self._amendments is None:
            return False
        columns = {*self._amendments.column_names} - {"article_id"}
        differs = " OR ".join(f"a.{name} IS DISTINCT FROM m.{name}" for name in sorted(columns)) or "false"
        sql = (
            f"SELECT 1 FROM {self._base_sql('articles')} a JOIN amendments m USING (article_id) "
            f"WHERE ({differs}) AND article_id NOT IN (SELECT article_id FROM gone) LIMIT 1"
        )
        return bool(self._sql(sql))

    def _differs(self, name: str) -> bool:
        """Whether the rows given for a whole table are other ones than it holds."""
        if (rows := self._rewritten.get(name)) is None:
            return False
        self._connection.register(f"{name}_given", rows)
        base, new_rows = self._base_sql(name), f"{name}_given"
        ways = (f"(SELECT * FROM {a} EXCEPT ALL SELECT * FROM {b})" for a, b in ((base, new_rows), (new_rows, base)))
        return bool(self._sql(f"{' UNION ALL '.join(ways)} LIMIT 1"))

    def _write(self, name: str, relation: str, *, overwrite: bool) -> int:
        given = self._connection, self.path, name, relation
        version, self._new_files[name] = delta_tables.write_sorted(*given, overwrite=overwrite)
        return version

    def _staged_sql(self, name: str) -> str:
        if not self._staged[name]:
            return delta_tables.source_sql(name, [])
        rows = delta_tables.scan(str(file) for file in self._staged[name])
        return f"(SELECT {delta_tables.columns_sql(name, 's')} FROM {rows} s JOIN live USING (article_id, shard))"

    def _with_amendments(self, relation: str) -> str:
        given = () if self._amendments is None else self._amendments.column_names
        replaced = ", ".join(f"coalesce(m.{name}, a.{name}) AS {name}" for name in AMENDABLE if name in given)
        if not replaced:
            return relation
        return f"(SELECT a.* REPLACE ({replaced}) FROM {relation} a LEFT JOIN amendments m USING (article_id))"

    def _write_by_article(self, name: str, written: dict[str, int], *, gone: bool, amended: bool) -> None:
        relation, base = self._staged_sql(name), self._base_sql(name)
        many = len(self._base_files.get(name, [])) >= MOST_FILES or name in self._without_log
        whole = name not in self._base or gone or (name == "articles" and amended) or many
        if not whole and not self._staged[name]:
            return
        if whole and base != delta_tables.source_sql(name, []):
            columns = delta_tables.columns_sql(name)
            remaining = f"SELECT {columns} FROM {base} WHERE article_id NOT IN (SELECT article_id FROM gone)"
            relation = f"({remaining} UNION ALL SELECT {columns} FROM {relation})"
        if name == "articles":
            relation = self._with_amendments(relation)
        written[name] = self._write(name, relation, overwrite=whole)

    def _files_now(self, name: str) -> list[str]:
        return self._new_files.get(name, self._base_files.get(name, []))

    def _new_sql(self, name: str) -> str:
        return delta_tables.source_sql(name, self._files_now(name))

    def _write_entities(self) -> int:
        sources = (self._new_sql(name) for name in ("article_entities", "mentions", "presence"))
        return self._write("entities", derived_tables.entities(*sources), overwrite=True)

    def _counts(self, names: Iterable[str]) -> dict[str, int]:
        return {name: sum(pq.read_metadata(file).num_rows for file in self._files_now(name)) for name in names}

    def _relative(self, written: Mapping[str, int]) -> list[str]:
        return [Path(file).relative_to(self.path).as_posix() for name in written for file in self._files_now(name)]

    def _update_search(self, *, forget: bool) -> str:
        articles = self._new_sql("articles")
        wanted = {(str(a), str(t)) for a, t in self._sql(f"SELECT article_id, title FROM {articles}")}
        old = self.path / self._old.search if self._old and self._old.search and self._index_is_whole else None
        indexed = documents(old) if old else set()
        if len(indexed - wanted) > (0 if forget else max(1000, len(wanted))):
            indexed = set()
        if old and indexed and indexed >= wanted:
            return old.name
        name = f"search-{self._number + 1}.sqlite"
        for leftover in self.path.glob(f"{name}*"):
            leftover.unlink()
        # A file that readers use is never written to: it is copied, and the copy is added to.
        if old and indexed:
            shutil.copyfile(old, self.path / name)
        with closing(IndexWriter(self.path / name)) as index:
            index.add(self._texts(articles, wanted - indexed))
        manifest.flush_folder(self.path)
        return name

    def _texts(self, articles: str, wanted: set[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
        ids = pa.array(sorted({article_id for article_id, _ in wanted}), pa.string())
        self._connection.register("not_indexed", pa.table({"article_id": ids}))
        reader = self._connection.sql(
            f"SELECT article_id, title, text FROM {articles} SEMI JOIN not_indexed USING (article_id) "
            "ORDER BY article_id"
        ).to_arrow_reader(1000)
        for batch in reader:
            yield from zip(*(batch.column(i).to_pylist() for i in range(3)), strict=True)
