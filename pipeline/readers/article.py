"""An article as it comes from a file, and a problem with one."""

from __future__ import annotations

import hashlib
from dataclasses import InitVar, dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.readers.dates import government_days

if TYPE_CHECKING:
    from datetime import date

# Longer texts are books or a whole site in one file; the parser would need gigabytes for them.
MAX_CHARACTERS: Final = 1_000_000


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
    ``text`` is as mended; ``text_changes`` says what was done to it. ``own`` are the columns of the file that are not
    ours, by name. ``doubts`` are codes of :data:`pipeline.readers.tally.DOUBTS`, such as ``no-date``. ``text_hash`` is
    the SHA-256 of the text, by which two articles with one text are told. Whoever has hashed before gives ``known``:
    the id and this hash, each empty where it is not known.
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
    language: str = "en"
    text_changes: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    known: InitVar[tuple[str, bytes]] = ("", b"")
    article_id: str = field(init=False, default="")
    text_hash: bytes = field(init=False, default=b"", repr=False)

    def __post_init__(self, known: tuple[str, bytes]) -> None:
        """Name the article by what it says."""
        article_id, text_hash = known
        object.__setattr__(self, "article_id", article_id or id_of(self.source, self.text))
        object.__setattr__(self, "text_hash", text_hash or hash_of(self.text))

    @property
    def government_days(self) -> tuple[date | None, date | None]:
        """The first and last day that tell who governed: see :func:`pipeline.readers.dates.government_days`."""
        return government_days(self.published_from, self.published_to, before_noon=self.before_noon)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a build compares of an article that was read before: all but its text.

    ``told`` is a hash of all that it says besides source, text and place, ``length`` the characters of its text;
    ``removed`` says that its user removed it. The rest is as in :class:`Article`.
    """

    article_id: str
    text_hash: bytes
    source: str
    language: str
    doubts: tuple[str, ...]
    told: str
    length: int
    origin: str
    origin_row: int
    removed: bool = False

    @classmethod
    def of(cls, article: Article, *, removed: bool = False) -> Glance:
        """That of an article."""
        parts = (
            article.title, article.authors, article.published, article.date_precision, article.date_evidence,
            article.url, str(article.before_noon), article.language, "\x1f".join(article.text_changes),
            str(article.own),
        )  # fmt: skip
        return cls(
            article.article_id,
            article.text_hash,
            article.source,
            article.language,
            article.doubts,
            hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24],
            len(article.text),
            article.origin,
            article.origin_row,
            removed,
        )


def id_of(source: str, text: str) -> str:
    """The id of an article of ``source`` with this text: 16 hexadecimal digits."""
    return hash_of(f"{source}\0{text}").hex()[:16]


def hash_of(text: str) -> bytes:
    """The SHA-256 of a text, 32 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def too_long(origin: str, origin_row: int) -> Problem:
    """The problem of an article above :data:`MAX_CHARACTERS`."""
    reason = f"The article is longer than {MAX_CHARACTERS:,} characters; split it into the articles it holds."
    return Problem(origin, origin_row, "too-long", reason, used=False)
