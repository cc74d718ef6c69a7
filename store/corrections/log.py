"""Corrections: what a reader of the corpus knows better than the analyses, one line of JSON each.

They lie in ``corrections.jsonl`` in the data folder, which is only ever added to: taking one back is a line of its own.
They speak of things in terms that outlive a build (ids of articles and entities, offsets into the text), and no table
is changed by them: :mod:`store.corrections.overlay` lays them over a snapshot when it is opened.
"""

from __future__ import annotations

import calendar
import json
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, NoReturn

from store.log_file import UNDO, Fault, append_lines, bytes_of, digest_of, entries_of, in_effect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NAME: Final = "corrections.jsonl"
_LONGEST: Final = 1_000_000
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ENTITY: Final = re.compile(r"(person|org|place|administration):\S{1,200}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
# How a reader can say that an article stands to a fact that a passage of another tells.
SAME: Final = "same"
NOT_TOLD: Final = "not told"
# Fields of each kind of correction; those with a question mark can be left out.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "merge": ("entity", "into"),
    "split": ("entity", "to", "name", "articles?", "surfaces?"),
    "rename": ("entity", "name"),
    "reject": ("entity",),
    "mention": ("article", "start", "end", "surface?", "entity", "name?"),
    "speaker": ("article", "start", "end", "surface?", "speaker", "name?"),
    "reject-quote": ("article", "start", "end", "surface?"),
    "article": ("article", "source?", "published?"),
    "cell": ("article", "other", "other_start", "other_end", "says", "start?", "end?", "surface?"),
    UNDO: ("undoes",),
}
_ABOUT: Final = ("id", "at", "what", "note", "author")
# Fields that may be empty: nobody, or nothing that is named.
_MAY_BE_EMPTY: Final = {"mention": {"entity", "name", "surface"}, "speaker": {"speaker", "name", "surface"}}


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: what is put right, when (UTC) and, where they said so, by whom and why."""

    id: str
    at: str
    what: str
    fields: Mapping[str, Any] = field(hash=False)
    note: str = ""
    author: str = ""

    def line(self) -> str:
        """The line of the file, without its end."""
        about = {"id": self.id, "at": self.at, "what": self.what}
        more = {key: value for key, value in (("note", self.note), ("author", self.author)) if value}
        return json.dumps({**about, **self.fields, **more}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Log:
    """What a file of corrections holds, in its order; ``digest`` changes with every byte, empty without a file."""

    corrections: tuple[Correction, ...] = ()
    faults: tuple[Fault, ...] = ()
    digest: str = ""

    def in_effect(self) -> tuple[Correction, ...]:
        """Those that nothing later took back. An undo can itself be undone."""
        return in_effect(self.corrections)


def correction(what: str, note: str = "", author: str = "", **fields: object) -> Correction:
    """A new correction, made now. ValueError, in words for the person who wrote it, when it says nothing sensible."""
    fields_given = {key: value for key, value in fields.items() if value is not None}
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    row = {"id": secrets.token_hex(6), "at": at, "what": what, **fields_given, "note": note, "author": author}
    return parse(row)


def parse(row: object) -> Correction:
    """A correction from the JSON of a line; ValueError says what is wrong with it and what to do."""
    if not isinstance(row, dict):
        _wrong("it does not hold one JSON object; write one in braces")
    what = row.get("what")
    if not isinstance(what, str) or what not in FIELDS:
        _wrong(f"“what” has to be one of {', '.join(FIELDS)}")
    wanted = {name.rstrip("?"): not name.endswith("?") for name in FIELDS[what]}
    if strange := [key for key in row if key not in wanted and key not in _ABOUT]:
        _wrong(f"{what} has no field “{strange[0]}”; take it out")
    if missing := [name for name, needed in wanted.items() if needed and name not in row]:
        _wrong(f"{what} lacks “{missing[0]}”; add it")
    for key in ("id", "at", "note", "author"):
        if not isinstance(row.get(key, ""), str):
            _wrong(f"“{key}” has to be text")
    if not _ID.fullmatch(str(row.get("id", ""))):
        _wrong("“id” has to be up to 64 letters, digits, dashes or underscores, and differ from every other")
    if not _TIME.fullmatch(str(row.get("at", ""))):
        _wrong("“at” has to be a time in UTC such as 2024-05-01T12:00:00Z")
    fields = {name: row[name] for name in wanted if name in row}
    _check(what, fields)
    if any("\ud800" <= sign <= "\udfff" for sign in json.dumps(row, ensure_ascii=False)):
        _wrong("it holds half a character, which no text has; write the character itself")
    return Correction(row["id"], row["at"], what, fields, str(row.get("note", "")), str(row.get("author", "")))


def _wrong(reason: str) -> NoReturn:
    raise ValueError(reason)


def _check(what: str, fields: Mapping[str, Any]) -> None:
    empty = _MAY_BE_EMPTY.get(what, {"surface"})
    for name, value in fields.items():
        _check_value(name, value, may_be_empty=name in empty)
    if what == "cell":
        _check_cell(fields)
    if "start" in fields and fields["start"] >= fields["end"]:
        _wrong("“end” has to lie after “start”")
    if what == "merge" and fields["entity"] == fields["into"]:
        _wrong("an entity cannot be merged into itself")
    if what == "split" and not (fields.get("articles") or fields.get("surfaces")):
        _wrong("split needs “articles” or “surfaces”, to say which mentions are another's")
    if what == "split" and fields["entity"] == fields["to"]:
        _wrong("a split has to name another entity than the one it splits")
    if what == "article" and not (fields.get("source") or fields.get("published")):
        _wrong("article needs “source” or “published”")
    if fields.get("published"):
        days(fields["published"])


def _check_cell(fields: Mapping[str, Any]) -> None:
    if fields["says"] not in {SAME, NOT_TOLD}:
        _wrong(f"“says” has to be “{SAME}” or “{NOT_TOLD}”")
    if ("start" in fields) != ("end" in fields) or (fields["says"] == SAME and "start" not in fields):
        _wrong("cell needs “start” and “end” of the passage that tells the same")
    if fields["other_start"] >= fields["other_end"]:
        _wrong("“other_end” has to lie after “other_start”")


def _check_value(name: str, value: object, *, may_be_empty: bool) -> None:
    if name in {"start", "end", "other_start", "other_end"}:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
            _wrong(f"“{name}” has to be a whole number, the place of a character in the text")
    elif name in {"articles", "surfaces"}:
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            _wrong(f"“{name}” has to be a list of texts with at least one")
    elif not isinstance(value, str) or not (value.strip() or may_be_empty):
        _wrong(f"“{name}” has to be text that is not empty")
    elif name in {"entity", "into", "to", "speaker"} and value and not _ENTITY.fullmatch(value):
        _wrong(f"“{name}” has to be the id of an entity, such as person:ada-lovelace")


def days(published: str) -> tuple[date, date]:
    """First and last day of a date as ISO 8601-2 writes it: a day, a month, a year, or two of them with a slash.

    ValueError says what it should look like.
    """
    first, slash, last = published.partition("/")
    try:
        span = _span(first)[0], _span(last if slash else first)[1]
    except ValueError:
        span = date.max, date.min
    if span[0] > span[1]:
        message = f"“{published}” is not a date; write 2020-02-14, 2020-02, 2020, or 2020-02-14/2020-02-20"
        raise ValueError(message)
    return span


def _span(part: str) -> tuple[date, date]:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", part, re.ASCII):
        raise ValueError(part)
    numbers = [int(number) for number in part.split("-")]
    if len(numbers) == 3:
        return date(*numbers), date(*numbers)
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    first = date(numbers[0], numbers[1], 1)
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def entity_id(kind: str, name: str) -> str:
    """An id for an entity that no build has named: kind (person, org, place, administration) and a slug of its name."""
    slug = re.sub(r"[\W_]+", "-", name.casefold()).strip("-")
    return f"{kind}:{slug or 'unnamed'}"[:200]


def digest(path: Path) -> str:
    """What the file of corrections in the data folder ``path`` holds, as a short mark; empty when there is none."""
    return digest_of(bytes_of(path / NAME, "corrections"))


def read(path: Path) -> Log:
    """The corrections of the data folder ``path``; none when it has no such file."""
    return loads(bytes_of(path / NAME, "corrections"))


def loads(content: bytes) -> Log:
    """The corrections in the bytes of a file. A line that cannot be used is a fault and the rest goes on."""
    corrections, faults = entries_of(content, parse, _LONGEST)
    return Log(corrections, faults, digest_of(content))


def append(path: Path, corrections: Iterable[Correction]) -> None:
    """Add lines to the file of the data folder ``path``, which must hold a corpus; they are on the disk on return.

    Raises:
        StoreError: the file cannot be written.
    """
    append_lines(path / NAME, (entry.line() for entry in corrections), "correction")


def about(correction: Correction) -> tuple[tuple[object, ...], ...]:
    """What a correction settles: two in effect that settle the same differently contradict each other."""
    fields = correction.fields
    if correction.what in {"merge", "reject"}:
        return (("entity", fields["entity"]),)
    if correction.what == "rename":
        return (("name", fields["entity"]),)
    if correction.what == "split":
        return (
            ("split", fields["entity"], *sorted(fields.get("articles", ())), "", *sorted(fields.get("surfaces", ()))),
        )
    if correction.what in {"mention", "speaker", "reject-quote"}:
        kind = "mention" if correction.what == "mention" else "quote"
        return ((kind, fields["article"], fields["start"], fields["end"]),)
    if correction.what == "cell":
        return (("cell", fields["article"], fields["other"], fields["other_start"], fields["other_end"]),)
    return tuple((name, fields["article"]) for name in ("source", "published") if fields.get(name))


def add(path: Path, new: Correction) -> None:
    """Write a correction down; those of before that settle the same are taken back first, since it was thought over."""
    settled = set(about(new))
    # One that settles more than the new one does stays: taking it back would lose the rest of it.
    over = [earlier for earlier in read(path).in_effect() if set(about(earlier)) <= settled]
    append(path, [*(correction(UNDO, undoes=earlier.id, author=new.author) for earlier in over), new])


def undo(path: Path, wanted: str, author: str = "") -> Correction:
    """Take back the correction with id ``wanted`` and give it. ValueError when none with that id is in effect."""
    for entry in read(path).in_effect():
        if entry.id == wanted:
            append(path, [correction(UNDO, undoes=wanted, author=author)])
            return entry
    message = f"No correction in effect has the id {wanted}. The list of corrections says which there are."
    raise ValueError(message)


def import_bytes(path: Path, content: bytes) -> tuple[int, tuple[Fault, ...]]:
    """Add the corrections of somebody's file that are not here yet, in its order; how many, and lines not usable."""
    mine, theirs = read(path), loads(content)
    ids = {entry.id for entry in mine.corrections}
    new = [entry for entry in theirs.corrections if entry.id not in ids]
    if new:
        append(path, new)
    return len(new), theirs.faults


def export_bytes(path: Path) -> bytes:
    """The corrections as a file to give to somebody: all lines that can be used, those taken back too."""
    return "".join(entry.line() + "\n" for entry in read(path).corrections).encode("utf-8", "surrogatepass")
