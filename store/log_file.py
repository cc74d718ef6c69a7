"""Files that are only ever added to, one JSON object a line: corrections and checks. Every line has its own ``id``."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

UNDO: Final = "undo"


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that could not be used."""

    line: int
    reason: str


class Entry(Protocol):
    """A line of such a file; one whose ``what`` is :data:`UNDO` takes back the line that its ``undoes`` names."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def what(self) -> str: ...  # noqa: D102
    @property
    def fields(self) -> Mapping[str, Any]: ...  # noqa: D102


EntryType = TypeVar("EntryType", bound=Entry)


def in_effect(entries: Sequence[EntryType]) -> tuple[EntryType, ...]:
    """Entries that nothing later took back. An undo can itself be undone."""
    gone: set[str] = set()
    for entry in reversed(entries):
        if entry.what == UNDO and entry.id not in gone:
            gone.add(str(entry.fields["undoes"]))
    return tuple(entry for entry in entries if entry.what != UNDO and entry.id not in gone)


def digest_of(content: bytes) -> str:
    """A short mark that changes with every byte; empty for nothing."""
    return hashlib.sha256(content).hexdigest()[:12] if content else ""


def bytes_of(file: Path, name: str) -> bytes:
    """What a file holds; nothing when it is not there. ``name`` says in an error what it holds.

    Raises:
        StoreError: the file cannot be read.
    """
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        message = f"The {name} in {file} cannot be read ({error}). Make the file readable, or move it away."
        raise StoreError(message) from error


def entries_of(
    content: bytes, parse: Callable[[object], EntryType], longest: int | None = None
) -> tuple[tuple[EntryType, ...], tuple[Fault, ...]]:
    """The entries in the bytes of a file, in order. A line that cannot be used is a fault and the rest goes on.

    ``parse`` makes an entry of a row and raises ValueError, in words for the person who wrote it; a line of more than
    ``longest`` bytes is not even parsed.
    """
    entries: dict[str, EntryType] = {}
    faults = []
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            if longest is not None and len(line) > longest:
                faults.append(Fault(number, f"it is longer than {longest:,} bytes; no line that is written here is"))
                continue
            entry = parse(json.loads(line.decode("utf-8-sig")))
            if entry.id in entries and entries[entry.id] != entry:
                faults.append(Fault(number, f"“id” {entry.id} is that of an earlier line; give it another"))
            entries.setdefault(entry.id, entry)
        except json.JSONDecodeError as error:
            faults.append(Fault(number, f"it is not JSON ({error}); mend or remove the line"))
        except (ValueError, RecursionError) as error:
            faults.append(Fault(number, str(error)))
    return tuple(entries.values()), tuple(faults)


def append_lines(file: Path, lines: Iterable[str], name: str) -> None:
    """Add lines to a file; they are on the disk on return, and begin on a line of their own.

    Raises:
        StoreError: the file cannot be written; ``name`` says what was to be.
    """
    written = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
    try:
        with file.open("ab+") as opened:
            if opened.tell():
                opened.seek(-1, os.SEEK_END)
                if opened.read(1) != b"\n":
                    written = b"\n" + written
            opened.write(written)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        message = f"The {name} could not be written to {file} ({error}). Make the folder writable and try again."
        raise StoreError(message) from error
