"""What is kept of the files that a reader uploads: the files, or, in their stead, the articles recognised in them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from pipeline.readers.choices import Choices
from pipeline.readers.sources import read_files
from pipeline.readers.tables.kept import END, write
from pipeline.readers.tally import FileRead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# Kinds of files that news databases make: their covers say who downloaded them, when, and what he searched for.
_DATABASES: Final = ("Nexis", "LexisNexis", "Factiva", "ProQuest", "cover of a download")


def without_covers(upload: Path, choices: Choices) -> list[str]:
    """Keep of an upload's downloads from news databases the articles alone; the names of those files.

    Args:
        upload: the folder of the upload.
        choices: how its files are read.
    """
    replaced = []
    for path in sorted(file for file in upload.rglob("*") if file.is_file() and not file.is_symlink()):
        items = read_files([path], choices)
        if any(isinstance(item, FileRead) and item.kind.startswith(_DATABASES) for item in items):
            keep_articles([path], path, choices)
            replaced.append(path.name)
    return replaced


def keep_articles(paths: Sequence[Path], upload: Path, choices: Choices) -> None:
    """Keep what is recognised in files of an upload in their stead, in one file of the upload, and delete them.

    Args:
        paths: the upload itself, or files of it.
        upload: a folder, or a file that stands alone.
        choices: how they are read, and what is not to be kept.
    """
    folder = upload if upload.is_dir() else upload.parent
    stem = "articles" if upload.is_dir() else upload.name.removesuffix(END)
    target, number = folder / f"{stem}{END}", 1
    while target.exists():
        number += 1
        target = folder / f"{stem} {number}{END}"
    items = read_files(paths, Choices(choices.columns, choices.dates))
    number_kept = write(target, items, choices.removed.holds)
    for path in sorted(_files_of(paths, target), key=lambda file: -len(file.parts)):
        if path.is_dir() and not path.is_symlink():
            with suppress(OSError):  # one that holds files that were not named
                path.rmdir()
        else:
            path.unlink()
    if not number_kept:
        target.unlink()
        with suppress(OSError):
            folder.rmdir()


def _files_of(paths: Iterable[Path], target: Path) -> set[Path]:
    files: set[Path] = set()
    for path in paths:
        files |= {file for file in path.rglob("*") if file != target} if path.is_dir() else {path}
    return files
