"""A large store made from the rows of a small one, to measure questions on more articles than anybody here has read.

    python -m bench.corpus DATA LARGE --articles 100000 [--search 20000]

Every article of DATA stands in LARGE many times over, each time on another day of the same outlet. So that the large
corpus has the vocabulary of one: names and words that several articles of DATA share are shared by the copies; those
of one article alone are spread over ever more names and words as copies grow, as new words come up in real text (with
the power 0.7 of its length, Heaps' law). Texts are those of DATA, so a spread word stands in the tables alone.
``--search`` indexes the texts of so many articles, since SQLite takes a while for all.

The tables are written by the store's own writer of tables, in its order; what it derives from others is derived anew.
"""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Final

from store.search.index import IndexWriter
from store.snapshot import delta_tables, derived_tables, manifest
from store.snapshot.manifest import Manifest

if TYPE_CHECKING:
    import duckdb

HEAPS: Final = 0.7
# Columns that hold an entity, and those that hold an article beside article_id.
ENTITY_COLUMNS: Final = frozenset({"entity_id", "speaker_id", "addressee_id", "parent_id"})
WORD_COLUMNS: Final = {"article_words": "word", "phrases": "form"}
# Tables made of others, and of which.
DERIVED: Final = {
    "presence": ("mentions", "quotes", "passages"),
    "article_speakers": ("quotes", "passages"),
    "quote_mentions": ("mentions", "quotes"),
}
DAYS: Final = 3650


def base_views(connection: duckdb.DuckDBPyConnection, data: Path) -> Manifest:
    """The tables of DATA as views ``b_…``, and its manifest."""
    held = manifest.read(data)
    for name, version in held.tables.items():
        source = delta_tables.source_sql(name, delta_tables.files(data, name, version))
        connection.execute(f'CREATE VIEW "b_{name}" AS SELECT * FROM {source}')
    return held


def spread(connection: duckdb.DuckDBPyConnection, copies: int) -> None:
    """Which names and words stand in one article alone, and macros that give the copies of a value."""
    wide = max(1, round(copies**HEAPS))
    connection.execute(
        "CREATE TABLE rare_entities AS SELECT entity_id FROM b_presence GROUP BY entity_id HAVING count(*) = 1 "
        "AND entity_id NOT LIKE 'place:us%' AND entity_id NOT LIKE 'administration:%'"
    )
    connection.execute("CREATE TABLE rare_words AS SELECT word FROM b_article_words GROUP BY word HAVING count(*) = 1")
    connection.execute(f"CREATE TABLE copies AS SELECT CAST(range AS INTEGER) AS c FROM range({copies})")
    # A value and a copy always give the same one of `wide` variants of it, the first being the value itself.
    connection.execute(
        "CREATE MACRO variant(value, c) AS CASE WHEN hash(value, c) % "
        f"{wide} = 0 THEN value ELSE value || '-' || CAST(hash(value, c) % {wide} AS VARCHAR) END"
    )
    connection.execute("CREATE MACRO article_of(id, c) AS CASE WHEN c = 0 THEN id ELSE md5(id || '/' || c) END")


def copied(name: str) -> str:
    """SQL of the rows of a table in the large corpus."""
    columns, joins = {}, ""
    for column in delta_tables.ALL[name].names:
        columns[column] = f't."{column}"'
        if column in {"article_id", "duplicate_of", "story_id"} and name != "stories":
            columns[column] = f"CASE WHEN t.{column} = '' THEN '' ELSE article_of(t.{column}, k.c) END"
        if column in ENTITY_COLUMNS:
            joins += f" LEFT JOIN rare_entities r_{column} ON r_{column}.entity_id = t.{column}"
            columns[column] = (
                f"CASE WHEN r_{column}.entity_id IS NULL THEN t.{column} ELSE variant(t.{column}, k.c) END"
            )
    if word := WORD_COLUMNS.get(name):
        joins += f" LEFT JOIN rare_words w ON w.word = t.{word}"
        columns[word] = f"CASE WHEN w.word IS NULL THEN t.{word} ELSE variant(t.{word}, k.c) END"
    if name == "article_entities":
        columns["name"] = "CASE WHEN r_entity_id.entity_id IS NULL THEN t.name ELSE variant(t.name, k.c) END"
    if name == "articles":
        for column in ("published_from", "published_to"):
            columns[column] = f"t.{column} + CAST(hash(t.article_id, k.c) % {DAYS} AS INTEGER)"
        columns["published"] = f"coalesce(strftime({columns['published_from']}, '%Y-%m-%d'), '')"
    said = ", ".join(f'{sql} AS "{column}"' for column, sql in columns.items())
    return f"(SELECT {said} FROM b_{name} t CROSS JOIN copies k{joins})"


def make(data: Path, large: Path, articles: int, searchable: int) -> Manifest:
    """Write the large store; only a folder that holds none is written to."""
    if manifest.read_any(large):
        message = f"{large} holds a store already. Choose another folder."
        raise SystemExit(message)
    large.mkdir(parents=True, exist_ok=True)
    with closing(delta_tables.connect(large / "spill")) as connection:
        held = base_views(connection, data)
        spread(connection, -(-articles // held.counts["articles"]))
        written: dict[str, int] = {}
        for name in sorted(held.tables, key=lambda name: name in DERIVED):
            relation = f"b_{name}" if name in delta_tables.WHOLE else copied(name)
            if name == "entities":
                continue
            if name in DERIVED:
                relation = getattr(derived_tables, name)(*DERIVED[name])
            began = process_time()
            written[name] = delta_tables.write_sorted(connection, large, name, relation, overwrite=True)
            files = delta_tables.files(large, name, written[name])
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {delta_tables.source_sql(name, files)}')
            print(f"{name:20}{_rows(connection, name):12,} rows {process_time() - began:8.1f} CPU-s", flush=True)
        entities = derived_tables.entities("article_entities", "mentions", "presence")
        written["entities"] = delta_tables.write_sorted(connection, large, "entities", entities, overwrite=True)
        files = delta_tables.files(large, "entities", written["entities"])
        connection.execute(f"CREATE VIEW entities AS SELECT * FROM {delta_tables.source_sql('entities', files)}")
        counts = {name: _rows(connection, name) for name in sorted(written)}
        texts = connection.sql(f"SELECT article_id, title, text FROM articles LIMIT {searchable}").fetchall()
    with closing(IndexWriter(large / "search-1.sqlite")) as index:
        index.add(texts)
    made = Manifest(snapshot=1, tables=written, search="search-1.sqlite", versions=held.versions, counts=counts)
    manifest.write(large, made)
    return made


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    return int(connection.sql(f'SELECT count(*) FROM "{name}"').fetchall()[0][0])


def main() -> None:
    """Make it and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("large", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--search", type=int, default=20_000)
    given = parser.parse_args()
    made = make(given.data, given.large, given.articles, given.search)
    print(", ".join(f"{made.counts[name]:,} {name}" for name in ("articles", "mentions", "quotes", "entities")))


if __name__ == "__main__":
    main()
