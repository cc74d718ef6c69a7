"""One builder a store: a lock the operating system lets go of when its process ends, however it ends."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Self

from store.errors import BuildRunning

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = "build.lock"


def _take(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class BuildLock:
    """The right to build the store in the folder ``path``, from construction to :meth:`release`.

    The file stays behind on purpose: removing it would let two builders lock two files of the same name.
    A file left by a dead process is free to take.

    Raises:
        BuildRunning: a live process holds it.
    """

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path / NAME, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(self._handle)
        except OSError as error:
            holder = os.read(self._handle, 40).decode("ascii", "replace").strip() or "unknown"
            os.close(self._handle)
            message = (
                f"Another process (number {holder}) is building {path}. Wait until it ends, or stop it, and try again."
            )
            raise BuildRunning(message) from error
        os.truncate(self._handle, 0)
        os.write(self._handle, f"{os.getpid()}\n".encode("ascii"))

    def release(self) -> None:
        """Let the next builder in."""
        os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
