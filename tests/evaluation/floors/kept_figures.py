"""Figures of accuracy kept between runs, for as long as nothing that they depend on has changed.

They depend on the code of the measure and of all that it imports, on tables and labels, on the labelled sets, on Python
and on every package that is installed; weights are among the tables, by their sums. A change of any of these measures
again. `python -m evaluation` always measures.
"""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import distributions
from typing import TYPE_CHECKING, Final

from evaluation import sets
from pipeline.build import versions
from pipeline.build.code_digest import ROOT, digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

# Folders whose files, code apart, are read by measures.
_READ: Final = ("evaluation", "training", "seeds")
# Labels of floors decide nothing of what is measured.
_NOT_READ: Final = frozenset({"floors.json"})
# What readers load by name when they are asked for, which no import shows.
_LOADED_BY_NAME: Final = ("pipeline.readers.sources", "pipeline.readers.recognised")


def figures(module: ModuleType) -> dict[str, float]:
    """What ``module.measure()`` gives, in percent by name; measured only where it is not kept."""
    key = key_of(module.__name__)
    file = sets.KEPT / f"figures-{module.NAME}.json"
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = {}
    if kept.get("key") != key:
        kept = {"key": key, "figures": module.measure()}
        sets.KEPT.mkdir(exist_ok=True)
        written = file.with_suffix(".new")
        written.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        written.replace(file)
    measured: dict[str, float] = kept["figures"]
    return measured


def key_of(name: str) -> str:
    """64 hexadecimal digits that change with whatever the figures of the module called ``name`` depend on."""
    parts = [digest(modules_of(name), _tables()), *_installed()]
    for file in _labelled():
        parts += [file.name, hashlib.sha256(file.read_bytes()).hexdigest()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def modules_of(name: str) -> list[str]:
    """Modules from which everything that the measure called ``name`` runs is followed through imports."""
    return [name, *versions.ARTICLE, *_LOADED_BY_NAME]


def _tables() -> Iterator[Path]:
    """The tables of the analyses and of the store, labels, and articles of this project."""
    yield from versions.resources()
    yield from versions.OF_STORE
    for folder in _READ:
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and file.suffix not in {".py", ".pyc", ".md"} and file.name not in _NOT_READ:
                yield file


def _labelled() -> Iterator[Path]:
    """The labelled sets and the corpus beside them, those that are there."""
    yield from sorted(file for file in sets.folder().rglob("*") if file.is_file())
    if sets.corpus().is_file():
        yield sets.corpus()


def _installed() -> list[str]:
    packages = sorted(f"{found.name}=={found.version}" for found in distributions())
    return [platform.python_version(), platform.machine(), *packages]
