"""A large store made from the rows of a small one, to measure questions on more articles than anybody here has read.

    python -m bench.corpus DATA LARGE --articles 100000 [--sentences 9] [--search 20000]

Every article of DATA stands in LARGE many times over, each time on another day of the same outlet. So that the large
corpus has the vocabulary of one: names and words that several articles of DATA share are shared by the copies; those
of one article alone are spread over ever more names and words as copies grow, as new words come up in real text (with
the power 0.7 of its length, Heaps' law). Texts are those of DATA, so a spread word stands in the tables alone.
``--sentences`` cuts every article to its first ones, for a corpus of short articles. ``--search`` indexes the texts of
so many articles, since SQLite takes a while for all; all can be read.

The tables are written by the store's own writer of tables, in its order; what it derives from others is derived anew.
What does not fit into ``--memory`` is sorted on the disk; a million articles need 6GB.
"""

from __future__ import annotations

import argparse
import resource
from contextlib import closing
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Final

from store import Store
from store.schema import COUNTED_VOICES, VOICES
from store.search.index import IndexWriter
from store.snapshot import delta_tables, derived_tables, manifest
from store.snapshot.compared_words import article_words
from store.snapshot.manifest import Manifest
from store.snapshot.verify import measured

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
MEMORY: Final = "2GB"  # enough for 100,000 articles of nine sentences


def base_views(connection: duckdb.DuckDBPyConnection, data: Path, sentences: int | None) -> Manifest:
    """The tables of DATA as views and tables ``b_…``, its articles cut where that is asked for; and its manifest."""
    last_manifest = manifest.read(data)
    for name, version in last_manifest.tables.items():
        source = delta_tables.source_sql(name, delta_tables.files(data, name, version))
        connection.execute(f'CREATE VIEW "{"whole" if sentences else "b"}_{name}" AS SELECT * FROM {source}')
    if sentences:
        for name in sorted(last_manifest.tables, key=lambda name: name == "article_entities"):
            connection.execute(f'CREATE TABLE "b_{name}" AS {_first(name, sentences)}')
        connection.execute("DELETE FROM b_article_words")
        tables = [connection.sql(f"SELECT * FROM b_{name}").to_arrow_table() for name in ("articles", "passages")]
        connection.register("cut_words", article_words(*tables))
        connection.execute(
            f"INSERT INTO b_article_words SELECT {delta_tables.columns_sql('article_words')} FROM cut_words"
        )
    return last_manifest


def _first(name: str, sentences: int) -> str:
    """SQL of the rows of a table that the first sentences of each article have."""
    if "sentence" in delta_tables.ALL[name].names:
        return f"SELECT * FROM whole_{name} WHERE sentence < {sentences}"
    if name == "article_entities":
        return (
            "SELECT * FROM whole_article_entities SEMI JOIN (SELECT article_id, entity_id FROM b_mentions "
            "UNION SELECT article_id, speaker_id FROM b_quotes) USING (article_id, entity_id)"
        )
    if name != "articles":
        return f"SELECT * FROM whole_{name}"
    counted = ", ".join(f"'{voice}'" for voice in COUNTED_VOICES)
    sums = "".join(f"CAST(sum(words) FILTER (voice = '{v}') AS INTEGER) AS words_{v}, " for v in VOICES)
    cut = "".join(f", coalesce(c.words_{voice}, 0) AS words_{voice}" for voice in VOICES)
    return (
        f"SELECT a.* REPLACE (coalesce(c.words, 0) AS words, left(a.text, coalesce(c.until, 0)) AS text{cut}) "
        f'FROM whole_articles a LEFT JOIN (SELECT article_id, {sums}max("end") AS until, '
        f"CAST(sum(words) FILTER (voice IN ({counted})) AS INTEGER) AS words "
        f"FROM whole_passages WHERE sentence < {sentences} GROUP BY article_id) c USING (article_id)"
    )


def spread(connection: duckdb.DuckDBPyConnection, copies: int) -> None:
    """Which names and words stand in one article alone, and macros that give the copies of a value."""
    wide = max(1, round(copies**HEAPS))
    connection.execute(
        "CREATE TABLE rare_entities AS SELECT entity_id FROM (SELECT entity_id, article_id FROM b_mentions UNION "
        "SELECT speaker_id, article_id FROM b_quotes) GROUP BY entity_id HAVING count(*) = 1 "
        "AND entity_id NOT LIKE 'place:us%' AND entity_id NOT LIKE 'administration:%'"
    )
    connection.execute("CREATE TABLE rare_words AS SELECT word FROM b_article_words GROUP BY word HAVING count(*) = 1")
    connection.execute(f"CREATE TABLE copies AS SELECT CAST(range AS INTEGER) AS c FROM range({copies})")
    # A value and a copy always give the same one of `wide` variants of it, the first being the value itself.
    connection.execute(
        "CREATE MACRO variant(value, c) AS CASE WHEN hash(value, c) % "
        f"{wide} = 0 THEN value ELSE value || '-' || CAST(hash(value, c) % {wide} AS VARCHAR) END"
    )
    connection.execute(
        "CREATE MACRO article_of(id, c) AS CASE WHEN c = 0 THEN id ELSE substr(md5(id || '/' || c), 1, 16) END"
    )


