"""Reader of JSON Lines: one article a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline.readers.article import Article, Problem, read_article, too_long
from pipeline.readers.columns import TEXT_NAMES, values_of
from pipeline.readers.decoding import UNREADABLE, Line, empty_file, not_utf8, open_bytes, read_lines, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class JsonLinesReader:
    """Reads ``.jsonl`` files, also gzipped. An article without a source gets the name of the file as its source."""

    suffixes = (".jsonl", ".jsonl.gz")

    def read(self, path: Path) -> Iterator[Article | Problem]:
        """Articles of the file in order, with the problems of its lines."""
        origin = path.as_posix()
        empty = True
        try:
            with open_bytes(path) as file:
                for line in read_lines(file):
                    if line.cut or line.text.strip():
                        empty = False
                        yield from _read_line(line, origin, path.name.split(".")[0])
        except UNREADABLE as error:
            yield unreadable(origin, error)
            return
        if empty:
            yield empty_file(origin)


def _read_line(line: Line, origin: str, fallback_source: str) -> Iterator[Article | Problem]:
    if line.cut:
        yield too_long(origin, line.number)
        return
    if line.bad_byte is not None:
        yield not_utf8(origin, line.number, line.bad_byte)
        return
    try:
        record = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        said = getattr(error, "msg", "") or "it is nested too deeply or holds a number too long"
        reason = f"The line is not JSON ({said}); write one article a line, as an object in braces."
        yield Problem(origin, line.number, "bad-json", reason, used=False)
        return
    if not isinstance(record, dict):
        reason = f"The line is not an object; write one article a line in braces, with its text under {TEXT_NAMES}."
        yield Problem(origin, line.number, "bad-json", reason, used=False)
        return
    values = values_of(record)
    values["source"] = values["source"].strip() or fallback_source
    yield from read_article(values, origin, line.number)
