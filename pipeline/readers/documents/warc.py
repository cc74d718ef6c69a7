"""Web archives (``.warc``, ``.warc.gz``), such as those of Common Crawl News: one article a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipeline.readers.article import Problem
from pipeline.readers.decoding import unreadable
from pipeline.readers.documents.web import page_of_bytes, read_page
from pipeline.readers.reading import read_article
from pipeline.readers.source_file import Seen, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.readers.tables.records import Item

_MOST_BYTES: Final = 30_000_000


class WebArchiveReader:
    """Reads the pages of a web archive; images, scripts and the rest are counted, not read."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the archive's pages in order."""
        others = pages = 0
        yield Seen("web archive")
        try:
            wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
            for number, record in enumerate(
                ArchiveIterator(str(file.path), record_types=wanted, parse_http=True, fsspec_args=False), 1
            ):
                kind = record.http_content_type or record.headers.get("Content-Type") or ""
                address = (record.headers.get("WARC-Target-URI") or "").strip("<>")
                if record.record_type == WarcRecordType.conversion and kind.startswith("text/plain"):
                    pages += 1
                    yield from _text_of_page(record.reader.read(_MOST_BYTES), file, number, address)
                    continue
                if "html" not in kind:
                    others += 1
                    continue
                data = record.reader.read(_MOST_BYTES + 1)
                pages += 1
                if len(data) > _MOST_BYTES:
                    reason = f"The page is larger than {_MOST_BYTES // 10**6} MB and was not read; save its text."
                    yield Problem(file.origin, number, "too-large", reason, used=False)
                    continue
                yield from read_page(page_of_bytes(data, record.http_charset or ""), file, number, address)
        except Exception as error:  # noqa: BLE001  the archive's own reader raises what its C code raises
            yield unreadable(file.origin, error)
            return
        if not pages:
            reason = "The archive holds no web page; check that it is whole."
            yield Problem(file.origin, 0, "no-rows", reason, used=False)
        if others:
            reason = f"{others:,} records of the archive are no pages (images, scripts and the like) and were not read."
            yield Problem(file.origin, 0, "records-not-read", reason, used=True)


def _text_of_page(data: bytes, file: SourceFile, number: int, address: str) -> Iterator[Item]:
    """The text that an archive made of a page (WET), with all that stood around the article."""
    text = page_of_bytes(data)
    title = text.partition("\n")[0].strip()
    values = {"text": text, "title": title if len(title) <= 200 else "", "url": address}
    yield from read_article(values, file.origin, number, choices=file.choices, place=file.folder_outlet())
