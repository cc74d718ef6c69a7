"""Delta tables of a store: where they lie, which tables there are besides the public ones, reading and writing them.

Besides the tables of :mod:`store.schema` a store keeps tables of its own that make questions cheap. They are derived
from the others, or used by the builder alone, and are never exported.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

import duckdb
import pyarrow as pa
from deltalake import DeltaTable, WriterProperties, write_deltalake

from store.errors import StoreError
from store.schema import COUNTED_VOICES, FLAG, INT, SORT_KEYS, TABLES, TEXT

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from pathlib import Path


def _plain(schema: pa.Schema) -> pa.Schema:
    return pa.schema([field.remove_metadata() for field in schema])


# What the builder hands over besides the public tables.
ARTICLE_KEYS: Final = pa.schema([("article_id", TEXT), ("analysis_key", TEXT)])
ARTICLE_ENTITIES: Final = pa.schema(
    [(name, TEXT) for name in ("article_id", "entity_id", "label", "name", "kind", "state", "fips", "parent_id")]
)
# One row for each entity an article names or quotes, with how often in each voice, and how often an outlet is cited as
# a source: what most questions are about.
PRESENCE: Final = pa.schema(
    [
        ("entity_id", TEXT),
        ("article_id", TEXT),
        ("label", TEXT),
        *((name, INT) for name in (*COUNTED_VOICES, "quoted_words", "reported_words", "quotes", "cited")),
    ]
)
# Whom an article quotes or reports: words in quotation marks, words reported, fragments of each. `term`: words in marks
# that nobody says.
ARTICLE_SPEAKERS: Final = pa.schema(
    [
        *((name, TEXT) for name in ("article_id", "speaker_id", "speaker")),
        ("term", FLAG),
        *((name, INT) for name in ("words", "reported", "quotes", "reports")),
    ]
)
# Entities named inside the fragments of an article.
QUOTE_MENTIONS: Final = pa.schema([("entity_id", TEXT), ("article_id", TEXT), ("quote", INT)])
# How often an article uses a word in each voice, lower-cased, stop words left out.
ARTICLE_WORDS: Final = pa.schema([("word", TEXT), ("article_id", TEXT), *((voice, INT) for voice in COUNTED_VOICES)])

# The same rows in the order of their articles: the public tables lie in the order of entities, where the rows of one
# article are spread over the whole table.
ARTICLE_COPIES: Final = {"article_mentions": "mentions", "article_portrayals": "portrayals"}
INTERNAL: Final = {
    **{copy: _plain(TABLES[name]) for copy, name in ARTICLE_COPIES.items()},
    "article_keys": ARTICLE_KEYS,
    "article_entities": ARTICLE_ENTITIES,
    "presence": PRESENCE,
    "article_speakers": ARTICLE_SPEAKERS,
    "quote_mentions": QUOTE_MENTIONS,
    "article_words": ARTICLE_WORDS,
}
ALL: Final[dict[str, pa.Schema]] = {**{name: _plain(schema) for name, schema in TABLES.items()}, **INTERNAL}
ORDER: Final[dict[str, tuple[str, ...]]] = {
    **SORT_KEYS,
    **dict.fromkeys(ARTICLE_COPIES, ("article_id", "mention")),
    "article_keys": ("article_id",),
    "article_entities": ("entity_id", "article_id"),
    "presence": ("entity_id", "article_id"),
    "article_speakers": ("article_id", "speaker_id", "speaker", "term"),
    "quote_mentions": ("entity_id", "article_id", "quote"),
    "article_words": ("word", "article_id"),
}
# Tables that depend on the corpus as a whole, and are replaced as a whole.
WHOLE: Final = ("files", "problems", "stories", "story_titles")
# Tables whose rows belong to one article each, and so come and go with it.
BY_ARTICLE: Final = tuple(name for name, schema in ALL.items() if "article_id" in schema.names and name not in WHOLE)
# Of those, what the builder hands over; the rest is derived here.
DERIVED: Final = ("presence", "article_speakers", "quote_mentions", "article_words", *ARTICLE_COPIES)
GIVEN: Final = tuple(name for name in BY_ARTICLE if name not in DERIVED)

# Rows of a Parquet group. Whoever wants one article reads whole groups: those with texts in them are small.
_GROUP: Final = 20_000
_GROUP_OF_TEXTS: Final = 2_000

# delta-rs takes paths for web addresses and fails on these.
_UNUSABLE = re.compile(r"[\[\]%]")
_GLOB = re.compile(r"([\[?*])")
_KEEP_LOG: Final = {"delta.logRetentionDuration": "interval 36500 days"}


def check_path(path: Path) -> Path:
    """``path`` made absolute; a StoreError when its name cannot hold tables."""
    path = path.expanduser().absolute()
    if _UNUSABLE.search(str(path)):
        message = f"{path} has [, ] or % in its name, which the tables cannot bear. Choose another folder."
        raise StoreError(message)
    return path


def folder(path: Path, name: str) -> Path:
    """Where table ``name`` of the store at ``path`` lies."""
    return path / "tables" / name


def table_with_rows_of(name: str, names: Container[str]) -> str:
    """The table of ``names`` with the rows of ``name``: a snapshot of before there were copies has none of them."""
    return name if name in names else ARTICLE_COPIES.get(name, name)


def files(path: Path, name: str, version: int) -> list[str]:
    """The Parquet files of one version of a table."""
    return _paths(DeltaTable(str(folder(path, name)), version=version))


class Newest(NamedTuple):
    """A table as it stands: its version and its Parquet files."""

    version: int
    files: list[str]


def newest(path: Path, name: str) -> Newest:
    """A table as it stands, whatever its version."""
    table = DeltaTable(str(folder(path, name)))
    return Newest(table.version(), _paths(table))


def _paths(table: DeltaTable) -> list[str]:
    # They come back percent-encoded; a folder with % in its own name was refused.
    return sorted(unquote(uri.removeprefix("file://")) for uri in table.file_uris())


def restore(path: Path, name: str, version: int) -> list[str]:
    """Make the newest version of a table hold what ``version`` holds, undoing writes no snapshot names; its files."""
    table = DeltaTable(str(folder(path, name)))
    if table.version() == version:
        return _paths(table)
    wanted = files(path, name, version)
    if _paths(table) != wanted:
        table.restore(version)
    return wanted


def scan(uris: Iterable[str]) -> str:
    """SQL that reads Parquet files. The names are those of our own files, quoted and stripped of glob meaning."""
    quoted = ", ".join("'" + _GLOB.sub(r"[\1]", uri).replace("'", "''") + "'" for uri in uris)
    return f"read_parquet([{quoted}], hive_partitioning = false)"


def columns_sql(name: str, alias: str = "") -> str:
    """The columns of a table in their order, for a SELECT."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(f'{prefix}"{column}"' for column in ALL[name].names)


