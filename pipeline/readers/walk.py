"""The files of what a user names: folders with all in them, and archives unpacked for as long as they are read."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import Problem
from pipeline.readers.columns import LONGEST_KEPT
from pipeline.readers.decoding import MAX_RATIO
from pipeline.readers.folders.names import folders_below, is_hidden, is_link
from pipeline.readers.folders.tars import is_tar, untar
from pipeline.readers.manifest import Manifest
from pipeline.readers.safety import DEEPEST, MOST_MEMBER, MOST_MEMBERS, MOST_UNPACKED, member_fault, regular_fault
from pipeline.readers.source_file import SourceFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pipeline.readers.choices import Choices

_PAGE_ENDS: Final = (".html", ".htm", ".xhtml", ".shtml")
_PARTS_OF_PAGE: Final = (
    "_files",
    "-dateien",
    "_fichiers",
    "_archivos",
    "-filer",
    "_bestanden",
    "_file",
    ".files",
    "_dateien",
)


@dataclass(slots=True)
class Passed:
    """Files that were met and are no articles' files: hidden ones, and parts of saved pages."""

    hidden: dict[str, list[str]] = field(default_factory=dict)

    def problems(self) -> Iterator[Problem]:
        """One line a folder."""
        for folder, names in self.hidden.items():
            shown = ", ".join(names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
            count = "1 hidden or system file was" if len(names) == 1 else f"{len(names):,} hidden or system files were"
            reason = f"{count} passed over: {shown}. Rename what is an article, without a dot before its name."
            yield Problem(folder, 0, "hidden-files", reason, used=True)


def find(
    paths: Iterable[Path],
    choices: Choices,
    wanted: Collection[str] | None = None,
    among: Collection[str] | None = None,
) -> Iterator[SourceFile | Problem]:
    """The files to read, and what is wrong with names that lead to none.

    Where it is known which are wanted, others are passed over: ``among`` are their origins, and those of all that
    they lie in.
    """
    passed = Passed()
    for path in paths:
        if among is not None and shown(path) not in among:
            continue
        if path.is_dir():
            top = SourceFile(path, shown(path), (), choices, wanted=wanted)
            yield from _walk(top, passed, among)
        elif not path.exists() and not path.is_symlink():
            reason = "There is no such file or folder; check its name."
            yield Problem(shown(path), 0, "missing-file", reason, used=False)
        elif fault := regular_fault(path, None):
            yield Problem(shown(path), 0, "not-a-file", fault, used=False)
        else:
            folder = path.absolute().parent
            yield _described(
                SourceFile(path, shown(path), (folder.name,), choices, wanted=wanted),
                folder,
                _manifests(folder, shown(path.parent), folder),
            )
    yield from passed.problems()


def shown(path: Path) -> str:
    """A path as text; bytes of a name that are not UTF-8 become marks."""
    return _text(path.as_posix())


def _text(name: str) -> str:
    """The same of a single name."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _manifests(folder: Path, origin: str, top: Path) -> list[tuple[Path, Manifest]]:
    manifest = Manifest.of(folder, origin, top)
    return [(folder, manifest)] if manifest else []


def _walk(  # noqa: C901  one kind of name after another
    place: SourceFile, passed: Passed, among: Collection[str] | None
) -> Iterator[SourceFile | Problem]:
    """Files of a folder and of all folders below, sorted; links to folders are not followed.

    ``place`` is the folder, with what holds of all files in it.
    """
    top, origin, above = place.path, place.origin, place.folders
    failed: list[OSError] = []
    root = top.absolute()
    manifests: dict[Path, list[tuple[Path, Manifest]]] = {}
    for walked, below, names in folders_below(top, failed.append):
        folder = Path(walked)
        inner = folder.relative_to(top)
        called = origin if inner == Path() else f"{origin}/{shown(inner)}"
        if among is not None and called not in among:
            below.clear()
            continue
        pages = {name[: -len(end)].lower() for name in names for end in _PAGE_ENDS if name.lower().endswith(end)}
        hidden = [name for name in (*below, *names) if is_hidden(name)]
        if hidden:
            passed.hidden.setdefault(called, []).extend(sorted(_text(name) for name in hidden))
        for name in sorted(below):
            if is_hidden(name):
                continue
            if is_link(folder / name):
                reason = "It is a link to a folder and was not followed; copy the folder, or name it to the build."
                yield Problem(f"{called}/{_text(name)}", 0, "not-a-file", reason, used=False)
            elif _is_part_of_page(name, pages):
                count = sum(len(files) for _, _, files in folders_below(folder / name))
                reason = (
                    f"The {count:,} files of the saved page beside this folder (pictures, styles, scripts) were not "
                    "read. Check that the page was."
                )
                yield Problem(f"{called}/{_text(name)}", 0, "parts-of-page", reason, used=True)
        below[:] = sorted(
            name
            for name in below
            if not is_hidden(name) and not is_link(folder / name) and not _is_part_of_page(name, pages)
        )
        manifests[folder] = [*_manifests(folder, called, top), *manifests.get(folder.parent, [])]
        folders = (
            *(_text(part) for part in reversed(inner.parts)),
            *((_text(root.name),) if not above else ()),
            *above,
        )
        for name in sorted(names):
            if is_hidden(name) or (among is not None and f"{called}/{_text(name)}" not in among):
                continue
            path = folder / name
            if fault := regular_fault(path, top):
                yield Problem(f"{called}/{_text(name)}", 0, "not-a-file", fault, used=False)
                continue
            file = SourceFile(
                path, f"{called}/{_text(name)}", folders, place.choices, depth=place.depth, wanted=place.wanted
            )
            yield _described(file, folder, manifests[folder])
    for error in failed:
        reason = f"The folder could not be read ({error.strerror}); check that you may read it."
        yield Problem(shown(Path(error.filename)), 0, "unreadable-file", reason, used=False)


def _is_part_of_page(name: str, pages: set[str]) -> bool:
    small = name.lower()
    return any(small.endswith(end) and small[: -len(end)] in pages for end in _PARTS_OF_PAGE)


def _described(file: SourceFile, folder: Path, manifests: list[tuple[Path, Manifest]]) -> SourceFile:
    """A file with what the nearest manifest says of it."""
    for where, manifest in manifests:
        if file.path == manifest.path:
            return replace(file, manifest=manifest)
        if not manifest.usable:
            continue
        relative = file.path.absolute().relative_to(where.absolute()).as_posix()
        row = manifest.rows.get(relative)
        if row is not None:
            values = manifest.columns.values(row)
            own_values = {
                name: value for name, value in manifest.columns.own_values(row).items() if len(value) <= LONGEST_KEPT
            }
            return replace(file, manifest=manifest, manifest_values=values | {"described": "yes"}, own=own_values)
        if where == folder:
            return replace(file, manifest=manifest)
    return file


@contextmanager
def unpacked(file: SourceFile, among: Collection[str] | None = None) -> Iterator[Iterator[SourceFile | Problem]]:
    """The files of an archive, those ``among`` which it is asked for, in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="framelens-") as temporary:
        folder = Path(temporary)
        problems = list(_unpack(file, folder))
        yield _unpacked_files(file, folder, problems, among)


