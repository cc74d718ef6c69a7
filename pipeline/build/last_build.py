"""What the last build saw, so that a build without news is told at once: from names, sizes, times and sums.

Nothing that reads tables, texts or models is loaded here. Whatever is not just as it was, or cannot be told, is left to
a whole build, which costs seconds and is always right:

- sources are compared by names, sizes, and the times and numbers that the system gives them. A file that was written
  within a minute before it was looked at may be written again without another time, and so may any file where the
  system keeps no time of the change itself: such files are read and their sums compared;
- tables, the search index and the manifest are compared with the sums of the manifest, as before every build; the logs
  of the tables like sources;
- code, word lists and the names of all installed packages have one sum.
"""

# ruff: noqa: PTH100, PTH109, PTH113, PTH116, PTH118, PTH120, PTH123, PTH208  there can be a million files: no object is made for each
from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.models import weights
from pipeline.models.meta import folders_of
from pipeline.readers.folders.names import folders_below, is_hidden, is_link
from store.errors import StoreError
from store.snapshot import manifest
from store.snapshot.lock import BuildLock
from store.snapshot.verify import BEFORE_A_BUILD, damages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pipeline.readers.tally import FileRead

FILE: Final = "last_build.json"
_ROOT: Final = Path(__file__).parents[2]
# Files of the data folder that decide nothing of how sources are read: what builds make, and what readers note.
# Whatever else lies there counts, so that nobody has to think of it here.
_DECIDE_NOTHING: Final = (
    *("manifest*.json", "search-*.sqlite*", "parses.sqlite*", "vectors.sqlite*", "readings.sqlite*", "build.*"),
    *("reading-*.duckdb*", "packed-*.sqlite*", "neighbours.npz"),
    *(
        "outlets.built.csv",
        "corrections.jsonl",
        "checks.jsonl",
        "concepts.csv",
        "corpus.json",
        "open.json",
        "*.part",
        "*.damaged",
    ),
)
# Beside a file that is named, a table can say what is in it.
_TABLES: Final = (".csv", ".tsv")
# Nanoseconds within which two writings may bear one time, with room for the clock of a file server.
_SETTLED: Final = 60 * 10**9

# What the system says of a file, or that it is only there, or not; and the sum of its content where that counts.
FileState = list[Any]


class Untellable(Exception):  # noqa: N818  no error: a whole build says what is the matter
    """Whether anything changed cannot be told from names, sizes and times."""


class FileStates:
    """Files as they are now."""

    def __init__(self) -> None:
        self.time = time.time_ns()
        self.files: dict[str, FileState] = {}

    def add(self, path: str) -> None:
        """Look at a file, which may be missing.

        Raises:
            Untellable: it is no file.
        """
        try:
            status = os.stat(path)
        except FileNotFoundError:
            self.files[path] = ["missing"]
            return
        if not os.path.isfile(path):
            raise Untellable
        self.files[path] = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]

    def add_source(self, source: Path, among: Collection[str]) -> None:
        """Look at all that is read of a source, ``among`` others by their paths.

        Raises:
            Untellable: it is missing, or a table beside it that is no source may say something of it.
        """
        place = os.path.abspath(source)
        if source.is_dir():
            for folder, below, names in folders_below(Path(place), _raise):
                for name in list(below):
                    if is_hidden(name) or is_link(Path(folder, name)):
                        self.files[os.path.join(folder, name)] = ["folder"]
                        below.remove(name)
                for name in names:
                    path = os.path.join(folder, name)
                    if is_hidden(name):
                        self.files[path] = ["hidden"]
                    else:
                        self.add(path)
            return
        if not source.is_file():
            raise Untellable
        folder = os.path.dirname(place)
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if Path(name).suffix.lower() in _TABLES and path not in among:
                raise Untellable
        self.add(place)

    def with_sums(self) -> dict[str, FileState]:
        """The same with the sum of each file's content."""
        return {path: [*seen, _sum(path)] if len(seen) > 1 else seen for path, seen in self.files.items()}

    def same_as(self, before: dict[str, FileState], then: int) -> bool:
        """Whether all is as it was seen ``before``, at the time ``then``."""
        if self.files.keys() != before.keys():
            return False
        for path, seen in self.files.items():
            *status, total = before[path]
            if len(seen) == 1:
                if seen != before[path]:
                    return False
            elif not (seen == status and _is_settled(status, then)) and _sum(path) != total:
                return False
        return True


def _raise(error: OSError) -> None:
    raise error


def _is_settled(seen: FileState, then: int) -> bool:
    """Whether a file seen so at the time ``then`` cannot have been written since without showing it."""
    _, modified, changed, _ = seen
    # On Windows the third is the time of creation, and whoever sets the second leaves no trace.
    return os.name != "nt" and max(modified, changed) + _SETTLED < then


