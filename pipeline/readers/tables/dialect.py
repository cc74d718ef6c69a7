"""How a table in a text file is written: what parts its cells, where its header stands, how marks are escaped."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.readers.columns import has_article_columns, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# A header stands among the first lines; above it can be a title, a query, a date of export.
HEAD_LINES: Final = 40


@dataclass(frozen=True, slots=True)
class Dialect:
    """``header`` is the number of the header's line among the first, from 0; ``preamble`` the lines above it."""

    delimiter: str
    header: int
    names: tuple[str, ...]
    escape: str | None = None
    told_by_first_line: bool = False

    @property
    def in_words(self) -> str:
        """In words."""
        return f"cells parted by {DELIMITERS[self.delimiter]}"


def cells_of(line: str, delimiter: str, escape: str | None = None) -> list[str]:
    """The cells of one line.

    Raises:
        csv.Error: it is not one.
    """
    return next(csv.reader([line], delimiter=delimiter, escapechar=escape, skipinitialspace=True), [])


def dialect_of(lines: Sequence[str]) -> Dialect | None:
    """Find the dialect from the first lines; ``None`` when there is no line at all.

    The header is the first line that names columns of articles; failing that, the first of as many cells as the lines
    below it.
    """
    stated = ""
    if lines and lines[0].strip().strip('"').lower().startswith("sep=") and len(lines[0].strip().strip('"')) <= 5:
        stated = lines[0].strip("\r\n").strip('"')[4:5] or "\t"
    ways = [stated] if stated in DELIMITERS else list(DELIMITERS)
    escape = _escape(lines)
    for number, line in enumerate(lines):
        if stated and number == 0:
            continue
        for delimiter in ways:
            names = _names(line, delimiter)
            if len(names) > 1 and has_article_columns(names):
                best = max(ways, key=lambda way: (_names_of_columns(_names(line, way)), len(_names(line, way))))
                return Dialect(best, number, tuple(_names(line, best)), escape, bool(stated))
    first = next((n for n, line in enumerate(lines) if line.strip() and not (stated and n == 0)), None)
    if first is None:
        return None
    delimiter = max(ways, key=lambda way: len(_names(lines[first], way)))
    return Dialect(delimiter, first, tuple(_names(lines[first], delimiter)), escape, bool(stated))


def _names_of_columns(names: Sequence[str]) -> int:
    return sum(has_article_columns([name, "text", "title"]) for name in names if normal(name))


def _names(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in cells_of(line.strip("\r\n"), delimiter)]
    except csv.Error:
        return []


def _escape(lines: Sequence[str]) -> str | None:
    """A backslash before quotation marks inside cells, as databases write them."""
    text = "".join(lines)
    return "\\" if text.count('\\"') > text.count('""') else None
