"""Publication dates: what a file says, as EDTF, and the days it can mean."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

# The first newspaper printed in the American colonies; an earlier date is a slip or a database's "no date".
EARLIEST: Final = date(1690, 9, 25)

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +)?"
_TIME = r"(?:(?:,? +(?:at +)?|T)\d{1,2}:\d{2}.{0,40})?"
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*\(?(?:(?P<sign>[+-])(?P<off_hour>\d{2}):?(?P<off_minute>\d{2})|(?P<zone>[A-Z]{1,4})\b)?",
    re.IGNORECASE | re.ASCII,
)
# Hours from Greenwich. In January, when terms end, Washington is five hours behind.
_WASHINGTON: Final = -5
_ZONES: Final = {
    "Z": 0, "UTC": 0, "GMT": 0, "ET": -5, "EST": -5, "EDT": -4, "CT": -6, "CST": -6, "CDT": -5,
    "MT": -7, "MST": -7, "MDT": -6, "PT": -8, "PST": -8, "PDT": -7,
}  # fmt: skip

_ISO_DAY = re.compile(rf"(?P<y>\d{{4}})([-/.]?)(?P<m>\d{{2}})\2(?P<d>\d{{2}}){_TIME}$", re.IGNORECASE | re.ASCII)
_ISO_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})$", re.ASCII)
_YEAR = re.compile(r"(?P<y>\d{4})$", re.ASCII)
_NAMED = re.compile(
    rf"{_WEEKDAY}(?:{_MONTH} +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}}){_TIME}$)",
    re.IGNORECASE | re.ASCII,
)
_NAMED_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]+{_MONTH},?[ -]+(?P<year>\d{{4}}){_TIME}$",
    re.IGNORECASE | re.ASCII,
)
_NAMED_MONTH = re.compile(rf"{_MONTH},? +(?P<year>\d{{4}})$", re.IGNORECASE | re.ASCII)
_SLASHED = re.compile(rf"(?P<a>\d{{1,2}})([/.-])(?P<b>\d{{1,2}})\2(?P<year>\d{{4}}){_TIME}$", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date: its EDTF form, the first and last day it can mean, and why it is in doubt if it is.

    ``before_noon`` says that a time of day was given that lies before noon of that day in Washington.
    """

    edtf: str = ""
    first: date | None = None
    last: date | None = None
    doubt: str = ""
    before_noon: bool = False


def today() -> date:
    """The latest day it is anywhere on earth."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()


def parse_date(value: str, latest: date | None = None) -> Published:
    """Read a date as a day, a month, a year, or an interval of those with a slash (ISO 8601-2, EDTF level 0).

    Days are also read as news sites write them: ``15 Feb 2020``, ``Saturday, February 15, 2020``, with or without
    a time of day, of which is kept whether it was before noon.

    Args:
        value: what the file says.
        latest: no article is of a later day; :func:`today` if not given.

    Returns:
        The date; an empty one for an empty value, and one with a ``doubt`` for a value that is no possible date.
    """
    value = " ".join(value.split())
    if not value:
        return Published()
    shown = value if len(value) <= 60 else value[:60] + "…"
    latest = latest or today()
    parts = value.split("/") if _is_interval(value) else [value]
    found = [_read(part.strip()) for part in parts]
    if found[0] is None or found[-1] is None:
        return Published(doubt=f"The date {shown!r} could not be read; write it as 2020-02-15, 2020-02 or 2020.")
    (edtf, first, _), (edtf_end, end_first, last) = found[0], found[-1]
    if first < EARLIEST:
        return Published(doubt=f"The date {shown!r} is before the first newspapers; correct it or leave it empty.")
    if max(first, end_first) > latest:
        return Published(doubt=f"The date {shown!r} is in the future; correct it or leave it empty.")
    if last < first or end_first < first:
        return Published(doubt=f"The interval {shown!r} ends before it begins; write the earlier date first.")
    if len(found) > 1:
        edtf = f"{edtf}/{edtf_end}"
    return Published(edtf, first, last, before_noon=first == last and _is_before_noon(value))


def government_days(first: date | None, last: date | None, *, before_noon: bool) -> tuple[date | None, date | None]:
    """The days that tell who governed from ``first`` to ``last``: before noon, when terms change, the day before."""
    if not before_noon or first is None or last is None:
        return first, last
    return first - timedelta(days=1), last - timedelta(days=1)


def _is_before_noon(value: str) -> bool:
    """Whether ``value`` has a time of day before noon in Washington; it is of there if no zone is given."""
    clock = _CLOCK.search(value)
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


def _is_interval(value: str) -> bool:
    return value.count("/") == 1


def _read(value: str) -> tuple[str, date, date] | None:
    """EDTF, first and last day of one date; ``None`` for what is not one."""
    if match := _ISO_DAY.match(value):
        return _day(match["y"], match["m"], match["d"])
    if match := _ISO_MONTH.match(value):
        return _month(match["y"], match["m"])
    if _YEAR.match(value) and (year := int(value)):
        return value, date(year, 1, 1), date(year, 12, 31)
    return _read_named(value) or _read_slashed(value)


def _read_named(value: str) -> tuple[str, date, date] | None:
    match = _NAMED.match(value) or _NAMED_DAY_FIRST.match(value) or _NAMED_MONTH.match(value)
    if not match:
        return None
    found = match.groupdict()
    month = str(_MONTHS.index(found["month"].lower()) + 1)
    return _day(found["year"], month, found["day"]) if "day" in found else _month(found["year"], month)


def _read_slashed(value: str) -> tuple[str, date, date] | None:
    """3/4/2020 is in March or April: only a number above 12, or twice the same, settles which is the day."""
    match = _SLASHED.match(value)
    if not match:
        return None
    a, b = int(match["a"]), int(match["b"])
    if a <= 12 and b <= 12 and a != b:
        return None
    month, day = (match["a"], match["b"]) if b > 12 or a == b else (match["b"], match["a"])
    return _day(match["year"], month, day)


def _day(year: str, month: str, day: str) -> tuple[str, date, date] | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat(), found, found


def _month(year: str, month: str) -> tuple[str, date, date] | None:
    y, m = int(year), int(month)
    if not y or not 1 <= m <= 12:
        return None
    return f"{y:04d}-{m:02d}", date(y, m, 1), date(y, m, monthrange(y, m)[1])
