"""What the records of a build depend on besides the sources; found without loading spaCy.

Two parts of a build have a version each: what is written of an article by itself, and what is found in all articles
together. Both are digests (:mod:`pipeline.build.code_digest`) of the code that does it and of the tables it reads.
Weights count by their sums in ``resources/weights.csv``, without which none is used.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.metadata import version
from platform import python_version
from typing import TYPE_CHECKING, Final

from pipeline.build.cache import parser_id
from pipeline.build.code_digest import ROOT, digest
from pipeline.models import weights
from store.people_groups import TABLE as PEOPLE_GROUPS
from store.schema_version import SCHEMA_VERSION
from store.terms import TABLE as TERMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Where what is written of an article begins, and what is found in all of them.
ARTICLE: Final = ("pipeline.build.annotator", "pipeline.build.batch", "pipeline.build.records")
STORIES: Final = ("pipeline.stories.write", "pipeline.core.embedding")

# Tables of the store that analyses read as well.
OF_STORE: Final = (TERMS, PEOPLE_GROUPS)

# Packages that decide what is read of a text.
OF_READERS: Final = ("ftfy", "py3langid", "numpy")

_RESOURCES: Final = ROOT / "pipeline" / "resources"
# Rooms of resources that say nothing of what is written of an article: how files are read shows in the article itself.
_NOT_OF_ARTICLES: Final = frozenset({"readers", "stories"})


def versions(model: str) -> dict[str, str]:
    """Names and versions of all that decides what is written of an article, and of stories.

    Raises:
        ValueError: no model called ``model`` is installed.
    """
    return {
        "framelens": version_of_framelens(),
        "schema": str(SCHEMA_VERSION),
        "parser": parser_id(model),
        "spacy": version("spacy"),
        "analyses": analyses_id(),
        "stories": stories_id(),
    }


def version_of_framelens() -> str:
    """The version in ``pyproject.toml``: Framelens runs from its own folder and is not installed."""
    project = ROOT / "pyproject.toml"
    return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])


@cache
def analyses_id() -> str:
    """The version of all analyses of an article: records made under another are made again."""
    return digest(ARTICLE, [*OF_STORE, *(file for file in resources() if _room(file) not in _NOT_OF_ARTICLES)])


@cache
def stories_id() -> str:
    """The version of what finds stories and their facts in annotated articles."""
    return digest(STORIES, [file for file in resources() if _room(file) == "stories"])


@cache
def readings_id() -> str:
    """The version of what reads files, and articles out of what they say of them."""
    readers_digest = digest(["pipeline.readers.sources"], [file for file in resources() if _room(file) == "readers"])
    return "/".join([readers_digest, python_version(), *(version(name) for name in OF_READERS)])


def resources() -> Iterator[Path]:
    """The tables and word lists that analyses read, and the table of weights in the place of the weights."""
    weight_files = {file for files in weights.known_sums().values() for file in files}
    for file in _RESOURCES.rglob("*"):
        if file.is_file() and file.name not in weight_files and file.suffix != ".md":
            yield file


def _room(file: Path) -> str:
    return file.relative_to(_RESOURCES).parts[0]