_SQL_TYPES: Final = {
    pa.string(): "VARCHAR",
    pa.int32(): "INTEGER",
    pa.float32(): "REAL",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
    pa.list_(pa.string()): "VARCHAR[]",
}


def source_sql(name: str, uris: Sequence[str]) -> str:
    """SQL of a relation with the table's columns and types, even when it has no file yet."""
    if uris:
        return f"(SELECT {columns_sql(name)} FROM {scan(uris)})"
    empty = ", ".join(f'CAST(NULL AS {_SQL_TYPES[field.type]}) AS "{field.name}"' for field in ALL[name])
    return f"(SELECT {empty} WHERE false)"


def connect(scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that fetches nothing from anywhere; large sorts spill into ``scratch``."""
    connection = duckdb.connect()
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET parquet_metadata_cache = true")
    connection.execute("SET enable_progress_bar = false")
    # A Python variable must never be taken for a table.
    connection.execute("SET python_enable_replacements = false")
    if scratch is not None:
        connection.execute(f"SET temp_directory = '{str(scratch).replace(chr(39), chr(39) * 2)}'")
    return connection


def write_sorted(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, relation: str, *, overwrite: bool
) -> Newest:
    """Write ``relation`` (SQL) as table ``name`` in its stored order and give the table as it stands then.

    The files are on the disk when this returns, so that a manifest that names the version can be trusted.
    """
    keys = ", ".join(f'"{key}" NULLS FIRST' for key in ORDER[name])
    rows = ALL[name].empty_table().to_reader()
    if relation != source_sql(name, []):
        ordered = connection.sql(f"SELECT {columns_sql(name)} FROM {relation} ORDER BY {keys}")
        rows = ordered.to_arrow_reader(50_000).cast(ALL[name])
    where = folder(path, name)
    where.mkdir(parents=True, exist_ok=True)
    before = set(where.rglob("*"))
    write_deltalake(
        str(where),
        rows,
        mode="overwrite" if overwrite else "append",
        schema_mode="overwrite" if overwrite else None,
        configuration=_KEEP_LOG,
        writer_properties=WriterProperties(
            compression="ZSTD", max_row_group_size=_GROUP_OF_TEXTS if name == "articles" else _GROUP
        ),
    )
    for file in set(where.rglob("*")) - before:
        _flush(file)
    return newest(path, name)


def _flush(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # folders cannot be flushed everywhere
        pass
    finally:
        os.close(handle)


def vacuum(path: Path, name: str, keep: list[int]) -> None:
    """Remove the files of a table that none of the versions ``keep`` uses."""
    table = DeltaTable(str(folder(path, name)))
    table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False, full=True, keep_versions=keep)