def _sum(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sources(sources: Iterable[Path], data: Path) -> FileStates:
    states = FileStates()
    among = {os.path.abspath(source) for source in sources}
    for source in sources:
        states.add_source(source, among)
    if data.is_dir():
        for name in os.listdir(data):
            path = os.path.join(data, name)
            if name != FILE and os.path.isfile(path) and not any(fnmatch(name, pattern) for pattern in _DECIDE_NOTHING):
                states.add(path)
    return states


def _logs(data: Path) -> FileStates:
    states = FileStates()
    for path in sorted(data.glob("tables/*/_delta_log/*")):
        states.add(str(path))
    states.add(str(data / manifest.COPY))
    return states


def _call(sources: Sequence[Path], data: Path, model: str) -> dict[str, Any]:
    """All that decides a build beside files: the call, the code and its tables, and what is installed."""
    return {
        "sources": [os.fspath(source) for source in sources],
        "folder": os.getcwd(),
        "data": os.path.abspath(data),
        "model": model,
        "made_with": _made_with(model),
    }


def _made_with(model: str) -> str:
    """A sum of the code, of the tables and word lists, of the model's description, and of installed packages' names."""
    total = hashlib.sha256(sys.version.encode())
    weight_files = {file for files in weights.known_sums().values() for file in files}
    for top in ("pipeline", "store"):
        for folder, below, names in os.walk(_ROOT / top):
            below[:] = sorted(name for name in below if name != "__pycache__")
            for name in sorted(set(names) - weight_files):
                path = os.path.join(folder, name)
                total.update(f"{path}\0{_sum(path)}\0".encode("utf-8", "surrogateescape"))
    total.update((_ROOT / "pyproject.toml").read_bytes())
    for place in folders_of(model):
        with suppress(OSError):
            total.update((place / "meta.json").read_bytes())
    for entry in sys.path:
        with suppress(OSError):
            names = os.listdir(entry or ".")
            installed = sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))
            total.update("\0".join(installed).encode("utf-8", "surrogateescape"))
    return total.hexdigest()


class Remembered:
    """What a build saw of its sources before it read them, to be kept when it has done all it could."""

    def __init__(self, sources: Sequence[Path], data: Path, model: str) -> None:
        self._sources, self._data, self._model = sources, data, model
        self._seen: dict[str, FileState] | None = None
        self._time = 0
        with suppress(Untellable, OSError):
            states = _sources(sources, data)
            self._seen, self._time = states.with_sums(), states.time

    def keep(self, outcome: dict[str, Any], files: Iterable[FileRead], *, complete: bool) -> None:
        """Keep it beside the tables, with what came of the build and of its ``files``.

        Nothing is kept where it was not ``complete`` or something changed meanwhile, so that the next build finds out.
        """
        path = self._data / FILE
        path.unlink(missing_ok=True)
        if self._seen is None or not complete or self._may_describe(files):
            return
        with suppress(Untellable, OSError):
            if not _sources(self._sources, self._data).same_as(self._seen, self._time):
                return
            logs = _logs(self._data)
            record = _call(self._sources, self._data, self._model) | {
                "time": self._time,
                "seen": self._seen,
                "logs_time": logs.time,
                "logs": logs.with_sums(),
                "outcome": outcome,
            }
            content = json.dumps(record)
            part = path.with_name(path.name + ".part")
            part.write_text(f"{hashlib.sha256(content.encode()).hexdigest()}\n{content}", "utf-8")
            part.replace(path)

    def _may_describe(self, files: Iterable[FileRead]) -> bool:
        """Whether a table that is named may say something of files beside it that are not: one without articles may."""
        if not any(source.is_file() for source in self._sources):
            return False
        return any(not file.articles for file in files if Path(file.origin).suffix.lower() in _TABLES)


def unchanged(sources: Sequence[Path], data: Path, model: str) -> dict[str, Any] | None:
    """What came of the last build, where another would find nothing new and nothing to mend; None where it might."""
    try:
        total, _, content = (data / FILE).read_text("utf-8").partition("\n")
        if hashlib.sha256(content.encode()).hexdigest() != total:
            return None
        record = json.loads(content)
        call = _call(sources, data, model)
        if any(record[name] != value for name, value in call.items()):
            return None
        if not _sources(sources, data).same_as(record["seen"], record["time"]):
            return None
        with BuildLock(data):
            sound = _is_sound(data, record)
    except (Untellable, OSError, ValueError, KeyError, StoreError):
        return None
    outcome: dict[str, Any] = record["outcome"]
    return outcome if sound else None


def _is_sound(data: Path, record: dict[str, Any]) -> bool:
    """Whether the store is the one of the last build, whole, and no later build was broken off."""
    last_manifest = manifest.read_any(data)
    return (
        last_manifest is not None
        and last_manifest.snapshot == record["outcome"]["snapshot"]
        and (data / manifest.NAME).read_bytes() == (data / manifest.COPY).read_bytes()
        and not (data / "building").exists()
        and _logs(data).same_as(record["logs"], record["logs_time"])
        and not damages(data, last_manifest, most=BEFORE_A_BUILD)
    )
