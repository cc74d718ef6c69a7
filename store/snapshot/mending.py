"""What of the last snapshot a build can stand on: the files that are whole, and what has to be made anew."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from store.schema_version import SCHEMA_VERSION
from store.snapshot import delta_tables
from store.snapshot.kept import PATTERN, remove
from store.snapshot.verify import BEFORE_A_BUILD, damages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.snapshot.manifest import Manifest


@dataclass(slots=True)
class Base:
    """Tables to build on, their files, those whose log has to be begun anew, whether the search index is whole."""

    tables: dict[str, int] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    without_log: set[str] = field(default_factory=set)
    index: bool = False
    notices: list[str] = field(default_factory=list)


def sound_base(path: Path, last: Manifest | None) -> Base:
    """What is whole of the snapshot ``last`` in the folder ``path``; tables are set back to the versions it names.

    When a file of a table by article is damaged, all articles are given up, since nobody can tell which had their rows
    in it: their analyses are done again, from parses that are cached.
    """
    # Tables of another schema cannot be added to; everything is built again beside them.
    if last is None or last.schema != SCHEMA_VERSION:
        base = Base(without_log={name for name in delta_tables.ALL if _files_by_log(path, name, None) is None})
        begin_logs_anew(path, base.without_log)
        return base
    broken = damages(path, last, most=BEFORE_A_BUILD)
    base = Base(tables=dict(last.tables), index=not any(not damage.table for damage in broken))
    lost = {damage.table for damage in broken if damage.table}
    for name, version in last.tables.items():
        files = _files_by_log(path, name, version)
        files_named = [str(path / file) for file in last.files_of(name)] if last.files else files
        if files is None or files != files_named:
            base.without_log.add(name)
        if files_named is None:
            lost.add(name)
        else:
            base.files[name] = files_named
    base.notices += [f"{path / damage.file} was damaged ({damage.what})." for damage in broken]
    _give_up(base, lost)
    if not base.index:
        base.notices.append("The search index is made again.")
    begin_logs_anew(path, base.without_log)
    return base


def begin_logs_anew(path: Path, names: Iterable[str]) -> set[str]:
    """Take away the logs of tables, so that the next write of each begins one; which they were."""
    for name in names:
        shutil.rmtree(delta_tables.folder(path, name) / "_delta_log", ignore_errors=True)
    return set(names)


def _give_up(base: Base, lost: set[str]) -> None:
    """Take out the tables that are ``lost`` and what falls with them, and say so."""
    if lost & set(delta_tables.BY_ARTICLE):
        lost |= set(delta_tables.BY_ARTICLE)
        base.notices.append("The articles are analysed again, from parses that are cached; corrections are kept.")
    elif lost:
        base.notices.append(f"Made again: {', '.join(sorted(lost))}.")
    if odd := base.without_log - lost:
        base.notices.append(f"The logs of these tables were damaged and are begun anew: {', '.join(sorted(odd))}.")
    for name in lost:
        base.tables.pop(name, None)
        base.files.pop(name, None)


def _files_by_log(path: Path, name: str, version: int | None) -> list[str] | None:
    """The files of a table as its log has them; None when the log cannot be read, or leads out of the folder."""
    try:
        if version is None:
            begun = (delta_tables.folder(path, name) / "_delta_log").is_dir()
            return delta_tables.newest(path, name).files if begun else None
        files = delta_tables.restore(path, name, version)
    except Exception:  # noqa: BLE001  delta-rs has no common class of errors
        return None
    inside = delta_tables.folder(path, name)
    return files if all(Path(file).parent == inside for file in files) else None


def remove_unused(path: Path, current: Manifest) -> None:
    """Remove files that neither the snapshot ``current`` nor the one before uses. Harmless to interrupt."""
    older = current.previous or {}
    for name, version in current.tables.items():
        used = {"_delta_log", *(Path(file).name for file in current.files_of(name))}
        if used.issuperset(file.name for file in delta_tables.folder(path, name).iterdir()):
            continue
        before = older.get("tables", {}).get(name)
        # A log that was begun anew counts from 0 again.
        keep = {version, before if before is not None and before <= version else version}
        delta_tables.vacuum(path, name, sorted(keep))
    # What readers kept of snapshots before holds articles that may have been taken out.
    for file in path.glob(PATTERN):
        if not file.name.startswith(f"reading-{current.snapshot}-"):
            remove(file)
    indexes = {current.search, older.get("search")}
    for file in path.glob("search-*.sqlite*"):
        if file.name.partition(".sqlite")[0] + ".sqlite" not in indexes:
            with suppress(FileNotFoundError):
                file.unlink()
