"""Where the labelled sets are, and which modules measure on them."""

from __future__ import annotations

import gzip
import json
import os
import pkgutil
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_VARIABLE: Final = "FRAMELENS_EVAL"
_PROJECT: Final = Path(__file__).parents[1]


def folder() -> Path:
    """The folder of the labelled sets: what ``FRAMELENS_EVAL`` names, else ``shared/eval`` beside the project."""
    return Path(os.environ.get(_VARIABLE) or _PROJECT.parent / "shared" / "eval")


def corpus() -> Path:
    """Articles on immigration, one a line, in the folder ``corpus`` beside that of the labelled sets."""
    return folder().parent / "corpus" / "immigration.jsonl.gz"


def corpus_rows() -> dict[str, dict[str, Any]]:
    """The rows of :func:`corpus` by the id of the article."""
    with gzip.open(corpus(), "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


def name_folder() -> None:
    """Let ``FRAMELENS_EVAL`` name the folder that is used, for the modules that read the variable."""
    if folder().is_dir():
        os.environ.setdefault(_VARIABLE, str(folder()))


def measures() -> Iterator[ModuleType]:
    """The modules beside this one that measure something: each has ``NAME``, ``available()`` and ``measure()``."""
    for found in sorted(pkgutil.iter_modules([str(Path(__file__).parent)]), key=lambda found: found.name):
        if found.name.startswith(("_", "test_")) or found.name == "sets":
            continue
        module = import_module(f"evaluation.{found.name}")
        if hasattr(module, "measure"):
            yield module
