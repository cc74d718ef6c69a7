"""Tables and word lists of ``pipeline/resources``."""

from __future__ import annotations

import csv
import gzip
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

RESOURCES: Final = Path(__file__).parents[1] / "resources"


def _lines(name: str) -> list[str]:
    data = (RESOURCES / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV table by column; lines that begin with # are comments."""
    return list(csv.DictReader(_lines(name)))


def columns(name: str) -> list[list[str]]:
    """Rows of a CSV table without its header, as lists: for the large ones."""
    return list(csv.reader(_lines(name)[1:]))


def phrases(name: str) -> list[str]:
    """Lines of a list."""
    return [line.strip() for line in _lines(name)]


def words(name: str) -> frozenset[str]:
    """Words of a list, separated by white space."""
    return frozenset(word for line in _lines(name) for word in line.split())


def toml(name: str) -> dict[str, Any]:
    """What a TOML file holds, by key."""
    return tomllib.loads((RESOURCES / name).read_text("utf-8"))


@cache
def lists(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of a TOML file by key, each entry a word, a phrase or a pattern of regular expressions."""
    return {key: tuple(entries) for key, entries in toml(name).items()}


def any_of(name: str, key: str) -> str:
    """A group of a regular expression that matches any entry of one list of a TOML file, the first that fits."""
    return f"(?:{'|'.join(lists(name)[key])})"


def key_of_each(lists_by_key: dict[str, list[str]]) -> dict[str, str]:
    """The key of each word of lists that share none."""
    return {word: key for key, entries in lists_by_key.items() for word in entries}


def parts(value: str) -> list[str]:
    """Values of a cell that holds several, separated by |."""
    return [part for part in value.split("|") if part]
