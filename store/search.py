"""Full-text search: a SQLite FTS5 index beside the tables.

The id of an article is a hash of its source and text, so what the index says of an article stays true for ever.
Builds therefore only add to it. Readers keep those of the found articles that are in their snapshot, with the title
they were found under, so rows of a build that was killed, or of articles since removed, are never seen. When most rows
are of articles no snapshot holds, the index is written anew under another name, and the manifest names it.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS documents (number INTEGER PRIMARY KEY, article_id TEXT NOT NULL, title TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    title, body, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
"""
# Longer questions are cut: nobody remembers more words, and SQLite bounds the depth of an expression.
LONGEST: Final = 1000
MOST_WORDS: Final = 64
_BATCH: Final = 2000


def match_expression(text: str) -> str:
    """FTS5 expression for what a user typed: a phrase when it stands in double quotes, else all of its words.

    Every word is quoted, so no sign in it is an operator. Empty when there is no word.
    """
    plain = re.sub(r"[\x00\ud800-\udfff]", " ", text)[:LONGEST].strip()
    phrase = len(plain) > 1 and plain[0] in '"“”' and plain[-1] in '"“”'
    words = [word for word in re.sub(r'["“”]', " ", plain).split() if any(map(str.isalnum, word))][:MOST_WORDS]
    if not words:
        return ""
    if phrase:
        return '"' + " ".join(words) + '"'
    return " ".join(f'"{word}"' for word in words)


class IndexWriter:
    """The index in ``file``, to be added to. Closing without :meth:`commit` leaves it as it was."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, timeout=60, isolation_level=None)
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.executescript(_TABLES)
        except sqlite3.Error:
            self._connection.close()
            raise

    def documents(self) -> set[tuple[str, str]]:
        """The articles it holds, as (article id, title)."""
        return set(self._connection.execute("SELECT article_id, title FROM documents"))

    def add(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Add (article id, title, text) rows, a transaction each few thousand."""
        add_document = "INSERT INTO documents (article_id, title) VALUES (?, ?)"
        add_words = "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)"
        self._connection.execute("BEGIN")
        for count, (article_id, title, text) in enumerate(rows, start=1):
            number = self._connection.execute(add_document, (article_id, title)).lastrowid
            self._connection.execute(add_words, (number, title, text))
            if count % _BATCH == 0:
                self._connection.execute("COMMIT")
                self._connection.execute("BEGIN")
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file; what was added in a finished transaction stays."""
        self._connection.close()


def _reader(file: Path) -> sqlite3.Connection:
    address = file.as_uri()
    try:
        connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=60)
        connection.execute("SELECT 1 FROM documents LIMIT 1").fetchall()
    except sqlite3.OperationalError:
        # In a folder nobody may write to, SQLite reads only what it may take for finished.
        connection = sqlite3.connect(f"{address}?immutable=1", uri=True)
    return connection


def find(file: Path, text: str) -> list[tuple[str, str]]:
    """(article id, title) of every document of the index that holds ``text``, in no order."""
    expression = match_expression(text)
    if not expression:
        return []
    sql = "SELECT article_id, title FROM documents WHERE number IN (SELECT rowid FROM words WHERE words MATCH ?)"
    try:
        with closing(_reader(file)) as connection:
            return connection.execute(sql, (expression,)).fetchall()
    except sqlite3.Error as error:
        message = f"The search index {file} cannot be read ({error}). Remove it and run the build again."
        raise StoreError(message) from error
