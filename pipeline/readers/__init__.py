"""From files and folders to articles, one at a time, with a problem listed for whatever cannot be used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from pipeline.readers.article import Article, Problem
from pipeline.readers.jsonl import JsonLinesReader
from pipeline.readers.table import TableReader
from pipeline.readers.text import ManifestReader, TextReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Reader(Protocol):
    """Reads one format. ``suffixes`` are the ends of its files' names in small letters, or whole names."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Such as ``.txt``, or ``manifest.csv``."""
        ...

    def read(self, path: Path) -> Iterator[Article | Problem]:
        """Articles of the file in order; never raises on what the file holds."""
        ...


# In order: the first that fits a file's name reads it.
READERS: Final[tuple[type[Reader], ...]] = (ManifestReader, TextReader, JsonLinesReader, TableReader)
SUFFIXES: Final = TextReader.suffixes + JsonLinesReader.suffixes + TableReader.suffixes


def read_sources(paths: Iterable[Path]) -> Iterator[Article | Problem]:
    """Articles of files and folders, in the order given and, within a folder, of their names.

    Folders are read with all folders in them; hidden files, and files of other formats, are passed over there. An
    article whose source and text were seen before is listed as a duplicate. Only hashes of the articles are kept.
    """
    readers = [make() for make in READERS]
    first: dict[str, tuple[str, int]] = {}
    for item in _read_all(paths, readers):
        if isinstance(item, Article):
            origin, row = first.setdefault(item.article_id, (item.origin, item.origin_row))
            if (origin, row) != (item.origin, item.origin_row):
                reason = f"The same text from the same source is at {origin}:{row}; remove one of them."
                yield Problem(item.origin, item.origin_row, "duplicate", reason, used=False)
                continue
        yield item


def _read_all(paths: Iterable[Path], readers: list[Reader]) -> Iterator[Article | Problem]:
    done: set[str] = set()
    for found in _find(paths, readers):
        if isinstance(found, Problem):
            yield found
        # A file that is named, and lies in a folder that is named too, is read once.
        elif (real := os.path.realpath(found)) not in done:
            done.add(real)
            if reader := _reader_for(found, readers):
                yield from reader.read(found)


def _find(paths: Iterable[Path], readers: list[Reader]) -> Iterator[Path | Problem]:
    """The files to read. Only what was named itself is listed when it is missing or of another format."""
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        elif not path.exists():
            reason = "There is no such file or folder; check its name."
            yield Problem(path.as_posix(), 0, "missing-file", reason, used=False)
        elif isinstance(_reader_for(path, readers), ManifestReader | None):
            reason = f"Files of this kind are not read; give {', '.join(SUFFIXES)}, or the folder of a manifest."
            yield Problem(path.as_posix(), 0, "unsupported", reason, used=False)
        else:
            yield path


def _reader_for(path: Path, readers: Iterable[Reader]) -> Reader | None:
    name = path.name.lower()
    for reader in readers:
        if any(name == end or (end.startswith(".") and name.endswith(end)) for end in reader.suffixes):
            return reader
    return None


def _walk(top: Path) -> Iterator[Path | Problem]:
    """Files of ``top`` and all folders below, sorted; hidden ones are left out, links to folders not followed."""
    failed: list[OSError] = []
    for folder, below, names in os.walk(top, onerror=failed.append):
        below[:] = sorted(name for name in below if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))
    for error in failed:
        reason = f"The folder could not be read ({error.strerror}); check that you may read it."
        yield Problem(Path(error.filename).as_posix(), 0, "unreadable-file", reason, used=False)


__all__ = ["READERS", "SUFFIXES", "Reader", "read_sources"]
