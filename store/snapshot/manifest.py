"""The manifest: the one small file that says which versions of the tables make up the current snapshot.

Replacing it is the commit. It is written beside itself, flushed to disk and renamed, so that whoever reads it finds
the old snapshot or the new one and never a mixture.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from store.errors import SchemaMismatch, StoreError, StoreMissing
from store.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from pathlib import Path

NAME = "manifest.json"
_BUILD_AGAIN = "Run `python -m pipeline build … --data {path}` to build it again."


@dataclass(frozen=True, slots=True)
class Manifest:
    """A snapshot: the Delta version of each table, the search index, and what built it.

    ``previous`` holds the same facts of the snapshot before, whose files are kept for pages that still read it.
    """

    snapshot: int
    tables: dict[str, int]
    search: str
    versions: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    schema: int = SCHEMA_VERSION
    previous: dict[str, Any] | None = None

    def without_previous(self) -> dict[str, Any]:
        """The facts of this snapshot alone."""
        return {key: value for key, value in asdict(self).items() if key != "previous"}


def read_any(path: Path) -> Manifest | None:
    """The manifest of the store at ``path`` whatever its schema version; None when there is none."""
    try:
        content = (path / NAME).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"{path / NAME} cannot be read ({error.strerror}). Check the permissions of the folder."
        raise StoreError(message) from error
    try:
        found = json.loads(content)
        known = {key: found[key] for key in Manifest.__slots__ if key in found}
        return Manifest(**known)
    except (ValueError, TypeError, AttributeError) as error:
        message = f"{path / NAME} is not a Framelens manifest. Remove {path} and build the corpus again."
        raise StoreError(message) from error


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
    """Make ``manifest`` the current snapshot of ``path``, atomically and durably."""
    beside = path / f"{NAME}.new"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1, sort_keys=True)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path / NAME)
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
