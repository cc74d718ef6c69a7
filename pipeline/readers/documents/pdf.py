"""PDF files with a text layer: one article a file, or the download of a news database."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import Problem
from pipeline.readers.decoding import unreadable
from pipeline.readers.vendors.lines import Lines, TextLine, clean
from pipeline.readers.vendors.reader import read_lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.readers.source_file import SourceFile
    from pipeline.readers.tables.records import Item

_MOST_PAGES: Final = 2_000
_MOST_BYTES: Final = 300 << 20
# A page with fewer letters is a picture of one.
_LEAST_LETTERS: Final = 30
_PAGE_NUMBER = re.compile(r"^\s*(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?\s*$", re.IGNORECASE)


class PdfReader:
    """Reads ``.pdf`` files."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """The article of the file, or those of the download."""
        from pypdf import PdfReader as Document  # noqa: PLC0415  loaded for files that need it alone

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        try:
            if file.path.stat().st_size > _MOST_BYTES:
                reason = f"The file is larger than {_MOST_BYTES >> 20} MB; split it into the articles it holds."
                yield Problem(file.origin, 0, "too-large", reason, used=False)
                return
            document = Document(file.path)
            if document.is_encrypted and not document.decrypt(""):
                reason = "The file is locked with a password; save it without and add it again."
                yield Problem(file.origin, 0, "unreadable-file", reason, used=False)
                return
            pages = [page.extract_text() or "" for page in document.pages[:_MOST_PAGES]]
            title = str((document.metadata.title if document.metadata else "") or "")
        except Exception as error:  # noqa: BLE001  broken files raise from every depth of the library
            yield unreadable(file.origin, error)
            return
        letters = sum(sum(map(str.isalpha, page)) for page in pages)
        if letters < _LEAST_LETTERS * max(1, min(len(pages), 3)):
            reason = (
                "The pages are pictures without a text layer, as scans are; run text recognition (OCR) on it and add "
                "it again."
            )
            yield Problem(file.origin, 0, "scan", reason, used=False)
            return
        if (whole := len(document.pages)) > _MOST_PAGES:
            reason = f"Only the first {_MOST_PAGES:,} of its {whole:,} pages were read; split it and add the rest."
            yield Problem(file.origin, 0, "pages-not-read", reason, used=True)
        lines = Lines(tuple(map(TextLine, _lines(pages))), paragraphs=False, title=clean(title), wrapped=True)
        yield from read_lines_of(lines, file, "PDF")


def _lines(pages: list[str]) -> list[str]:
    """Lines of all pages; what stands at the head or foot of most pages, and their numbers, left out."""
    split = [[clean(line) for line in page.splitlines()] for page in pages]
    counts: dict[str, int] = {}
    for page in split:
        edge = {re.sub(r"\d+", "#", line) for line in (*page[:2], *page[-2:]) if line.strip()}
        for line in edge:
            counts[line] = counts.get(line, 0) + 1
    repeated = {line for line, count in counts.items() if len(split) > 2 and count > 0.6 * len(split)}
    lines: list[str] = []
    for page in split:
        text_lines = [
            line
            for number, line in enumerate(page)
            if not (
                (number < 2 or number >= len(page) - 2)
                and (_PAGE_NUMBER.match(line) or re.sub(r"\d+", "#", line) in repeated)
            )
        ]
        lines += text_lines
    return lines
