"""What the records of a build depend on besides the sources; found without loading spaCy."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pipeline.build.cache import parser_id
from store.schema import SCHEMA_VERSION
from store.terms import TABLE as TERMS

_ROOM = Path(__file__).parents[1]


def versions(model: str) -> dict[str, str]:
    """Names and versions of all that decides what is written of an article.

    Raises:
        ValueError: no model called ``model`` is installed.
    """
    return {
        "framelens": version_of_framelens(),
        "schema": str(SCHEMA_VERSION),
        "parser": parser_id(model),
        "spacy": version("spacy"),
        "analyses": analyses_id(),
    }


def version_of_framelens() -> str:
    """The version in ``pyproject.toml``: Framelens runs from its own folder and is not installed."""
    project = _ROOM.parent / "pyproject.toml"
    return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])


@cache
def analyses_id() -> str:
    """A digest of the code, word lists and weights of every analysis: records made under another are made again."""
    files = [
        path
        for path in sorted(_ROOM.rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.relative_to(_ROOM).parts[0] not in {"readers", "cli"}
        and path.relative_to(_ROOM).parts[:2] != ("resources", "readers")
    ]
    digest = hashlib.sha256(TERMS.read_bytes())
    for path in files:
        digest.update(path.relative_to(_ROOM).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
