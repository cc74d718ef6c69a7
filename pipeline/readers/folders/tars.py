"""Archives of tar, packed or not, unpacked member by member as they are met."""

from __future__ import annotations

import tarfile
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from pipeline.readers.article import Problem
from pipeline.readers.decoding import UNREADABLE, open_bytes, read_some
from pipeline.readers.safety import MOST_MEMBER, MOST_MEMBERS, MOST_UNPACKED, path_fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# What stands in a tar archive where its first member's head says what it is.
_MARK: Final = b"ustar"
_MARK_AT: Final = 257


def has_mark(head: bytes) -> bool:
    """Whether the first bytes of a file, unpacked, are those of a tar archive."""
    return head[_MARK_AT : _MARK_AT + len(_MARK)] == _MARK


def is_tar(path: Path) -> bool:
    """Whether a file is a tar archive, packed or not."""
    try:
        with open_bytes(path) as opened:
            return has_mark(read_some(opened, _MARK_AT + len(_MARK)))
    except UNREADABLE:
        return False


def untar(path: Path, origin: str, folder: Path) -> Iterator[Problem]:
    """Unpack an archive into ``folder``; a problem for each member that is not unpacked, and for what is damaged.

    Args:
        path: where its bytes are.
        origin: what it is called.
        folder: an empty folder.
    """
    total = 0
    try:
        with open_bytes(path) as opened, tarfile.open(fileobj=opened, mode="r|") as archive:
            for number, member in enumerate(archive, 1):
                if number > MOST_MEMBERS or total >= MOST_UNPACKED:
                    reason = (
                        f"The archive holds more than {MOST_MEMBERS:,} files or {MOST_UNPACKED >> 30} GB; what follows "
                        "in it was not unpacked. Split it."
                    )
                    yield Problem(origin, 0, "unsafe-archive", reason, used=False)
                    return
                if member.isdir():
                    continue
                called = f"{origin}/{member.name.encode('utf-8', 'replace').decode('utf-8')}"
                if fault := _fault(member):
                    yield Problem(called, 0, "unsafe-archive", fault, used=False)
                elif (packed := archive.extractfile(member)) is not None:
                    total += _copy(packed, folder.joinpath(*(part[:200] for part in PurePosixPath(member.name).parts)))
    except (tarfile.TarError, *UNREADABLE, ValueError) as error:
        reason = f"The archive could not be unpacked ({error}); what came before is kept. Check that it is whole."
        yield Problem(origin, 0, "unreadable-file", reason, used=False)


def _fault(member: tarfile.TarInfo) -> str:
    """Why a member is not unpacked; empty when it may be."""
    if fault := path_fault(member.name):
        return fault
    if not member.isreg():
        return "It is a link or a device and was not unpacked; pack the file that it leads to."
    if member.size > MOST_MEMBER:
        return f"It is larger than {MOST_MEMBER >> 30} GB unpacked and was not; split it."
    return ""


def _copy(packed: IO[bytes], target: Path) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with target.open("wb") as out:
        while block := packed.read(1 << 20):
            written += len(block)
            out.write(block)
    return written
