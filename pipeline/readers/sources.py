"""Every file met on the way: read by the reader of its kind, or listed with what it is and what to do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Protocol

from pipeline.readers import sniff
from pipeline.readers.article import Article, Glance, Problem
from pipeline.readers.choices import Choices
from pipeline.readers.decoding import UNREADABLE, unreadable
from pipeline.readers.documents.book import BookReader
from pipeline.readers.documents.mail import MailboxReader, MailReader, SavedPageReader
from pipeline.readers.documents.pdf import PdfReader
from pipeline.readers.documents.references import ReferencesReader
from pipeline.readers.documents.warc import WebArchiveReader
from pipeline.readers.documents.web import PageReader
from pipeline.readers.documents.xml_news import XmlReader
from pipeline.readers.folders import known_files
from pipeline.readers.manifest import ManifestReader
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.tables import kept
from pipeline.readers.tables.delimited import DelimitedReader
from pipeline.readers.tables.json_files import JsonLinesReader, JsonReader
from pipeline.readers.tables.sheets import FeatherReader, ParquetReader, SpreadsheetReader, SqliteReader
from pipeline.readers.tally import OUTLET_FROM_FOLDER, FileRead, Tally, outlets_from_folders
from pipeline.readers.text import MarkdownReader, TextReader
from pipeline.readers.vendors.reader import OpenDocumentReader, RtfReader, WordReader
from pipeline.readers.walk import find, unpacked
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from pipeline.readers.tables.records import Item


class Reader(Protocol):
    """Reads one kind of file."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the file in order, problems, and what it is; never raises on what the file holds."""
        ...


# Code of the problem of a file on which a reader failed in a way it does not know of.
READER_FAILED: Final = "reader-failed"
READERS: Final[dict[str, type[Reader]]] = {
    sniff.TEXT: TextReader,
    sniff.TABLE: DelimitedReader,
    sniff.JSON: JsonReader,
    sniff.JSON_LINES: JsonLinesReader,
    sniff.PAGE: PageReader,
    sniff.WORD: WordReader,
    sniff.RTF: RtfReader,
    sniff.PDF: PdfReader,
    sniff.SHEET: SpreadsheetReader,
    sniff.PARQUET: ParquetReader,
    sniff.SQLITE: SqliteReader,
    sniff.MAIL: MailReader,
    sniff.MAILBOX: MailboxReader,
    sniff.SAVED_PAGE: SavedPageReader,
    sniff.WARC: WebArchiveReader,
    sniff.FEATHER: FeatherReader,
    sniff.OPEN_DOCUMENT: OpenDocumentReader,
    sniff.BOOK: BookReader,
    sniff.XML: XmlReader,
    sniff.MARKDOWN: MarkdownReader,
    sniff.REFERENCES: ReferencesReader,
}


def read_sources(paths: Iterable[Path], choices: Choices | None = None) -> Iterator[Article | Problem]:
    """Articles of files and folders, in the order given and, within a folder, of their names.

    Folders are read with all folders in them. An article whose source and text were seen before is listed as a
    duplicate. Only hashes of the articles are kept.
    """
    for item in read_files(paths, choices):
        if not isinstance(item, FileRead):
            yield item


def read_files(paths: Iterable[Path], choices: Choices | None = None) -> Iterator[Article | Problem | FileRead]:
    """The same as :func:`read_sources`, and after each file what came of it."""
    for item in look(paths, choices, None):
        if not isinstance(item, Glance):
            yield item


def look(
    paths: Iterable[Path], choices: Choices | None, wanted: Collection[str] | None, origins: Iterable[str] | None = None
) -> Iterator[Article | Glance | Problem | FileRead]:
    """The same as :func:`read_files`, with a glance alone of what is remembered and not ``wanted``, by its id.

    ``wanted`` is asked as the files are read. All are, if it is None. Of other ``origins`` than these, where they are
    given, no file is read.
    """
    first: dict[str, tuple[str, int]] = {}
    met = _Met()
    of_folders: dict[tuple[str, str], int] = {}
    among = None if origins is None else _with_what_holds(origins)
    for file in find(paths, choices or Choices(), wanted, among):
        for item in _listed(file) if isinstance(file, Problem) else _read(file, first, met, among):
            if isinstance(item, Article | Glance) and OUTLET_FROM_FOLDER in item.doubts:
                place = (item.origin.rpartition("/")[0] or item.origin, item.source)
                of_folders[place] = of_folders.get(place, 0) + 1
            yield item
    yield from outlets_from_folders(of_folders)


def _with_what_holds(origins: Iterable[str]) -> set[str]:
    """Origins, and those of the folders and archives that they lie in."""
    held: set[str] = set()
    for origin in origins:
        above = origin
        while above not in held:
            held.add(above)
            above = above.rpartition("/")[0]
    return held


