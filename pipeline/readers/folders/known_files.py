"""Files of a folder that were read before, known again by their bytes: of each is kept what came of it but texts."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Final

from pipeline.readers import dates
from pipeline.readers.article import Article, Glance
from pipeline.readers.decoding import UNREADABLE
from pipeline.readers.reading import remembered
from pipeline.readers.tables.blocks import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.readers.source_file import SourceFile
    from pipeline.readers.tables.records import Item

# Larger files are few, and tables are known by their rows.
_MOST_BYTES: Final = 1 << 20
_MOST_OF_A_TABLE: Final = 1 << 16


def key_of(file: SourceFile) -> str:
    """What a file is known by: a hash of its bytes and of all else that decides what is read; empty where it is not."""
    describes = file.manifest is not None and file.path == file.manifest.path
    if file.wanted is None or describes or remembered() is None:
        return ""
    try:
        data = _opening(file.path)
    except UNREADABLE:
        return ""
    if not data or len(data) > _MOST_BYTES:
        return ""
    manifest = file.manifest and (file.manifest.path.name, file.manifest.usable)
    # Dates of two digits hang on the year it is.
    told = (
        file.origin, file.folders, file.choices.told, manifest, sorted(file.manifest_values.items()),
        list(file.own.items()), dates.today().year,
    )  # fmt: skip
    hashed = hashlib.sha256(repr(told).encode("utf-8", "surrogatepass"))
    hashed.update(data)
    return hashed.hexdigest()


def _opening(path: Path) -> bytes:
    """All bytes of a file that is not too large; of another, more than are allowed. Of a thousand files at a time."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        size = os.fstat(number).st_size
        data = os.read(number, size + 1 if size <= _MOST_BYTES else _MOST_BYTES + 1)
        return data if len(data) == size or len(data) > _MOST_BYTES else b""
    finally:
        os.close(number)


def recalled(file: SourceFile, key: str) -> list[Item] | None:
    """What is known of a file by its :func:`key_of`: a glance at each article; None where one of them is wanted."""
    memory = remembered()
    kept = memory.get(key) if memory is not None and key else None
    items = unpacked(kept, file.origin, -1) if kept else None
    wanted = file.wanted or ()
    if items is None or any(isinstance(item, Glance) and item.article_id in wanted for item in items):
        return None
    return items


def keeping(items: Iterable[Item], file: SourceFile, key: str, *, in_blocks: bool) -> Iterator[Item]:
    """``items``, which are read of a file, kept when all of them are; those of a large one are ``in_blocks``."""
    memory = remembered()
    if memory is None or not key or (in_blocks and file.path.stat().st_size > _MOST_OF_A_TABLE):
        yield from items
        return
    seen = []
    latest = 0
    for item in items:
        seen.append(packed(item, file, -1))
        if isinstance(item, Article) and item.published_to:
            latest = max(latest, item.published_to.toordinal())
        yield item
    if None not in seen and latest <= dates.today().toordinal():
        memory.put(key, json.dumps([latest, seen], separators=(",", ":")))
