"""From what a file says of an article to the article: its text mended, its date and language read.

What came of it can be remembered (:func:`remembering`): a build then mends only what it has not seen yet.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol

from pipeline.readers.article import MAX_CHARACTERS, Article, Problem, hash_of, id_of, too_long
from pipeline.readers.choices import Choices
from pipeline.readers.clues.addresses import outlet_of
from pipeline.readers.dates import Published, parse_date
from pipeline.readers.language import language_of
from pipeline.readers.mending.mend import mend, mend_line
from store.schema import DATE_PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

# NUL ends a string in some of the libraries that see the text after us, and half a surrogate pair cannot be written as
# UTF-8. Each is replaced by one character, so that offsets stay.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

# Services that give only the beginning of a text say so at its end.
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?\s?\d+ (?:chars|characters)\]\s*\Z")
# NELA-GT masks runs of words so that texts cannot be reprinted.
_MASKED = re.compile(r"@(?: ?@){4,}")
CUT: Final = "mark of a cut text taken out"


class Readings(Protocol):
    """What is remembered of what was read, by hashes of what a file said."""

    def get(self, key: str) -> str | None:
        """What was put under ``key``, or None."""
        ...

    def put(self, key: str, reading: str) -> None:
        """Remember what was found."""
        ...


_READINGS: ContextVar[Readings | None] = ContextVar("readings", default=None)


@contextmanager
def remembering(readings: Readings) -> Iterator[None]:
    """Remember with ``readings`` what is read, and take from them what was read before."""
    before = _READINGS.set(readings)
    try:
        yield
    finally:
        _READINGS.reset(before)


def remembered() -> Readings | None:
    """What remembers now, if anything does."""
    return _READINGS.get()


def read_article(
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
    own_values = tuple((storable(name), storable(value)) for name, value in (own or {}).items())

    def named(source: str) -> str:
        return choices.outlet(source or value_of(place))

    for item in _items(values, choices.dates or order, doubts, named, joined=joined, wrapped=wrapped):
        if "code" in item:
            yield Problem(origin, origin_row, **item)
            continue
        first, last = (day and date.fromisoformat(day) for day in (item["published_from"], item["published_to"]))
        item["published_from"], item["published_to"] = first, last
        item["text_changes"], item["doubts"] = tuple(item["text_changes"]), tuple(item["doubts"])
        yield Article(**item, origin=origin, origin_row=origin_row, own=own_values)


def _items(
    values: Mapping[str, str],
    order: str,
    doubts: tuple[str, ...],
    named: Callable[[str], str],
    *,
    joined: bool,
    wrapped: bool,
) -> Iterable[dict[str, Any]]:
    """The same as JSON holds it, made or remembered. ``named`` gives the outlet, which hangs on place and choices."""
    readings = _READINGS.get()
    # Read each time: what a date can mean hangs on today's.
    day = parse_date(values.get("published", ""), order=order)
    if readings is None:
        for item in _read(values, day, doubts, joined=joined, wrapped=wrapped):
            yield item if "code" in item else {**item, "source": named(item["source"])}
        return
    text = values.get("text", "")
    # A text is hashed once: that is most of what it costs to see that it was read before.
    said = hash_of(text)
    rest = {name: value for name, value in values.items() if name != "text"}
    facts = repr((rest, day.edtf, day.before_noon, day.doubt, doubts, joined, wrapped))
    key = hashlib.sha256(facts.encode("utf-8", "surrogatepass") + said).hexdigest()
    remembered = readings.get(key)
    items: list[dict[str, Any]]
    if remembered is None:
        items = [
            item if "code" in item else _to_remember(item, text, named)
            for item in _read(values, day, doubts, joined=joined, wrapped=wrapped)
        ]
        readings.put(key, json.dumps(items, separators=(",", ":")))
    else:
        items = json.loads(remembered)
    for item in items:
        if "code" not in item:
            unchanged = item["text"] is None
            outlet, article_id = item.pop("outlet_then"), item.pop("id_then")
            item["source"] = named(item["source"])
            item["known"] = (article_id if item["source"] == outlet else "", said if unchanged else b"")
            if unchanged:
                item["text"] = text
        yield item


def _to_remember(item: dict[str, Any], text: str, named: Callable[[str], str]) -> dict[str, Any]:
    """An article with its id under the outlet it has now; most texts are in order and need not be kept once more."""
    outlet = named(item["source"])
    kept_text = None if item["text"] == text else item["text"]
    return {**item, "text": kept_text, "outlet_then": outlet, "id_then": id_of(outlet, item["text"])}


def _read(  # noqa: C901, PLR0912  one doubt after another
    values: Mapping[str, str], published: Published, doubts: tuple[str, ...], *, joined: bool, wrapped: bool
) -> Iterator[dict[str, Any]]:
    text = values.get("text", "")
    if not text.strip():
        yield _problem("no-text", "There is no text here; add it or remove the entry.", used=False)
        return
    if len(text) > 4 * MAX_CHARACTERS:
        yield _problem("too-long", too_long("", 0).reason, used=False)
        return
    if _UNSTORABLE.search(text):
        reason = "The text holds NUL characters or broken Unicode; each was replaced by \N{REPLACEMENT CHARACTER}."
        yield _problem("odd-characters", reason, used=True)
    mended, changes = mend(storable(text), joined=joined, wrapped=wrapped)
    all_doubts = list(doubts)
    body = mended.text
    if match := _CUT.search(body[-60:]):
        body, changes = body[: len(body) - len(match[0])], (*changes, CUT)
        all_doubts.append("cut-text")
    if _MASKED.search(body):
        all_doubts.append("masked-text")
    if not body.strip():
        reason = "There is no text here but page code; add the text or remove the entry."
        yield _problem("no-text", reason, used=False)
        return
    if len(body) > MAX_CHARACTERS:
        yield _problem("too-long", too_long("", 0).reason, used=False)
        return

    def value(name: str) -> str:
        return " ".join(mend_line(storable(values.get(name, ""))).split())

    precision = values.get("date_precision", "").strip().lower()
    if published.doubt:
        yield _problem("odd-date", published.doubt, used=True)
    elif precision and precision not in DATE_PRECISIONS:
        reason = (
            f"date_precision must be one of {', '.join(DATE_PRECISIONS)}, not {precision[:40]!r}; stated was taken."
        )
        yield _problem("odd-date", reason, used=True)
    if precision not in DATE_PRECISIONS:
        precision = "stated"
    source = value("source")
    if not source:
        source = outlet_of(values.get("url", ""))
        all_doubts.append("outlet-from-address" if source else "no-outlet")
    if not published.edtf:
        all_doubts.append("no-date")
    if not value("title"):
        all_doubts.append("no-title")
    yield {
        "source": source,
        "text": body,
        "title": value("title"),
        "authors": _authors(value("authors")),
        "published": published.edtf,
        "published_from": published.first and published.first.isoformat(),
        "published_to": published.last and published.last.isoformat(),
        "before_noon": published.before_noon,
        "date_precision": precision if published.edtf else "unknown",
        "date_evidence": value("date_evidence"),
        "url": value("url"),
        "language": language_of(body),
        "text_changes": changes,
        "doubts": tuple(dict.fromkeys(all_doubts)),
    }


def _problem(code: str, reason: str, *, used: bool) -> dict[str, Any]:
    return {"code": code, "reason": reason, "used": used}


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