def _unpacked_files(
    file: SourceFile, folder: Path, problems: list[Problem], among: Collection[str] | None
) -> Iterator[SourceFile | Problem]:
    yield from problems
    passed = Passed()
    # A folder that holds all there is has the archive's name, or the name that its maker gave it.
    place = replace(file, path=folder, folders=(file.stem, *file.folders), depth=file.depth + 1)
    yield from _walk(place, passed, among)
    yield from passed.problems()


def _unpack(file: SourceFile, folder: Path) -> Iterator[Problem]:
    if file.depth >= DEEPEST:
        reason = f"It lies in {DEEPEST} archives, one within the other, and was not unpacked; unpack it yourself."
        yield Problem(file.origin, 0, "unsafe-archive", reason, used=False)
        return
    if is_tar(file.path):
        yield from untar(file.path, file.origin, folder)
        return
    total = 0
    size = max(1, file.path.stat().st_size)
    try:
        with zipfile.ZipFile(file.path) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_MEMBERS:
                reason = f"The archive holds {len(infos):,} files, more than {MOST_MEMBERS:,}; split it."
                yield Problem(file.origin, 0, "unsafe-archive", reason, used=False)
                return
            for info in infos:
                called = f"{file.origin}/{info.filename.encode('utf-8', 'replace').decode('utf-8')}"
                if fault := member_fault(info):
                    yield Problem(called, 0, "unsafe-archive", fault, used=False)
                    continue
                if info.is_dir():
                    continue
                try:
                    total += _copy(archive, info, folder, MOST_UNPACKED - total)
                except (
                    zipfile.BadZipFile,
                    zlib.error,
                    OSError,
                    EOFError,
                    NotImplementedError,
                    RuntimeError,
                    ValueError,
                ) as error:
                    reason = f"It could not be unpacked ({error}); check that the archive is whole."
                    yield Problem(called, 0, "unreadable-file", reason, used=False)
                if total >= MOST_UNPACKED or (total > 256 << 20 and total > MAX_RATIO * size):
                    reason = (
                        f"The archive grows to more than {MOST_UNPACKED >> 30} GB, or {MAX_RATIO} times its size; what "
                        "follows in it was not unpacked. Split it."
                    )
                    yield Problem(file.origin, 0, "unsafe-archive", reason, used=False)
                    return
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        reason = f"The archive could not be opened ({error}); check that it is whole."
        yield Problem(file.origin, 0, "unreadable-file", reason, used=False)


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, allowed: int) -> int:
    """Unpack one member, counting what comes out and not what its head says."""
    parts = [part[:200] for part in Path(info.filename.replace("\\", "/")).parts]
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    most = min(MOST_MEMBER, allowed)
    with archive.open(info) as packed, target.open("wb") as out:
        written = 0
        while block := packed.read(1 << 20):
            written += len(block)
            if written > most or written > max(64 << 20, 2 * info.file_size):
                target.unlink()
                message = "it is larger than it says"
                raise ValueError(message)
            out.write(block)
    return written


__all__ = ["find", "shown", "unpacked"]
