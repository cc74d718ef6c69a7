"""Bytes of a file as text, line by line, without ever holding more than one long line."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from charset_normalizer import from_bytes

from pipeline.readers.article import MAX_CHARACTERS, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    # The bytes of a line, None where there are too many, and how many they are.
    RawLine = tuple[bytes | None, int]

# A character is at most 4 bytes, or 12 as a pair of JSON escapes; the rest of a row is short beside its text.
MAX_LINE_BYTES: Final = 12 * MAX_CHARACTERS + 65_536

# A compressed file may not grow to more than this many times its size: what does so is made to fill a disk.
MAX_RATIO: Final = 250
_RATIO_FROM: Final = 64 << 20

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BLOCK: Final = 1 << 20
_LOOKED_AT: Final = 16 * _BLOCK
# What charset-normalizer is asked of: encodings in which news was ever saved.
_GUESSED: Final = [
    "cp1252",
    "latin_1",
    "mac_roman",
    "cp1250",
    "cp1251",
    "koi8_r",
    "shift_jis",
    "gb18030",
    "big5",
    "euc_kr",
]
_BY_LINES: Final = frozenset({"utf-8", "cp1252", "mac_roman", "latin_1"})
_NAMES: Final = {"cp1252": "Windows-1252", "utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}

# What opening or decompressing a damaged file raises.
UNREADABLE: Final = (OSError, EOFError, zlib.error, lzma.LZMAError, UnicodeError)


class TooLargeError(OSError):
    """A compressed file that grows beyond all measure."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's bytes are text; ``sure`` unless it was guessed from its letters. ``bom`` bytes come before it."""

    codec: str
    bom: int = 0
    sure: bool = True

    @property
    def name(self) -> str:
        """What people call it."""
        return _NAMES.get(self.codec, self.codec)

    @property
    def by_lines(self) -> bool:
        """Whether the byte that ends a line stands for nothing else, so that lines can be told before they are text."""
        return self.codec in _BY_LINES


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file with its break. ``bad_byte`` is the offset in the file of the first byte that is not UTF-8.

    The bytes of such a line were read as Windows-1252. ``cut`` lines were too long to be read whole.
    """

    number: int
    text: str
    bad_byte: int | None = None
    cut: bool = False


class _Bounded(io.RawIOBase):
    """A decompressed stream that stops a file made to fill the disk."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._size, self._read = file, size, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        data = self._file.read1(len(buffer))  # type: ignore[attr-defined,arg-type]  # loses nothing before the damage
        self._read += len(data)
        if self._read > max(_RATIO_FROM, MAX_RATIO * self._size):
            message = f"it grows to more than {MAX_RATIO} times its size"
            raise TooLargeError(message)
        buffer[: len(data)] = data  # type: ignore[index]
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file, unpacked if it is packed with gzip, bzip2, xz or Zstandard."""
    with path.open("rb") as plain:
        head = plain.read(6)
    unpack = next((unpack for magic, unpack in _PACKED if head.startswith(magic)), None)
    if unpack is None:
        return path.open("rb")
    return io.BufferedReader(_Bounded(unpack(path), path.stat().st_size), 1 << 16)


def _gzip(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb")  # type: ignore[return-value]


def _bzip2(path: Path) -> IO[bytes]:
    return bz2.open(path, "rb")


def _xz(path: Path) -> IO[bytes]:
    return lzma.open(path, "rb")


def _zstandard(path: Path) -> IO[bytes]:
    from pyarrow import input_stream  # noqa: PLC0415  loaded for files that need it alone

    return input_stream(str(path), compression="zstd")


_PACKED: Final = (
    (b"\x1f\x8b", _gzip), (b"BZh", _bzip2), (b"\xfd7zXZ\0", _xz), (b"\x28\xb5\x2f\xfd", _zstandard),
)  # fmt: skip
# What the names of packed files end with, besides what they end with unpacked.
PACKED_ENDS: Final = (".gz", ".bz2", ".xz", ".zst")


def read_some(file: IO[bytes], size: int) -> bytes:
    """At most ``size`` bytes of an open file: those before the damage where it is damaged further on."""
    parts: list[bytes] = []
    missing = size
    try:
        while missing > 0 and (part := file.read1(missing)):  # type: ignore[attr-defined]  # all that open_bytes opens has it
            parts.append(part)
            missing -= len(part)
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        if not parts:
            raise
    return b"".join(parts)


def encoding_of(path: Path) -> Encoding:
    """Find out a file's encoding: by its byte order mark, as UTF-8 if all of it is, and else by its letters."""
    with open_bytes(path) as file:
        head = read_some(file, _BLOCK)
        for mark, codec in _BOMS:
            if head.startswith(mark):
                return Encoding(codec, len(mark))
        if codec := _utf16(head):
            return Encoding(codec, sure=False)
        decoder = codecs.getincrementaldecoder("utf-8")()
        data, bytes_read, foreign = head, 0, b""
        while data and bytes_read < _LOOKED_AT:
            bytes_read += len(data)
            try:
                decoder.decode(data)
                data = file.read(_BLOCK)
            except UnicodeDecodeError as error:
                foreign = error.object[max(0, error.start - _BLOCK) :]
                break
            except (OSError, EOFError, zlib.error, lzma.LZMAError):
                break  # a damaged file is told of by whoever reads it to its end
    return _by_letters(head if foreign == head else foreign) if foreign else Encoding("utf-8")


def _utf16(head: bytes) -> str:
    """UTF-16 without its mark: every other byte of English is zero."""
    sample = head[:2_000]
    if len(sample) < 4 or 0 not in sample:
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.6 * half and sample[::2].count(0) < 0.2 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.2 * half:
        return "utf-16-be"
    return ""


