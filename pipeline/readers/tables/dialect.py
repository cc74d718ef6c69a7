"""How a table in a text file is written: what parts its cells, where its header stands, how marks are escaped."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.readers.columns import has_article_columns, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", "^": "carets", "~": "tildes"}
# A header stands among the first lines; above it can be a title, a query, a date of export.
HEAD_LINES: Final = 40
# A cell so long is no name, and rows of one table have as many cells but for a few.
_LENGTH_OF_TEXT: Final = 250
_MOST_ALIKE: Final = 0.7


@dataclass(frozen=True, slots=True)
class Dialect:
    """``header`` is the number of the header's line among the first, from 0; -1 where the first line is a row."""

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
    if nameless := _without_names(lines[first:], ways, escape):
        delimiter, width = nameless
        return Dialect(delimiter, first - 1, tuple(f"column {n}" for n in range(1, width + 1)), escape, bool(stated))
    delimiter = max(ways, key=lambda way: len(_names(lines[first], way)))
    return Dialect(delimiter, first, tuple(_names(lines[first], delimiter)), escape, bool(stated))


def _without_names(lines: Sequence[str], ways: Sequence[str], escape: str | None) -> tuple[str, int] | None:
    """What parts the cells and how many a row has, where the first row is an article itself and names no column."""
    for delimiter in ways:
        try:
            rows = list(csv.reader(lines, delimiter=delimiter, escapechar=escape, strict=True))
        except csv.Error:  # the last of these lines may stand in the middle of a cell
            rows = list(csv.reader(lines, delimiter=delimiter, escapechar=escape))[:-1]
        rows = [row for row in rows if any(map(str.strip, row))]
        width = len(rows[0]) if rows else 0
        alike = sum(len(row) == width for row in rows)
        if width > 1 and alike >= _MOST_ALIKE * len(rows) and max(map(len, rows[0])) >= _LENGTH_OF_TEXT:
            return delimiter, width
    return None


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
