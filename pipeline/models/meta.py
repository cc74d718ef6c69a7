"""What an installed spaCy model says of itself, read without loading spaCy: a build without news needs no more."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from pipeline import DEFAULT_MODEL

# Raise when the parse of the same text by the same model can differ: cached parses of another version are not used.
PARSE_VERSION: Final = 3


@cache
def meta_of(model: str) -> dict[str, Any]:
    """The ``meta.json`` of the model called ``model``: an installed package, or a folder.

    Raises:
        ValueError: no such model is installed.
    """
    for folder in folders_of(model):
        try:
            meta: dict[str, Any] = json.loads((folder / "meta.json").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        return meta
    raise not_installed(model)


def not_installed(model: str) -> ValueError:
    """What to say of a model that is not there."""
    return ValueError(
        f"The spaCy model {model!r} is not installed. "
        f"Install it, or leave FRAMELENS_MODEL unset to use {DEFAULT_MODEL!r}."
    )


def folders_of(model: str) -> list[Path]:
    """Where the files of ``model`` lie: itself when it is a folder, and where a package of its name is installed."""
    folders = [Path(model)] if Path(model).is_dir() else []
    if model.isidentifier() and (spec := find_spec(model)):
        folders += [Path(place) for place in spec.submodule_search_locations or ()]
    return folders
