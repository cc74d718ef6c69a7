"""A table that describes the files of its folder: ``manifest.csv``, or another with a column of their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import Problem
from pipeline.readers.columns import Columns, choose, names, normal
from pipeline.readers.decoding import UNREADABLE, empty_file, unreadable
from pipeline.readers.safety import regular_fault
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.tables.blocks import Record
from pipeline.readers.tables.delimited import rows_of, sniff

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.readers.tables.records import Item

MANIFEST: Final = "manifest.csv"
_FILE_COLUMNS: Final = (
    "file",
    "filename",
    "filepath",
    "path",
    "textfile",
    "document",
    "documentname",
    "docname",
    "docid",
    "doc",
    "articleid",
    "id",
)
_ENDS: Final = (".csv", ".tsv")
# Tables looked into for one that describes the others.
_MOST_TABLES: Final = 20
_ROWS_TRIED: Final = 20


@dataclass(slots=True)
class Manifest:
    """What a table says of the files beside it, by their paths from its folder, and what is wrong with it.

    A manifest that is not ``usable`` is listed once, and its files are read as if there were none.
    """

    path: Path
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    columns: Columns = field(default_factory=lambda: Columns({}))
    usable: bool = False

    @classmethod
    def of(cls, folder: Path, origin: str = "", top: Path | None = None) -> Manifest | None:
        """Read the manifest of ``folder``; ``None`` when it has none. A link that leads out of ``top`` is none."""
        path = folder / MANIFEST
        if regular_fault(path, top or folder):
            another_table = _other_table(folder, top or folder)
            if another_table is None:
                return None
            path = another_table
        manifest = cls(path)
        shown = f"{origin}/{path.name}" if origin else path.as_posix()
        try:
            manifest._read(shown)
        except UNREADABLE as error:
            manifest.problems.append(unreadable(shown, error))
        return manifest

    def said_of(self, relative: str) -> dict[str, str]:
        """What the manifest says of a file; nothing where it has no row for it."""
        return self.rows.get(relative, {})

    def _read(self, origin: str) -> None:
        dialect, rows = rows_of(self.path, origin)
        if dialect is None:
            self.problems.append(empty_file(origin))
            return
        key = _file_column(dialect.names)
        items = list(rows)
        records = [row.values for row in items if isinstance(row, Record)]
        self.columns = choose([name for name in dialect.names if name != key], records[:50])
        if not key or not ("source" in self.columns.used or self.path.name != MANIFEST):
            reason = "The manifest needs the columns file and source; name them in its first line."
            self.problems.append(Problem(origin, 1, "bad-columns", reason, used=False))
            return
        self.usable = True
        self._take(items, key, origin)

    def _take(self, items: list[Record | Problem], key: str, origin: str) -> None:
        for row in items:
            if isinstance(row, Problem):
                self.problems.append(row)
                continue
            name = _file_named(self.path.parent, row.values.get(key, "").strip())
            named = row.values.get(key, "").strip()
            if name in self.rows and name:
                reason = f"{named} stands in the manifest twice; the first row was taken. Remove one."
                self.problems.append(Problem(origin, row.row, "listed-twice", reason, used=True))
            elif not name:
                fault = f"The manifest names {named}, which is not in its folder" if named else "The row names no file"
                reason = f"{fault}; add the file or remove the row."
                self.problems.append(Problem(origin, row.row, "missing-file", reason, used=False))
            else:
                self.rows[name] = row.values


def _file_column(header: tuple[str, ...]) -> str:
    by_name = {normal(name): name for name in reversed(header)}
    return next((by_name[name] for name in _FILE_COLUMNS if name in by_name), "")


def _file_named(folder: Path, name: str) -> str:
    """The path from ``folder`` of the file that a row names, with its ending or without; empty when there is none."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not name or name.startswith("/") or ".." in parts or PureWindowsPath(name).drive or "\0" in name:
        return ""
    try:
        for end in ("", ".txt"):
            if (folder / (name + end)).is_file():
                return str(PurePosixPath(*parts)) + end
    except (OSError, ValueError):
        pass
    return ""


def _other_table(folder: Path, top: Path) -> Path | None:
    """A table of the folder without texts whose rows name files beside it."""
    try:
        tables = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in _ENDS and not path.name.startswith(".") and not regular_fault(path, top)
        )
    except OSError:
        return None
    for path in tables[:_MOST_TABLES]:
        try:
            dialect = sniff(path)
            key = _file_column(dialect.names) if dialect else ""
            text_columns = names().columns["text"]
            if not key or dialect is None or any(normal(name) in text_columns for name in dialect.names if name != key):
                continue
            _, rows = rows_of(path, path.name)
            tried = [
                row.values.get(key, "").strip()
                for row, _ in zip(rows, range(_ROWS_TRIED), strict=False)
                if isinstance(row, Record)
            ]
        except UNREADABLE:
            continue
        if sum(bool(_file_named(folder, name)) for name in tried) * 2 >= max(1, len(tried)):
            return path
    return None


class ManifestReader:
    """Reads the manifest of a folder that is read whole, for what is wrong with it."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """The problems of the manifest; its articles come from the files it names."""
        yield Seen("table that describes the files beside it")
        if file.manifest:
            yield Seen(columns=file.manifest.columns.uses(), guessed=file.manifest.columns.guessed)
            yield from file.manifest.problems
