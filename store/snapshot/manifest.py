"""The manifest: the one small file that says which versions of the tables make up the current snapshot.

Replacing it is the commit. It is written beside itself, flushed to disk and renamed, so that whoever reads it finds
the old snapshot or the new one and never a mixture. It names every file of the snapshot with its size and checksum,
and carries a checksum of itself; a copy of it stands beside it, for when it is damaged.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from store.errors import SchemaMismatch, StoreError, StoreMissing
from store.schema_version import SCHEMA_VERSION

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "manifest.json"
COPY: Final = "manifest.copy.json"
DAMAGED: Final = "manifest.damaged.json"
_BUILD_AGAIN: Final = "Run `python -m pipeline build … --data {path}` to build it again."
_CHECKSUM: Final = "checksum"
# A manifest may have come from anywhere: it names files of its own folder or is none.
_INDEX: Final = re.compile(r"search-\d+\.sqlite")
_FILE: Final = re.compile(r"search-\d+\.sqlite|tables/[a-z_]+/(?!\.\.?\Z)[^/\\\0]+")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A snapshot: the Delta version of each table, the search index, and what built it.

    ``files`` holds the size and SHA-256 of each file by its path in the folder; none in a manifest of before.
    ``previous`` holds the same facts of the snapshot before, but for its files, which are kept for pages that still
    read it.
    """

    snapshot: int
    tables: dict[str, int]
    search: str
    versions: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    schema: int = SCHEMA_VERSION
    previous: dict[str, Any] | None = None
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    def without_previous(self) -> dict[str, Any]:
        """The facts of this snapshot alone, without its files."""
        return {key: value for key, value in asdict(self).items() if key not in {"previous", "files"}}

    def files_of(self, table: str) -> list[str]:
        """Paths, in the folder, of the files of a table."""
        return sorted(file for file in self.files if file.startswith(f"tables/{table}/"))


def read_any(path: Path) -> Manifest | None:
    """The manifest of the store at ``path`` whatever its schema version; None when there is none.

    When it is damaged, or gone, its copy is taken.

    Raises:
        StoreError: neither can be read.
    """
    wrong: StoreError | None = None
    for name in (NAME, COPY):
        try:
            manifest = _read(path / name)
        except StoreError as error:
            wrong = wrong or error
            continue
        if manifest:
            return manifest
    if wrong:
        raise wrong
    return None


def _read(file: Path) -> Manifest | None:
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"{file} cannot be read ({error.strerror}). Check the permissions of the folder."
        raise StoreError(message) from error
    try:
        row = json.loads(content)
        total = row.pop(_CHECKSUM, None)
        manifest = Manifest(**{key: row[key] for key in Manifest.__slots__ if key in row})
        _check(manifest, whole=total in {None, _checksum(row)})
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        message = (
            f"{file} is damaged. Build the corpus again with `python -m pipeline build … --data {file.parent}`: its "
            "tables are made anew from what is cached. Do not remove the folder: corrections.jsonl in it is your work, "
            "and no build can make it again."
        )
        raise StoreError(message) from error
    return manifest


def _check(manifest: Manifest, *, whole: bool) -> None:
    """ValueError when it is no manifest, is not ``whole``, or names what does not lie in its folder."""
    older = manifest.previous or {}
    indexes = {manifest.search, older.get("search", "")} - {""}
    numbers = [manifest.snapshot, manifest.schema, *manifest.tables.values(), *manifest.counts.values()]
    sound = (
        whole
        and all(isinstance(number, int) for number in numbers)
        and all(_INDEX.fullmatch(name) for name in indexes)
        and all(re.fullmatch("[a-z_]+", name) for name in (*manifest.tables, *older.get("tables", {})))
        and all(_FILE.fullmatch(file) for file in manifest.files)
        and all(isinstance(size, int) and isinstance(sha, str) for size, sha in manifest.files.values())
    )
    if not sound:
        raise ValueError(NAME)


def _checksum(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def read(path: Path) -> Manifest:
    """The manifest of the store at ``path``.

    Raises:
        StoreMissing: nothing was built there.
        SchemaMismatch: it was built by a version whose tables differ.
    """
    manifest = read_any(path)
    if manifest is None:
        message = f"No corpus at {path}. Run `python -m pipeline build … --data {path}` first."
        raise StoreMissing(message)
    if manifest.schema != SCHEMA_VERSION:
        message = (
            f"The corpus at {path} was built by another version of Framelens "
            f"(tables of version {manifest.schema}; this one reads {SCHEMA_VERSION}). " + _BUILD_AGAIN.format(path=path)
        )
        raise SchemaMismatch(message)
    return manifest


def write(path: Path, manifest: Manifest) -> None:
    """Make ``manifest`` the current snapshot of ``path``, atomically and durably, and keep a copy of it."""
    facts = json.loads(json.dumps(asdict(manifest)))
    content = json.dumps(facts | {_CHECKSUM: _checksum(facts)}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    # The manifest first: a copy that is one behind names files that are still there.
    for name in (NAME, COPY):
        _replace(path, name, content)


def mend(path: Path) -> str:
    """Put the copy in the place of a damaged manifest, and a good one in that of its copy; what was done, if anything.

    Only the one who builds may.
    """
    try:
        manifest = _read(path / NAME)
    except StoreError:
        (path / NAME).replace(path / DAMAGED)
        try:
            manifest = _read(path / COPY)
        except StoreError:
            (path / COPY).unlink()
            manifest = None
        if manifest is None:
            return f"{path / NAME} was damaged: it was moved to {DAMAGED}, and the tables are made anew."
        write(path, manifest)
        return f"{path / NAME} was damaged: it was moved to {DAMAGED}, and its copy took its place."
    if manifest is None:
        copy = None
        try:
            copy = _read(path / COPY)
        except StoreError:
            (path / COPY).unlink()
        if copy is None:
            return ""
        write(path, copy)
        return f"{path / NAME} was gone: its copy took its place."
    copy_bytes = (path / COPY).read_bytes() if (path / COPY).is_file() else b""
    if copy_bytes != (path / NAME).read_bytes():
        _replace(path, COPY, (path / NAME).read_text("utf-8"))
    return ""


def _replace(path: Path, name: str, content: str) -> None:
    beside = path / f"{name}.new"
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path / name)
    flush_folder(path)


def flush_folder(path: Path) -> None:
    """Make renames inside the folder ``path`` survive a power cut, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
