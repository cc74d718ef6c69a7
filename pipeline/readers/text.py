"""Reader of plain text files: one article, several with their labels, or the download of a news database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.readers.article import Problem
from pipeline.readers.decoding import (
    UNREADABLE,
    TooLargeError,
    bad_byte,
    empty_file,
    encoding_of,
    guessed_encoding,
    not_utf8,
    unreadable,
)
from pipeline.readers.vendors.lines import text_lines
from pipeline.readers.vendors.reader import read_lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.readers.source_file import SourceFile
    from pipeline.readers.tables.records import Item


class TextReader:
    """Reads ``.txt`` files. A text of which no manifest knows gets the name of its folder as its source."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """The articles of the file, or the problem that forbids them."""
        try:
            encoding = encoding_of(file.path)
            lines = text_lines(file.path)
            bad = bad_byte(file.path, encoding) if encoding.sure else None
        except TooLargeError as error:
            yield Problem(file.origin, 0, "too-long", f"The file could not be read: {error}.", used=False)
            return
        except UNREADABLE as error:
            yield unreadable(file.origin, error)
            return
        if not any(line.text.strip() for line in lines.lines):
            yield empty_file(file.origin)
            return
        if not encoding.sure:
            yield guessed_encoding(file.origin, encoding)
        elif bad is not None:
            yield not_utf8(file.origin, 0, bad)
        yield from read_lines_of(lines, file, "text")
