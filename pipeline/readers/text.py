"""Reader of plain text files: one article a file, described by a ``manifest.csv`` beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import MAX_CHARACTERS, Article, Problem, read_article, too_long
from pipeline.readers.columns import values_of
from pipeline.readers.decoding import UNREADABLE, decode, empty_file, not_utf8, unreadable
from pipeline.readers.table import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST: Final = "manifest.csv"


@dataclass(slots=True)
class Manifest:
    """What a folder's ``manifest.csv`` says of its texts, by file name, and what is wrong with it.

    A manifest that is not ``usable`` is listed once, and its texts are read as if there were none.
    """

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    usable: bool = False

    @classmethod
    def of(cls, folder: Path) -> Manifest | None:
        """Read the manifest of ``folder``; ``None`` when it has none."""
        path = folder / MANIFEST
        if not path.is_file():
            return None
        manifest = cls()
        try:
            manifest._read(path)
        except UNREADABLE as error:
            manifest.problems.append(unreadable(path.as_posix(), error))
        return manifest

    def _read(self, path: Path) -> None:
        origin = path.as_posix()
        rows = read_rows(path)
        header = next(rows, None)
        if header is None:
            self.problems.append(empty_file(origin))
            return
        if header.problem:
            self.problems.append(header.problem)
            return
        if "file" not in header.values or not {"source", "outlet", "publisher"} & header.values.keys():
            reason = "The manifest needs the columns file and source; name them in its first line."
            self.problems.append(Problem(origin, 1, "bad-columns", reason, used=False))
            return
        self.usable = True
        for row in rows:
            if row.problem:
                self.problems.append(row.problem)
                continue
            name = row.values.get("file", "").strip()
            if name in self.rows:
                reason = f"{name} stands in the manifest twice; the first row was taken. Remove one."
                self.problems.append(Problem(origin, row.line, "listed-twice", reason, used=True))
            elif not name or not _is_beside(path.parent, name):
                said = f"The manifest names {name}, which is not in its folder" if name else "The row names no file"
                reason = f"{said}; add the file or remove the row."
                self.problems.append(Problem(origin, row.line, "missing-file", reason, used=False))
            else:
                self.rows[name] = row.values


def _is_beside(folder: Path, name: str) -> bool:
    try:
        return "/" not in name and (folder / name).is_file()
    except (OSError, ValueError):
        return False


class ManifestReader:
    """Reads the manifest of a folder that is read whole, for what is wrong with it."""

    suffixes = (MANIFEST,)

    def read(self, path: Path) -> Iterator[Article | Problem]:
        """The problems of the manifest; its articles come from the texts it names."""
        manifest = Manifest.of(path.parent)
        yield from manifest.problems if manifest else ()


class TextReader:
    """Reads ``.txt`` files. A text of which no manifest knows gets the name of its folder as its source."""

    suffixes = (".txt",)

    def __init__(self) -> None:
        self._manifest: tuple[Path, Manifest] | None = None

    def read(self, path: Path) -> Iterator[Article | Problem]:
        """The article of the file, or the problem that forbids it."""
        origin = path.as_posix()
        try:
            with path.open("rb") as file:
                data = file.read(4 * MAX_CHARACTERS + 4)
        except OSError as error:
            yield unreadable(origin, error)
            return
        if not data.strip():
            yield empty_file(origin)
            return
        text, bad_byte = decode(data)
        if len(text) > MAX_CHARACTERS:
            yield too_long(origin, 0)
            return
        if bad_byte is not None:
            yield not_utf8(origin, 0, bad_byte)
            return
        if not text.strip():
            yield empty_file(origin)
            return
        manifest = self._manifest_of(path.parent)
        folder = path.absolute().parent.name
        values = values_of(manifest.rows[path.name]) if path.name in manifest.rows else {"source": ""}
        if manifest.usable and path.name not in manifest.rows:
            reason = f"{MANIFEST} has no row for this file; its folder, {folder}, was taken for its source. Add a row."
            yield Problem(origin, 0, "not-in-manifest", reason, used=True)
        yield from read_article({**values, "source": values["source"].strip() or folder, "text": text}, origin)

    def _manifest_of(self, folder: Path) -> Manifest:
        if self._manifest is None or self._manifest[0] != folder:
            self._manifest = (folder, Manifest.of(folder) or Manifest())
        return self._manifest[1]
