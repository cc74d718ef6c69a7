"""Words of dates: months in several languages, and the time of day."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from pipeline.core.resource_tables import RESOURCES

CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?!\d)(?::\d{2}(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*\(?(?:GMT|UTC)?(?:(?P<sign>[+-])(?P<off_hour>\d{2}):?(?P<off_minute>\d{2})|(?P<zone>[A-Z]{1,4})\b)?",
    re.IGNORECASE | re.ASCII,
)
# Hours from Greenwich. In January, when terms end, Washington is five hours behind.
_WASHINGTON: Final = -5
_ZONES: Final = {
    "Z": 0, "UTC": 0, "GMT": 0, "ET": -5, "EST": -5, "EDT": -4, "CT": -6, "CST": -6, "CDT": -5,
    "MT": -7, "MST": -7, "MDT": -6, "PT": -8, "PST": -8, "PDT": -7,
}  # fmt: skip


@cache
def months() -> dict[str, int]:
    """Number of each month by its names, in small letters without accents."""
    rows = (RESOURCES / "readers" / "months.csv").read_text("utf-8").splitlines()
    numbers: dict[str, int] = {}
    for row in rows:
        number, _, names = row.partition(",")
        if number.isdecimal():
            numbers.update(dict.fromkeys(names.split(), int(number)))
    return numbers


def plain(value: str) -> str:
    """``value`` without accents, so that ``février`` and ``März`` are looked up as they are listed."""
    if value.isascii():
        return value
    parts = unicodedata.normalize("NFKD", value)
    return "".join(character for character in parts if not unicodedata.combining(character))


def is_before_noon(value: str) -> bool:
    """Whether ``value`` has a time of day before noon in Washington; it is of there if no zone is given."""
    clock = CLOCK.search(value)
    if clock is None:
        return False
    hour, minute = int(clock["hour"]), int(clock["minute"])
    if hour == minute == 0:  # what programs write where they know no time
        return False
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    if clock["sign"]:
        offset = int(f"{clock['sign']}1") * (int(clock["off_hour"]) * 60 + int(clock["off_minute"]))
    else:
        offset = 60 * _ZONES.get((clock["zone"] or "").upper(), _WASHINGTON)
    return 60 * hour + minute - offset + 60 * _WASHINGTON < 12 * 60