def _by_letters(data: bytes) -> Encoding:
    text = data.decode("utf-8", "replace")
    # A file that is UTF-8 but for a byte here and there stays UTF-8, and its odd lines are told.
    good = sum(ord(character) > 127 for character in text) - text.count("\ufffd")
    if good > 3 * text.count("\ufffd"):
        return Encoding("utf-8")
    sample = data[:200_000]
    share = sum(byte > 127 for byte in sample) / max(1, len(sample))
    if share > 0.25 and len(sample) > 200:  # no language of the Latin alphabet has so many
        best = from_bytes(sample, cp_isolation=_GUESSED).best()
        if best is not None:
            return Encoding(best.encoding, sure=False)
    if sum(byte in b"\x8e\x8f\x8d\xd2\xd3\xd5\xd0" for byte in sample) > sum(
        byte in b"\x91\x92\x93\x94\x96\x97\xe8\xe9\xf1" for byte in sample
    ):
        return Encoding("mac_roman", sure=False)
    return Encoding("cp1252", sure=False)


def decode(data: bytes, encoding: Encoding | None = None) -> str:
    """Text of ``data``; what its encoding does not know is read as Windows-1252."""
    codec = encoding.codec if encoding else "utf-8"
    if codec == "cp1252":
        return data.decode("cp1252", "cp1252_or_latin1")
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return data.decode(codec, "cp1252_or_latin1")


def _fall_back(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("latin-1"), error.start + 1


codecs.register_error("cp1252_or_latin1", _fall_back)


def bad_byte(path: Path, encoding: Encoding) -> int | None:
    """The offset of the first byte of a file that its encoding does not know; ``None`` when there is none."""
    with open_bytes(path) as file:
        data = file.read(_LOOKED_AT)
    try:
        data[encoding.bom :].decode(encoding.codec)
    except UnicodeDecodeError as error:
        return encoding.bom + error.start
    return None


def read_lines(file: IO[bytes], encoding: Encoding | None = None) -> Iterator[Line]:
    """Lines of an open file, from 1; memory stays below :data:`MAX_LINE_BYTES`. CR alone ends a line as well."""
    encoding = encoding or Encoding("utf-8")
    if not encoding.by_lines:
        yield from _decoded_lines(file, encoding)
        return
    yield from decoded(raw_lines(file), encoding)


def raw_lines(file: IO[bytes]) -> Iterator[RawLine]:
    """Lines of an open file as bytes; of one that is too long only how long it is."""
    while data := file.readline(MAX_LINE_BYTES):
        size = len(data)
        cut = size == MAX_LINE_BYTES and not data.endswith(b"\n")
        while cut and (more := file.readline(MAX_LINE_BYTES)):
            size += len(more)
            if more.endswith(b"\n"):
                break
        yield (None if cut else data), size


def decoded(lines: Iterable[RawLine], encoding: Encoding, number: int = 0, offset: int = 0) -> Iterator[Line]:
    """Lines as text, after so many lines and bytes of their file; CR alone ends a line as well."""
    for data, size in lines:
        if data is None:
            number += 1
            yield Line(number, "", None, cut=True)
        else:
            bom = len(codecs.BOM_UTF8) if offset == 0 and data.startswith(codecs.BOM_UTF8) else 0
            for text, bad in _lines(data[bom:], encoding, offset):
                number += 1
                yield Line(number, text, bad)
        offset += size


def _lines(data: bytes, encoding: Encoding, offset: int) -> Iterator[tuple[str, int | None]]:
    bad = None
    if encoding.codec == "utf-8":
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            text, bad = decode(data, encoding), offset + error.start
    else:
        text = decode(data, encoding)
    if "\r" in text.rstrip("\r\n"):  # the line breaks of the first Macintosh
        for part in text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True):
            yield part, bad
    else:
        yield text, bad


def _decoded_lines(file: IO[bytes], encoding: Encoding) -> Iterator[Line]:
    file.read(encoding.bom)
    reader = io.TextIOWrapper(file, encoding.codec, errors="replace", newline=None)
    number = 0
    while text := reader.readline(MAX_CHARACTERS * 4):
        number += 1
        yield Line(number, text)


def guessed_encoding(origin: str, encoding: Encoding) -> Problem:
    """The doubt about a file whose encoding was found by its letters."""
    reason = f"The file is not UTF-8; it was read as {encoding.name}. Check that names with accents look right."
    return Problem(origin, 0, "encoding-guessed", reason, used=True)


def not_utf8(origin: str, origin_row: int, byte: int) -> Problem:
    """The doubt about a line with bytes of another encoding in a file that is UTF-8."""
    reason = f"Byte {byte:,} of the file is not UTF-8; its line was read as Windows-1252. Check its letters."
    return Problem(origin, origin_row, "not-utf-8", reason, used=True)


def unreadable(origin: str, error: BaseException) -> Problem:
    """The problem of a file that cannot be opened or is damaged."""
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    reason = f"The file could not be read ({why}); check that it is whole and that you may read it."
    return Problem(origin, 0, "unreadable-file", reason, used=False)


def empty_file(origin: str) -> Problem:
    """The problem of a file without any article."""
    return Problem(origin, 0, "empty-file", "The file is empty; fill it or remove it.", used=False)


def read_text(path: Path, most: int = 16 * MAX_CHARACTERS) -> tuple[str, Encoding]:
    """The whole text of a file, with plain line breaks, and how it was read.

    Raises:
        TooLargeError: it is longer than ``most`` bytes.
        OSError, EOFError, zlib.error: it cannot be read.
    """
    encoding = encoding_of(path)
    with open_bytes(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        message = f"it is longer than {most:,} bytes; split it"
        raise TooLargeError(message)
    return decode(data[encoding.bom :], encoding), encoding
