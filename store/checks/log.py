"""The file of checks: what was drawn, answered, skipped, undone and settled, one line of JSON each.

It lies as ``checks.jsonl`` in the data folder and is only ever added to: taking something back is a line of its own. It
speaks of articles by their ids and of passages by offsets into their text, so it outlives a build and can be given to
somebody with the same articles. It holds no text of an article but names.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NoReturn

from store.log_file import Fault, append_lines, bytes_of, digest_of, entries_of, in_effect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME: Final = "checks.jsonl"
KINDS: Final = ("quotes", "people", "places", "portrayals", "facts", "missed")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
# Fields of each kind of line with the type of their values; those with a question mark can be left out.
FIELDS: Final[dict[str, dict[str, type]]] = {
    "sample": {
        "kind": str, "filter": str, "seed": int, "by": list, "allocation": str, "population": int, "strata": list,
        "cells": list, "items": list, "snapshot": int, "corrections": str, "versions": dict, "extends?": str,
        "group?": str,
    },
    "answer": {"sample": str, "item": int, "coder": str, "answer": dict, "codebook": int, "note?": str},
    "skip": {"sample": str, "item": int, "coder": str, "reason": str},
    "note": {"sample": str, "item": int, "coder": str, "note": str},
    "settle": {"sample": str, "item": int, "coder": str, "answer": dict, "note?": str},
    "codebook": {"kind": str, "version": int, "text": str, "coder": str},
    "undo": {"undoes": str, "coder": str},
}  # fmt: skip
ITEM_FIELDS: Final[dict[str, type]] = {
    "article": str, "start": int, "end": int, "stratum": int, "chance": float, "source": str, "voice": str,
    "words": int, "machine": dict,
}  # fmt: skip
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "quotes": ("outlet", "named", "nobody", "unclear"),
    "people": ("named", "none", "unclear"),
    "places": ("named", "none", "unclear"),
    "portrayals": ("negative", "neutral", "positive", "unclear"),
    "facts": ("same", "part", "different", "unclear"),
    "missed": ("nobody", "quoted", "reported", "unclear"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is, when it was written (UTC), and what it says."""

    id: str
    at: str
    what: str
    fields: Mapping[str, Any] = field(hash=False)

    def text(self) -> str:
        """The line as it stands in the file, without its end."""
        return json.dumps({"id": self.id, "at": self.at, "what": self.what, **self.fields}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Log:
    """What a file of checks holds, in its order; ``digest`` changes with every byte, empty without a file."""

    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()
    digest: str = ""

    def in_effect(self) -> tuple[Line, ...]:
        """Lines that nothing later took back. An undo can itself be undone."""
        return in_effect(self.lines)

    def samples(self) -> dict[str, Line]:
        """Samples by id, in the order they were drawn; one that was extended is left out for the longer one."""
        samples = {entry.id: entry for entry in self.in_effect() if entry.what == "sample"}
        for entry in list(samples.values()):
            samples.pop(str(entry.fields.get("extends", "")), None)
        return samples

    def chain(self, sample: str) -> tuple[str, ...]:
        """A sample and those it extends, the newest first: answers to any of them are answers to it."""
        samples = {line.id: line for line in self.lines if line.what == "sample"}
        chain: list[str] = []
        while sample in samples and sample not in chain:
            chain.append(sample)
            sample = str(samples[sample].fields.get("extends", ""))
        return tuple(chain)


def line(what: str, **fields: object) -> Line:
    """A new line, made now. ValueError, in words for the person who wrote it, when it says nothing sensible."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    fields_given = {key: value for key, value in fields.items() if value is not None}
    return parse({"id": secrets.token_hex(6), "at": at, "what": what, **fields_given})


def parse(row: object) -> Line:
    """A line from its JSON; ValueError says what is wrong with it and what to do."""
    if not isinstance(row, dict):
        _wrong("it does not hold one JSON object; write one in braces")
    what = row.get("what")
    if not isinstance(what, str) or what not in FIELDS:
        _wrong(f"“what” has to be one of {', '.join(FIELDS)}")
    wanted = {name.rstrip("?"): (kind, not name.endswith("?")) for name, kind in FIELDS[what].items()}
    if strange := [key for key in row if key not in wanted and key not in {"id", "at", "what"}]:
        _wrong(f"{what} has no field “{strange[0]}”; take it out")
    if missing := [name for name, (_, needed) in wanted.items() if needed and name not in row]:
        _wrong(f"{what} lacks “{missing[0]}”; add it")
    for name, (kind, _) in wanted.items():
        if name in row:
            _typed(name, row[name], kind)
    if not _ID.fullmatch(str(row.get("id", ""))):
        _wrong("“id” has to be up to 64 letters, digits, dashes or underscores, and differ from every other")
    if not _TIME.fullmatch(str(row.get("at", ""))):
        _wrong("“at” has to be a time in UTC such as 2024-05-01T12:00:00Z")
    fields = {name: row[name] for name in wanted if name in row}
    _check(what, fields)
    return Line(str(row["id"]), str(row["at"]), what, fields)


def _wrong(reason: str) -> NoReturn:
    raise ValueError(reason)


_CALLED: Final = {str: "text", int: "a whole number", float: "a number", list: "a list", dict: "an object in braces"}


def _typed(name: str, value: object, kind: type) -> None:
    fits = isinstance(value, kind) or (kind is float and isinstance(value, int))
    if not fits or isinstance(value, bool):
        _wrong(f"“{name}” has to be {_CALLED[kind]}")


def _check(what: str, fields: Mapping[str, Any]) -> None:
    if "kind" in fields and fields["kind"] not in KINDS:
        _wrong(f"“kind” has to be one of {', '.join(KINDS)}")
    for name in ("coder", "reason"):
        if name in fields and not fields[name].strip():
            _wrong(f"“{name}” has to be text that is not empty")
    if what == "codebook" and fields["version"] < 1:
        _wrong("“version” of a codebook counts from 1")
    if what == "sample":
        _check_sample(fields)
    if "answer" in fields:
        check_answer(fields["answer"])


def _check_sample(fields: Mapping[str, Any]) -> None:
    for item in fields["items"]:
        if not isinstance(item, dict) or (missing := [name for name in ITEM_FIELDS if name not in item]):
            _wrong(f"an item of a sample needs {', '.join(ITEM_FIELDS)}" + (f"; one lacks “{missing[0]}”" * bool(item)))
        for name, kind in ITEM_FIELDS.items():
            _typed(name, item[name], kind)
        if not 0 < item["chance"] <= 1:
            _wrong("“chance” of an item has to be above 0 and at most 1")
        if not 0 <= item["stratum"] < len(fields["strata"]):
            _wrong("“stratum” of an item has to be the number of one of the strata")
        if not 0 <= item["start"] < item["end"]:
            _wrong("“end” of an item has to lie after its “start”")
    for stratum in fields["strata"]:
        if not isinstance(stratum, dict) or {"name", "population", "drawn"} - set(stratum):
            _wrong("a stratum needs name, population and drawn")


def check_answer(answer: Mapping[str, Any], kind: str = "") -> None:
    """ValueError when an answer is none, or none to items of ``kind``."""
    allowed = (
        CHOICES[kind] if kind else tuple(dict.fromkeys(choice for choices in CHOICES.values() for choice in choices))
    )
    if answer.get("choice") not in allowed:
        _wrong(f"“choice” of an answer has to be one of {', '.join(allowed)}")
    if strange := set(answer) - {"choice", "entity", "name", "elsewhere"}:
        _wrong(f"an answer has no field “{min(strange)}”; it has choice, entity, name and elsewhere")
    for name in ("entity", "name"):
        if not isinstance(answer.get(name, ""), str):
            _wrong(f"“{name}” of an answer has to be text")
    if answer["choice"] == "named" and not (answer.get("entity") or answer.get("name", "").strip()):
        _wrong("an answer that names somebody needs “name”: write who")
    if not isinstance(answer.get("elsewhere", False), bool):
        _wrong("“elsewhere” of an answer has to be true or false")


def digest(path: Path) -> str:
    """What the file of checks in the data folder ``path`` holds, as a short mark; empty when there is none."""
    return digest_of(bytes_of(path / NAME, "checks"))


def read(path: Path) -> Log:
    """The checks of the data folder ``path``; none when it has no such file."""
    return loads(bytes_of(path / NAME, "checks"))


def loads(content: bytes) -> Log:
    """The checks in the bytes of a file. A line that cannot be used is a fault and the rest goes on."""
    lines, faults = entries_of(content, parse)
    return Log(lines, faults, digest_of(content))


def append(path: Path, *lines: Line) -> None:
    """Add lines to the file of the data folder ``path``, which must hold a corpus; they are on the disk on return.

    Raises:
        StoreError: the file cannot be written.
    """
    append_lines(path / NAME, (new_line.text() for new_line in lines), "check")


def import_bytes(path: Path, content: bytes) -> tuple[int, tuple[Fault, ...]]:
    """Add the lines of somebody's file that are not here yet, in its order; how many, and lines not usable."""
    mine, theirs = read(path), loads(content)
    ids = {each_line.id for each_line in mine.lines}
    new = [each_line for each_line in theirs.lines if each_line.id not in ids]
    if new:
        append(path, *new)
    return len(new), theirs.faults


def undo(path: Path, wanted: str, coder: str) -> Line:
    """Take back the line with id ``wanted`` and give it. ValueError when none with that id is in effect."""
    for entry in read(path).in_effect():
        if entry.id == wanted:
            append(path, line("undo", undoes=wanted, coder=coder))
            return entry
    message = f"Nothing in effect has the id {wanted}."
    raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a kind of item means, as the team wrote it; version 0 is the one Framelens brings."""

    version: int
    text: str


def codebook(log: Log, kind: str) -> Codebook:
    """The newest codebook of a kind of item."""
    books = [entry.fields for entry in log.in_effect() if entry.what == "codebook" and entry.fields["kind"] == kind]
    if books:
        newest = max(books, key=lambda book: book["version"])
        return Codebook(int(newest["version"]), str(newest["text"]))
    return Codebook(0, BROUGHT[kind])


BROUGHT: Final[dict[str, str]] = {
    "quotes": (
        "Choose who says the marked words, or whose view they are, in quotation marks or without.\n"
        "“He” and “the senator” count as the person they stand for. An office counts if one person holds it.\n"
        "If nobody but the outlet speaks, choose the outlet itself. A title, a name or a word in marks that nobody "
        "utters: nobody says anything here.\n"
        "Press E first when the words begin or end elsewhere."
    ),
    "people": (
        "Choose whom the marked words mean in this article.\n"
        "A surname or “he” means the person it stands for. An organisation is meant when it acts as one.\n"
        "If the words name nothing, choose that."
    ),
    "places": (
        "Choose the place that the marked words mean: the city and not the county, this Springfield and not another.\n"
        "A place that stands for its government is still that place. If the words name no place, choose that."
    ),
    "portrayals": (
        "How do the sentence and its words speak of the marked one?\n"
        "Judge what is said here, not whether it is true, deserved, or good or bad news.\n"
        "Telling a fault as a fact is neutral unless the words judge."
    ),
    "facts": (
        "Do both passages tell the same fact: the same people doing the same, with the same numbers?\n"
        "In part: one tells some of it, or with another number or detail.\n"
        "The same subject alone is not the same fact."
    ),
    "missed": (
        "Does anybody but the outlet speak in the marked words, or are their words or view told?\n"
        "With quotation marks: in marks. Without: told. A verb alone (“vowed to oppose it”) is the outlet’s."
    ),
}  # fmt: skip
