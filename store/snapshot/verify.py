"""Whether the files of a snapshot are still what was written: sizes and checksums against the manifest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from store.snapshot.manifest import Manifest

# Bytes whose checksums are worked out at opening, and before a build: a twentieth of a second, and a second. Above,
# sizes are compared there, and `verify` reads everything.
AT_OPENING: Final = 64 << 20
BEFORE_A_BUILD: Final = 2 << 30


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was written: its path in the folder, and what is wrong."""

    file: str
    what: str

    @property
    def table(self) -> str:
        """The table it belongs to; empty for the search index."""
        return self.file.split("/")[1] if self.file.startswith("tables/") else ""


def checksum(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def measured(path: Path, files: list[str], last: Manifest | None) -> dict[str, tuple[int, str]]:
    """Size and checksum of files by their paths in the folder ``path``; of ``last`` ones, what was written of them."""
    before = last.files if last else {}
    return {
        file: before[file] if file in before else ((path / file).stat().st_size, checksum(path / file))
        for file in sorted(files)
    }


def damages(path: Path, manifest: Manifest, *, most: int | None = None) -> list[Damage]:
    """What is wrong with the files of a snapshot.

    Checksums are worked out when the snapshot has no more than ``most`` bytes; None means always.
    """
    thorough = most is None or sum(size for size, _ in manifest.files.values()) <= most
    damages_found = []
    for file, (size, sha) in sorted(manifest.files.items()):
        try:
            now = (path / file).stat().st_size
            if now != size:
                damages_found.append(Damage(file, f"it has {now:,} bytes instead of {size:,}"))
            elif thorough and checksum(path / file) != sha:
                damages_found.append(Damage(file, "its content is not what was written"))
        except FileNotFoundError:
            damages_found.append(Damage(file, "it is gone"))
        except OSError as error:
            damages_found.append(Damage(file, f"it cannot be read ({error.strerror})"))
    return damages_found