def copied(name: str) -> str:
    """SQL of the rows of a table in the large corpus."""
    columns, joins = {}, ""
    for column in delta_tables.ALL[name].names:
        columns[column] = f't."{column}"'
        if column in {"article_id", "duplicate_of"}:
            columns[column] = f"CASE WHEN t.{column} = '' THEN '' ELSE article_of(t.{column}, k.c) END"
        if column == "story_id":
            columns[column] = "CASE WHEN t.story_id = '' THEN '' ELSE 'story:' || article_of(t.story_id[7:], k.c) END"
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
    selected = ", ".join(f'{sql} AS "{column}"' for column, sql in columns.items())
    return f"(SELECT {selected} FROM b_{name} t CROSS JOIN copies k{joins})"


# Tables that are not copied: of files, whatever is in them.
AS_IT_IS: Final = frozenset({"files", "problems"})


def make(
    data: Path, large: Path, articles: int, searchable: int, sentences: int | None = None, memory: str = MEMORY
) -> Manifest:
    """Write the large store; only a folder that holds none is written to."""
    if manifest.read_any(large):
        message = f"{large} holds a store already. Choose another folder."
        raise SystemExit(message)
    large.mkdir(parents=True, exist_ok=True)
    with closing(delta_tables.connect(large / "spill")) as connection:
        connection.execute("SET memory_limit = ?", [memory])
        connection.execute("SET preserve_insertion_order = false")
        source_manifest = base_views(connection, data, sentences)
        spread(connection, -(-articles // source_manifest.counts["articles"]))
        written: dict[str, int] = {}
        for name in sorted(source_manifest.tables, key=lambda name: name in DERIVED):
            relation = f"b_{name}" if name in AS_IT_IS else copied(name)
            if name == "entities":
                continue
            if name in DERIVED:
                relation = getattr(derived_tables, name)(*DERIVED[name])
            began = process_time()
            written[name], files = delta_tables.write_sorted(connection, large, name, relation, overwrite=True)
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {delta_tables.source_sql(name, files)}')
            print(f"{name:20}{_rows(connection, name):12,} rows {process_time() - began:8.1f} CPU-s", flush=True)
        entities = derived_tables.entities("article_entities", "mentions", "presence")
        written["entities"], files = delta_tables.write_sorted(connection, large, "entities", entities, overwrite=True)
        connection.execute(f"CREATE VIEW entities AS SELECT * FROM {delta_tables.source_sql('entities', files)}")
        counts = {name: _rows(connection, name) for name in sorted(written)}
        with closing(IndexWriter(large / "search-1.sqlite")) as index:
            index.add(connection.sql(f"SELECT article_id, title, text FROM articles LIMIT {searchable}").fetchall())
            for batch in connection.sql("SELECT article_id, text FROM articles").to_arrow_reader(10_000):
                index.add_texts(zip(*(batch.column(n).to_pylist() for n in range(2)), strict=True))
    files = [file for name, version in written.items() for file in delta_tables.files(large, name, version)]
    relative = [Path(file).relative_to(large.absolute()).as_posix() for file in files]
    large_manifest = Manifest(
        snapshot=1,
        tables=written,
        search="search-1.sqlite",
        versions=source_manifest.versions,
        counts=counts,
        files=measured(large, [*relative, "search-1.sqlite"], None),
    )
    manifest.write(large, large_manifest)
    # As a build does: what readers would wait for.
    Store.prepare(large)
    return large_manifest


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    return int(connection.sql(f'SELECT count(*) FROM "{name}"').fetchall()[0][0])


def main() -> None:
    """Make it and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("large", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--sentences", type=int)
    parser.add_argument("--search", type=int, default=20_000)
    parser.add_argument("--memory", default=MEMORY)
    arguments = parser.parse_args()
    large_manifest = make(
        arguments.data,
        arguments.large.absolute(),
        arguments.articles,
        arguments.search,
        arguments.sentences,
        arguments.memory,
    )
    print(
        ", ".join(f"{large_manifest.counts[name]:,} {name}" for name in ("articles", "mentions", "quotes", "entities"))
    )
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{used.ru_utime + used.ru_stime:,.0f} CPU-s, {used.ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
