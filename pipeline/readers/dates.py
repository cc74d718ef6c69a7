"""Publication dates: what a file says, as EDTF, and the days it can mean."""

from __future__ import annotations

import re
from calendar import day_abbr, monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from time import time
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import words
from pipeline.readers.date_words import is_before_noon, months, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

# The first newspaper printed in the American colonies; an earlier date is a slip or a database's "no date".
EARLIEST: Final = date(1690, 9, 25)
# The day that times are counted from, and, in seconds, a day and how far clocks are before that of Greenwich at most.
_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAY: Final = 24 * 60 * 60
_EARLIEST_ZONE: Final = 14 * 60 * 60
DAY_FIRST: Final = "day-first"
MONTH_FIRST: Final = "month-first"
ORDERS: Final = (DAY_FIRST, MONTH_FIRST)

Days = tuple[str, date, date]

_LEAD = re.compile(
    r"(?:(?:last |first |originally |date )?(?:updated|published|posted|modified|created|publication|released?)"
    r"(?: date| on| at)?|date|on|the)\b ?:? *",
    re.IGNORECASE,
)
# In the languages of the months, with what can stand after it: "Saturday,", "Samstag, den", "sábado".
_DAYS_OF_WEEK: Final = rf"(?:(?:{'|'.join(day_abbr).lower()})[a-z]*|{'|'.join(sorted(words('readers/weekdays.txt')))})"
_WEEKDAY = rf"(?:{_DAYS_OF_WEEK}\.?,?(?: den| the)? +)?"
_MONTH = r"(?P<month>[a-z]{3,10})\.?"
_CLOCK_FIRST = re.compile(
    r"\d{1,2}[:.]\d{2}(?::\d{2})? ?(?:[ap]\.?m\.?)?(?: \(?[A-Z]{2,4}\)?)?,? (?:[–—-] )?(?:on )?(?=\D*\d)",
    re.IGNORECASE | re.ASCII,
)
# A time of day, or a weekday and an edition, as databases put them after the day.
_TIME = r"(?:(?:,? *(?:[|•·–—-] *)?(?:at +)?| *T)\d{1,2}[:.h]\d{2}.{0,60}|T\d{4,6}.{0,12})?"
_REST = (
    rf"(?:{_TIME}|,? *{_DAYS_OF_WEEK}\b.{{0,60}}|,? \d{{0,2}}:?\d{{0,2}} ?[ap]\.?m\.?.{{0,20}}"
    r"|,? .{0,40}\bedition\b.{0,20})$"
)
_FLAGS = re.IGNORECASE | re.ASCII

