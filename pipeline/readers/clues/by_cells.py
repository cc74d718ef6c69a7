"""Which column holds the text, the title and the day where no name of a column tells: by what their cells look like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.readers.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    # The filled cells of each column among a file's first rows, by the row.
    Cells = Mapping[str, Mapping[int, str]]

# In this order: what is the text is no title.
ROLES: Final = ("text", "title", "published")
# A column that no name tells is the text when its cells are so long, in letters and in words.
_LEAST_LENGTH: Final = 250
_LEAST_WORDS: Final = 30
_WORDS_A_SIGN: Final = 12
# A title has more words than a name, fewer letters than a lead, and is another in most rows.
_TITLE_WORDS: Final = 4
_TITLE_LENGTH: Final = 160
_MOST_ALIKE: Final = 0.2
# Parts of most cells of a column of titles or days.
_MOST: Final = 0.8
_NUMBER = re.compile(r"\d+(?:\.\d+)?$")
_LISTED = re.compile(r"[;|]")
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.", re.IGNORECASE)


def guess(roles: Collection[str], cells: Cells, rows: int, other_days: Collection[str]) -> dict[str, str]:
    """A column for each of the roles that one looks like, each column for one role.

    Args:
        roles: some of :data:`ROLES`.
        cells: of the columns that are free.
        rows: how many rows were looked at.
        other_days: columns whose names say that their days are not those of publication.
    """
    found: dict[str, str] = {}
    for role in roles:
        free = [name for name in cells if name not in found.values()]
        if role == "text":
            name = text(free, cells)
        elif role == "title":
            name = title(free, cells, rows)
        else:
            name = day([name for name in free if name not in other_days], cells, rows)
        if name:
            found[role] = name
    return found


def text(free: Sequence[str], cells: Cells) -> str:
    """The column of long cells in running words; empty where there is none."""

    def mean(name: str) -> float:
        values = list(cells[name].values())
        words = sum(value.count(" ") for value in values)
        listed = sum(len(_LISTED.findall(value)) for value in values)  # keywords and the like are no text
        runs = words >= _LEAST_WORDS * len(values) and words >= _WORDS_A_SIGN * listed
        return sum(map(len, values)) / len(values) if values and runs else 0

    best = max(free, key=mean, default="")
    return best if best and mean(best) >= _LEAST_LENGTH else ""


def title(free: Sequence[str], cells: Cells, rows: int) -> str:
    """The first column of short phrases that differ from row to row: no names, lists, days, numbers or addresses."""
    return next((name for name in free if _is_title(list(cells[name].values()), rows)), "")


def titles(names: Sequence[str], cells: Cells, rows: int, vague: Collection[str]) -> tuple[str, ...]:
    """Columns named for titles that hold some: none of numbers, and one with a vague name only where it reads so."""
    return tuple(
        name
        for name in names
        if 2 * sum(map(str.isdecimal, cells[name].values())) <= len(cells[name])
        if name not in vague or title([name], cells, rows)
    )


def _is_title(values: Sequence[str], rows: int) -> bool:
    if not values or len(values) < _MOST * rows or max(map(len, values)) > 3 * _TITLE_LENGTH:
        return False
    alike = len(values) - len(set(values))
    phrases = [
        value
        for value in values
        if value.count(" ") >= _TITLE_WORDS - 1
        and len(_LISTED.findall(value)) < 2
        and not _ADDRESS.match(value)
        and not parse_date(value).edtf
    ]
    return (
        len(phrases) >= _MOST * len(values)
        and alike <= _MOST_ALIKE * len(values)
        and sum(map(len, values)) <= _TITLE_LENGTH * len(values)
    )


def day(free: Sequence[str], cells: Cells, rows: int) -> str:
    """The column of whole days; of several the one with the earliest, since pages are saved and changed later."""
    found: dict[str, dict[int, str]] = {}
    for name in free:
        # Plain numbers are as likely to count or to name something.
        days = {
            row: edtf
            for row, value in cells[name].items()
            if not _NUMBER.match(value) and len(edtf := parse_date(value).edtf) >= len("2020-02-15")
        }
        if len(days) >= _MOST * max(1, len(cells[name])) and 2 * len(days) >= rows:
            found[name] = days
    firsts = [min(days.get(row, "~") for days in found.values()) for row in range(rows)] if found else []
    return max(
        found, key=lambda name: sum(found[name].get(row) == first for row, first in enumerate(firsts)), default=""
    )
