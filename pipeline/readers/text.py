"""Readers of text files: one article, several with their labels, or the download of a news database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

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
from pipeline.readers.vendors.lines import Lines, TextLine, text_lines
from pipeline.readers.vendors.reader import read_lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.readers.source_file import SourceFile
    from pipeline.readers.tables.records import Item

_HEADING: Final = re.compile(r"^\s*(#{1,6}) +(.+?)(?: +#+)?\s*$")
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK: Final = re.compile(r"\[([^\]]+)\]\((?:https?:|/|#)[^)]*\)")
_EMPHASIS: Final = re.compile(r"(?<![\w*_])([*_]{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_])")


class TextReader:
    """Reads ``.txt`` files. A text of which no manifest knows gets the name of its folder as its source."""

    kind = "text"

    def read(self, file: SourceFile) -> Iterator[Item]:
        """The articles of the file, or the problem that forbids them."""
        try:
            encoding = encoding_of(file.path)
            lines = self.lines(file)
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
        yield from read_lines_of(lines, file, self.kind)

    def lines(self, file: SourceFile) -> Lines:
        """The lines of the file.

        Raises:
            OSError, EOFError, zlib.error: it cannot be read.
        """
        return text_lines(file.path)


class MarkdownReader(TextReader):
    """Reads ``.md`` files: a text, its marks of Markdown taken out; a heading at its top is its title."""

    kind = "Markdown"

    def lines(self, file: SourceFile) -> Lines:
        """The lines of the file, without marks; labels in a head between dashes stay as they are."""
        lines = [line.text for line in text_lines(file.path).lines]
        first = next((number for number, line in enumerate(lines) if line.strip()), 0)
        heading = _HEADING.match(lines[first]) if lines else None
        if heading:
            lines[first : first + 1] = []
        plain = tuple(TextLine(_plain(line)) for line in lines)
        return Lines(plain, paragraphs=False, title=_plain(heading[2]) if heading else "")


def _plain(line: str) -> str:
    """A line without marks of headings, quotations, emphasis, links and pictures."""
    line = _HEADING.sub(r"\2", _PICTURE.sub("", line))
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line.removeprefix("> ")))
