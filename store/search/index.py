"""Full-text search: a SQLite FTS5 index beside the tables, and the texts, each to be fetched by its article's id.

The id of an article is a hash of its source and text, so what the index says of an article stays true for ever.
Builds therefore only add to it, in a copy under another name, which the manifest then names: a file that readers use
never changes. Readers keep those of the found articles that are in their snapshot, with the title they were found
under, so rows of articles since removed are never seen. When most rows are such, the index is written anew.

Texts also stand in the table of articles, two thousand to a group that is read whole. Here each is a row of its own,
compressed: fifty of them take a fiftieth of the time.
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from store.search.question import Question

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS documents (number INTEGER PRIMARY KEY, article_id TEXT NOT NULL, title TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    title, body, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE IF NOT EXISTS texts (article_id TEXT PRIMARY KEY, text BLOB NOT NULL);
"""
_BATCH: Final = 2000
_AT_ONCE: Final = 500


def _read_only(file: Path) -> sqlite3.Connection:
    """A file that nobody writes to, opened so that SQLite leaves nothing beside it."""
    return sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)


def documents(file: Path) -> set[tuple[str, str]]:
    """The articles that an index holds, as (article id, title); none when it cannot be read, or holds no texts."""
    # One that an older version left in the middle of a write.
    if file.with_name(f"{file.name}-wal").exists():
        return set()
    try:
        with closing(_read_only(file)) as connection:
            return set(
                connection.execute(
                    "SELECT article_id, title FROM documents WHERE article_id IN (SELECT article_id FROM texts)"
                )
            )
    except sqlite3.Error:
        return set()


class IndexWriter:
    """The index in ``file``, which no reader knows yet, to be added to."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, timeout=60, isolation_level=None)
        try:
            self._connection.execute("PRAGMA journal_mode = DELETE")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.executescript(_TABLES)
        except sqlite3.Error:
            self._connection.close()
            raise

    def add(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Add (article id, title, text) rows, a transaction each few thousand."""
        add_document = "INSERT INTO documents (article_id, title) VALUES (?, ?)"
        add_words = "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)"
        self._connection.execute("BEGIN")
        for count, (article_id, title, text) in enumerate(rows, start=1):
            number = self._connection.execute(add_document, (article_id, title)).lastrowid
            self._connection.execute(add_words, (number, title, text))
            self._keep(article_id, text)
            if count % _BATCH == 0:
                self._connection.execute("COMMIT")
                self._connection.execute("BEGIN")
        self._connection.execute("COMMIT")

    def add_texts(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add (article id, text) rows that can be fetched and not searched."""
        self._connection.execute("BEGIN")
        for article_id, text in rows:
            self._keep(article_id, text)
        self._connection.execute("COMMIT")

    def _keep(self, article_id: str, text: str) -> None:
        # The id is a hash of the text: whoever is there already has the same.
        self._connection.execute(
            "INSERT OR IGNORE INTO texts VALUES (?, ?)", (article_id, zlib.compress(text.encode("utf-8")))
        )

    def close(self) -> None:
        """Let go of the file; what was added in a finished transaction stays."""
        self._connection.close()


def find(file: Path, question: Question) -> list[tuple[str, str]]:
    """(article id, title) of every document of the index that answers ``question``, in no order.

    Raises:
        StoreError: the index cannot be read.
    """
    if not question.expression:
        return []
    condition = "NOT IN" if question.negated else "IN"
    return _asked(
        file,
        f"SELECT article_id, title FROM documents WHERE number {condition} "
        "(SELECT rowid FROM words WHERE words MATCH ?)",
        (question.expression,),
    )


def used(file: Path, words: Sequence[str]) -> list[str]:
    """Those of some words (small letters, no accents) that stand in the index, sorted.

    Raises:
        StoreError: the index cannot be read.
    """
    marks = ", ".join("?" * len(words))
    rows = _asked(file, f"SELECT term FROM temp.vocabulary WHERE term IN ({marks})", tuple(words)) if words else []
    return sorted(str(row[0]) for row in rows)


def texts(file: Path, article_ids: Sequence[str]) -> dict[str, str]:
    """Texts of articles by id; those that the index has no text of are left out.

    Raises:
        StoreError: the index cannot be read.
    """
    found: dict[str, str] = {}
    try:
        with closing(_read_only(file)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'texts'").fetchall():
                return found
            for first in range(0, len(article_ids), _AT_ONCE):
                some = article_ids[first : first + _AT_ONCE]
                marks = ", ".join("?" * len(some))
                rows = connection.execute(f"SELECT article_id, text FROM texts WHERE article_id IN ({marks})", some)
                found |= {article_id: zlib.decompress(text).decode("utf-8") for article_id, text in rows}
    except (sqlite3.Error, zlib.error, UnicodeDecodeError) as error:
        raise StoreError(_unreadable(file, error)) from error
    return found


def _asked(file: Path, sql: str, parameters: tuple[str, ...]) -> list[tuple[Any, ...]]:
    try:
        with closing(_read_only(file)) as connection:
            connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'words', 'row')")
            return connection.execute(sql, parameters).fetchall()
    except sqlite3.Error as error:
        raise StoreError(_unreadable(file, error)) from error


def _unreadable(file: Path, error: Exception) -> str:
    return (
        f"The search index {file} cannot be read ({error}). If the corpus was built again meanwhile, reload the "
        "page; otherwise build it again, which makes the index anew."
    )
