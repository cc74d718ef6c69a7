"""Bytes of a file as text, line by line, without ever holding more than one long line."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from pipeline.readers.article import MAX_CHARACTERS, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A character is at most 4 bytes, or 12 as a pair of JSON escapes; the rest of a row is short beside its text.
MAX_LINE_BYTES: Final = 12 * MAX_CHARACTERS + 65_536

_BOM: Final = b"\xef\xbb\xbf"

# What opening or decompressing a damaged file raises.
UNREADABLE: Final = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file with its break; ``bad_byte`` is the offset in the file of the first byte that is not UTF-8.

    Bytes that are not UTF-8 stand in ``text`` as lone surrogates. ``cut`` lines were too long to be read whole.
    """

    number: int
    text: str
    bad_byte: int | None = None
    cut: bool = False


def open_bytes(path: Path) -> IO[bytes]:
    """Open a plain or gzipped file."""
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]


def decode(data: bytes, offset: int = 0) -> tuple[str, int | None]:
    """Text of ``data``, which stands at ``offset`` in its file, and the offset of the first byte that is not UTF-8."""
    if offset == 0 and data.startswith(_BOM):
        data, offset = data[len(_BOM) :], len(_BOM)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return data.decode("utf-8", "surrogateescape"), offset + error.start


def read_lines(file: IO[bytes]) -> Iterator[Line]:
    """Lines of an open file, from 1; memory stays below :data:`MAX_LINE_BYTES`."""
    offset = number = 0
    while data := file.readline(MAX_LINE_BYTES):
        number += 1
        size = len(data)
        cut = size == MAX_LINE_BYTES and not data.endswith(b"\n")
        while cut and (more := file.readline(MAX_LINE_BYTES)):
            size += len(more)
            if more.endswith(b"\n"):
                break
        text, bad = ("", None) if cut else decode(data, offset)
        yield Line(number, text, bad, cut)
        offset += size


def not_utf8(origin: str, origin_row: int, byte: int) -> Problem:
    """The problem of text in another encoding."""
    reason = f"Byte {byte:,} of the file is not UTF-8; save the file as UTF-8 and add it again."
    return Problem(origin, origin_row, "not-utf-8", reason, used=False)


def unreadable(origin: str, error: BaseException) -> Problem:
    """The problem of a file that cannot be opened or is damaged."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    reason = f"The file could not be read ({said}); check that it is whole and that you may read it."
    return Problem(origin, 0, "unreadable-file", reason, used=False)


def empty_file(origin: str) -> Problem:
    """The problem of a file without any article."""
    return Problem(origin, 0, "empty-file", "The file is empty; fill it or remove it.", used=False)