_ISO_DAY = re.compile(rf"(?P<y>\d{{4}})([-/.]?)(?P<m>\d{{2}})\2(?P<d>\d{{2}}){_REST}", _FLAGS)
_LOOSE_ISO = re.compile(rf"(?P<y>\d{{4}})([-/.])(?P<m>\d{{1,2}})\2(?P<d>\d{{1,2}}){_REST}", _FLAGS)
_STAMP = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?P<hour>[01]\d|2[0-3])[0-5]\d[0-5]\d$", re.ASCII)
_ISO_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})$", re.ASCII)
_YEAR = re.compile(r"(?P<y>\d{4})(?:\.0)?$", re.ASCII)
_NAMED = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"{_WEEKDAY}{_MONTH} +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}}){_REST}",
        (
            rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|er)?(?: of| de)?[ /-]*{_MONTH}(?: de)?,?[ /-]*"
            rf"(?P<year>\d{{4}}|\d{{2}}(?= |$|T)){_REST}"
        ),
        # Unix and Twitter: the year comes last.
        (
            rf"{_WEEKDAY}{_MONTH} +(?P<day>\d{{1,2}}) \d{{1,2}}:\d{{2}}(?::\d{{2}})? "
            r"(?:[A-Z+][A-Z0-9]{1,4} )?(?P<year>\d{4})$"
        ),
        rf"(?P<year>\d{{4}}),? {_MONTH},? (?P<day>\d{{1,2}}){_REST}",
    )
)
_NAMED_MONTH = re.compile(rf"{_MONTH},?(?: de)? +(?P<year>\d{{4}})$", _FLAGS)
_SLASHED = re.compile(
    rf"{_WEEKDAY}(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}|\d{{2}}){_REST}", _FLAGS
)
# A day after its year; an interval may end in another way.
_YEAR_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}[^/]*$", re.ASCII)
_NUMBER = re.compile(r"(?P<whole>\d{5}|\d{9,10}|\d{12,13}|\d{15,16})(?:[.,]\d+)?$", re.ASCII)
_FLOAT = re.compile(r"\d\.\d+[eE]\+(?:09|1[25]|9)$", re.ASCII)
# A day that a program took for a number, and one those written in Hungary and Korea, China and Japan.
_AS_NUMBER = re.compile(r"(\d{8})\.0$", re.ASCII)
_CHINESE = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日", re.ASCII)
_DOTTED = re.compile(r"(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.?$", re.ASCII)
# A page that was changed says when; it was published before.
_UPDATED_TOO = re.compile(r"(?<=[\w.]) ?(?:[/|;·•(-] ?)(?:last )?(?:updated|modified)\b.*$", re.IGNORECASE)
# Day 0 of Excel's calendar, which takes 1900 for a leap year.
_EXCEL: Final = date(1899, 12, 30)


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
    return date.fromordinal(_EPOCH + int(time() + _EARLIEST_ZONE) // _DAY)


def parse_date(value: str, latest: date | None = None, order: str = "") -> Published:
    """Read a date as a day, a month, a year, or an interval of those with a slash (ISO 8601-2, EDTF level 0).

    Days are also read as news sites, databases and programs write them: ``15 Feb 2020``, ``February 15, 2020
    Saturday``, ``20200215T101500Z``, seconds since 1970, Excel's day numbers; with or without a time of day, of which
    is kept whether it was before noon.

    Args:
        value: what the file says.
        latest: no article is of a later day; :func:`today` if not given.
        order: :data:`DAY_FIRST` or :data:`MONTH_FIRST`, which settles ``3/4/2020``; see :func:`order_of`.

    Returns:
        The date; an empty one for an empty value, and one with a ``doubt`` for a value that is no possible date.
    """
    return _parsed(value, latest or today(), order) if value else Published()


# Articles of one day are many, and mostly write it in the same way.
@lru_cache(maxsize=4_096)
def _parsed(value: str, latest: date, order: str) -> Published:
    value = _UPDATED_TOO.sub("", " ".join(value.split()))
    if not value:
        return Published()
    shown = value if len(value) <= 60 else value[:60] + "…"
    parts = value.split("/") if _is_interval(value) else [value]
    days = [_read(part.strip(), order) for part in parts]
    if days[0] is None or days[-1] is None:
        return Published(doubt=_unread(value, shown))
    (edtf, first, _), (edtf_end, end_first, last) = days[0], days[-1]
    if first < EARLIEST:
        return Published(doubt=f"The date {shown!r} is before the first newspapers; correct it or leave it empty.")
    if max(first, end_first) > latest:
        return Published(doubt=f"The date {shown!r} is in the future; correct it or leave it empty.")
    if last < first or end_first < first:
        return Published(doubt=f"The interval {shown!r} ends before it begins; write the earlier date first.")
    if len(days) > 1:
        edtf = f"{edtf}/{edtf_end}"
    return Published(edtf, first, last, before_noon=first == last and is_before_noon(_clock_of(value)))


def hangs_on_order(value: str) -> bool:
    """Whether what a date means can hang on the order of day and month; most begin with the year and do not."""
    return bool(value) and not _YEAR_FIRST.match(value)


def order_of(values: Iterable[str]) -> str:
    """Whether dates of one column put the day or the month first; empty when none tells, or they disagree."""
    seen: set[str] = set()
    for value in values:
        if match := _SLASHED.match(" ".join(value.split())[:80]):
            a, b = int(match["a"]), int(match["b"])
            if a > 12 >= b:
                seen.add(DAY_FIRST)
            elif b > 12 >= a:
                seen.add(MONTH_FIRST)
    return seen.pop() if len(seen) == 1 else ""


def government_days(first: date | None, last: date | None, *, before_noon: bool) -> tuple[date | None, date | None]:
    """The days that tell who governed from ``first`` to ``last``: before noon, when terms change, the day before."""
    if not before_noon or first is None or last is None:
        return first, last
    return first - timedelta(days=1), last - timedelta(days=1)


def _unread(value: str, shown: str) -> str:
    if (match := _SLASHED.match(value)) and max(int(match["a"]), int(match["b"])) <= 12:
        return (
            f"The date {shown!r} could not be read for sure: the day or the month may stand first, and no other date "
            "of its column tells. Write it as 2020-02-15, or say which with --dates."
        )
    return f"The date {shown!r} could not be read; write it as 2020-02-15, 2020-02 or 2020."


def _clock_of(value: str) -> str:
    """The part of ``value`` that can hold a time of day: not the day of 15.02.2020."""
    if match := _STAMP.match(value):
        return f"{match['hour']}:00Z" if match["hour"] != "00" else ""
    if match := re.match(r"\d{8}T(\d{2})(\d{2})(.*)$", value, re.ASCII):
        return f"{match[1]}:{match[2]}{match[3][2:]}"
    return re.sub(r"\b\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})\b", " ", value)


def _is_interval(value: str) -> bool:
    return value.count("/") == 1


def _read(value: str, order: str) -> Days | None:
    """EDTF, first and last day of one date; ``None`` for what is not one."""
    value = _CHINESE.sub(r"\1-\2-\3", _DOTTED.sub(r"\1-\2-\3", _AS_NUMBER.sub(r"\1", plain(value))))
    if match := _ISO_DAY.match(value) or _LOOSE_ISO.match(value) or _STAMP.match(value):
        return _day(match["y"], match["m"], match["d"])
    if match := _ISO_MONTH.match(value):
        return _month(match["y"], match["m"])
    if (match := _YEAR.match(value)) and int(match["y"]):
        return match["y"], date(int(match["y"]), 1, 1), date(int(match["y"]), 12, 31)
    if (match := _NUMBER.match(value)) or _FLOAT.match(value):
        return _numbered(match["whole"] if match else str(int(float(value))))
    bare = _LEAD.sub("", value, count=1)
    for text in dict.fromkeys((value, bare, _CLOCK_FIRST.sub("", bare, count=1))):
        if days := _read_named(text) or _read_slashed(text, order):
            return days
    return _read(bare, order) if bare != value and bare[:1].isdecimal() else None


def _read_named(value: str) -> Days | None:
    for pattern in _NAMED:
        if (match := pattern.match(value)) and (month := months().get(match["month"].lower())):
            return _day(_full_year(match["year"]), str(month), match["day"])
    match = _NAMED_MONTH.match(value)
    month = months().get(match["month"].lower()) if match else None
    return _month(match["year"], str(month)) if match and month else None


def _read_slashed(value: str, order: str) -> Days | None:
    """3/4/2020 is in March or April: only a number above 12, twice the same, or ``order`` settles which is the day."""
    match = _SLASHED.match(value)
    if not match:
        return None
    a, b = int(match["a"]), int(match["b"])
    if a <= 12 and b <= 12 and a != b and not order:
        return None
    day_first = a > 12 or (b <= 12 and order == DAY_FIRST)
    month, day = (match["b"], match["a"]) if day_first else (match["a"], match["b"])
    return _day(_full_year(match["year"]), month, day)


def _full_year(year: str) -> str:
    if len(year) == 4:
        return year
    return f"20{year}" if int(year) <= today().year % 100 else f"19{year}"


def _numbered(whole: str) -> Days | None:
    """Seconds, milliseconds or microseconds since 1970, or the days of Excel; days since 1970 no file writes."""
    if len(whole) == 5:
        day = _EXCEL + timedelta(days=int(whole))
        return (day.isoformat(), day, day) if day.year >= 1927 else None
    seconds = int(whole) // {9: 1, 10: 1, 12: 1000, 13: 1000, 15: 10**6, 16: 10**6}[len(whole)]
    day = datetime.fromtimestamp(seconds, UTC).date()
    return day.isoformat(), day, day


def _day(year: str, month: str, day: str) -> Days | None:
    try:
        whole = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return whole.isoformat(), whole, whole


def _month(year: str, month: str) -> Days | None:
    y, m = int(year), int(month)
    if not y or not 1 <= m <= 12:
        return None
    return f"{y:04d}-{m:02d}", date(y, m, 1), date(y, m, monthrange(y, m)[1])
