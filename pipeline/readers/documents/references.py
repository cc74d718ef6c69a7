"""Lists of references in RIS, as libraries' programs write them: their abstracts are read, and told to be no more."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import RESOURCES
from pipeline.readers.article import Problem
from pipeline.readers.decoding import UNREADABLE, read_text, unreadable
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.tables.blocks import Record
from pipeline.readers.tables.records import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.readers.tables.records import Item

_LINE: Final = re.compile(r"^([A-Z][A-Z0-9])  - ?(.*)$")
_END: Final = "ER"
_MOST_BYTES: Final = 300 << 20
_KIND: Final = "list of references, RIS"
# 2020/02/15/ and, where only a part is known, 2020/02// or 2020///.
_DAY: Final = re.compile(r"^(\d{4})(?:/(\d{1,2}))?(?:/(\d{1,2}))?(?:/.*)?$")


@cache
def tags() -> dict[str, tuple[str, ...]]:
    """The tags of each column, read once."""
    data = tomllib.loads((RESOURCES / "readers" / "reference_tags.toml").read_text("utf-8"))
    return {column: tuple(ways) for column, ways in data["ris"].items()}


class ReferencesReader:
    """Reads ``.ris`` files: an article for each reference that has an abstract."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the references in order."""
        try:
            text, _ = read_text(file.path, _MOST_BYTES)
        except UNREADABLE as error:
            yield unreadable(file.origin, error)
            return
        records = list(_records(text.splitlines()))
        if not any(record.values["abstract"] for record in records):
            yield Seen(_KIND)
            reason = (
                f"These are {len(records):,} references without texts; add the articles themselves, or export the "
                "references with their abstracts."
            )
            yield Problem(file.origin, 0, "references-only", reason, used=False)
            return
        yield from read_records(lambda: iter(records), file, _KIND)


def _records(lines: Sequence[str]) -> Iterator[Record]:
    """A record a reference, with the line it begins on; a line without a tag goes on with the one above."""
    first, held = 0, list[tuple[str, str]]()
    for number, line in enumerate(lines, 1):
        match = _LINE.match(line.lstrip("\ufeff"))
        if match and match[1] == _END:
            if held:
                yield Record(first, _row(held))
            held = []
        elif match:
            first = first if held else number
            held.append((match[1], match[2].strip()))
        elif held and line.strip():
            held[-1] = (held[-1][0], f"{held[-1][1]}\n{line.strip()}")
    if held:
        yield Record(first, _row(held))


def _row(held: Sequence[tuple[str, str]]) -> dict[str, str]:
    by_tag = {
        tag: [value for _, value in values if value]
        for tag, values in groupby(sorted(held, key=lambda pair: pair[0]), key=lambda pair: pair[0])
    }
    said = {
        column: next((by_tag[tag] for tag in ways if by_tag.get(tag)), list[str]()) for column, ways in tags().items()
    }
    row = {column: next(iter(values), "") for column, values in said.items()} | {"authors": "; ".join(said["authors"])}
    if match := _DAY.match(row["published"]):
        row["published"] = "-".join(part.zfill(2) for part in match.groups() if part)
    return row
