"""Groups of people that texts speak of without naming anybody: ``people_groups.csv``."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

PREFIX: Final = "group:"
TABLE: Final = Path(__file__).with_suffix(".csv")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = TABLE.read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if line and line[0] != "#"))


@cache
def names() -> dict[str, str]:
    """Name of each group by its id."""
    return {PREFIX + row["group"]: row["name"] for row in _rows()}


@cache
def nouns() -> dict[str, str]:
    """Nouns that stand for a group, in lower case, each with the id of the group."""
    return {form: PREFIX + row["group"] for row in _rows() for form in row["forms"].split("|")}