class _Met:
    """Files that were met, by where they lie, links followed."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: dict[str, str] = {}

    def before(self, path: Path) -> bool:
        """Whether a file was met before; it is from now on."""
        # Plain text, and no paths: of a thousand files.
        folder, name = os.path.split(path)
        if os.path.islink(path):  # noqa: PTH114
            real = os.path.realpath(path)
        else:
            if folder not in self._folders:
                self._folders[folder] = os.path.realpath(folder)
            real = os.path.join(self._folders[folder], name)  # noqa: PTH118
        known = real in self._files
        self._files.add(real)
        return known


def _listed(problem: Problem) -> Iterator[Problem | FileRead]:
    yield problem
    if not problem.used:
        yield FileRead(problem.origin, "not read", 1, left_out={problem.code: 1})


def _read(
    file: SourceFile, first: dict[str, tuple[str, int]], met: _Met, among: Collection[str] | None
) -> Iterator[Article | Glance | Problem | FileRead]:
    # A file that is named, and lies in a folder that is named too, is read once.
    if met.before(file.path):
        return
    key = known_files.key_of(file)
    if (items := known_files.recalled(file, key)) is not None:
        yield from _tallied(file, items, first)
        return
    try:
        kind = sniff.kind_of(file.path, file.name)
        if kind == sniff.SCRAP and file.manifest_values:  # whoever describes a file means it
            kind = sniff.TEXT
    except UNREADABLE as error:
        yield from _listed(unreadable(file.origin, error))
        return
    if kind in {sniff.ZIP, sniff.TAR}:
        with unpacked(file, among) as members:
            for member in members:
                if isinstance(member, Problem):
                    yield from _listed(member)
                else:
                    yield from _read(member, first, met, among)
        return
    if kind == sniff.KEPT_FILE:
        for item in kept.read(file):
            why = _why_not(item, file.choices, first) if isinstance(item, Article) else None
            yield why or item
        return
    in_blocks = kind in {sniff.TABLE, sniff.JSON_LINES}
    yield from _tallied(file, known_files.keeping(_items(file, kind), file, key, in_blocks=in_blocks), first)


def _tallied(
    file: SourceFile, items: Iterable[Item], first: dict[str, tuple[str, int]]
) -> Iterator[Article | Glance | Problem | FileRead]:
    """What a reader finds in a file, and what came of the file."""
    tally = Tally(file.origin)
    for item in items:
        if isinstance(item, Article | Glance) and (problem := _why_not(item, file.choices, first)):
            tally.add(problem)
            yield problem
            continue
        tally.add(item)
        if not isinstance(item, Seen):
            yield item
    yield from tally.problems()
    yield tally.file


def _why_not(article: Article | Glance, choices: Choices, first: dict[str, tuple[str, int]]) -> Problem | None:
    """Why an article is not built: it was removed, or the same was read before."""
    if article.removed if isinstance(article, Glance) else choices.removed.holds(article):
        reason = (
            "You removed this article, and it stays removed. `python -m pipeline remove --take-back "
            f"{article.article_id}` lets the next build read it again."
        )
        return Problem(article.origin, article.origin_row, "removed", reason, used=False)
    origin, row = first.setdefault(article.article_id, (article.origin, article.origin_row))
    if (origin, row) == (article.origin, article.origin_row):
        return None
    reason = f"The same text from the same source is at {origin}:{row}; remove one of them."
    return Problem(article.origin, article.origin_row, "duplicate", reason, used=False)


def _items(file: SourceFile, kind: str) -> Iterator[Item]:
    if file.manifest and file.path == file.manifest.path:
        yield from ManifestReader().read(file)
        return
    if not sniff.is_read(kind):
        yield Seen(f"{sniff.what_it_is(kind).partition(';')[0]}, not read")
        if kind == sniff.NOTE:
            return
        reason = f"This file was not read: it is {sniff.what_it_is(kind)}."
        yield Problem(file.origin, 0, "unsupported", reason, used=False)
        return
    if file.manifest and not file.manifest_values and kind == sniff.TEXT and file.manifest.usable:
        place = file.folder_outlet()
        name = file.manifest.path.name
        reason = f"{name} has no row for this file; its folder, {place}, was taken for its source. Add a row."
        yield Problem(file.origin, 0, "not-in-manifest", reason, used=True)
    try:
        yield from READERS[kind]().read(file)
    except StoreError:
        raise  # of what builds keep of files they read: a full disk is no fault of this file
    except Exception as error:  # noqa: BLE001
        # A fault of ours or of a library on a file nobody thought of: the file is listed, and the others are read.
        reason = (
            f"The reader failed on this file ({type(error).__name__}: {str(error)[:200]}); what it found before that "
            "is kept. Save the file in another format, and report it to us."
        )
        yield Problem(file.origin, 0, READER_FAILED, reason, used=False)
