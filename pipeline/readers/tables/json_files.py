"""Readers of JSON: one object a line, or one document with all of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pipeline.readers.article import Problem, too_long
from pipeline.readers.columns import TEXT_NAMES
from pipeline.readers.decoding import (
    UNREADABLE,
    TooLargeError,
    empty_file,
    encoding_of,
    guessed_encoding,
    not_utf8,
    open_bytes,
    read_lines,
    read_text,
    unreadable,
)
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.tables.blocks import Block, Record, in_blocks
from pipeline.readers.tables.nested import articles_in, flat, plain_row
from pipeline.readers.tables.records import Item, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.readers.decoding import Line

# One document is held whole; larger archives come as one object a line.
MOST_BYTES: Final = 600 << 20
_NESTED: Final = 100


class JsonLinesReader:
    """Reads ``.jsonl`` and ``.ndjson`` files, also gzipped. An article without a source gets the file's name."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the file in order, with the problems of its lines."""
        try:
            encoding = encoding_of(file.path)
            if not encoding.sure:
                yield guessed_encoding(file.origin, encoding)

            def read(lines: Iterable[Line]) -> Iterator[Record | Problem]:
                for line in lines:
                    if line.cut or line.text.strip():
                        yield from _read_line(line, file.origin)

            def rows() -> Iterator[Record | Problem | Block]:
                with open_bytes(file.path) as lines:
                    if file.wanted is not None and encoding.by_lines:
                        yield from in_blocks(lines, file, encoding, lambda block: read(iter(block.take, None)))
                    else:
                        yield from read(read_lines(lines, encoding))

            empty = True
            for item in read_records(rows, file, "JSON lines"):
                empty = empty and isinstance(item, Seen)
                yield item
            if empty:
                yield empty_file(file.origin)
        except UNREADABLE as error:
            yield unreadable(file.origin, error)


def _read_line(line: Line, origin: str) -> Iterator[Record | Problem]:
    if line.cut:
        yield too_long(origin, line.number)
        return
    if line.bad_byte is not None:
        yield not_utf8(origin, line.number, line.bad_byte)
    record, fault = _loaded(line.text)
    if fault:
        reason = f"The line is not JSON ({fault}); write one article a line, as an object in braces."
        yield Problem(origin, line.number, "bad-json", reason, used=False)
    elif not isinstance(record, dict):
        reason = f"The line is not an object; write one article a line in braces, with its text under {TEXT_NAMES}."
        yield Problem(origin, line.number, "bad-json", reason, used=False)
    elif row := plain_row(record):
        yield Record(line.number, row)
    else:
        for article in articles_in(record) or [record]:
            yield Record(line.number, flat(article))


class JsonReader:
    """Reads ``.json`` files: an object, an array, an object that holds the array, or objects one after another."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the file in order."""
        try:
            text, encoding = read_text(file.path, MOST_BYTES)
        except TooLargeError as error:
            reason = f"{error}: write it as JSON lines, one article a line (.jsonl), which may be of any size."
            yield Problem(file.origin, 0, "too-large", reason[:1].upper() + reason[1:], used=False)
            return
        except UNREADABLE as error:
            yield unreadable(file.origin, error)
            return
        if not text.strip():
            yield empty_file(file.origin)
            return
        if not encoding.sure:
            yield guessed_encoding(file.origin, encoding)
        document, fault = _loaded(text)
        records = None if fault else articles_in(document)
        problems: list[Problem] = []
        if fault:
            records, problems = _one_after_another(text, fault, file.origin)
        if not records and not problems:
            reason = f"The document holds no articles; it needs objects with their text under {TEXT_NAMES}."
            problems.append(Problem(file.origin, 0, "no-rows", reason, used=False))
        articles = records or []
        # A file of one article is named for the article, its folder for the outlet.
        place = file.folder_outlet() if len(articles) == 1 else ""

        def rows() -> Iterator[Record | Problem]:
            yield from (Record(number, flat(record)) for number, record in enumerate(articles, 1))

        if articles:
            yield from read_records(rows, file, "JSON", place)
        yield from problems


def _loaded(text: str) -> tuple[Any, str]:
    """The value of ``text``, and why it is none."""
    if _depth(text) > _NESTED:
        return None, "it is nested too deeply"
    try:
        return json.loads(text.removeprefix("\ufeff")), ""
    except (ValueError, RecursionError) as error:
        return None, getattr(error, "msg", "") or "it is nested too deeply or holds a number too long"


def _depth(text: str) -> int:  # noqa: C901  one character after another
    """How deep brackets are nested at the start of ``text``, where a document nested by malice begins."""
    deepest = depth = 0
    quoted = escaped = False
    if text.count("[") + text.count("{") <= _NESTED:
        return 0
    for character in text:
        if quoted:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                quoted = False
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > _NESTED:
                return deepest
        elif character in "]}":
            depth -= 1
    return deepest


def _one_after_another(text: str, fault: str, origin: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Objects one after another, over lines or not, with a comma between them or none."""
    decoder = json.JSONDecoder()
    objects: list[dict[str, Any]] = []
    at = 0
    while True:
        while at < len(text) and text[at] in " \t\r\n,\x1e\ufeff":
            at += 1
        if at >= len(text):
            return objects, []
        try:
            if _depth(text[at : at + 100_000]) > _NESTED:
                raise RecursionError  # noqa: TRY301  the same end as of what the decoder cannot hold
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            line = text.count("\n", 0, at) + 1
            what = f"The document is not JSON ({fault})"
            so_far = f"; the {len(objects):,} articles before it were read" if objects else ""
            reason = f"{what} from line {line:,} on{so_far}. Save it again whole, or write one object a line (.jsonl)."
            return objects, [Problem(origin, line, "bad-json", reason, used=False)]
        objects += articles_in(value) or []
