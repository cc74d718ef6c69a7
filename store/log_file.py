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
    def said(self) -> Mapping[str, Any]: ...  # noqa: D102


Kept = TypeVar("Kept", bound=Entry)


def in_effect(entries: Sequence[Kept]) -> tuple[Kept, ...]:
    """Entries that nothing later took back. An undo can itself be undone."""
    gone: set[str] = set()
    for one in reversed(entries):
        if one.what == UNDO and one.id not in gone:
            gone.add(str(one.said["undoes"]))
    return tuple(one for one in entries if one.what != UNDO and one.id not in gone)


def digest_of(held: bytes) -> str:
    """A short mark that changes with every byte; empty for nothing."""
    return hashlib.sha256(held).hexdigest()[:12] if held else ""


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
    held: bytes, parse: Callable[[object], Kept], longest: int | None = None
) -> tuple[tuple[Kept, ...], tuple[Fault, ...]]:
    """The entries in the bytes of a file, in order. A line that cannot be used is a fault and the rest goes on.

    ``parse`` makes an entry of a row and raises ValueError, in words for the person who wrote it; a line of more than
    ``longest`` bytes is not even parsed.
    """
    found: dict[str, Kept] = {}
    faults = []
    for number, line in enumerate(held.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            if longest is not None and len(line) > longest:
                faults.append(Fault(number, f"it is longer than {longest:,} bytes; no line that is written here is"))
                continue
            one = parse(json.loads(line.decode("utf-8-sig")))
            if one.id in found and found[one.id] != one:
                faults.append(Fault(number, f"“id” {one.id} is that of an earlier line; give it another"))
            found.setdefault(one.id, one)
        except json.JSONDecodeError as error:
            faults.append(Fault(number, f"it is not JSON ({error}); mend or remove the line"))
        except (ValueError, RecursionError) as error:
            faults.append(Fault(number, str(error)))
    return tuple(found.values()), tuple(faults)


def append_lines(file: Path, lines: Iterable[str], name: str) -> None:
    """Add lines to a file; they are on the disk on return, and begin on a line of their own.

    Raises:
        StoreError: the file cannot be written; ``name`` says what was to be.
    """
    written = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
    try:
        with file.open("ab+") as held:
            if held.tell():
                held.seek(-1, os.SEEK_END)
                if held.read(1) != b"\n":
                    written = b"\n" + written
            held.write(written)
            held.flush()
            os.fsync(held.fileno())
    except OSError as error:
        message = f"The {name} could not be written to {file} ({error}). Make the folder writable and try again."
        raise StoreError(message) from error
