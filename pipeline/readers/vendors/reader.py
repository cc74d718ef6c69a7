"""Reader of Word, RTF and text files: a database's download with many articles, or one article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.readers.article import Problem
from pipeline.readers.decoding import UNREADABLE, empty_file, unreadable
from pipeline.readers.reading import read_article
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.vendors import factiva, nexis, proquest
from pipeline.readers.vendors.labels import FACTIVA, NEXIS, NEXIS_OLD, PROQUEST, is_cover, vendor_of
from pipeline.readers.vendors.lines import DamagedError, Lines, docx_lines, odt_lines, rtf_lines
from pipeline.readers.vendors.plain import one_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.readers.tables.records import Item

_NAMES: Final = {NEXIS: "Nexis Uni", NEXIS_OLD: "LexisNexis", FACTIVA: "Factiva", PROQUEST: "ProQuest"}


class WordReader:
    """Reads ``.docx`` files."""

    kind = "Word"
    lines: Callable[[Path], Lines] = staticmethod(docx_lines)

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the file in order."""
        try:
            lines = type(self).lines(file.path)
        except (DamagedError, *UNREADABLE) as error:
            yield unreadable(file.origin, error)
            return
        if not any(line.text.strip() for line in lines.lines):
            yield empty_file(file.origin)
            return
        yield from read_lines_of(lines, file, self.kind)


class RtfReader(WordReader):
    """Reads ``.rtf`` files."""

    kind = "RTF"
    lines = staticmethod(rtf_lines)


class OpenDocumentReader(WordReader):
    """Reads ``.odt`` files."""

    kind = "OpenDocument text"
    lines = staticmethod(odt_lines)


def read_lines_of(lines: Lines, file: SourceFile, kind: str) -> Iterator[Item]:
    """Articles of a file's lines: those of the database that made them, or the one article that they are."""
    texts = [line.text for line in lines.lines]
    vendor = vendor_of(texts)
    if not vendor and is_cover(texts):
        yield Seen(f"cover of a download, {kind}")
        reason = (
            "This is the cover of a download, a list of its articles without their texts; nothing of it is kept. Add "
            "the files that hold the articles."
        )
        yield Problem(file.origin, 0, "cover-only", reason, used=False)
    elif vendor:
        yield from read_entries(entries_of(vendor, lines), file, f"{_NAMES[vendor]}, {kind}", wrapped=lines.wrapped)
    else:
        yield from one_article(lines, file, kind)


def entries_of(vendor: str, lines: Lines) -> Iterator[nexis.Entry]:
    """The articles of a database's file."""
    if vendor == NEXIS:
        return nexis.entries(lines.lines, paragraphs=lines.paragraphs)
    if vendor == NEXIS_OLD:
        return nexis.old_entries(lines.lines)
    read = factiva.entries if vendor == FACTIVA else proquest.entries
    return read(lines.lines, paragraphs=lines.paragraphs)


def read_entries(
    entries: Iterator[nexis.Entry], file: SourceFile, kind: str, *, wrapped: bool = False
) -> Iterator[Item]:
    """Articles of a database's entries."""
    yield Seen(kind)
    any_entry = False
    for entry in entries:
        any_entry = True
        if entry.fault:
            reason = f"This entry could not be read: {entry.fault}. Add its article by itself."
            yield Problem(file.origin, entry.row, "bad-entry", reason, used=False)
            continue
        yield from read_article(
            entry.values,
            file.origin,
            entry.row,
            own=entry.own,
            choices=file.choices,
            place=file.folder_outlet(),
            wrapped=wrapped,
        )
    if not any_entry:
        vendor = kind.partition(",")[0]
        reason = f"The file looks like one of {vendor}, but no article was found in it; download it again."
        yield Problem(file.origin, 0, "no-rows", reason, used=False)
