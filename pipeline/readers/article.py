"""An article as it comes from a file, and a problem with one."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.readers.dates import government_days, parse_date
from store.schema import DATE_PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

# Longer texts are books or a whole site in one file; the parser would need gigabytes for them.
MAX_CHARACTERS: Final = 1_000_000

# NUL ends a string in some of the libraries that see the text after us, and half a surrogate pair cannot be written as
# UTF-8. Each is replaced by one character, so that offsets stay.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the sources that could not be used (``used`` is false), or was used with a doubt.

    ``origin_row`` is a line of the file, from 1, or 0 for the whole file.
    """

    origin: str
    origin_row: int
    code: str
    reason: str
    used: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``article_id`` is a hash of its source and text, the same on every machine.

    ``published`` is EDTF, empty when unknown; ``published_from`` and ``published_to`` are the days it can mean,
    ``before_noon`` whether it is known to be of a morning in Washington, when those who left office at noon held it.
    """

    source: str
    text: str
    title: str = ""
    authors: str = ""
    published: str = ""
    published_from: date | None = None
    published_to: date | None = None
    before_noon: bool = False
    date_precision: str = "unknown"
    date_evidence: str = ""
    url: str = ""
    origin: str = ""
    origin_row: int = 1
    article_id: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """Name the article by what it says."""
        content = f"{self.source}\0{self.text}".encode("utf-8", "surrogatepass")
        object.__setattr__(self, "article_id", hashlib.sha256(content).hexdigest()[:16])

    @property
    def government_days(self) -> tuple[date | None, date | None]:
        """The first and last day that tell who governed: see :func:`pipeline.readers.dates.government_days`."""
        return government_days(self.published_from, self.published_to, before_noon=self.before_noon)


def read_article(values: Mapping[str, str], origin: str, origin_row: int = 1) -> Iterator[Article | Problem]:
    """Make an article from what a file says of it.

    Args:
        values: the columns ``source``, ``text`` and, where known, ``title``, ``authors``, ``published``,
            ``date_precision``, ``date_evidence`` and ``url``.
        origin: the file, as named to the build.
        origin_row: its line.

    Yields:
        Problems, and the article unless one of them forbids it.
    """
    text = values["text"]
    if not text.strip():
        yield Problem(origin, origin_row, "no-text", "There is no text here; add it or remove the entry.", used=False)
        return
    if len(text) > MAX_CHARACTERS:
        yield too_long(origin, origin_row)
        return
    if _UNSTORABLE.search(text):
        reason = "The text holds NUL characters or broken Unicode; each was replaced by \N{REPLACEMENT CHARACTER}."
        yield Problem(origin, origin_row, "odd-characters", reason, used=True)
    published = parse_date(values.get("published", ""))
    precision = values.get("date_precision", "").strip().lower()
    if published.doubt:
        yield Problem(origin, origin_row, "odd-date", published.doubt, used=True)
    elif precision and precision not in DATE_PRECISIONS:
        reason = (
            f"date_precision must be one of {', '.join(DATE_PRECISIONS)}, not {precision[:40]!r}; stated was taken."
        )
        yield Problem(origin, origin_row, "odd-date", reason, used=True)
    if precision not in DATE_PRECISIONS:
        precision = "stated"

    def value(name: str) -> str:
        return _storable(" ".join(values.get(name, "").split()))

    yield Article(
        source=value("source"),
        text=_storable(text),
        title=value("title"),
        authors=value("authors"),
        published=published.edtf,
        published_from=published.first,
        published_to=published.last,
        before_noon=published.before_noon,
        date_precision=precision if published.edtf else "unknown",
        date_evidence=value("date_evidence"),
        url=value("url"),
        origin=origin,
        origin_row=origin_row,
    )


def too_long(origin: str, origin_row: int) -> Problem:
    """The problem of an article above :data:`MAX_CHARACTERS`."""
    reason = f"The article is longer than {MAX_CHARACTERS:,} characters; split it into the articles it holds."
    return Problem(origin, origin_row, "too-long", reason, used=False)


def _storable(text: str) -> str:
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)
