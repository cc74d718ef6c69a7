"""Numbers, dates and lists as a reader wants them: the few phrases every page shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dashboard.markup.reader import per_cent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# One name a voice, in the order in which they are always drawn.
VOICE_NAMES: Final = {
    "narration": "Narration",
    "reported": "Reported",
    "quote": "Quote",
    "headline": "Headline",
    "caption": "Caption",
    "furniture": "Furniture, not counted",
}
# The class of each voice in the style sheet: its pattern in swatches and bars.
VOICE_CLASS: Final = {voice: voice[0] for voice in VOICE_NAMES}
# What stands in quotation marks and nobody says.
TERMS: Final = "terms in marks, nobody’s words"
NO_HEADLINE: Final = "no headline in the file; first words shown"
FURNITURE: Final = "Furniture is links, credits and repeated lines: kept in the text, counted nowhere."

_EDTF: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def number(value: float) -> str:
    """2697 as 2,697."""
    return f"{int(value):,}"


def count(value: float, one: str, many: str | None = None) -> str:
    """Count and noun, "1 article" or "5 articles"; pass ``many`` where it is not ``one`` with an s."""
    return f"{number(value)} {one if int(value) == 1 else many or one + 's'}"


def share(part: float, whole: float) -> str:
    """A percentage, "40%" or "40 %" as the reader writes it, a small one as "0.4%"; nothing of nothing is a dash."""
    if not whole:
        return "–"
    value = 100 * part / whole
    return per_cent(f"{value:.{1 if 0 < value < 0.95 else 0}f}")


def listed(names: Sequence[str], last: str = "and") -> str:
    """Write a list as "a, b and c"."""
    return " ".join(names) if len(names) < 2 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def entity_name(entity_id: str, name: str) -> str:
    """The name of an entity. An administration in office that no article names is known by its id alone."""
    kind, _, slug = entity_id.partition(":")
    if name != entity_id or kind != "administration":
        return name
    president, _, year = slug.rpartition("-")
    if not year.isdecimal():
        president, year = slug, ""
    return f"{president.replace('-', ' ').title()} administration{f' (from {year})' if year else ''}"


def when(published: str) -> str:
    """An EDTF date as in a dateline: "28 Feb 2024", "Oct 2019", "15 or 16 Feb 2020"; empty says "no date"."""
    first, _, last = published.partition("/")
    if not first:
        return "no date"
    if not last or first == last:
        return _point(first)
    a, b = _EDTF.match(first), _EDTF.match(last)
    if a and b and a[3] and b[3] and a.group(1, 2) == b.group(1, 2):
        return f"{int(a[3])}{' or ' if int(b[3]) - int(a[3]) == 1 else '–'}{_point(last)}"
    return f"{_point(first)} – {_point(last)}"


def _point(edtf: str) -> str:
    parts = _EDTF.match(edtf)
    if not parts or not 1 <= int(parts[2] or 1) <= 12:
        return edtf
    year, month, day = parts.groups()
    return " ".join(([str(int(day))] if day else []) + ([MONTHS[int(month) - 1]] if month else []) + [year])


def exact(published: str) -> bool:
    """Whether the very day is known."""
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", published))


def month(day: date) -> str:
    """Name the month of a day: "October 2019"."""
    return f"{LONG_MONTHS[day.month - 1]} {day.year}"


def months(first: date | None, last: date | None) -> str:
    """The stretch from the month of one day to that of another: "October 2019 to February 2024"."""
    if first is None or last is None:
        return "no dates known"
    a, b = month(first), month(last)
    if a == b:
        return a
    return f"{LONG_MONTHS[first.month - 1]} to {b}" if first.year == last.year else f"{a} to {b}"


_FRACTIONS: Final = (
    (0.04, "hardly any word is"),
    (0.075, "one word in twenty is"),
    (0.13, "one word in ten is"),
    (0.225, "one word in five is"),
    (0.29, "one word in four is"),
    (0.36, "one word in three is"),
    (0.45, "two words in five are"),
    (0.55, "every second word is"),
    (0.63, "three words in five are"),
    (0.71, "two words in three are"),
    (0.85, "three words in four are"),
    (1.01, "nearly every word is"),
)


def roughly(part: float, whole: float) -> str:
    """A share in plain words, with its verb: "two words in five are"; the exact numbers stand beside it."""
    return next(words for limit, words in _FRACTIONS if part / max(whole, 1) < limit)
