"""From what a file says of an article to the article: its text mended, its date and language read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import MAX_CHARACTERS, Article, Problem, too_long
from pipeline.readers.choices import Choices
from pipeline.readers.columns import outlet_from_address
from pipeline.readers.dates import parse_date
from pipeline.readers.language import language_of
from pipeline.readers.mending.mend import mend, mend_line
from store.schema import DATE_PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# NUL ends a string in some of the libraries that see the text after us, and half a surrogate pair cannot be written as
# UTF-8. Each is replaced by one character, so that offsets stay.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

# Services that give only the beginning of a text say so at its end.
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?\s?\d+ (?:chars|characters)\]\s*\Z")
# NELA-GT masks runs of words so that texts cannot be reprinted.
_MASKED = re.compile(r"@(?: ?@){4,}")
CUT: Final = "mark of a cut text taken out"


def read_article(  # noqa: C901, PLR0912  one doubt after another
    values: Mapping[str, str],
    origin: str,
    origin_row: int = 1,
    *,
    own: Mapping[str, str] | None = None,
    choices: Choices | None = None,
    order: str = "",
    place: str = "",
    doubts: tuple[str, ...] = (),
    joined: bool = True,
    wrapped: bool = False,
) -> Iterator[Article | Problem]:
    """Make an article from what a file says of it.

    Args:
        values: the columns ``source``, ``text`` and, where known, ``title``, ``authors``, ``published``,
            ``date_precision``, ``date_evidence`` and ``url``.
        origin: the file, as named to the build.
        origin_row: its line.
        own: other columns of the file, to keep.
        choices: what the user said.
        order: which of the day and the month stands first in this column of dates.
        place: the outlet for which the file or folder is named, for an article that names none.
        doubts: what its reader doubts, besides what is found here.
        joined: whether hard-wrapped lines are joined.
        wrapped: whether they are known to be hard-wrapped.

    Yields:
        Problems, and the article unless one of them forbids it.
    """
    choices = choices or Choices()
    text = values.get("text", "")
    if not text.strip():
        yield Problem(origin, origin_row, "no-text", "There is no text here; add it or remove the entry.", used=False)
        return
    if len(text) > 4 * MAX_CHARACTERS:
        yield too_long(origin, origin_row)
        return
    if _UNSTORABLE.search(text):
        reason = "The text holds NUL characters or broken Unicode; each was replaced by \N{REPLACEMENT CHARACTER}."
        yield Problem(origin, origin_row, "odd-characters", reason, used=True)
    mended, changes = mend(storable(text), joined=joined, wrapped=wrapped)
    found = list(doubts)
    body = mended.text
    if match := _CUT.search(body[-60:]):
        body, changes = body[: len(body) - len(match[0])], (*changes, CUT)
        found.append("cut-text")
    if _MASKED.search(body):
        found.append("masked-text")
    if not body.strip():
        reason = "There is no text here but page code; add the text or remove the entry."
        yield Problem(origin, origin_row, "no-text", reason, used=False)
        return
    if len(body) > MAX_CHARACTERS:
        yield too_long(origin, origin_row)
        return

    def value(name: str) -> str:
        return " ".join(mend_line(storable(values.get(name, ""))).split())

    published = parse_date(values.get("published", ""), order=choices.dates or order)
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
    source = value("source")
    if not source:
        source = outlet_from_address(values.get("url", ""))
        found.append("outlet-from-address" if source else "no-outlet")
    if not published.edtf:
        found.append("no-date")
    if not value("title"):
        found.append("no-title")
    yield Article(
        source=choices.outlet(source or value_of(place)),
        text=body,
        title=value("title"),
        authors=_authors(value("authors")),
        published=published.edtf,
        published_from=published.first,
        published_to=published.last,
        before_noon=published.before_noon,
        date_precision=precision if published.edtf else "unknown",
        date_evidence=value("date_evidence"),
        url=value("url"),
        origin=origin,
        origin_row=origin_row,
        language=language_of(body),
        text_changes=changes,
        own=tuple((storable(name), storable(said)) for name, said in (own or {}).items()),
        doubts=tuple(dict.fromkeys(found)),
    )


def storable(text: str) -> str:
    """``text`` without characters that cannot be stored, replaced one for one."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def value_of(name: str) -> str:
    """The name of a file or folder as an outlet's, on one line."""
    return " ".join(storable(name).split())


def _authors(names: str) -> str:
    """Authors without ``By`` before them, and out of the brackets of a list that a program wrote."""
    if names.startswith(("['", '["')) and names.endswith("]"):
        names = "; ".join(part for part in re.findall(r"""["']([^"']+)["']""", names))
    names = re.sub(r"^by:? +(?=\S)", "", names, flags=re.IGNORECASE)
    return "" if names in {"[]", "()"} else names
