"""Folders and what lies in them: which files nobody takes for articles, and a walk through all folders below."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Files that systems and editors leave behind.
_SYSTEM: Final = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is passed over."""
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM or name == "__MACOSX"


def folders_below(
    top: Path, failed: Callable[[OSError], object] = lambda _: None
) -> Iterator[tuple[str, list[str], list[str]]]:
    """As :func:`os.walk`, however deep the folders lie: that of older Pythons ends a thousand folders down."""
    waiting = [str(top)]
    while waiting:
        folder = waiting.pop()
        below: list[str] = []
        names: list[str] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    (below if _leads_to_folder(entry) else names).append(entry.name)
        except OSError as error:
            failed(error)
            continue
        yield folder, below, names
        waiting += [path for name in reversed(below) if not is_link(Path(path := str(Path(folder, name))))]


def is_link(path: Path) -> bool:
    """Whether a path is a link."""
    try:
        return path.is_symlink()
    except OSError:  # its name is longer than the system takes: told when the folder is read
        return False


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
